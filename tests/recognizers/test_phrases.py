"""Phrases: who is meant, how far a finding reaches, what it says of itself, and how long it takes."""

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from recognizers.closed_session import ClosedSessionRecognizer
from recognizers.extent import complete, widen
from recognizers.health import HealthRecognizer
from recognizers.lexicon import FILES, LexiconError, phrase_table
from recognizers.normalization import normalize
from recognizers.phrases import phrase_hits
from recognizers.tokens import tokenize

MEGABYTE = 1_000_000
SECONDS = 8
"""Generous: each text takes a second or two; a quadratic pattern would take hours."""


def found(text: str, entity: str) -> list[str]:
    normal = normalize(text).text
    return [normal[hit.start : hit.end] for hit in phrase_hits(normal) if hit.entity == entity]


WHO = (
    # text, entity, whether somebody is meant
    ("She is deaf.", "DISABILITY_STATUS", True),
    ("The Deaf Club meets on Friday.", "DISABILITY_STATUS", False),
    ("Her EBT card was taken.", "PUBLIC_ASSISTANCE_STATUS", True),
    ("EBT is accepted at the market.", "PUBLIC_ASSISTANCE_STATUS", False),
    ("Diego Ruiz, undocumented, asked for help.", "IMMIGRATION_STATUS", True),
    ("Undocumented residents may apply.", "IMMIGRATION_STATUS", False),
    ("The tenant has asthma.", "HEALTH_INFORMATION", True),
    ("Any tenant with asthma may apply under this section.", "HEALTH_INFORMATION", False),
    ("He is Catholic.", "RELIGION", True),
    ("Catholic School Lane is closed to him.", "RELIGION", False),
    ("[x] bisexual", "SEXUAL_ORIENTATION", True),
    ("[ ] bisexual", "SEXUAL_ORIENTATION", False),
    ("[x] Wheelchair", "DISABILITY_STATUS", True),
    ("[ ] Wheelchair", "DISABILITY_STATUS", False),
    ("Wheelchair", "DISABILITY_STATUS", False),
    ("[X] Refugee", "IMMIGRATION_STATUS", True),
    ("Refugee", "IMMIGRATION_STATUS", False),
    ("RP MARISOL FROM CELL, HEARD SHOTS", "WITNESS_STATUS", True),
    ("RP in the form means responsible party.", "WITNESS_STATUS", False),
    ("\u2611 My son is deaf", "DISABILITY_STATUS", True),
    ("\u2610 deaf", "DISABILITY_STATUS", False),
    ("The manager may place an employee on paid leave during an inquiry.", "PERSONNEL_RECORD", False),
    ("The manager put the employee on paid leave during an inquiry.", "PERSONNEL_RECORD", True),
    ("Vendor list: Somali, Karen, Hmong. Client code 5.", "NATIONAL_ORIGIN", False),
    ("My hearing aid battery is dead.", "PUBLIC_ASSISTANCE_STATUS", False),
    ("Has COPD and sleeps upright.", "HEALTH_INFORMATION", True),
    ("oxygen in bedroom; has COPD", "HEALTH_INFORMATION", True),
    ("COPD is a disease of the lungs.", "HEALTH_INFORMATION", False),
    ("Takes insulin at noon.", "HEALTH_INFORMATION", True),
    ("The pharmacy takes insulin back.", "HEALTH_INFORMATION", False),
    ("3. Walk for Epilepsy, June 22, River Loop", "HEALTH_INFORMATION", False),
    ("1:00 Parkinson's exercise", "HEALTH_INFORMATION", False),
    ("Those who get SNAP or SSI should bring the letter.", "PUBLIC_ASSISTANCE_STATUS", False),
    ("Mr. Ruiz and those who drove him said he gets SNAP.", "PUBLIC_ASSISTANCE_STATUS", True),
    ("It shall not ask whether an applicant is gay.", "SEXUAL_ORIENTATION", False),
    ("Tell the bailiff if you use a wheelchair, are deaf or have low vision.", "DISABILITY_STATUS", False),
    ("Parking for people who are blind or who have low vision.", "DISABILITY_STATUS", False),
    ("Aides for students with autism and hearing loss.", "DISABILITY_STATUS", False),
    ("Both of her students with autism have an aide.", "DISABILITY_STATUS", True),
    ("A clerk who hears that an employee has lupus shall not write it.", "HEALTH_INFORMATION", False),
    ("A clerk heard that the employee has lupus.", "HEALTH_INFORMATION", True),
    ("If a tenant depends on dialysis, a doctor may sign the form.", "HEALTH_INFORMATION", False),
    ("The tenant depends on dialysis, and a doctor may sign the form.", "HEALTH_INFORMATION", True),
    ("Signs readable by the deaf or by visitors.", "DISABILITY_STATUS", False),
    ("The deaf tenant asked him for a sign.", "DISABILITY_STATUS", True),
    ("Deaf and hard of hearing callers can use the relay.", "DISABILITY_STATUS", False),
    ("participants need not use a wheelchair to play with him", "DISABILITY_STATUS", False),
    ("A nurse station with insulin and a cot.", "HEALTH_INFORMATION", False),
    ("The nurse says there is insulin in the bag.", "HEALTH_INFORMATION", True),
    ("10480   Cobb Rides LLC    wheelchair and dialysis rides     Y", "HEALTH_INFORMATION", False),
    ("Diabetes Cooking     4120     W 5:30", "HEALTH_INFORMATION", False),
    ("alcohol and opioid treatment beds", "HEALTH_INFORMATION", False),
    ("The order under case (DM-24-0117) binds him.", "HEALTH_INFORMATION", False),
    ("He was treated at Clearwater Memorial.", "HEALTH_INFORMATION", False),
    ("He was treated for an ulcer.", "HEALTH_INFORMATION", True),
    ("11:30 Ice pack, band-aids for her knee bag.", "HEALTH_INFORMATION", False),
    ("He sent it to HR 7/09.", "HEALTH_INFORMATION", False),
    ("The staff fridge temp 3C, he says.", "HEALTH_INFORMATION", False),
    ("His call took 1 hr 12 min.", "HEALTH_INFORMATION", False),
    ("Pt alert, HR 112, sats 94.", "HEALTH_INFORMATION", True),
    ("He has DM and HTN.", "HEALTH_INFORMATION", True),
    ("Must be a U.S. citizen or be authorized; Mr. Ito answers questions.", "IMMIGRATION_STATUS", False),
    ("Mr. Ito says he is a U.S. citizen.", "IMMIGRATION_STATUS", True),
    ("Attn: Dana Ruiz, U Visa Certifier", "IMMIGRATION_STATUS", False),
    ("Dana Ruiz has a U visa.", "IMMIGRATION_STATUS", True),
    ("Mr. Hale said the ramp is in the ADA transition plan.", "SEXUAL_ORIENTATION", False),
    ("HR has his transition plan.", "SEXUAL_ORIENTATION", True),
    ("Six had an identified victim who called the police.", "VICTIM_STATUS", False),
    (
        "Findings of an internal affairs inquiry: sustained, not sustained, exonerated or unfounded.",
        "PERSONNEL_RECORD",
        False,
    ),
    ("Internal affairs: the complaint against him was not sustained.", "PERSONNEL_RECORD", True),
)


