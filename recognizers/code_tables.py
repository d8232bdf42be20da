"""Tables of the codes of buildings: columns headed ``ARM/DISARM``, ``DOOR CODES``, ``SAFE``."""

import re
from collections.abc import Iterator

from recognizers.reading import Reading

_HEADING = re.compile(
    r"(?:(?:alarm|door|entry|gate|other|access|panel|keypad|lock ?box|disarm|key ?box)[ ](?:codes?|pin)"
    r"|arm[ ]?/[ ]?disarm|disarm|codes?|safe|safe combo|safe combination|combo|combination|keypad)",
    re.IGNORECASE,
)
"""The whole of a heading over codes."""
_SURE = re.compile(r"(?:codes?|disarm|combo|combination|pin)$", re.IGNORECASE)
_CELL = re.compile(r"[^\s|]+(?:[ ][^\s|]+)*")
_CODE = re.compile(
    r"(?:[A-Za-z][a-z]*[ ]){0,4}(?P<value>[#*]?\d{4,6}[#*]?|\d{1,2}(?:-\d{1,2}){2,4}|[A-Z]-?\d{4}[A-Z]?)"
)
_TWO, _ROWS, _APART, _LONGEST = 2, 30, 3, 400
"""Such columns that a table has at least, rows looked through, characters that a cell may be out of line, the
longest row."""


def table_codes(reading: Reading) -> Iterator["re.Match[str]"]:
    """Yield what stands under such headings, in a table of which two columns at least have one."""
    lines = len(reading.line_starts)
    for line in range(lines):
        start, end = reading.line_starts[line], reading.line_end(line)
        if end - start > _LONGEST:
            continue
        heads = [
            cell.start() - start
            for cell in _CELL.finditer(reading.text, start, end)
            if _HEADING.fullmatch(cell[0])
        ]
        if len(heads) < _TWO or not any(_SURE.search(c[0]) for c in _CELL.finditer(reading.text, start, end)):
            continue
        for below in range(line + 1, min(lines, line + 1 + _ROWS)):
            begin, last = reading.line_starts[below], reading.line_end(below)
            if last - begin > _LONGEST or not reading.text[begin:last].strip():
                break
            for cell in _CELL.finditer(reading.text, begin, last):
                code = _CODE.fullmatch(reading.text, cell.start(), cell.end())
                if code and any(abs(cell.start() - begin - head) <= _APART for head in heads):
                    yield code
