"""Copies what content streams name into the new file, by allow-list: only keys that change how a page looks.

Dictionaries of PDF may hold anything under any key, so nothing is copied that is not named here. Text that a
value must hold (names of fonts and colorants) is replaced where it is free to choose.
"""

from collections.abc import Callable

import pikepdf
from pikepdf import Dictionary

from redact.formats.pdf.attributes import one_of, plain
from redact.formats.pdf.colours import Colours
from redact.formats.pdf.drawing import ARTIFACT, Glyph, Picture, Tag, Unit
from redact.formats.pdf.emit import emit
from redact.formats.pdf.excision import by_show
from redact.formats.pdf.fontcopy import copy_font
from redact.formats.pdf.fontfiles import Program, program_of
from redact.formats.pdf.fonts import Font
from redact.formats.pdf.geometry import Box
from redact.formats.pdf.images import clean_inline, copy_image, overwritten
from redact.formats.pdf.interpreter import Interpreter
from redact.formats.pdf.objects import NotUnderstoodError, get, identity, name_of
from redact.formats.pdf.operators import Instruction
from redact.formats.pdf.parsed import Resources
from redact.formats.pdf.removedwords import RemovedWords
from redact.formats.pdf.streams import MarkedForm, Stream

_GROUP = ("S", "I", "K")
FORM_KEYS = ("BBox", "Matrix")
_PATTERN = ("PaintType", "TilingType", "BBox", "XStep", "YStep", "Matrix")