@pytest.mark.parametrize(("text", "entity", "meant"), WHO)
def test_a_fact_counts_where_somebody_is_meant(text: str, entity: str, meant: bool) -> None:
    assert bool(found(text, entity)) is meant


FIELDS = (
    ("Religion: Buddhist", "RELIGION", ["Buddhist"]),
    ("Race (self-report): Black   Age: 40", "NATIONAL_ORIGIN", ["Black"]),
    ("Allergies: ______", "HEALTH_INFORMATION", []),
    ("Disability: n/a", "DISABILITY_STATUS", []),
    ("Citizenship: any person who applies must show proof", "IMMIGRATION_STATUS", []),
    ("Ethnic origin: Korean 34%, Thai 9%", "NATIONAL_ORIGIN", []),
    ("Area of origin: the kitchen, by the stove", "NATIONAL_ORIGIN", []),
    ("Origin: bedroom 2, north wall", "NATIONAL_ORIGIN", []),
    ("Origin: Peru", "NATIONAL_ORIGIN", ["Peru"]),
    ("Race                White\n", "NATIONAL_ORIGIN", ["White"]),
    ("Race . . . . . . W\n", "NATIONAL_ORIGIN", ["W"]),
    ("Race     Sex     DOB\n", "NATIONAL_ORIGIN", []),
    ("TB: negative      Drug: positive\n", "HEALTH_INFORMATION", ["negative", "positive"]),
    ("TB: all applicants must show a test\n", "HEALTH_INFORMATION", []),
    ("Secondary: Medicaid, ID 30441\n", "PUBLIC_ASSISTANCE_STATUS", ["Medicaid"]),
    ("Secondary: Bluestem Mutual\n", "PUBLIC_ASSISTANCE_STATUS", []),
    ("Gender identity: nonbinary; Pronouns: they/them", "SEXUAL_ORIENTATION", ["nonbinary", "they/them"]),
)


