"""Walks what a page draws and finds every glyph: where it stands, what it says, which operator shows it.

The walk goes into everything that can show text: form XObjects, appearances of annotations, tiling patterns,
soft masks and the glyph procedures of Type 3 fonts, each invocation on its own, so that an edit of one
leaves the others alone. Source: ISO 32000-2, 8.4, 8.10, 9.3, 9.4.
"""

import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import pikepdf

from redact.formats.pdf.drawing import ARTIFACT, Glyph, Kind, Picture, Show, Tag, Unit
from redact.formats.pdf.fonts import Font
from redact.formats.pdf.geometry import (
    IDENTITY,
    Box,
    Matrix,
    apply,
    around,
    finite,
    image_of,
    multiply,
    union,
)
from redact.formats.pdf.objects import NotUnderstoodError, dictionary, get, identity, name_of, number, numbers
from redact.formats.pdf.parsed import Resources
from redact.formats.pdf.tokens import Instruction, Name, Operand, parse

MAX_DEPTH = 16
MAX_GLYPHS = 300_000
MAX_UNITS = 5_000
MAX_WORK = 3_000_000
"""Instructions interpreted on one page, over all invocations."""


@dataclass(slots=True)
class _State:
    ctm: Matrix = IDENTITY
    clip: Box | None = None
    font: Font | None = None
    size: float = 0.0
    spacing: float = 0.0
    word_spacing: float = 0.0
    stretch: float = 1.0
    leading: float = 0.0
    rise: float = 0.0
    mode: int = 0
    fill: tuple[float, ...] | None = (0.0,)

    def copy(self) -> "_State":
        return _State(
            self.ctm,
            self.clip,
            self.font,
            self.size,
            self.spacing,
            self.word_spacing,
            self.stretch,
            self.leading,
            self.rise,
            self.mode,
            self.fill,
        )


