"""Colours of the new file: spaces, functions, shadings and graphics states (8.4.5, 8.6, 8.7.4, 7.10)."""

import math
import re
from collections.abc import Callable
from typing import Protocol

import pikepdf
from pikepdf import Array, Dictionary

from redact.formats.pdf.attributes import one_of, plain
from redact.formats.pdf.objects import NotUnderstoodError, decoded, get, identity, items, name_of, number
from redact.formats.pdf.profiles import clean_profile

MAX_DEPTH = 12
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


class Keeper(Protocol):
    """Who puts objects into the new file."""

    def copied(self, data: bytes) -> pikepdf.Object:
        """Return a stream of data that are not written anew."""

    def once(
        self, key: tuple[str, object], value: object, make: Callable[[object], pikepdf.Object]
    ) -> pikepdf.Object:
        """Return what ``make`` makes of ``value``, made once for each ``key`` that tells its identity."""


class Colours:
    """Copies what a page is coloured with; raises ``NotUnderstoodError`` for what it does not know."""

    def __init__(self, keeper: Keeper) -> None:
        """``keeper`` puts the copies into the new file."""
        self._keeper = keeper

    def resource(self, category: str, value: object) -> pikepdf.Object:
        """Return a colour space, shading, graphics state or shading pattern."""
        if isinstance(value, pikepdf.Object) and isinstance(value, pikepdf.Name):
            return pikepdf.Name("/" + _device(value))
        made: dict[str, Callable[[object], pikepdf.Object]] = {
            "ColorSpace": self.space,
            "Shading": self._shading,
            "ExtGState": self.graphics_state,
            "Pattern": self._shading_pattern,
        }
        return self._keeper.once((category, identity(value)), value, made[category])

    def space(self, value: object, depth: int = 0) -> pikepdf.Object:
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
            kept = {"/" + key: plain(item) for key, item in items(rest[0]) if key in _SPACE}
            return Array([value[0], Dictionary(kept)])
        if family == "ICCBased":
            try:
                return Array(
                    [value[0], self._keeper.once(("Profile", identity(rest[0])), rest[0], self._profile)]
                )
            except NotUnderstoodError:  # readers take the device's colours in its place
                return pikepdf.Name("/" + _alternate(rest[0]))
        if family in ("Indexed", "I"):
            table = rest[2]
            data = decoded(table) if isinstance(table, pikepdf.Stream) else bytes(table)
            count = int(number(rest[1]))
            entries = self._keeper.copied(data[: (count + 1) * _components(rest[0])])
            return Array([pikepdf.Name.Indexed, self.space(rest[0], depth + 1), count, entries])
        if family == "Separation":
            return Array(
                [
                    value[0],
                    _colorant(rest[0], 0),
                    self.space(rest[1], depth + 1),
                    self.function(rest[2]),
                ]
            )
        if family == "DeviceN":
            names = Array([_colorant(item, i) for i, item in enumerate(rest[0])])
            return Array([value[0], names, self.space(rest[1], depth + 1), self.function(rest[2])])
        if family == "Pattern":
            return Array([value[0], self.space(rest[0], depth + 1)])
        raise NotUnderstoodError("a colour space is of an unknown kind")

    def _profile(self, value: object) -> pikepdf.Object:
        made = self._keeper.copied(clean_profile(decoded(value)))
        made["/N"] = _components(Array([pikepdf.Name.ICCBased, value]))
        made["/Alternate"] = pikepdf.Name("/" + _alternate(value))
        return made

    def function(self, value: object, depth: int = 0) -> pikepdf.Object:
        """Return a function (7.10)."""
        if depth > MAX_DEPTH:
            raise NotUnderstoodError("functions are nested too deep")
        if isinstance(value, pikepdf.Array):
            return Array([self.function(item, depth + 1) for item in value])
        kept = {"/" + key: plain(item) for key, item in items(value) if key in _FUNCTION}
        if get(value, "Functions") is not None:
            kept["/Functions"] = self.function(get(value, "Functions"), depth + 1)
        kind = get(value, "FunctionType")
        if kind in (0, 4):
            data = decoded(value)
            made = self._keeper.copied(_calculator(data) if kind == 4 else data[: _samples(value)])
            for key, item in kept.items():
                made[key] = item
            return made
        if kind not in (2, 3):
            raise NotUnderstoodError("a function is of an unknown kind")
        return Dictionary(kept)

    def _shading(self, value: object) -> pikepdf.Object:
        kept = {"/" + key: plain(item) for key, item in items(value) if key in _SHADING}
        kept["/ColorSpace"] = self.resource("ColorSpace", get(value, "ColorSpace"))
        if get(value, "Function") is not None:
            kept["/Function"] = self.function(get(value, "Function"))
        if not isinstance(value, pikepdf.Stream):
            return Dictionary(kept)
        made = self._keeper.copied(decoded(value))
        for key, item in kept.items():
            made[key] = item
        return made

    def _shading_pattern(self, value: object) -> pikepdf.Object:
        if get(value, "PatternType") != 2:
            raise NotUnderstoodError("a pattern is of an unknown kind")
        made = Dictionary(PatternType=2, Shading=self.resource("Shading", get(value, "Shading")))
        if get(value, "Matrix") is not None:
            made["/Matrix"] = plain(get(value, "Matrix"))
        if get(value, "ExtGState") is not None:
            made["/ExtGState"] = self.graphics_state(get(value, "ExtGState"))
        return made

    def graphics_state(self, value: object) -> pikepdf.Object:
        """Return the settings of a graphics state without its soft mask (8.4.5)."""
        made = Dictionary({"/" + key: plain(item) for key, item in items(value) if key in _STATE})
        if name_of(get(value, "SMask")) == "None":
            made["/SMask"] = pikepdf.Name("/None")
        return made


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


def _device(value: object) -> str:
    short = {"G": "DeviceGray", "RGB": "DeviceRGB", "CMYK": "DeviceCMYK"}
    name = name_of(value) or ""
    return one_of(
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
