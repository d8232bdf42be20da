"""The grammar of content streams (ISO 32000-2, 7.8.2 and annex A), read strictly and written canonically.

What is written again is written from what was understood, never copied, so that two readers of the result
cannot disagree.
"""

import re

from redact.formats.pdf.inlineimages import inline_image
from redact.formats.pdf.lexemes import END, KEYWORDS, NUMBER, SPACE, WHITE, next_lexeme, read_operand
from redact.formats.pdf.objects import NotUnderstoodError
from redact.formats.pdf.operands import Operand, name_text, serialize_operand
from redact.formats.pdf.operators import SIGNATURES, Instruction, instruction

MAX_INSTRUCTIONS = 1_500_000

_NUMERIC = re.compile(rb"%s*((?:%s%s+)*)([A-Za-z][A-Za-z0-9]*\*?|'|\")%s" % (SPACE, NUMBER, SPACE, END))


def parse(data: bytes) -> list[Instruction]:
    """Read a content stream; raises ``NotUnderstoodError`` for anything outside of the grammar."""
    found: list[Instruction] = []
    operands: list[Operand] = []
    position = 0
    while True:
        match = None if operands else _NUMERIC.match(data, position)
        if match and match[2] not in KEYWORDS and match[2] != b"BI":
            lexemes = match[1].split() if b"\x00" not in match[1] else WHITE.sub(b" ", match[1]).split()
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
            lexed = next_lexeme(data, position)
            if lexed is None:
                break
            kind, value, position = lexed
            if kind == "word" and value == b"BI":
                if operands:
                    raise NotUnderstoodError("an inline image has operands")
                image, position = inline_image(data, position)
                found.append(Instruction("BI", image))
            elif kind == "word" and value not in KEYWORDS:
                found.append(instruction(value, operands))
                operands = []
            else:
                operand, position = read_operand(data, kind, value, position, 0)
                operands.append(operand)
                if len(operands) > 64:
                    raise NotUnderstoodError("an operator has too many operands")
        if len(found) > MAX_INSTRUCTIONS:
            raise NotUnderstoodError("a content stream has too many instructions")
    if operands:
        raise NotUnderstoodError("a content stream ends in operands")
    return found


def serialize(instruction: Instruction) -> bytes:
    """Return the canonical text of an instruction."""
    if instruction.text is not None:
        return instruction.text
    if instruction.operator == "BI":
        entries, image = instruction.operands
        if not isinstance(entries, dict) or not isinstance(image, bytes):
            raise NotUnderstoodError("an inline image is malformed")
        inner = b" ".join(
            b"/" + name_text(key) + b" " + serialize_operand(value) for key, value in entries.items()
        )
        return b"BI " + inner + b" ID " + image + b"\nEI"
    return b" ".join([*map(serialize_operand, instruction.operands), instruction.operator.encode("ascii")])
