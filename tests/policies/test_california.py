"""California: what the public gets, what unlocks more, and under which code something is removed."""

from dataclasses import replace

import pytest

from recognizers.entities import ENTITIES
from redact.determination import Case, Facts, determine
from redact.request import Request
from redact.trait import Trait
from tests.policies.cases import KNOWN, NAME, ask, basis, decide, finding, stack

CALIFORNIA = stack("california")
HURT, HELD = 21, 22
"""Somebody who was hurt, and somebody whose arrest is public."""

PUBLIC_VERSION = [
    # entity, action, code that is printed
    ("US_SSN", "redact", "Gov. 7922.200"),
    ("US_ITIN", "redact", "Gov. 7922.200"),
    ("CREDIT_CARD", "redact", "Gov. 7922.000"),
    ("CARD_SECURITY_CODE", "redact", "Gov. 7929.210"),
    ("US_BANK_NUMBER", "redact", "Gov. 7922.000"),
    ("US_DRIVER_LICENSE", "redact", "Veh. 1808.21"),
    ("US_PASSPORT", "redact", "Gov. 7922.000"),
    ("ALIEN_NUMBER", "redact", "Gov. 7922.000"),
    ("MEDICAL_ID", "redact", "Gov. 7927.700"),
    ("PASSWORD", "redact", "Gov. 7929.210"),
    ("DATE_OF_BIRTH", "redact", "Gov. 7922.000"),
    ("PHONE_NUMBER", "redact", "Gov. 7922.000"),
    ("EMAIL_ADDRESS", "redact", "Gov. 7922.000"),
    ("HOME_ADDRESS", "redact", "Gov. 7922.000"),
    ("PERSON", "redact", "Gov. 7922.000"),
    ("HEALTH_INFORMATION", "redact", "Gov. 7927.700"),
    ("DISABILITY_STATUS", "redact", "Gov. 7927.700"),
    ("IMMIGRATION_STATUS", "redact", "Gov. 7922.000"),
    ("VICTIM_STATUS", "redact", "Gov. 7923.615"),
    ("WITNESS_STATUS", "redact", "Gov. 7923.600"),
    ("PUBLIC_ASSISTANCE_STATUS", "redact", "W&I 10850"),
    ("SEXUAL_ORIENTATION", "redact", "Gov. 7922.000"),
    ("RELIGION", "redact", "Gov. 7922.000"),
    ("NATIONAL_ORIGIN", "redact", "Gov. 7922.000"),
    ("CLOSED_SESSION", "redact", "Gov. 54963"),
    ("PERSONNEL_RECORD", "redact", "Gov. 7927.700"),
]


@pytest.mark.parametrize(("entity", "action", "code"), PUBLIC_VERSION)
@pytest.mark.parametrize(
    "who", ["general_public", "record_subject", "law_enforcement", "court", "other_agency"]
)
def test_the_public_version(who, entity, action, code):
    decision = decide(ask(who), CALIFORNIA, entity)
    assert (decision.action.name, decision.marking) == (action, code)
    assert decision.rules and decision.citations


def test_the_table_is_complete():
    assert [entity for entity, _, _ in PUBLIC_VERSION] == list(ENTITIES)


UNLOCKED = [
    # a valid basis, entity, about, action
    ("court_order", "US_SSN", "somebody", "release"),
    ("court_order", "CLOSED_SESSION", "somebody", "release"),
    ("court_order", "CREDIT_CARD", "somebody", "mask"),
    ("court_order", "PASSWORD", "somebody", "redact"),
    ("court_order", "CARD_SECURITY_CODE", "somebody", "redact"),
    ("state_statute", "HOME_ADDRESS", "somebody", "release"),
    ("state_statute", "VICTIM_STATUS", "somebody", "release"),
    ("state_statute", "US_SSN", "somebody", "redact"),
    ("state_statute", "US_DRIVER_LICENSE", "somebody", "redact"),
    ("state_statute", "PUBLIC_ASSISTANCE_STATUS", "somebody", "redact"),
    ("consent", "HEALTH_INFORMATION", "names", "release"),
    ("consent", "HEALTH_INFORMATION", "somebody", "redact"),
    ("consent", "HEALTH_INFORMATION", "anybody", "redact"),
    ("consent", "US_SSN", "names", "redact"),
    ("consent", "WITNESS_STATUS", "names", "redact"),
    ("consent", "PUBLIC_ASSISTANCE_STATUS", "names", "redact"),
    ("subpoena", "HOME_ADDRESS", "somebody", "redact"),
    ("public_assistance_criteria", "PUBLIC_ASSISTANCE_STATUS", "somebody", "redact"),
]


