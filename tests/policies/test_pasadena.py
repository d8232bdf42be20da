"""Pasadena AA: 2.b and 2.c (closed list), 2.d (open list), foreign governments."""

import pytest

from redact.determination import Case, determine
from tests.policies.cases import ask, basis, decide, stack

PASADENA = stack("pasadena")

CLOSED_LIST = ["RELIGION", "SEXUAL_ORIENTATION", "NATIONAL_ORIGIN"]
STATUS = ["IMMIGRATION_STATUS", "ALIEN_NUMBER"]
OPEN_LIST = [
    "VICTIM_STATUS",
    "WITNESS_STATUS",
    "DISABILITY_STATUS",
    "PUBLIC_ASSISTANCE_STATUS",
    "HEALTH_INFORMATION",
]
SERVICE = {"kind": "city_service", "statement": "paratransit for this rider"}
BUSINESS = {"kind": "official_business", "statement": "translation at the hearing"}
LAW = ["federal_statute", "state_statute", "regulation", "court_decision", "court_order"]


@pytest.mark.parametrize("entity", CLOSED_LIST + STATUS + OPEN_LIST)
@pytest.mark.parametrize("who", ["general_public", "city_employee", "city_official", "law_enforcement"])
def test_nobody_receives_them_without_more(who, entity):
    decision = decide(ask(who), PASADENA, entity)
    assert decision.action.name == "redact"
    assert decision.citations[0].startswith("Pasadena AA 2.")


@pytest.mark.parametrize("kind", LAW)
@pytest.mark.parametrize("entity", CLOSED_LIST + STATUS + OPEN_LIST)
def test_what_law_requires_is_released(entity, kind):
    assert decide(ask(legal_basis=[basis(kind)]), PASADENA, entity).action.name == "release"


ONLY_FOR_STATUS = ["city_ordinance", "public_assistance_criteria"]


@pytest.mark.parametrize("kind", ONLY_FOR_STATUS)
def test_an_ordinance_and_assistance_criteria_count_for_immigration_status_only(kind):
    asked = ask(legal_basis=[basis(kind)])
    assert decide(asked, PASADENA, "IMMIGRATION_STATUS").action.name == "release"
    for entity in CLOSED_LIST + OPEN_LIST:
        assert decide(asked, PASADENA, entity).action.name == "redact"


def test_consent_suffices_for_2d_and_goes_to_the_city_attorney_for_2b():
    agreed = ask(legal_basis=[basis("consent", issuer="Maria Named")])
    for entity in OPEN_LIST:
        assert decide(agreed, PASADENA, entity, about="names").action.name == "release"
        assert decide(agreed, PASADENA, entity, about="somebody").action.name == "redact"
    for entity in CLOSED_LIST + STATUS:
        decision = decide(agreed, PASADENA, entity, about="names")
        assert (decision.action.name, decision.referrals) == ("redact", ("City Attorney",))


def test_a_consent_to_something_else_refers_nothing():
    agreed = ask(legal_basis=[basis("consent", scope={"entities": ["HEALTH_INFORMATION"]})])
    assert decide(agreed, PASADENA, "RELIGION").referrals == ()


NECESSARY = [
    # who, purpose, entity, action
    ("city_employee", BUSINESS, "RELIGION", "release"),
    ("city_employee", BUSINESS, "NATIONAL_ORIGIN", "release"),
    ("city_employee", SERVICE, "RELIGION", "release"),
    ("city_employee", BUSINESS, "SEXUAL_ORIENTATION", "redact"),
    ("city_employee", SERVICE, "SEXUAL_ORIENTATION", "release"),
    ("city_employee", SERVICE, "VICTIM_STATUS", "release"),
    ("city_employee", SERVICE, "DISABILITY_STATUS", "release"),
    ("city_employee", BUSINESS, "VICTIM_STATUS", "redact"),
    ("city_employee", BUSINESS, "HOME_ADDRESS", "release"),
    ("city_employee", SERVICE, "IMMIGRATION_STATUS", "redact"),
    ("city_employee", BUSINESS, "IMMIGRATION_STATUS", "redact"),
    ("city_official", SERVICE, "VICTIM_STATUS", "redact"),
    ("general_public", SERVICE, "VICTIM_STATUS", "redact"),
    ("city_employee", {**SERVICE, "statement": ""}, "VICTIM_STATUS", "redact"),
    ("city_employee", {**BUSINESS, "statement": " "}, "RELIGION", "redact"),
    ("city_employee", {**BUSINESS, "kind": "litigation"}, "RELIGION", "redact"),
]


@pytest.mark.parametrize(("who", "purpose", "entity", "action"), NECESSARY)
def test_a_public_duty_or_a_city_service_needs_it(who, purpose, entity, action):
    assert decide(ask(who, purpose=purpose), PASADENA, entity).action.name == action


def test_one_s_own_is_one_s_own():
    asked = ask("record_subject")
    for entity in CLOSED_LIST + STATUS + OPEN_LIST:
        assert decide(asked, PASADENA, entity, about="requester").action.name == "release"
        assert decide(asked, PASADENA, entity, about="somebody").action.name == "redact"


FOREIGN = [
    ([], "withhold"),
    ([{"kind": "consent"}], "withhold"),
    ([{"kind": "state_statute", "citation": "Penal Code § 187"}], "refer"),
    ([{"kind": "city_ordinance", "citation": "Municipal Code 9.36"}], "refer"),
    ([basis("court_order")], "release"),
]


@pytest.mark.parametrize(("bases", "action"), FOREIGN)
@pytest.mark.parametrize("purpose", ["public_records", "other"])
def test_a_foreign_government_gets_nothing_but_over_a_crime(bases, action, purpose):
    asked = ask("foreign_government", purpose={"kind": purpose}, legal_basis=bases)
    decision = determine(asked, Case(), PASADENA).decision
    assert decision.action.name == action
    assert decision.referrals == (() if action == "release" else ("City Attorney",))


def test_a_law_that_is_claimed_for_enforcement_is_named_beside_what_the_floor_withholds():
    asked = ask(
        "city_employee",
        purpose={"kind": "immigration_enforcement", "statement": "x"},
        legal_basis=[basis("federal_statute", citation="8 U.S.C. § 1360(b)")],
    )
    decision = determine(asked, Case(), PASADENA).decision
    assert (decision.action.name, decision.referrals) == ("withhold", ("City Attorney",))


@pytest.mark.parametrize("entity", ["US_SSN", "CREDIT_CARD", "CLOSED_SESSION", "PERSONNEL_RECORD"])
def test_what_the_text_does_not_speak_of_is_for_the_clerk(entity):
    decision = decide(ask("city_employee", purpose=SERVICE), PASADENA, entity)
    assert (decision.action.name, decision.rules, decision.referrals) == ("redact", (), ("City Clerk",))


def test_names():
    assert decide(ask(), PASADENA, "PERSON", about="anybody").action.name == "release"
    assert decide(ask(), PASADENA, "PERSON", about="somebody").action.name == "redact"