@pytest.mark.parametrize(("text", "entity", "values"), FIELDS)
def test_a_form_field_counts_where_it_is_filled_in(text: str, entity: str, values: list[str]) -> None:
    assert found(text, entity) == values


EXTENTS = (
    # text, cue, left, right, what the finding reaches
    (
        "She said he had a mild stroke in May and left.",
        "stroke",
        "verb",
        "phrase",
        "had a mild stroke in May",
    ),
    ("He is a lapsed Catholic, I think.", "Catholic", "cue", "cue", "Catholic"),
    ("On Friday, a man punched me twice, then ran.", "punched", "clause", "clause", "man punched me twice"),
    ("Ana's asthma is worse.", "asthma", "verb", "phrase", "asthma"),
    ("I use a cane at home, too. He waits.", "cane", "verb", "sentence", "use a cane at home, too"),
)


@pytest.mark.parametrize(("text", "cue", "left", "right", "reach"), EXTENTS)
def test_a_finding_is_the_smallest_phrase_that_tells(
    text: str, cue: str, left: str, right: str, reach: str
) -> None:
    tokens = tokenize(text)
    at = tokens.words.index(cue.lower())
    start, end = widen(tokens, at, at + 1, left, right)  # type: ignore[arg-type]
    assert text[tokens.starts[start] : tokens.ends[end - 1]] == reach


COMPLETIONS = (
    # text, what was found, what it is completed to
    ("The premise: has COPD, may not hear.", "COPD", "has COPD"),
    ("She functions at about age 11. Call first.", "functions at", "functions at about age 11"),
    ("Her benefits were cut off on May 2, she says.", "were cut off", "were cut off on May 2"),
    ("He has lupus and lives upstairs.", "lupus", "has lupus"),
    ("Ana's asthma is worse.", "asthma", "asthma"),
    ("Ask her (deaf) in writing.", "deaf", "deaf"),
    ("At noon BP 148/92. He sat.", "BP 148", "BP 148/92"),
    ("At noon BP 148 / left arm.", "BP 148", "BP 148"),
)


@pytest.mark.parametrize(("text", "found", "whole"), COMPLETIONS)
def test_what_was_found_is_completed_to_its_phrase(text: str, found: str, whole: str) -> None:
    start = text.index(found)
    begin, end = complete(tokenize(text), start, start + len(found))
    assert text[begin:end] == whole


@given(st.text(max_size=60), st.data())
def test_completing_takes_nothing_away_and_stays_inside(text: str, data: st.DataObject) -> None:
    normal = normalize(text).text
    start = data.draw(st.integers(0, len(normal)))
    end = data.draw(st.integers(start, len(normal)))
    begin, stop = complete(tokenize(normal), start, end)
    assert 0 <= begin <= start <= end <= stop <= len(normal)


SENTENCES = (
    ("He left. She stayed.", 2),
    ("Dr. Ito saw Mr. Park at 5 p.m. on Friday.", 1),
    ("one line\nthat goes on", 2),
    ("a line that is long enough to have been wrapped by the writer of\nthis note", 1),
    ("BP 92/58. Came up with juice.", 2),
    ("first\n\nsecond", 2),
)


@pytest.mark.parametrize(("text", "count"), SENTENCES)
def test_sentences_end_at_full_stops_and_at_short_lines(text: str, count: int) -> None:
    assert len(tokenize(text).sentences) == count


