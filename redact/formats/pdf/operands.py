"""Operands of content streams (ISO 32000-2, 7.3): what they can be, taken with their types
checked, and their canonical text."""

import re
from collections.abc import Sequence
from typing import TypeAlias

from redact.formats.pdf.geometry import Matrix
from redact.formats.pdf.objects import NotUnderstoodError

_SPECIAL = re.compile(rb"[\\()\r\n]")
_ESCAPED = {b"\\": b"\\\\", b"(": b"\\(", b")": b"\\)", b"\r": b"\\r", b"\n": b"\\n"}
_NAME_UNSAFE = re.compile(rb"[^!-~]|[#%()<>\[\]{}/]")


class Name(str):
    """A name, without its slash."""

    __slots__ = ()


Operand: TypeAlias = "float | bytes | Name | bool | list[Operand] | dict[str, Operand] | None"


def number_of(value: Operand) -> float:
    """Return an operand that must be a number; raises ``NotUnderstoodError``."""
    if not isinstance(value, float):
        raise NotUnderstoodError("an operator is unknown or has the wrong operands")
    return value


def string_of(value: Operand) -> bytes:
    """Return an operand that must be a string; raises ``NotUnderstoodError``."""
    if not isinstance(value, bytes):
        raise NotUnderstoodError("an operator is unknown or has the wrong operands")
    return value


def array_of(value: Operand) -> list[Operand]:
    """Return an operand that must be an array; raises ``NotUnderstoodError``."""
    if not isinstance(value, list):
        raise NotUnderstoodError("an operator is unknown or has the wrong operands")
    return value


def matrix_of(operands: Sequence[Operand]) -> Matrix:
    """Return six operands that must be numbers; raises ``NotUnderstoodError``."""
    a, b, c, d, e, f = map(number_of, operands)
    return (a, b, c, d, e, f)


def serialize_operand(operand: Operand) -> bytes:
    """Return the canonical text of an operand."""
    if isinstance(operand, bytes):
        return b"(" + _SPECIAL.sub(lambda found: _ESCAPED[found[0]], operand) + b")"
    if isinstance(operand, Name):
        return b"/" + name_text(operand)
    if isinstance(operand, list):
        return b"[" + b" ".join(map(serialize_operand, operand)) + b"]"
    if isinstance(operand, dict):
        inner = (b"/" + name_text(key) + b" " + serialize_operand(value) for key, value in operand.items())
        return b"<<" + b" ".join(inner) + b">>"
    if operand is None:
        return b"null"
    if isinstance(operand, bool):
        return b"true" if operand else b"false"
    return decimal(operand)


def decimal(value: float) -> bytes:
    """Return a number as PDF writes it: no exponent, no superfluous zeros."""
    if value == int(value):
        return b"%d" % int(value)
    return (b"%.9f" % value).rstrip(b"0").rstrip(b".")


def name_text(name: str) -> bytes:
    """Return the canonical text of a name, without its slash."""
    return _NAME_UNSAFE.sub(lambda found: b"#%02X" % found[0][0], name.encode("utf-8", "surrogateescape"))
