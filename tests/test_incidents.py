"""What of an incident is public (Gov. Code § 7923.615), told from plain words, and what in doubt is not."""

import re
import time

import pytest

from redact.document import Segment, Span
from redact.finding import Finding
from redact.incidents import tells_of_sheltered, told
from redact.subjects import with_subjects

_MARK = re.compile(r"\{(\w)\|([^}]*)\}")
_ENTITIES = {"h": "HEALTH_INFORMATION", "v": "VICTIM_STATUS", "o": "OFFICIAL", "s": "DISABILITY_STATUS"}


def marks(text: str, *, visible: bool = True) -> list[str]:
    """What ``told`` says of each phrase in a text where braces mark what was found.

    ``{1|a name}`` of person 1, ``{n|a name}`` of nobody known, ``{o|an official}``, ``{h|health}``, ``{v|what
    was done}``.
    """
    plain, found, end = "", [], 0
    for match in _MARK.finditer(text):
        plain += text[end : match.start()]
        kind, words = match[1], match[2]
        subject = int(kind) if kind.isdigit() else None
        span = Span(len(plain), len(plain) + len(words))
        found.append(Finding("text", span, _ENTITIES.get(kind, "PERSON"), 0.95, "r", subject=subject))
        plain += words
        end = match.end()
    plain += text[end:]
    judged = with_subjects(plain, [f for f in found if f.entity != "OFFICIAL"])
    result = told([(Segment("text", plain, visible), found)], judged)
    return [f.incident for f in result if f.entity not in ("PERSON", "OFFICIAL")]


NAMED = [
    "{1|Teresa Malone} {h|had a two-inch laceration above her right eye and swelling to her cheek}.",
    "{1|Teresa Malone} had {h|a black eye and a broken nose}.",
    "{1|Malone} {v|was punched in the face} by a stranger.",
    "{1|MALONE} {h|SUSTAINED CUTS TO THE L HAND} AND REFUSED TRANSPORT.",
    "I spoke with {1|Teresa Malone}. She {h|had bruises on both forearms}.",
    "{1|Teresa Malone}\nsaid that a man {v|grabbed her by the arm and took her purse}.",
]
UNNAMED = [
    "The victim {h|was bleeding from the nose}.",
    "V-1 {h|had abrasions on her knees and elbows}.",
    "The {v|victim} left before we arrived.",
    "A pedestrian suffered {h|a fractured leg} in the collision.",
    "Injuries: {h|laceration to forehead, bruised cheek}",
    "{2|Carl Whitby} {v|punched the victim in the face} and ran.",
    "The driver {h|complained of pain to his neck}.\n\n{2|Carl Whitby} lives next door.",
]
OPEN = [
    # more than an injury, or none
    "{1|Malone} {h|takes insulin for diabetes}.",
    "{1|Malone} {h|is HIV positive}.",
    "The victim {h|has schizophrenia and a cut on his hand}.",
    "The victim {h|had a cut on her hand and is pregnant}.",
    "The victim {h|suffered a miscarriage}.",
    "The victim {h|was given stitches and Vicodin}.",
    "The victim {s|was blind in one eye}.",
    # of another time
    "The victim said that she {h|had a broken wrist} last year.",
    "{1|Malone} has a history of {h|pain in her neck}.",
    "She wore a cast on {h|a broken arm}. {1|Malone} told me so.",
    # an official's, or of somebody whom nobody knows
    "Officer {o|R. Tamayo} {h|had a cut on his hand}.",
    "{o|Tamayo}, shielding the victim, {h|had a cut on his hand}.",
    "{n|Robin Nobody} {h|had a cut on his hand}.",
    "Lucia {h|had a cut on her hand}.",
    "HERNANDEZ {h|HAD A CUT ON HER HAND}, THE VICTIM SAID.",
    "The victim {v|was punched} while {o|Tamayo} watched.",
    # whose it is, cannot be told
    "{1|Teresa Malone} called. {2|Carl Whitby} came. He {h|had a cut on his hand}.",
    "{1|Teresa Malone} told {2|Carl Whitby} that he {h|had a cut on his hand}, and {2|Whitby} agreed.",
    "The suspect, whom the victim knew, {h|had a cut on his hand}.",
    "She {h|had a cut on her hand}.",
    "{o|Tamayo} came. The man {h|had a cut on his hand}.",
    "{2|Carl Whitby} {v|was stabbed by the victim}. {1|Teresa Malone} saw it.\n{1|Malone} ran.",
    # more than the incident
    "The victim {v|got a restraining order against the robber}.",
    "The victim {v|was beaten and went to a shelter}.",
    "The victim {v|lives at a confidential address}.",
]  # fmt: skip


