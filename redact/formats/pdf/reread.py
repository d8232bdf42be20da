"""What independent readers get out of a file: PDFium, pypdf, pdfminer and, where it is installed, poppler as
text, and every object and stream raw."""

import logging
from collections.abc import Iterator
from io import BytesIO

import pikepdf
import pypdf

from redact.errors import FormatError
from redact.formats.interface import Reading
from redact.formats.pdf import poppler
from redact.formats.pdf.miner import text_as_drawn
from redact.formats.pdf.objects import NotUnderstoodError, decoded, items
from redact.formats.pdf.pdfium import opened

MAX_RAW = 512 << 20

for _name in ("pypdf", "pdfminer"):  # their warnings can quote a document
    logging.getLogger(_name).setLevel(logging.CRITICAL)


def reread(data: bytes) -> Iterator[Reading]:
    """Yield what each reader finds; raises ``FormatError`` if one of them cannot read the file."""
    try:
        yield Reading("pdfium", _pdfium(data))
        yield Reading("pypdf", _pypdf(data))
        yield Reading("pdfminer", text_as_drawn(data))
        if poppler.program() is not None:
            yield Reading("poppler", poppler.text(data))
        yield from _raw(data)
    except (NotUnderstoodError, FormatError):
        raise FormatError("what was written cannot be read again") from None
    except (
        Exception
    ) as error:  # three libraries with no common error; none may pass, nor its message be shown
        raise FormatError(f"what was written cannot be read again ({type(error).__name__})") from None


def _pdfium(data: bytes) -> str:
    with opened(data) as rendering:
        return "\n".join(rendering.text(index) for index in range(len(rendering)))


def _pypdf(data: bytes) -> str:
    reader = pypdf.PdfReader(BytesIO(data))
    return "\n".join(page.extract_text() for page in reader.pages)


def _raw(data: bytes) -> Iterator[Reading]:
    """Yield the file's bytes, its objects written out with their strings, and each stream, raw and
    decoded."""
    yield Reading("bytes", data.decode("latin-1"), "raw")
    with pikepdf.open(BytesIO(data)) as pdf:
        parts: list[str] = []
        total = 0
        _strings(pdf.trailer, parts, 0)
        for value in pdf.objects:
            _strings(value, parts, 0)
            if isinstance(value, pikepdf.Stream):
                raw = value.read_raw_bytes()
                try:
                    plain = decoded(value)
                except NotUnderstoodError:
                    plain = b""
                total += len(raw) + len(plain)
                if total > MAX_RAW:
                    raise FormatError("what was written is too large to be read again")
                parts += [raw.decode("latin-1"), plain.decode("latin-1")]
        yield Reading("decoded streams", "\n".join(parts), "raw")


def _strings(value: object, parts: list[str], depth: int) -> None:
    if depth > 40:
        raise FormatError("what was written is nested too deep")
    if isinstance(value, pikepdf.String):
        parts += [str(value), bytes(value).decode("latin-1")]
    elif isinstance(value, pikepdf.Name):
        parts.append(str(value))
    elif isinstance(value, pikepdf.Array):
        for element in value:
            if not (isinstance(element, pikepdf.Object) and element.is_indirect):
                _strings(element, parts, depth + 1)
    elif isinstance(value, pikepdf.Dictionary | pikepdf.Stream):
        for key, entry in items(value):
            parts.append(key)
            if not (isinstance(entry, pikepdf.Object) and entry.is_indirect):
                _strings(entry, parts, depth + 1)
