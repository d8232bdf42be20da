"""Sampling: how many of the documents that leave as they are a person reads, and which.

Discovery sampling: so many are drawn that, if more than a tolerated share of all held something that was
missed, one of the drawn at least would hold it, with the stated confidence (exact, without replacement). In a
large set that is what the rule of three approximates: three divided by the share, for 95 %.
"""

import heapq
from collections.abc import Iterable
from dataclasses import dataclass, field
from hashlib import sha256
from typing import Annotated, Any, ClassVar

from pydantic import ConfigDict, Field

from redact.datafile import STRICT, Day

Share = Annotated[float, Field(gt=0, lt=1)]


@dataclass(frozen=True, slots=True)
class Sampling:
    """How sure to be of the documents that leave as they are, and who has read those that were drawn."""

    __pydantic_config__: ClassVar[ConfigDict] = STRICT
    confidence: Share = 0.95
    tolerated: Share = 0.02
    """The share of the documents that may hold something that was missed."""
    read_by: str = field(default="", repr=False)
    read_on: Day | None = None

    def size(self, documents: int) -> int:
        """Return of how many documents, drawn from so many, a person must find nothing."""
        faulty = int(self.tolerated * documents) + 1
        missed = 1.0
        """The chance that none of those drawn is one of the faulty."""
        for drawn in range(documents):
            if missed <= 1 - self.confidence + 1e-12:
                return drawn
            missed *= max(0, documents - faulty - drawn) / (documents - drawn)
        return documents


@dataclass(frozen=True, slots=True)
class Sample:
    """The documents that were drawn, and from how many."""

    sampling: Sampling
    documents: int
    """How many leave as they are."""
    names: tuple[str, ...]
    """Of those drawn, as the records call them, in the order of their draw."""
    seed: str

    @property
    def statement(self) -> str:
        """What it says, in words for a clerk."""
        if not self.documents:
            return "No document leaves as it is, so none was drawn to be read."
        if len(self.names) == self.documents:
            return (
                f"Everything that leaves as it is must be read, {self.documents} in number: a smaller sample "
                "would not say enough of so few."
            )
        return (
            f"{len(self.names)} of the {self.documents} documents that leave as they are were drawn at "
            f"random (seed {self.seed}). If a person reads these and finds nothing that had to go, then with "
            f"{self.sampling.confidence:.0%} confidence no more than {self.sampling.tolerated:.1%} of the "
            f"{self.documents} hold something that was missed."
        )

    def as_dict(self) -> dict[str, Any]:
        """Return it as plain JSON values."""
        return {
            "documents": self.documents,
            "drawn": len(self.names),
            "confidence": self.sampling.confidence,
            "tolerated": self.sampling.tolerated,
            "seed": self.seed,
            "statement": self.statement,
        }


def draw(sampling: Sampling, seed: str, documents: Iterable[tuple[str, str]], count: int) -> Sample:
    """Draw from ``count`` documents, each its name and the SHA-256 of its content: the same ones for the
    same ``seed``, and nearly the same if a few documents more or fewer leave as they are."""
    key = sha256(seed.encode()).hexdigest()[:16]
    ranked = ((sha256(f"{key}\n{name}\n{digest}".encode()).digest(), name) for name, digest in documents)
    return Sample(
        sampling, count, tuple(name for _, name in heapq.nsmallest(sampling.size(count), ranked)), key
    )
