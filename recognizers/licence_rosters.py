"""Rosters of licences: a table whose rows name a state and show a number of the format of that state.

No cue need stand anywhere: that each number fits its own row's state tells what the column holds, since the
formats differ; a column of bare digits tells nothing, since other numbers have as many.
"""

import re
from collections.abc import Iterator

from recognizers.layout import CELL
from recognizers.licence_formats import CODES, of_state
from recognizers.reading import Reading
from recognizers.values import Value

_STATE = re.compile(CODES)
_LETTERS = str.maketrans("01l", "OII")
"""What scanning makes of the letters of a state."""
_SPREAD_CELL = re.compile(r"[^\s|]+(?: {1,2}[^\s|]+)*")
_NUMBER = re.compile(r"[#]?([A-Za-z]{0,3}[ *-]{0,2}(?:[0-9OQIlSBZ]|[A-Z](?=[-\d ]))[0-9A-ZlO -]{3,24})")
_OTHER = re.compile(
    r"\d{1,2}[/.-]\d{1,2}[/.-]\d{2,4}|\d{4}-\d{2}-\d{2}|\(?\d{3}\)?[-. ]\d{3}[-. ]\d{4}|\d{5}(?:-\d{4})?"
    r"|\d{2}-\d{7}"
)
"""Dates, telephones, postal codes and employers' tax numbers."""
_ROWS, _ISSUERS, _SHARE = 3, 2, 0.7
"""A roster has so many rows of so many states, and so many of the rows that could fit their state do."""


def roster(reading: Reading) -> Iterator[Value]:
    """Yield the licences of a roster in the text, or nothing where it has none."""
    text, pattern = reading.text, _SPREAD_CELL if reading.spread else CELL
    fitting: list[Value] = []
    issuers: set[str] = set()
    rows = 0
    for line in re.finditer(r"[^\n]+", text):
        cells = list(pattern.finditer(text, line.start(), line.end()))
        states = [s for cell in cells if _STATE.fullmatch(s := cell[0].strip(',"').translate(_LETTERS))]
        numbers = [n for cell in cells if (n := _number(cell))]
        if len(states) != 1 or not numbers:
            continue
        rows += 1
        for number in numbers:
            if of_state(number.compact, states[0]):
                fitting.append(number)
                issuers.add(states[0])
                break
    lettered = any(number.compact[0].isalpha() for number in fitting)
    if lettered and len(fitting) >= _ROWS and len(issuers) >= _ISSUERS and len(fitting) >= _SHARE * rows:
        yield from fitting


def _number(cell: "re.Match[str]") -> Value | None:
    match = _NUMBER.fullmatch(cell[0])
    if match is None or _OTHER.fullmatch(cell[0]):
        return None
    compact = re.sub(r"[ *-]", "", match[1])
    value = Value(cell.start() + match.start(1), cell.end(), compact)
    if value.digits < 4 or value.clear_digits < 2 or len(set(compact)) == 1:
        return None
    return value
