"""One reading of a text for all recognizers of identifiers: its layout, cues and spoken numbers.

A value belongs to a cue that stands before it, over it as the header of its column or the label above it,
or right after it. Recognizers ask for the slots of their cues and match their own shape there.
"""

import re
from bisect import bisect_left, bisect_right
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import cached_property, lru_cache
from typing import Literal

from recognizers.cues import Cue, find_cues
from recognizers.digits import LOOKALIKES, SpokenNumber, spoken_numbers
from recognizers.layout import DELIMITERS, Layout

Relation = Literal["after", "below", "beside"]
REACH = 48
"""Most characters between a cue and its value in running text."""
_SENTENCE = re.compile(r"[a-z)]{3,}[.!?]['\")]?\s{1,3}[A-Z'\"(]|\n[ \t]*\n|[;\u2022]")
_RULE = re.compile(r"[-=+_|: \t]+")
_NEXT = re.compile(
    r"(?:[ ]{0,2}[,;&+][ ]{1,3}(?:(?:and|&|y|or|also|then)[ ])?|[ ]?/[ ]?|[ ](?:and|y|or)[ ])"
    r"(?:(?:new|old|now)[ ])?"
)
"""What stands between two values of one cue in running text."""
_NEXT_CELL = re.compile(r"[ ]{0,40}\|[ ]{0,40}")
"""What stands between two values of one label at the head of a row."""
_SAID_ON = re.compile(r"[ ][a-z]{2,}[ ][a-z]{2,}[ ][a-z]{2,}|(?:[ ][a-z]{2,}){2,3}(?<![ ]no)\.(?:[ ]|$)")
"""What follows a cue in a sentence and not in a heading."""
_REPLY = re.compile(r"\n(?:>{1,4}|[A-Z][\w.]{1,14}(?:[ ][A-Z][\w.]{0,14})?:)[ ]")
"""What the next line of a chat or of a quoted message begins with."""
_ITEM = re.compile(r":[ ]|[ ](?:[a-z]{2,}[ ]){2}")
"""What follows a number that heads a remark and not one that fills its cell."""
_WRAPPED = re.compile(r"[ ]?\([ ]?|,|[ ]?\|[ ]?")
_LOOKS_AHEAD = re.compile(r"[ ]?(?:no|num|number|#)?[.]?[ ]?[:=#\d]", re.IGNORECASE)
_ROWS = 60
"""Rows of a table that a header reaches."""


@dataclass(frozen=True, slots=True)
class Slot:
    """A place where the value of ``cue`` may stand: it begins within ``start:limit``.

    ``beside`` says that it follows another value of the cue, or stands before the cue and is explained by it.
    """

    cue: Cue
    start: int
    limit: int
    relation: Relation


Accept = Callable[["re.Match[str]", Slot], bool]
"""Whether a match is a value of the slot's cue."""
Extent = Callable[["re.Match[str]"], tuple[int, int]]


def alike(one: str, other: str) -> bool:
    """Tell whether two values have the same letters and digits, by kind and place, whatever parts them."""
    return _kinds(one) == _kinds(other)


def _kinds(value: str) -> str:
    return "".join("9" if c.isdigit() else "A" for c in value.translate(LOOKALIKES) if c.isalnum())


