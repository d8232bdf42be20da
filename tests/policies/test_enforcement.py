"""Immigration enforcement: what never releases, what does and how far, and what must be recorded.

The same in every stack: Gov. Code 7284.6 and Pasadena Police Procedure 2 hold on the floor.
"""

import pytest

from recognizers.entities import ENTITIES
from redact.determination import Case, Facts, determine
from tests.policies.cases import CONTACT, NAME, actions, ask, basis, decide, finding, stack

STACKS = [
    ("california",),
    ("cerritos",),
    ("pasadena",),
    ("pasadena-police",),
    ("ramsey",),
    ("california", "cerritos"),
    ("california", "pasadena", "pasadena-police"),
    ("california", "cerritos", "pasadena", "pasadena-police", "ramsey"),
]
every_stack = pytest.mark.parametrize("names", STACKS, ids="+".join)


def ice(**changes):
    return ask("federal_immigration_authority", **{"contact": CONTACT, **changes})


def enforcing(who, **changes):
    return ask(who, purpose={"kind": "immigration_enforcement", "statement": "find a person"}, **changes)


def whole(request, names):
    return determine(request, Case(), stack(*names)).decision


INSUFFICIENT = [
    # paper, what the explanation calls it
    ({"kind": "administrative_warrant", "citation": "I-200"}, "administrative warrant (I-200, I-205)"),
    ({"kind": "administrative_warrant", "citation": "I-205"}, "administrative warrant (I-200, I-205)"),
    ({"kind": "detainer", "citation": "I-247A"}, "detainer or release notification request (I-247A)"),
    ({"kind": "immigration_judge_order"}, "order of an immigration judge"),
    ({"kind": "administrative_subpoena"}, "administrative subpoena"),
]
verified = {"by": "Ann Law", "role": "city_attorney", "on": "2026-11-05"}


@every_stack
@pytest.mark.parametrize(("paper", "called"), INSUFFICIENT)
def test_papers_of_no_judge_never_release_whoever_verified_them(names, paper, called):
    asked = ice(purpose={"kind": "immigration_enforcement"}, legal_basis=[{**paper, "verified": verified}])
    decision = whole(asked, names)
    assert (decision.action.name, decision.referrals) == ("withhold", ("City Attorney",))
    assert any(item.startswith(called) and "not sufficient" in item for item in decision.missing)
    assert set(actions(asked, stack(*names), list(ENTITIES)).values()) == {"withhold"}


DISGUISED = [
    {"citation": "Form I-200"},
    {"citation": "I-247A"},
    {"court": "Los Angeles Immigration Court"},
    {"court": "Executive Office for Immigration Review"},
    {"issuer": "Immigration Judge P. Stone"},
    {"judge": "immigration judge"},
    {"issuer": "ICE"},
    {"issuer": "Department of Homeland Security"},
]


@every_stack
@pytest.mark.parametrize("kind", ["judicial_criminal_warrant", "court_order"])
@pytest.mark.parametrize("change", DISGUISED, ids=str)
def test_such_a_paper_under_the_name_of_a_judge_s_order_does_not_count(names, kind, change):
    decision = whole(ice(legal_basis=[basis(kind, **change)]), names)
    assert decision.action.name == "withhold"
    assert any("paper of another kind" in item for item in decision.missing)


NOT_ENOUGH = ["subpoena", "federal_statute", "state_statute", "regulation", "court_decision", "consent"]


@every_stack
@pytest.mark.parametrize("kind", NOT_ENOUGH)
def test_nothing_but_a_judge_s_order_is_enough(names, kind):
    decision = whole(ice(legal_basis=[basis(kind)]), names)
    assert (decision.action.name, decision.referrals) == ("withhold", ("City Attorney",))


@every_stack
@pytest.mark.parametrize(
    "who", ["city_employee", "city_official", "law_enforcement", "other_agency", "general_public"]
)
def test_the_purpose_is_enough_whoever_asks(names, who):
    decision = whole(enforcing(who), names)
    assert decision.action.name == "withhold"
    assert "City Attorney" in decision.referrals


@every_stack
@pytest.mark.parametrize("kind", ["public_records", "official_business", "other"])
def test_the_authority_is_enough_whatever_the_purpose(names, kind):
    assert whole(ice(purpose={"kind": kind}), names).action.name == "withhold"


@every_stack
@pytest.mark.parametrize(
    "beside", [{"affiliation": "resident"}, {"affiliation": "employee"}, {"capacity": "personal"}], ids=str
)
def test_the_authority_is_never_taken_for_anybody_else(names, beside):
    assert whole(ice(requester=beside), names).action.name == "withhold"


@every_stack
@pytest.mark.parametrize("bases", [["1373"], ["1373", "I-200"], ["1373", "verified"]], ids=str)
def test_a_request_under_1373_is_neither_denied_nor_released(names, bases):
    papers = {
        "1373": {"kind": "federal_statute", "citation": "8 U.S.C. § 1373(a)"},
        "I-200": {"kind": "administrative_warrant"},
        "verified": basis("federal_statute", citation="8 USC 1373"),
    }
    asked = ice(legal_basis=[papers[name] for name in bases])
    decision = whole(asked, names)
    assert (decision.action.name, decision.referrals) == ("refer", ("City Attorney",))
    assert set(actions(asked, stack(*names), list(ENTITIES)).values()) == {"refer"}


@every_stack
def test_a_judge_s_order_waits_for_the_record_of_the_contact(names):
    order = [basis("judicial_criminal_warrant")]
    for lacking in CONTACT:
        incomplete = {key: value for key, value in CONTACT.items() if key != lacking}
        decision = whole(ice(legal_basis=order, contact=incomplete), names)
        assert decision.action.name == "refer"
        assert [item for item in decision.missing if f"({lacking})" in item]
    assert whole(ice(legal_basis=order, contact=None), names).action.name == "refer"
    assert whole(ice(legal_basis=order), names).action.name == "release"


