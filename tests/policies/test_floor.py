"""The floor: no policy file goes below it, whatever it says."""

import pytest

from recognizers.entities import ENTITIES
from redact.determination import Case, determine
from redact.errors import PolicyError
from redact.policy import PolicyStack
from tests.policies.cases import ask, basis, decide, finding

EVERYTHING = """
id = "generous"
title = "A policy that releases everything to everybody"
source = "none"
status = "adopted"
[[rule]]
id = "ALL"
clause = "1"
entities = ["*"]
action = "release"
why = "Everything is public."
"""


@pytest.fixture
def generous(tmp_path):
    path = tmp_path / "generous.toml"
    path.write_text(EVERYTHING)
    return PolicyStack.load([path])


@pytest.mark.parametrize("who", ["general_public", "city_employee", "record_subject", "court"])
def test_secrets_and_whole_card_numbers_stay(generous, who):
    released = {entity: decide(ask(who), generous, entity).action.name for entity in ENTITIES}
    kept = {entity: action for entity, action in released.items() if action != "release"}
    assert kept == {"PASSWORD": "redact", "CARD_SECURITY_CODE": "redact", "CREDIT_CARD": "mask"}


def test_enforcement_stays_out(generous):
    decision = determine(ask("federal_immigration_authority"), Case(), generous).decision
    assert (decision.action.name, decision.referrals) == ("withhold", ("City Attorney",))


def test_the_floor_is_no_ground_for_releasing(tmp_path):
    """A card number that no policy speaks of is redacted, though the floor would allow four digits."""
    path = tmp_path / "silent.toml"
    path.write_text(EVERYTHING.split("[[rule]]")[0])
    silent = PolicyStack.load([path])
    for entity in ENTITIES:
        assert decide(ask(legal_basis=[basis("court_order")]), silent, entity).action.name == "redact"


def test_a_rule_of_a_policy_cannot_take_the_name_of_one_of_the_floor(tmp_path):
    path = tmp_path / "twin.toml"
    path.write_text(EVERYTHING.replace('"ALL"', '"FLOOR-SECRETS"'))
    with pytest.raises(PolicyError, match="used twice"):
        PolicyStack.load([path])


def test_an_unknown_entity_is_not_everything(generous):
    assert decide(ask(), generous, "HOROSCOPE").action.name == "redact"
    assert finding("HOROSCOPE").entity not in ENTITIES