@given(st.text(max_size=300))
def test_tokens_lie_in_order_inside_the_text(text: str) -> None:
    normal = normalize(text).text
    tokens = tokenize(normal)
    ends = (0, *tokens.ends)
    assert all(a <= b < c for a, b, c in zip(ends, tokens.starts, tokens.ends, strict=False))
    assert list(tokens.sentences) == sorted(set(tokens.sentences))


WORDS = [
    "she",
    "he",
    "has",
    "lupus",
    "was",
    "robbed",
    "gay",
    "SSI",
    "a",
    "citizen",
    ".",
    "\n",
    ",",
    "and",
    "V-1",
    "Ana",
]


@given(st.lists(st.sampled_from(WORDS), max_size=40))
def test_findings_lie_inside_the_text_and_never_overlap_within_an_entity(words: list[str]) -> None:
    text = normalize(" ".join(words)).text
    reached: dict[str, int] = {}
    for hit in sorted(phrase_hits(text), key=lambda hit: hit.start):
        assert 0 <= hit.start < hit.end <= len(text)
        assert 0 < hit.score <= 1
        assert hit.start >= reached.get(hit.entity, 0)
        reached[hit.entity] = hit.end


def test_a_finding_explains_itself_and_holds_no_word_of_the_document() -> None:
    (result,) = HealthRecognizer().analyze("Zebedee Quixwood has lupus.")
    explanation = result.analysis_explanation
    assert explanation.pattern_name == "disease or treatment"
    assert explanation.textual_explanation == "cue: <disease>"
    assert "lupus" not in repr(result) + repr(explanation)
    assert "Zebedee" not in repr(result) + repr(explanation)


def test_every_lexicon_names_its_source_and_its_curation() -> None:
    from recognizers.word_classes import LEXICONS

    for name in (*FILES, "context", "fields", "closed_session", "record_types"):
        header = (LEXICONS / f"{name}.toml").read_text(encoding="utf-8").split("\n\n")[0]
        assert "# Source:" in header, name
        assert "# Curation:" in header, name


@pytest.mark.parametrize("terms", ["<nosuchclass>", "well-known|famous"])
def test_a_wrong_lexicon_is_refused_by_name(terms: str) -> None:
    with pytest.raises(LexiconError, match="cue sample"):
        phrase_table("sample.toml", {"entity": "RELIGION", "cue": [{"name": "sample", "terms": terms}]})


INSIDE = "MINUTES OF CLOSED SESSION\nCity of Ash\n\n"


@pytest.mark.parametrize(
    ("text", "count"),
    [
        (INSIDE + "Counsel advised that a jury would award $900,000. Carried 4-1 to settle quietly.", 2),
        (INSIDE + "Conference with legal counsel, existing litigation. No reportable action.", 0),
        ("The union offered 3 percent and the council voted 4-1 to counter quietly.", 0),
        (INSIDE + "Report out of closed session: the Council voted 5-0 to settle for $9,000.", 0),
    ],
)
def test_positions_count_only_inside_a_closed_session(text: str, count: int) -> None:
    assert len(list(ClosedSessionRecognizer().find(text))) == count


@pytest.mark.parametrize(
    ("filler", "size"),
    [
        (".", MEGABYTE),
        ("7", MEGABYTE),
        (" ", MEGABYTE),
        ("a", MEGABYTE),
        ("\n", MEGABYTE),
        ("( ", MEGABYTE // 4),
        ("she has ", MEGABYTE // 10),
        ("religion: ", MEGABYTE // 10),
        ("She has lupus and was robbed. ", MEGABYTE // 10),
    ],
)
def test_time_is_linear(filler: str, size: int) -> None:
    text = filler * (size // len(filler))
    began = time.process_time()
    phrase_hits(text)
    list(ClosedSessionRecognizer().find(text))
    assert time.process_time() - began < SECONDS


def test_who_speaks_in_a_closed_session_is_no_part_of_what_was_said() -> None:
    text = INSIDE + "Councilor Ibsen wanted to offer $400,000 first. Vote of 3-2 to hold at that sum."
    found = [text[hit.start : hit.end] for hit in ClosedSessionRecognizer().find(text)]
    assert found[0] == "wanted to offer $400,000 first"
