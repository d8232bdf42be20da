"""Annotations and form fields: those that a reader of the page sees become part of the page (ISO 32000-2,
12.5.5)."""

from collections.abc import Iterator
from dataclasses import dataclass

import pikepdf

from redact.formats.pdf.geometry import IDENTITY, Box, Matrix, around, image_of
from redact.formats.pdf.objects import NotUnderstoodError, get, identity, name_of, number, numbers

_HIDDEN, _NO_VIEW = 2, 32
_BEYOND = 24.0
"""Points by which what a reader draws for an annotation, such as the icon of a note, can exceed it."""
_DROPPED = frozenset(
    ["Popup", "Link", "Text", "FileAttachment", "Redact", "Sound", "Movie", "Screen", "RichMedia", "3D"]
)


@dataclass(frozen=True, slots=True)
class Appearance:
    """What an annotation looks like, and where that is drawn."""

    stream: pikepdf.Stream
    placement: Matrix
    source: tuple[int, int] | None
    """Object and generation number of the annotation."""


@dataclass(frozen=True, slots=True)
class Annotations:
    """The annotations of a page."""

    shown: tuple[Appearance, ...]
    dropped: tuple[Box, ...]
    """Where there are some that are visible and not carried over, such as notes."""
    marks: int
    """Redaction marks that were never applied."""
    files: int


def read_annotations(page: pikepdf.Dictionary) -> Annotations:
    """Sort a page's annotations; raises ``NotUnderstoodError`` for malformed ones."""
    shown: list[Appearance] = []
    dropped: list[Box] = []
    marks = files = 0
    for annotation in _listed(get(page, "Annots")):
        kind = name_of(get(annotation, "Subtype")) or ""
        flags = get(annotation, "F")
        marks += kind == "Redact"
        files += kind == "FileAttachment"
        if flags is not None and int(number(flags)) & (_HIDDEN | _NO_VIEW):
            continue
        box = _box(get(annotation, "Rect"))
        stream = _appearance(annotation)
        if kind in _DROPPED or stream is None:
            if kind not in ("Popup", "Link"):
                dropped += [area.grown(_BEYOND) for area in (box, _marked(annotation)) if area is not None]
            continue
        if box is not None and box.width and box.height:
            placement = _placement(stream, box)
            if placement is not None:
                shown.append(Appearance(stream, placement, identity(annotation)))
    return Annotations(tuple(shown), tuple(dropped), marks, files)


def _listed(value: object) -> Iterator[pikepdf.Object]:
    if value is None:
        return
    if not isinstance(value, pikepdf.Array):
        raise NotUnderstoodError("the annotations are malformed")
    for item in value:
        if isinstance(item, pikepdf.Dictionary):
            yield item


def _marked(annotation: object) -> Box | None:
    """Return the box around the words that an annotation marks, wherever its rectangle is (12.5.6.10)."""
    points = get(annotation, "QuadPoints")
    if not isinstance(points, pikepdf.Array) or len(points) < 8:
        return None
    values = [number(value) for value in points]
    return around(list(zip(values[::2], values[1::2], strict=False)))


def _appearance(annotation: object) -> pikepdf.Stream | None:
    normal = get(get(annotation, "AP"), "N")
    if isinstance(normal, pikepdf.Stream):
        return normal
    state = name_of(get(annotation, "AS"))
    chosen = get(normal, state) if state is not None else None
    return chosen if isinstance(chosen, pikepdf.Stream) else None


def _placement(stream: pikepdf.Stream, target: Box) -> Matrix | None:
    """Return the matrix that fits an appearance's box into the annotation's rectangle (algorithm 8.1)."""
    own = _box(get(stream, "BBox"))
    if own is None:
        return None
    value = get(stream, "Matrix")
    matrix: Matrix = IDENTITY
    if value is not None:
        a, b, c, d, e, f = numbers(value, 6)
        matrix = (a, b, c, d, e, f)
    drawn = image_of(matrix, own)
    if not drawn.width or not drawn.height:
        return None
    x, y = target.width / drawn.width, target.height / drawn.height
    return (x, 0.0, 0.0, y, target.x0 - drawn.x0 * x, target.y0 - drawn.y0 * y)


def _box(value: object) -> Box | None:
    if not isinstance(value, pikepdf.Array) or len(value) != 4:
        return None
    x0, y0, x1, y1 = (number(item) for item in value)
    return Box(min(x0, x1), min(y0, y1), max(x0, x1), max(y0, y1))
