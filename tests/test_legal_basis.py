"""When a recorded authority counts, and what it covers."""

import pytest

from redact.legal_basis import covers, covers_document, shortfalls
from redact.person import same_person
from redact.policy import PolicyStack
from redact.request import Request

STACK = PolicyStack.load(["california"])
GOOD = {
    "kind": "court_order",
    "issuer": "Hon. M. Reyes",
    "court": "Superior Court",
    "docket": "26-CV-1",
    "issued_on": "2026-10-30",
    "expires_on": "2026-12-31",
    "verified": {"by": "Ann Law", "role": "city_attorney", "on": "2026-11-01"},
}


def held(**changes):
    data = {
        "id": "PRR-1",
        "received": "2026-11-02",
        "decided_on": "2026-11-10",
        "requester": {"name": "Robin Asker", "category": "court"},
        "legal_basis": [{**GOOD, **changes}],
    }
    request = Request.parse(data)
    return request.legal_basis[0], request


def verified(**changes):
    return {"verified": {**GOOD["verified"], **changes}}


SHORT = [
    ({}, None),
    ({"expires_on": None}, None),
    ({"expires_on": "2026-11-10"}, None),
    ({"expires_on": "2026-11-09"}, "expired on 2026-11-09"),
    ({"issued_on": "2026-11-11"}, "not yet in force on 2026-11-10"),
    ({"issued_on": None}, "issued_on is not recorded"),
    ({"docket": " "}, "docket is not recorded"),
    ({"court": ""}, "court is not recorded"),
    ({"issuer": ""}, "issuer is not recorded"),
    ({"verified": None}, "not verified by city attorney"),
    (verified(role="supervisor"), "not entitled to"),
    (verified(role="City Attorney"), None),
    (verified(by=" "), "not recorded who"),
    (verified(by="asker, robin"), "verified by the requester"),
    (verified(by="Hon. M. Reyes"), "verified by its own issuer"),
    (verified(by="Reyes"), "verified by its own issuer"),
    (verified(on="2026-11-11"), "only after the decision date"),
    (verified(on="2026-10-29"), "verified before it was issued"),
    ({"court": "Immigration Court"}, "paper of another kind"),
    ({"citation": "see form I-205"}, "paper of another kind"),
    ({"citation": "Code § 1-2000"}, None),
    ({"court": "Superior Court of Venice"}, None),
]


@pytest.mark.parametrize(("changes", "says"), SHORT)
def test_shortfalls(changes, says):
    problems = list(shortfalls(*held(**changes), STACK))
    if says is None:
        assert problems == []
    else:
        assert any(says in problem for problem in problems)


@pytest.mark.parametrize(
    "kind",
    [
        "administrative_warrant",
        "detainer",
        "immigration_judge_order",
        "administrative_subpoena",
        "city_manager_consent",
    ],
)
def test_some_papers_never_suffice(kind):
    (problem,) = shortfalls(*held(kind=kind), STACK)
    assert problem.startswith("not sufficient, whoever signed it")


def test_a_subpoena_states_its_scope():
    assert "scope is not recorded" in list(shortfalls(*held(kind="subpoena"), STACK))
    assert not list(shortfalls(*held(kind="subpoena", scope={"documents": ["*.pdf"]}), STACK))


MARIA, NOBODY = frozenset({"Maria Named"}), frozenset()
COVERED = [
    # scope, entity, document, subjects, covered
    ({}, "US_SSN", "a.pdf", NOBODY, True),
    ({"entities": ["US_SSN"]}, "US_SSN", "a.pdf", NOBODY, True),
    ({"entities": ["US_SSN"]}, "PERSON", "a.pdf", NOBODY, False),
    ({"entities": ["US_SSN"]}, None, None, None, True),
    ({"documents": ["*.pdf"]}, "US_SSN", "box/a.pdf", NOBODY, True),
    ({"documents": ["*.pdf"]}, "US_SSN", "a.PDF", NOBODY, False),
    ({"documents": ["[ab].txt"]}, "US_SSN", "c.txt", NOBODY, False),
    ({"subjects": ["Maria Named"]}, "US_SSN", "a.pdf", MARIA, True),
    ({"subjects": ["Maria Named"]}, "US_SSN", "a.pdf", NOBODY, False),
    ({"subjects": ["Maria Named"], "entities": ["PERSON"]}, "US_SSN", "a.pdf", MARIA, False),
]


@pytest.mark.parametrize(("scope", "entity", "document", "subjects", "covered"), COVERED)
def test_scope(scope, entity, document, subjects, covered):
    basis, _ = held(scope=scope)
    assert covers(basis, STACK, entity=entity, document=document, subjects=subjects) is covered


def test_a_consent_covers_its_issuer_and_nobody_else():
    consent, _ = held(kind="consent", issuer="Maria Named")
    assert covers(consent, STACK, entity="US_SSN", document="a", subjects=MARIA)
    assert not covers(consent, STACK, entity="US_SSN", document="a", subjects=NOBODY)
    assert not covers(consent, STACK, entity="US_SSN", document="a", subjects=frozenset({"Robin Asker"}))


DOCUMENTS = [
    ({}, [], True),
    ({"documents": ["other*"]}, [], False),
    ({"subjects": ["Maria Named"]}, [], False),
    ({"subjects": ["Maria Named"]}, [("PERSON", MARIA)], True),
    ({"subjects": ["Maria Named"]}, [("PERSON", NOBODY)], False),
    ({"entities": ["US_SSN"]}, [("PERSON", NOBODY)], False),
    ({"entities": ["US_SSN"], "subjects": ["Maria Named"]}, [("US_SSN", NOBODY), ("PERSON", MARIA)], False),
    ({"entities": ["US_SSN"], "subjects": ["Maria Named"]}, [("US_SSN", MARIA)], True),
]


@pytest.mark.parametrize(("scope", "contents", "covered"), DOCUMENTS)
def test_an_order_takes_in_the_documents_that_hold_something_of_it(scope, contents, covered):
    basis, _ = held(scope=scope)
    assert covers_document(basis, STACK, "a.pdf", contents) is covered


SAME = [
    ("Jane Doe", "jane  DOE", True),
    ("Jane Doe", "Doe, Jane", True),
    ("Jane Doe", "Jane Q. Doe", True),
    ("Jane Doe", "Ms. Jane Doe", True),
    ("José Núñez", "Jose Nunez", True),
    ("O'Brien, Pat", "Pat O’Brien", True),
    ("Jane Doe", "John Doe", False),
    ("Doe", "Jane Doe", False),
    ("", "", False),
    ("J. D.", "j d", True),
]


@pytest.mark.parametrize(("one", "other", "same"), SAME)
def test_a_doubt_counts_as_the_same_person(one, other, same):
    assert same_person(one, other) is same_person(other, one) is same
