"""Marked content written anew: what is painted for a tag stands in sequences of its own, numbered from 0.

The numbers of a source tell how many sequences there were, so that one for each letter of a removed word
would still count its letters; and a sequence that paints nothing says that there was something. So each is
begun only where something is painted. Source: ISO 32000-2, 14.6 and 14.7.5.
"""

from collections.abc import Container
from dataclasses import dataclass, field
from typing import NamedTuple

from redact.formats.pdf.drawing import ARTIFACT, Tag


class Begun(NamedTuple):
    """A sequence that is not ended yet."""

    tag: Tag | None
    depth: int
    """Graphics states that were saved when the sequence began."""
    in_text: bool
    """Whether it began inside of a text object, and so has to end there."""


NOTHING = Begun(None, 0, in_text=False)


@dataclass(slots=True)
class Marking:
    """The marked content of one stream."""

    known: Container[Tag]
    """Tags of which sequences are written; all other content stands outside of any."""
    tags: list[Tag] = field(default_factory=list)
    """The tag of each sequence by its new identifier."""
    begun: Begun = NOTHING

    def turn(self, tag: Tag | None, depth: int, in_text: bool) -> list[bytes]:
        """Return the operators that are due before something is painted for ``tag``."""
        wanted = tag if tag is not None and tag in self.known else None
        if wanted == self.begun.tag:
            return []
        due = self.end()
        if wanted is not None:
            self.begun = Begun(wanted, depth, in_text)
            due.append(ASIDE if wanted == ARTIFACT else begin(self.number(wanted)))
        return due

    def number(self, tag: Tag) -> int:
        """Return the identifier of another sequence for a tag."""
        self.tags.append(tag)
        return len(self.tags) - 1

    def end(self) -> list[bytes]:
        """Return the operator that ends what was begun, if anything was."""
        begun, self.begun = self.begun, NOTHING
        return [END] if begun.tag is not None else []

    def leave_text(self) -> list[bytes]:
        """Return what is due before a text object ends."""
        return self.end() if self.begun.in_text else []

    def leave(self, depth: int) -> list[bytes]:
        """Return what is due before a graphics state is restored, which leaves ``depth`` of them saved."""
        return self.end() if self.begun.depth > depth else []


ASIDE = b"/Artifact BMC"
END = b"EMC"


def begin(identifier: int) -> bytes:
    """Return the operator that begins the sequence of an identifier."""
    return b"/Span <</MCID %d>> BDC" % identifier
