"""How a text is laid out: its lines, the fields and cells that these are parted into, and which go on."""

import re
from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cached_property

CELL = re.compile(r"[^\s|]+(?:[ ][^\s|]+)*")
DELIMITERS = ",;|\t"
"""What parts the fields of a row, the likeliest first."""
_CLOSE_COMMA = re.compile(r"[,;\t](?=\S)")
_SPREAD = re.compile(r"[A-Za-z,]  [A-Za-z]")
_LONGEST_ROW = 1_000
"""Characters of a line that are looked at for fields and cells."""


@dataclass(eq=False)
class Layout:
    """The lines of a text and what they are made of; positions are those of characters in the text."""

    text: str = field(repr=False)

    @cached_property
    def line_starts(self) -> list[int]:
        """Where each line begins."""
        return [0, *(match.end() for match in re.finditer(r"\n", self.text))]

    @cached_property
    def spread(self) -> bool:
        """Whether a scan has spread the words of the text, so that two spaces do not part columns."""
        return len(_SPREAD.findall(self.text)) * 300 > len(self.text)

    def line_of(self, position: int) -> int:
        """Index of the line that holds ``position``."""
        return bisect_right(self.line_starts, position) - 1

    def line_end(self, line: int) -> int:
        """Where line ``line`` ends, before its line feed."""
        return self.line_starts[line + 1] - 1 if line + 1 < len(self.line_starts) else len(self.text)

    def cells(self, line: int) -> Iterator["re.Match[str]"]:
        """Yield the cells of a line: stretches parted by two spaces, a tab or a bar."""
        start, end = self._looked_at(line)
        return CELL.finditer(self.text, start, end)

    def fields(self, line: int, delimiter: str) -> list[tuple[int, int]]:
        """Split a line at its delimiters outside quotes: where each field begins and ends."""
        known = self._split.get((line, delimiter))
        if known is None:
            known = self._split[line, delimiter] = self._parted(line, delimiter)
        return known

    def wraps(self, line: int) -> bool:
        """Tell whether a line is running text that goes on in the next line, not an entry of its own."""
        start, end = self._looked_at(line)
        text = self.text[start:end]
        after = self.line_end(line) + 1
        if line + 2 > len(self.line_starts) or not self.text[after : after + 1].strip():
            return False
        return (
            len(text) >= 45
            and "|" not in text
            and len(_CLOSE_COMMA.findall(text)) < 3
            and "    " not in text.strip()
        )

    @cached_property
    def _split(self) -> dict[tuple[int, str], list[tuple[int, int]]]:
        return {}

    def _looked_at(self, line: int) -> tuple[int, int]:
        start = self.line_starts[line]
        return start, min(self.line_end(line), start + _LONGEST_ROW)

    def _parted(self, line: int, delimiter: str) -> list[tuple[int, int]]:
        start, end = self._looked_at(line)
        fields, begin, quoted = [], start, False
        for mark in re.finditer(f'["{delimiter}]', self.text[start:end]):
            if mark[0] == '"':
                quoted = not quoted
            elif not quoted:
                fields.append((begin, start + mark.start()))
                begin = start + mark.end()
        fields.append((begin, self.line_end(line)))
        return fields
