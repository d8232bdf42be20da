"""Form fields: a label of an intake, police or personnel form, and what was filled in beside it."""

import re
import tomllib
from collections.abc import Iterator
from functools import lru_cache

from recognizers.recognizer import Hit
from recognizers.word_classes import LEXICONS

_VALUE_END = re.compile(
    r" {2,}|[\t|;\u2610-\u2612]|(?<!St)(?<!Mt)(?<!Dr)(?<!Fr)\. (?=[A-Z(])|\.?$"
    r"| (?=[A-Z][\w/]{0,15}(?: [A-Za-z]{1,12})?:)|, (?=[A-Z][a-z]{1,15}:)"
)
_LONGEST_VALUE = 60
_RULE = re.compile(
    r"\b(?:shall|must|may|will|polic(?:y|ies)|programs?|all|any|employees|applicants|bring|form|page)\b",
    re.IGNORECASE,
)
_STATISTICS = re.compile(r"\d ?%|\b\d+, [A-Z][a-z]+ \d+\b|__")


@lru_cache(maxsize=1)
def _table() -> tuple[re.Pattern[str], dict[str, tuple[str, float]], frozenset[str]]:
    table = tomllib.loads((LEXICONS / "fields.toml").read_text(encoding="utf-8"))
    labels: dict[str, tuple[str, float]] = {}
    for row in table["field"]:
        for label in row["labels"].replace("\n", ";").split(";"):
            if label.strip():
                labels[label.strip().lower()] = (row["entity"], float(row["score"]))
    longest_first = sorted(labels, key=len, reverse=True)
    pattern = re.compile(
        r"(?<![\w-])(" + "|".join(map(re.escape, longest_first)) + r")"
        r" {0,3}(?:\([^()\n]{0,40}\))? {0,12}(?::|=|-{2}|\.{3,40}) {0,24}(?=\S)([^\n]{1,160})",
        re.IGNORECASE,
    )
    return pattern, labels, frozenset(table["blank"].split())


def field_hits(text: str) -> Iterator[Hit]:
    """Yield a hit for each filled-in field whose label asks for a sensitive fact."""
    pattern, labels, blank = _table()
    at = 0
    while match := pattern.search(text, at):
        at = match.end(1)
        value = match[2]
        end = _VALUE_END.search(value)
        value = value[: end.start() if end else len(value)].rstrip(" ,.")
        words = value.lower().split()
        if not words or len(value) > _LONGEST_VALUE or words[0].strip("._-[]()") in blank:
            continue
        entity, score = labels[match[1].lower()]
        start = match.start(2)
        if _RULE.search(value) or _STATISTICS.search(value):
            continue
        yield Hit(entity, start, start + len(value), score, "form field", match[1].lower())


def _lays_down_a_rule(value: str, _: str) -> bool:
    return bool(
        re.search(r"\b(?:shall|must|may|will|policy|program|all|any|employees|applicants)\b", value.lower())
    )
