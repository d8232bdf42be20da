"""The annotated corpora: records with inline gold marks ``[[CATEGORY|text]]``."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

CORPORA = Path(__file__).resolve().parent.parent / "recognizers" / "corpus"
_MARK = re.compile(r"\[\[([A-Z_]+)\|(.*?)\]\]", re.DOTALL)

OFFICIAL = "OFFICIAL"
"""The category of officials acting in office: public, so covering one is an error."""

CATEGORY_TO_ENTITY = {
    "SSN": "US_SSN",
    "PAYMENT_CARD": "CREDIT_CARD",
    "CARD_SECURITY": "CARD_SECURITY_CODE",
    "BANK_ACCOUNT": "US_BANK_NUMBER",
    "DRIVER_LICENSE": "US_DRIVER_LICENSE",
    "PASSPORT": "US_PASSPORT",
    "PASSWORD": "PASSWORD",
    "ALIEN_NUMBER": "ALIEN_NUMBER",
    "MEDICAL_ID": "MEDICAL_ID",
    "HEALTH": "HEALTH_INFORMATION",
    "DISABILITY": "DISABILITY_STATUS",
    "IMMIGRATION_STATUS": "IMMIGRATION_STATUS",
    "VICTIM_STATUS": "VICTIM_STATUS",
    "WITNESS_STATUS": "WITNESS_STATUS",
    "PUBLIC_ASSISTANCE": "PUBLIC_ASSISTANCE_STATUS",
    "SEXUAL_ORIENTATION": "SEXUAL_ORIENTATION",
    "RELIGION": "RELIGION",
    "NATIONAL_ORIGIN": "NATIONAL_ORIGIN",
    "PERSON": "PERSON",
    "ADDRESS": "HOME_ADDRESS",
    "PHONE": "PHONE_NUMBER",
    "EMAIL": "EMAIL_ADDRESS",
    "DATE_OF_BIRTH": "DATE_OF_BIRTH",
    "CLOSED_SESSION": "CLOSED_SESSION",
    "PERSONNEL": "PERSONNEL_RECORD",
}
"""The corpora's category names and the entities that they mean."""


@dataclass(frozen=True, slots=True)
class Mark:
    """One gold annotation: half-open characters ``start:end`` of the plain text."""

    category: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Record:
    """One annotated record: its name, its plain text and its marks."""

    name: str
    text: str
    marks: tuple[Mark, ...]

    def ink(self, mark: Mark) -> list[int]:
        """Return where the characters of ``mark`` stand, white space apart."""
        return [i for i in range(mark.start, mark.end) if not self.text[i].isspace()]


def parse(name: str, raw: str) -> Record:
    """Take the marks out of ``raw`` and keep where they stood."""
    plain: list[str] = []
    marks: list[Mark] = []
    position = length = 0
    for match in _MARK.finditer(raw):
        before = raw[position : match.start()]
        start = length + len(before)
        marks.append(Mark(match[1], start, start + len(match[2])))
        plain += [before, match[2]]
        length = start + len(match[2])
        position = match.end()
    plain.append(raw[position:])
    return Record(name, "".join(plain), tuple(marks))


def load(part: str) -> Iterator[Record]:
    """Yield the records of ``train``, ``dev``, ``blind`` or ``fresh`` in the order of their names."""
    folder = CORPORA / part
    if not folder.is_dir():
        raise FileNotFoundError(f"no corpus {part!r} under {CORPORA}")
    for path in sorted(folder.glob("*.txt")):
        yield parse(path.stem, path.read_text(encoding="utf-8"))
