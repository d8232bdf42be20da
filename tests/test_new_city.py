"""A new city is one TOML file: the one that the README shows is taken as it stands there."""

import json
import re
from pathlib import Path

import pytest

README = (Path(__file__).parents[1] / "README.md").read_text(encoding="utf-8")
REQUEST = """
id = "PRR-1"
received = 2026-11-02
decided_on = 2026-11-10
policies = ["california", "mycity.toml"]
processed_by = "City Clerk"
[requester]
affiliation = "media"
"""


@pytest.fixture
def redact(redact, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    [policy] = re.findall(r"```toml\n(# mycity\.toml\n.*?)```", README, re.DOTALL)
    (tmp_path / "mycity.toml").write_text(policy)
    (tmp_path / "request.toml").write_text(REQUEST)
    return redact


def test_it_is_in_order_beside_the_state_s(redact):
    code, said = redact("policy", "check", "california", "mycity.toml")
    assert code == 0 and "mycity: 1 rules" in said and "error" not in said


def test_by_itself_it_is_no_ground_against_the_public(redact):
    code, said = redact("policy", "check", "mycity.toml")
    assert code == 2 and "withheld from the General Public without a statute" in said


def test_what_it_changes_is_told(redact):
    code, said = redact("policy", "diff", "california", "california,mycity.toml")
    assert code == 0 and "NATIONAL_ORIGIN" in said and "EX-1" in said
    assert "US_SSN" not in said


def test_it_decides(redact):
    code, said = redact("explain", "request.toml", "--entity", "NATIONAL_ORIGIN", "--format", "json")
    [decision] = json.loads(said)["decisions"]
    assert code == 0 and decision["rules"] == ["CA-PRIVACY", "EX-1"]
    assert "Example Municipal Code § 2.10" in decision["citations"]


def test_its_rules_are_shown_in_order(redact):
    code, said = redact("policy", "show", "mycity.toml")
    assert code == 0 and "EX-1 [2.10] redact: NATIONAL_ORIGIN; for everybody" in said
