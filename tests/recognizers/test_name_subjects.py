"""Where a record says itself that a name is a private person's, whatever title stands beside it."""

import time

import pytest

from recognizers.entities import OFFICIAL
from recognizers.name_mentions import mentions, words
from recognizers.name_subjects import stated, subjects
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
    # what became of somebody, or what they are said to have done
    ("They voted to fire Ofc. Milo Vance for it.", "Milo Vance"),
    ("He complained about Sgt. Milo Vance.", "Milo Vance"),
    ("alleges bullying by lead Milo Vance", "Milo Vance"),
    ("She told HR that Captain Milo Vance of Station 9 harassed her.", "Milo Vance"),
    ("Clerk Milo Vance made the error.", "Milo Vance"),
    ("Says that Milo Vance, payroll clerk, is to be non-renewed", "Milo Vance"),
    ("Mr. Milo Vance is on administrative leave.", "Milo Vance"),
    ("Staff: Milo Vance no call no show", "Milo Vance"),
    ("Operator Milo Vance, badge 5520: post-accident test clear", "Milo Vance"),
    ("Deputy Milo Vance was sent home Thursday.", "Milo Vance"),
    ("Dispatcher Milo Vance received a two-day suspension.", "Milo Vance"),
    ("One sustained; Milo Vance, exonerated.", "Milo Vance"),
    ("Officer: Milo Vance (4 yrs)", "Milo Vance"),
    ("Milo Vance - Parking Director - emp 0112; Vera Stone - emp 0113", "Vera Stone"),
    # labels and headings
    ("Interviewee: Officer Milo Vance, badge 31", "Milo Vance"),
    ("Accused       Paramedic Edith Prowse; EMT Milo Vance", "Milo Vance"),
    ("RE: Fitness for duty, Engineer Milo Vance", "Milo Vance"),
    ("ITEM 2 Sgt. Milo Vance\n- Chief wants him out", "Milo Vance"),
    ("3. Ofc. Milo Vance #31. The board met.", "Milo Vance"),
    ("Comments on Mr. Milo Vance: substantiated.", "Milo Vance"),
    ("Log of the personnel file of Milo Vance, Patrol Officer", "Milo Vance"),
    ("Mr. Milo Vance resigned in lieu of termination.", "Milo Vance"),
    ("Ofc. Milo Vance starts her three days off without pay.", "Milo Vance"),
    ("AI-26\nStatement of: Officer Milo Vance", "Milo Vance"),
    ("The nurse's file says the worker, Milo Vance, knew.", "Milo Vance"),
    # lawyers, unions, firms and posts outside the city
    ("MR. Milo Vance (for owner): Objection.", "Milo Vance"),
    ("Hand delivered to Milo Vance, defense counsel, at noon", "Milo Vance"),
    ("Reviewed with Milo Vance, Esq.", "Milo Vance"),
    ("Reported by Milo Vance, RPR", "Milo Vance"),
    ("with Local 12 president Milo Vance", "Milo Vance"),
    ("The plant's HR manager, Milo Vance, gave us a list.", "Milo Vance"),
    ("Carrier rep Milo Vance", "Milo Vance"),
    ("The lawyer is Milo Vance, by phone.", "Milo Vance"),
    ("her attorney, Ms. Milo Vance", "Milo Vance"),
    ("The owner came with counsel Milo Vance.", "Milo Vance"),
    ("claimant's counsel Milo Vance asked", "Milo Vance"),
    ("Counsel for the tenant: Milo Vance", "Milo Vance"),
    ("an attorney, Milo Vance, wrote back", "Milo Vance"),
    ("Milo Vance\nAttorney at Law\n", "Milo Vance"),
    ("To: Milo Vance, counsel (Vance Post PLLC)", "Milo Vance"),
    ("advocate Milo Vance (Legal Aid of Plum County)", "Milo Vance"),
    ("Atty Milo Vance (outside labor counsel)", "Milo Vance"),
    ("Objection Milo Vance (plaintiff).", "Milo Vance"),
    ("Also present: SEIU rep. Milo Vance", "Milo Vance"),
    ("Officer: J. Dole   Representative: Milo Vance", "Milo Vance"),
    ("Union notified, Milo Vance.", "Milo Vance"),
    ("with his steward, Milo Vance", "Milo Vance"),
    ("The hospice nurse, Milo Vance, came.", "Milo Vance"),
    ("the adjuster Milo Vance called", "Milo Vance"),
    ("tenant council president Ms. Milo Vance on the picnic", "Milo Vance"),
    ("Cardiologist Dr. Milo Vance called back.", "Milo Vance"),
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
    ("cc: Fire Chief Milo Vance", "Milo Vance"),
    ("Finding by Sgt. Milo Vance: not sustained.", "Milo Vance"),
    ("3. Ofc. Milo Vance wrote the report.", "Milo Vance"),
    ("A. Sergeant Milo Vance. He was on the porch.", "Milo Vance"),
    ("RE: Budget\nFROM: Sgt. Milo Vance", "Milo Vance"),
    ("The General Manager, Milo Vance, decides.", "Milo Vance"),
    ("The city attorney, Milo Vance, agreed.", "Milo Vance"),
    ("Our attorney, Milo Vance, agreed.", "Milo Vance"),
    ("counsel for the City: Milo Vance", "Milo Vance"),
    ("City representative: Milo Vance", "Milo Vance"),
    ("Prepared by counsel Milo Vance", "Milo Vance"),
    ("Chief Milo Vance harassed nobody.", "Milo Vance"),
    ("Trained in Milo Vance, 8 yrs at a plant", "Milo Vance"),
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


