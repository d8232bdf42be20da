"""Propagation: a value that was found once is found wherever it stands in the same request."""

import re
from bisect import bisect_right
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, replace
from itertools import accumulate, pairwise

import ahocorasick

from recognizers.normalization import normalize
from recognizers.stretches import Text, adjoining
from redact.document import Span
from redact.finding import Finding, threshold

PATTERN = "found elsewhere in the request"
"""Pattern name of a finding that propagation made."""
SHORTEST = {
    "US_SSN": 8,
    "US_ITIN": 8,
    "CREDIT_CARD": 12,
    "US_BANK_NUMBER": 6,
    "US_DRIVER_LICENSE": 6,
    "US_PASSPORT": 7,
    "ALIEN_NUMBER": 7,
    "MEDICAL_ID": 6,
    "PASSWORD": 6,
    "DATE_OF_BIRTH": 6,
    "PHONE_NUMBER": 7,
    "EMAIL_ADDRESS": 6,
    "HOME_ADDRESS": 9,
}
"""Fewest letters and digits that a value of an entity must have to be looked for elsewhere. Shorter values,
and other entities, are not: they would meet years, times and common words."""
_RUN = re.compile(r"[^\W_]+")
_WIDEST_GAP = 3


@dataclass(frozen=True, slots=True)
class _Letters:
    """The letters and digits of a text in one case, and where each stood."""

    text: str = field(repr=False)
    _runs: list[int] = field(repr=False)
    """Where each run of them begins in the text that they are of."""
    _firsts: list[int] = field(repr=False)
    """Which of the letters is the first of each run."""

    @classmethod
    def of(cls, text: str) -> "_Letters":
        runs = list(_RUN.finditer(text))
        parts = [run[0] for run in runs]
        firsts = [0, *accumulate(map(len, parts))]
        if text.isascii():
            letters = "".join(parts).lower()
        else:
            lowered = [part.lower() for part in parts]
            letters = "".join(
                low if len(low) == len(part) else part for low, part in zip(lowered, parts, strict=True)
            )
        return cls(letters, [run.start() for run in runs], firsts[:-1])

    def place(self, letter: int) -> int:
        """Where one of the letters stood."""
        run = bisect_right(self._firsts, letter) - 1
        return self._runs[run] + letter - self._firsts[run]

    def gaps(self) -> list[int]:
        """Which of the letters stand too far behind the one before to belong to one value with it."""
        ends = (
            start + after - first
            for start, (first, after) in zip(self._runs, pairwise(self._firsts), strict=False)
        )
        return [
            first
            for first, start, end in zip(self._firsts[1:], self._runs[1:], ends, strict=True)
            if start - end > _WIDEST_GAP
        ]


class Values:
    """The values of one request that are looked for everywhere; holds them in memory only."""

    def __init__(self, known: Iterable[tuple[str, Finding]]) -> None:
        """Take the text of each finding, or its letters, with the finding; unsuitable ones are left out."""
        best: dict[str, Finding] = {}
        for text, finding in known:
            letters = letters_of(text, finding)
            if letters is None:
                continue
            other = best.get(letters)
            if other is None or (finding.score, finding.entity) > (other.score, other.entity):
                best[letters] = finding
        self._count = len(best)
        self._longest = max(map(len, best), default=0)
        # Finds all values in one pass over a text, however many they are.
        self._automaton = ahocorasick.Automaton()
        for letters, finding in best.items():
            self._automaton.add_word(letters, (len(letters), finding))
        if best:
            self._automaton.make_automaton()

    def __repr__(self) -> str:
        return f"<Values: {self._count} of a request>"

    def find(self, locator: str, text: Text) -> Iterator[Finding]:
        """Yield a finding for each place of ``text`` where a known value stands, whatever separates it.

        Takes time linear in the text, and memory that does not grow with it.
        """
        if not self._count:
            return
        # Before a stretch, to see what joins; after it, so that no value lies across a seam. Twice what a
        # value can take, for characters that are not seen.
        margin = 2 * (_WIDEST_GAP + 1) * (self._longest + 1)
        for stretch in adjoining(len(text), margin):
            begin = stretch.begin
            for span, finding in self._in_stretch(text[begin : stretch.after]):
                if stretch.start <= begin + span.start < stretch.end:
                    place = Span(begin + span.start, begin + span.end)
                    # A little less sure than where its own context found it, which also explains it better.
                    score = max(threshold(finding.entity), finding.score - 0.05)
                    yield replace(
                        finding,
                        locator=locator,
                        span=place,
                        score=score,
                        pattern=PATTERN,
                        cue="",
                        subject=None,
                    )

    def _in_stretch(self, text: str) -> Iterator[tuple[Span, Finding]]:
        normal = normalize(text)
        letters = _Letters.of(normal.text)
        place, gaps = letters.place, letters.gaps()
        longest: dict[int, tuple[int, Finding]] = {}
        for last, (length, finding) in self._automaton.iter(letters.text):
            first = last - length + 1
            gap = bisect_right(gaps, first)
            if gap < len(gaps) and gaps[gap] <= last:
                continue
            if _joined(normal.text, place(first)) or _joined(normal.text, place(last) + 1):
                continue
            # Values that end later are longer, where they begin at one place.
            longest[first] = place(last) + 1, finding
        for first, (end, finding) in sorted(longest.items(), key=lambda item: item[0]):
            yield Span(*normal.original(place(first), end)), finding


def letters_of(text: str, finding: Finding) -> str | None:
    """Return the letters and digits of a found value, by which it is found elsewhere; None if it is not."""
    plain = normalize(text).text
    if finding.entity == "EMAIL_ADDRESS" and "@" not in plain:
        # A part of one, such as a domain, is everybody's who writes from there.
        return None
    letters = _Letters.of(plain).text
    return letters if _is_telling(finding.entity, letters) else None


def _is_telling(entity: str, letters: str) -> bool:
    shortest = SHORTEST.get(entity)
    if shortest is None or len(letters) < shortest:
        return False
    digits = sum(character.isdigit() for character in letters)
    return digits >= (0 if entity == "EMAIL_ADDRESS" else 1 if entity == "HOME_ADDRESS" else 3)


def _joined(text: str, at: int) -> bool:
    """Whether the characters on both sides of ``at`` belong to one number or one word."""
    if not 0 < at < len(text):
        return False
    before, after = text[at - 1], text[at]
    return (before.isdigit() and after.isdigit()) or (before.isalpha() and after.isalpha())
