"""Writes a content stream anew, without the removed glyphs, and so that the gap tells as little as can be.

Everything is written from what was understood. A removed run leaves one move, not one for each of its
letters: moves, text states and colours between two shown strings are put together, and blocks that no longer
paint anything go. Comments and names of resources are not carried over, nor is marked content but for the
tags of structure elements.
"""

from collections.abc import Callable, Container, Mapping, Sequence
from dataclasses import dataclass, field

import pikepdf

from redact.formats.pdf.drawing import Tag, Unit
from redact.formats.pdf.excision import NOWHERE, Excision, Gone
from redact.formats.pdf.marking import Begun, Marking
from redact.formats.pdf.objects import NotUnderstoodError, get
from redact.formats.pdf.operands import Name, Operand, decimal, matrix_of, number_of, serialize_operand
from redact.formats.pdf.operators import Instruction
from redact.formats.pdf.pen import Pen
from redact.formats.pdf.pending import Pending
from redact.formats.pdf.streams import ResourceCopier, Stream
from redact.formats.pdf.tokens import serialize

_PATH = frozenset(["m", "l", "c", "v", "y", "re", "h", "W", "W*"])
_PAINT = frozenset(["b", "B", "b*", "B*", "f", "F", "f*", "s", "S", "n"])
_SHOW = frozenset(["Tj", "TJ", "'", '"'])
_COLOUR = {
    **dict.fromkeys(["g", "rg", "k", "cs", "sc", "scn"], "fill"),
    **dict.fromkeys(["G", "RG", "K", "CS", "SC", "SCN"], "stroke"),
}
_SPACE = frozenset(["cs", "CS"])
_COMPONENTS = frozenset(["sc", "SC", "scn", "SCN"])
_STATE = frozenset(["w", "J", "j", "M", "d", "i", "Tc", "Tw", "Tz", "Ts", "Tr"])
_INTENTS = frozenset(["AbsoluteColorimetric", "RelativeColorimetric", "Saturation", "Perceptual"])
_CLIPPING = 4
"""The first mode of text that clips."""
_MARKS = frozenset(["BMC", "BDC", "EMC"])
_LEFT_OUT = frozenset(["MP", "DP", "BX", "EX", "TL"])
DEVICE_SPACES = frozenset(
    ["DeviceGray", "DeviceRGB", "DeviceCMYK", "Pattern", "G", "RGB", "CMYK", "I", "Indexed"]
)
_IMAGE_KEYS = {
    "W": "W", "Width": "W", "H": "H", "Height": "H", "BPC": "BPC", "BitsPerComponent": "BPC", "CS": "CS",
    "ColorSpace": "CS", "F": "F", "Filter": "F", "DP": "DP", "DecodeParms": "DP", "IM": "IM",
    "ImageMask": "IM", "D": "D", "Decode": "D", "I": "I", "Interpolate": "I",
}  # fmt: skip


@dataclass(slots=True)
class _Saved:
    """What is known where a graphics state is saved."""

    start: int
    """Where in ``out`` it is saved."""
    painted: bool
    pending: Pending
    begun: Begun


