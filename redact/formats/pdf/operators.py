"""The operators of content streams, with the kinds of their operands (ISO 32000-2, annex A)."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from redact.formats.pdf.objects import NotUnderstoodError
from redact.formats.pdf.operands import Name, Operand

SIGNATURES: Final[dict[str, str | None]] = {
    # n number, s string, N name, a array, ? any operand, None: checked where it is interpreted
    **dict.fromkeys(["b", "B", "b*", "B*", "f", "F", "f*", "s", "S", "n", "h", "W", "W*"], ""),
    **dict.fromkeys(["q", "Q", "BT", "ET", "T*", "EMC", "BX", "EX"], ""),
    **dict.fromkeys(["g", "G", "i", "j", "J", "M", "w", "Tc", "TL", "Tr", "Ts", "Tw", "Tz"], "n"),
    **dict.fromkeys(["l", "m", "Td", "TD", "d0"], "nn"),
    **dict.fromkeys(["rg", "RG"], "nnn"),
    **dict.fromkeys(["k", "K", "re", "v", "y"], "nnnn"),
    **dict.fromkeys(["c", "cm", "d1", "Tm"], "nnnnnn"),
    **dict.fromkeys(["cs", "CS", "Do", "gs", "ri", "sh", "MP", "BMC"], "N"),
    **dict.fromkeys(["DP", "BDC"], "N?"),
    **dict.fromkeys(["sc", "SC", "scn", "SCN"], None),
    "d": "an",
    "Tf": "Nn",
    "Tj": "s",
    "TJ": "a",
    "'": "s",
    '"': "nns",
    "BI": None,
}
"""Every operator that is known, with the kinds of its operands."""


@dataclass(slots=True)
class Instruction:
    """One operator with its operands. An inline image is a ``BI`` with its dictionary and its data."""

    operator: str
    operands: Sequence[Operand]
    text: bytes | None = None
    """The canonical text where it is known already, for instructions of numbers only."""


def instruction(word: bytes, operands: list[Operand]) -> Instruction:
    """Return an operator with its operands; raises ``NotUnderstoodError`` if they do not fit."""
    operator = word.decode("ascii")
    if operator not in SIGNATURES:
        raise NotUnderstoodError("an operator is unknown or has the wrong operands")
    signature = SIGNATURES[operator]
    if signature is not None and (
        len(signature) != len(operands)
        or not all(_fits(kind, operand) for kind, operand in zip(signature, operands, strict=True))
    ):
        raise NotUnderstoodError("an operator is unknown or has the wrong operands")
    return Instruction(operator, operands)


def _fits(kind: str, operand: Operand) -> bool:
    if kind == "n":
        return isinstance(operand, float)
    if kind == "s":
        return isinstance(operand, bytes)
    if kind == "N":
        return isinstance(operand, Name)
    if kind == "a":
        return isinstance(operand, list) and all(isinstance(item, bytes | float) for item in operand)
    return isinstance(operand, Name | dict)
