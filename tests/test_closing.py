"""A case closes once everything that must be recorded of it is; the register says what is not."""

from dataclasses import replace
from pathlib import Path

import pytest

from redact.audit import SqliteAuditLog, verify
from redact.closing import close, unrecorded
from redact.errors import ContactError, RequestError
from redact.parties import Responsible
from redact.purpose import Purpose
from redact.request import Request
from tests.test_contacts import CONTACT, EMPTY, REQUEST

FEDERAL = replace(REQUEST, responsible=Responsible("Marisol Tran", "City Clerk"))


@pytest.fixture
def log(tmp_path: Path) -> SqliteAuditLog:
    return SqliteAuditLog(tmp_path / "audit.sqlite")


def decided(log: SqliteAuditLog, request: Request, category: str = "federal_immigration_authority") -> None:
    record = {
        "request": request.id,
        "category": category,
        "purpose": request.purpose.kind,
        "outcome": "withhold",
    }
    log.append("determination", record)


def kinds(log: SqliteAuditLog) -> list[str]:
    return [entry.kind for entry in log.entries()]


def test_the_contact_is_recorded_then_the_closure_each_once(log: SqliteAuditLog) -> None:
    decided(log, FEDERAL)
    assert close(log, FEDERAL) == close(log, FEDERAL)
    assert kinds(log) == ["determination", "contact", "closure"]
    assert verify(log).sound


def test_a_case_that_is_decided_anew_closes_anew(log: SqliteAuditLog) -> None:
    decided(log, FEDERAL)
    first = close(log, FEDERAL)
    decided(log, FEDERAL)
    assert close(log, FEDERAL).sequence > first.sequence


@pytest.mark.parametrize("field", EMPTY)
def test_not_while_a_field_of_the_contact_is_lacking(log: SqliteAuditLog, field: str) -> None:
    decided(log, FEDERAL)
    with pytest.raises(ContactError, match=rf"\({field}\)"):
        close(log, replace(FEDERAL, contact=replace(CONTACT, **{field: EMPTY[field]})))
    assert kinds(log) == ["determination"]
    assert unrecorded(log) == (FEDERAL.id,)


def test_not_by_calling_the_authority_somebody_else_afterwards(log: SqliteAuditLog) -> None:
    decided(log, FEDERAL)
    disguised = replace(FEDERAL, requester=replace(FEDERAL.requester, category="other_agency"), contact=None)
    with pytest.raises(ContactError, match="now says otherwise"):
        close(log, disguised)


def test_not_before_anything_was_decided_and_not_without_a_responsible_person(log: SqliteAuditLog) -> None:
    with pytest.raises(RequestError, match="no determination"):
        close(log, FEDERAL)
    decided(log, FEDERAL)
    with pytest.raises(RequestError, match="responsible"):
        close(log, replace(FEDERAL, responsible=None))
    assert kinds(log) == ["determination"]


@pytest.mark.parametrize(
    ("category", "purpose", "missed"),
    [
        ("federal_immigration_authority", "public_records", True),
        ("law_enforcement", "immigration_enforcement", True),
        ("law_enforcement", "litigation", False),
        ("general_public", "public_records", False),
    ],
)
def test_which_cases_the_register_misses(
    log: SqliteAuditLog, category: str, purpose: str, missed: bool
) -> None:
    asked = replace(FEDERAL, purpose=Purpose(purpose))  # type: ignore[arg-type]
    decided(log, asked, category)
    assert bool(unrecorded(log)) is missed


RECORDED = """
[contact]
at = 2026-11-03T09:40:00
officer = "Sergeant P. Okafor"
officials = ["Carl Brandt"]
purpose = "release date of a person"
outcome = "refused"
"""
ASKED = """
id = "FED-1"
received = 2026-11-03
decided_on = 2026-11-04
policies = ["california", "pasadena"]
responsible = { name = "Marisol Tran", title = "City Clerk" }
[requester]
name = "Carl Brandt"
category = "federal_immigration_authority"
[purpose]
kind = "immigration_enforcement"
"""


def test_from_the_command_line(tmp_path, monkeypatch, command):
    monkeypatch.chdir(tmp_path)
    (tmp_path / "memo.txt").write_text("The library opens at nine.")
    (tmp_path / "ice.toml").write_text(ASKED)

    assert command("release", "ice.toml", "memo.txt", "--out", "out").code == 3
    ended = command("audit", "contacts")
    assert ended.code == 3 and "FED-1" in ended.said and "not recorded in full" in ended.said
    ended = command("audit", "close", "ice.toml")
    assert ended.code == 3 and "the officer of this department (officer)" in ended.said
    (tmp_path / "ice.toml").write_text(ASKED + RECORDED)
    ended = command("audit", "close", "ice.toml")
    assert (ended.code, ended.said) == (0, "FED-1 is closed: entry 5\n")
    ended = command("audit", "contacts")
    assert ended.code == 0 and "Okafor" in ended.said and "FED-1" in ended.said
    assert command("audit", "verify", "--anchor", "out/audit-anchor.json").code == 0