class Interpreter:
    """Collects the glyphs and images of one page."""

    def __init__(self, resources: Resources) -> None:
        self.resources = resources
        self.glyphs: list[Glyph] = []
        self.pictures: list[Picture] = []
        self.paths: list[Box] = []
        """Boxes of shapes that are more than rectangles: letters can be drawn so."""
        self.extents: dict[Tag, Box] = {}
        """The box around the shapes and pictures of each tag."""
        self.obscured: set[Tag] = set()
        """Tags with content on layers that are switched off."""
        self.units = 0
        self._tag: Tag | None = None
        self._work = 0
        self._order = 0

    def page(self, contents: bytes | Sequence[Instruction], resources: pikepdf.Dictionary | None) -> Unit:
        """Walk a page's own content; raises ``NotUnderstoodError``."""
        instructions = parse(contents) if isinstance(contents, bytes) else contents
        unit = self._unit("page", instructions, resources, None)
        self._walk(unit, _State(), 0, None, False, ())
        return unit

    def form(self, stream: pikepdf.Stream, matrix: Matrix, tag: Tag | None = None) -> Unit:
        """Walk a form that is drawn on top of the page under ``matrix``, such as an annotation's
        appearance; ``tag`` is what a structure element calls it."""
        self._tag = tag
        unit = self._unit(
            "form", self.resources.instructions(stream), dictionary(stream, "Resources"), stream
        )
        state = _State(ctm=multiply(_form_matrix(stream), matrix))
        self._walk(unit, state, 1, None, False, (identity(stream),))
        return unit

    def procedure(self, font: Font, stream: object) -> Unit:
        """Walk a glyph procedure of a Type 3 font by itself."""
        unit = Unit("glyph", (), dictionary(font.source, "Resources"))
        return self._child("glyph", stream, unit, _State(), 0, None, False, ())

    def _unit(
        self,
        kind: Kind,
        instructions: Sequence[Instruction],
        resources: pikepdf.Dictionary | None,
        source: pikepdf.Object | None,
    ) -> Unit:
        self.units += 1
        self._work += len(instructions)
        if self.units > MAX_UNITS or self._work > MAX_WORK:
            raise NotUnderstoodError("a page draws too much")
        return Unit(kind, instructions, resources, source)

    def _child(
        self,
        kind: Kind,
        stream: object,
        parent: Unit,
        state: _State,
        depth: int,
        owner: Glyph | None,
        hidden: bool,
        path: tuple[object, ...],
        resources: pikepdf.Dictionary | None = None,
    ) -> Unit:
        if depth >= MAX_DEPTH:
            raise NotUnderstoodError("forms are nested too deep")
        key = identity(stream)
        if key is not None and key in path:
            raise NotUnderstoodError("a form draws itself")
        if not isinstance(stream, pikepdf.Stream):
            raise NotUnderstoodError("a form is missing")
        own = dictionary(stream, "Resources") or resources or parent.resources
        unit = self._unit(kind, self.resources.instructions(stream), own, stream)
        unit.tiled = parent.tiled or kind == "pattern"
        self._walk(unit, state, depth + 1, owner, hidden, (*path, key))
        return unit

    def _walk(
        self,
        unit: Unit,
        state: _State,
        depth: int,
        owner: Glyph | None,
        hidden_by_parent: bool,
        path: tuple[object, ...],
    ) -> None:
        base = state.ctm
        stack: list[_State] = []
        text = line = IDENTITY
        marks: list[tuple[bool, Tag | None]] = []
        hidden = hidden_by_parent
        fonts: dict[str, Font] = {}
        box_path: list[tuple[float, float]] = []
        curved = lines = 0
        clipping = False

        def resource(category: str, name: Operand) -> object:
            found = get(get(unit.resources, category), name) if isinstance(name, Name) else None
            if found is None:
                raise NotUnderstoodError("a resource is missing")
            return found

        def show(string: bytes, index: int, item: int) -> None:
            nonlocal text
            font = state.font
            if font is None:
                raise NotUnderstoodError("text has no font")
            text = self._show(unit, state, text, font, string, index, item, owner, hidden, depth, path)

        for index, instruction in enumerate(unit.instructions):
            operator, operands = instruction.operator, instruction.operands
            if hidden:
                unit.hidden.add(index)
                if self._tag is not None:
                    self.obscured.add(self._tag)
            if operator == "TJ":
                moved = 0.0
                for item, element in enumerate(_list(operands[0])):
                    if isinstance(element, bytes):
                        show(element, index, item)
                    else:
                        shift = -_float(element) / 1000 * state.size
                        vertical = state.font is not None and state.font.vertical
                        move = (0.0, shift) if vertical else (shift * state.stretch, 0.0)
                        text = _translated(text, *move)
                        moved += move[1] if vertical else move[0]
                unit.shifts[index] = moved
            elif operator == "Tj":
                show(_bytes(operands[0]), index, 0)
            elif operator == "Td":
                text = line = _translated(line, _float(operands[0]), _float(operands[1]))
            elif operator == "Tm":
                text = line = _matrix(operands)
            elif operator == "Tf":
                name = operands[0]
                if name not in fonts:
                    fonts[str(name)] = self.resources.font(resource("Font", name))
                state.font, state.size = fonts[str(name)], _float(operands[1])
            elif operator in _PATH_OPERATORS:
                points = [_float(value) for value in operands]
                if operator == "re":
                    x, y, width, height = points
                    box_path += [apply(state.ctm, x, y), apply(state.ctm, x + width, y + height)]
                else:
                    curved += operator in "cvy"
                    lines += operator == "l"
                    box_path += [apply(state.ctm, *points[i : i + 2]) for i in range(0, len(points), 2)]
            elif operator in _PAINT_OPERATORS:
                if box_path and not hidden:
                    self._path(operator, around(box_path), curved > 0 or lines > 4, clipping, state)
                box_path, curved, lines, clipping = [], 0, 0, False
            elif operator in ("W", "W*"):
                clipping = True
            elif operator == "q":
                stack.append(state.copy())
                if len(stack) > 512:
                    raise NotUnderstoodError("graphics states are nested too deep")
            elif operator == "Q":
                if stack:  # one too many is ignored by every reader, and not written again
                    state = stack.pop()
            elif operator == "cm":
                state.ctm = multiply(_matrix(operands), state.ctm)
                if not finite(state.ctm):
                    raise NotUnderstoodError("a matrix is out of range")
            elif operator == "BT":
                text = line = IDENTITY
            elif operator == "TD":
                x, y = _float(operands[0]), _float(operands[1])
                state.leading = -y
                unit.moves[index] = (x, y)
                text = line = _translated(line, x, y)
            elif operator in ("T*", "'", '"'):
                if operator == '"':
                    state.word_spacing, state.spacing = _float(operands[0]), _float(operands[1])
                unit.moves[index] = (0.0, -state.leading)
                text = line = _translated(line, 0.0, -state.leading)
                if operator != "T*":
                    show(_bytes(operands[-1]), index, 0)
            elif operator in _STATE_OPERATORS:
                value = _float(operands[0])
                if operator == "Tc":
                    state.spacing = value
                elif operator == "Tw":
                    state.word_spacing = value
                elif operator == "Tz":
                    state.stretch = value / 100
                elif operator == "TL":
                    state.leading = value
                elif operator == "Ts":
                    state.rise = value
                else:
                    state.mode = int(value)
            elif operator in ("g", "rg", "k"):
                state.fill = tuple(_float(value) for value in operands)
            elif operator in ("cs", "sc", "scn", "SCN"):
                if operator != "SCN":
                    state.fill = None
                if operator in ("scn", "SCN") and operands and isinstance(operands[-1], Name):
                    pattern = resource("Pattern", operands[-1])
                    if get(pattern, "PatternType") == 1:
                        inner = _State(ctm=multiply(_form_matrix(pattern), base))
                        unit.children[index] = self._child(
                            "pattern", pattern, unit, inner, depth, owner, hidden, path
                        )
            elif operator == "gs":
                settings = resource("ExtGState", operands[0])
                font_setting = get(settings, "Font")
                if isinstance(font_setting, pikepdf.Array) and len(font_setting) == 2:
                    state.font = self.resources.font(font_setting[0])
                    state.size = number(font_setting[1])
                mask = get(settings, "SMask")
                if isinstance(mask, pikepdf.Dictionary):
                    group = get(mask, "G")
                    inner = state.copy()
                    inner.ctm = multiply(_form_matrix(group), state.ctm)
                    unit.children[index] = self._child("mask", group, unit, inner, depth, owner, hidden, path)
            elif operator in ("BDC", "BMC"):
                off = operator == "BDC" and operands[0] == "OC" and self._layer_off(unit, operands[1])
                marks.append((off, self._tag))
                hidden = hidden or off
                if unit.kind == "page":
                    self._tag = unit.tags[index] = self._tagged(unit, operands)
            elif operator == "EMC":
                if marks:
                    _, before = marks.pop()
                    if unit.kind == "page":
                        self._tag = unit.tags[index] = before
                hidden = hidden_by_parent or any(off for off, _ in marks)
            elif operator == "Do":
                self._draw(unit, index, resource("XObject", operands[0]), state, depth, owner, hidden, path)
            elif operator == "BI":
                self._picture(unit, index, None, state, hidden)
            elif operator == "sh":
                resource("Shading", operands[0])
                if not hidden and state.clip is not None:
                    self._extend(state.clip)

    def _show(
        self,
        unit: Unit,
        state: _State,
        text: Matrix,
        font: Font,
        string: bytes,
        index: int,
        item: int,
        owner: Glyph | None,
        hidden: bool,
        depth: int,
        path: tuple[object, ...],
    ) -> Matrix:
        codes = font.decode(string)
        matrix = multiply(text, state.ctm)
        if not finite(matrix):
            raise NotUnderstoodError("a matrix is out of range")
        size, stretch, rise = state.size, state.stretch, state.rise
        a, b, c, d, e, f = matrix
        scale = math.hypot(c, d) * abs(size)
        angle = math.atan2(b, a) if size * stretch >= 0 else math.atan2(-b, -a)
        shown = Show(
            unit, index, item, font, matrix, size, stretch, state.mode, codes, [], scale, angle, rise,
            self._order, owner, hidden, state.fill, self._tag,
        )  # fmt: skip
        self._order += 1
        unit.shows.setdefault(index, []).append(shown)
        along = 0.0
        advances, glyphs, vertical = shown.advances, self.glyphs, font.vertical
        low, high = font.descent * size + rise, font.ascent * size + rise
        upright = b == 0 and c == 0 and not vertical and font.matrix is None
        bottom_edge, top_edge = sorted((d * low + f, d * high + f))
        base_line = d * rise + f
        for ordinal, code in enumerate(codes):
            spacing = state.spacing + (state.word_spacing if code.space else 0.0)
            if upright:
                advance = (code.width * size + spacing) * stretch
                left, right = a * along + e, a * (along + code.width * size * stretch) + e
                box = (
                    Box(left, bottom_edge, right, top_edge)
                    if left <= right
                    else Box(right, bottom_edge, left, top_edge)
                )
                glyphs.append(
                    Glyph(shown, ordinal, code, box, (left, base_line), (right, base_line), code.text)
                )
                advances.append(advance)
                along += advance
                continue
            if vertical:
                advance = code.width * size + spacing
                left, bottom = -code.origin[0] * size * stretch, along - code.origin[1] * size
                right = left + code.breadth * size * stretch
                corners = (left, bottom + low, right, bottom + high)
                start, end = (0.0, along), (0.0, along + code.width * size)
            else:
                advance = (code.width * size + spacing) * stretch
                ink = code.width * size * stretch
                corners = (along, low, along + ink, high)
                start, end = (along, rise), (along + ink, rise)
            box = around([apply(matrix, x, y) for x in corners[::2] for y in corners[1::2]])
            glyph = Glyph(shown, ordinal, code, box, apply(matrix, *start), apply(matrix, *end), code.text)
            glyphs.append(glyph)
            if font.matrix is not None:
                self._procedure(unit, index, glyph, state, text, along, font, hidden, depth, path)
            advances.append(advance)
            along += advance
        if len(glyphs) > MAX_GLYPHS:
            raise NotUnderstoodError("a page has too many glyphs")
        return _translated(text, 0.0, along) if vertical else _translated(text, along, 0.0)

    def _procedure(
        self,
        unit: Unit,
        index: int,
        glyph: Glyph,
        state: _State,
        text: Matrix,
        along: float,
        font: Font,
        hidden: bool,
        depth: int,
        path: tuple[object, ...],
    ) -> None:
        """Walk the glyph procedure of a Type 3 font where it can show text or images of its own."""
        name = font.glyph_names.get(glyph.code.data[0])
        procedure = get(get(font.source, "CharProcs"), name) if name is not None else None
        if procedure is None or font.matrix is None:
            return
        instructions = self.resources.instructions(procedure)
        if not any(i.operator in _NESTING_OPERATORS for i in instructions):
            return
        placed = multiply((state.size * state.stretch, 0, 0, state.size, along, state.rise), text)
        inner = _State(ctm=multiply(font.matrix, multiply(placed, state.ctm)), fill=state.fill)
        resources = dictionary(font.source, "Resources")
        self._child("glyph", procedure, unit, inner, depth, glyph, hidden, path, resources)

    def _draw(
        self,
        unit: Unit,
        index: int,
        target: object,
        state: _State,
        depth: int,
        owner: Glyph | None,
        hidden: bool,
        path: tuple[object, ...],
    ) -> None:
        if self.resources.layers.off(get(target, "OC")):
            hidden = True
            unit.hidden.add(index)
        kind = name_of(get(target, "Subtype"))
        if kind == "Image":
            self._picture(unit, index, target, state, hidden)
        elif kind == "Form":
            inner = state.copy()
            inner.ctm = multiply(_form_matrix(target), state.ctm)
            unit.children[index] = self._child("form", target, unit, inner, depth, owner, hidden, path)
        else:
            raise NotUnderstoodError("an XObject is of an unknown kind")

    def _picture(self, unit: Unit, index: int, source: object, state: _State, hidden: bool) -> None:
        if source is not None and not isinstance(source, pikepdf.Stream):
            raise NotUnderstoodError("an image is missing")
        box = image_of(state.ctm, Box(0, 0, 1, 1))
        picture = Picture(unit, index, source, state.ctm, box, tag=self._tag)
        unit.images[index] = picture
        if hidden:
            return
        self._extend(box)
        if state.clip is not None:
            seen = box.clipped(state.clip)
            picture.covered = seen.width * seen.height < 0.97 * box.width * box.height
        self._cover(box)
        self.pictures.append(picture)

    def _path(self, operator: str, box: Box, shaped: bool, clipping: bool, state: _State) -> None:
        if operator != "n":
            self._extend(box)
            if shaped:
                self.paths.append(box)
            if operator not in ("S", "s"):
                self._cover(box)
        if clipping:
            state.clip = box if state.clip is None else box.clipped(state.clip)

    def _extend(self, box: Box) -> None:
        if self._tag is not None:
            known = self.extents.get(self._tag)
            self.extents[self._tag] = box if known is None else union([known, box])

    def _cover(self, box: Box) -> None:
        """Note which pictures something is painted over."""
        for picture in self.pictures:
            if not picture.covered and box.overlaps(picture.box, 0.5):
                picture.covered = True

    def _tagged(self, unit: Unit, operands: Sequence[Operand]) -> Tag | None:
        """Return the tag of marked content that begins: its own, or that of what it stands in."""
        if operands[0] == "Artifact":
            return ARTIFACT
        value = operands[-1] if len(operands) == 2 else None
        if isinstance(value, Name):
            found = get(get(get(unit.resources, "Properties"), value), "MCID")
            return found if isinstance(found, int) and found >= 0 else self._tag
        identifier = value.get("MCID") if isinstance(value, dict) else None
        return int(identifier) if isinstance(identifier, float) and identifier >= 0 else self._tag

    def _layer_off(self, unit: Unit, value: Operand) -> bool:
        if not isinstance(value, Name):
            return False
        return self.resources.layers.off(get(get(unit.resources, "Properties"), value))


