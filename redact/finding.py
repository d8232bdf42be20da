"""Findings: where something sensitive stands, never what it says."""

from dataclasses import dataclass

from redact.document import Span


@dataclass(frozen=True, slots=True)
class Finding:
    """One detected occurrence of an entity in a segment."""

    locator: str
    """The segment's locator."""
    span: Span
    entity: str
    score: float
    """Confidence between 0 and 1."""
    recognizer: str
    pattern: str = ""
    """Name of the pattern, lexicon or model that found it."""
    cue: str = ""
    """The context that supports it, from the recognizer's own lexicon; never words of the document."""
    subject: int | None = None
    """The person it is about, as a number in the order that the request's documents name them; None where
    that cannot be established."""
