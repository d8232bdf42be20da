"""From annotated records to what the network learns from: varied copies, tokens, labels, windows."""

import random
import re
import zlib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path

import numpy as np
from tokenizers import Tokenizer

from benchmarks.corpus import CATEGORY_TO_ENTITY, OFFICIAL, Record
from recognizers.tagging import OTHER, Ids, Probabilities, tokenize

LABELS = (OTHER, OFFICIAL, *CATEGORY_TO_ENTITY.values())
"""What the classifier tells apart, in the order of its outputs."""
_LABEL = {OFFICIAL: 1} | {category: i + 2 for i, category in enumerate(CATEGORY_TO_ENTITY)}
_NAMES = Path(__file__).with_name("names.txt")
_NAME = re.compile(r"[^\W\d_][^\W\d_'’-]+(?:['’-][^\W\d_]+)*")
_CONFUSED = {
    "o": "0",
    "O": "0",
    "l": "1",
    "I": "1",
    "i": "l",
    "S": "5",
    "B": "8",
    "e": "c",
    "m": "rn",
    "h": "b",
}

Piece = tuple[str, str | None]
"""Some text and its category, if it is marked."""
Cut = tuple[Ids, Ids, Ids, Probabilities | None]
"""Ids, shapes, labels and a teacher's answers of the tokens of one window."""


@dataclass(frozen=True, slots=True)
class Example:
    """One record as arrays, a row a token."""

    name: str
    ids: Ids
    shapes: Ids
    labels: Ids
    taught: Probabilities | None = None
    """What a teacher answers, ``tokens × labels``, if there is one."""


def held_out(record: Record) -> bool:
    """Whether a record is kept for choosing and calibrating: about one in ten."""
    return zlib.crc32(record.name.encode()) % 10 == 0


def pieces(record: Record) -> list[Piece]:
    """The text of a record, cut at its marks."""
    cut: list[Piece] = []
    position = 0
    for mark in record.marks:
        cut += [
            (record.text[position : mark.start], None),
            (record.text[mark.start : mark.end], mark.category),
        ]
        position = mark.end
    return [piece for piece in [*cut, (record.text[position:], None)] if piece[0]]


class Names:
    """Given and family names of many backgrounds, to put in the place of those in a record."""

    def __init__(self, records: Sequence[Record]) -> None:
        given, family = (line.split() for line in _NAMES.read_text(encoding="utf-8").splitlines() if line)
        self.given, self.family = set(given), set(family)
        for record in records:
            for mark in record.marks:
                if mark.category not in ("PERSON", OFFICIAL):
                    continue
                parts = _NAME.findall(record.text[mark.start : mark.end])
                if len(parts) >= 2:
                    if "," in record.text[mark.start : mark.end]:
                        parts = parts[1:] + parts[:1]
                    self.given.add(parts[0].capitalize() if parts[0].isupper() else parts[0])
                    self.family.add(parts[-1].capitalize() if parts[-1].isupper() else parts[-1])
        self._given, self._family = sorted(self.given), sorted(self.family)
        lower = {n.lower() for n in self.given}
        self._only_family = {n.lower() for n in self.family} - lower

    def swap(self, cut: list[Piece], chance: random.Random) -> list[Piece]:
        """Give everybody another name, the same one at every mention."""
        new: dict[str, str] = {}

        def other(match: re.Match[str]) -> str:
            old = match[0]
            key = old.lower()
            if key not in new:
                new[key] = chance.choice(self._family if key in self._only_family else self._given)
            name = new[key]
            return name.upper() if old.isupper() else name.lower() if old.islower() else name

        return [(_NAME.sub(other, t) if c in ("PERSON", OFFICIAL) else t, c) for t, c in cut]


def _scanned(text: str, chance: random.Random, rate: float) -> str:
    return "".join(
        _CONFUSED.get(c, c)
        if chance.random() < rate
        else ""
        if c == " " and chance.random() < rate / 8
        else c
        for c in text
    )


def _rewrapped(text: str, chance: random.Random, joins: bool) -> str:
    if joins:
        return re.sub(r"(?<=\S)\n(?=\S)", lambda m: " " if chance.random() < 0.8 else "\n", text)
    return re.sub(r"(?<=\w) (?=\w)", lambda m: "\n" if chance.random() < 0.07 else " ", text)


def vary(record: Record, names: Names, chance: random.Random) -> list[Piece]:
    """A copy of a record as another clerk, typist or scanner might have left it."""
    cut = pieces(record)
    if chance.random() < 0.7:
        cut = names.swap(cut, chance)
    if chance.random() < 0.15:
        joins = chance.random() < 0.5
        cut = [(_rewrapped(t, chance, joins), c) for t, c in cut]
    if chance.random() < 0.10:
        rate = chance.choice((0.01, 0.03, 0.06))
        cut = [(_scanned(t, chance, rate), c) for t, c in cut]
    case = chance.random()
    if case < 0.12:
        cut = [(t.lower(), c) for t, c in cut]
    elif case < 0.20:
        cut = [(t.upper(), c) for t, c in cut]
    return [(t, c) for t, c in cut if t]


def example(tokenizer: Tokenizer, name: str, cut: list[Piece]) -> Example:
    """Tokens of the pieces together, each labelled by the piece that it starts in."""
    text = "".join(t for t, _ in cut)
    of = np.concatenate([np.full(len(t), _LABEL[c] if c else 0, dtype=np.int32) for t, c in cut])
    tokens = tokenize(tokenizer, text)
    return Example(name, tokens.ids, tokens.shapes, of[tokens.starts])


def batches(
    examples: Sequence[Example], size: int, tokens: int, chance: random.Random
) -> Iterator[list[Cut]]:
    """Cut the examples at random into windows of at most ``size`` tokens, shuffled, in batches.

    Windows of like length go together; a batch holds at most ``tokens`` tokens.
    """
    cut: list[Cut] = []
    for e in examples:
        length = len(e.ids)
        count = -(-length // size)
        count += length > size / 2 and chance.random() < 0.3
        slack = min(size - length / count, length / count) / 2 if length else 0
        inner = [round(i * length / count + chance.uniform(-slack, slack)) for i in range(1, count)]
        for a, b in pairwise([0, *inner, length]) if length else ():
            taught = None if e.taught is None else e.taught[a:b]
            cut.append((e.ids[a:b], e.shapes[a:b], e.labels[a:b], taught))
    chance.shuffle(cut)
    cut.sort(key=lambda c: len(c[0]))
    per = max(1, tokens // size)
    groups = [cut[i : i + per] for i in range(0, len(cut), per)]
    chance.shuffle(groups)
    yield from groups
