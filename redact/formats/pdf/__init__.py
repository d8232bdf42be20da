"""The PDF format, the check of any PDF, and the pages that the program makes itself."""

from redact.formats.pdf.format import PdfFormat
from redact.formats.pdf.selection import region_locator
from redact.formats.pdf.sheets import numbered, sheet, slip_sheet, stamped
from redact.formats.pdf.verify import Observation, Report, verify

__all__ = [
    "Observation",
    "PdfFormat",
    "Report",
    "numbered",
    "region_locator",
    "sheet",
    "slip_sheet",
    "stamped",
    "verify",
]
