"""The public register of contacts with federal immigration authorities (Pasadena Police, PROC.3.B)."""

import csv
import io
from dataclasses import replace
from datetime import date, datetime
from pathlib import Path

import pytest

from redact.audit import SqliteAuditLog, verify
from redact.authority import LegalBasis, Scope
from redact.contacts import (
    COLUMNS,
    as_csv,
    as_text,
    concerns,
    log_contact,
    record,
    register,
    require_complete,
)
from redact.errors import AuditError, ContactError
from redact.parties import Requester
from redact.purpose import Purpose
from redact.request import Contact, Request, Term

CONTACT = Contact(
    at=datetime(2026, 11, 2, 10, 30),
    officer="Sgt. Dana Whitfield",
    officials=("Deportation Officer R. Pell", "Field Supervisor M. Ortega"),
    purpose="asked for the release date of a person in custody under an I-247A",
    outcome="refused; referred to the City Attorney",
)
REQUEST = Request(
    id="PRR-2026-0200",
    received=date(2026, 11, 2),
    decided_on=date(2026, 11, 3),
    requester=Requester(category="federal_immigration_authority"),
    contact=CONTACT,
)
EMPTY: dict[str, object] = {"at": None, "officer": "", "officials": (), "purpose": "", "outcome": ""}


@pytest.fixture
def log(tmp_path: Path) -> SqliteAuditLog:
    return SqliteAuditLog(tmp_path / "audit.sqlite")


@pytest.mark.parametrize(
    ("category", "purpose", "recorded"),
    [
        ("federal_immigration_authority", "public_records", True),
        ("federal_immigration_authority", "immigration_enforcement", True),
        ("law_enforcement", "immigration_enforcement", True),
        ("city_employee", "immigration_enforcement", True),
        ("law_enforcement", "litigation", False),
        ("general_public", "public_records", False),
    ],
)
def test_which_requests_are_contacts(category: str, purpose: str, recorded: bool) -> None:
    request = Request.parse(
        {
            "id": "R",
            "received": "2026-11-02",
            "requester": {"category": category},
            "purpose": {"kind": purpose},
        },
        today=date(2026, 11, 3),
    )
    assert concerns(request) is recorded
    if recorded:
        with pytest.raises(ContactError):
            require_complete(request)
    else:
        require_complete(request)


@pytest.mark.parametrize("field", EMPTY)
def test_a_case_cannot_close_while_any_field_is_lacking(log: SqliteAuditLog, field: str) -> None:
    request = replace(REQUEST, contact=replace(CONTACT, **{field: EMPTY[field]}))
    for refuses in (
        require_complete,
        record,
        lambda r: log_contact(log, r),
    ):
        with pytest.raises(ContactError, match=rf"cannot close.*\({field}\)") as caught:
            refuses(request)
        assert all(f"({other})" not in str(caught.value) for other in EMPTY if other != field)
    assert not list(log.entries())


def test_every_lacking_field_is_named_at_once() -> None:
    with pytest.raises(ContactError) as caught:
        require_complete(replace(REQUEST, contact=None))
    assert all(f"({field})" in str(caught.value) for field in EMPTY)
    assert caught.value.exit_code == 3


def test_the_same_contact_is_recorded_once_and_a_corrected_one_again(log: SqliteAuditLog) -> None:
    assert log_contact(log, REQUEST) == log_contact(log, REQUEST)
    log_contact(log, replace(REQUEST, contact=replace(CONTACT, outcome="withdrawn")))
    assert [row.outcome for row in register(log)] == [CONTACT.outcome, "withdrawn"]
    assert verify(log).sound


def test_the_register_shows_who_when_why_and_what_came_of_it(log: SqliteAuditLog) -> None:
    later = replace(REQUEST, id="PRR-9", contact=replace(CONTACT, at=datetime(2026, 12, 1, 9, 0)))
    log_contact(log, later)
    log_contact(log, REQUEST)
    log.append("scan", {"documents": 1})
    first, second = register(log)
    assert first.cells == (
        "2026-11-02T10:30",
        "Sgt. Dana Whitfield",
        "Deportation Officer R. Pell; Field Supervisor M. Ortega",
        CONTACT.purpose,
        CONTACT.outcome,
        "PRR-2026-0200",
    )
    assert second.request == "PRR-9"
    table = list(csv.reader(io.StringIO(as_csv(register(log)))))
    assert table == [list(COLUMNS), list(first.cells), list(second.cells)]
    text = as_text(register(log))
    assert all(cell in text for row in (first, second) for cell in row.cells)


def test_an_empty_register_says_so(log: SqliteAuditLog) -> None:
    assert as_text(register(log)).startswith("No contacts")
    assert as_csv(register(log)) == ",".join(COLUMNS) + "\r\n"


@pytest.mark.parametrize("start", ["=", "+", "-", "@"])
def test_a_cell_of_the_csv_is_never_a_formula(log: SqliteAuditLog, start: str) -> None:
    log_contact(log, replace(REQUEST, contact=replace(CONTACT, outcome=f"{start}HYPERLINK(1)")))
    assert f"'{start}HYPERLINK" in as_csv(register(log))


SUBJECT = "Luz Marina Quezada"


@pytest.mark.parametrize(
    "said",
    [
        "asked where Luz Marina Quezada lives",
        "asked where LUZ  MARINA QUEZADA lives",
        "asked about Quezada, Luz Marina",
        "asked about Ms. Quezada",
        "asked about Luz",
    ],
)
def test_the_person_asked_about_is_never_named(log: SqliteAuditLog, said: str) -> None:
    basis = LegalBasis("administrative_warrant", scope=Scope(subjects=(SUBJECT,)))
    request = replace(REQUEST, legal_basis=(basis,), contact=replace(CONTACT, purpose=said, outcome=said))
    log_contact(log, request)
    shown = as_text(register(log)) + as_csv(register(log)) + "".join(e.record for e in log.entries())
    assert "[person 1]" in shown
    assert all(part.casefold() not in shown.casefold() for part in SUBJECT.split())
    assert "Dana Whitfield" in shown and "R. Pell" in shown


def test_officers_stay_named_even_where_the_request_lists_them(log: SqliteAuditLog) -> None:
    request = replace(
        REQUEST,
        terms=(Term("Sgt. Dana Whitfield", "redact", "ca-privacy"), Term("Quezada", "redact", "ca-privacy")),
        contact=replace(CONTACT, outcome="Sgt. Dana Whitfield refused to speak of Quezada"),
    )
    log_contact(log, request)
    assert register(log)[0].outcome == "Sgt. Dana Whitfield refused to speak of [person 1]"


@pytest.mark.parametrize("number", ["A-123456789", "A 12345678", "123-45-6789", "123456789"])
def test_numbers_of_a_person_are_refused(log: SqliteAuditLog, number: str) -> None:
    with pytest.raises(AuditError) as caught:
        log_contact(log, replace(REQUEST, contact=replace(CONTACT, purpose=f"asked about {number}")))
    assert number not in str(caught.value)


def test_a_purpose_of_enforcement_needs_the_record_whoever_asks() -> None:
    request = replace(
        REQUEST,
        requester=Requester(category="law_enforcement"),
        purpose=Purpose("immigration_enforcement"),
        contact=None,
    )
    with pytest.raises(ContactError):
        require_complete(request)
