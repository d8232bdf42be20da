"""Regions: which characters of a PDF lie under a rectangle that is to be removed."""

from collections.abc import Iterator, Sequence
from itertools import groupby

from redact.document import Span
from redact.errors import FormatError
from redact.formats.pdf.intake import read_model
from redact.formats.pdf.selection import select
from redact.redaction import Redaction


def covered(data: bytes, regions: Sequence[Redaction]) -> Iterator[Redaction]:
    """Yield a redaction for each word or part of one in ``data`` that lies under one of ``regions``.

    So a verification can look for what stood there. Only what the page itself shows is known this way, not
    what a picture shows. Raises ``FormatError`` where a region is of no page.
    """
    pages = {page.number: page for page in read_model(data).pages}
    for region in regions:
        number = int(region.locator.removeprefix("page:").partition("/")[0])
        if number not in pages:
            raise FormatError("a region is of a page that this PDF does not have")
        page = pages[number]
        glyphs = select(page, [region]).glyphs - page.unseen
        for place, text in page.texts.items():
            locator = f"{page.locator}/{place}" if place else page.locator
            under = [
                bool(owners) and not character.isspace() and glyphs.issuperset(owners)
                for character, owners in zip(text.text, text.owners, strict=True)
            ]
            position = 0
            for is_under, run in groupby(under):
                end = position + len(list(run))
                if is_under:
                    yield Redaction(locator, Span(position, end), region.marking)
                position = end
