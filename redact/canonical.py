"""Canonical JSON: the same bytes for the same values, written a piece at a time where they are many."""

import json
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True, slots=True)
class Written:
    """A value that was written before, by ``within`` for the depth at which it stands now."""

    pieces: Iterable[bytes]


def canonical(value: Any) -> bytes:
    """Return plain JSON values as bytes, always the same for the same values."""
    return b"".join(pieces(value))


def pieces(value: Any) -> Iterator[bytes]:
    """Yield what ``canonical`` returns, without having it in memory whole.

    Where ``value`` has an iterator in place of a list, that is written as it goes; where it has a mapping
    that is no dictionary, that is asked for one value after the other.
    """
    yield from _pieces(value, "\n")
    yield b"\n"


def within(value: Any, depth: int) -> Iterator[bytes]:
    """Yield ``value`` as ``pieces`` does where it stands in so many lists and mappings."""
    return _pieces(value, "\n" + " " * depth)


def _pieces(value: Any, line: str) -> Iterator[bytes]:
    inner = f"{line} "
    if isinstance(value, Written):
        yield from value.pieces
    elif isinstance(value, Iterator):
        before = "["
        for each in value:
            yield f"{before}{inner}".encode()
            yield from _pieces(each, inner)
            before = ","
        yield b"[]" if before == "[" else f"{line}]".encode()
    elif isinstance(value, Mapping) and not _is_plain(value):
        before = "{"
        for key in sorted(value):
            yield f"{before}{inner}{json.dumps(key, ensure_ascii=False)}: ".encode()
            yield from _pieces(value[key], inner)
            before = ","
        yield b"{}" if before == "{" else f"{line}}}".encode()
    else:
        # A string of JSON holds no bare line break.
        text = json.dumps(value, ensure_ascii=False, indent=1, sort_keys=True)
        yield text.replace("\n", line).encode("utf-8")


def _is_plain(value: Mapping[str, Any]) -> bool:
    """Whether it is a dictionary that nothing in it, on its first level, has to be written piece by piece."""
    return isinstance(value, dict) and not any(
        isinstance(each, Iterator) or (isinstance(each, Mapping) and not isinstance(each, dict))
        for each in value.values()
    )
