"""Content streams cut into operators by qpdf, whose tokenizer in C++ is not the one that writes them and ten
times as fast as those of pypdf and pdfminer: they give the streams and read what the operators show."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

import pikepdf

SHOWING = "q Q cm BT ET Tc Tw Tz TL Tf Tr Ts Td TD Tm T* Tj TJ ' \" Do"
"""The operators that show text or move it."""


@dataclass(frozen=True, slots=True)
class Kinds:
    """How a reader wants operands."""

    name: Callable[[str], Any]
    """Makes a name, given with its slash."""
    string: Callable[[bytes], Any]
    array: Callable[[list[Any]], Any]


def operations(data: bytes, kinds: Kinds) -> Iterator[tuple[str, list[Any]]]:
    """Yield the operators of a content stream that show text, with their operands.

    Raises ``pikepdf.PdfError`` where it is malformed.
    """
    stream = pikepdf.Stream(_SCRATCH, data)
    for instruction in pikepdf.parse_content_stream(stream, SHOWING):
        yield str(instruction.operator), [_operand(operand, kinds) for operand in instruction.operands]


_SCRATCH = pikepdf.new()
_NUMBERS = (int, Decimal)


def _operand(value: object, kinds: Kinds) -> Any:
    if isinstance(value, _NUMBERS):
        return float(value)
    if isinstance(value, pikepdf.String):
        return kinds.string(bytes(value))
    if isinstance(value, pikepdf.Array):
        return kinds.array([_operand(item, kinds) for item in value])
    return kinds.name(str(value)) if isinstance(value, pikepdf.Name) else None