@pytest.mark.parametrize("text", NAMED)
def test_of_the_one_person_whom_its_place_names(text: str) -> None:
    assert marks(text) == ["named"]


@pytest.mark.parametrize("text", UNNAMED)
def test_of_somebody_whom_nothing_there_names(text: str) -> None:
    assert marks(text) == ["unnamed"]


@pytest.mark.parametrize("text", OPEN[:-4] + OPEN[-3:])
def test_what_is_not_plain_is_left_open(text: str) -> None:
    assert marks(text) == [""]


def test_who_was_stabbed_by_the_victim_is_told_as_the_one_who_is_named() -> None:
    """Whoever that is: where an arrest makes the name public, protection does not let it pass."""
    assert marks(OPEN[-4]) == ["named"]


def test_only_what_a_reader_sees_is_a_fact() -> None:
    assert marks("The victim {h|was bleeding from the nose}.", visible=False) == [""]


def test_two_phrases_of_one_sentence_are_told_apart() -> None:
    assert marks("{1|Malone} {h|had a swollen lip} and {h|bipolar disorder}.") == ["", ""]
    assert marks("{1|Malone} {h|had a swollen lip}. {1|Malone} {h|takes lithium}.") == ["named", ""]


def test_very_long_sentences_with_very_many_injuries_take_no_time_and_tell_nothing_plain() -> None:
    text = "a " * 200_000
    found = [Finding("text", Span(n * 80, n * 80 + 1), "HEALTH_INFORMATION", 0.9, "r") for n in range(4_000)]
    cut = "cut a " * 67_000
    cuts = [Finding("text", Span(n * 96, n * 96 + 3), "HEALTH_INFORMATION", 0.9, "r") for n in range(4_000)]
    for content, phrases in ((text, found), (cut, cuts)):
        started = time.process_time()
        result = told([(Segment("text", content), phrases)], phrases)
        assert {f.incident for f in result} == {""}
        assert time.process_time() - started < 5


SHELTERED = [
    "Booked for PC 273.5(a).", "CLASS 273.5 DISTURBANCE", "Violation of Penal Code section 261.",
    "261(a)(2) PC", "Charge: 647.6", "Penal Code § 288(a)", "a domestic disturbance", "DV report",
    "The victim of a sexual battery", "She said her husband hit her.", "her ex-boyfriend", "his wife",
    "a rape kit", "stalked", "human trafficking", "a hate crime", "child abuse", "a juvenile",
    "CPS was notified", "su esposo le pegó", "The couple are dating", "Jane Doe", "strangled",
    "the MALE HALF", "a 9-year-old", "a 16 year old witness", "Victim, age 12", "14 y/o", "aged 7",
    "the boy", "a TRO against him", "her partner",
]  # fmt: skip
NOT_SHELTERED = [
    "PC 242 Battery", "Robbery, 211 PC", "220 Main Street", "at 2610 hours", "$273.50 in cash", "unit 288",
    "459 PC", "a business partner", "Vehicle Code section 20002", "case 26-20261", "261 East Avenue",
    "Suite 289", "He spoke with my partner.", "Victim, age 41", "a 23-year-old", "47 years old", "age 105",
    "minor injuries",
]  # fmt: skip


@pytest.mark.parametrize("text", SHELTERED)
def test_a_crime_whose_victims_are_protected_wholly(text: str) -> None:
    assert tells_of_sheltered([Segment("text", "Nothing."), Segment("meta:Title", text, visible=False)])


@pytest.mark.parametrize("text", NOT_SHELTERED)
def test_any_other_incident(text: str) -> None:
    assert not tells_of_sheltered([Segment("text", text)])
