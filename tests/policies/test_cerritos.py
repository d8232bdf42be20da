"""Cerritos: the Clerk for the public, agreements, two approvals and a purpose inside the City."""

import pytest

from recognizers.entities import ENTITIES
from redact.determination import Case, determine
from tests.policies.cases import DUAL, actions, ask, basis, decide, signed, stack, staff

CERRITOS = stack("california", "cerritos")
ALONE = stack("cerritos")


def whole(request, policies=CERRITOS):
    return determine(request, Case(), policies).decision


OFFICES = [
    ("City Clerk", "release"),
    ("the City Clerk's Office", "release"),
    ("Office of the City Clerk", "release"),
    ("CITY CLERK", "release"),
    ("", "refer"),
    ("Police Records", "refer"),
    ("Deputy City Clerk of Artesia", "refer"),
]


@pytest.mark.parametrize(("office", "action"), OFFICES)
@pytest.mark.parametrize("who", ["general_public", "record_subject", "law_enforcement", "other_agency"])
def test_the_public_goes_through_the_city_clerk(who, office, action):
    decision = whole(ask(who, processed_by=office))
    assert decision.action.name == action
    assert decision.referrals == (("City Clerk",) if action == "refer" else ())


DUTIES = {
    # duty: what it lets its holder see, beside names and contact points on official business
    "payroll": {"US_SSN", "US_ITIN", "US_BANK_NUMBER", "DATE_OF_BIRTH", "PERSONNEL_RECORD"},
    "personnel_records": {"US_SSN", "US_ITIN", "US_BANK_NUMBER", "DATE_OF_BIRTH", "PERSONNEL_RECORD"},
    "bank_account_access": {"US_BANK_NUMBER"},
    "hipaa_or_medical": {"HEALTH_INFORMATION", "DISABILITY_STATUS", "MEDICAL_ID", "DATE_OF_BIRTH"},
    "criminal_justice_data": {"VICTIM_STATUS", "WITNESS_STATUS", "US_DRIVER_LICENSE", "DATE_OF_BIRTH"},
    "court_records": {"VICTIM_STATUS", "WITNESS_STATUS", "US_DRIVER_LICENSE", "DATE_OF_BIRTH"},
    "card_transactions": set(),
    "payment_system": set(),
    "purchasing_card_data": set(),
    "purchasing_card_handling": set(),
    "administrator_login": set(),
    "server_room_access": set(),
    "information_technology": set(),
}
CARDS = {"card_transactions", "payment_system", "purchasing_card_data", "purchasing_card_handling"}
BUSINESS = {"PERSON", "HOME_ADDRESS", "PHONE_NUMBER", "EMAIL_ADDRESS", "CLOSED_SESSION"}


@pytest.mark.parametrize("who", ["city_employee", "city_official"])
@pytest.mark.parametrize("duty", DUTIES)
def test_a_duty_releases_what_it_needs_and_no_more(duty, who):
    decided = actions(staff(duty, who), CERRITOS, list(ENTITIES))
    assert {e for e, a in decided.items() if a == "release"} == DUTIES[duty] | BUSINESS
    assert {e for e, a in decided.items() if a == "mask"} == ({"CREDIT_CARD"} if duty in CARDS else set())


@pytest.mark.parametrize("duty", DUTIES)
def test_every_duty_needs_the_agreement(duty):
    decision = whole(staff(duty, agreement=[]))
    assert decision.action.name == "withhold"
    assert decision.referrals == ("HR/RM",)
    assert decision.missing == (f"a signed Confidentiality Agreement covering {duty}",)


