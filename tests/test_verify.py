"""Verification: no removed value passes, and what was rightly left does not fail."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from redact.document import Span
from redact.formats.interface import Reading
from redact.formats.text import Text
from redact.redaction import Redaction
from redact.verify import Values, verify


class Fake(Text):
    """A format whose independent readers get out of a file what the test says."""

    def __init__(self, *readings: Reading) -> None:
        self.readings = readings

    def reread(self, data: bytes):
        return iter(self.readings or [*super().reread(data)])


def proof(original: str, removed: list[str], *readings: Reading, written: str = ""):
    format = Fake(*readings)
    data = original.encode()
    document = Text().read(data, "a.txt")
    redactions = [
        Redaction("text", Span(original.index(v), original.index(v) + len(v)), "Gov. 1") for v in removed
    ]
    return verify(format, data, document, redactions, written.encode())


ORIGINAL = "Ms. Lee of Fleece Street, SSN 512-33-4417, account 99."


@pytest.mark.parametrize(
    "recovered",
    [
        "SSN 512-33-4417",
        "512334417",
        "5 1 2 3 3 4 4 1 7",
        "５１２－３３－４４１７",
        "512-33-\n4417",
        "ref:512.33.4417x 512.33.4417",
    ],
)
def test_a_removed_value_is_found_however_it_is_written(recovered):
    assert not proof(ORIGINAL, ["512-33-4417"], Reading("r", recovered)).passed


@pytest.mark.parametrize(
    "raw",
    ["quillfeather", "QUILLFEATHER", "q\0u\0i\0l\0l\0f\0e\0a\0t\0h\0e\0r\0", "<5175696c6c6665617468 6572>"],
)
def test_a_removed_value_is_found_in_raw_bytes_of_any_encoding(raw):
    assert not proof("Mr. Quillfeather came.", ["Quillfeather"], Reading("r", raw, "raw")).passed


@pytest.mark.parametrize(
    "clean", ["Ms. [Gov. 1] of Fleece Street, SSN [Gov. 1], account 99.", "", "fleece", "Street 99"]
)
def test_what_was_rightly_left_passes(clean):
    assert proof(ORIGINAL, ["Lee", "512-33-4417"], Reading("r", clean)).passed


def test_a_value_that_stands_elsewhere_by_right_may_be_read_as_often_as_it_was_left():
    original = "Park works at Park Street."
    assert proof(original, ["Park"], Reading("r", "[Gov. 1] works at Park Street.")).passed
    assert not proof(original, ["Park"], Reading("r", "Park works at Park Street.")).passed


def test_nothing_read_is_nothing_proved():
    class Blind(Text):
        def reread(self, data: bytes):
            return iter(())

    document = Text().read(b"x 512-33-4417", "a.txt")
    assert not verify(Blind(), b"x 512-33-4417", document, [], b"x").passed


def test_a_problem_that_the_format_reports_fails_the_proof():
    document = Text().read(b"x", "a.txt")
    assert verify(Text(), b"x", document, [], b"x").passed
    assert not verify(Text(), b"x", document, [], b"x", ["page 1: not understood"]).passed


def test_a_proof_never_holds_a_value():
    result = proof(ORIGINAL, ["512-33-4417"], Reading("r", "512-33-4417"))
    assert "4417" not in repr(result) + str(result.as_dict())
    assert "4417" not in repr(Values(["512-33-4417"]))


word = st.text("abcdefgh0123456789", min_size=6, max_size=12)


@given(st.lists(word, min_size=2, max_size=6, unique=True), st.data())
def test_removing_any_words_for_real_passes_and_leaving_any_fails(words, data):
    original = " ".join(words)
    removed = data.draw(st.lists(st.sampled_from(words), min_size=1, unique=True))
    left = [w for w in words if w not in removed]
    kept = data.draw(st.sampled_from(removed))
    if any(r in "".join(left) for r in removed) or any(kept in w for w in words if w != kept):
        return
    spans = [(original.split().index(r), r) for r in removed]
    assert proof(original, [r for _, r in spans], Reading("r", " ".join(left))).passed
    assert not proof(original, removed, Reading("r", " ".join([*left, kept]))).passed


@given(st.lists(st.sampled_from(["12-34567", "ab", " ", "\n", "x", "é", "e\u0301", "ﬁ ", "4"]), max_size=40))
def test_a_long_text_is_searched_as_a_short_one_is(parts):
    values = Values(["12 34567", "4 ab", "fi", "xx", "é4"])
    text = "".join(parts)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("recognizers.stretches.LENGTH", 10**9)
        at_once = values.count(text)
        patch.setattr("recognizers.stretches.LENGTH", 2)
        assert values.count(text) == at_once
    assert values.count_parts(f"{part} " for part in parts) == values.count(" ".join(parts))
