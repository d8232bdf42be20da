"""Redacts a word wherever it is found, and looks for what is left of it."""

from benchmarks.occurrences import folded, spans_of
from redact.document import Document
from redact.formats.interface import Written
from redact.formats.pdf import PdfFormat
from redact.redaction import Redaction

FORMAT = PdfFormat()
MARKING = "Gov. 7922.200"


def redactions(document: Document, *words: str) -> list[Redaction]:
    """A redaction for each place of each word."""
    return [
        Redaction(segment.locator, span, MARKING)
        for segment in document.segments
        for word in words
        for span in spans_of(segment.text, word)
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
