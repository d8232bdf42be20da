"""CMaps: how strings of a composite font fall into codes, and codes into characters (ISO 32000-2, 9.7.5 and
9.10.3)."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from pdfminer.cmapdb import CMapDB

from redact.formats.pdf.lexemes import operands_of
from redact.formats.pdf.objects import NotUnderstoodError
from redact.formats.pdf.operands import Name, Operand

MAX_ENTRIES = 200_000


@dataclass(slots=True)
class CMap:
    """A parsed CMap. ``codes`` gives for each length the ranges of valid codes."""

    spaces: list[tuple[bytes, bytes]] = field(default_factory=list)
    characters: dict[bytes, str] = field(default_factory=dict)
    character_ranges: list[tuple[bytes, bytes, bytes]] = field(default_factory=list)
    cids: dict[bytes, int] = field(default_factory=dict)
    cid_ranges: list[tuple[bytes, bytes, int]] = field(default_factory=list)
    vertical: bool = False
    base: "CMap | None" = None
    tree: Mapping[int, object] | None = None
    """A predefined CMap of the library, nested by byte."""
    identity: bool = False

    def split(self, data: bytes) -> list[bytes]:
        """Cut a string into codes; raises ``NotUnderstoodError`` where it does not come out even."""
        if self.identity:
            if len(data) % 2:
                raise NotUnderstoodError("a string of a composite font is cut short")
            return [data[i : i + 2] for i in range(0, len(data), 2)]
        found, position = [], 0
        while position < len(data):
            length = self._length(data, position)
            found.append(data[position : position + length])
            position += length
        return found

    def cid(self, code: bytes) -> int:
        """Return the glyph selector of a code; 0 where the CMap has none."""
        if self.identity:
            return int.from_bytes(code, "big")
        if code in self.cids:
            return self.cids[code]
        for low, high, first in self.cid_ranges:
            if len(low) == len(code) and low <= code <= high:
                return first + int.from_bytes(code, "big") - int.from_bytes(low, "big")
        if self.tree is not None:
            node: object = self.tree
            for byte in code:
                node = node.get(byte) if isinstance(node, Mapping) else None
            return node if isinstance(node, int) else 0
        return self.base.cid(code) if self.base else 0

    def text(self, code: bytes) -> str | None:
        """Return the characters of a code by the ToUnicode mapping, None where it has none."""
        if code in self.characters:
            return self.characters[code]
        for low, high, first in self.character_ranges:
            if len(low) == len(code) and low <= code <= high:
                offset = int.from_bytes(code, "big") - int.from_bytes(low, "big")
                value = int.from_bytes(first, "big") + offset
                return _utf16(value.to_bytes(len(first), "big")) if value < 256 ** len(first) else None
        return self.base.text(code) if self.base else None

    def _length(self, data: bytes, position: int) -> int:
        if self.tree is not None:
            node: object = self.tree
            for length in range(1, 5):
                byte = data[position + length - 1 : position + length]
                node = node.get(byte[0]) if byte and isinstance(node, Mapping) else None
                if isinstance(node, int):
                    return length
                if node is None:
                    break
            raise NotUnderstoodError("a string of a composite font has an invalid code")
        for length in range(1, 5):
            code = data[position : position + length]
            for low, high in self.spaces:
                if len(low) == len(code) == length and all(
                    a <= b <= c for a, b, c in zip(low, code, high, strict=True)
                ):
                    return length
        if self.base is not None:
            return self.base._length(data, position)
        raise NotUnderstoodError("a string of a composite font has an invalid code")


def predefined(name: str) -> CMap:
    """Return a CMap by its name in the standard (9.7.5.2); raises ``NotUnderstoodError`` for any other."""
    if name in ("Identity-H", "Identity-V"):
        return CMap(identity=True, vertical=name.endswith("V"))
    try:
        found = CMapDB.get_cmap(name)
    except (CMapDB.CMapNotFound, OSError, ValueError, KeyError) as error:
        raise NotUnderstoodError("a CMap is unknown") from error
    return CMap(tree=getattr(found, "code2cid", {}), vertical=name.endswith("V"))


def parse_cmap(data: bytes, base: CMap | None = None) -> CMap:
    """Read a CMap from its file; raises ``NotUnderstoodError`` for broken syntax or absurd sizes."""
    cmap = CMap(base=base)
    stack: list[Operand] = []
    for kind, value in operands_of(data):
        if kind == "operand":
            stack.append(value)
            if len(stack) > MAX_ENTRIES:
                raise NotUnderstoodError("a CMap is too large")
            continue
        if value == b"usecmap" and stack and isinstance(stack[-1], Name) and cmap.base is None:
            cmap.base = predefined(stack[-1])
            cmap.vertical = cmap.base.vertical
        elif value == b"def" and len(stack) >= 2 and stack[-2] == "WMode":
            cmap.vertical = stack[-1] == 1
        elif isinstance(value, bytes) and value in _SECTIONS:
            _SECTIONS[value](cmap, stack)
        stack = []
    return cmap


def _add_spaces(cmap: CMap, stack: list[Operand]) -> None:
    for low, high in zip(stack[::2], stack[1::2], strict=False):
        if isinstance(low, bytes) and isinstance(high, bytes) and len(low) == len(high):
            cmap.spaces.append((low, high))


def _add_characters(cmap: CMap, stack: list[Operand]) -> None:
    for code, value in zip(stack[::2], stack[1::2], strict=False):
        if isinstance(code, bytes) and isinstance(value, bytes):
            cmap.characters[code] = _utf16(value)


def _add_character_ranges(cmap: CMap, stack: list[Operand]) -> None:
    for low, high, value in zip(stack[::3], stack[1::3], stack[2::3], strict=False):
        if not isinstance(low, bytes) or not isinstance(high, bytes):
            continue
        if isinstance(value, bytes):
            cmap.character_ranges.append((low, high, value))
        elif isinstance(value, list):
            first = int.from_bytes(low, "big")
            for offset, item in enumerate(value[:MAX_ENTRIES]):
                if isinstance(item, bytes) and first + offset < 256 ** len(low):
                    cmap.characters[(first + offset).to_bytes(len(low), "big")] = _utf16(item)


def _add_cids(cmap: CMap, stack: list[Operand]) -> None:
    for code, value in zip(stack[::2], stack[1::2], strict=False):
        if isinstance(code, bytes) and isinstance(value, float):
            cmap.cids[code] = int(value)


def _add_cid_ranges(cmap: CMap, stack: list[Operand]) -> None:
    for low, high, value in zip(stack[::3], stack[1::3], stack[2::3], strict=False):
        if isinstance(low, bytes) and isinstance(high, bytes) and isinstance(value, float):
            cmap.cid_ranges.append((low, high, int(value)))


_SECTIONS = {
    b"endcodespacerange": _add_spaces,
    b"endbfchar": _add_characters,
    b"endbfrange": _add_character_ranges,
    b"endcidchar": _add_cids,
    b"endcidrange": _add_cid_ranges,
}


def _utf16(data: bytes) -> str:
    if len(data) == 1:
        return chr(data[0])
    return data.decode("utf-16-be", "replace")