@pytest.mark.parametrize(("kind", "entity", "about", "action"), UNLOCKED)
def test_what_a_basis_unlocks_for_the_public(kind, entity, about, action):
    held = basis(kind, issuer="Maria Named") if kind == "consent" else basis(kind)
    assert decide(ask(legal_basis=[held]), CALIFORNIA, entity, about=about).action.name == action


OWN = ["US_SSN", "HOME_ADDRESS", "PERSON", "VICTIM_STATUS", "IMMIGRATION_STATUS", "PERSONNEL_RECORD"]


@pytest.mark.parametrize("entity", OWN)
def test_a_person_receives_their_own_and_not_others(entity):
    asked = ask("record_subject")
    assert decide(asked, CALIFORNIA, entity, about="requester").action.name == "release"
    assert decide(asked, CALIFORNIA, entity, about="somebody").action.name == "redact"


@pytest.mark.parametrize("entity", ["PASSWORD", "CARD_SECURITY_CODE", "CREDIT_CARD", "CLOSED_SESSION"])
def test_some_things_are_not_even_ones_own(entity):
    assert decide(ask("record_subject"), CALIFORNIA, entity, about="requester").action.name == "redact"


def test_one_s_own_needs_proof_of_identity():
    asked = ask("record_subject", requester={"identity_verified": False})
    decision = decide(asked, CALIFORNIA, "HEALTH_INFORMATION", about="requester")
    assert decision.action.name == "redact"
    assert any("identity" in item for item in decision.missing)


@pytest.mark.parametrize("who", ["general_public", "record_subject", "law_enforcement", "city_employee"])
def test_a_name_that_nothing_protects_is_public(who):
    assert decide(ask(who), CALIFORNIA, "PERSON", about="anybody").action.name == "release"


@pytest.mark.parametrize(
    "kind", ["personnel_file", "medical_record", "benefits_case_file", "juvenile_record"]
)
def test_everybody_named_in_some_records_is_protected(kind):
    assert decide(ask(), CALIFORNIA, "PERSON", about="anybody", record_type=kind).action.name == "redact"


@pytest.mark.parametrize("entity", ["HOME_ADDRESS", "PHONE_NUMBER", "EMAIL_ADDRESS", "DATE_OF_BIRTH"])
def test_contact_data_in_a_personnel_file_has_its_own_code(entity):
    decision = decide(ask(), CALIFORNIA, entity, record_type="personnel_file")
    assert decision.marking == "Gov. 7928.300"


MINUTES = [
    ("general_public", [], "withhold"),
    ("record_subject", [], "withhold"),
    ("law_enforcement", [basis("court_order")], "withhold"),
    ("city_employee", [], "refer"),
    ("city_official", [], "redact"),
    ("court", [], "refer"),
    ("court", [basis("court_order")], "release"),
]


@pytest.mark.parametrize(("who", "bases", "action"), MINUTES)
def test_minutes_of_a_closed_session(who, bases, action):
    decision = decide(
        ask(who, legal_basis=bases), CALIFORNIA, "CLOSED_SESSION", record_type="closed_session_minutes"
    )
    assert decision.action.name == action


@pytest.mark.parametrize("kind", ["subpoena", "administrative_subpoena"])
def test_a_subpoena_from_the_public_goes_to_the_city_attorney_beside_the_public_version(kind):
    held = ask(legal_basis=[basis(kind)])
    decision = decide(held, CALIFORNIA, "HOME_ADDRESS")
    assert decision.action.name == "redact"
    assert determine(held, Case(), CALIFORNIA).referrals == ("City Attorney",)


def test_an_agency_s_verified_subpoena_releases_its_scope():
    held = ask("law_enforcement", purpose={"kind": "litigation"}, legal_basis=[basis("subpoena")])
    assert decide(held, CALIFORNIA, "HOME_ADDRESS").action.name == "release"
    assert decide(held, CALIFORNIA, "US_SSN").action.name == "refer"


def test_public_assistance_is_not_unlocked_by_the_council():
    approved = [
        {"role": "council_action", "name": "City Council", "on": "2026-11-01"},
        {"role": "city_manager", "name": "Max Nager", "on": "2026-11-01"},
    ]
    asked = ask(
        "city_official", authorization=approved, purpose={"kind": "official_business", "statement": "x"}
    )
    decision = decide(asked, CALIFORNIA, "PUBLIC_ASSISTANCE_STATUS")
    assert decision.action.name == "redact"
    assert decision.referrals == ("City Attorney",)
    administered = ask("city_employee", legal_basis=[basis("public_assistance_criteria")])
    assert decide(administered, CALIFORNIA, "PUBLIC_ASSISTANCE_STATUS").action.name == "release"


