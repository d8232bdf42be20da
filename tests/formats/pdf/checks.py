"""Redacts a word wherever it is found, and looks for what is left of it."""

import re
import unicodedata
from collections.abc import Iterator

from redact.document import Document, Span
from redact.formats.interface import Written
from redact.formats.pdf import PdfFormat
from redact.redaction import Redaction

FORMAT = PdfFormat()
MARKING = "Gov. 7922.200"


def folded(text: str) -> tuple[str, list[int]]:
    """Letters and digits only, folded, with the position of each in ``text``."""
    characters, positions = [], []
    for position, character in enumerate(text):
        for part in unicodedata.normalize("NFKC", character).lower():
            if part.isalnum():
                characters.append(part)
                positions.append(position)
    return "".join(characters), positions


def spans(text: str, word: str) -> Iterator[Span]:
    """Every place of a word in a text, over line ends, hyphens and spaces."""
    characters, positions = folded(text)
    for match in re.finditer(re.escape(folded(word)[0]), characters):
        yield Span(positions[match.start()], positions[match.end() - 1] + 1)


def redactions(document: Document, *words: str) -> list[Redaction]:
    """A redaction for each place of each word."""
    return [
        Redaction(segment.locator, span, MARKING)
        for segment in document.segments
        for word in words
        for span in spans(segment.text, word)
    ]


def redact(data: bytes, *words: str, reader: PdfFormat = FORMAT) -> Written:
    """Read, redact, write."""
    document = reader.read(data, "case.pdf")
    assert document.obstacles == ()
    return reader.write(data, document, redactions(document, *words))


def readers_of(data: bytes, word: str) -> list[str]:
    """The readers that still find a word, in any of the encodings that PDF has."""
    plain = folded(word)[0]
    encoded = [word, word.encode("utf-16-be").decode("latin-1"), word.encode("utf-16-le").decode("latin-1")]
    encoded += [word.encode().hex(), word.encode("utf-16-be").hex()]
    found = []
    for reading in FORMAT.reread(data):
        text = reading.text.lower()
        raw = any(form.lower() in text for form in encoded)
        if raw or (reading.kind == "text" and plain in folded(reading.text)[0]):
            found.append(reading.reader)
    return found
