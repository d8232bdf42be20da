"""Values of PDF objects, taken out with their types checked, and streams decoded within bounds.

A reader that guesses what a broken object means may guess otherwise than the next reader does, and text
hides in the difference. So nothing here guesses: what is not of the expected type raises
``NotUnderstoodError``.
"""

import zlib
from collections.abc import Iterator
from decimal import Decimal

import pikepdf

MAX_STREAM = 64 << 20
"""Bytes that a content stream, font or CMap may decode to."""


class NotUnderstoodError(Exception):
    """Something in a file is outside of what is handled; ``code`` is a fixed phrase, never text of the
    file."""

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code


def number(value: object) -> float:
    """Return a PDF number as a float."""
    if isinstance(value, bool) or not isinstance(value, int | float | Decimal):
        raise NotUnderstoodError("a number is missing")
    return float(value)


def numbers(value: object, count: int) -> tuple[float, ...]:
    """Return an array of exactly ``count`` numbers."""
    if not isinstance(value, pikepdf.Array) or len(value) != count:
        raise NotUnderstoodError("an array of numbers has the wrong length")
    return tuple(number(item) for item in value)


def name_of(value: object) -> str | None:
    """Return a name without its slash, or None for anything else; bytes that are no UTF-8 as hex."""
    if not isinstance(value, pikepdf.Name):
        return None
    try:
        return str(value)[1:]
    except UnicodeDecodeError:
        return value.unparse()[1:].decode("ascii", "backslashreplace")


def get(mapping: object, key: str) -> object:
    """Return the value of ``/key`` of a dictionary or stream, None where there is none or no dictionary."""
    if isinstance(mapping, pikepdf.Dictionary | pikepdf.Stream):
        value: object = mapping.get("/" + key)
        return value
    return None


def dictionary(mapping: object, key: str) -> pikepdf.Dictionary | None:
    """Return the dictionary at ``/key``; None where it is absent, ``NotUnderstoodError`` where it is
    something else."""
    value = get(mapping, key)
    if value is None:
        return None
    if not isinstance(value, pikepdf.Dictionary):
        raise NotUnderstoodError("a dictionary is something else")
    return value


def items(mapping: object) -> Iterator[tuple[str, object]]:
    """Yield the keys, without slash, and values of a dictionary or stream."""
    if isinstance(mapping, pikepdf.Stream):
        for key, value in mapping.stream_dict.items():
            yield key[1:], value
    elif isinstance(mapping, pikepdf.Dictionary):
        for key, value in mapping.items():
            yield key[1:], value


def identity(value: object) -> tuple[int, int] | None:
    """Return object and generation number of an indirect object, None for a direct one."""
    if isinstance(value, pikepdf.Object) and value.is_indirect:
        return value.objgen
    return None


def filters(stream: pikepdf.Stream) -> list[str]:
    """Return the names of a stream's filters, in the order of decoding."""
    value = stream.get("/Filter")
    if value is None:
        return []
    found = [name_of(item) for item in value] if isinstance(value, pikepdf.Array) else [name_of(value)]
    if None in found:
        raise NotUnderstoodError("a stream has an unknown filter")
    return [name for name in found if name]


def decoded(stream: object, limit: int = MAX_STREAM) -> bytes:
    """Return a stream's decoded bytes; ``NotUnderstoodError`` if it cannot be decoded or would exceed
    ``limit``."""
    if not isinstance(stream, pikepdf.Stream):
        raise NotUnderstoodError("a stream is missing")
    try:
        raw = stream.read_raw_bytes()
        names = filters(stream)
        if len(names) > 1 and sum(n in ("FlateDecode", "Fl") for n in names) > 1:
            raise NotUnderstoodError("a stream is compressed more than once")
        if names and names[0] in ("FlateDecode", "Fl"):
            _refuse_bomb(raw, limit)
        elif len(raw) > limit:
            raise NotUnderstoodError("a stream is too large")
        data = stream.read_bytes(pikepdf.StreamDecodeLevel.specialized)  # run lengths too
    except (pikepdf.PdfError, NotImplementedError, ValueError, RuntimeError) as error:
        raise NotUnderstoodError("a stream cannot be decoded") from error
    if len(data) > limit:
        raise NotUnderstoodError("a stream is too large")
    return data


def _refuse_bomb(raw: bytes, limit: int) -> None:
    if len(raw) * 1100 < limit:  # deflate never expands further than that
        return
    inflater, total, chunk = zlib.decompressobj(), 0, raw
    try:
        while chunk and total <= limit:
            total += len(inflater.decompress(chunk, 1 << 20))
            chunk = inflater.unconsumed_tail
    except zlib.error as error:
        raise NotUnderstoodError("a stream cannot be decoded") from error
    if total > limit:
        raise NotUnderstoodError("a stream is too large")
