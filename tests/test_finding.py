"""Settling: what of overlapping findings is kept."""

from hypothesis import given
from hypothesis import strategies as st

from redact.document import Span
from redact.finding import LEARNED, MARGIN, SHAPED, THRESHOLD, Finding, counts, settle

ENTITIES = ["US_SSN", "PHONE_NUMBER", "CREDIT_CARD", "PERSON", "HEALTH_INFORMATION", "HOME_ADDRESS"]


def finding(start: int, end: int, entity: str, score: float = 0.9, **rest: object) -> Finding:
    return Finding("text", Span(start, end), entity, score, "R", **rest)  # type: ignore[arg-type]


spans = st.tuples(st.integers(0, 40), st.integers(1, 12)).map(lambda p: Span(p[0], p[0] + p[1]))
findings = st.lists(
    st.builds(
        Finding,
        locator=st.sampled_from(["page:1", "page:2"]),
        span=spans,
        entity=st.sampled_from(ENTITIES),
        score=st.sampled_from([0.3, 0.5, 0.55, 0.7, 0.9, 1.0]),
        recognizer=st.sampled_from(["A", "B", LEARNED]),
    ),
    max_size=25,
)


def covered(some: object) -> set[tuple[str, int]]:
    return {(f.locator, i) for f in some for i in range(f.span.start, f.span.end)}  # type: ignore[attr-defined]


@given(findings)
def test_no_character_is_uncovered_that_a_finding_at_its_threshold_covers(found: list[Finding]) -> None:
    assert covered(settle(found)) == covered(f for f in found if counts(f))


@given(findings)
def test_settling_twice_changes_nothing(found: list[Finding]) -> None:
    assert settle(settle(found)) == settle(found)


@given(findings, st.randoms())
def test_the_order_of_the_findings_does_not_matter(found: list[Finding], chance: object) -> None:
    shuffled = list(found)
    chance.shuffle(shuffled)  # type: ignore[attr-defined]
    assert settle(shuffled) == settle(found)


@given(findings)
def test_findings_of_one_entity_never_overlap(found: list[Finding]) -> None:
    settled = settle(found)
    for a in settled:
        for b in settled:
            if a is not b and (a.locator, a.entity) == (b.locator, b.entity):
                assert not a.span.overlaps(b.span)


@given(findings)
def test_an_entity_that_is_no_shape_is_never_given_up(found: list[Finding]) -> None:
    kept = {(f.locator, f.entity) for f in settle(found)}
    assert kept >= {(f.locator, f.entity) for f in found if counts(f) and f.entity not in SHAPED}


def test_below_its_threshold_a_finding_does_not_count() -> None:
    assert settle([finding(0, 5, "PERSON", THRESHOLD - 0.01)]) == ()
    assert settle([finding(0, 5, "PERSON", 0.6)], {"PERSON": 0.7}) == ()


def test_a_validated_card_wins_over_a_telephone_number_inside_it() -> None:
    card, phone = finding(0, 19, "CREDIT_CARD", 1.0), finding(5, 17, "PHONE_NUMBER", 0.6)
    assert settle([phone, card]) == (card,)


def test_a_likelier_shape_inside_an_unlikely_one_leaves_both_so_that_nothing_is_uncovered() -> None:
    phone, card = finding(0, 25, "PHONE_NUMBER", 0.6), finding(3, 22, "CREDIT_CARD", 1.0)
    assert set(settle([phone, card])) == {phone, card}


def test_two_shapes_about_as_likely_are_both_kept() -> None:
    a, b = finding(0, 9, "US_SSN", 0.8), finding(0, 9, "US_BANK_NUMBER", 0.8 - MARGIN / 2)
    assert set(settle([a, b])) == {a, b}


def test_what_a_rule_has_checked_never_goes_for_the_classifiers_opinion() -> None:
    checked = finding(0, 9, "US_DRIVER_LICENSE", 0.6)
    opinion = Finding("text", Span(0, 9), "US_SSN", 0.99, LEARNED)
    assert set(settle([checked, opinion])) == {checked, opinion}


def test_what_the_classifier_takes_for_two_shapes_is_the_likelier_one() -> None:
    likely = Finding("text", Span(0, 12), "US_SSN", 0.99, LEARNED)
    unlikely = Finding("text", Span(2, 12), "US_BANK_NUMBER", 0.8, LEARNED)
    assert settle([unlikely, likely]) == (likely,)


def test_a_name_inside_a_disclosing_phrase_is_kept_beside_it() -> None:
    phrase, name = finding(0, 30, "HEALTH_INFORMATION"), finding(0, 11, "PERSON")
    assert set(settle([phrase, name])) == {phrase, name}


def test_overlapping_findings_of_one_entity_become_one_explained_by_the_likeliest() -> None:
    [one] = settle([finding(0, 8, "PERSON", 0.6, pattern="a"), finding(4, 12, "PERSON", 0.8, pattern="b")])
    assert (one.span, one.score, one.pattern) == (Span(0, 12), 0.8, "b")
