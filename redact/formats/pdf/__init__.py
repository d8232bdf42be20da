"""The PDF format."""

from redact.formats.pdf.format import PdfFormat
from redact.formats.pdf.selection import region_locator

__all__ = ["PdfFormat", "region_locator"]
