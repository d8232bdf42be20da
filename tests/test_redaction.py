"""From decisions to redactions: nothing uncovered, nothing overlapping, cards masked to their last four."""

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from redact.determination import Decision
from redact.document import Document, Segment, Span
from redact.finding import Finding
from redact.policy import Action
from redact.redaction import Redaction, apply, redactions

TEXT = "Card 4111 1111 1111 1111 of Ann Lee, SSN 512-33-4417."


def document(text: str = TEXT) -> Document:
    return Document("memo.txt", "text", "", (Segment("text", text),))


def decided(start: int, end: int, action: Action, marking: str = "Gov. 1") -> tuple[Finding, Decision]:
    finding = Finding("text", Span(start, end), "CREDIT_CARD", 1.0, "Test")
    return finding, Decision(action, ("R",), marking=marking)


def left(text: str, *decisions: tuple[Finding, Decision]) -> str:
    return apply(text, [each.redaction for each in redactions(document(text), decisions)])


def test_what_is_redacted_is_replaced_by_its_marking():
    assert left(TEXT, decided(5, 24, Action.redact)) == "Card [Gov. 1] of Ann Lee, SSN 512-33-4417."


def test_what_is_released_stays():
    assert left(TEXT, decided(5, 24, Action.release, "")) == TEXT


def test_a_masked_card_shows_its_last_four_digits_only():
    assert left(TEXT, decided(5, 24, Action.mask)) == "Card [Gov. 1]1111 of Ann Lee, SSN 512-33-4417."


def test_a_masked_number_that_is_short_is_removed_whole():
    assert left("PIN 1234 5678", decided(4, 13, Action.mask)) == "PIN [Gov. 1]"


def test_overlapping_redactions_become_one_with_every_marking():
    one, two = decided(0, 10, Action.redact, "Gov. 1"), decided(5, 24, Action.redact, "Gov. 2")
    assert left(TEXT, one, two) == "[Gov. 1; Gov. 2] of Ann Lee, SSN 512-33-4417."


def test_a_redaction_without_a_marking_says_that_something_was_withheld():
    assert left(TEXT, decided(0, 4, Action.redact, "")).startswith("[Withheld]")


def test_no_redaction_leaves_the_text_as_it_is():
    assert apply(TEXT, []) == TEXT


@pytest.mark.parametrize("spans", [[(0, 5), (4, 6)], [(50, 60)]])
def test_overlapping_or_outlying_redactions_are_refused(spans):
    with pytest.raises(ValueError, match="overlap"):
        apply(TEXT, [Redaction("text", Span(*span), "x") for span in spans])


spans = st.tuples(st.integers(0, 40), st.integers(1, 12)).map(lambda t: (t[0], t[0] + t[1]))
decisions = st.builds(
    lambda span, action: decided(*span, action), spans, st.sampled_from([Action.release, Action.redact])
)


@given(st.lists(decisions, max_size=8), decisions)
def test_a_further_decision_never_uncovers_a_character(some, another):
    def covered(chosen):
        found = redactions(document("x" * 60), chosen)
        return {i for each in found for i in range(each.redaction.span.start, each.redaction.span.end)}

    assert covered(some) <= covered([*some, another])
    assert covered([*some, another]) == covered([another, *some])


@given(st.lists(decisions, max_size=8))
def test_redactions_never_overlap_and_account_for_every_removal(some):
    found = redactions(document("x" * 60), some)
    ends = 0
    for each in sorted(found, key=lambda g: g.redaction.span):
        assert each.redaction.span.start >= ends
        ends = each.redaction.span.end
    grounds = [finding for each in found for finding, _ in each.grounds]
    assert len(grounds) == sum(decision.action is not Action.release for _, decision in some)


def test_very_many_redactions_are_each_made_in_their_place():
    spans = [Span(start, start + 3) for start in range(5, 2500, 10)]
    text = "".join(f"{number:>10}" for number in range(260))
    kept = [text[a.end : b.start] for a, b in pairwise(spans)]
    expected = text[:5] + "[x]" + "".join(f"{each}[x]" for each in kept) + text[spans[-1].end :]
    assert apply(text, [Redaction("text", span, "x") for span in reversed(spans)]) == expected
