"""Broken files: no error but ours, no endless work, and no word that was removed.

A mutator with a fixed seed changes bytes and tokens of small files; 2,000 of them in the slow suite.
"""

import random
import re
import time

import pytest

from redact.errors import FormatError
from redact.formats.pdf import PdfFormat
from redact.verify import verify
from tests.formats.pdf import papers
from tests.formats.pdf.checks import readers_of, redactions
from tests.formats.pdf.hiding import PLACES, base

WORD = "Quillfeather"
READER = PdfFormat(use_ocr=False, inspected=True)
SEEDS = ("nested forms", "glyph procedure", "form field", "hidden layer", "soft mask", "comment in a jpeg")
TOKENS = [
    b"<<",
    b">>",
    b"[",
    b"]",
    b"(",
    b")",
    b"/",
    b"%",
    b"0",
    b"-1",
    b"9999999999",
    b"stream",
    b"endobj",
    b"R",
    b"Tj",
]


def seeds() -> list[bytes]:
    """Small files, uncompressed so that a changed byte is a changed token."""
    found = []
    for name in SEEDS:
        pdf = base(WORD)
        PLACES[name](pdf, WORD)
        found.append(papers.saved(pdf, compress_streams=False))
    return found


def mutated(data: bytes, chance: random.Random) -> bytes:
    """Change one to six places: a byte, a token, a number, a run left out or doubled."""
    changed = bytearray(data)
    for _ in range(chance.randint(1, 6)):
        position = chance.randrange(len(changed))
        kind = chance.randrange(5)
        if kind == 0:
            changed[position] = chance.randrange(256)
        elif kind == 1:
            token = chance.choice(TOKENS)
            changed[position : position + len(token)] = token
        elif kind == 2:
            numbers = list(re.finditer(rb"\d+", bytes(changed)))
            found = chance.choice(numbers)
            changed[found.start() : found.end()] = b"%d" % chance.choice([0, 1, -1, 7, 65536, 2**31])
        elif kind == 3:
            del changed[position : position + chance.randint(1, 40)]
        else:
            changed[position:position] = changed[position : position + chance.randint(1, 40)]
    return bytes(changed)


def survives(data: bytes) -> None:
    """Read, redact, write, verify: only a ``FormatError`` may come of it, in time, nothing of the word."""
    started = time.process_time()
    try:
        document = READER.read(data, "x.pdf")
        if document.obstacles:
            return
        removed = redactions(document, WORD)
        written = READER.write(data, document, removed)
        # Samples of a picture can happen to spell the word: verification then withholds the file.
        if verify(READER, data, document, removed, written.data, written.problems).passed:
            assert readers_of(written.data, WORD) == []
    except FormatError as error:
        assert WORD.lower() not in str(error).lower()
    finally:
        assert time.process_time() - started < 20


def run(start: int, count: int) -> None:
    files = seeds()
    for number in range(start, start + count):
        chance = random.Random(number)
        data = mutated(chance.choice(files), chance)
        try:
            survives(data)
        except AssertionError as error:
            raise AssertionError(f"mutation {number}: {error}") from None


def test_some_mutations() -> None:
    run(0, 60)


@pytest.mark.slow
@pytest.mark.parametrize("part", range(20))
def test_two_thousand_mutations(part: int) -> None:
    run(part * 100, 100)
