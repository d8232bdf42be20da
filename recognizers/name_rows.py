"""Rows of tables in which a record says what became of complaints: whose name stands first is its subject.

``26-014   Ofc. J. Roe   A. Doe   Discourtesy   Sustained``: below a head with ``Allegation`` and ``Outcome``
a rank beside a name tells where its bearer works, and not that they are there on duty.
"""

import re
from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass

_GAP = re.compile(r"[ ]{2,}|\t|\|")
_HEAD = re.compile(r"[^\d\n]{12,160}")
_OUTCOME = re.compile(
    r"\b(?:outcome|findings?|disposition|discipline|action[ ]taken|penalty|result|resolution)\b",
    re.IGNORECASE,
)
_STATUS = re.compile(r"\bstatus\b", re.IGNORECASE)
_WHO = re.compile(r"\b(?:allegations?|charges?|complain(?:t|ant)s?|accused|misconduct)\b", re.IGNORECASE)
_PARTY = re.compile(r"\b(?:employee|officer|member|subject)s?\b", re.IGNORECASE)
_SIDES = re.compile(r"\b(?:party|grievant|claimant)\b", re.IGNORECASE)
_IDS = re.compile(r"[ ]{0,9}\|?[ ]?(?:[^\sa-z|][^a-z|\t\n]{0,19}?(?:[ ]{2,9}|[ ]?\|[ ]?|\t)){0,3}[ ]{0,9}")
"""Cells before the first name: numbers, dates and codes."""
_CELL_END = re.compile(r"(?:[ ]?#?\d{1,6})?(?:[ ]?[,/(|\t]|[ ]{2}|[ ]?(?:\n|\Z))")
_MOST_ROWS = 60


@dataclass(frozen=True, slots=True)
class Rows:
    """The rows of a text's tables of complaints, as places from start to end of a table, in their order."""

    starts: Sequence[int]
    ends: Sequence[int]

    def hold(self, at: int) -> bool:
        """Whether a place stands in one of the rows."""
        index = bisect_right(self.starts, at) - 1
        return index >= 0 and at < self.ends[index]


def rows(text: str) -> Rows:
    """Find the rows below each head of a table of complaints."""
    starts: list[int] = []
    ends: list[int] = []
    begun, end, at = -1, 0, 0
    count = 0
    for line in text.split("\n"):
        past = at + len(line) + 1
        if _is_head(line):
            if begun >= 0 and end > begun:
                starts.append(begun)
                ends.append(end)
            begun, end, count = past, past, 0
        elif begun >= 0 and line.strip():
            count += 1
            if _GAP.search(line) is None or count > _MOST_ROWS:
                starts.append(begun)
                ends.append(end)
                begun = -1
            else:
                end = past
        at = past
    if begun >= 0 and end > begun:
        starts.append(begun)
        ends.append(end)
    return Rows(starts, ends)


def _is_head(line: str) -> bool:
    line = line.strip(" |")
    if _HEAD.fullmatch(line) is None or len(_GAP.findall(line)) < 2:
        return False
    if _OUTCOME.search(line):
        return _WHO.search(line) is not None or _PARTY.search(line) is not None
    return _STATUS.search(line) is not None and (_SIDES.search(line) or _WHO.search(line)) is not None


def is_first_in_row(line_before: str, after: str) -> bool:
    """Whether a name is the first in its row: ``line_before`` is what stands before it, without its title."""
    return _IDS.fullmatch(line_before) is not None and _CELL_END.match(after) is not None
