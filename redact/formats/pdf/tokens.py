"""The grammar of content streams (ISO 32000-2, 7.2, 7.8.2 and annex A), read strictly and written
canonically.

Readers differ in how they recover from broken syntax, so broken syntax is not recovered from: ``parse``
raises ``NotUnderstoodError``. What is written again is written from what was understood, never copied, so
that two readers of the result cannot disagree.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Final, TypeAlias

from redact.formats.pdf.objects import NotUnderstoodError

MAX_INSTRUCTIONS = 1_500_000
MAX_DEPTH = 24

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


class Name(str):
    """A name, without its slash."""

    __slots__ = ()


Operand: TypeAlias = "float | bytes | Name | bool | list[Operand] | dict[str, Operand] | None"


@dataclass(slots=True)
class Instruction:
    """One operator with its operands. An inline image is a ``BI`` with its dictionary and its data."""

    operator: str
    operands: Sequence[Operand]
    text: bytes | None = None
    """The canonical text where it is known already, for instructions of numbers only."""


_SPACE = rb"[\x00\t\n\x0c\r ]"
_NUMBER = rb"[+-]?(?:\d+\.?\d*|\.\d+)"
_END = rb"(?=[\x00\t\n\x0c\r ()<>\[\]{}/%]|\Z)"
_NUMERIC = re.compile(rb"%s*((?:%s%s+)*)([A-Za-z][A-Za-z0-9]*\*?|'|\")%s" % (_SPACE, _NUMBER, _SPACE, _END))
_LEXEME = re.compile(
    rb"(?P<skip>%s+|%%[^\r\n]*)|(?P<number>%s)%s|/(?P<name>[^\x00\t\n\x0c\r ()<>\[\]{}/%%]*)"
    rb"|(?P<string>\()|(?P<open><<)|(?P<close>>>)|<(?P<hex>[0-9A-Fa-f\x00\t\n\x0c\r ]*)>"
    rb"|(?P<array>\[)|(?P<end>\])"
    rb"|(?P<word>[A-Za-z'\"][A-Za-z0-9*'\"]*)%s" % (_SPACE, _NUMBER, _END, _END)
)
_PLAIN_STRING = re.compile(rb"\(([^\\()\r]*)\)")
_STRING_PART = re.compile(rb"[\\()\r]")
_SPECIAL = re.compile(rb"[\\()\r\n]")
_ESCAPED = {b"\\": b"\\\\", b"(": b"\\(", b")": b"\\)", b"\r": b"\\r", b"\n": b"\\n"}
_ESCAPES = {0x6E: b"\n", 0x72: b"\r", 0x74: b"\t", 0x62: b"\b", 0x66: b"\f"}
_NAME_HEX = re.compile(rb"#([0-9A-Fa-f]{2})")
_NAME_UNSAFE = re.compile(rb"[^!-~]|[#%()<>\[\]{}/]")
_WHITE = re.compile(_SPACE + rb"+")
_IMAGE_END = re.compile(_SPACE + rb"EI" + _END)
_KEYWORDS: dict[bytes, bool | None] = {b"true": True, b"false": False, b"null": None}
_CHANNELS = {
    "DeviceGray": 1,
    "G": 1,
    "DeviceRGB": 3,
    "RGB": 3,
    "DeviceCMYK": 4,
    "CMYK": 4,
    "I": 1,
    "Indexed": 1,
}


def parse(data: bytes) -> list[Instruction]:
    """Read a content stream; raises ``NotUnderstoodError`` for anything outside of the grammar."""
    found: list[Instruction] = []
    operands: list[Operand] = []
    position = 0
    while True:
        match = None if operands else _NUMERIC.match(data, position)
        if match and match[2] not in _KEYWORDS and match[2] != b"BI":
            lexemes = match[1].split() if b"\x00" not in match[1] else _WHITE.sub(b" ", match[1]).split()
            operator = match[2].decode("ascii")
            if SIGNATURES.get(operator, "") != "n" * len(lexemes) and operator not in (
                "sc",
                "SC",
                "scn",
                "SCN",
            ):
                raise NotUnderstoodError("an operator is unknown or has the wrong operands")
            if operator not in SIGNATURES or len(lexemes) > 32:
                raise NotUnderstoodError("an operator is unknown or has the wrong operands")
            text = b" ".join([*lexemes, match[2]])
            found.append(Instruction(operator, [float(lexeme) for lexeme in lexemes], text))
            position = match.end()
        else:
            lexed = _lex(data, position)
            if lexed is None:
                break
            kind, value, position = lexed
            if kind == "word" and value == b"BI":
                if operands:
                    raise NotUnderstoodError("an inline image has operands")
                instruction, position = _inline_image(data, position)
                found.append(instruction)
            elif kind == "word" and value not in _KEYWORDS:
                found.append(_instruction(value, operands))
                operands = []
            else:
                operand, position = _operand(data, kind, value, position, 0)
                operands.append(operand)
                if len(operands) > 64:
                    raise NotUnderstoodError("an operator has too many operands")
        if len(found) > MAX_INSTRUCTIONS:
            raise NotUnderstoodError("a content stream has too many instructions")
    if operands:
        raise NotUnderstoodError("a content stream ends in operands")
    return found


def operands_of(data: bytes) -> Iterator[tuple[str, Operand]]:
    """Yield the tokens of a CMap or another small PostScript file: ``("operand", value)`` or ``("word",
    b"def")``."""
    position = 0
    while True:
        lexed = _lex(data, position)
        if lexed is None:
            return
        kind, value, position = lexed
        if kind == "word" and value not in _KEYWORDS:
            yield "word", value
        else:
            operand, position = _operand(data, kind, value, position, 0)
            yield "operand", operand


def serialize(instruction: Instruction) -> bytes:
    """Return the canonical text of an instruction."""
    if instruction.text is not None:
        return instruction.text
    if instruction.operator == "BI":
        entries, image = instruction.operands
        if not isinstance(entries, dict) or not isinstance(image, bytes):
            raise NotUnderstoodError("an inline image is malformed")
        inner = b" ".join(
            b"/" + _name(key) + b" " + serialize_operand(value) for key, value in entries.items()
        )
        return b"BI " + inner + b" ID " + image + b"\nEI"
    return b" ".join([*map(serialize_operand, instruction.operands), instruction.operator.encode("ascii")])


def serialize_operand(operand: Operand) -> bytes:
    """Return the canonical text of an operand."""
    if isinstance(operand, bytes):
        return b"(" + _SPECIAL.sub(lambda found: _ESCAPED[found[0]], operand) + b")"
    if isinstance(operand, Name):
        return b"/" + _name(operand)
    if isinstance(operand, list):
        return b"[" + b" ".join(map(serialize_operand, operand)) + b"]"
    if isinstance(operand, dict):
        inner = (b"/" + _name(key) + b" " + serialize_operand(value) for key, value in operand.items())
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


def _instruction(word: bytes, operands: list[Operand]) -> Instruction:
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


def _lex(data: bytes, position: int) -> tuple[str, bytes, int] | None:
    while True:
        match = _LEXEME.match(data, position)
        if match is None:
            if position < len(data):
                raise NotUnderstoodError("a content stream breaks the syntax")
            return None
        kind = match.lastgroup or ""
        if kind != "skip":
            return kind, match[kind], match.end()
        position = match.end()


def _operand(data: bytes, kind: str, value: bytes, position: int, depth: int) -> tuple[Operand, int]:
    if depth > MAX_DEPTH:
        raise NotUnderstoodError("operands are nested too deep")
    if kind == "number":
        return float(value), position
    if kind == "name":
        return Name(
            _NAME_HEX.sub(lambda found: bytes([int(found[1], 16)]), value).decode("utf-8", "surrogateescape")
        ), position
    if kind == "string":
        return _string(data, position - 1)
    if kind == "hex":
        digits = _WHITE.sub(b"", value)
        return bytes.fromhex((digits + b"0" * (len(digits) % 2)).decode("ascii")), position
    if kind == "word" and value in _KEYWORDS:
        return _KEYWORDS[value], position
    if kind == "array":
        return _array(data, position, depth)
    if kind == "open":
        return _dictionary(data, position, depth)
    raise NotUnderstoodError("a content stream breaks the syntax")


def _array(data: bytes, position: int, depth: int) -> tuple[Operand, int]:
    found: list[Operand] = []
    while True:
        lexed = _lex(data, position)
        if lexed is None:
            raise NotUnderstoodError("an array does not end")
        kind, value, position = lexed
        if kind == "end":
            return found, position
        operand, position = _operand(data, kind, value, position, depth + 1)
        found.append(operand)


def _dictionary(data: bytes, position: int, depth: int) -> tuple[Operand, int]:
    found: dict[str, Operand] = {}
    while True:
        lexed = _lex(data, position)
        if lexed is None:
            raise NotUnderstoodError("a dictionary does not end")
        kind, value, position = lexed
        if kind == "close":
            return found, position
        key, position = _operand(data, kind, value, position, depth + 1)
        lexed = _lex(data, position)
        if not isinstance(key, Name) or lexed is None or key in found:
            raise NotUnderstoodError("a dictionary breaks the syntax")
        found[key], position = _operand(data, *lexed, depth + 1)


def _string(data: bytes, start: int) -> tuple[bytes, int]:
    plain = _PLAIN_STRING.match(data, start)
    if plain:
        return plain[1], plain.end()
    depth, position, parts = 1, start + 1, bytearray()
    while True:
        match = _STRING_PART.search(data, position)
        if match is None:
            raise NotUnderstoodError("a string does not end")
        parts += data[position : match.start()]
        position = match.end()
        mark = match[0]
        if mark == b"(":
            depth += 1
        elif mark == b")":
            depth -= 1
            if not depth:
                return bytes(parts), position
        elif mark == b"\r":
            mark = b"\n"  # 7.3.4.2: an end of line in a string is one line feed
            position += data[position : position + 1] == b"\n"
        else:
            mark, position = _escape(data, position)
        parts += mark


def _escape(data: bytes, position: int) -> tuple[bytes, int]:
    following = data[position : position + 3]
    if not following:
        raise NotUnderstoodError("a string does not end")
    if following[0] in _ESCAPES:
        return _ESCAPES[following[0]], position + 1
    octal = re.match(rb"[0-7]{1,3}", following)
    if octal:
        return bytes([int(octal[0], 8) & 255]), position + len(octal[0])
    if following[:2] == b"\r\n":
        return b"", position + 2
    if following[:1] in b"\r\n":
        return b"", position + 1
    return following[:1], position + 1


def _name(name: str) -> bytes:
    return _NAME_UNSAFE.sub(lambda found: b"#%02X" % found[0][0], name.encode("utf-8", "surrogateescape"))


def _inline_image(data: bytes, position: int) -> tuple[Instruction, int]:
    entries: dict[str, Operand] = {}
    while True:
        lexed = _lex(data, position)
        if lexed is None:
            raise NotUnderstoodError("an inline image does not end")
        kind, value, position = lexed
        if kind == "word" and value == b"ID":
            break
        key, position = _operand(data, kind, value, position, 0)
        lexed = _lex(data, position)
        if not isinstance(key, Name) or lexed is None or key in entries:
            raise NotUnderstoodError("an inline image is malformed")
        entries[key], position = _operand(data, *lexed, 0)
    position += 1  # one white-space character ends ID
    length = _raw_length(entries)
    if length is not None:
        match = _IMAGE_END.match(data, position + length)
        if match is None and data[position + length : position + length + 2] == b"EI":
            match = re.compile(rb"EI" + _END).match(data, position + length)
        if match is None:
            raise NotUnderstoodError("an inline image does not end")
        return Instruction("BI", [entries, data[position : position + length]]), match.end()
    for match in _IMAGE_END.finditer(data, position):
        if _resumes(data, match.end()):
            return Instruction("BI", [entries, data[position : match.start()]]), match.end()
    raise NotUnderstoodError("an inline image does not end")


def _raw_length(entries: dict[str, Operand]) -> int | None:
    """Return the bytes of an uncompressed inline image, None for a compressed one."""
    if entries.get("F", entries.get("Filter")) not in (None, []):
        return None
    width, height = entries.get("W", entries.get("Width")), entries.get("H", entries.get("Height"))
    if not isinstance(width, float) or not isinstance(height, float):
        raise NotUnderstoodError("an inline image has no size")
    if entries.get("IM", entries.get("ImageMask")) is True:
        return int((width + 7) // 8 * height)
    bits, space = (
        entries.get("BPC", entries.get("BitsPerComponent")),
        entries.get("CS", entries.get("ColorSpace")),
    )
    if isinstance(space, list) and space and isinstance(space[0], Name):
        space = space[0]
    if not isinstance(bits, float) or not isinstance(space, Name) or space not in _CHANNELS:
        raise NotUnderstoodError("an inline image has an unknown colour space")
    return int((width * bits * _CHANNELS[space] + 7) // 8 * height)


def _resumes(data: bytes, position: int) -> bool:
    """Whether instructions follow, so that ``EI`` was not a chance pair of bytes inside of an image."""
    for _ in range(6):
        try:
            lexed = _lex(data, position)
        except NotUnderstoodError:
            return False
        if lexed is None:
            return True
        kind, value, position = lexed
        if kind == "word":
            return value in _KEYWORDS or value.decode("ascii") in SIGNATURES
    return True
