"""The request file: what is accepted, and refusals that say what to do and quote nobody's name."""

import json
from datetime import date

import pytest

from redact.errors import RequestError
from redact.request import Contact, Request

FILE = """
id = "PRR-2026-0142"
received = 2026-11-02
decided_on = 2026-11-10
policies = ["california", "cerritos"]
processed_by = "City Clerk"
responsible = { name = "Mel Clerk", title = "City Clerk" }

[requester]
name = "Robin Asker"
category = "general_public"
affiliation = "media"
affiliated_until = 2027-06-30
capacity = "official"
identity_verified = false

[purpose]
kind = "official_business"
statement = "annual audit"
duty = "payroll"
collected_for = "payroll"

[[legal_basis]]
kind = "court_order"
citation = "Order of November 1"
issuer = "Superior Court"
court = "Superior Court, County of Los Angeles"
judge = "Hon. M. Reyes"
docket = "26-CV-1"
issued_on = 2026-10-30
expires_on = 2026-12-31
scope = { entities = ["IMMIGRATION_STATUS"], subjects = ["Maria Named"], documents = ["*.pdf"] }
verified = { by = "Ann Law", role = "city_attorney", on = 2026-11-01 }

[[authorization]]
role = "city_attorney"
name = "Ann Law"
on = 2026-11-01

[[agreement]]
duties = ["payroll"]
signed_on = 2026-01-15

[contact]
at = 2026-11-02T10:30:00
officer = "Sgt. Okafor"
officials = ["Carl Brandt"]
purpose = "release date"
outcome = "refused"

[[terms]]
text = "Project Heron"
exemption = "ca-privacy"

[[elections]]
person = "Maria Named"
statute = "Penal Code § 293"

[[documents]]
match = "hr/*.pdf"
record_type = "personnel_file"
"""
LEAST = {"id": "PRR-1", "received": "2026-11-02", "requester": {"category": "general_public"}}


def load(tmp_path, text, name="request.toml"):
    path = tmp_path / name
    path.write_text(text, encoding="utf-8")
    return Request.load(path)


def test_every_key_of_the_contract(tmp_path):
    asked = load(tmp_path, FILE)
    assert asked.decided_on == date(2026, 11, 10)
    assert asked.legal_basis[0].scope.documents == ("*.pdf",)
    assert asked.elections[0].statute == "Penal Code § 293"


def test_json_says_the_same(tmp_path):
    import tomllib

    same = load(tmp_path, json.dumps(tomllib.loads(FILE), default=str), "request.json")
    assert same == load(tmp_path, FILE)


def test_today_stands_in_for_an_omitted_decision_date():
    assert Request.parse(LEAST, today=date(2026, 11, 5)).decided_on == date(2026, 11, 5)


def without(key):
    return {k: v for k, v in LEAST.items() if k != key}