BEFORE, THAT_DAY, AFTER = "2026-11-01", "2026-11-10", "2026-12-10"
NOT_SIGNED = "a signed Confidentiality Agreement covering payroll"
NOT_COUNTERSIGNED = (
    "the signature of the immediate supervisor on the Confidentiality Agreement (countersigned_by)"
)
NOT_RECEIVED = "the receipt of the Confidentiality Agreement by HR/RM (received_by, received_on)"
AGREEMENTS = [
    (signed("payroll"), ()),
    (signed("payroll", signed_on=THAT_DAY, received_on=THAT_DAY), ()),
    (signed("payroll", signed_on="2026-11-11", received_on="2026-11-11"), (NOT_SIGNED,)),
    (signed("court_records"), (NOT_SIGNED,)),
    (signed("payroll", name="Asker, Robin"), ()),
    (signed("payroll", name="Somebody Else"), (NOT_SIGNED,)),
    (signed("payroll", countersigned_by=" "), (NOT_COUNTERSIGNED,)),
    (signed("payroll", countersigned_by="Robin Asker"), (NOT_COUNTERSIGNED,)),
    (signed("payroll", received_by=""), (NOT_RECEIVED,)),
    (signed("payroll", received_by="Asker, Robin"), (NOT_RECEIVED,)),
    (signed("payroll", received_on=None), (NOT_RECEIVED,)),
    (signed("payroll", received_on="2026-11-11"), (NOT_RECEIVED,)),
    (signed("payroll", received_on="2026-01-14"), (NOT_RECEIVED,)),
    ({"duties": ["payroll"], "signed_on": "2026-01-01"}, (NOT_COUNTERSIGNED, NOT_RECEIVED)),
]


@pytest.mark.parametrize(("agreement", "missing"), AGREEMENTS)
def test_the_agreement_is_the_requester_s_own_with_three_signatures_by_then(agreement, missing):
    decision = whole(staff("payroll", agreement=[agreement]))
    assert (decision.action.name, decision.missing) == ("withhold" if missing else "release", missing)


@pytest.mark.parametrize(
    "name", ["Ann Law", "LAW, ANN", "Anne Law", "A. Law", "Ann Q. Law, Esq.", "Law", "Hon. Ann Law-Perez"]
)
def test_one_person_does_not_fill_both_approvals_whatever_the_spelling(name):
    approvals = [DUAL[0], {**DUAL[1], "name": name}]
    decision = whole(staff(authorization=approvals))
    assert decision.action.name == "withhold"
    assert decision.missing == ("different people for each authorization: one person filled two",)


@pytest.mark.parametrize("name", ["R. Asker", "Robyn Asker", "ASKER, ROBIN"])
def test_nobody_approves_their_own_request_whatever_the_spelling(name):
    decision = whole(staff(authorization=[DUAL[0], {**DUAL[1], "name": name}]))
    assert any("requester's own" in item for item in decision.missing)


def test_without_the_requester_s_name_no_agreement_is_known_to_be_theirs():
    """Nor that others than they signed it."""
    decision = whole(staff("payroll", requester={"name": " "}))
    assert decision.action.name == "withhold"
    assert any("whose Confidentiality Agreement" in item for item in decision.missing)


def test_an_official_s_agreement_is_signed_by_the_city_manager_and_received_by_a_designee():
    bare = {"duties": ["payroll"], "signed_on": "2026-01-01"}
    assert whole(staff("payroll", "city_official", agreement=[bare])).missing == (
        NOT_COUNTERSIGNED.replace("the immediate supervisor", "the City Manager"),
        NOT_RECEIVED.replace("HR/RM", "the City Manager's designee"),
    )


def test_of_several_agreements_the_most_complete_one_counts():
    several = [signed("payroll", received_by=""), signed("payroll"), signed("court_records")]
    assert whole(staff("payroll", agreement=several)).action.name == "release"


ANN, SUE, MAX = "Ann Law", "Sue Perv", "Max Nager"
FIRST = "city attorney or council action"
SECOND = "supervisor or department director or city manager"
AUTHORIZATIONS = {
    # why: approvals (role, name, date), and what is missing (a part of it); None: nothing
    "two groups, two people": ([("city_attorney", ANN, BEFORE), ("supervisor", SUE, BEFORE)], None),
    "action of the Council": (
        [("council_action", "City Council", BEFORE), ("supervisor", SUE, BEFORE)],
        None,
    ),
    "roles as they are spoken": ([("City Attorney", ANN, BEFORE), ("City Manager", MAX, BEFORE)], None),
    "none": ([], FIRST),
    "one group only": ([("city_attorney", ANN, BEFORE)], SECOND),
    "the same group twice": ([("supervisor", SUE, BEFORE), ("city_manager", MAX, BEFORE)], FIRST),
    "one person in both": (
        [("city_attorney", ANN, BEFORE), ("city_manager", "Law, Ann B.", BEFORE)],
        "different people",
    ),
    "the requester": (
        [("city_attorney", ANN, BEFORE), ("supervisor", "ROBIN  asker", BEFORE)],
        "requester's own",
    ),
    "dated that day": ([("city_attorney", ANN, THAT_DAY), ("supervisor", SUE, BEFORE)], "not dated before"),
    "dated after it": ([("city_attorney", ANN, AFTER), ("supervisor", SUE, BEFORE)], "not dated before"),
    "nobody's name": ([("city_attorney", " ", BEFORE), ("supervisor", SUE, BEFORE)], "unnamed"),
    "Council colleagues": ([("council_colleague", MAX, BEFORE), ("supervisor", SUE, BEFORE)], FIRST),
}


