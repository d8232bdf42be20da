"""What a page draws: glyphs, pictures and shapes, in the order in which they are painted."""

import pikepdf

from redact.formats.pdf.drawing import Glyph, Picture, Tag, Unit
from redact.formats.pdf.geometry import Box, image_of, union
from redact.formats.pdf.graphicsstate import State
from redact.formats.pdf.objects import NotUnderstoodError


class Drawn:
    """What was drawn on a page so far."""

    def __init__(self) -> None:
        self.glyphs: list[Glyph] = []
        self.pictures: list[Picture] = []
        self.paths: list[Box] = []
        """Boxes of shapes that are more than rectangles: letters can be drawn so."""
        self.extents: dict[Tag, Box] = {}
        """The box around the shapes and pictures of each tag."""
        self.obscured: set[Tag] = set()
        """Tags with content on layers that are switched off."""
        self.tag: Tag | None = None
        """The tag in force."""

    def picture(self, unit: Unit, index: int, source: object, state: State, hidden: bool) -> None:
        """Add the image of an instruction, a stream or None for an inline one."""
        if source is not None and not isinstance(source, pikepdf.Stream):
            raise NotUnderstoodError("an image is missing")
        box = image_of(state.ctm, Box(0, 0, 1, 1))
        picture = Picture(unit, index, source, state.ctm, box, tag=self.tag)
        unit.images[index] = picture
        if hidden:
            return
        self.extend(box)
        if state.clip is not None:
            seen = box.clipped(state.clip)
            picture.covered = seen.width * seen.height < 0.97 * box.width * box.height
        self._cover(box)
        self.pictures.append(picture)

    def path(self, operator: str, box: Box, shaped: bool, clipping: bool, state: State) -> None:
        """Add a path that ``operator`` paints, and clip by it if it does."""
        if operator != "n":
            self.extend(box)
            if shaped:
                self.paths.append(box)
            if operator not in ("S", "s"):
                self._cover(box)
        if clipping:
            state.clip = box if state.clip is None else box.clipped(state.clip)

    def extend(self, box: Box) -> None:
        """Add to the extent of the tag in force."""
        if self.tag is not None:
            known = self.extents.get(self.tag)
            self.extents[self.tag] = box if known is None else union([known, box])

    def _cover(self, box: Box) -> None:
        """Note which pictures something is painted over."""
        for picture in self.pictures:
            if not picture.covered and box.overlaps(picture.box, 0.5):
                picture.covered = True
