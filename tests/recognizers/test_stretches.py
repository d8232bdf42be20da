"""However a text is cut, its parts make it up again, and no word stands in two of them that adjoin."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from recognizers.stretches import adjoining, at_lines, at_spaces, lines, overlapping

texts = st.lists(
    st.sampled_from(["word", " ", "\n", "\r\n", "\r", "\u2028", "x" * 9, "é", "\t"]), max_size=40
).map("".join)


@pytest.fixture
def cut(monkeypatch: pytest.MonkeyPatch):
    def to(length: int, overlap: int) -> None:
        monkeypatch.setattr("recognizers.stretches.LENGTH", length)
        monkeypatch.setattr("recognizers.stretches.OVERLAP", overlap)

    return to


@given(texts, st.integers(2, 30))
def test_lines_are_those_of_the_whole(text: str, length: int) -> None:
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("recognizers.stretches.LENGTH", length)
        assert list(lines(text)) == text.splitlines()


@given(texts, st.integers(1, 30), st.data())
def test_at_spaces_no_word_is_cut(text: str, length: int, data: st.DataObject) -> None:
    start = data.draw(st.integers(0, len(text)))
    end = data.draw(st.integers(start, len(text)))
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("recognizers.stretches.LENGTH", length)
        parts = list(at_spaces(text, start, end))
        whole = list(at_spaces(text))
    assert "".join(parts) == text[start:end]
    assert "".join(whole) == text
    assert all(part[0].isspace() for part in parts[1:])


@given(texts, st.integers(1, 30), st.integers(0, 40))
def test_adjoining_stretches_have_every_character_once(text: str, length: int, margin: int) -> None:
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("recognizers.stretches.LENGTH", length)
        cut = list(adjoining(len(text), margin))
    assert "".join(text[each.start : each.end] for each in cut) == text
    for each in cut:
        assert max(0, each.start - margin) == each.begin
        assert min(len(text), each.end + margin) == each.after


def test_what_is_not_longer_than_the_overlap_stands_whole_in_a_part(cut) -> None:
    cut(50, 20)
    text = "".join(f"{n:03} needle {n:03}\n" for n in range(40))
    for number in range(40):
        needle = f"{number:03} needle {number:03}"
        assert any(needle in part for part in at_lines(text))
        at = text.index(needle)
        assert any(start <= at and at + len(needle) <= end for start, end in overlapping(len(text)))
