"""Passages: text put together from the places of a file that hold it, with the way back to each place.

A format reads a file into ``Content``: passages by locator. Redactions of segments then come back as
cuts of slots, where a slot is whatever the format keeps text in (an XML node, a cell, a string's path).
"""

import hashlib
from bisect import bisect_right
from collections.abc import Hashable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from itertools import accumulate

from redact.document import Document, Member, Obstacle, Segment, Span
from redact.errors import FormatError
from redact.formats.encoded import REASON, holds_encoded
from redact.redaction import Redaction

Slot = Hashable
"""A place of a file that holds text: the format's own key."""


@dataclass(frozen=True, slots=True)
class Cut:
    """The removal of characters from the text of one slot."""

    span: Span
    marking: str
    """What is printed in their place; empty where an earlier slot already shows it."""


class Passage:
    """Text in reading order, made of the texts of slots and of layout between them."""

    __slots__ = ("_parts",)

    def __init__(self) -> None:
        self._parts: list[tuple[str, Slot | None]] = []

    def add(self, text: str, slot: Slot | None = None) -> None:
        """Append ``text``: the whole text of ``slot``, or layout that stands in no slot.

        A slot may be added more than once, as a column's header beside each of its cells.
        """
        if text:
            self._parts.append((text, slot))

    def extend(self, other: "Passage") -> None:
        """Append another passage."""
        self._parts += other._parts

    @property
    def text(self) -> str:
        """All of it."""
        return "".join(text for text, _ in self._parts)

    def __bool__(self) -> bool:
        return any(text.strip() for text, _ in self._parts)

    def cuts(self, redactions: Sequence[Redaction]) -> dict[Slot, list[Cut]]:
        """Return what ``redactions`` of this passage's text cut from each slot.

        A marking stands in the first slot that a redaction touches. Raises ``FormatError`` where a
        redaction does not lie within the text.
        """
        begins = list(accumulate((len(text) for text, _ in self._parts), initial=0))
        cuts: dict[Slot, list[Cut]] = {}
        for redaction in redactions:
            if redaction.span.end > begins[-1]:
                raise FormatError("A redaction lies outside the text that was read: read it again.")
            marking = redaction.marking
            part = bisect_right(begins, redaction.span.start) - 1
            while part < len(self._parts) and begins[part] < redaction.span.end:
                text, slot = self._parts[part]
                if slot is not None:
                    start = max(redaction.span.start - begins[part], 0)
                    end = min(redaction.span.end - begins[part], len(text))
                    cuts.setdefault(slot, []).append(Cut(Span(start, end), marking))
                    marking = ""
                part += 1
        return cuts


def split(text: str, cuts: Iterable[Cut]) -> Iterator[tuple[str, bool]]:
    """Yield what is left of a slot's ``text`` in order: ``(text, False)`` kept, ``(marking, True)`` in place.

    Overlapping cuts, which a slot that stands in several places can get, count as one.
    """
    position = 0
    for cut in sorted(cuts, key=lambda c: (c.span, c.marking)):
        if cut.span.end <= position:
            continue
        if cut.span.start > position:
            yield text[position : cut.span.start], False
        if cut.marking and cut.span.start >= position:
            yield cut.marking, True
        position = cut.span.end
    if position < len(text):
        yield text[position:], False


def cut(text: str, cuts: Iterable[Cut]) -> str:
    """Return a slot's ``text`` with each cut replaced by its marking in brackets."""
    return "".join(f"[{piece}]" if marking else piece for piece, marking in split(text, cuts))


@dataclass(slots=True)
class Content:
    """What a format gets out of a file: passages by locator, obstacles and members."""

    passages: dict[str, Passage] = field(default_factory=dict, repr=False)
    hidden: set[str] = field(default_factory=set)
    """Locators of passages that a reader of the document does not see."""
    obstacles: list[Obstacle] = field(default_factory=list)
    members: list[Member] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)
    """What a clerk should know of how it is written."""

    def add(self, locator: str, passage: Passage, *, visible: bool = True) -> None:
        """Take ``passage`` in, unless it is blank; raises ``ValueError`` if the locator is taken."""
        if locator in self.passages:
            raise ValueError(f"two passages at {locator}")
        if not passage:
            return
        self.passages[locator] = passage
        if not visible:
            self.hidden.add(locator)

    def hide(self, locator: str, text: str) -> None:
        """Take in ``text`` that a reader does not see and that is not written in any case."""
        passage = Passage()
        passage.add(text)
        self.add(locator, passage, visible=False)

    def obstruct(self, code: str, reason: str, locator: str = "") -> None:
        """Take in an obstacle, once."""
        obstacle = Obstacle(code, reason, locator)
        if obstacle not in self.obstacles:
            self.obstacles.append(obstacle)

    def note(self, text: str) -> None:
        """Take in a note, once."""
        if text not in self.notes:
            self.notes.append(text)

    def document(self, name: str, format: str, data: bytes) -> Document:
        """Return the document that the gate sees; ``data`` are the bytes that were read.

        What is encoded inside of text that is written again is an obstacle.
        """
        segments = tuple(
            Segment(locator, passage.text, locator not in self.hidden)
            for locator, passage in self.passages.items()
        )
        for segment in segments:
            if segment.visible and holds_encoded(segment.text):
                self.obstruct("encoded", REASON, segment.locator)
        return Document(
            name=name,
            format=format,
            sha256=hashlib.sha256(data).hexdigest(),
            segments=segments,
            obstacles=tuple(self.obstacles),
            members=tuple(self.members),
        )

    def cuts(self, redactions: Sequence[Redaction]) -> dict[Slot, list[Cut]]:
        """Return what ``redactions`` cut from each slot; raises ``FormatError`` at an unknown locator."""
        by_locator: dict[str, list[Redaction]] = {}
        for redaction in redactions:
            by_locator.setdefault(redaction.locator, []).append(redaction)
        cuts: dict[Slot, list[Cut]] = {}
        for locator, group in by_locator.items():
            if locator not in self.passages:
                raise FormatError(f"There is no text at {locator} to redact: read the document again.")
            for slot, found in self.passages[locator].cuts(group).items():
                cuts.setdefault(slot, []).extend(found)
        return cuts


def require_same(data: bytes, document: Document) -> None:
    """Raise ``FormatError`` unless ``document`` was read from ``data`` and nothing obstructs its release."""
    if hashlib.sha256(data).hexdigest() != document.sha256:
        raise FormatError("The file changed since it was read: run the request again.")
    if document.obstacles:
        raise FormatError(f"The document cannot be written: {document.obstacles[0].reason}")
