"""Questions of forms that are answered with yes or no: the answer is found, the printed question is not."""

import pytest

from recognizers.phrases import phrase_hits

ANSWERS = [
    ("Hispanic or Latino: no   Race: W", "NATIONAL_ORIGIN", "no"),
    ("\u00bfHispano o latino?               s\u00ed\n", "NATIONAL_ORIGIN", "s\u00ed"),
    ("18. U.S. citizen?  no\n", "IMMIGRATION_STATUS", "no"),
    ("DISAB: Y    DX CODE: F32", "DISABILITY_STATUS", "Y"),
    ("Disabled veteran: yes\n", "DISABILITY_STATUS", "yes"),
    ("  SSI: Y\n", "PUBLIC_ASSISTANCE_STATUS", "Y"),
    ("BENEFIT: Y     AMT: 412", "PUBLIC_ASSISTANCE_STATUS", "Y"),
    ("Were you harmed?  N\n", "VICTIM_STATUS", "N"),
    ("Pregnant?  N\n", "HEALTH_INFORMATION", "N"),
    ("Seizures  no    Fainting  yes\n", "HEALTH_INFORMATION", "yes"),
    ("perc_lgbt=Y  stop=2", "SEXUAL_ORIENTATION", "Y"),
    ("Eligible for rehire: N\n", "PERSONNEL_RECORD", "N"),
]
NO_ANSWERS = [
    "Wheelchair: Y / N\n",
    "Disabled?  [ ] yes  [ ] no\n",
    "Medi-Cal: no cost to you\n",
    "Pregnant? No problem, sit anywhere.",
    "Citizen: no one is asked",
    "Parking validated: yes\n",
    "WIC: yes, we take it at every stall",
]


@pytest.mark.parametrize(("text", "entity", "answer"), ANSWERS)
def test_the_answer_is_found(text: str, entity: str, answer: str) -> None:
    assert (entity, answer) in [(hit.entity, text[hit.start : hit.end]) for hit in phrase_hits(text)]


@pytest.mark.parametrize("text", NO_ANSWERS)
def test_what_answers_nothing_is_left(text: str) -> None:
    assert [hit for hit in phrase_hits(text) if hit.pattern == "answer in a form"] == []
