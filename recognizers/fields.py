"""Form fields: a label of an intake, police or personnel form, and what was filled in beside it."""

import re
import tomllib
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

from recognizers.recognizer import Hit
from recognizers.tokens import Tokens, tokenize
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


_AFTER_LABEL = re.compile(
    r" {0,3}(?:\([^()\n]{0,40}\))? {0,12}(?::|=|-{2}|\.{3,40}) {0,24}(?=\S)([^\n]{1,160})"
)


@dataclass(frozen=True, slots=True)
class _Label:
    entity: str
    score: float
    text: str
    words: tuple[str, ...]


@lru_cache(maxsize=1)
def _labels() -> tuple[dict[str, list[_Label]], frozenset[str]]:
    """The labels by their first word, the longest first, and the first words of values that say nothing."""
    table = tomllib.loads((LEXICONS / "fields.toml").read_text(encoding="utf-8"))
    index: dict[str, list[_Label]] = defaultdict(list)
    for row in table["field"]:
        for text in filter(None, map(str.strip, row["labels"].replace("\n", ";").split(";"))):
            words = tokenize(text).words
            index[words[0]].append(_Label(row["entity"], float(row["score"]), text, words))
    for labels in index.values():
        labels.sort(key=lambda label: -len(label.words))
    return dict(index), frozenset(table["blank"].split())


def field_hits(tokens: Tokens) -> Iterator[Hit]:
    """Yield a hit for each filled-in field whose label asks for a sensitive fact."""
    index, blank = _labels()
    for at, word in enumerate(tokens.words):
        for label in index.get(word, ()):
            last = at + len(label.words)
            if tokens.words[at:last] != label.words:
                continue
            match = _AFTER_LABEL.match(tokens.text, tokens.ends[last - 1])
            if match is None:
                continue
            value = match[1]
            end = _VALUE_END.search(value)
            value = value[: end.start() if end else len(value)].rstrip(" ,.")
            words = value.lower().split()
            filled = words and len(value) <= _LONGEST_VALUE and words[0].strip("._-[]()") not in blank
            if filled and not _RULE.search(value) and not _STATISTICS.search(value):
                start = match.start(1)
                yield Hit(label.entity, start, start + len(value), label.score, "form field", label.text)
            break
