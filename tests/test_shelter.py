"""Of which documents nothing of an incident is told, beside those that tell of a sheltered crime."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from redact.document import Segment
from redact.shelter import Clues, IncidentNumbers, numbers_in, sheltered

NUMBERS = [
    # text, series, numbers
    ("Incident report 26-11873   PC 273.5(a)", {"case, 5 digits"}, {"26-11873"}),
    ("SUPPLEMENTAL REPORT 26-10412-S2", {"case, 5 digits"}, {"26-10412"}),
    ("CRIME REPORT          Case No. 26-20114", {"case, 5 digits"}, {"26-20114"}),
    ("D.R. #2026-0011873; see also 26-20114", {"case, 7 digits"}, {"26-11873", "26-20114"}),
    ("CAD event 26-0419, Call No. 26-0420", {"event, 4 digits", "call, 4 digits"}, {"26-419", "26-420"}),
    ("Tel. 626-555-0139, SSN 512-33-4417, EIN 12-34567890", set(), set()),
    ("ＲＥＰＯＲＴ　26–11873", {"case, 5 digits"}, {"26-11873"}),
    ("The library opens at nine.", set(), set()),
]


@pytest.mark.parametrize(("text", "series", "mentioned"), NUMBERS)
def test_numbers_of_incidents(text, series, mentioned):
    assert numbers_in([Segment("page:1", text)]) == IncidentNumbers(frozenset(series), frozenset(mentioned))


def told(number: str = "", *persons: int | None, crime: bool = False, unread: bool = False) -> Clues:
    numbers = numbers_in([Segment("text", f"Report {number}")]) if number else IncidentNumbers()
    return Clues(crime, unread, numbers, frozenset(persons))


CRIME = told("26-11873", 1, 2, crime=True)
CASES = [
    # the documents, whether each is sheltered
    ("nothing is", [told("26-20114", 7), told()], [False, False]),
    ("another number and other people", [CRIME, told("26-20114", 7)], [True, False]),
    ("the same number", [CRIME, told("26-11873", 7)], [True, True]),
    ("somebody named in both", [CRIME, told("26-20114", 2, 7)], [True, True]),
    ("no number", [CRIME, told("", 7)], [True, True]),
    ("a number of another series", [CRIME, told("26-0419", 7)], [True, True]),
    ("the crime has no number", [told("", 1, crime=True), told("26-20114", 7)], [True, True]),
    ("somebody of whom nothing is known", [CRIME, told("26-20114", None)], [True, True]),
    ("such a one in the crime", [replace(CRIME, persons=frozenset({None})), told("26-20114")], [True, True]),
    ("a part could not be read", [told("26-20114", 7), told("26-20115", unread=True)], [True, True]),
    (
        "it shares somebody with what shares the number",
        [CRIME, told("26-11873", 5), told("26-20114", 5), told("26-20115", 6)],
        [True, True, True, False],
    ),
    ("it mentions the number of the crime", [CRIME, replace(CRIME, sheltered=False, persons=frozenset({9}))],
     [True, True]),
    ("several crimes", [CRIME, told("26-20114", 7, crime=True), told("26-20115", 8)], [True, True, False]),
    ("of several one without a number", [CRIME, told("", crime=True), told("26-20115", 8)], [True] * 3),
    ("none", [], []),
]  # fmt: skip


@pytest.mark.parametrize(
    ("documents", "shelter"), [case[1:] for case in CASES], ids=[case[0] for case in CASES]
)
def test_which_documents_are_sheltered(documents, shelter):
    assert sheltered(documents) == shelter
    assert sheltered(documents[::-1]) == shelter[::-1]


clues = st.builds(
    told,
    st.sampled_from(["", "26-11873", "26-20114", "26-20115", "26-0419"]),
    st.sampled_from([1, 2, 3, None]),
    crime=st.booleans(),
)


@given(st.lists(clues, max_size=6), st.data())
def test_what_tells_of_a_crime_is_sheltered_and_one_more_frees_nothing(documents, data):
    shelter = sheltered(documents)
    assert all(inside for inside, each in zip(shelter, documents, strict=True) if each.sheltered)
    more = [*documents, data.draw(clues.map(lambda each: replace(each, sheltered=True)))]
    assert all(a <= b for a, b in zip(shelter, sheltered(more), strict=False))