def test_an_arrested_person_s_address_waits_for_a_declaration_that_the_clerk_takes():
    declared = {"kind": "state_statute", "citation": "Gov. Code § 7923.620"}
    decision = decide(ask(legal_basis=[declared]), CALIFORNIA, "HOME_ADDRESS", record_type="police_report")
    assert (decision.action.name, decision.referrals) == ("redact", ("City Clerk",))


def test_an_unknown_entity_is_redacted_and_the_clerk_is_asked_even_under_an_order():
    decision = decide(ask(legal_basis=[basis("court_order")]), CALIFORNIA, "HOROSCOPE")
    assert (decision.action.name, decision.rules) == ("redact", ())
    assert decision.referrals == ("City Clerk",)


def test_an_unknown_record_type_withholds_the_document():
    decision_of = decide(ask(), CALIFORNIA, "PERSON", about="anybody", record_type="grimoire")
    assert decision_of.action.name == "release"
    case = Case((Facts("a.txt", record_type="grimoire"),))
    assert determine(ask(), case, CALIFORNIA).outcome.name == "withhold"


PEACE_OFFICER = [
    # who asks, with what, what becomes of the file
    (ask(), "refer"),
    (ask("record_subject"), "refer"),
    (ask("law_enforcement"), "refer"),
    (ask("court", legal_basis=[basis("court_order")]), "release"),
    (ask(legal_basis=[basis("court_order", verified=None)]), "refer"),
]


@pytest.mark.parametrize(("asked", "outcome"), PEACE_OFFICER)
def test_a_peace_officer_s_personnel_file_is_for_the_city_attorney(asked, outcome):
    case = Case((Facts("file.pdf", record_type="peace_officer_file"),))
    result = determine(asked, case, CALIFORNIA)
    assert result.outcome.name == outcome
    assert result.referrals == (("City Attorney",) if outcome == "refer" else ())


INCIDENT = [
    # entity, as its words and place say, whose, kind of record, what becomes of it
    ("HEALTH_INFORMATION", "named", HURT, "police_report", "release"),
    ("HEALTH_INFORMATION", "unnamed", None, "police_report", "release"),
    ("VICTIM_STATUS", "named", HURT, "police_report", "release"),
    ("VICTIM_STATUS", "unnamed", None, "police_report", "release"),
    ("HEALTH_INFORMATION", "", HURT, "police_report", "redact"),
    ("HEALTH_INFORMATION", "named", HELD, "police_report", "redact"),
    ("VICTIM_STATUS", "named", HELD, "police_report", "redact"),
    ("HEALTH_INFORMATION", "named", None, "police_report", "redact"),
    ("HEALTH_INFORMATION", "named", HURT, None, "redact"),
    ("HEALTH_INFORMATION", "named", HURT, "personnel_file", "redact"),
    ("HEALTH_INFORMATION", "named", HURT, "medical_record", "redact"),
    ("HEALTH_INFORMATION", "unnamed", None, "juvenile_record", "redact"),
    ("DISABILITY_STATUS", "named", HURT, "police_report", "redact"),
    ("WITNESS_STATUS", "named", HURT, "police_report", "redact"),
    ("IMMIGRATION_STATUS", "named", HURT, "police_report", "redact"),
]


@pytest.mark.parametrize(
    "names", [("california",), ("california", "cerritos", "pasadena", "pasadena-police")]
)
@pytest.mark.parametrize(("entity", "incident", "whose", "kind", "action"), INCIDENT)
def test_what_of_an_incident_is_public(entity, incident, whose, kind, action, names):
    """Gov. Code § 7923.615: circumstances and injuries; the name of who was hurt is not told with them."""
    fact = replace(finding(entity, whose, 2000), incident=incident)
    names_beside = (finding("PERSON", HURT), finding("PERSON", HELD, 1000))
    case = Case((Facts("report.pdf", (*names_beside, fact), kind),), arrested=frozenset({HELD}))
    (document,) = determine(ask(), case, stack(*names)).documents
    told = {(f.entity, f.subject): decision.action.name for f, decision in document.findings}
    assert told[entity, whose] == action
    if action == "release" and whose == HURT:
        assert told["PERSON", HURT] == "redact"


def test_nothing_of_an_incident_is_public_where_somebody_elected():
    fact = replace(finding("HEALTH_INFORMATION", HURT), incident="named")
    case = Case((Facts("report.pdf", (fact,), "police_report"),))
    elected = [{"person": "Maria Named", "statute": "Penal Code § 293"}]
    for asked, action in ((ask(), "release"), (ask(elections=elected), "redact")):
        (document,) = determine(asked, case, CALIFORNIA).documents
        assert document.findings[0][1].action.name == action


