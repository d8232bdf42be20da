"""Limits: what the work on one document may take of a worker."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Limits:
    """What the work on one document may take; beyond it the document is withheld."""

    seconds: float = 900.0
    """Of time, for each of reading with searching, judging, and writing."""
    memory: int = 4 * 2**30
    """Bytes of address space, beside what an idle worker has."""
