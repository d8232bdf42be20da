"""Where a record says itself that a name is a private person's, whatever title stands beside it."""

import time

import pytest

from recognizers.entities import OFFICIAL
from recognizers.name_mentions import mentions, words
from recognizers.name_subjects import stated
from recognizers.names import PERSON, NameRecognizer

STATED = [
    # whom the record is about
    ("Accused: Ofc. Milo Vance #31; Ofc. Edith Prowse #44", "Milo Vance"),
    ("Accused: Ofc. Milo Vance #31; Ofc. Edith Prowse #44", "Edith Prowse"),
    ("Subject officer: Sgt. Milo Vance", "Milo Vance"),
    ("The grievant, and respondent Lt. Milo Vance", "Milo Vance"),
    ("a five-day suspension for Officer Milo Vance", "Milo Vance"),
    ("It opened an inquiry into Captain Milo Vance.", "Milo Vance"),
    ("Det. Milo Vance #31 was placed on leave.", "Milo Vance"),
    ("Planner Milo Vance was counseled in writing.", "Milo Vance"),
    ("Ofc Milo Vance out, FMLA since Monday", "Milo Vance"),
    ("Milo Vance: not sustained", "Milo Vance"),
    ("Chief Milo Vance's suspension ends in May.", "Milo Vance"),
    # posts that no city has, and those who speak for the other side
    ("Security officer Milo Vance saw him out.", "Milo Vance"),
    ("I called the charge nurse Milo Vance", "Milo Vance"),
    ("Milo Vance, for the Union, objected.", "Milo Vance"),
    ("For the Union: Milo Vance", "Milo Vance"),
    ("Very truly yours,\n\nMilo Vance, President\n", "Milo Vance"),
    ("Also present: Attorney Milo Vance (Vance & Post PLLC)", "Milo Vance"),
    ("Milo Vance, Harbor Paving LLC, asked for the floor.", "Milo Vance"),
    ("To: Milo Vance, Local 1188", "Milo Vance"),
    ("Statement of Milo Vance, taken at 4 p.m.", "Milo Vance"),
    # a card below the officer who wrote the one above
    ("FI 12   9/1 0030   Ofc Prowse\nVANCE, MILO  46  plate 9EH", "VANCE, MILO"),
]
NOT_STATED = [
    ("Investigator: Lt. Milo Vance", "Milo Vance"),
    ("Accused: unknown\nTaken by: Ofc. Milo Vance", "Milo Vance"),
    ("COMMISSIONER VANCE: Sustained. Go on.", "VANCE"),
    ("Chief Milo Vance sustained the finding.", "Milo Vance"),
    ("Captain Milo Vance has recommended a reprimand; it was sustained.", "Milo Vance"),
    ("The Security Division. Officer Milo Vance wrote it.", "Milo Vance"),
    ("Milo Vance, for the City, objected.", "Milo Vance"),
    ("Milo Vance, President of the Council, signed.", "Milo Vance"),
    ("He was suspended by Sgt. Milo Vance.", "Milo Vance"),
    ("Appeal pending. She was dismissed in May.", "She"),
    ("Chief Milo Vance's letter", "Milo Vance"),
    ("Interview of Det. Milo Vance", "Milo Vance"),
    ("Chair Milo Vance, Local Agency Formation Commission", "Milo Vance"),
]


def stated_in(text: str) -> list[str]:
    """The names of which ``text`` states that they are private people's."""
    return [text[m.start : m.end] for m in mentions(text, words(text)) if stated(text, m)]


@pytest.mark.parametrize(("text", "name"), STATED)
def test_a_private_part_is_stated(text: str, name: str) -> None:
    assert name in [found.removeprefix("Ofc. ") for found in stated_in(text)]


@pytest.mark.parametrize(("text", "name"), NOT_STATED)
def test_no_private_part_is_stated(text: str, name: str) -> None:
    assert name not in stated_in(text)


def surest(text: str) -> dict[str, str]:
    """The entity of the surest hit at each place where a name stands."""
    best: dict[str, tuple[float, str]] = {}
    for hit in NameRecognizer().find(text):
        place = f"{text[hit.start : hit.end]}@{hit.start}"
        best[place] = max(best.get(place, (0.0, "")), (hit.score, hit.entity))
    return {place: entity for place, (_, entity) in best.items()}


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        # the part in the record wins over the office, in the whole text
        (
            "Reviewer: Milo Vance\nAccused: Ofc. Milo Vance. Officer Vance said no.",
            {"Milo Vance@10": PERSON, "Milo Vance@35": PERSON, "Vance@55": PERSON},
        ),
        # others of that surname keep their office
        (
            "Accused: Ofc. Milo Vance. Councilmember Rosa Vance moved.",
            {"Milo Vance@14": PERSON, "Rosa Vance@40": OFFICIAL},
        ),
    ],
)
def test_what_is_stated_once_holds_for_the_name_elsewhere(text: str, expected: dict[str, str]) -> None:
    assert surest(text) == expected


@pytest.mark.parametrize(
    "unit", ["Accused: ", "Ofc. ", "Vance; Ofc. ", "Milo Vance, for ", "\nVANCE, MILO  "]
)
def test_time_is_linear_in_the_text(unit: str) -> None:
    def seconds(size: int) -> float:
        text = unit * (size // len(unit))
        found = list(mentions(text, words(text)))
        started = time.process_time()
        for mention in found:
            stated(text, mention)
        return time.process_time() - started

    seconds(2_000)
    assert seconds(80_000) < 8 * seconds(20_000) + 0.3