class Copier:
    """Copies resources of one file into another, each object once."""

    def __init__(
        self, target: pikepdf.Pdf, resources: Resources, removed: set[Glyph], words: RemovedWords
    ) -> None:
        """``words`` are those of what is removed anywhere."""
        self.target = target
        self.words = words
        self.gone = by_show(removed)
        self.regions: dict[int, list[Box]] = {}
        """Boxes to overwrite in the pixels of a picture, by the identity of the picture."""
        self.displaced: dict[tuple[int, int], float] = {}
        """Glyphs that move along their line: see ``emit``."""
        self.page = 0
        """The number of the page that is being written."""
        self.tags: set[Tag] = set()
        """What has a structure element there."""
        self.marked: dict[tuple[int, int], MarkedForm] = {}
        """The forms written for it that have marked content of their own."""
        self.colours = Colours(self)
        self._resources = resources
        self._made: dict[object, tuple[pikepdf.Object, object]] = {}
        self._fonts: dict[int, tuple[pikepdf.Object, Font]] = {}
        self._programs: dict[tuple[int, int], Program | None] = {}
        self._streams: dict[object, pikepdf.Object] = {}

    def turn(self, page: int, tags: set[Tag]) -> None:
        """Go on to a page with ``tags``."""
        self.page, self.tags, self.marked = page, tags, {}

    def copied(self, data: bytes) -> pikepdf.Object:
        """Return a stream of data that are not written anew.

        Raises ``NotUnderstoodError`` if they spell what is removed: whatever for, no reader may find it.
        """
        if self.words.in_bytes(data):
            raise NotUnderstoodError("something that it is drawn with spells what is removed")
        return self.target.make_stream(data)

    def font(self, font: Font) -> pikepdf.Object:
        """Return an empty dictionary that ``finish`` makes the font, once all codes that it shows are
        known."""
        if id(font) not in self._fonts:
            program = self.program(font.descriptor)
            if program is not None and self.words.in_font(program.data):
                raise NotUnderstoodError("a font of it spells what is removed")
            self._fonts[id(font)] = self.target.make_indirect(Dictionary()), font
        return self._fonts[id(font)][0]

    def program(self, descriptor: object) -> Program | None:
        """Return the program of a font, cleaned once."""
        key = identity(descriptor)
        if key is None:
            return program_of(descriptor)
        if key not in self._programs:
            self._programs[key] = program_of(descriptor)
        return self._programs[key]

    def finish(self, used: dict[int, set[bytes]]) -> None:
        """Fill in the fonts; ``used`` has the codes still shown by the identity of the font."""
        position = 0
        while position < len(self._fonts):  # glyph procedures of Type 3 fonts can name further fonts
            made, font = list(self._fonts.values())[position]
            copy_font(self, made, font, used.get(id(font), set()), f"F{position}")
            position += 1

    def resource(self, category: str, value: object) -> pikepdf.Object:
        """Return a colour space, shading, graphics state or shading pattern."""
        return self.colours.resource(category, value)

    def once(
        self, key: tuple[str, object], value: object, make: Callable[[object], pikepdf.Object]
    ) -> pikepdf.Object:
        """Return what ``make`` makes of ``value``; made once for each ``key``, if that tells its identity."""
        if key[1] is None:
            return make(value)
        if key not in self._made:
            made = make(value)
            self._made[key] = self.target.make_indirect(made), value
        return self._made[key][0]

    def child(self, unit: Unit, index: int) -> pikepdf.Object:
        """Return the form, tiling pattern or graphics state with a soft mask of an instruction."""
        child = unit.children[index]
        if child.kind == "mask":
            settings = get(get(unit.resources, "ExtGState"), str(unit.instructions[index].operands[0]))
            state = self.colours.graphics_state(settings)
            mask = get(settings, "SMask")
            kept = Dictionary(S=pikepdf.Name("/" + one_of(get(mask, "S"), "Alpha", "Luminosity")))
            kept["/G"] = self.stream(child, FORM_KEYS)
            if get(mask, "BC") is not None:
                kept["/BC"] = plain(get(mask, "BC"))
            if get(mask, "TR") is not None and name_of(get(mask, "TR")) != "Identity":
                kept["/TR"] = self.colours.function(get(mask, "TR"))
            state["/SMask"] = kept
            return state
        return self.stream(child, _PATTERN if child.kind == "pattern" else FORM_KEYS)

    def stream(self, unit: Unit, keys: tuple[str, ...]) -> pikepdf.Object:
        """Return a form or pattern made of ``unit``, shared with the units that come out the same."""
        known = self._tags_of(unit)
        content = emit(unit, self.gone, self, self.inline, self.displaced, known)
        made = self.content_stream(content, unit.source, keys)
        if content.tags:
            self.marked[made.objgen] = MarkedForm(made, content.tags)
        return made

    def _tags_of(self, unit: Unit) -> set[Tag]:
        """Return the tags of the page that stand for sequences in the stream of a form."""
        inside = identity(unit.source)
        own = {tag for tag in self.tags if isinstance(tag, tuple) and len(tag) == 3 and tag[:2] == inside}
        return {*own, ARTIFACT} if own and unit.kind == "form" else set()

    def content_stream(self, content: Stream, source: object, keys: tuple[str, ...]) -> pikepdf.Object:
        """Return a stream object of ``content`` with the attributes ``keys`` of ``source``."""
        named = tuple(
            (category, name, value.objgen if value.is_indirect else id(value))
            for category, entries in content.resources.items()
            for name, value in entries.items()
        )
        key = identity(source), content.data, named, (self.page if content.tags else 0)
        if key[0] is None or key not in self._streams:
            made = self.target.make_stream(content.data)
            for name in keys:
                if get(source, name) is not None:
                    made["/" + name] = plain(get(source, name))
            if "XStep" in keys:
                made["/Type"], made["/PatternType"] = pikepdf.Name.Pattern, 1
            else:
                made["/Type"], made["/Subtype"] = pikepdf.Name.XObject, pikepdf.Name.Form
                group = self.group(get(source, "Group"))
                if group is not None:
                    made["/Group"] = group
            made["/Resources"] = resource_dictionary(content)
            self._streams[key] = made
        return self._streams[key]

    def group(self, value: object) -> pikepdf.Object | None:
        """Return the transparency group attributes of a form or page."""
        if not isinstance(value, pikepdf.Dictionary) or name_of(get(value, "S")) != "Transparency":
            return None
        made = Dictionary(
            {"/" + key: plain(get(value, key)) for key in _GROUP if get(value, key) is not None}
        )
        if get(value, "CS") is not None:
            made["/CS"] = self.resource("ColorSpace", get(value, "CS"))
        return made

    def image(self, unit: Unit, index: int) -> pikepdf.Object:
        """Return the image that an instruction draws."""
        picture = unit.images[index]
        regions = self.regions.get(id(picture), [])
        if not regions:
            return self.once(("Image", identity(picture.source)), picture.source, self._image)
        return self.target.make_indirect(overwritten(self, picture, regions))

    def _image(self, source: object) -> pikepdf.Object:
        return copy_image(self, source)

    def resource_image(self, source: pikepdf.Stream) -> pikepdf.Object:
        """Return the mask of an image."""
        return self.once(("Image", identity(source)), source, self._image)

    def procedure_unit(self, font: Font, procedure: object) -> Unit:
        """Return the glyph procedure of a Type 3 font, ready to be written."""
        return Interpreter(self._resources).procedure(font, procedure)

    def inline(self, unit: Unit, index: int) -> Instruction | None:
        """Return what stands in the place of an inline image: one with nothing behind its pixels.

        Raises ``NotUnderstoodError`` for one under a box.
        """
        picture: Picture | None = unit.images.get(index)
        if picture is not None and self.regions.get(id(picture)):
            raise NotUnderstoodError("an inline image is under a box")
        return clean_inline(self, unit.instructions[index])


def resource_dictionary(content: Stream) -> pikepdf.Dictionary:
    """Return the resource dictionary of a stream that was written."""
    return Dictionary(
        {
            "/" + category: Dictionary({"/" + name: value for name, value in entries.items()})
            for category, entries in content.resources.items()
        }
    )
