"""What kind of record a document is as a whole, told from its first lines and from how it is built.

The gate has rules for whole documents: the minute book of a closed session is confidential (Gov. Code
54957.2) however little is found in it. A type is given only where heading and structure agree; agendas,
notices, policies and reports *about* such records have none.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache
from typing import Literal, get_args

from recognizers.normalization import normalize, normalized
from recognizers.stretches import Text
from recognizers.word_classes import table

RecordType = Literal[
    "closed_session_minutes", "police_report", "personnel_file", "medical_record", "benefits_case_file"
]
RECORD_TYPES: tuple[RecordType, ...] = get_args(RecordType)
"""The fixed vocabulary."""

_HEAD = 700
"""Characters at the start of a document in which its heading stands."""
_HEAD_LINES = 7
_LONGEST_HEADING = 130
_TITLE_LINES = 3
"""First lines that say whether a document is *about* such records."""
_SCANNED = str.maketrans("01", "ol")


@dataclass(frozen=True, slots=True)
class _Kind:
    name: RecordType
    heading: re.Pattern[str]
    """Must be found in the first lines."""
    structure: re.Pattern[str]
    """Must be found in the whole text, in as many different words as ``wanted``."""
    wanted: int


def _any_of(expressions: Iterable[str], ending: str = "") -> re.Pattern[str]:
    return re.compile(rf"\b(?:{'|'.join(expressions)}){ending}", re.IGNORECASE)


@lru_cache(maxsize=1)
def _kinds() -> tuple[re.Pattern[str], tuple[_Kind, ...]]:
    """What a document *about* records shows, and the kinds in the order in which they are tried."""
    lexicon = table("record_types")
    rows = {row["name"]: row for row in lexicon["kind"]}
    kinds = (
        _Kind(
            name,
            _any_of(rows[name]["headings"]),
            _any_of((word.replace("_", " ") for word in rows[name]["structure"].split()), r"\b"),
            rows[name]["wanted"],
        )
        for name in RECORD_TYPES
    )
    return _any_of(lexicon["about"]), tuple(kinds)


def record_type(text: Text) -> RecordType | None:
    """Tell the kind of record that ``text`` is, or ``None`` where heading and structure do not say."""
    about, kinds = _kinds()
    lines = [_unscanned(line) for line in _head(text).splitlines() if line.strip()][:_HEAD_LINES]
    if about.search("\n".join(lines[:_TITLE_LINES])):
        return None
    head = "\n".join(line for line in lines if len(line) <= _LONGEST_HEADING)
    for kind in kinds:
        if kind.heading.search(head) and _variety(kind.structure, text) >= kind.wanted:
            return kind.name
    return None


def _head(text: Text) -> str:
    """The first characters in normal form, however many of the text these take."""
    length = 2 * _HEAD
    while len(head := normalize(text[:length]).text) < _HEAD and length < len(text):
        length *= 2
    return head[:_HEAD]


def _variety(structure: re.Pattern[str], text: Text) -> int:
    return len({found[0].lower() for plain in normalized(text) for found in structure.finditer(plain)})


def _unscanned(line: str) -> str:
    """The line with wide gaps closed, and with letters where scanning put digits into words."""
    return " ".join(
        word.translate(_SCANNED) if any(c.isalpha() for c in word) and not word[:1].isdigit() else word
        for word in line.split()
    )
