"""Redactions: what is taken out of a document and what is printed in its place."""

from collections.abc import Sequence
from dataclasses import dataclass

from redact.document import Span


@dataclass(frozen=True, slots=True)
class Redaction:
    """The removal of a span of a segment, once the gate has decided it."""

    locator: str
    """The segment's locator."""
    span: Span
    """The characters that go. For a masked card number, all but the last four digits."""
    marking: str
    """What is printed in their place: the exemption, such as ``Gov. 7922.200``."""


def apply(text: str, redactions: Sequence[Redaction]) -> str:
    """Return ``text`` with each redaction's span replaced by its marking in brackets.

    Redactions must lie within ``text`` and not overlap; raises ``ValueError`` otherwise.
    """
    parts: list[str] = []
    position = 0
    for redaction in sorted(redactions, key=lambda r: r.span):
        if redaction.span.start < position or redaction.span.end > len(text):
            raise ValueError("redactions overlap or lie outside the text")
        parts += [text[position : redaction.span.start], f"[{redaction.marking}]"]
        position = redaction.span.end
    return "".join([*parts, text[position:]])
