"""Rich text: every destination that can hide a value."""

# Payloads read better unbroken.
# ruff: noqa: E501

import pytest
from striprtf.striprtf import rtf_to_text

from redact.errors import FormatError
from redact.formats import format_of
from redact.formats.rtf import Rtf
from tests.formats.planting import MARKING, Planted, left, unread, write


def planted_text() -> tuple[bytes, Planted]:
    v = Planted()

    def value(place: str) -> str:
        return f"SSN {v(place)}"

    unicode = "".join(f"\\u{ord(c)}?" for c in v("unicode"))
    hexadecimal = "".join(f"\\'{ord(c):02x}" for c in v("hexadecimal"))
    text = (
        r"{\rtf1\ansi\ansicpg1252{\fonttbl{\f0 Arial;}{\f1\fcharset204 Arial;}}{\colortbl;\red0\green0\blue0;}"
        rf"{{\info{{\title {value('title')}}}{{\author {value('author')}}}{{\doccomm {value('comment')}}}}}"
        rf"{{\*\userprops{{\propname x}}{{\staticval {value('property')}}}}}{{\*\docvar {{x}}{{{value('variable')}}}}}"
        rf"{{\*\revtbl {{{value('reviser')};}}}}{{\header\pard {value('header')}\par}}{{\footerf {value('footer')}\par}}"
        rf"\pard {value('body')}\par "
        rf"SSN {v('split')[:3]}{{\b {v('split')[3:6]}}}\i0 {v('split')[6:]}\par "
        "SSN " + v("line break")[:6] + "\r\n" + v("line break")[6:] + r"\par "
        rf"SSN {unicode}\par SSN {hexadecimal}\par {{\f1 \'cf\'f0}}\par "
        rf"SSN {v('no-break hyphens')[:3]}\_{v('no-break hyphens')[4:]}\par "
        rf"x {{\v {value('hidden')}}} {{\deleted {value('deleted')}}}\v {value('hidden run')}\v0 y\par "
        rf"{{\field{{\*\fldinst HYPERLINK mailto:{v('link')}@example.org}}{{\fldrslt {value('field result')}}}}}\par "
        rf"x{{\*\annotation {value('annotation')}}}{{\footnote {value('footnote')}}}\par "
        rf"{{\*\bkmkstart {value('bookmark')}}}{{\*\unheard {value('unknown destination')}}}\par "
        rf"{{\shp{{\*\shpinst{{\sp{{\sn wzName}}{{\sv {value('shape name')}}}}}{{\shptxt {value('text box')}\par}}}}}}\par "
        r"\trowd\cellx1\cellx2\intbl Name\cell SSN\cell\row "
        rf"\trowd\cellx1\cellx2\intbl Someone\cell {v('cell')}\cell\row\pard end \{{\u-10179?\u-8704?\}}\par}}"
        f"\r\n{value('after the end')}"
    )
    return text.encode("ascii"), v


def test_every_place_is_searched_and_nothing_is_left() -> None:
    data, planted = planted_text()
    assert isinstance(format_of(data, "a.doc"), Rtf)
    document = Rtf().read(data, "a.rtf")
    assert document.obstacles == ()
    assert unread(document, planted) == []
    written = write(Rtf(), data, "a.rtf").data
    assert left(written, planted) == []
    assert MARKING in rtf_to_text(written.decode())
    for reading in Rtf().reread(written):
        assert not [place for place, value in planted.values.items() if value in reading.text]
    again = Rtf().read(written, "a.rtf")
    assert (
        again.segment("body").text
        == Rtf().read(Rtf().write(written, again, []).data, "a").segment("body").text
    )


def test_text_stays_as_a_reader_sees_it() -> None:
    data, v = planted_text()
    segments = {s.locator: s.text for s in Rtf().read(data, "a.rtf").segments if s.visible}
    assert set(segments) == {"body", "header", "footerf"}
    assert f"SSN {v('split')}\nSSN {v('line break')}\n" in segments["body"]
    assert "\nПр\n" in segments["body"] and "end {😀}\n" in segments["body"]
    assert f"Name: Someone\nSSN: {v('cell')}\n" in segments["body"]
    written = rtf_to_text(write(Rtf(), data, "a.rtf").data.decode())
    assert "Пр" in written and "Someone" in written


@pytest.mark.parametrize(
    ("inner", "code"),
    [
        (r"{\pict\pngblip 89504e}", "picture"),
        (r"{\object{\*\objdata 0105}}", "embedded-object"),
        (r"{\fonttbl{\f1\fcharset128 X;}}\f1 \'81", "encoding"),
    ],
)
def test_what_cannot_be_rewritten_withholds_the_document(inner: str, code: str) -> None:
    document = Rtf().read((r"{\rtf1\ansi " + inner + "}").encode(), "a.rtf")
    assert [o.code for o in document.obstacles] == [code]


@pytest.mark.parametrize(
    "data", [b"{\\rtf1 x", b"{\\rtf1 x}}"[:6] + b"\\", b"{\\rtf1 " + b"{" * 1000 + b"}" * 1001]
)
def test_malformed_files_are_refused(data: bytes) -> None:
    with pytest.raises(FormatError):
        Rtf().read(data, "a.rtf")


def test_binary_data_are_not_read_as_text() -> None:
    data = rb"{\rtf1 a{\*\x\bin5 }}}}}}b}"
    assert Rtf().read(data, "a.rtf").segment("body").text == "ab"
