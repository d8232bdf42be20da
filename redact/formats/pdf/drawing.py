"""What the operators of a page draw: strings of glyphs, and pictures, each in the stream that draws it."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Literal, TypeAlias

import pikepdf

from redact.formats.pdf.fonts import Code, Font
from redact.formats.pdf.geometry import Box, Matrix
from redact.formats.pdf.operators import Instruction

Kind = Literal["page", "form", "pattern", "mask", "glyph"]
Tag: TypeAlias = int | tuple[int, int] | tuple[int, int, int]
"""What a structure element calls its content on a page: the marked-content identifier (``MCID``) in the
page's own stream; object and generation number of an annotation, form or image; or those of a form and the
identifier in its stream."""
ARTIFACT = -1
"""The tag of what is marked as no part of the text, such as a running head."""


@dataclass(slots=True, eq=False)
class Unit:
    """One invocation of a content stream."""

    kind: Kind
    instructions: Sequence[Instruction]
    resources: pikepdf.Dictionary | None
    source: pikepdf.Object | None = None
    """The stream it comes from; None for the page itself."""
    children: dict[int, "Unit"] = field(default_factory=dict)
    """What an instruction draws: the form of a ``Do``, the pattern of a ``scn``, the mask of a ``gs``."""
    procedures: list["Unit"] = field(default_factory=list)
    """What glyph procedures of Type 3 fonts draw for its text."""
    shows: dict[int, list["Show"]] = field(default_factory=dict)
    moves: dict[int, tuple[float, float]] = field(default_factory=dict)
    """The move of each ``TD``, ``T*``, ``'`` and ``"``, with the leading worked out."""
    shifts: dict[int, float] = field(default_factory=dict)
    """The move of each ``TJ`` that shows nothing, in text space."""
    hidden: set[int] = field(default_factory=set)
    """Instructions that paint on a layer that is switched off."""
    images: dict[int, "Picture"] = field(default_factory=dict)
    tiled: bool = False
    """Whether it is the cell of a pattern, or in one."""
    fonts: dict[int, Font] = field(default_factory=dict)
    """The font that a ``Tf`` or ``gs`` sets."""
    tags: dict[int, Tag | None] = field(default_factory=dict)
    """The tag in force from an instruction on that begins or ends marked content of a page or form, and that
    of what a ``Do`` draws if it has one of its own."""


@dataclass(slots=True, eq=False)
class Show:
    """One string of a text-showing operator, in the state that it is shown in."""

    unit: Unit
    instruction: int
    item: int
    """Which element of a ``TJ`` array."""
    font: Font
    matrix: Matrix
    """From text space to the page at the start of the string."""
    size: float
    stretch: float
    mode: int
    codes: list[Code]
    advances: list[float]
    """How far each code moves in text space, spacing included."""
    scale: float
    """The font size on the page, in points."""
    angle: float
    """The direction of writing on the page, in radians."""
    rise: float
    order: int
    owner: "Glyph | None" = None
    """The glyph of a Type 3 font whose procedure shows this."""
    hidden: bool = False
    colour: tuple[float, ...] | None = None
    tag: Tag | None = None


@dataclass(slots=True, eq=False)
class Glyph:
    """One shown character code."""

    show: Show
    ordinal: int
    code: Code
    box: Box
    """Around its advance and the font's ascent and descent, on the page."""
    start: tuple[float, float]
    end: tuple[float, float]
    """Origin, and origin of the next glyph without spacing, on the page."""
    text: str | None

    @property
    def core(self) -> tuple[float, float]:
        """The middle of the glyph."""
        return (self.box.x0 + self.box.x1) / 2, (self.box.y0 + self.box.y1) / 2


@dataclass(slots=True, eq=False)
class Picture:
    """An image that is drawn: an XObject, or an inline image where ``source`` is None."""

    unit: Unit
    instruction: int
    source: pikepdf.Stream | None
    matrix: Matrix
    """From the unit square to the page."""
    box: Box
    covered: bool = False
    """Whether it is clipped or something is painted over it, so that it holds pixels that no one sees."""
    tag: Tag | None = None
