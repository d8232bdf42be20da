"""Where the glyphs of a string stand on the page, and how far each moves (ISO 32000-2, 9.4.4)."""

from collections.abc import Iterator

from redact.formats.pdf.drawing import Glyph, Show
from redact.formats.pdf.fonts import Code
from redact.formats.pdf.geometry import Box, apply, around
from redact.formats.pdf.graphicsstate import State


def place_upright(shown: Show, state: State, glyphs: list[Glyph]) -> float:
    """Add the glyphs of a string that is neither turned nor vertical, nor of Type 3: nearly all are such.

    Returns how far the string moves, in text space; the advances of its glyphs are added to it.
    """
    a, _, _, d, e, f = shown.matrix
    size, stretch, rise, font, advances = shown.size, shown.stretch, shown.rise, shown.font, shown.advances
    low, high = sorted((d * (font.descent * size + rise) + f, d * (font.ascent * size + rise) + f))
    base_line = d * rise + f
    along = 0.0
    for ordinal, code in enumerate(shown.codes):
        ink = code.width * size
        left, right = a * along + e, a * (along + ink * stretch) + e
        box = Box(left, low, right, high) if left <= right else Box(right, low, left, high)
        glyphs.append(Glyph(shown, ordinal, code, box, (left, base_line), (right, base_line), code.text))
        advances.append((ink + _spacing(state, code)) * stretch)
        along += advances[-1]
    return along


def placed(shown: Show, state: State) -> Iterator[Glyph]:
    """Yield the glyphs of any string, adding the advance of each to it."""
    size, stretch, rise, font = shown.size, shown.stretch, shown.rise, shown.font
    low, high = font.descent * size + rise, font.ascent * size + rise
    along = 0.0
    for ordinal, code in enumerate(shown.codes):
        if font.vertical:
            advance = code.width * size + _spacing(state, code)
            left, bottom = -code.origin[0] * size * stretch, along - code.origin[1] * size
            corners = (left, bottom + low, left + code.breadth * size * stretch, bottom + high)
            start, end = (0.0, along), (0.0, along + code.width * size)
        else:
            advance = (code.width * size + _spacing(state, code)) * stretch
            ink = code.width * size * stretch
            corners = (along, low, along + ink, high)
            start, end = (along, rise), (along + ink, rise)
        box = around([apply(shown.matrix, x, y) for x in corners[::2] for y in corners[1::2]])
        shown.advances.append(advance)
        yield Glyph(
            shown, ordinal, code, box, apply(shown.matrix, *start), apply(shown.matrix, *end), code.text
        )
        along += advance


def _spacing(state: State, code: Code) -> float:
    return state.spacing + (state.word_spacing if code.space else 0.0)
