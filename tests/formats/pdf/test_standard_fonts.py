"""Fonts that are not embedded: each code moves as far as the standard font of that name says."""

import pytest
from pikepdf import Dictionary, Name
from reportlab.pdfbase import _fontdata as afm

from redact.formats.pdf.fonts import load_font
from redact.formats.pdf.pdfium import opened
from tests.formats.pdf import papers
from tests.formats.pdf.checks import redact


def dictionary_of(name: str, **keys: object) -> Dictionary:
    made = Dictionary(Type=Name.Font, Subtype=Name.Type1, BaseFont=Name("/" + name))
    for key, value in keys.items():
        made["/" + key] = value
    return made


@pytest.mark.parametrize(
    ("font", "encoding"),
    [
        *(
            (name, encoding)
            for name in afm.standardFonts[:12]
            for encoding in ("WinAnsi", "MacRoman", "Standard")
        ),
        ("Symbol", "Symbol"),
        ("ZapfDingbats", "ZapfDingbats"),
    ],
)
def test_widths_are_those_of_the_metrics_that_adobe_published(font: str, encoding: str) -> None:
    keys = {} if font == encoding else {"Encoding": Name(f"/{encoding}Encoding")}
    codes = load_font(dictionary_of(font, **keys)).simple
    glyphs = afm.encodings[f"{encoding}Encoding"]
    expected = {c: afm.widthsByFontGlyph[font][name] / 1000 for c, name in enumerate(glyphs) if name}
    assert {code: codes[code].width for code in expected} == pytest.approx(expected)


def test_a_dingbat_is_read_by_the_name_of_its_glyph_too() -> None:
    differences = Dictionary(Differences=[65, Name.a12, Name.nowhere])
    codes = load_font(dictionary_of("ZapfDingbats", Encoding=differences)).simple
    assert codes[65].text == "☞" and codes[65].width == pytest.approx(0.939) and codes[66].text is None


@pytest.mark.parametrize("spaces", [b"\xa0\xa0\xa0", b"\x7f\xa0\xad"])
def test_text_behind_unusual_spaces_is_removed_where_it_stands(spaces: bytes) -> None:
    """A space that is taken to have no width puts the box before the word, and the glyphs stay seen."""
    data = papers.paper(b"BT /F0 30 Tf 72 700 Td (" + spaces + b"Quillfeather) Tj ET")
    written = redact(data, "Quillfeather")
    assert written.notes == ()
    with opened(data) as before, opened(written.data) as after:
        old, new = before.render(0, 1), after.render(0, 1)
    word = old[60:100, 130:400].min(axis=2) < 100
    assert (new[60:100, 130:400].min(axis=2)[word] < 60).mean() > 0.9
