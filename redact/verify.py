"""Verification: what was written is read again by other readers, and no removed value may be found in it."""

import re
import unicodedata
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

import ahocorasick

from recognizers.stretches import Text, at_spaces
from redact.document import Document
from redact.formats.interface import Format, Reading
from redact.redaction import Redaction

LONG = 6
"""Letters and digits from which on a value is also looked for with everything between them left out."""

SHORTEST_RAW = 4
"""Letters and digits below which a value is not looked for in raw bytes, where any would occur by chance."""

_WORD = re.compile(r"[^\W_]+")
_HEX = re.compile(r"(?:[0-9A-Fa-f]{2}[ \t\r\n]*){6,}")
_IN_HEX = "0123456789ABCDEFabcdef \t\r\n"


@dataclass(frozen=True, slots=True)
class Check:
    """One independent reading of a written document, and whether it is clean."""

    reader: str
    passed: bool
    searched: int
    """Characters that the reader got out of the file."""
    found: int = 0
    """Removed values that it could still read; their text is told to nobody."""


@dataclass(frozen=True, slots=True)
class Proof:
    """That nothing of what was removed can be read any more, as far as these readers can tell."""

    values: int
    """Distinct values that were removed and looked for."""
    checks: tuple[Check, ...]
    problems: tuple[str, ...] = ()
    """Problems that the format reported itself."""

    @property
    def passed(self) -> bool:
        """Whether every check passed; never true without one."""
        return bool(self.checks) and all(check.passed for check in self.checks) and not self.problems

    def as_dict(self) -> dict[str, Any]:
        """Return the proof as plain JSON values."""
        return {
            "passed": self.passed,
            "values": self.values,
            "problems": list(self.problems),
            "checks": [
                {"reader": c.reader, "passed": c.passed, "searched": c.searched, "found": c.found}
                for c in self.checks
            ],
        }


def verify(
    format: Format,
    original: bytes,
    document: Document,
    redactions: Sequence[Redaction],
    written: bytes,
    problems: Sequence[str] = (),
    members: Sequence[tuple[Format, bytes]] = (),
    ours: str = "",
) -> Proof:
    """Read ``written`` with every reader of ``format`` and look for each value that ``redactions`` removed.

    A value may still be read as often as it stands in the text that was rightly left, that of the released
    ``members`` included; a value of which nothing was left must not occur at all, in text or in raw bytes of
    any common encoding. ``ours`` is what was stamped on it afterwards: the words of that line are no leak.
    Never raises for what a file contains: a reader that fails is a check that fails.
    """
    removed = Values(_removed(document, redactions))
    left = removed.count_parts(_left(document, redactions))
    for member, data in members:
        readings = [r for r in _readings(member, data) if isinstance(r, Reading) and r.kind == "text"]
        if readings:
            left += removed.count(readings[0].text)
    checks: list[Check] = []
    baseline: dict[str, Counter[int]] | None = None
    for reading in _readings(format, written):
        if isinstance(reading, Check):
            checks.append(reading)
            continue
        text = str(reading.text).replace(ours, " \0 ") if ours else reading.text
        counts = removed.count_raw(text) if reading.kind == "raw" else removed.count(text)
        over = {value for value, count in counts.items() if count > left[value]}
        if reading.kind == "raw":
            over = {value for value in over if not left[value]}
        elif any(left[value] for value in over):
            # A reader may see more of the original than ours did, such as text that is drawn twice.
            if baseline is None:
                baseline = _baseline(format, original, removed)
            gone = removed.count_spans(document, redactions)
            before = baseline.get(reading.reader, Counter())
            over = {v for v in over if not left[v] or counts[v] > before[v] - gone[v]}
        checks.append(Check(reading.reader, not over, len(reading.text), len(over)))
    return Proof(len(removed), tuple(checks), tuple(problems))


def _readings(format: Format, data: bytes) -> Iterable[Reading | Check]:
    try:
        yield from format.reread(data)
    except Exception as error:
        # Whatever a reader chokes on, the document was not shown to be clean.
        yield Check(f"{format.name} ({type(error).__name__})", passed=False, searched=0)


def _baseline(format: Format, original: bytes, removed: "Values") -> dict[str, Counter[int]]:
    return {
        reading.reader: removed.count(reading.text)
        for reading in _readings(format, original)
        if isinstance(reading, Reading) and reading.kind == "text"
    }