@dataclass(eq=False)
class Reading(Layout):
    """A text in normal form, read once."""

    @cached_property
    def cues(self) -> list[Cue]:
        """The cues in the text, in order."""
        return find_cues(self.text)

    @cached_property
    def _cue_starts(self) -> list[int]:
        return [cue.start for cue in self.cues]

    @cached_property
    def _cue_ends(self) -> list[int]:
        return [cue.end for cue in self.cues]

    @cached_property
    def spoken(self) -> list[SpokenNumber]:
        """Numbers said in words."""
        return list(spoken_numbers(self.text))

    def cues_of(self, roles: frozenset[str]) -> Iterator[tuple[int, Cue]]:
        """Yield the cues of ``roles`` with their index among all cues."""
        for index, cue in enumerate(self.cues):
            if cue.role in roles:
                yield index, cue

    def governor(self, position: int, reach: int = 24) -> Cue | None:
        """Give the nearest cue that ends within ``reach`` characters before ``position`` on the same line.

        A digit between the two, or the end of a clause, parts them.
        """
        index = bisect_right(self._cue_ends, position) - 1
        if index < 0 or position - self._cue_ends[index] > reach:
            return None
        gap = self.text[self._cue_ends[index] : position]
        if "\n" in gap or ";" in gap or any(character.isdigit() for character in gap):
            return None
        if gap[-1:] == "," != gap:  # another field of a row
            return None
        return None if _SENTENCE.search(gap) else self.cues[index]

    def named(self, position: int, roles: frozenset[str], reach: int) -> bool:
        """Tell whether a cue of ``roles`` stands before ``position`` in its line, with no number between."""
        for place in range(bisect_right(self._cue_ends, position) - 1, -1, -1):
            cue = self.cues[place]
            gap = self.text[cue.end : position]
            if len(gap) > reach or "\n" in gap or any(character.isdigit() for character in gap):
                return False
            if cue.role in roles:
                return True
        return False

    def announcer(self, position: int, reach: int = 40) -> Cue | None:
        """Give the nearest cue within ``reach`` characters before, on this line or the one above."""
        index = bisect_right(self._cue_ends, position) - 1
        if index < 0 or position - self._cue_ends[index] > reach:
            return None
        gap = self.text[self._cue_ends[index] : position]
        return (
            None if gap.count("\n") > 1 or ";" in gap or any(c.isdigit() for c in gap) else self.cues[index]
        )

    def follower(self, position: int, reach: int = 6) -> Cue | None:
        """Give the cue that begins within ``reach`` characters after ``position`` on the same line."""
        index = bisect_left(self._cue_starts, position)
        if index == len(self.cues) or self._cue_starts[index] - position > reach:
            return None
        gap = self.text[position : self._cue_starts[index]]
        return None if "\n" in gap or any(c.isdigit() or c in ",;." for c in gap) else self.cues[index]

    def near(self, position: int, roles: frozenset[str], reach: int) -> bool:
        """Tell whether a cue of ``roles`` begins within ``reach`` characters before or after ``position``."""
        first = bisect_left(self._cue_starts, position - reach)
        last = bisect_right(self._cue_starts, position + reach)
        return any(cue.role in roles for cue in self.cues[first:last])

    def after(self, index: int, passing: frozenset[str] = frozenset(), reach: int = REACH) -> Slot:
        """Give the slot after cue ``index``; cues of the roles ``passing`` may stand in between."""
        cue = self.cues[index]
        limit = min(len(self.text), cue.end + reach)
        for place in range(index + 1, len(self.cues)):
            rival = self.cues[place]
            if rival.start >= limit:
                break
            if rival.role not in passing and rival.role != cue.role and not rival.weak:
                limit = rival.start
                break
        line = self.line_of(cue.end - 1)
        if self.line_end(line) < limit and not self.wraps(line):
            limit = max(cue.end, self.line_end(line))
        stop = _SENTENCE.search(self.text, cue.end, limit)
        if stop:
            limit = stop.end() if stop[0][-1].isupper() else stop.start()
            limit = max(cue.end, limit - 1 if stop[0][-1].isupper() else limit)
        return Slot(cue, cue.end, limit, "after")

    def below(self, index: int) -> Iterator[Slot]:
        """Yield the cells under cue ``index``: its column in a table, or the line under a label."""
        cue = self.cues[index]
        line = self.line_of(cue.start)
        start, end = self.line_starts[line], self.line_end(line)
        if end - start > 1_000 or self._said_on(cue, end):
            return
        header = self.text[start:end]
        delimiter = max(DELIMITERS, key=header.count)
        if header.count(delimiter) >= 3:
            yield from self._delimited(cue, line, delimiter)
        else:
            yield from self._aligned(cue, line)

    def _said_on(self, cue: Cue, end: int) -> bool:
        """Tell whether a sentence goes on behind a cue, and nobody replies to it: it heads no column."""
        said = not self.spread and _SAID_ON.match(self.text, cue.end, end)
        return bool(said) and not _REPLY.match(self.text, end)

    def _delimited(self, cue: Cue, line: int, delimiter: str) -> Iterator[Slot]:
        column = self.fields(line, delimiter)
        wanted = next(
            (k for k, (start, end) in enumerate(column) if start <= cue.start < max(end, start + 1)), -1
        )
        for row in range(line + 1, min(line + _ROWS, len(self.line_starts))):
            if _RULE.fullmatch(self.text, self.line_starts[row], self.line_end(row)):
                continue
            fields = self.fields(row, delimiter)
            if len(fields) < len(column) - 2 or len(fields) < 3:
                return
            if 0 <= wanted < len(fields):
                start, end = fields[wanted]
                if self._repeats(cue, start, end):
                    return
                if start < end:
                    yield Slot(cue, start, end, "below")

    def _repeats(self, cue: Cue, start: int, end: int) -> bool:
        """Tell whether a cell holds the same cue again: another heading begins, not a value."""
        index = bisect_left(self._cue_starts, start)
        return index < len(self.cues) and self.cues[index].start < end and self.cues[index].name == cue.name

    def _aligned(self, cue: Cue, line: int) -> Iterator[Slot]:
        origin = self.line_starts[line]
        heads = [(m.start() - origin, m.end() - origin) for m in self.cells(line)]
        left, right = cue.start - origin, cue.end - origin
        for start, end in heads:
            if start <= left < end:
                left, right = start, end
        following = min((start for start, _ in heads if start > left), default=10_000)
        table = len(heads) >= 3
        blanks = 0
        for row in range(line + 1, min(line + (_ROWS if table else 4), len(self.line_starts))):
            start = self.line_starts[row]
            cells = list(self.cells(row))
            if cells and _RULE.fullmatch(self.text, start, self.line_end(row)):
                continue
            if not cells:
                blanks += 1
                if blanks > 1 or (row > line + 1 and table):
                    return
                continue
            if table and len(cells) < 2 and cells[0].start() - start < 2 and len(cells[0][0]) > 60:
                return
            if table and len(cells) == len(heads):
                same = cells[[start for start, _ in heads].index(left)] if left in dict(heads) else None
                if same and not any(
                    left - 1 <= cell.start() - start <= left + 1 for cell in cells if cell is not same
                ):
                    if self._repeats(cue, same.start(), same.end()):
                        return
                    yield Slot(cue, same.start(), same.end(), "below")
                    continue
            for cell in cells:
                begin, end = cell.start() - start, cell.end() - start
                if (left - 3 <= begin < following - 1 and begin <= right + 3) or (
                    begin < left < end and end - begin < 40 and begin > left - 12
                ):
                    yield Slot(cue, cell.start(), cell.end(), "below")

    def find(
        self,
        shape: "re.Pattern[str]",
        roles: frozenset[str],
        accept: Accept,
        passing: frozenset[str] = frozenset(),
        reach: int = REACH,
        below: bool = True,
        extent: Extent = re.Match.span,
    ) -> Iterator[tuple["re.Match[str]", Slot]]:
        """Yield the matches of ``shape`` that are accepted in the slots of cues of ``roles``.

        The first after the cue on its line or the next, with those that follow it in a row; failing that,
        the one that the cue explains from behind, and those below it. Cues of the roles ``passing`` do not
        end a slot; ``extent`` tells which characters of a match are the value.
        """
        for index, cue in self.cues_of(roles):
            slot = self.after(index, passing, reach)
            match = self._first(shape, slot, accept, 60)
            if match:
                yield match, slot
                yield from self._row(shape, accept, match, slot, extent)
                if "\n" not in self.text[slot.start : match.start()]:
                    continue
            elif not cue.weak:
                yield from self._explained(shape, accept, cue)
            if below:
                for cell in self.below(index):
                    match = self._first(shape, cell, accept, 40 if self.spread else 0)
                    if match and self._opens(cell, match):
                        yield match, cell
                        yield from self._row(shape, accept, match, cell, extent)

    def _row(
        self,
        shape: "re.Pattern[str]",
        accept: Accept,
        match: "re.Match[str]",
        slot: Slot,
        extent: Extent,
    ) -> Iterator[tuple["re.Match[str]", Slot]]:
        """Yield the values that follow ``match`` in a row and look like it."""
        for _ in range(_ROWS):
            start, end = extent(match)
            joint = _NEXT.match(self.text, end)
            if not joint and slot.relation == "after":
                joint = _NEXT_CELL.match(self.text, end)
            if not joint:
                return
            other = shape.match(self.text, joint.end())
            if not other or not alike(self.text[start:end], self.text[slice(*extent(other))]):
                return
            following = Slot(slot.cue, joint.end(), joint.end(), "beside")
            if not accept(other, following):
                return
            yield other, following
            match = other

    def _explained(
        self, shape: "re.Pattern[str]", accept: Accept, cue: Cue
    ) -> Iterator[tuple["re.Match[str]", Slot]]:
        """Yield the value that ``cue`` explains from behind: ``4177302 (passport)``, or the next field."""
        if _LOOKS_AHEAD.match(self.text, cue.end):
            return
        line = self.line_starts[self.line_of(cue.start)]
        for match in shape.finditer(self.text, max(line, cue.start - 24), cue.start):
            if _WRAPPED.fullmatch(self.text, match.end(), cue.start) and not self.governor(match.start()):
                slot = Slot(cue, match.start(), match.start(), "beside")
                if accept(match, slot):
                    yield match, slot

    def _first(
        self,
        shape: "re.Pattern[str]",
        slot: Slot,
        accept: Accept,
        room: int,
    ) -> "re.Match[str] | None":
        for match in shape.finditer(self.text, slot.start, min(len(self.text), slot.limit + room)):
            if match.start() > slot.limit:
                return None
            if accept(match, slot):
                return match
        return None

    def _opens(self, cell: Slot, match: "re.Match[str]") -> bool:
        """Tell whether nothing but a short word stands before the value in its cell, and no other cue."""
        before = self.text[cell.start : match.start()]
        if not before and _ITEM.match(self.text, match.end(), cell.limit):
            return False
        if len(before) > 14 or any(character.isdigit() for character in before):
            return False
        at = bisect_left(self._cue_starts, match.start())
        if at < len(self.cues) and self.cues[at].start == match.start() and self.cues[at].role == "other":
            return False
        near = self.governor(match.start(), 16)
        return near is None or near.role == cell.cue.role or near.start < cell.start


@lru_cache(maxsize=8)
def read(text: str) -> Reading:
    """Read ``text`` (normal form) once for all recognizers."""
    return Reading(text)
