"""Text files: strict decoding, offsets in characters, bytes outside redactions untouched."""

import codecs

import pytest
from hypothesis import given
from hypothesis import strategies as st

from redact.document import Span
from redact.errors import FormatError
from redact.formats import format_of
from redact.formats.text import Markdown, Text
from redact.redaction import Redaction

MARKING = "Gov. 7922.200"


def redacted(data: bytes, *values: str) -> bytes:
    document = Text().read(data, "a.txt")
    text = document.segments[0].text
    spans = [Span(text.index(value), text.index(value) + len(value)) for value in values]
    return Text().write(data, document, [Redaction("text", span, MARKING) for span in spans]).data


@pytest.mark.parametrize(
    ("data", "text"),
    [
        (b"plain\n", "plain\n"),
        ("Peña\r\n".encode(), "Peña\r\n"),
        (codecs.BOM_UTF8 + "Peña".encode(), "Peña"),
        (codecs.BOM_UTF16_LE + "Peña".encode("utf-16-le"), "Peña"),
        (codecs.BOM_UTF16_BE + "Peña".encode("utf-16-be"), "Peña"),
        ("Mrs. Peña’s file".encode("cp1252"), "Mrs. Peña’s file"),
        (b"a\r\nb\rc\n\x0cd\x1a", "a\r\nb\rc\n\x0cd\x1a"),
    ],
)
def test_characters_of_the_file_are_the_text(data: bytes, text: str) -> None:
    document = Text().read(data, "a.txt")
    assert [(s.locator, s.text, s.visible) for s in document.segments] == [("text", text, True)]
    assert document.obstacles == ()


@pytest.mark.parametrize(
    ("data", "code"),
    [
        (b"a\x00b", "control-characters"),
        (b"12\x083", "control-characters"),
        (b"\x1b[8mhidden", "control-characters"),
        ("no mark".encode("utf-16-le"), "control-characters"),
        (codecs.BOM_UTF16_LE + b"\x00\xd8", "encoding"),
        (codecs.BOM_UTF32_LE + "a".encode("utf-32-le"), "encoding"),
        ("日本語のテキスト".encode("shift-jis"), "encoding"),
        ("Привет, мир".encode("cp1251"), "encoding"),
        ("Peña ".encode() + b"and then \xf1 in another encoding", "encoding"),
        (b"a long enough line of text with one byte that is nothing: \x81", "encoding"),
    ],
)
def test_what_cannot_be_decoded_for_certain_is_an_obstacle(data: bytes, code: str) -> None:
    document = Text().read(data, "a.txt")
    assert [o.code for o in document.obstacles] == [code]
    assert document.segments == ()
    with pytest.raises(FormatError):
        Text().write(data, document, [])


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "cp1252"])
def test_only_redacted_characters_change(encoding: str) -> None:
    data = "Señora Peña\r\nSSN 123-45-6789\rEnd\n".encode(encoding)
    expected = f"Señora [{MARKING}]\r\nSSN [{MARKING}]\rEnd\n".encode(encoding)
    assert redacted(data, "Peña", "123-45-6789") == expected


@given(st.text(st.characters(exclude_categories=["Cs", "Cc"]) | st.sampled_from("\r\n\t"), min_size=1))
def test_without_redactions_the_file_stays_byte_for_byte(text: str) -> None:
    data = text.encode()
    assert Text().write(data, Text().read(data, "a"), []).data == data


def test_a_file_that_changed_since_it_was_read_is_refused() -> None:
    with pytest.raises(FormatError):
        Text().write(b"other", Text().read(b"this", "a"), [])


@pytest.mark.parametrize("span", [Span(0, 9), Span(7, 9)])
def test_redactions_outside_the_text_are_refused(span: Span) -> None:
    with pytest.raises(FormatError):
        Text().write(b"this", Text().read(b"this", "a"), [Redaction("text", span, MARKING)])


def test_a_marking_that_the_encoding_lacks_is_refused() -> None:
    data = "Peña".encode("cp1252")
    with pytest.raises(FormatError):
        Text().write(data, Text().read(data, "a"), [Redaction("text", Span(0, 4), "→")])


def test_no_text_shows_in_a_representation() -> None:
    assert "6789" not in repr(Text().read(b"SSN 123-45-6789", "6789.txt"))


def test_an_empty_file_is_a_document_without_text() -> None:
    document = Text().read(b"", "a.txt")
    assert document.segments == document.obstacles == ()
    assert Text().write(b"", document, []).data == b""


def test_both_readers_see_what_is_written() -> None:
    characters, raw = Text().reread(codecs.BOM_UTF16_LE + "Peña".encode("utf-16-le"))
    assert (characters.kind, characters.text) == ("text", "Peña")
    assert (raw.kind, raw.text[:3]) == ("raw", "ÿþP")


def test_markdown_is_told_by_name() -> None:
    assert isinstance(format_of(b"# Title", "notes/a.MD"), Markdown)
    assert type(format_of(b"# Title", "a.txt")) is Text
