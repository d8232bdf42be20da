"""Copies what content streams name into the new file, by allow-list: only keys that change how a page looks.

Dictionaries of PDF may hold anything under any key, so nothing is copied that is not named here. Text that a
value must hold (names of fonts and colorants) is replaced where it is free to choose.
"""

import math
import re
from collections.abc import Callable

import pikepdf
from pikepdf import Array, Dictionary

from redact.formats.pdf.drawing import ARTIFACT, Glyph, Picture, Tag, Unit
from redact.formats.pdf.emit import emit
from redact.formats.pdf.excision import by_show
from redact.formats.pdf.fontcopy import copy_font
from redact.formats.pdf.fontfiles import Program, program_of
from redact.formats.pdf.fonts import Font
from redact.formats.pdf.geometry import Box
from redact.formats.pdf.images import clean_inline, copy_image, overwritten
from redact.formats.pdf.interpreter import Interpreter
from redact.formats.pdf.objects import NotUnderstoodError, decoded, get, identity, items, name_of, number
from redact.formats.pdf.operators import Instruction
from redact.formats.pdf.parsed import Resources
from redact.formats.pdf.profiles import clean_profile
from redact.formats.pdf.removedwords import RemovedWords
from redact.formats.pdf.streams import MarkedForm, Stream

MAX_DEPTH = 12
_GROUP = ("S", "I", "K")
FORM_KEYS = ("BBox", "Matrix")
_PATTERN = ("PaintType", "TilingType", "BBox", "XStep", "YStep", "Matrix")
_SHADING_KEYS = (
    "ShadingType Background BBox AntiAlias Coords Domain Extend Matrix VerticesPerRow BitsPerCoordinate "
    "BitsPerComponent BitsPerFlag Decode"
)
_SHADING = _SHADING_KEYS.split()
_FUNCTION = ("FunctionType Domain Range Size BitsPerSample Order Encode Decode C0 C1 N Bounds").split()  # noqa: SIM905
_STATE = ("LW LC LJ ML D RI OP op OPM FL SM SA BM CA ca AIS TK").split()  # noqa: SIM905
_SPACE = ["WhitePoint", "BlackPoint", "Gamma", "Matrix", "Range", "N"]
_PROCESS = frozenset(["All", "None", "Cyan", "Magenta", "Yellow", "Black"])
_CALCULATOR = re.compile(rb"\s+|%[^\r\n]*|[{}]|[+-]?(?:\d+\.?\d*|\.\d+)|[a-z]+")


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
        if isinstance(value, pikepdf.Object) and isinstance(value, pikepdf.Name):
            return pikepdf.Name("/" + _device(value))
        made: dict[str, Callable[[object], pikepdf.Object]] = {
            "ColorSpace": self.colour_space,
            "Shading": self._shading,
            "ExtGState": self._graphics_state,
            "Pattern": self._shading_pattern,
        }
        return self._once((category, identity(value)), value, made[category])

    def _once(
        self, key: tuple[str, object], value: object, make: Callable[[object], pikepdf.Object]
    ) -> pikepdf.Object:
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
            state = self._graphics_state(settings)
            mask = get(settings, "SMask")
            kept = Dictionary(S=pikepdf.Name("/" + _one_of(get(mask, "S"), "Alpha", "Luminosity")))
            kept["/G"] = self.stream(child, FORM_KEYS)
            if get(mask, "BC") is not None:
                kept["/BC"] = _plain(get(mask, "BC"))
            if get(mask, "TR") is not None and name_of(get(mask, "TR")) != "Identity":
                kept["/TR"] = self.function(get(mask, "TR"))
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
                    made["/" + name] = _plain(get(source, name))
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
            {"/" + key: _plain(get(value, key)) for key in _GROUP if get(value, key) is not None}
        )
        if get(value, "CS") is not None:
            made["/CS"] = self.resource("ColorSpace", get(value, "CS"))
        return made

    def image(self, unit: Unit, index: int) -> pikepdf.Object:
        """Return the image that an instruction draws."""
        picture = unit.images[index]
        regions = self.regions.get(id(picture), [])
        if not regions:
            return self._once(("Image", identity(picture.source)), picture.source, self._image)
        return self.target.make_indirect(overwritten(self, picture, regions))

    def _image(self, source: object) -> pikepdf.Object:
        return copy_image(self, source)

    def resource_image(self, source: pikepdf.Stream) -> pikepdf.Object:
        """Return the mask of an image."""
        return self._once(("Image", identity(source)), source, self._image)

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

    def colour_space(self, value: object, depth: int = 0) -> pikepdf.Object:
        """Return a colour space (8.6)."""
        if isinstance(value, pikepdf.Name):
            return pikepdf.Name("/" + _device(value))
        if not isinstance(value, pikepdf.Array) or not len(value) or depth > MAX_DEPTH:
            raise NotUnderstoodError("a colour space is malformed")
        family = name_of(value[0])
        rest = list(value)[1:]
        if family in ("DeviceGray", "DeviceRGB", "DeviceCMYK", "Pattern") and not rest:
            return pikepdf.Name("/" + family)
        if family in ("CalGray", "CalRGB", "Lab"):
            kept = {"/" + key: _plain(item) for key, item in items(rest[0]) if key in _SPACE}
            return Array([value[0], Dictionary(kept)])
        if family == "ICCBased":
            try:
                return Array([value[0], self._once(("Profile", identity(rest[0])), rest[0], self._profile)])
            except NotUnderstoodError:  # readers take the device's colours in its place
                return pikepdf.Name("/" + _alternate(rest[0]))
        if family in ("Indexed", "I"):
            table = rest[2]
            data = decoded(table) if isinstance(table, pikepdf.Stream) else bytes(table)
            count = int(number(rest[1]))
            entries = self.copied(data[: (count + 1) * _components(rest[0])])
            return Array([pikepdf.Name.Indexed, self.colour_space(rest[0], depth + 1), count, entries])
        if family == "Separation":
            return Array(
                [
                    value[0],
                    _colorant(rest[0], 0),
                    self.colour_space(rest[1], depth + 1),
                    self.function(rest[2]),
                ]
            )
        if family == "DeviceN":
            names = Array([_colorant(item, i) for i, item in enumerate(rest[0])])
            return Array([value[0], names, self.colour_space(rest[1], depth + 1), self.function(rest[2])])
        if family == "Pattern":
            return Array([value[0], self.colour_space(rest[0], depth + 1)])
        raise NotUnderstoodError("a colour space is of an unknown kind")

    def _profile(self, value: object) -> pikepdf.Object:
        made = self.copied(clean_profile(decoded(value)))
        made["/N"] = _components(Array([pikepdf.Name.ICCBased, value]))
        made["/Alternate"] = pikepdf.Name("/" + _alternate(value))
        return made

    def function(self, value: object, depth: int = 0) -> pikepdf.Object:
        """Return a function (7.10)."""
        if depth > MAX_DEPTH:
            raise NotUnderstoodError("functions are nested too deep")
        if isinstance(value, pikepdf.Array):
            return Array([self.function(item, depth + 1) for item in value])
        kept = {"/" + key: _plain(item) for key, item in items(value) if key in _FUNCTION}
        if get(value, "Functions") is not None:
            kept["/Functions"] = self.function(get(value, "Functions"), depth + 1)
        kind = get(value, "FunctionType")
        if kind in (0, 4):
            data = decoded(value)
            made = self.copied(_calculator(data) if kind == 4 else data[: _samples(value)])
            for key, item in kept.items():
                made[key] = item
            return made
        if kind not in (2, 3):
            raise NotUnderstoodError("a function is of an unknown kind")
        return Dictionary(kept)

    def _shading(self, value: object) -> pikepdf.Object:
        kept = {"/" + key: _plain(item) for key, item in items(value) if key in _SHADING}
        kept["/ColorSpace"] = self.resource("ColorSpace", get(value, "ColorSpace"))
        if get(value, "Function") is not None:
            kept["/Function"] = self.function(get(value, "Function"))
        if not isinstance(value, pikepdf.Stream):
            return Dictionary(kept)
        made = self.copied(decoded(value))
        for key, item in kept.items():
            made[key] = item
        return made

    def _shading_pattern(self, value: object) -> pikepdf.Object:
        if get(value, "PatternType") != 2:
            raise NotUnderstoodError("a pattern is of an unknown kind")
        made = Dictionary(PatternType=2, Shading=self.resource("Shading", get(value, "Shading")))
        if get(value, "Matrix") is not None:
            made["/Matrix"] = _plain(get(value, "Matrix"))
        if get(value, "ExtGState") is not None:
            made["/ExtGState"] = self._graphics_state(get(value, "ExtGState"))
        return made

    def _graphics_state(self, value: object) -> pikepdf.Object:
        made = Dictionary({"/" + key: _plain(item) for key, item in items(value) if key in _STATE})
        if name_of(get(value, "SMask")) == "None":
            made["/SMask"] = pikepdf.Name("/None")
        return made


