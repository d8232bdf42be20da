"""File formats: one module each, all behind the same interface."""

import importlib
from functools import cache

from redact.formats.interface import Format

# In the order in which they are asked: those that a signature tells for certain first, plain text last.
_PICTURES = (
    "redact.formats.picture:Png",
    "redact.formats.picture:Jpeg",
    "redact.formats.picture:Tiff",
)
_FORMATS = (
    "redact.formats.docx:Docx",
    "redact.formats.xlsx:Xlsx",
    "redact.formats.pptx:Pptx",
    "redact.formats.odt:Odt",
    "redact.formats.archive:Zip",
    "redact.formats.msg:Msg",
    "redact.formats.rtf:Rtf",
    "redact.formats.contentlines:Calendar",
    "redact.formats.contentlines:Contact",
    "redact.formats.html:Html",
    "redact.formats.xml:Xml",
    "redact.formats.json:Json",
    "redact.formats.mbox:Mbox",
    "redact.formats.email:Eml",
    "redact.formats.csv:Csv",
    "redact.formats.text:Markdown",
    "redact.formats.text:Text",
    "redact.formats.unsupported:Unsupported",
)
_PDF = "redact.formats.pdf:PdfFormat"
_PDF_SIGNATURE_WITHIN = 1024


def format_of(data: bytes, name: str) -> Format:
    """Return the format of a file: by its content first, and by the ending of its name where content is
    open, as between text and Markdown.

    A file of no known format gets the format ``unsupported``, whose documents carry an obstacle.
    """
    # Pictures first: one that hides the beginning of a PDF is theirs to withhold.
    for picture in map(_load, _PICTURES):
        if picture.recognizes(data, name):
            return picture
    if b"%PDF-" in data[:_PDF_SIGNATURE_WITHIN]:
        pdf = _load(_PDF)
        if pdf.recognizes(data, name):
            return pdf
    return next(found for found in map(_load, _FORMATS) if found.recognizes(data, name))


def strictly(format: Format) -> Format:
    """Return the format that also hides how wide the removed words were, where pages are drawn by measure."""
    if format.name != "pdf":
        return format
    from redact.formats.pdf import PdfFormat

    return PdfFormat(strict=True)


@cache
def _load(path: str) -> Format:
    """Import a format only when a file is read, so that the command line starts quickly."""
    module, _, name = path.partition(":")
    implementation: Format = getattr(importlib.import_module(module), name)()
    return implementation