def test_a_request_under_1373_is_told_at_once_that_the_contact_is_not_recorded():
    """And it is no better off than with an order that counts: to take that away must not help."""
    claim = {"kind": "federal_statute", "citation": "8 U.S.C. § 1373"}
    for held in ([claim], [claim, basis("court_order")]):
        decision = whole(ice(legal_basis=held, contact=None), ("california",))
        assert decision.action.name == "refer"
        assert any("outcome" in item for item in decision.missing)


def test_an_administrative_warrant_is_told_both():
    paper = {"kind": "administrative_warrant"}
    decision = whole(ice(legal_basis=[paper], contact=None), ("california",))
    assert decision.action.name == "withhold"
    assert {"FLOOR-ENFORCEMENT", "FLOOR-CONTACT"} <= set(decision.rules)


FULL = stack("california", "pasadena", "pasadena-police")


def test_the_order_releases_its_entities_subjects_and_documents_only():
    scope = {"entities": ["HOME_ADDRESS"], "subjects": ["Maria Named"], "documents": ["booking*.pdf"]}
    asked = ice(legal_basis=[basis("judicial_criminal_warrant", scope=scope)])
    named, other = 3, 4
    case = Case(
        (
            Facts(
                "booking-1.pdf",
                (
                    finding("HOME_ADDRESS", named, 0),
                    finding("HOME_ADDRESS", other, 1000),
                    finding("HOME_ADDRESS", None, 2000),
                    finding("IMMIGRATION_STATUS", named, 3000),
                    finding("PERSON", other, 4000, "page:2"),
                    finding("PASSWORD", named, 5000),
                ),
            ),
            Facts("booking-2.pdf", (finding("HOME_ADDRESS", other),)),
            Facts("booking-3.pdf"),
            Facts("memo.pdf", (finding("HOME_ADDRESS", named),)),
        ),
        {NAME: frozenset(), "Maria Named": frozenset({named})},
    )
    result = determine(asked, case, FULL)
    assert [document.outcome.name for document in result.documents] == ["redact", *["withhold"] * 3]
    assert [decision.action.name for _, decision in result.documents[0].findings] == [
        "release",
        *["redact"] * 5,
    ]


def test_an_order_for_card_numbers_shows_four_digits():
    asked = ice(legal_basis=[basis("court_order", scope={"entities": ["CREDIT_CARD", "PASSWORD"]})])
    assert decide(asked, FULL, "CREDIT_CARD").action.name == "mask"
    assert decide(asked, FULL, "PASSWORD").action.name == "redact"


def test_status_is_bound_to_the_duty_for_which_it_was_collected():
    police = stack("pasadena-police")

    def asked(**changes):
        purpose = {"kind": "benefit_assistance", "statement": "U visa", "collected_for": "benefit_assistance"}
        return ask("city_employee", purpose={**purpose, **changes})

    assert decide(asked(), police, "IMMIGRATION_STATUS").action.name == "release"
    for change in (
        {"collected_for": "city_service"},
        {"collected_for": None},
        {"statement": ""},
        {"kind": "litigation", "collected_for": "litigation"},
    ):
        assert decide(asked(**change), police, "IMMIGRATION_STATUS").action.name == "redact"
    duty = {
        "kind": "official_business",
        "duty": "criminal_justice_data",
        "collected_for": "criminal_justice_data",
    }
    assert decide(asked(**duty), police, "ALIEN_NUMBER").action.name == "release"


def test_a_resident_s_own_benefit_and_nobody_else_s():
    police = stack("pasadena-police")
    asked = ask("record_subject", purpose={"kind": "benefit_assistance"})
    assert decide(asked, police, "IMMIGRATION_STATUS", about="requester").action.name == "release"
    assert decide(asked, police, "IMMIGRATION_STATUS").action.name == "redact"


AGENCIES = [
    # who, purpose, bases, action of the whole
    ("law_enforcement", "public_records", [], "release"),
    ("law_enforcement", "official_business", [], "refer"),
    ("law_enforcement", "official_business", [basis("subpoena")], "release"),
    ("law_enforcement", "official_business", [basis("subpoena", scope={})], "refer"),
    ("law_enforcement", "official_business", [basis("administrative_subpoena")], "refer"),
    ("law_enforcement", "official_business", [basis("state_statute")], "release"),
    ("law_enforcement", "official_business", [basis("court_order", verified=None)], "refer"),
    ("court", "litigation", [basis("court_order")], "release"),
    ("other_agency", "city_service", [], "refer"),
    ("foreign_government", "other", [], "refer"),
]


@pytest.mark.parametrize(("who", "purpose", "bases", "action"), AGENCIES)
def test_other_agencies_get_the_public_version_or_the_city_attorney(who, purpose, bases, action):
    asked = ask(who, purpose={"kind": purpose}, legal_basis=bases)
    decision = whole(asked, ("california", "cerritos"))
    assert decision.action.name == action
    assert decision.referrals == (("City Attorney",) if action == "refer" else ())


def test_the_city_attorney_is_named_though_something_stricter_blocks_first():
    asked = ask(
        "city_employee",
        purpose={"kind": "immigration_enforcement", "statement": "a status", "duty": "payroll"},
        legal_basis=[basis("federal_statute", citation="8 U.S.C. § 1373", verified=None)],
    )
    decision = whole(asked, ("cerritos",))
    assert (decision.action.name, decision.referrals) == ("withhold", ("HR/RM", "City Attorney"))
