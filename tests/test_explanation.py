"""What a clerk and a program are told: which rule decides, and what is missing."""

import json

import pytest

from recognizers.entities import ENTITIES
from redact.errors import RequestError
from redact.explanation import WIDTH, explanation, explanation_text
from tests.policies.cases import CONTACT, ask, basis, stack, staff

BOTH = stack("california", "cerritos")


def decided(told, entity):
    return next(each for each in told["decisions"] if each["entity"] == entity)


def test_the_shape():
    told = explanation(ask(), BOTH)
    assert {"category", "outcome", "referrals", "decisions"} <= told.keys()
    assert [each["entity"] for each in told["decisions"]] == list(ENTITIES)
    for each in told["decisions"]:
        assert {"entity", "action", "rules", "citations", "missing"} <= each.keys()
    assert json.loads(json.dumps(told)) == told


OUTCOMES = [
    # request, entities, outcome, referrals
    (ask(), ["US_SSN"], "redact", []),
    (ask(), ["PASSWORD", "PERSON"], "redact", []),
    (ask(processed_by=""), ["US_SSN"], "refer", ["City Clerk"]),
    (ask("record_subject"), ["HEALTH_INFORMATION"], "release", []),
    (ask("record_subject"), ["HEALTH_INFORMATION", "CREDIT_CARD"], "redact", []),
    (staff("card_transactions"), ["CREDIT_CARD"], "redact", []),
    (staff("payroll"), ["US_SSN"], "release", []),
    (staff("payroll", agreement=[]), ["US_SSN"], "withhold", ["HR/RM"]),
    (staff("payroll", authorization=[]), ["US_SSN"], "withhold", ["City Attorney"]),
    (staff("payroll"), ["HEALTH_INFORMATION"], "redact", ["privacy officer"]),
    (staff("payroll"), ["PUBLIC_ASSISTANCE_STATUS"], "redact", ["City Attorney"]),
    (ask("federal_immigration_authority"), ["PERSON"], "withhold", ["City Attorney"]),
    (ask("law_enforcement", purpose={"kind": "other"}), ["PERSON"], "refer", ["City Attorney"]),
]


@pytest.mark.parametrize(("asked", "entities", "outcome", "referrals"), OUTCOMES)
def test_outcome_and_referrals(asked, entities, outcome, referrals):
    told = explanation(asked, BOTH, entities)
    assert (told["outcome"], told["referrals"]) == (outcome, referrals)


def test_what_else_would_be_decided():
    told = decided(explanation(ask(), BOTH), "PERSON")
    assert told["action"] == "redact"
    otherwise = [
        (each["when"], each["action"], each["rules"], each["referrals"]) for each in told["otherwise"]
    ]
    assert otherwise == [
        ("about a person whom nothing protects", "release", ["CA-NAME"], []),
        ("about a person whose arrest is public", "release", ["CA-ARREST"], []),
        ("about a person both arrested and a victim", "redact", ["CA-ARREST-VICTIM"], ["City Attorney"]),
    ]
    hurt = decided(explanation(ask(), BOTH), "HEALTH_INFORMATION")
    assert [(each["when"].split()[2], each["rules"]) for each in hurt["otherwise"]] == [
        ("injury", ["CA-INCIDENT"])
    ]
    own = decided(explanation(ask("record_subject"), BOTH), "VICTIM_STATUS")
    assert own["action"] == "release"
    assert {each["when"]: each["action"] for each in own["otherwise"]}["about somebody else"] == "redact"


def test_one_basis_that_would_do_for_all_policies_is_named_once():
    told = decided(explanation(ask(), stack("california", "pasadena")), "RELIGION")
    (missing,) = told["missing"]
    assert missing.startswith("a valid legal basis: ") and "court decision" in missing
    assert "consent" not in missing


def test_nothing_is_missing_where_nothing_would_help():
    assert decided(explanation(ask(), BOTH), "PASSWORD")["missing"] == []


def test_what_is_wrong_with_a_paper_is_said():
    asked = ask(legal_basis=[basis("court_order", verified=None)])
    missing = decided(explanation(asked, BOTH), "US_SSN")["missing"]
    assert missing[0] == "order of a federal or state judge: not verified by city attorney"


def test_an_unknown_entity_is_refused():
    with pytest.raises(RequestError, match="unknown entity; use one of US_SSN"):
        explanation(ask(), BOTH, ["HOROSCOPE"])


REQUESTS = [ask(), staff("payroll", agreement=[]), ask("record_subject"), ask(processed_by="")]


@pytest.mark.parametrize("asked", REQUESTS)
def test_the_text_says_the_same(asked):
    told, text = explanation(asked, BOTH), explanation_text(asked, BOTH)
    for each in told["decisions"]:
        assert each["entity"] in text
        assert all(rule in text for rule in each["rules"])
    assert all(office in text for office in told["referrals"])
    assert max(map(len, text.splitlines()[8:])) <= WIDTH
    assert asked.requester.name not in text


def test_the_text_for_a_clerk():
    asked = ask(
        "federal_immigration_authority",
        contact={**CONTACT, "officer": ""},
        legal_basis=[{"kind": "detainer", "citation": "I-247A"}],
    )
    text = explanation_text(asked, BOTH, ["IMMIGRATION_STATUS"])
    words = " ".join(text.split())
    assert "Outcome: withheld" in text
    assert "To be decided by: City Attorney" in text
    assert "detainer or release notification request (I-247A): not sufficient, whoever signed it" in words
    assert "in the record of the contact: the officer of this department (officer)" in words
