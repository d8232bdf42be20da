"""Tables as text (.csv, .tsv; RFC 4180): each value is read beside the header of its column."""

import csv
import io
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from redact.document import Document, Obstacle
from redact.errors import FormatError
from redact.formats.interface import NO_MEMBERS, Reading, Replacement, Written
from redact.formats.passage import Content, Passage, cut, require_same
from redact.formats.tables import is_headed, lay_out
from redact.formats.text import Characters, Text, decode
from redact.redaction import Redaction

ROWS_A_SEGMENT = 500
MOST_CELLS = 1_000_000
_DELIMITERS = ",;\t|"
_NAMES = {".csv": ",", ".tsv": "\t", ".tab": "\t", ".psv": "|"}


class Csv:
    """Tables as text, told by their name and a delimiter that divides every line alike."""

    name = "csv"
    suffix = ".csv"

    def recognizes(self, data: bytes, name: str) -> bool:
        """Whether it is named as a table and reads as one."""
        if not name.lower().endswith(tuple(_NAMES)):
            return False
        found = decode(data)
        return not isinstance(found, Obstacle) and _delimiter(found.text) is not None

    def read(self, data: bytes, name: str) -> Document:
        """Read the table in segments of some hundred rows, each with its headers; raises ``FormatError``."""
        return _Table.of(data).content.document(name, self.name, data)

    def write(
        self,
        data: bytes,
        document: Document,
        redactions: Sequence[Redaction],
        members: Mapping[str, Replacement] = NO_MEMBERS,
    ) -> Written:
        """Write the table with the same delimiter, line endings and encoding."""
        require_same(data, document)
        table = _Table.of(data)
        cuts = table.content.cuts(redactions)
        buffer = io.StringIO()
        writer = csv.writer(buffer, delimiter=table.delimiter, lineterminator=table.line_end)
        for r, row in enumerate(table.rows):
            writer.writerow([cut(cell, cuts.get((r, c), ())) for c, cell in enumerate(row)])
        return Written(table.characters.encode(buffer.getvalue()))

    def reread(self, data: bytes) -> Iterable[Reading]:
        """Read the characters, and the bytes one by one."""
        return Text().reread(data)


@dataclass(slots=True)
class _Table:
    characters: Characters[str] = field(repr=False)
    delimiter: str
    rows: list[list[str]] = field(repr=False)
    content: Content

    @classmethod
    def of(cls, data: bytes) -> "_Table":
        found = decode(data)
        if isinstance(found, Obstacle):
            raise FormatError(found.reason)
        delimiter = _delimiter(found.text) or ","
        if found.text.count(delimiter) + found.text.count("\n") > MOST_CELLS:
            raise FormatError("It has more cells than are read here: split it.")
        try:
            rows = list(csv.reader(io.StringIO(found.text, newline=""), delimiter=delimiter, strict=True))
        except csv.Error:
            raise FormatError("It is a malformed table, or a cell is far too long: save it anew.") from None
        if sum(map(len, rows)) > MOST_CELLS:
            raise FormatError("It has more cells than are read here: split it.")
        content = Content()
        cells = [[_cell(text, (r, c)) for c, text in enumerate(row)] for r, row in enumerate(rows)]
        lay_out_in_segments(cells, content, "rows")
        return cls(found, delimiter, rows, content)

    @property
    def line_end(self) -> str:
        return "\r\n" if "\r\n" in self.characters.text else "\n"


def lay_out_in_segments(rows: Sequence[Sequence[Passage]], content: Content, locator: str) -> None:
    """Take a long table into ``content``, some hundred rows at ``locator:FIRST-LAST`` with their headers."""
    # Titles stand above the headers, in rows of their own.
    top = next((n for n, row in enumerate(rows) if sum(map(bool, row)) > 1), 0)
    if top:
        content.add(f"{locator}:1-{top}", lay_out(rows[:top], headed=False))
    headed = is_headed(rows[top : top + ROWS_A_SEGMENT + 1])
    for begin in range(top, max(len(rows) - 1, top + 1), ROWS_A_SEGMENT):
        chunk = rows[begin + 1 : begin + 1 + ROWS_A_SEGMENT]
        first = rows[top : top + 1] if headed or begin == top else []
        passage = lay_out([*first, *chunk], headed)
        content.add(f"{locator}:{begin + 1}-{begin + 1 + len(chunk)}", passage)


def _cell(text: str, slot: tuple[int, int]) -> Passage:
    passage = Passage()
    passage.add(text, slot)
    return passage


def _delimiter(text: str) -> str | None:
    lines = [line for line in text[:20_000].splitlines()[:20] if line.strip()]
    counts = {d: min((line.count(d) for line in lines), default=0) for d in _DELIMITERS}
    best = max(counts, key=lambda d: counts[d])
    if counts[best]:
        return best
    # One column, or quoted line breaks: a comma then divides nothing that it should not.
    return "," if lines else None
