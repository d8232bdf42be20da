"""A written content stream, and what has to be made for it."""

from dataclasses import dataclass, field
from typing import NamedTuple, Protocol

import pikepdf

from redact.formats.pdf.drawing import Tag, Unit
from redact.formats.pdf.fonts import Font


class ResourceCopier(Protocol):
    """Makes the objects that a stream names; each method returns an object of the new file."""

    def font(self, font: Font) -> pikepdf.Object:
        """Return a font."""

    def resource(self, category: str, value: object) -> pikepdf.Object:
        """Return a colour space, shading, graphics state or shading pattern."""

    def child(self, unit: Unit, index: int) -> pikepdf.Object:
        """Return the form, tiling pattern or graphics state with a soft mask of an instruction."""

    def image(self, unit: Unit, index: int) -> pikepdf.Object:
        """Return the image XObject that an instruction draws."""


@dataclass(slots=True)
class Stream:
    """A content stream and the resources that it names."""

    data: bytes
    resources: dict[str, dict[str, pikepdf.Object]]
    tags: list[Tag] = field(default_factory=list)
    """The tag of each sequence of marked content, by its identifier."""


class MarkedForm(NamedTuple):
    """A form of the new file with marked content of its own."""

    form: pikepdf.Object
    tags: list[Tag]
    """The tag of each sequence, by its identifier."""
