"""Findings in columns are the findings that were put there."""

import pickle

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import TypeAdapter

from redact import Action, Decision, Finding, Span
from redact.decided import Decided
from redact.findings import Findings
from redact.mentions import Mention, Mentions

findings = st.builds(
    Finding,
    st.sampled_from(["text", "page:1"]),
    st.tuples(st.integers(0, 90), st.integers(1, 20)).map(lambda at: Span(at[0], at[0] + at[1])),
    st.sampled_from(["US_SSN", "PERSON"]),
    st.floats(0, 1),
    st.sampled_from(["A", "B"]),
    st.sampled_from(["", "p"]),
    st.sampled_from(["", "c"]),
    st.none() | st.integers(0, 2**31 - 1),
    st.sampled_from(["", "named"]),
)
REDACT, REFER = Decision(Action.redact, rules=("a",)), Decision(Action.refer, rules=("b",))
pairs = st.lists(st.tuples(findings, st.sampled_from([REDACT, REFER, Decision(Action.redact, rules=("a",))])))


@given(st.lists(findings))
def test_what_is_put_there_comes_back(made: list[Finding]) -> None:
    columns = Findings.of(iter(made))
    assert list(columns) == made and columns == tuple(made) and hash(columns) == hash(tuple(made))
    assert [columns[n] for n in range(len(made))] == made and columns[1:] == tuple(made[1:])
    assert pickle.loads(pickle.dumps(columns)) == made
    form = TypeAdapter(Findings)
    assert form.validate_json(form.dump_json(columns), strict=False) == made


@given(st.lists(findings))
def test_they_are_put_in_order(made: list[Finding]) -> None:
    columns = Findings.of(made)
    assert list(columns.by_start()) == sorted(made, key=lambda f: f.span.start)
    assert list(columns.ordered()) == sorted(made, key=lambda f: (f.locator, f.span, f.entity))
    assert {f.locator for f in columns.at("name")} <= {"name"}
    assert [f.span for f in columns.at("name")] == [f.span for f in made]


@given(pairs)
def test_decisions_are_those_of_their_findings(made: list[tuple[Finding, Decision]]) -> None:
    decided = Decided.of([f for f, _ in made], [d for _, d in made])
    assert list(decided) == made and decided == made and decided[1:] == tuple(made[1:])
    assert [decided[n] for n in range(len(made))] == made
    assert list(decided.decisions) == list(dict.fromkeys(d for _, d in made))
    form = TypeAdapter(Decided)
    assert form.validate_json(form.dump_json(decided), strict=False) == made


def test_every_finding_has_a_decision() -> None:
    with pytest.raises(ValueError, match="as many"):
        Decided.of([Finding("text", Span(0, 1), "PERSON", 0.9, "R")], [])


names = st.sampled_from([("ana", "ruiz"), ("bo",)])


@given(st.lists(st.builds(Mention, names, st.floats(0, 1), st.floats(0, 1))))
def test_mentions_come_back(made: list[Mention]) -> None:
    columns = Mentions.of(made)
    assert list(columns) == made and columns[:2] == tuple(made[:2])
    assert [columns[n] for n in range(len(made))] == made
    assert "ruiz" not in repr(columns)


def test_a_hundred_thousand_take_little_room() -> None:
    made = Findings.of(Finding("text", Span(n, n + 1), "PERSON", n / 10**6, "R") for n in range(100_000))
    assert len(pickle.dumps(made)) < 3_000_000


@given(st.lists(findings, max_size=8))
def test_few_are_at_hand_as_objects(made: list[Finding]) -> None:
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("redact.findings._MANY", 3)
        at_hand = Findings.of(made).at_hand()
    assert list(at_hand) == made and isinstance(at_hand, tuple) == (len(made) <= 3)
