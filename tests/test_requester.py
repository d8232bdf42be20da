"""Who the requester is on the decision date (Cerritos 1.03.020.A to D)."""

import pytest

from redact.determination import Case, determine
from redact.errors import RequestError
from redact.policy import PolicyStack
from redact.request import Request
from redact.requester import resolve

STACK = PolicyStack.load(["california"])


def who(**requester):
    data = {"id": "PRR-1", "received": "2026-11-02", "decided_on": "2026-11-10"}
    return resolve(Request.parse({**data, "requester": {"name": "Robin Asker", **requester}}), STACK)


BY_AFFILIATION = [
    ("resident", "general_public"),
    ("business_owner", "general_public"),
    ("property_owner", "general_public"),
    ("project_applicant", "general_public"),
    ("prospective_developer", "general_public"),
    ("media", "general_public"),
    ("former_employee", "general_public"),
    ("former_official", "general_public"),
    ("former_consultant", "general_public"),
    ("former_contractor", "general_public"),
    ("employee", "city_employee"),
    ("contractor", "city_employee"),
    ("volunteer", "city_employee"),
    ("elected_official", "city_official"),
    ("appointed_official", "city_official"),
]
CITY = [affiliation for affiliation, category in BY_AFFILIATION if category != "general_public"]


@pytest.mark.parametrize(("affiliation", "category"), BY_AFFILIATION)
def test_the_affiliation_decides(affiliation, category):
    assert who(affiliation=affiliation).category == category


@pytest.mark.parametrize(
    "declared", ["city_employee", "city_official", "law_enforcement", "court", "other_agency"]
)
@pytest.mark.parametrize(
    "former", ["former_employee", "former_official", "former_consultant", "former_contractor"]
)
def test_former_people_are_the_general_public_whatever_is_declared(former, declared):
    assert who(affiliation=former, category=declared).category == "general_public"


UNTIL = [
    ("2026-11-09", "general_public"),
    ("2026-11-10", None),
    ("2026-11-11", None),
    ("2020-01-01", "general_public"),
]


@pytest.mark.parametrize(("until", "lapsed"), UNTIL)
@pytest.mark.parametrize("affiliation", CITY)
def test_an_affiliation_counts_to_its_last_day(affiliation, until, lapsed):
    still = dict(BY_AFFILIATION)[affiliation]
    assert who(affiliation=affiliation, affiliated_until=until).category == (lapsed or still)


@pytest.mark.parametrize("affiliation", CITY)
def test_in_a_personal_capacity_everybody_is_the_general_public(affiliation):
    assert who(affiliation=affiliation, capacity="personal").category == "general_public"


PROVED = {"identity_verified": True}
DECLARED = [
    # declared, affiliation, other facts, category
    ("city_employee", None, {}, "city_employee"),
    ("city_employee", None, {"affiliated_until": "2026-01-01"}, "general_public"),
    ("city_employee", "resident", {}, "general_public"),
    ("city_official", "employee", {}, "city_employee"),
    ("general_public", "employee", {}, "general_public"),
    ("law_enforcement", None, {}, "law_enforcement"),
    ("law_enforcement", None, {"capacity": "personal"}, "general_public"),
    ("law_enforcement", "employee", {}, "city_employee"),
    ("federal_immigration_authority", None, {}, "federal_immigration_authority"),
    ("federal_immigration_authority", "former_employee", {}, "federal_immigration_authority"),
    ("federal_immigration_authority", "employee", {"capacity": "personal"}, "federal_immigration_authority"),
    ("foreign_government", "resident", {"capacity": "personal"}, "foreign_government"),
    ("record_subject", None, PROVED, "record_subject"),
    ("record_subject", None, {}, "general_public"),
    ("record_subject", "former_employee", PROVED, "record_subject"),
    ("record_subject", "former_employee", {}, "general_public"),
    ("record_subject", "employee", {**PROVED, "capacity": "personal"}, "record_subject"),
    ("record_subject", "employee", {**PROVED, "affiliated_until": "2020-01-01"}, "record_subject"),
]  # fmt: skip


@pytest.mark.parametrize(("declared", "affiliation", "facts", "category"), DECLARED)
def test_declaration_beside_the_facts(declared, affiliation, facts, category):
    resolved = who(category=declared, affiliation=affiliation, **facts)
    assert resolved.category == category
    assert resolved.evidence


def test_what_would_make_somebody_a_record_subject_is_named():
    assert "identity" in who(category="record_subject").missing[0]
    assert "name" in who(name="", category="record_subject", identity_verified=True).missing[0]
    assert who(category="record_subject", identity_verified=True).missing == ()


