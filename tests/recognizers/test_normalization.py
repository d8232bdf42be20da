"""Normal form: what patterns see, and where each of its characters came from."""

import unicodedata

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from recognizers.normalization import normalize, normalized

FORMS = [
    ("plain, with\ttabs\nand lines\f", "plain, with\ttabs\nand lines\f"),
    ("５６３－７１－２０４８", "563-71-2048"),
    ("563‑71‑2048", "563-71-2048"),
    ("563–71—2048", "563-71-2048"),
    ("563\u00a071\u202f2048", "563 71 2048"),
    ("563\u200b-71\u2060-20\u00ad48", "563-71-2048"),
    ("٥٦٣-٧١-٢٠٤٨", "563-71-2048"),
    ("cafe\u0301", "café"),
    ("x\u0323\u0489y", "x\u0323y".replace("\u0323", "")),
    ("\u0301leading mark", "leading mark"),
    ("\n\u0301after a line end", "\nafter a line end"),
    ("a\r\nb\rc\vd\u2028e", "a\nb\nc\nd\ne"),
    ("ﬁle № ½ ①", "file No 1/2 1"),
    ("“quoted” ‘name’", "\"quoted\" 'name'"),
    ("bell\x07 and nul\x00", "bell and nul"),
]


@pytest.mark.parametrize(("typed", "normal"), FORMS)
def test_normal_form(typed: str, normal: str) -> None:
    assert normalize(typed).text == normal


def test_a_number_hidden_by_invisible_characters_is_reported_whole() -> None:
    typed = "SSN 5\u200b63\u00ad‑71–２０４８."
    normal = normalize(typed)
    start = normal.text.index("563-71-2048")
    assert normal.original(start, start + 11) == (4, len(typed) - 1)


def test_an_empty_range_has_no_place() -> None:
    with pytest.raises(ValueError, match="empty range"):
        normalize("abc").original(1, 1)


texts = st.text(
    st.one_of(
        st.sampled_from("ab1 -\r\n\t\u0301\u0327\u200b\u00ad\u2011\uff11½ﬁéＡ\u1160\x00٣"), st.characters()
    )
)


@given(texts)
@example("\r\u0301")
@example("e\u0301\u0327\r\n\u0301")
def test_every_range_maps_into_the_original_in_order(typed: str) -> None:
    normal = normalize(typed)
    previous = (0, 0)
    for index in range(len(normal.text)):
        start, end = normal.original(index, index + 1)
        assert 0 <= start < end <= len(typed)
        assert previous <= (start, end)
        assert start == previous[0] or start >= previous[1]
        previous = (start, end)


@given(texts, st.data())
def test_a_range_covers_what_its_characters_cover(typed: str, data: st.DataObject) -> None:
    normal = normalize(typed)
    if not normal.text:
        return
    start = data.draw(st.integers(0, len(normal.text) - 1))
    end = data.draw(st.integers(start + 1, len(normal.text)))
    assert normal.original(start, end) == (
        normal.original(start, start + 1)[0],
        normal.original(end - 1, end)[1],
    )


@given(texts)
def test_nothing_invisible_and_no_foreign_digit_or_dash_is_left(typed: str) -> None:
    for character in normalize(typed).text:
        category = unicodedata.category(character)
        assert category not in {"Cf", "Mn", "Me"}
        assert category != "Cc" or character in "\n\t\f"
        assert category != "Nd" or character.isascii()
        assert category != "Pd" or character == "-"


@given(st.text(st.characters(max_codepoint=126, exclude_categories=["Cc"])))
def test_text_without_special_characters_is_unchanged(typed: str) -> None:
    normal = normalize(typed)
    assert normal.text == typed
    if typed:
        assert normal.original(0, len(typed)) == (0, len(typed))


@given(
    st.lists(st.sampled_from(["needle\u00a0in hay", "hay", "\n", " ", "x" * 30]), max_size=30).map(" ".join),
    st.integers(60, 200),
)
def test_stretches_lose_nothing_at_a_seam(text: str, length: int) -> None:
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("recognizers.stretches.LENGTH", length)
        patch.setattr("recognizers.stretches.OVERLAP", 20)
        parts = list(normalized(text))
    assert any("needle in hay" in part for part in parts) == ("needle in hay" in normalize(text).text)
    assert all(len(part) <= length for part in parts)
