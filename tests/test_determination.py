"""The determination as a whole: what is written down, and what is never in it."""

import json

import pytest

from redact.decision import combined, strictest
from redact.determination import Case, Decision, Facts, determine
from redact.document import Obstacle, Span
from redact.finding import Finding
from redact.rule import Action
from tests.policies.cases import ask, finding, stack

CALIFORNIA = stack("california")


def test_an_empty_case_is_the_request():
    result = determine(ask(), Case(), CALIFORNIA)
    assert (result.outcome, result.documents, result.referrals) == (Action.release, (), ())


OUTCOMES = [
    ((), (), "release"),
    (("HOROSCOPE",), (), "redact"),
    (("US_SSN",), (), "redact"),
    ((), (Obstacle("encrypted", "it is encrypted"),), "withhold"),
    (("US_SSN",), (Obstacle("no-text-layer", "there is no text", "page:2"),), "withhold"),
]


@pytest.mark.parametrize(("entities", "obstacles", "outcome"), OUTCOMES)
def test_a_document(entities, obstacles, outcome):
    facts = Facts("a.pdf", tuple(finding(entity) for entity in entities), obstacles=obstacles)
    (document,) = determine(ask(), Case((facts,)), CALIFORNIA).documents
    assert document.outcome.name == document.decision.action.name == outcome
    if obstacles:
        assert document.decision.referrals == ("City Clerk",)
        assert obstacles[0].reason in document.decision.reasons[0]


def test_the_strictest_document_is_the_outcome_of_the_request():
    facts = [Facts("a"), Facts("b", (finding("US_SSN"),)), Facts("c", record_type="closed_session_minutes")]
    for number, outcome in enumerate(["release", "redact", "withhold"], 1):
        assert determine(ask(), Case(tuple(facts[:number])), CALIFORNIA).outcome.name == outcome


def test_the_json_is_canonical_and_holds_no_name():
    asked = ask(requester={"name": "Robin Asker"})
    facts = Facts("document-001", (finding("US_SSN", 3),), path="letters/Maria Named.pdf")
    result = determine(asked, Case((facts,), {"Robin Asker": frozenset({1})}), CALIFORNIA)
    told = result.canonical().decode()
    assert json.loads(told) == result.as_dict()
    assert "Maria" not in told and "Robin" not in told
    assert told == json.dumps(json.loads(told), ensure_ascii=False, indent=1, sort_keys=True) + "\n"


def test_a_score_does_not_change_the_bytes_beyond_its_third_digit():
    def bytes_for(score):
        found = Finding("page:1", Span(0, 5), "US_SSN", score, "r")
        return determine(ask(), Case((Facts("a", (found,)),)), CALIFORNIA).canonical()

    assert bytes_for(0.85) == bytes_for(0.85 + 1e-9)


def test_decisions_equally_strict_speak_together():
    one = Decision(Action.redact, ("A",), ("1",), ("X",), ("x",), "X", ("because",), ("Clerk",), ("order",))
    two = Decision(Action.redact, ("B",), ("1",), ("Y",), ("y",), "Y", ("so",), ("Clerk",), ())
    three = Decision(Action.release, ("C",))
    told = strictest([three, one, two])
    assert (told.action, told.rules, told.clauses) == (Action.redact, ("A", "B"), ("1",))
    assert (told.marking, told.referrals, told.missing) == ("X", ("Clerk",), ("order",))
    assert strictest([three]) is three
    assert combined(Action.withhold, [one, two]).marking == ""


def test_case_and_facts_do_not_print_paths_or_persons():
    shown = repr(Case((Facts("a", path="Maria Named.pdf"),), {"Maria Named": frozenset({1})}))
    assert "Maria" not in shown


@pytest.mark.slow
def test_a_determination_takes_less_than_a_millisecond_a_document():
    import time

    from recognizers.entities import ENTITIES

    entities = list(ENTITIES)
    findings = tuple(finding(entities[n % len(entities)], n % 10, n * 40) for n in range(100))
    case = Case(tuple(Facts(f"{n}.pdf", findings) for n in range(1000)))
    policies = stack("california", "cerritos", "pasadena", "pasadena-police", "ramsey")
    times = []
    for _ in range(3):
        started = time.process_time()
        determine(ask(), case, policies)
        times.append(time.process_time() - started)
    assert min(times) / 1000 < 0.001