@pytest.mark.parametrize(("given", "missing"), AUTHORIZATIONS.values(), ids=AUTHORIZATIONS)
def test_two_approvals_by_two_people(given, missing):
    approvals = [{"role": role, "name": name, "on": on} for role, name, on in given]
    decision = whole(staff("payroll", authorization=approvals))
    assert decision.action.name == ("release" if missing is None else "withhold")
    assert missing is None or any(missing in item for item in decision.missing)


def test_an_unnamed_requester_could_have_approved_their_own_request():
    decision = whole(staff("payroll", requester={"name": ""}))
    assert decision.action.name == "withhold"
    assert any("requester's name" in item for item in decision.missing)


def test_everything_that_blocks_is_named_at_once():
    decision = whole(staff("payroll", agreement=[], authorization=[], purpose={"statement": " "}))
    assert decision.rules == ("CER-AGREEMENT", "CER-DUAL", "CER-PURPOSE")
    assert decision.referrals == ("HR/RM", "City Attorney")
    assert len(decision.missing) == 4


@pytest.mark.parametrize("kind", ["litigation", "other"])
def test_a_purpose_that_is_not_plainly_official_is_referred(kind):
    decision = whole(staff(purpose={"kind": kind}))
    assert (decision.action.name, decision.referrals) == ("refer", ("City Attorney",))


def test_nothing_in_a_blocked_request_is_decided_more_leniently():
    blocked = staff("hipaa_or_medical", agreement=[])
    assert actions(blocked, CERRITOS, ["HEALTH_INFORMATION", "PASSWORD"]) == {
        "HEALTH_INFORMATION": "withhold",
        "PASSWORD": "withhold",
    }


def test_health_without_the_duty_asks_the_privacy_officer():
    decision = decide(staff("payroll"), CERRITOS, "HEALTH_INFORMATION")
    assert (decision.action.name, decision.referrals) == ("redact", ("privacy officer",))


@pytest.mark.parametrize("entity", ["IMMIGRATION_STATUS", "VICTIM_STATUS", "RELIGION", "SEXUAL_ORIENTATION"])
def test_law_and_consent_let_out_what_no_duty_does(entity):
    assert decide(staff(), CERRITOS, entity).action.name == "redact"
    required = staff(legal_basis=[basis("federal_statute", scope={"entities": [entity]})])
    assert decide(required, ALONE, entity).action.name == "release"
    agreed = staff(legal_basis=[basis("consent", issuer="Maria Named")])
    assert decide(agreed, ALONE, entity, about="names").action.name == "release"
    assert decide(agreed, ALONE, entity, about="somebody").action.name == "redact"


def test_a_former_employee_with_the_city_manager_s_consent_has_no_exemption_waived():
    held = basis("city_manager_consent", issuer="Max Nager")
    asked = ask("city_employee", requester={"affiliation": "former_employee"}, legal_basis=[held])
    result = determine(asked, Case(), CERRITOS)
    assert result.requester.category == "general_public"
    decision = decide(asked, CERRITOS, "US_SSN")
    assert decision.action.name == "redact"
    assert any("City Manager" in item and "not sufficient" in item for item in decision.missing)


@pytest.mark.parametrize("entity", ["US_SSN", "CREDIT_CARD", "HEALTH_INFORMATION", "PERSON"])
def test_the_local_label_alone_withholds_from_the_public_only_until_the_clerk_finds_a_statute(entity):
    decision = decide(ask(), ALONE, entity)
    assert (decision.action.name, decision.rules, decision.referrals) == ("redact", (), ("City Clerk",))


def test_closed_session_minutes_are_never_for_the_public():
    decision = decide(ask(), ALONE, "CLOSED_SESSION", record_type="closed_session_minutes")
    assert decision.action.name == "withhold"
