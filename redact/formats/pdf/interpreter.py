"""Walks what a page draws and finds every glyph: where it stands, what it says, which operator shows it.

The walk goes into everything that can show text: form XObjects, appearances of annotations, tiling patterns,
soft masks and the glyph procedures of Type 3 fonts, each invocation on its own, so that an edit of one
leaves the others alone. Source: ISO 32000-2, 8.4, 8.10, 9.3, 9.4.
"""

import math
from collections.abc import Sequence

import pikepdf

from redact.formats.pdf.drawing import Glyph, Kind, Show, Tag, Unit
from redact.formats.pdf.drawn import Drawn
from redact.formats.pdf.fonts import Font
from redact.formats.pdf.geometry import (
    IDENTITY,
    Matrix,
    apply,
    around,
    finite,
    multiply,
)
from redact.formats.pdf.graphicsstate import TEXT_STATE, State
from redact.formats.pdf.markedcontent import properties_of, tag_of
from redact.formats.pdf.objects import NotUnderstoodError, dictionary, get, identity, name_of, number, numbers
from redact.formats.pdf.operands import Name, Operand, array_of, matrix_of, number_of, string_of
from redact.formats.pdf.operators import Instruction
from redact.formats.pdf.parsed import Resources
from redact.formats.pdf.placing import place_upright, placed
from redact.formats.pdf.tokens import parse

MAX_DEPTH = 16
MAX_GLYPHS = 300_000
MAX_UNITS = 5_000
MAX_WORK = 3_000_000
"""Instructions interpreted on one page, over all invocations."""