def _removed(document: Document, redactions: Sequence[Redaction]) -> Iterable[str]:
    texts = {segment.locator: segment.text for segment in document.segments}
    for redaction in redactions:
        yield texts[redaction.locator][redaction.span.start : redaction.span.end]


def _left(document: Document, redactions: Sequence[Redaction]) -> Iterator[str]:
    """Yield the text that may still be read, with a wall where something was removed."""
    by_locator: dict[str, list[Redaction]] = {}
    for redaction in redactions:
        by_locator.setdefault(redaction.locator, []).append(redaction)
    for segment in document.segments:
        position = 0
        for redaction in sorted(by_locator.get(segment.locator, []), key=lambda r: r.span):
            yield from at_spaces(segment.text, position, redaction.span.start)
            yield f" \0{redaction.marking}\0 "
            position = redaction.span.end
        yield from at_spaces(segment.text, position)
        yield " \0 "


class Values:
    """A set of values to look for, compared by their letters and digits alone."""

    def __init__(self, values: Iterable[str]) -> None:
        distinct = dict.fromkeys(filter(None, map(_words, values)))
        self._numbers = {words: number for number, words in enumerate(distinct)}
        self._spaced = _automaton({f" {' '.join(words)} ": n for words, n in self._numbers.items()})
        joined = {"".join(words): n for words, n in self._numbers.items()}
        self._joined = _automaton({value: n for value, n in joined.items() if len(value) >= LONG})
        self._short = {n for value, n in joined.items() if len(value) < SHORTEST_RAW}

    def __len__(self) -> int:
        return len(self._numbers)

    def __repr__(self) -> str:
        return f"<{len(self)} values>"

    def count(self, text: Text) -> Counter[int]:
        """How often each value stands in ``text``: as whole words, or run together if it is long."""
        return self.count_parts(at_spaces(text))

    def count_parts(self, parts: Iterable[str]) -> Counter[int]:
        """How often each value stands in a text that comes in parts; no word goes on from one to the next."""
        spaced, joined = _Search(self._spaced), _Search(self._joined)
        spaced.go_on(" ")
        for part in parts:
            words = _words(part)
            spaced.go_on("".join([f"{word} " for word in words]))
            joined.go_on("".join(words))
        return spaced.counts | joined.counts

    def count_raw(self, text: Text) -> Counter[int]:
        """How often each longer value stands in raw bytes, one character each: plain, UTF-16 or hex."""
        counts = self.count(text)
        if any("\0" in part for part in at_spaces(text)):
            counts |= self.count_parts(part.replace("\0", "") for part in at_spaces(text))
        for run in _hex(text):
            decoded = bytes.fromhex("".join(run.split())).decode("latin-1")
            counts |= self.count(decoded.replace("\0", ""))
        for short in self._short:
            del counts[short]
        return counts

    def count_spans(self, document: Document, redactions: Sequence[Redaction]) -> Counter[int]:
        """How often each value was removed."""
        counts: Counter[int] = Counter()
        for value in _removed(document, redactions):
            words = _words(value)
            if words:
                counts[self._numbers[words]] += 1
        return counts


def _automaton(values: dict[str, int]) -> Any:
    automaton = ahocorasick.Automaton()
    for value, number in values.items():
        automaton.add_word(value, number)
    automaton.make_automaton()
    return automaton


class _Search:
    """Counts what an automaton finds in a text that comes in pieces, wherever they were cut."""

    def __init__(self, automaton: Any) -> None:
        self.counts: Counter[int] = Counter()
        self._found: Any = automaton.iter("") if len(automaton) else None

    def go_on(self, piece: str) -> None:
        if self._found is not None:
            self._found.set(piece)
            self.counts.update(number for _, number in self._found)


def _hex(text: Text) -> Iterator[str]:
    """Yield the runs of bytes in ``text`` that are written in hexadecimal, whatever part they begin in."""
    begun: list[str] = []
    for part in at_spaces(text):
        done = len(part.rstrip(_IN_HEX))
        if done:
            yield from _HEX.findall("".join((*begun, part[:done])))
            begun.clear()
        begun.append(part[done:])
    yield from _HEX.findall("".join(begun))


def _words(text: str) -> tuple[str, ...]:
    return tuple(_WORD.findall(unicodedata.normalize("NFKC", text).casefold()))