TABLE = """\
Prepared: Sgt. Ada Brook

No.      Member              Complainant       Allegation       Outcome
26-018   Ofc. Milo Vance     Edith Prowse      Rude on a call   Sustained, 2 days
26-019   Disp. Ida Quill     Hollis Wren       Hung up          Retraining

Sgt. Rui Prado signed it.
"""
PIPED = """\
No. | Party | Basis | Status
----|-------|-------|-------
23-101 | Milo Vance, Finance | told to use vacation | To Det. Rui Prado
"""


def private_in(text: str) -> set[str]:
    """The names that ``text`` makes private people's."""
    found = list(mentions(text, words(text)))
    return {text[found[index].start : found[index].end] for index in subjects(text, found)}


@pytest.mark.parametrize(
    ("text", "private", "others"),
    [
        (TABLE, {"Milo Vance", "Ida Quill"}, {"Ada Brook", "Rui Prado"}),
        (PIPED, {"Milo Vance"}, {"Rui Prado"}),
        (TABLE.replace("Outcome", "Shift"), set(), {"Milo Vance", "Ida Quill"}),
        ("Interviewee: Officer Ana Vance-Cole\nOFC. VANCE-COLE: Yes.", {"VANCE-COLE"}, set()),
        ("Attorney for the family: Ms. Ada Quill. It was A. Quill who wrote.", {"A. Quill"}, set()),
    ],
)
def test_rows_of_complaints_and_shorter_names(text: str, private: set[str], others: set[str]) -> None:
    found = private_in(text)
    assert private <= found
    assert found.isdisjoint(others)


@pytest.mark.parametrize(
    "unit",
    ["26-018   ", "| 1 ", "Allegation   Outcome   No.\n", "Re: Ofc. ", "counsel for the ", "Accused   X; "],
)
def test_time_for_rows_is_linear_in_the_text(unit: str) -> None:
    def seconds(size: int) -> float:
        text = TABLE + unit * (size // len(unit)) + "Milo Vance\n"
        found = list(mentions(text, words(text)))
        started = time.process_time()
        subjects(text, found)
        return time.process_time() - started

    seconds(2_000)
    assert seconds(80_000) < 8 * seconds(20_000) + 0.3


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
