"""PDFs that the tests make themselves."""

from collections.abc import Mapping, Sequence
from io import BytesIO

import pikepdf
from pikepdf import Array, Dictionary, Name


def helvetica() -> Dictionary:
    """The font resource of the tests."""
    return Dictionary(
        Type=Name.Font, Subtype=Name.Type1, BaseFont=Name.Helvetica, Encoding=Name.WinAnsiEncoding
    )


def line(text: str, x: float = 72, y: float = 700, size: float = 12, font: str = "F0") -> bytes:
    """One line of text, as a text object of its own."""
    escaped = text.replace("\\", "\\\\").replace("(", "\\(").replace(")", "\\)").encode("cp1252")
    return b"BT /%s %g Tf %g %g Td (%s) Tj ET\n" % (font.encode(), size, x, y, escaped)


def new(*contents: bytes, resources: Mapping[str, object] | None = None) -> pikepdf.Pdf:
    """A file with one page for each content stream; all share Helvetica as ``F0`` and ``resources``."""
    pdf = pikepdf.new()
    font = pdf.make_indirect(helvetica())
    for content in contents or (line("Nothing to hide."),):
        shared = Dictionary(Font=Dictionary(F0=font))
        for category, entries in (resources or {}).items():
            if category not in shared:
                shared[category] = Dictionary()
            for name, value in entries.items():
                shared[category][name] = value
        page = Dictionary(
            Type=Name.Page,
            MediaBox=Array([0, 0, 612, 792]),
            Resources=shared,
            Contents=pdf.make_stream(content),
        )
        pdf.pages.append(pikepdf.Page(pdf.make_indirect(page)))
    return pdf


def saved(pdf: pikepdf.Pdf, **options: object) -> bytes:
    """The bytes of a file."""
    out = BytesIO()
    pdf.save(out, **options)
    return out.getvalue()


def paper(*contents: bytes) -> bytes:
    """The bytes of a file with one page for each content stream."""
    return saved(new(*contents))


def lines(texts: Sequence[str]) -> bytes:
    """Lines of text from the top of a page."""
    return b"".join(line(text, y=720 - 16 * i) for i, text in enumerate(texts))
