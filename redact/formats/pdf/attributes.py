"""Values of attributes that are copied as they are: numbers, and names that the standard defines."""

import pikepdf
from pikepdf import Array

from redact.formats.pdf.objects import NotUnderstoodError, name_of, number

_NAMES_KEYS = (
    "Normal Compatible Multiply Screen Overlay Darken Lighten ColorDodge ColorBurn HardLight "
    "SoftLight Difference Exclusion Hue Saturation Color Luminosity AbsoluteColorimetric "
    "RelativeColorimetric Perceptual Transparency Default None Identity"
)
_NAMES = frozenset(_NAMES_KEYS.split())


def plain(value: object, depth: int = 0) -> pikepdf.Object:
    """Return numbers, booleans and short names, in arrays; raises ``NotUnderstoodError`` for anything
    else."""
    if isinstance(value, pikepdf.Array) and depth < 4:
        return Array([plain(item, depth + 1) for item in value])
    if isinstance(value, bool):
        return value  # type: ignore[return-value]
    if isinstance(value, pikepdf.Name):
        if name_of(value) not in _NAMES:
            raise NotUnderstoodError("an attribute has an unknown value")
        return value
    number(value)
    return value  # type: ignore[return-value]


def one_of(value: object, *names: str) -> str:
    """Return the name that ``value`` is; raises ``NotUnderstoodError`` if it is not one of ``names``."""
    name = name_of(value)
    if name not in names:
        raise NotUnderstoodError("an attribute has an unknown value")
    return name