_PATH_OPERATORS = frozenset(["m", "l", "c", "v", "y", "re"])
_PAINT_OPERATORS = frozenset(["b", "B", "b*", "B*", "f", "F", "f*", "s", "S", "n"])
_STATE_OPERATORS = frozenset(["Tc", "Tw", "Tz", "TL", "Ts", "Tr"])
_NESTING_OPERATORS = frozenset(["Tj", "TJ", "'", '"', "Do", "scn", "SCN", "gs", "BI"])


def _form_matrix(form: object) -> Matrix:
    value = get(form, "Matrix")
    if value is None:
        return IDENTITY
    a, b, c, d, e, f = numbers(value, 6)
    return (a, b, c, d, e, f)


def _translated(matrix: Matrix, x: float, y: float) -> Matrix:
    a, b, c, d, e, f = matrix
    return (a, b, c, d, a * x + c * y + e, b * x + d * y + f)


def _matrix(operands: Sequence[Operand]) -> Matrix:
    a, b, c, d, e, f = (_float(value) for value in operands)
    return (a, b, c, d, e, f)


def _float(value: Operand) -> float:
    if not isinstance(value, float):
        raise NotUnderstoodError("an operator is unknown or has the wrong operands")
    return value


def _bytes(value: Operand) -> bytes:
    if not isinstance(value, bytes):
        raise NotUnderstoodError("an operator is unknown or has the wrong operands")
    return value


def _list(value: Operand) -> Iterable[Operand]:
    if not isinstance(value, list):
        raise NotUnderstoodError("an operator is unknown or has the wrong operands")
    return value
