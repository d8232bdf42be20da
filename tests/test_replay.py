"""The same inputs and versions give the same bytes; otherwise it is said what changed."""

import json
from dataclasses import replace

import pytest

from redact.determination import Case, Facts, determine
from redact.document import Obstacle
from redact.errors import InputError
from redact.replay import recorded_case, replay
from tests.policies.cases import ask, basis, finding, stack

CASE = Case((Facts("a.pdf", (finding("US_SSN", 3), finding("PERSON", 7, 5000))), Facts("b.pdf")))
ASKED, POLICIES = ask(), stack("california")
RECORDED = determine(ASKED, CASE, POLICIES).canonical()


def test_the_same_is_identical_byte_for_byte():
    again = replay(RECORDED, ASKED, CASE, POLICIES)
    assert again.identical and again.changes == ()
    assert again.determination.canonical() == RECORDED
    assert replay(RECORDED.decode(), ASKED, CASE, POLICIES).identical


FIRST, SECOND = CASE.documents


def case(*documents):
    return (ASKED, Case(documents), POLICIES)


CHANGES = {
    # what is different now: (request, case, policies), what is said
    "another stack": ((ASKED, CASE, stack("california", "ramsey")), "policy ramsey: version none, now "),
    "another date": (
        (ask(decided_on="2026-11-11"), CASE, POLICIES),
        "decided_on: 2026-11-10, now 2026-11-11",
    ),
    "another category": ((ask("court"), CASE, POLICIES), "category: general_public, now court"),
    "a document gone": (case(FIRST), "document b.pdf: no longer in the request"),
    "a document more": (case(FIRST, SECOND, Facts("c.pdf")), "document c.pdf: not in the recorded"),
    "the order": (case(SECOND, FIRST), "the order of the documents"),
    "other findings": (
        case(replace(FIRST, findings=FIRST.findings[:1]), SECOND),
        "document a.pdf: other findings (1 no longer found, 0 not found before)",
    ),
    "another record": (
        case(replace(FIRST, record_type="personnel_file"), SECOND),
        "document a.pdf, PERSON at page:1 5000-5005: release, now redact",
    ),
    "withheld now": (
        case(FIRST, replace(SECOND, record_type="closed_session_minutes")),
        "document b.pdf: release, now withhold",
    ),
}


@pytest.mark.parametrize(("now", "says"), CHANGES.values(), ids=CHANGES)
def test_what_changed_is_said(now, says):
    again = replay(RECORDED, *now)
    assert not again.identical
    assert any(says in change for change in again.changes)


def test_an_edited_policy_is_seen():
    edited = json.loads(RECORDED)
    edited["policies"]["california"] = "0123456789ab"
    edited["documents"][0]["findings"][0]["rules"] = ["CA-OLD"]
    changes = replay(json.dumps(edited), ASKED, CASE, POLICIES).changes
    assert any(c.startswith("policy california: version 0123456789ab, now ") for c in changes)
    assert any("other rules: CA-OLD, now CA-SSN" in c for c in changes)


def test_another_form_of_the_same_is_not_the_same_bytes():
    assert replay(json.dumps(json.loads(RECORDED)), ASKED, CASE, POLICIES).changes == (
        "the form of the file only",
    )


@pytest.mark.parametrize(
    "other", ["", "[]", "{}", '{"request": 1}', '{"request":1,"policies":2,"documents":3}']
)
def test_something_else_is_refused(other):
    with pytest.raises(InputError, match=r"not a determination\.json"):
        replay(other, ASKED, CASE, POLICIES)


FULL = Case(
    (
        Facts(
            "a.pdf", CASE.documents[0].findings, "police_report", (Obstacle("encrypted", "locked", "page:2"),)
        ),
        Facts("document-002", (finding("HOME_ADDRESS", 3),), path="letters/Maria Named.pdf"),
    ),
    {"Maria Named": frozenset({3}), "Robin Asker": frozenset()},
)


def test_a_determination_replays_without_its_documents():
    asked = ask(legal_basis=[basis("court_order", scope={"subjects": ["Maria Named"]})])
    recorded = determine(asked, FULL, POLICIES).canonical()
    assert replay(recorded, asked, recorded_case(recorded, asked), POLICIES).identical
    assert "Maria" not in recorded.decode()


def test_unless_a_scope_asks_for_names_that_are_not_recorded():
    asked = ask(legal_basis=[basis("court_order", scope={"documents": ["letters/*"]})])
    recorded = determine(asked, FULL, POLICIES).canonical()
    with pytest.raises(InputError, match="replay with the documents"):
        recorded_case(recorded, asked)


@pytest.mark.parametrize("other", ["", "[]", "{}", '{"documents": [], "persons": [[1], [2], [3]]}'])
def test_a_case_of_something_else_is_refused(other):
    with pytest.raises(InputError, match=r"not a determination\.json"):
        recorded_case(other, ASKED)
