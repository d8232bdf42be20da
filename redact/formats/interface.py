"""What a file format must be able to do: read, write without what was redacted, and read again."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from types import MappingProxyType
from typing import Literal, Protocol

from recognizers.stretches import Text
from redact.document import Document
from redact.redaction import Redaction


@dataclass(frozen=True, slots=True)
class Reading:
    """What one independent reader gets out of a written file."""

    reader: str
    """The reader's name, such as ``pypdf`` or ``decoded streams``."""
    text: Text = field(repr=False)
    kind: Literal["text", "raw"] = "text"
    """``text``: what a person would copy or search. ``raw``: decoded bytes, names and metadata, one
    character a byte or code point, in which a removed value must not occur in any encoding."""


@dataclass(frozen=True, slots=True)
class Written:
    """A redacted document."""

    data: bytes = field(repr=False)
    notes: tuple[str, ...] = ()
    """What a clerk should know of how it was written (a signature dropped, a page turned into an image)."""
    problems: tuple[str, ...] = ()
    """What an own check of the format found wrong with it; any problem withholds the document."""


@dataclass(frozen=True, slots=True)
class Replacement:
    """What takes the place of a member in a written document."""

    data: bytes | None = field(repr=False)
    """The member as it is released, or None where it is withheld."""
    suffix: str = ""
    """Ending of the released file, with the dot."""
    notice: str = "Withheld"
    """What is printed in place of a withheld member; no text of the document."""


NO_MEMBERS: Mapping[str, Replacement] = MappingProxyType({})


class Format(Protocol):
    """One file format. Implementations hold no state, so they can be shared by threads."""

    name: str
    """Short name, such as ``pdf``."""
    suffix: str
    """Ending of the files that it writes, with the dot."""

    def recognizes(self, data: bytes, name: str) -> bool:
        """Whether ``data`` is of this format, by its content first and its ``name`` second."""

    def read(self, data: bytes, name: str) -> Document:
        """Read ``data`` into a document.

        What is not understood or not handled becomes an obstacle; raises ``FormatError`` where not even a
        document can be made of it. Every text that a reader could ever get out of the file is in a segment
        or removed by ``write`` in any case.
        """

    def write(
        self,
        data: bytes,
        document: Document,
        redactions: Sequence[Redaction],
        members: Mapping[str, Replacement] = NO_MEMBERS,
    ) -> Written:
        """Write ``data``, read before as ``document``, without what ``redactions`` remove.

        ``members`` gives by locator what takes the place of each member; one that is not named is withheld.
        Redactions do not overlap. A format with pages may also take redactions of regions, which are of no
        segment: it defines their locators (``region_locator`` of ``redact.formats.pdf``), their span is
        ``Span(0, 1)``. Raises ``FormatError`` if that cannot be done completely.
        """

    def reread(self, data: bytes) -> Iterable[Reading]:
        """Read a written file with readers independent of ``write``, visible and hidden places alike."""