def resource_dictionary(content: Stream) -> pikepdf.Dictionary:
    """Return the resource dictionary of a stream that was written."""
    return Dictionary(
        {
            "/" + category: Dictionary({"/" + name: value for name, value in entries.items()})
            for category, entries in content.resources.items()
        }
    )


_DEVICES = {1: "DeviceGray", 3: "DeviceRGB", 4: "DeviceCMYK"}
_CHANNELS = {name: count for count, name in _DEVICES.items()} | {"CalGray": 1, "CalRGB": 3, "Lab": 3}


def _components(space: object) -> int:
    """Return how many numbers make a colour of a space; 32, the most that there are, if it does not tell."""
    family = name_of(space[0]) if isinstance(space, pikepdf.Array) and len(space) else name_of(space)
    if family == "ICCBased" and isinstance(space, pikepdf.Array):
        return int(number(get(space[1], "N")))
    if family == "Separation":
        return 1
    if family == "DeviceN" and isinstance(space, pikepdf.Array) and isinstance(space[1], pikepdf.Array):
        return len(space[1])
    return _CHANNELS.get(
        {"G": "DeviceGray", "RGB": "DeviceRGB", "CMYK": "DeviceCMYK"}.get(family or "", family or ""), 32
    )


def _alternate(profile: object) -> str:
    """Return the device's colour space in the place of a profile."""
    components = int(number(get(profile, "N")))
    if components not in _DEVICES:
        raise NotUnderstoodError("a colour profile is malformed")
    return _DEVICES[components]


