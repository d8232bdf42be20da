"""When a recorded authority counts, and what it covers."""

from dataclasses import replace

import pytest

from redact.legal_basis import covers, covers_document, shortfalls
from redact.person import may_be_same, surely_same
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
    ({"citation": "Form I 205"}, "paper of another kind"),
    ({"citation": "form I200"}, "paper of another kind"),
    ({"issuer": "D.H.S. officer"}, "paper of another kind"),
    ({"issuer": "Field Office Director, ERO"}, "paper of another kind"),
    ({"citation": "Warrant of Removal"}, "paper of another kind"),
    ({"citation": "Cal. Const. art. I, § 13"}, None),
    (verified(by="R. Asker"), "verified by the requester"),
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


def test_without_the_requester_s_name_nobody_is_known_to_be_somebody_else():
    basis, request = held()
    anonymous = replace(request, requester=replace(request.requester, name=" "))
    (problem,) = shortfalls(basis, anonymous, STACK)
    assert "requester's name is not recorded" in problem


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
    # two names, whether they may be one person's, whether they surely are
    ("Jane Doe", "jane  DOE", True, True),
    ("Jane Doe", "Doe, Jane", True, True),
    ("Jane Doe", "Jane Q. Doe", True, True),
    ("Jane Doe", "Ms. Jane Doe", True, True),
    ("José Núñez", "Jose Nunez", True, True),
    ("O'Brien, Pat", "Pat O’Brien", True, True),
    ("J. D.", "j d", True, True),
    ("Jane Doe", "J. Doe", True, False),
    ("Jane Doe", "J Doe", True, False),
    ("Jane Doe", "Doe", True, False),
    ("Jane Doe", "Janey Doe", True, False),
    ("Jane Doe", "Jane Do", False, False),
    ("Ann Law", "Anne Law", True, False),
    ("Robert Law", "Bob Law", True, False),
    ("Bill Law", "Law, William", True, False),
    ("Robin Asker", "Robyn Asker", True, False),
    ("Robin Asker", "Robin Askar", True, False),
    ("Ana Ferreira-Santos", "Ana Ferreira", True, False),
    ("Katherine Law", "Cathy Law", True, False),
    ("Jane Q. Doe", "Jane Z. Doe", True, False),
    ("A. Doe", "B. Doe", False, False),
    ("A. Doe", "A Doe", True, True),
    ("Jane Doe", "B. Doe", False, False),
    ("Jane Doe", "John Doe", False, False),
    ("Jane Doe", "Jane Roe", False, False),
    ("John Smith", "Joan Smith", False, False),
    ("City Council", "City Manager", False, False),
    ("", "", False, False),
    ("Jane Doe", "", False, False),
]  # fmt: skip


@pytest.mark.parametrize(("one", "other", "may_be", "surely"), SAME)
def test_a_doubt_counts_against_whoever_it_would_serve(one, other, may_be, surely):
    assert may_be_same(one, other) is may_be_same(other, one) is may_be
    if one:
        assert surely_same(one, other) is surely_same(other, one) is surely