@pytest.mark.parametrize("requester", [{}, {"category": "alien"}, {"category": "Maria Named"}])
def test_nobody_known_is_refused(requester):
    with pytest.raises(RequestError) as refusal:
        who(**requester)
    assert "Maria" not in str(refusal.value)


def test_what_no_policy_declares_is_refused_before_anything_is_read():
    data = {"id": "a", "received": "2026-11-02", "requester": {"category": "court"}}
    unknown_type = {**data, "documents": [{"match": "*", "record_type": "closed_sesion_minutes"}]}
    with pytest.raises(RequestError, match=r"documents\.1\.record_type: unknown"):
        resolve(Request.parse(unknown_type), STACK)
    unknown_ground = {**data, "terms": [{"text": "Heron", "exemption": "ca-heron"}]}
    with pytest.raises(RequestError, match=r"terms\.1\.exemption: unknown"):
        resolve(Request.parse(unknown_ground), STACK)


ROSTER = [
    {"name": "Robin Asker", "affiliation": "employee", "since": "2020-01-01", "until": "2026-10-31"},
    {"name": "Asker, Robin", "affiliation": "elected_official", "since": "2026-11-05"},
    {"name": "Somebody Else", "affiliation": "employee"},
]
ROSTERED = [
    # who asks, the category on 2026-11-10
    ({"affiliation": "employee"}, "general_public"),
    ({"affiliation": "elected_official"}, "city_official"),
    ({"category": "city_official"}, "city_official"),
    ({"category": "city_employee"}, "general_public"),
    ({"affiliation": "elected_official", "capacity": "personal"}, "general_public"),
    ({"affiliation": "elected_official", "name": "Kim Nobody"}, "general_public"),
    ({"affiliation": "elected_official", "name": "Robin Lee Asker"}, "general_public"),
    ({"affiliation": "elected_official", "name": ""}, "general_public"),
    ({"affiliation": "media"}, "general_public"),
    ({"category": "court"}, "court"),
    ({"category": "federal_immigration_authority"}, "federal_immigration_authority"),
]


@pytest.mark.parametrize(("requester", "category"), ROSTERED)
def test_where_there_is_a_roster_it_decides_who_works_for_the_city(requester, category):
    data = {
        "id": "R",
        "received": "2026-11-02",
        "decided_on": "2026-11-10",
        "requester": {"name": "Robin Asker", **requester},
    }
    resolved = resolve(Request.parse({**data, "roster": ROSTER}), STACK)
    assert resolved.category == category
    assert "Robin" not in " ".join(resolved.evidence)


@pytest.mark.parametrize(
    ("listed", "category"), [("B. Asker", "general_public"), ("R Asker", "city_employee")]
)
def test_initials_on_a_roster_are_those_of_one_person(listed, category):
    data = {"id": "R", "received": "2026-11-02", "requester": {"name": "R. Asker", "affiliation": "employee"}}
    roster = [{"name": listed, "affiliation": "employee"}]
    assert resolve(Request.parse({**data, "roster": roster}), STACK).category == category


def test_an_official_of_tomorrow_is_none_today():
    data = {
        "id": "R",
        "received": "2026-11-02",
        "requester": {"name": "Robin Asker", "affiliation": "elected_official"},
    }
    for day, category in (("2026-11-04", "general_public"), ("2026-11-05", "city_official")):
        asked = Request.parse({**data, "decided_on": day, "roster": ROSTER})
        assert resolve(asked, STACK).category == category


BORDER = """
id = "border"
title = "A city that knows a border office"
source = "its code"
status = "adopted"
[[category]]
id = "border_office"
title = "border office"
lapses_to = "federal_immigration_authority"
"""


@pytest.mark.parametrize("declared", ["federal_immigration_authority", "border_office"])
def test_enforcement_is_asked_of_who_is_declared_and_of_who_is_found(declared, tmp_path):
    """Neither takes the other back: the floor holds, and nothing is kept, whichever says so."""
    (tmp_path / "border.toml").write_text(BORDER)
    stack = PolicyStack.load(["california", str(tmp_path / "border.toml")])
    data = {"id": "PRR-1", "received": "2026-11-02", "decided_on": "2026-11-10"}
    asker = {"name": "R. Asker", "category": declared, "affiliated_until": "2026-01-01"}
    asked = Request.parse({**data, "requester": asker})
    decision = determine(asked, Case(), stack).decision
    assert decision.action.name == "withhold" and "FLOOR-ENFORCEMENT" in decision.rules
    with pytest.raises(RequestError, match="nothing is kept for immigration enforcement"):
        resolve(
            Request.parse({**data, "requester": asker, "terms": [{"text": "x", "action": "keep"}]}), stack
        )