REFUSED = [
    # what is wrong, the file, what the refusal says
    ("misspelt key", {**LEAST, "procesed_by": "x"}, "procesed_by: unknown key; did you mean processed_by?"),
    ("a name for a key", {**LEAST, "Maria Named": 1}, "the request: unknown key; the keys are id,"),
    ("a name for an inner key", {**LEAST, "requester": {"Maria Named": 1}}, "requester: unknown key"),
    ("no requester", without("requester"), "requester: missing"),
    ("no id", without("id"), "id: missing"),
    ("no date", without("received"), "received: missing"),
    ("an id with a slash", {**LEAST, "id": "../Maria Named"}, "id: use letters"),
    ("an empty id", {**LEAST, "id": " "}, "id: use letters"),
    ("month 13", {**LEAST, "received": "2026-13-01"}, "received: "),
    ("30 February", {**LEAST, "received": "2026-02-30"}, "received: "),
    ("a number for a date", {**LEAST, "received": 20261102}, "received: write the date as YYYY-MM-DD"),
    ("decided before received", {**LEAST, "decided_on": "2026-11-01"}, "decided_on lies before received"),
    ("yes for true", {**LEAST, "requester": {"identity_verified": "yes"}}, "requester.identity_verified: "),
    ("unknown affiliation", {**LEAST, "requester": {"affiliation": "Maria"}}, "requester.affiliation: "),
    ("unknown purpose", {**LEAST, "purpose": {"kind": "Maria"}}, "purpose.kind: "),
    ("unknown duty", {**LEAST, "purpose": {"duty": "Maria"}}, "purpose.duty: "),
    ("unknown basis", {**LEAST, "legal_basis": [{"kind": "Maria"}]}, "legal_basis.1.kind: "),
    ("unknown entity", {**LEAST, "legal_basis": [{"kind": "consent", "scope": {"entities": ["MARIA"]}}]},
     "legal_basis 1: scope names an unknown entity"),
    ("expired before issued", {**LEAST, "legal_basis": [
        {"kind": "consent"}, {"kind": "consent", "issued_on": "2026-05-01", "expires_on": "2026-04-01"}]},
     "legal_basis 2: expires_on lies before issued_on"),
    ("a term of nothing", {**LEAST, "terms": [{"text": " - ", "exemption": "ca-privacy"}]}, "terms 1: text"),
    ("a term without ground", {**LEAST, "terms": [{"text": "Maria Named"}]}, "terms 1: name the exemption"),
    ("an election of nobody", {**LEAST, "elections": [{"person": " ", "statute": "PC 293"}]}, "elections 1:"),
    ("a term kept for immigration enforcement", {**LEAST, "purpose": {"kind": "immigration_enforcement"},
     "terms": [{"text": "Maria Named", "action": "keep"}]}, "terms 1: nothing is kept for immigration"),
    ("an arrest of nobody", {**LEAST, "arrests": [{"person": ""}]}, "arrests 1: name the person"),
    ("one policy for a list", {**LEAST, "policies": "california"}, "policies: write a list in brackets"),
    ("a number for a name", {**LEAST, "processed_by": 7}, "processed_by: write text, in quotes"),
    ("a number for a table", {**LEAST, "copy": 5}, "copy: write a table of keys"),
    ("words for a date", {**LEAST, "received": "2nd November"}, "received: write the date as YYYY-MM-DD"),
    ("a review of what nobody knows", {**LEAST, "review": [
        {"documents": ["*"], "role": "city_attorney", "name": "A", "on": "2026-11-09", "traits": ["Maria"]}]},
     "review.1.traits.1: use one of 'privileged' or 'informant'"),
    ("no table", ["Maria Named"], "a request file holds one table"),
]  # fmt: skip


@pytest.mark.parametrize(("data", "says"), [case[1:] for case in REFUSED], ids=[case[0] for case in REFUSED])
def test_refusals_say_what_to_do_and_quote_no_name(data, says):
    with pytest.raises(RequestError) as refusal:
        Request.parse(data)
    assert says in str(refusal.value)
    assert "Maria" not in str(refusal.value) and "MARIA" not in str(refusal.value)
    assert refusal.value.__suppress_context__ or refusal.value.__context__ is None


MALFORMED = [
    ("request.toml", 'id = "Maria Named', "TOML at end of document"),
    ("request.toml", 'id = 1\nid = 2\n', "TOML at line 2"),
    ("request.toml", 'Maria Named = 1', "TOML at line 1"),
    ("request.toml", "x = " + "[" * 5000, "TOML"),
    ("request.json", '{"id": "Maria Named"', "JSON at line 1, column"),
    ("request.json", '{"id": 1, "id": 2}', "states a key twice"),
    ("request.json", "[" * 100_000, "JSON"),
    ("request.json", "[]", "one table"),
]  # fmt: skip


@pytest.mark.parametrize(("name", "text", "says"), MALFORMED)
def test_malformed_files_are_refused_with_the_place(tmp_path, name, text, says):
    with pytest.raises(RequestError, match=says) as refusal:
        load(tmp_path, text, name)
    assert "Maria" not in str(refusal.value)


def test_a_file_that_cannot_be_read(tmp_path):
    with pytest.raises(RequestError, match="cannot read the request file"):
        Request.load(tmp_path / "nowhere.toml")
    (tmp_path / "latin.toml").write_bytes(b'id = "\xe9"')
    with pytest.raises(RequestError, match="not UTF-8"):
        Request.load(tmp_path / "latin.toml")


def test_a_request_does_not_print_names():
    asked = Request.parse({**LEAST, "requester": {"name": "Robin Asker", "category": "general_public"},
                           "terms": [{"text": "Maria Named", "exemption": "x"}]})  # fmt: skip
    assert "Robin" not in repr(asked) and "Maria" not in repr(asked)


LACKING = [
    ({}, ("at", "officer", "officials", "purpose", "outcome")),
    (
        {"officer": "  ", "officials": ["Carl Brandt", " "], "purpose": "p"},
        ("at", "officer", "officials", "outcome"),
    ),
]


@pytest.mark.parametrize(("given", "lacking"), LACKING)
def test_a_contact_record_lacks_what_is_blank(given, lacking):
    asked = Request.parse({**LEAST, "contact": given})
    assert asked.contact is not None and asked.contact.lacking == lacking
    assert Contact().lacking == LACKING[0][1]
