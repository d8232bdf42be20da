"""Findings of a document in columns: some forty bytes for each, where an object of its own takes six times as
many. A long document has hundreds of thousands, most of which say the same but for their places."""

from array import array
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from itertools import pairwise
from typing import ClassVar, Literal, Self

from pydantic import ConfigDict

from redact.columns import Columns
from redact.document import Span
from redact.finding import Finding

_Incident = Literal["", "named", "unnamed"]
_Kind = tuple[str, str, str, str, str, _Incident]
"""Locator, entity, recognizer, pattern, cue and incident: what many findings have in common."""
_NOBODY = -1
_MANY = 2_000


@dataclass(frozen=True, slots=True, eq=False)
class Findings(Columns[Finding]):
    """Findings in an order, made anew as they are asked for. Equal to any sequence of equal findings."""

    __pydantic_config__: ClassVar = ConfigDict(ser_json_bytes="base64", val_json_bytes="base64")

    kinds: tuple[_Kind, ...] = ()
    which: bytes = field(default=b"", repr=False)
    """Which of the kinds each finding is of (C ``unsigned int``)."""
    starts: bytes = field(default=b"", repr=False)
    """Where each begins and ends (C ``unsigned int``)."""
    ends: bytes = field(default=b"", repr=False)
    scores: bytes = field(default=b"", repr=False)
    """How sure each is (C ``double``)."""
    subjects: bytes = field(default=b"", repr=False)
    """Whom each is about (C ``int``), -1 where that is not established."""

    @classmethod
    def of(cls, findings: Iterable[Finding]) -> Self:
        """Put findings into columns, in their order."""
        if isinstance(findings, cls):
            return findings
        kinds: dict[_Kind, int] = {}
        which, starts, ends, subjects = (array(code) for code in "IIIi")
        scores = array("d")
        for f in findings:
            kind = f.locator, f.entity, f.recognizer, f.pattern, f.cue, f.incident
            which.append(kinds.setdefault(kind, len(kinds)))
            starts.append(f.span.start)
            ends.append(f.span.end)
            scores.append(f.score)
            subjects.append(_NOBODY if f.subject is None else f.subject)
        return cls(
            tuple(kinds),
            which.tobytes(),
            starts.tobytes(),
            ends.tobytes(),
            scores.tobytes(),
            subjects.tobytes(),
        )

    def __len__(self) -> int:
        return len(self.which) // 4

    def __iter__(self) -> Iterator[Finding]:
        columns = zip(
            memoryview(self.which).cast("I"),
            memoryview(self.starts).cast("I"),
            memoryview(self.ends).cast("I"),
            memoryview(self.scores).cast("d"),
            memoryview(self.subjects).cast("i"),
            strict=True,
        )
        return (self._made(*row) for row in columns)

    def value(self, place: int) -> Finding:
        """Return the finding at a place."""
        return self._made(
            memoryview(self.which).cast("I")[place],
            memoryview(self.starts).cast("I")[place],
            memoryview(self.ends).cast("I")[place],
            memoryview(self.scores).cast("d")[place],
            memoryview(self.subjects).cast("i")[place],
        )

    def at(self, locator: str) -> Self:
        """Return the findings as those of another segment with the same text."""
        return replace(self, kinds=tuple((locator, *kind[1:]) for kind in self.kinds))

    def at_hand(self) -> Sequence[Finding]:
        """Return them as they are best gone through several times: as objects where they are few."""
        return self if len(self) > _MANY else tuple(self)

    def ordered(self) -> Self:
        """Return them in the order of locators, places and entities."""
        if all(_order(one) <= _order(next) for one, next in pairwise(self)):
            return self
        return self.of(sorted(self, key=_order))

    def by_start(self) -> Iterator[Finding]:
        """Yield them in the order in which they begin."""
        starts = memoryview(self.starts).cast("I")
        order = array("I", sorted(range(len(self)), key=starts.__getitem__))
        return map(self.value, order)

    def _made(self, number: int, start: int, end: int, score: float, subject: int) -> Finding:
        locator, entity, recognizer, pattern, cue, incident = self.kinds[number]
        told = None if subject == _NOBODY else subject
        return Finding(locator, Span(start, end), entity, score, recognizer, pattern, cue, told, incident)


def _order(finding: Finding) -> tuple[str, Span, str]:
    return finding.locator, finding.span, finding.entity
