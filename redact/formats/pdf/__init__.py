"""The PDF format."""

from redact.formats.pdf.format import PdfFormat

__all__ = ["PdfFormat"]
