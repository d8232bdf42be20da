"""The PDF format, the check of any PDF, and the pages that the program makes itself."""

from redact.formats.pdf.format import PdfFormat
from redact.formats.pdf.selection import region_locator
from redact.formats.pdf.sheets import numbered, slip_sheet
from redact.formats.pdf.verify import Observation, Report, verify

__all__ = ["Observation", "PdfFormat", "Report", "numbered", "region_locator", "slip_sheet", "verify"]
