"""Who was arrested, by what a text plainly states, and what of them the public sees all the same."""

import pytest

from redact.arrests import arrested
from redact.case import Case, Facts
from redact.determination import determine
from redact.document import Segment, Span
from redact.finding import Finding
from tests.policies.cases import ask, finding, stack

NAME = "Antonio Ferreira"

STATED = [
    "{} was arrested under Penal Code section 273.5(a).",
    "{} was then placed under arrest and booked at 2240 hours.",
    "{}, 42, was booked into county jail.",
    "{} (DOB 03/14/1984) has been taken into custody.",
    "Arrestee: {}",
    "ARRESTEE #1: {}",
    "Arrestee | {} | booked 2240",
    "Officers arrested {} at the scene.",
    "I then arrested {} without incident.",
    "Witnesses saw the arrest of {} from across the street.",
    "The victim left. {} was arrested.",
    "Person arrested: {}",
]
NOT_STATED = [
    "{} was not arrested.",
    "{} lives next door and heard a scream.",
    "She wants {} arrested.",
    "She asked whether {} was arrested.",
    "If {} was arrested, call her.",
    "{} told me that her husband was arrested.",
    "Nobody was arrested. {} left.",
    "No one arrested {}.",
    "The arresting officer spoke with {}.",
    "The arrestee's neighbor is {}",
    "{} saw the man who was arrested.",
]


def who(sentence: str) -> frozenset[int]:
    text = sentence.format(NAME)
    start = text.index(NAME)
    found = Finding("text", Span(start, start + len(NAME)), "PERSON", 0.9, "r", subject=4)
    return arrested([Segment("text", text)], [found])


@pytest.mark.parametrize("sentence", STATED)
def test_a_plain_statement_counts(sentence: str) -> None:
    assert who(sentence) == {4}


@pytest.mark.parametrize("sentence", NOT_STATED)
def test_what_is_denied_wished_or_of_somebody_else_does_not(sentence: str) -> None:
    assert who(sentence) == frozenset()


@pytest.mark.parametrize("name", ["Ferreira", "Mr. Ferreira", "A. Ferreira"])
def test_a_surname_by_itself_does_not_count(name: str) -> None:
    """The victim may bear it too."""
    text = f"{name} was arrested."
    start = text.index("Ferreira") if "Mr." in name else 0
    found = Finding("text", Span(start, len(name)), "PERSON", 0.9, "r", subject=4)
    assert arrested([Segment("text", text)], [found]) == frozenset()


def test_a_name_that_is_nobody_s_in_particular_and_hidden_text_state_nothing() -> None:
    text = f"{NAME} was arrested."
    nobody = Finding("text", Span(0, len(NAME)), "PERSON", 0.9, "r")
    known = Finding("text", Span(0, len(NAME)), "PERSON", 0.9, "r", subject=4)
    assert arrested([Segment("text", text)], [nobody]) == frozenset()
    assert arrested([Segment("text", text, visible=False)], [known]) == frozenset()


SUSPECT, VICTIM = 1, 2
BESIDE = (
    finding("PERSON", SUSPECT, 0),
    finding("DATE_OF_BIRTH", SUSPECT, 10),
    finding("HOME_ADDRESS", SUSPECT, 20),
    finding("VICTIM_STATUS", VICTIM, 30),
    finding("PERSON", VICTIM, 40),
    finding("DATE_OF_BIRTH", VICTIM, 50),
)
KEPT = ["PERSON", "DATE_OF_BIRTH"]
"""Of the arrested person; nothing of the victim."""

ELECTED = {"elections": [{"person": "Tony F", "statute": "Penal Code § 293"}]}
CASES = [
    # what else is so, what of BESIDE is released
    ("nothing else", {}, {}, (), KEPT),
    ("a victim as well, or said to be", {}, {}, (finding("VICTIM_STATUS", SUSPECT, 900),), KEPT),
    ("sick as well", {}, {}, (finding("HEALTH_INFORMATION", SUSPECT, 900),), KEPT),
    ("in a juvenile's record", {}, {"record_type": "juvenile_record"}, (), []),
    ("who elected to stay private", ELECTED, {}, (), []),
]  # fmt: skip


@pytest.mark.parametrize("policies", [("california",), ("california", "cerritos", "pasadena")])
@pytest.mark.parametrize(
    ("request_", "facts", "beside", "kept"), [c[1:] for c in CASES], ids=[c[0] for c in CASES]
)
def test_name_and_birth_date_of_a_person_arrested_survive_beside_a_victim(
    policies, request_, facts, beside, kept
):
    case = Case(
        (Facts("report.pdf", (*BESIDE, *beside), **{"record_type": "police_report", **facts}),),
        {"Tony F": frozenset({SUSPECT})},
        arrested=frozenset({SUSPECT}),
    )
    (document,) = determine(ask(**request_), case, stack(*policies)).documents
    assert [f.entity for f, d in document.findings if d.action.name == "release"] == kept


def test_the_clerk_may_say_who_was_arrested() -> None:
    case = Case((Facts("report.pdf", BESIDE),), {"Tony F": frozenset({SUSPECT})})
    stated = determine(ask(arrests=[{"person": "Tony F"}]), case, stack("california"))
    unstated = determine(ask(), case, stack("california"))
    for result, kept in ((stated, KEPT), (unstated, [])):
        (document,) = result.documents
        assert [f.entity for f, d in document.findings if d.action.name == "release"] == kept


def test_an_immigration_authority_learns_nothing_of_an_arrest() -> None:
    case = Case((Facts("report.pdf", BESIDE),), arrested=frozenset({SUSPECT}))
    result = determine(ask("federal_immigration_authority"), case, stack("california", "pasadena"))
    assert {d.action.name for _, d in result.documents[0].findings} == {"withhold"}