def _samples(function: object) -> int:
    """Return the bytes of a sampled function (7.10.2)."""
    size, results = get(function, "Size"), get(function, "Range")
    if not isinstance(size, pikepdf.Array) or not isinstance(results, pikepdf.Array):
        raise NotUnderstoodError("a function is malformed")
    count = math.prod(int(number(item)) for item in size) * (len(results) // 2)
    return (count * int(number(get(function, "BitsPerSample"))) + 7) // 8


def _plain(value: object, depth: int = 0) -> pikepdf.Object:
    """Return numbers, booleans and short names, in arrays; raises ``NotUnderstoodError`` for anything
    else."""
    if isinstance(value, pikepdf.Array) and depth < 4:
        return Array([_plain(item, depth + 1) for item in value])
    if isinstance(value, bool):
        return value  # type: ignore[return-value]
    if isinstance(value, pikepdf.Name):
        if name_of(value) not in _NAMES:
            raise NotUnderstoodError("an attribute has an unknown value")
        return value
    number(value)
    return value  # type: ignore[return-value]


_NAMES_KEYS = (
    "Normal Compatible Multiply Screen Overlay Darken Lighten ColorDodge ColorBurn HardLight "
    "SoftLight Difference Exclusion Hue Saturation Color Luminosity AbsoluteColorimetric "
    "RelativeColorimetric Perceptual Transparency Default None Identity"
)
_NAMES = frozenset(_NAMES_KEYS.split())


def _one_of(value: object, *names: str) -> str:
    name = name_of(value)
    if name not in names:
        raise NotUnderstoodError("an attribute has an unknown value")
    return name


def _device(value: object) -> str:
    short = {"G": "DeviceGray", "RGB": "DeviceRGB", "CMYK": "DeviceCMYK"}
    name = name_of(value) or ""
    return _one_of(
        pikepdf.Name("/" + short.get(name, name)), "DeviceGray", "DeviceRGB", "DeviceCMYK", "Pattern"
    )


def _colorant(value: object, position: int) -> pikepdf.Object:
    return pikepdf.Name("/" + (name if (name := name_of(value)) in _PROCESS else f"Spot{position}"))


def _calculator(data: bytes) -> bytes:
    """Return a PostScript calculator function without comments (7.10.5)."""
    position, kept = 0, []
    while position < len(data):
        match = _CALCULATOR.match(data, position)
        if match is None:
            raise NotUnderstoodError("a function breaks the syntax")
        if not match[0].isspace() and not match[0].startswith(b"%"):
            kept.append(match[0])
        position = match.end()
    return b" ".join(kept)
