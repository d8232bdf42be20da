"""The PDF format."""

from redact.formats.pdf.format import PdfFormat
from redact.formats.pdf.selection import region_locator
from redact.formats.pdf.verify import Observation, Report, verify

__all__ = ["Observation", "PdfFormat", "Report", "region_locator", "verify"]
