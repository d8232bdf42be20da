"""A long text gives every stretch as the characters of its bytes do."""

import pickle

import pytest
from hypothesis import given
from hypothesis import strategies as st

from redact import long_text
from redact.long_text import LongText

ENCODINGS = ["utf-8", "utf-16-le", "utf-16-be"]
texts = st.text(
    st.one_of(st.sampled_from("ab\n é‑😀\ufeff"), st.characters(exclude_categories=["Cs"])), max_size=80
)


@given(texts, st.sampled_from(ENCODINGS), st.integers(1, 6), st.data())
def test_a_stretch_is_what_it_is_of_the_characters(text: str, encoding: str, block: int, data: st.DataObject):
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(long_text, "_BLOCK", 2 * block)
        long = LongText(text.encode(encoding), encoding)
    start = data.draw(st.integers(-90, 90))
    end = data.draw(st.none() | st.integers(-90, 90))
    assert (len(long), str(long), long[start:end]) == (len(text), text, text[start:end])


@pytest.mark.parametrize("encoding", ["cp1252", "latin-1"])
def test_a_byte_for_each_character(encoding: str):
    data = bytes(range(32, 127)) + "café".encode(encoding)
    assert str(LongText(data, encoding)) == data.decode(encoding)


@pytest.mark.parametrize(
    ("data", "encoding"),
    [
        (b"a" * 5000 + b"\xff", "utf-8"),
        (b"\x80" * 5000, "utf-8"),
        (b"ab\xe2\x82", "utf-8"),
        (b"abc", "utf-16-le"),
        (b"\x00\xd8a\x00", "utf-16-le"),
    ],
)
def test_what_is_not_of_the_encoding_is_refused(data: bytes, encoding: str):
    with pytest.raises(UnicodeDecodeError):
        data.decode(encoding)
    with pytest.raises(UnicodeDecodeError):
        LongText(data, encoding)


def test_it_travels_compares_and_is_never_printed():
    long = LongText("Ana Ruiz 😀".encode(), "utf-8")
    other = pickle.loads(pickle.dumps(long))
    assert other == long and hash(other) == hash(long) and "Ana" not in repr(long)
    assert long != LongText(b"Ana", "utf-8")


def test_a_stretch_has_no_step():
    with pytest.raises(ValueError, match="no step"):
        LongText(b"abc", "utf-8")[::2]
