"""A long text file is read, written and read again as a short one is."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from redact.document import Span
from redact.formats import encoded, text
from redact.formats.encoded import holds_encoded
from redact.formats.text import Text
from redact.redaction import Redaction
from redact.verify import Values

words = st.lists(
    st.sampled_from(["Ana Ruiz", "é", "😀", "512-33-4417", "\r\n", "\n", "x" * 9, "4142 43 44", "4546 47"]),
    max_size=30,
).map(" ".join)
SPELLINGS = [
    ("utf-8", b""),
    ("utf-8", b"\xef\xbb\xbf"),
    ("utf-16-le", b"\xff\xfe"),
    ("utf-16-be", b"\xfe\xff"),
]


@settings(max_examples=40)
@given(words.filter(str.strip), st.sampled_from(SPELLINGS), st.data())
def test_a_long_file_comes_out_as_a_short_one_does(content: str, spelling, data: st.DataObject) -> None:
    encoding, mark = spelling
    original = mark + content.encode(encoding)
    start = data.draw(st.integers(0, len(content) - 1))
    removed = [Redaction("text", Span(start, min(len(content), start + 4)), "Gov. 1")]

    def outcome():
        document = Text().read(original, "a.txt")
        written = Text().write(original, document, removed).data
        values = Values(["ABCDEF", "Ana Ruiz", "4417", "BCDEFG"])
        return (
            str(document.segments[0].text),
            document.obstacles,
            written,
            [(r.reader, r.kind, str(r.text), values.count_raw(r.text)) for r in Text().reread(written)],
        )

    at_once = outcome()
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(text, "LONG", 1)
        patch.setattr("recognizers.stretches.LENGTH", 20)
        patch.setattr(text, "LENGTH", 20)
        assert outcome() == at_once


@pytest.mark.parametrize("data", [b"caf\xe9 in Windows-1252", b"a\x00b", b"end\x1a", b"\xff\xff\xff"])
def test_a_long_file_that_may_be_no_text_is_told_as_a_short_one_is(monkeypatch, data: bytes) -> None:
    short = Text().read(data, "a.txt")
    monkeypatch.setattr(text, "LONG", 1)
    long = Text().read(data, "a.txt")
    assert long.obstacles == short.obstacles
    assert [str(segment.text) for segment in long.segments] == [str(each.text) for each in short.segments]


BASE64 = "QWxhZGRpbjpvcGVuIHNlc2FtZSBXaGF0ZXZlciBpcyBoZXJlIGlzIGVuY29kZWQ5"
KEY = "-----BEGIN RSA PRIVATE KEY-----\n" + f"{BASE64}\n" * 9 + "-----END RSA PRIVATE KEY-----\n"
PROSE = "Dear all, the minutes are below.\n"
ENCODED = [
    (f"{BASE64}\n" * 5, True),
    (BASE64 * 8, True),
    ("begin 644 cat.txt\nM" + "0" * 60 + "\n", True),
    ("content-transfer-encoding: base64\n", True),
    (KEY, False),
    (f"https://example.com/{BASE64 * 8}\n", False),
    (PROSE * 3, False),
]


@pytest.mark.parametrize(("passage", "expected"), ENCODED)
@pytest.mark.parametrize("before", range(0, 40, 3))
def test_what_is_encoded_is_seen_wherever_a_long_text_is_cut(monkeypatch, passage, expected, before) -> None:
    content = PROSE * before + passage + PROSE * 40
    assert holds_encoded(content) is expected
    monkeypatch.setattr(encoded, "_PART", 400)
    assert holds_encoded(content) is expected
