"""What independent readers get out of a file: as text PDFium, pypdf, and poppler or, where that is not
installed, pdfminer; and every object and stream raw."""

import logging
import re
from collections.abc import Iterator
from io import BytesIO
from typing import Any

import pikepdf
import pypdf
from pypdf.generic import ArrayObject, ByteStringObject, ContentStream, NameObject

from redact.errors import FormatError
from redact.formats.interface import Reading
from redact.formats.pdf import poppler
from redact.formats.pdf.collection import uncollected
from redact.formats.pdf.miner import text_as_drawn
from redact.formats.pdf.objects import NotUnderstoodError, decoded, items, name_of
from redact.formats.pdf.operations import Kinds, operations
from redact.formats.pdf.pdfium import opened

MAX_RAW = 512 << 20

for _name in ("pypdf", "pdfminer"):  # their warnings can quote a document
    logging.getLogger(_name).setLevel(logging.CRITICAL)


def reread(data: bytes) -> Iterator[Reading]:
    """Yield what each reader finds; raises ``FormatError`` if one of them cannot read the file."""
    try:
        yield Reading("pdfium", _pdfium(data))
        yield Reading("pypdf", _pypdf(data))
        if poppler.program() is not None:
            yield Reading("poppler", poppler.text(data))
        else:
            yield Reading("pdfminer", text_as_drawn(data))
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


class _Content(ContentStream):
    """A page's content as pypdf gives it, cut into operators by qpdf."""

    @property  # type: ignore[misc]  # nothing sets it here
    def operations(self) -> list[tuple[Any, bytes]]:
        return [(operands, name.encode("ascii")) for name, operands in operations(self.get_data(), _KINDS)]


_KINDS = Kinds(NameObject, ByteStringObject, ArrayObject)


@uncollected()
def _pypdf(data: bytes) -> str:
    reader = pypdf.PdfReader(BytesIO(data))
    texts = []
    for page in reader.pages:
        content = page.get("/Contents")
        if content is not None:
            page[NameObject("/Contents")] = _Content(content.get_object(), reader, "bytes")
        texts.append(page.extract_text())
    return "\n".join(texts)


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
                    plain = _without_numbers(decoded(value)) if _is_index(value) else decoded(value)
                except NotUnderstoodError:
                    plain = b""
                total += len(raw) + len(plain)
                if total > MAX_RAW:
                    raise FormatError("what was written is too large to be read again")
                parts += [raw.decode("latin-1"), plain.decode("latin-1")]
        yield Reading("decoded streams", "\n".join(parts), "raw")


_REFERENCE = re.compile(rb"\b\d+ \d+ R\b")


def _is_index(stream: pikepdf.Stream) -> bool:
    return name_of(stream.get("/Type")) == "ObjStm"


def _without_numbers(objects: bytes) -> bytes:
    """Return the objects of an object stream without their numbers, among which any short value stands by
    chance (7.5.7): those at its start, before the first object, and those of references."""
    start = re.match(rb"[\d\s]*", objects)
    return _REFERENCE.sub(b"R", objects[start.end() if start else 0 :])


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
