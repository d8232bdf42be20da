"""Terms of the request: redacted or kept wherever they stand, under the exemption that the clerk names."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from redact import Action, Segment
from redact.errors import RequestError
from redact.request import Term
from redact.term_search import find
from tests.conftest import text

LETTER = (
    "The sidewalk plan: SIDEWALK, side-walk, sidewalks.\n\n"
    "Ms. Ann Lee, SSN 512-33-4417. Password: Tuna!fish9.\n"
)


def released(gate, asking, tmp_path, *terms):
    gate.release(asking(terms=list(terms)), [text("letter.txt", LETTER)], tmp_path / "out")
    return (tmp_path / "out/documents/letter.txt").read_text()


def test_a_term_is_redacted_as_whole_words_in_any_case(gate, asking, tmp_path):
    term = {"text": "Sidewalk", "action": "redact", "exemption": "ca-privacy"}
    assert released(gate, asking, tmp_path, term).startswith(
        "The [Gov. 7922.000] plan: [Gov. 7922.000], side-walk, sidewalks."
    )


def test_a_term_of_several_words_stands_in_any_spacing(gate, asking, tmp_path):
    term = {"text": "side walk", "exemption": "ca-privacy"}
    assert "SIDEWALK, [Gov. 7922.000], sidewalks" in released(gate, asking, tmp_path, term)


@pytest.mark.parametrize(
    "written",
    ["Quill-\n  feather", "Q u i l l f e a t h e r", "Q  u  i  l  l  f  e  a  t  h  e  r", "QUILL-\nFEATHER"],
)
def test_a_term_is_found_broken_at_the_end_of_a_line_and_set_letter_by_letter(written):
    segment = Segment("text", f"The witness {written} spoke.")
    [finding] = find([segment], [Term("Quillfeather", "ca-privacy")])
    assert segment.text[finding.span.start : finding.span.end] == written


@pytest.mark.parametrize("written", ["Quill feather", "Quill- feather", "a b c", "Quillfeathers"])
def test_other_words_are_not_taken_for_a_broken_term(written):
    assert not list(
        find([Segment("text", written)], [Term("Quillfeather", "ca-privacy"), Term("abc", "ca-privacy")])
    )


def test_a_kept_term_is_not_redacted(gate, asking, tmp_path):
    assert "512-33-4417" not in released(gate, asking, tmp_path / "a")
    assert "512-33-4417" in released(gate, asking, tmp_path / "b", {"text": "512-33-4417", "action": "keep"})


def test_no_term_keeps_a_password(gate, asking, tmp_path):
    assert "Tuna!fish9" not in released(gate, asking, tmp_path, {"text": "Tuna!fish9", "action": "keep"})


def test_the_determination_says_that_the_request_asked_for_it(gate, asking, tmp_path):
    term = {"text": "Sidewalk", "exemption": "ca-privacy"}
    package = gate.release(asking(terms=[term]), [text("letter.txt", LETTER)], tmp_path / "out")
    found = [(f, d) for f, d in package.determination.documents[0].findings if f.entity == "TERM"]
    assert [d.rules for _, d in found] == [("request.terms.1",)] * 2
    assert all(d.action is Action.redact and d.citations for _, d in found)
    assert "idewalk" not in package.determination.canonical().decode()


def test_an_unknown_exemption_is_refused_before_anything_is_read(gate, asking, tmp_path):
    with pytest.raises(RequestError, match="exemption"):
        gate.release(
            asking(terms=[{"text": "x", "exemption": "none"}]), [text("a.txt", "x")], tmp_path / "out"
        )
    assert not (tmp_path / "out").exists()


WORDS = st.lists(
    st.sampled_from(["ha", "ha-", "Ha\u00a0", "hum", "\u200b", ". ", "\n", "x" * 9]), max_size=60
)


@given(WORDS.map(" ".join), st.integers(1, 50))
def test_a_long_text_searched_in_stretches_gives_what_it_gives_at_once(words, stretch):
    terms = [Term("ha ha", exemption="ca-privacy"), Term("hum", exemption="ca-privacy")]

    def found(length):
        with pytest.MonkeyPatch.context() as patch:
            patch.setattr("recognizers.stretches.LENGTH", length)
            return sorted((f.pattern, f.span) for f in find([Segment("text", words)], terms))

    assert found(stretch) == found(10**9)
