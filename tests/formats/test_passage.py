"""A passage joins the texts of slots, and leads every redaction back to the slots."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from redact.document import Span
from redact.errors import FormatError
from redact.formats.passage import Content, Cut, Passage, cut, split
from redact.redaction import Redaction


def passage(*parts: tuple[str, object]) -> Passage:
    made = Passage()
    for text, slot in parts:
        made.add(text, slot)
    return made


@pytest.mark.parametrize(
    ("span", "expected"),
    [
        (Span(0, 3), {"a": [Cut(Span(0, 3), "X")]}),
        (Span(1, 2), {"a": [Cut(Span(1, 2), "X")]}),
        (Span(1, 5), {"a": [Cut(Span(1, 3), "X")], "b": [Cut(Span(0, 1), "")]}),
        (Span(3, 5), {"b": [Cut(Span(0, 1), "X")]}),
        (Span(3, 4), {}),
        (Span(0, 7), {"a": [Cut(Span(0, 3), "X")], "b": [Cut(Span(0, 3), "")]}),
    ],
)
def test_a_redaction_cuts_the_slots_it_touches_and_marks_the_first(span: Span, expected: object) -> None:
    assert passage(("abc", "a"), (" ", None), ("def", "b")).cuts([Redaction("p", span, "X")]) == expected


def test_a_redaction_beyond_the_text_is_refused() -> None:
    with pytest.raises(FormatError):
        passage(("abc", "a")).cuts([Redaction("p", Span(2, 4), "X")])


def test_a_redaction_at_an_unknown_locator_is_refused() -> None:
    content = Content()
    content.add("p", passage(("abc", "a")))
    with pytest.raises(FormatError):
        content.cuts([Redaction("q", Span(0, 1), "X")])


def test_cuts_of_a_slot_that_stands_in_several_places_count_once() -> None:
    cuts = [Cut(Span(2, 6), "X"), Cut(Span(4, 8), "Y"), Cut(Span(2, 6), "X")]
    assert cut("0123456789", cuts) == "01[X]89"


@given(st.lists(st.text(max_size=8), max_size=6), st.data())
def test_what_is_cut_is_gone_and_the_rest_stays(texts: list[str], data: st.DataObject) -> None:
    made = passage(*((text, number) for number, text in enumerate(texts)))
    whole = made.text
    ends = sorted(data.draw(st.sets(st.integers(0, len(whole)), max_size=6)))
    spans = [Span(start, end) for start, end in zip(ends[::2], ends[1::2], strict=False)]
    cuts = made.cuts([Redaction("p", span, "X") for span in spans])
    left = "".join(
        piece
        for number, text in enumerate(texts)
        for piece, marking in split(text, cuts.get(number, ()))
        if not marking
    )
    removed = {i for span in spans for i in range(span.start, span.end)}
    assert left == "".join(c for i, c in enumerate(whole) if i not in removed)
    assert sum(bool(c.marking) for found in cuts.values() for c in found) == len(spans)