@dataclass(slots=True)
class _Emitter:
    unit: Unit
    excision: Excision
    copier: ResourceCopier
    inline: Callable[[Unit, int], Instruction | None]
    marking: Marking
    out: list[bytes] = field(default_factory=list)
    resources: dict[str, dict[str, pikepdf.Object]] = field(default_factory=dict)
    names: dict[tuple[str, object], str] = field(default_factory=dict)
    pending: Pending = field(default_factory=Pending)
    saved: list[_Saved] = field(default_factory=list)
    painted: bool = False
    in_text: bool = False
    """Inside of BT and ET of the source."""
    opened: bool = False
    """Inside of BT and ET of what is written."""
    pen: Pen = field(default_factory=Pen)
    clips: bool = False
    """Whether text of the text object clips what is painted after it (9.3.6)."""
    clips_left: bool = False
    """Whether any of that text stays."""
    tag: Tag | None = None
    """The tag in force in the source."""
    path: int | None = None
    """Where in ``out`` the path that is being made begins."""

    def run(self) -> Stream:
        for index, instruction in enumerate(self.unit.instructions):
            self._instruction(index, instruction)
        self.out += self.marking.end()
        if self.opened:
            self.out.append(b"ET")
        self.out.extend([b"Q"] * len(self.saved))
        return Stream(b"\n".join(self.out) + b"\n", self.resources, self.marking.tags)

    def _instruction(self, index: int, instruction: Instruction) -> None:
        operator, operands = instruction.operator, instruction.operands
        hidden = index in self.unit.hidden
        if operator in _SHOW:
            self._show(index, instruction, hidden)
        elif operator in ("Td", "Tm", "TD", "T*"):
            self._move(index, operator, operands)
        elif operator in _PATH:
            self._flush()
            if self.path is None:
                self.path = len(self.out)
            self.out.append(serialize(instruction))
        elif operator in _PAINT:
            shown = operator != "n" and not hidden
            if shown and self.path is not None:
                self._mark(self.path)
            self.path = None
            self.painted = self.painted or shown
            self.out.append(b"n" if hidden else serialize(instruction))
        elif operator in _COLOUR:
            self._colour(index, instruction)
        elif operator == "ri":
            if operands[0] in _INTENTS:
                self.pending.set(operator, serialize(instruction))
        elif operator in _STATE:
            self.pending.set(operator, serialize(instruction))
        elif operator == "Tf":
            font = self.copier.font(self.unit.fonts[index])
            name = self._name("Font", font)
            self.pending.set("Tf", b"/" + name + b" " + serialize_operand(operands[1]) + b" Tf")
        elif operator == "BT":
            self.in_text, self.opened = True, False
            self.clips = self.clips_left = False
            self.pen.begin()
        elif operator == "ET":
            if self.opened:
                self.out += [*self.marking.leave_text(), b"ET"]
            if self.clips and not self.clips_left:  # nothing is seen through text that is all gone
                self.out.append(b"0 0 0 0 re W n")
            self.in_text = self.opened = False
        elif operator == "q":
            if self.in_text and not self.opened:
                self._open()
            self.saved.append(_Saved(len(self.out), self.painted, self.pending.copy(), self.marking.begun))
            self.painted, self.path = False, None
            self.out.append(b"q")
        elif operator == "Q" and self.saved:
            self._restore(self.saved.pop())
        elif operator == "cm":
            self.out.append(serialize(instruction))
        elif operator == "gs":
            self._graphics_state(index, operands[0])
        elif operator == "Do":
            self._draw(index, hidden)
        elif operator == "sh":
            if not hidden:
                self._flush()
                shading = self._resource("Shading", operands[0])
                self._paint(b"/" + shading + b" sh")
        elif operator == "BI":
            if not hidden:
                self._inline_image(index, instruction)
        elif operator in ("d0", "d1"):
            self.out.append(serialize(instruction))
            self.painted = True
        elif operator in _MARKS:
            self.tag = self.unit.tags.get(index, self.tag)
        elif operator not in _LEFT_OUT and operator != "Q":
            raise NotUnderstoodError("an operator cannot be written")

    def _paint(self, text: bytes) -> None:
        self._mark(len(self.out))
        self.out.append(text)
        self.painted = True

    def _mark(self, position: int) -> None:
        self.out[position:position] = self.marking.turn(self.tag, len(self.saved), self.opened)

    def _restore(self, saved: _Saved) -> None:
        if self.painted:
            self.out += [*self.marking.leave(len(self.saved)), b"Q"]
        else:
            del self.out[saved.start :]
            self.marking.begun = saved.begun
        self.painted, self.pending = saved.painted or self.painted, saved.pending

    def _open(self) -> None:
        self.out += [*self.marking.end(), b"BT"]
        self.opened = True
        self.pen.opened()

    def _flush(self) -> None:
        self.out += self.pending.flush()

    def _name(self, category: str, value: pikepdf.Object) -> bytes:
        key = category, value.objgen if value.is_indirect else id(value)
        name = self.names.get(key)
        if name is None:
            entries = self.resources.setdefault(category, {})
            name = self.names[key] = f"{category[0]}{len(entries)}"
            entries[name] = value
        return name.encode("ascii")

    def _resource(self, category: str, name: Operand) -> bytes:
        value = get(get(self.unit.resources, category), str(name))
        return self._name(category, self.copier.resource(category, value))

    def _colour(self, index: int, instruction: Instruction) -> None:
        operator, operands = instruction.operator, instruction.operands
        kind = _COLOUR[operator]
        if operator in _SPACE:
            space = str(operands[0])
            named = space in DEVICE_SPACES and get(get(self.unit.resources, "ColorSpace"), space) is None
            name = space.encode("ascii") if named else self._resource("ColorSpace", operands[0])
            self.pending.set_space(kind, b"/" + name + b" " + operator.encode("ascii"))
        elif operator in _COMPONENTS:
            self.pending.set_components(kind, self._components(index, instruction))
        else:
            self.pending.set(kind, serialize(instruction))

    def _components(self, index: int, instruction: Instruction) -> bytes:
        """Return the setting of a colour in the current space, which may be a pattern."""
        operands = instruction.operands
        if not (operands and isinstance(operands[-1], Name)):
            return serialize(instruction)
        if index in self.unit.children:
            pattern = self._name("Pattern", self.copier.child(self.unit, index))
        else:
            pattern = self._resource("Pattern", operands[-1])
        parts = [*map(serialize_operand, operands[:-1]), b"/" + pattern, instruction.operator.encode("ascii")]
        return b" ".join(parts)

    def _graphics_state(self, index: int, name: Operand) -> None:
        source = get(get(self.unit.resources, "ExtGState"), str(name))
        self._flush()
        if index in self.unit.children:
            copied = self.copier.child(self.unit, index)
        else:
            copied = self.copier.resource("ExtGState", source)
        self.out.append(b"/" + self._name("ExtGState", copied) + b" gs")
        setting = get(source, "Font")
        if isinstance(setting, pikepdf.Array) and len(setting) == 2:
            font = self._name("Font", self.copier.font(self.unit.fonts[index]))
            self.pending.set("Tf", b"/" + font + b" " + decimal(float(setting[1])) + b" Tf")

    def _draw(self, index: int, hidden: bool) -> None:
        if hidden:
            return
        self._flush()
        made = self.copier.child if index in self.unit.children else self.copier.image
        drawn = b"/" + self._name("XObject", made(self.unit, index)) + b" Do"
        outer, self.tag = self.tag, self.unit.tags.get(index, self.tag)
        self._paint(drawn)
        self.tag = outer

    def _inline_image(self, index: int, instruction: Instruction) -> None:
        replaced = self.inline(self.unit, index)
        entries, data = (replaced or instruction).operands
        if not isinstance(entries, dict):
            raise NotUnderstoodError("an inline image is malformed")
        kept: dict[str, Operand] = {}
        for key, value in entries.items():
            short = _IMAGE_KEYS.get(key)
            if short == "CS" and isinstance(value, Name) and value not in DEVICE_SPACES:
                value = Name(self._resource("ColorSpace", value).decode("ascii"))
            if short is not None:
                kept[short] = value
        self._flush()
        self._paint(serialize(Instruction("BI", [kept, data])))

    def _move(self, index: int, operator: str, operands: Sequence[Operand]) -> None:
        if operator == "Tm":
            self.pen.place(matrix_of(operands))
        elif operator == "Td":
            self.pen.move(number_of(operands[0]), number_of(operands[1]))
        else:
            self.pen.move(*self.unit.moves[index])

    def _show(self, index: int, instruction: Instruction, hidden: bool) -> None:
        operator, operands = instruction.operator, instruction.operands
        if operator == '"':
            self.pending.set("Tw", serialize_operand(operands[0]) + b" Tw")
            self.pending.set("Tc", serialize_operand(operands[1]) + b" Tc")
        if operator in ("'", '"'):
            self._move(index, operator, ())
        if not self.in_text:
            raise NotUnderstoodError("text is shown outside of a text object")
        shows = self.unit.shows.get(index, [])
        touched = hidden or self.pen.gap or any(map(self.excision.touches, shows))
        elements = operands[0] if operator == "TJ" else [operands[-1]]
        if not isinstance(elements, list):
            raise NotUnderstoodError("an operator is unknown or has the wrong operands")
        if not any(show.codes for show in shows):
            self.pen.gap += self.unit.shifts.get(index, 0.0)
            return
        if touched:
            elements = self.excision.remaining(elements, shows, hidden, self.pen)
        left = any(isinstance(element, bytes) and element for element in elements)
        if shows[0].mode >= _CLIPPING:
            self.clips, self.clips_left = True, self.clips_left or left
        if not left:
            return
        self._place()
        if len(elements) == 1:
            self._paint(serialize_operand(elements[0]) + b" Tj")
        else:
            self._paint(serialize_operand(elements) + b" TJ")

    def _place(self) -> None:
        """Write what is due before a string: the state, the start of the text object, the position."""
        self._flush()
        if not self.opened:
            self._open()
        self.out += self.pen.due()


def emit(
    unit: Unit,
    gone: Gone,
    copier: ResourceCopier,
    inline: Callable[[Unit, int], Instruction | None] = lambda unit, index: None,
    displaced: Mapping[tuple[int, int], float] | None = None,
    tags: Container[Tag] = (),
) -> Stream:
    """Return the content of ``unit`` without the glyphs that are ``gone``; raises ``NotUnderstoodError``.

    ``displaced`` moves glyphs along their line, in text space, by the identity of their show and their
    ordinal. ``inline`` may give another inline image in the place of one. What is shown of ``tags`` becomes
    marked content.
    """
    excision = Excision(gone, displaced or NOWHERE)
    return _Emitter(unit, excision, copier, inline, Marking(tags)).run()