def test_nothing_of_an_incident_is_for_immigration_enforcement():
    fact = replace(finding("HEALTH_INFORMATION", HURT), incident="named")
    case = Case((Facts("report.pdf", (fact,), "police_report"),))
    for who in (ask("federal_immigration_authority"), ask(purpose={"kind": "immigration_enforcement"})):
        assert determine(who, case, CALIFORNIA).documents[0].findings[0][1].action.name == "withhold"


ARRESTED_AND_VICTIM = [
    # who asks, with what, what becomes of the name, whom it is referred to
    (ask(), "redact", ("City Attorney",)),
    (ask("law_enforcement", purpose={"kind": "public_records"}), "redact", ("City Attorney",)),
    (ask(legal_basis=[basis("court_order")]), "release", ()),
    (ask("city_official"), "release", ()),
]


@pytest.mark.parametrize("names", [("california",), ("california", "pasadena")])
@pytest.mark.parametrize(("asked", "action", "offices"), ARRESTED_AND_VICTIM)
def test_who_was_arrested_and_is_called_a_victim_is_for_the_city_attorney(asked, action, offices, names):
    case = Case(
        (Facts("report.pdf", (finding("PERSON", HELD),), "police_report"),),
        arrested=frozenset({HELD}),
        victims=frozenset({HELD}),
    )
    result = determine(asked, case, stack(*names))
    ((_, decision),) = result.documents[0].findings
    assert (decision.action.name, result.referrals) == (action, offices)
    if offices:
        assert decision.rules == ("CA-ARREST-VICTIM",)
        assert "City Attorney says which prevails" in decision.reasons[0]


REVIEW = {"documents": ["*"], "role": "City Attorney", "name": "Ann Law", "on": "2026-11-09"}
TRAITS = [
    # who asks, what the document shows, what was looked at by whom, what becomes of it
    (ask(), ("informant",), [], "refer"),
    (ask(), ("privileged",), [], "refer"),
    (ask("record_subject"), ("informant",), [], "refer"),
    (ask("law_enforcement", purpose={"kind": "public_records"}), ("informant",), [], "refer"),
    (ask("city_official"), ("privileged",), [], "refer"),
    (ask(legal_basis=[basis("court_order")]), ("informant",), [], "refer"),
    (ask(), ("informant",), [REVIEW], "release"),
    (ask(), ("informant", "privileged"), [REVIEW], "release"),
    (ask(), ("informant", "privileged"), [{**REVIEW, "traits": ["informant"]}], "refer"),
    (ask(), ("privileged",), [{**REVIEW, "traits": ["informant"]}], "refer"),
    (ask(), ("privileged",), [{**REVIEW, "documents": ["other.pdf"]}], "refer"),
    (ask(), ("privileged",), [{**REVIEW, "documents": ["other.pdf", "memo.*"]}], "release"),
    (ask(), ("privileged",), [{**REVIEW, "role": "city_clerk"}], "refer"),
    (ask(), ("privileged",), [{**REVIEW, "name": NAME}], "refer"),
    (ask(), ("privileged",), [{**REVIEW, "name": " "}], "refer"),
    (ask(), ("privileged",), [{**REVIEW, "on": "2026-11-11"}], "refer"),
    (ask(requester={"name": ""}), ("privileged",), [REVIEW], "refer"),
]


@pytest.mark.parametrize(("asked", "traits", "reviews", "outcome"), TRAITS)
def test_what_a_document_shows_is_for_the_city_attorney(asked, traits, reviews, outcome):
    """Informants and privilege: referred whole, never redacted, until the City Attorney has read it."""
    asked = replace(asked, review=Request.parse({**BARE, "review": reviews}).review)
    shown = tuple(Trait(kind, "page:1") for kind in traits)
    facts = Facts("memo.pdf", (finding("PERSON", KNOWN),), traits=shown)
    result = determine(asked, Case((facts,)), CALIFORNIA)
    (document,) = result.documents
    assert document.outcome.name == outcome
    if outcome == "refer":
        assert result.referrals == ("City Attorney",)
        assert all(decision.action.name == "refer" for _, decision in document.findings)
        assert any("a review of this very document by city attorney" in m for m in document.decision.missing)


def test_minutes_of_a_closed_session_stay_withheld_whatever_was_reviewed():
    shown = (Trait("privileged", "page:1"),)
    for reviews in ([], [REVIEW]):
        asked = ask(review=reviews)
        case = Case((Facts("minutes.pdf", (), "closed_session_minutes", traits=shown),))
        assert determine(asked, case, CALIFORNIA).outcome.name == "withhold"


BARE = {"id": "PRR-1", "received": "2026-11-02", "requester": {"category": "general_public"}}
