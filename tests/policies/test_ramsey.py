"""Ramsey: an out-of-state text about speech. Only guideline 1 ever restricts anything."""

import pytest

from recognizers.entities import ENTITIES
from redact.determination import Case, determine
from tests.policies.cases import ask, basis, decide, stack, staff

RAMSEY = stack("ramsey")


@pytest.mark.parametrize("entity", ENTITIES)
def test_confidential_information_is_not_shared_with_the_public(entity):
    decision = decide(ask(), RAMSEY, entity)
    assert decision.action.name == "redact"
    assert decision.clauses


def test_a_name_that_nothing_protects_may_be_mentioned():
    assert decide(ask(), RAMSEY, "PERSON", about="anybody").action.name == "release"


def test_no_rule_blocks_a_request_or_a_document():
    (policy,) = RAMSEY.policies
    assert {rule.applies_to for rule in policy.rule} == {"finding"}
    assert {rule.clause for rule in policy.rule} == {"1"}
    assert determine(ask(), Case(), RAMSEY).outcome.name == "release"


def test_it_takes_nothing_from_what_law_or_duty_lets_out():
    both = stack("california", "cerritos", "ramsey")
    assert decide(staff("payroll"), both, "US_SSN").action.name == "release"
    assert decide(ask(legal_basis=[basis("court_order")]), both, "US_SSN").action.name == "release"
