"""Whose name is protected: in doubt, everybody's."""

import pytest

from redact.case import Facts
from redact.document import Span
from redact.finding import Finding
from redact.protection import NEAR, PROTECTING, protected


def at(entity, start, subject=None, locator="page:1"):
    return Finding(locator, Span(start, start + 5), entity, 0.9, "a recognizer", subject=subject)


def shields(*findings, kind=None, elected=(), others=()):
    case = [Facts("a.txt", findings, kind), *others]
    return next(protected(case, {"personnel_file"}, set(elected)))


FAR = NEAR + 1000
NAME = at("PERSON", 0, 1)
TABLE = [
    # what else is there, whether the name is protected
    ("nothing", (), False),
    ("an address of theirs", (at("HOME_ADDRESS", 20, 1),), False),
    ("a status of theirs, far away", (at("VICTIM_STATUS", FAR, 1, "page:9"),), True),
    ("a status of somebody else, far away", (at("VICTIM_STATUS", FAR, 2),), False),
    ("a status of somebody else, near", (at("VICTIM_STATUS", NEAR, 2),), True),
    ("a status of somebody else, in another segment", (at("VICTIM_STATUS", 0, 2, "page:2"),), False),
    ("a status of nobody known, in its segment", (at("WITNESS_STATUS", FAR),), True),
    ("a status of nobody known, in another segment", (at("WITNESS_STATUS", FAR, None, "page:2"),), False),
]


@pytest.mark.parametrize(("beside", "expected"), [c[1:] for c in TABLE], ids=[c[0] for c in TABLE])
def test_a_name(beside, expected):
    assert shields(NAME, *beside)[0] is expected


@pytest.mark.parametrize("entity", sorted(PROTECTING))
def test_each_protecting_entity_protects_its_subject(entity):
    assert shields(NAME, at(entity, FAR, 1, "page:2"))[0]


def test_a_name_of_nobody_known_is_protected():
    assert shields(at("PERSON", 0)) == (True,)


def test_everybody_in_such_a_record_is_protected():
    assert shields(NAME, kind="personnel_file") == (True,)
    assert shields(NAME, kind="police_report") == (False,)


def test_a_person_protected_in_one_document_is_protected_in_all():
    other = Facts("b.txt", (at("HEALTH_INFORMATION", 0, 1),))
    assert shields(NAME, others=[other]) == (True,)


def test_who_elected_is_protected():
    assert shields(NAME, elected=[1]) == (True,)
    assert shields(NAME, elected=[2]) == (False,)


@pytest.mark.parametrize("start", [NEAR + 4, NEAR + 5, NEAR + 6])
def test_near_means_less_than_that_many_characters_between(start):
    assert shields(NAME, at("RELIGION", start, 2))[0] is (start - 5 < NEAR)
    assert shields(at("RELIGION", 0, 2), at("PERSON", start, 1))[1] is (start - 5 < NEAR)


def test_a_long_status_before_short_ones_still_reaches_the_name():
    long = Finding("page:1", Span(0, 5000), "CLOSED_SESSION", 0.9, "r", subject=2)
    wide = Finding("page:1", Span(0, 5000), "HEALTH_INFORMATION", 0.9, "r", subject=2)
    many = [at("RELIGION", 10 + 30 * n, 2) for n in range(100)]
    assert shields(wide, long, *many, at("PERSON", 5050, 1))[-1]
