"""What was decided about each finding of a document; many share few decisions."""

from array import array
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from typing import ClassVar, Self

from pydantic import ConfigDict

from redact.columns import Columns
from redact.decision import Decision
from redact.finding import Finding
from redact.findings import Findings


@dataclass(frozen=True, slots=True, eq=False)
class Decided(Columns[tuple[Finding, Decision]]):
    """Findings with the decision about each. Equal to any sequence of equal pairs."""

    __pydantic_config__: ClassVar = ConfigDict(ser_json_bytes="base64", val_json_bytes="base64")

    findings: Findings = field(default_factory=Findings)
    decisions: tuple[Decision, ...] = ()
    """Each once, in the order in which they first occur."""
    which: bytes = field(default=b"", repr=False)
    """Which of them is about each finding (C ``unsigned int``)."""

    @classmethod
    def of(cls, findings: Iterable[Finding], decisions: Iterable[Decision]) -> Self:
        """Put together findings and the decision about each; there must be as many of both."""
        known: dict[Decision, int] = {}
        seen: dict[int, tuple[Decision, int]] = {}
        which = array("I")
        for decision in decisions:
            # As a rule many have the very same one: to compare them by all that they say takes long.
            if id(decision) not in seen:
                seen[id(decision)] = decision, known.setdefault(decision, len(known))
            which.append(seen[id(decision)][1])
        columns = Findings.of(findings)
        if len(columns) != len(which):
            raise ValueError("there are not as many decisions as findings")
        return cls(columns, tuple(known), which.tobytes())

    def __len__(self) -> int:
        return len(self.findings)

    def __iter__(self) -> Iterator[tuple[Finding, Decision]]:
        which = memoryview(self.which).cast("I")
        return ((f, self.decisions[number]) for f, number in zip(self.findings, which, strict=True))

    def value(self, place: int) -> tuple[Finding, Decision]:
        """Return the finding at a place and the decision about it."""
        return self.findings.value(place), self.decisions[memoryview(self.which).cast("I")[place]]
