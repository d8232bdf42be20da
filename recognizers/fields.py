"""Form fields: a label of an intake, police or personnel form, and what was filled in beside it."""

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from recognizers.recognizer import Hit
from recognizers.tokens import Tokens, tokenize
from recognizers.word_classes import table

_VALUE_END = re.compile(
    r" {2,}|[\t|;\u2610-\u2612]|(?<!St)(?<!Mt)(?<!Dr)(?<!Fr)\. (?=[A-Z(])|\.?$"
    r"| (?=[A-Z][\w/]{0,15}(?: [A-Za-z]{1,12})?:)|, (?=[A-Z][a-z]{1,15}:)"
)
_LONGEST_VALUE = 60
_RULE = re.compile(
    r"\b(?:shall|must|may|will|polic(?:y|ies)|programs?|all|any|employees|applicants|bring|form|page)\b",
    re.IGNORECASE,
)
_PLACED = re.compile(r"\b(?:area|point|room) of \Z", re.IGNORECASE)
"""Before ``origin``: that of a fire, nobody's."""
_ROOM = re.compile(
    r"\b(?:room|bedroom|kitchen|floor|wall|corner|stair|stairs|basement|attic|garage|stove|porch|exterior|"
    r"closet|outlet)\b",
    re.IGNORECASE,
)
"""Where a fire began."""
_STATISTICS = re.compile(r"\d ?%|\b\d+, [A-Z][a-z]+ \d+\b|__")


_AFTER_LABEL = re.compile(
    r" {0,3}(?:\([^()\n]{0,40}\))? {0,12}(?::|=|-{2}|\.{3,40}) {0,24}(?=\S)([^\n]{1,160})"
)


_ANSWER = re.compile(
    r" {0,2}(?:\([^()\n]{0,24}\))?"
    r"(?:[?][\"' ]{0,2}[:.]? {0,40}| {0,12}[:=|] {0,24}| {0,2}\.{3,40} {0,4}| {2,40})"
    r"(?P<answer>(?i:yes|no|y|n|sí|si|none))"
    r"(?= {0,3}(?:\n|\Z| {2}|[|;.)\"]|\(|,(?! (?:we|you|it|they|our|but)\b)))"
)
"""A yes or no that ends its cell or clause, after a question."""


_CELL = re.compile(r"(?: {0,12}[:=] {0,24}| {2,40}|\t|(?: ?\.){3,40} {1,4})(?=\S)([^\n\t|;,]{1,60})")
"""What stands after a label in a table too, where a wide gap parts the cells."""


@dataclass(frozen=True, slots=True)
class _Label:
    entity: str
    score: float
    text: str
    words: tuple[str, ...]
    values: frozenset[str]
    """First words of the values that tell something; empty where any does."""


@lru_cache(maxsize=1)
def _labels() -> tuple[dict[str, list[_Label]], frozenset[str]]:
    """The labels by their first word, the longest first, and the first words of values that say nothing."""
    data = table("fields")
    return _indexed(data["field"]), frozenset(data["blank"].split())


@lru_cache(maxsize=1)
def _cells() -> dict[str, list[_Label]]:
    """The labels that count with some values only, by their first word, the longest first."""
    return _indexed(table("fields")["cell"])


@lru_cache(maxsize=1)
def _questions() -> dict[str, list[_Label]]:
    """The questions that are answered with yes or no, by their first word, the longest first."""
    return _indexed(table("fields")["question"])


def _indexed(rows: Iterable[dict[str, Any]]) -> dict[str, list[_Label]]:
    index: dict[str, list[_Label]] = defaultdict(list)
    for row in rows:
        for text in filter(None, map(str.strip, row["labels"].replace("\n", ";").split(";"))):
            words = tokenize(text).words
            values = frozenset(row.get("values", "").split())
            index[words[0]].append(_Label(row["entity"], float(row["score"]), text, words, values))
    for labels in index.values():
        labels.sort(key=lambda label: -len(label.words))
    return dict(index)


def field_hits(tokens: Tokens) -> Iterator[Hit]:
    """Yield a hit for each filled-in field or answered question whose label asks for a sensitive fact."""
    yield from _answers(tokens)
    yield from _told_in_cells(tokens)
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
            lead = tokens.text[max(0, tokens.starts[at] - 16) : tokens.starts[at]]
            filled = filled and not (word == "origin" and (_PLACED.search(lead) or _ROOM.search(value)))
            if filled and not _RULE.search(value) and not _STATISTICS.search(value):
                start = match.start(1)
                yield Hit(label.entity, start, start + len(value), label.score, "form field", label.text)
            break


def _told_in_cells(tokens: Tokens) -> Iterator[Hit]:
    """Yield a hit for each cell whose label and first word tell a fact together: ``TB: negative``."""
    index = _cells()
    for at, word in enumerate(tokens.words):
        for label in index.get(word, ()):
            last = at + len(label.words)
            if tokens.words[at:last] != label.words:
                continue
            match = _CELL.match(tokens.text, tokens.ends[last - 1])
            if match is None:
                continue
            end = _VALUE_END.search(match[1])
            value = match[1][: end.start() if end else None].rstrip(" .)\"'")
            first = value.lower().split(maxsplit=1)[:1]
            told = first and first[0].strip("(\"'") in label.values
            if told and not _RULE.search(value) and not _STATISTICS.search(value):
                start = match.start(1)
                yield Hit(label.entity, start, start + len(value), label.score, "told cell", label.text)
            break


def _answers(tokens: Tokens) -> Iterator[Hit]:
    index = _questions()
    for at, word in enumerate(tokens.words):
        for label in index.get(word, ()):
            last = at + len(label.words)
            if tokens.words[at:last] != label.words:
                continue
            if match := _ANSWER.match(tokens.text, tokens.ends[last - 1]):
                yield Hit(label.entity, *match.span("answer"), label.score, "answer in a form", label.text)
                break
