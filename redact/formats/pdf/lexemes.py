"""The smallest parts of content streams and of small PostScript files, read strictly (ISO 32000-2, 7.2, 7.3).

Readers differ in how they recover from broken syntax, so broken syntax is not recovered from: it raises
``NotUnderstoodError``.
"""

import re
from collections.abc import Iterator

from redact.formats.pdf.objects import NotUnderstoodError
from redact.formats.pdf.operands import Name, Operand

MAX_DEPTH = 24

SPACE = rb"[\x00\t\n\x0c\r ]"
NUMBER = rb"[+-]?(?:\d+\.?\d*|\.\d+)"
END = rb"(?=[\x00\t\n\x0c\r ()<>\[\]{}/%]|\Z)"
_LEXEME = re.compile(
    rb"(?P<skip>%s+|%%[^\r\n]*)|(?P<number>%s)%s|/(?P<name>[^\x00\t\n\x0c\r ()<>\[\]{}/%%]*)"
    rb"|(?P<string>\()|(?P<open><<)|(?P<close>>>)|<(?P<hex>[0-9A-Fa-f\x00\t\n\x0c\r ]*)>"
    rb"|(?P<array>\[)|(?P<end>\])"
    rb"|(?P<word>[A-Za-z'\"][A-Za-z0-9*'\"]*)%s" % (SPACE, NUMBER, END, END)
)
_PLAIN_STRING = re.compile(rb"\(([^\\()\r]*)\)")
_STRING_PART = re.compile(rb"[\\()\r]")
_ESCAPES = {0x6E: b"\n", 0x72: b"\r", 0x74: b"\t", 0x62: b"\b", 0x66: b"\f"}
_NAME_HEX = re.compile(rb"#([0-9A-Fa-f]{2})")
WHITE = re.compile(SPACE + rb"+")
KEYWORDS: dict[bytes, bool | None] = {b"true": True, b"false": False, b"null": None}


def operands_of(data: bytes) -> Iterator[tuple[str, Operand]]:
    """Yield the tokens of a CMap or another small PostScript file: ``("operand", value)`` or ``("word",
    b"def")``."""
    position = 0
    while True:
        lexed = next_lexeme(data, position)
        if lexed is None:
            return
        kind, value, position = lexed
        if kind == "word" and value not in KEYWORDS:
            yield "word", value
        else:
            operand, position = read_operand(data, kind, value, position, 0)
            yield "operand", operand


def next_lexeme(data: bytes, position: int) -> tuple[str, bytes, int] | None:
    """Return the kind, the value and the end of the next lexeme, None at the end of the data."""
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


def read_operand(data: bytes, kind: str, value: bytes, position: int, depth: int) -> tuple[Operand, int]:
    """Return the operand that begins with a lexeme, and where it ends."""
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
        digits = WHITE.sub(b"", value)
        return bytes.fromhex((digits + b"0" * (len(digits) % 2)).decode("ascii")), position
    if kind == "word" and value in KEYWORDS:
        return KEYWORDS[value], position
    if kind == "array":
        return _array(data, position, depth)
    if kind == "open":
        return _dictionary(data, position, depth)
    raise NotUnderstoodError("a content stream breaks the syntax")


def _array(data: bytes, position: int, depth: int) -> tuple[Operand, int]:
    found: list[Operand] = []
    while True:
        lexed = next_lexeme(data, position)
        if lexed is None:
            raise NotUnderstoodError("an array does not end")
        kind, value, position = lexed
        if kind == "end":
            return found, position
        operand, position = read_operand(data, kind, value, position, depth + 1)
        found.append(operand)


def _dictionary(data: bytes, position: int, depth: int) -> tuple[Operand, int]:
    found: dict[str, Operand] = {}
    while True:
        lexed = next_lexeme(data, position)
        if lexed is None:
            raise NotUnderstoodError("a dictionary does not end")
        kind, value, position = lexed
        if kind == "close":
            return found, position
        key, position = read_operand(data, kind, value, position, depth + 1)
        lexed = next_lexeme(data, position)
        if not isinstance(key, Name) or lexed is None or key in found:
            raise NotUnderstoodError("a dictionary breaks the syntax")
        found[key], position = read_operand(data, *lexed, depth + 1)


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