class Interpreter:
    """Collects the glyphs and images of one page."""

    def __init__(self, resources: Resources) -> None:
        self.resources = resources
        self.drawn = Drawn()
        self.units = 0
        self._work = 0
        self._order = 0

    def page(self, contents: bytes | Sequence[Instruction], resources: pikepdf.Dictionary | None) -> Unit:
        """Walk a page's own content; raises ``NotUnderstoodError``."""
        instructions = parse(contents) if isinstance(contents, bytes) else contents
        unit = self._unit("page", instructions, resources, None)
        self._walk(unit, State(), 0, None, False, ())
        return unit

    def form(self, stream: pikepdf.Stream, matrix: Matrix, tag: Tag | None = None) -> Unit:
        """Walk a form that is drawn on top of the page under ``matrix``, such as an annotation's
        appearance; ``tag`` is what a structure element calls it."""
        self.drawn.tag = tag
        unit = self._unit(
            "form", self.resources.instructions(stream), dictionary(stream, "Resources"), stream
        )
        state = State(ctm=multiply(_form_matrix(stream), matrix))
        self._walk(unit, state, 1, None, False, (identity(stream),))
        return unit

    def procedure(self, font: Font, stream: object) -> Unit:
        """Walk a glyph procedure of a Type 3 font by itself."""
        unit = Unit("glyph", (), dictionary(font.source, "Resources"))
        return self._child("glyph", stream, unit, State(), 0, None, False, ())

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
        state: State,
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
        outer = self.drawn.tag
        self._walk(unit, state, depth + 1, owner, hidden, (*path, key))
        self.drawn.tag = outer
        return unit

    def _walk(
        self,
        unit: Unit,
        state: State,
        depth: int,
        owner: Glyph | None,
        hidden_by_parent: bool,
        path: tuple[object, ...],
    ) -> None:
        base = state.ctm
        stack: list[State] = []
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
                if self.drawn.tag is not None:
                    self.drawn.obscured.add(self.drawn.tag)
            if operator == "TJ":
                moved = 0.0
                for item, element in enumerate(array_of(operands[0])):
                    if isinstance(element, bytes):
                        show(element, index, item)
                    else:
                        shift = -number_of(element) / 1000 * state.size
                        vertical = state.font is not None and state.font.vertical
                        move = (0.0, shift) if vertical else (shift * state.stretch, 0.0)
                        text = _translated(text, *move)
                        moved += move[1] if vertical else move[0]
                unit.shifts[index] = moved
            elif operator == "Tj":
                show(string_of(operands[0]), index, 0)
            elif operator == "Td":
                text = line = _translated(line, number_of(operands[0]), number_of(operands[1]))
            elif operator == "Tm":
                text = line = matrix_of(operands)
            elif operator == "Tf":
                name = operands[0]
                if name not in fonts:
                    fonts[str(name)] = self.resources.font(resource("Font", name))
                state.font = unit.fonts[index] = fonts[str(name)]
                state.size = number_of(operands[1])
            elif operator in _PATH_OPERATORS:
                points = [number_of(value) for value in operands]
                if operator == "re":
                    x, y, width, height = points
                    box_path += [apply(state.ctm, x, y), apply(state.ctm, x + width, y + height)]
                else:
                    curved += operator in "cvy"
                    lines += operator == "l"
                    box_path += [apply(state.ctm, *points[i : i + 2]) for i in range(0, len(points), 2)]
            elif operator in _PAINT_OPERATORS:
                if box_path and not hidden:
                    self.drawn.path(operator, around(box_path), curved > 0 or lines > 4, clipping, state)
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
                state.ctm = multiply(matrix_of(operands), state.ctm)
                if not finite(state.ctm):
                    raise NotUnderstoodError("a matrix is out of range")
            elif operator == "BT":
                text = line = IDENTITY
            elif operator == "TD":
                x, y = number_of(operands[0]), number_of(operands[1])
                state.leading = -y
                unit.moves[index] = (x, y)
                text = line = _translated(line, x, y)
            elif operator in ("T*", "'", '"'):
                if operator == '"':
                    state.word_spacing, state.spacing = number_of(operands[0]), number_of(operands[1])
                unit.moves[index] = (0.0, -state.leading)
                text = line = _translated(line, 0.0, -state.leading)
                if operator != "T*":
                    show(string_of(operands[-1]), index, 0)
            elif operator in TEXT_STATE:
                state.set(operator, number_of(operands[0]))
            elif operator in ("g", "rg", "k"):
                state.fill = tuple(number_of(value) for value in operands)
            elif operator in ("cs", "sc", "scn", "SCN"):
                if operator != "SCN":
                    state.fill = None
                if operator in ("scn", "SCN") and operands and isinstance(operands[-1], Name):
                    pattern = resource("Pattern", operands[-1])
                    if get(pattern, "PatternType") == 1:
                        inner = State(ctm=multiply(_form_matrix(pattern), base))
                        unit.children[index] = self._child(
                            "pattern", pattern, unit, inner, depth, owner, hidden, path
                        )
            elif operator == "gs":
                settings = resource("ExtGState", operands[0])
                font_setting = get(settings, "Font")
                if isinstance(font_setting, pikepdf.Array) and len(font_setting) == 2:
                    state.font = unit.fonts[index] = self.resources.font(font_setting[0])
                    state.size = number(font_setting[1])
                mask = get(settings, "SMask")
                if isinstance(mask, pikepdf.Dictionary):
                    group = get(mask, "G")
                    inner = state.copy()
                    inner.ctm = multiply(_form_matrix(group), state.ctm)
                    unit.children[index] = self._child("mask", group, unit, inner, depth, owner, hidden, path)
            elif operator in ("BDC", "BMC"):
                off = (
                    operator == "BDC"
                    and operands[0] == "OC"
                    and self.resources.layers.off(properties_of(unit, operands[1]))
                )
                marks.append((off, self.drawn.tag))
                hidden = hidden or off
                if unit.kind in _MARKED:
                    self.drawn.tag = unit.tags[index] = tag_of(unit, operands, self.drawn.tag)
            elif operator == "EMC":
                if marks:
                    _, before = marks.pop()
                    if unit.kind in _MARKED:
                        self.drawn.tag = unit.tags[index] = before
                hidden = hidden_by_parent or any(off for off, _ in marks)
            elif operator == "Do":
                target = resource("XObject", operands[0])
                outer = self.drawn.tag
                if get(target, "StructParent") is not None and identity(target) is not None:
                    self.drawn.tag = unit.tags[index] = identity(target)
                self._draw(unit, index, target, state, depth, owner, hidden, path)
                self.drawn.tag = outer
            elif operator == "BI":
                self.drawn.picture(unit, index, None, state, hidden)
            elif operator == "sh":
                resource("Shading", operands[0])
                if not hidden and state.clip is not None:
                    self.drawn.extend(state.clip)

    def _show(
        self,
        unit: Unit,
        state: State,
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
        a, b, c, d, _, _ = matrix
        scale = math.hypot(c, d) * abs(size)
        angle = math.atan2(b, a) if size * stretch >= 0 else math.atan2(-b, -a)
        shown = Show(
            unit, index, item, font, matrix, size, stretch, state.mode, codes, [], scale, angle, rise,
            self._order, owner, hidden, state.fill, self.drawn.tag,
        )  # fmt: skip
        self._order += 1
        unit.shows.setdefault(index, []).append(shown)
        glyphs = self.drawn.glyphs
        if b == 0 and c == 0 and not font.vertical and font.matrix is None:
            along = place_upright(shown, state, glyphs)
        else:
            along = 0.0
            for glyph in placed(shown, state):
                glyphs.append(glyph)
                if font.matrix is not None:
                    self._procedure(unit, index, glyph, state, text, along, font, hidden, depth, path)
                along += shown.advances[-1]
        if len(glyphs) > MAX_GLYPHS:
            raise NotUnderstoodError("a page has too many glyphs")
        return _translated(text, 0.0, along) if font.vertical else _translated(text, along, 0.0)

    def _procedure(
        self,
        unit: Unit,
        index: int,
        glyph: Glyph,
        state: State,
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
        inner = State(ctm=multiply(font.matrix, multiply(placed, state.ctm)), fill=state.fill)
        resources = dictionary(font.source, "Resources")
        unit.procedures.append(
            self._child("glyph", procedure, unit, inner, depth, glyph, hidden, path, resources)
        )

    def _draw(
        self,
        unit: Unit,
        index: int,
        target: object,
        state: State,
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
            self.drawn.picture(unit, index, target, state, hidden)
        elif kind == "Form":
            inner = state.copy()
            inner.ctm = multiply(_form_matrix(target), state.ctm)
            unit.children[index] = self._child("form", target, unit, inner, depth, owner, hidden, path)
        else:
            raise NotUnderstoodError("an XObject is of an unknown kind")


_MARKED = ("page", "form")
"""Streams whose marked content structure elements can name."""
_PATH_OPERATORS = frozenset(["m", "l", "c", "v", "y", "re"])
_PAINT_OPERATORS = frozenset(["b", "B", "b*", "B*", "f", "F", "f*", "s", "S", "n"])
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
