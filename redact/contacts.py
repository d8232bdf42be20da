"""Contacts with federal immigration authorities, and their public register (Pasadena Police, Procedure 3.B).

The register names the officer and the officials; it never names the person whom a contact was about. It is
itself a public record, "exempt from any exception to the CPRA to the maximum extent permitted by law".
"""

import csv
import io
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from redact.audit import AuditLog, Entry
from redact.errors import ContactError
from redact.request import Contact, Request

COLUMNS = ("time and date", "officer", "immigration officials", "specific purpose", "outcome", "request")
"""The columns of the register, in the words of the clause."""

_FIELDS = {
    "at": "the time and date (at)",
    "officer": "the officer of this department (officer)",
    "officials": "the immigration officials (officials)",
    "purpose": "the specific purpose (purpose)",
    "outcome": "the outcome (outcome)",
}


@dataclass(frozen=True, slots=True)
class Row:
    """One contact in the register."""

    at: str
    officer: str
    officials: tuple[str, ...]
    purpose: str
    outcome: str
    request: str

    @property
    def cells(self) -> tuple[str, ...]:
        """The row as text, in the order of ``COLUMNS``."""
        return (self.at, self.officer, "; ".join(self.officials), self.purpose, self.outcome, self.request)


def concerns(request: Request) -> bool:
    """Whether a request is a contact with a federal immigration authority, or for its purposes."""
    return request.is_enforcement()


def require_complete(request: Request) -> None:
    """Refuse to go on where a contact must be recorded and its record lacks a field.

    Raises ``ContactError`` naming each field that is lacking.
    """
    if not concerns(request):
        return
    lacking = (request.contact or Contact()).lacking
    if lacking:
        raise ContactError(
            f"{request.id} cannot close: every contact with a federal immigration authority is recorded in "
            f"full. Add to [contact]: {', '.join(_FIELDS[name] for name in lacking)}"
        )


def record(request: Request) -> dict[str, Any]:
    """Return the audit record of a request's contact: subjects that the request names become ``[person 1]``.

    Raises ``ContactError`` where the contact record lacks a field.
    """
    require_complete(request)
    contact = request.contact
    if contact is None or contact.at is None:
        raise ContactError(f"{request.id} records no contact; add [contact] to the request file")
    subjects = _subjects(request)
    return {
        "request": request.id,
        "at": contact.at.isoformat(timespec="minutes"),
        "officer": " ".join(contact.officer.split()),
        "officials": [" ".join(name.split()) for name in contact.officials],
        "purpose": _without(contact.purpose, subjects),
        "outcome": _without(contact.outcome, subjects),
    }


def log_contact(log: AuditLog, request: Request) -> Entry:
    """Append a request's contact to the log, once: an entry that says the same is returned as it is.

    Raises ``ContactError`` where the contact record lacks a field, ``AuditError`` where it cannot be written.
    """
    data = record(request)
    for entry in log.entries(kinds=["contact"]):
        if dict(entry.data) == data:
            return entry
    return log.append("contact", data)


def register(log: AuditLog) -> tuple[Row, ...]:
    """Return every recorded contact, by the time and date of the contact."""
    rows = []
    for entry in log.entries(kinds=["contact"]):
        data = entry.data
        rows.append(
            Row(
                data.get("at", ""),
                data.get("officer", ""),
                tuple(data.get("officials", ())),
                data.get("purpose", ""),
                data.get("outcome", ""),
                data.get("request", ""),
            )
        )
    return tuple(sorted(rows, key=lambda row: (row.at, row.request)))


def as_csv(rows: Iterable[Row]) -> str:
    """Return the register as CSV. A cell that a spreadsheet would run as a formula is quoted with ``'``."""
    buffer = io.StringIO()
    writer = csv.writer(buffer, lineterminator="\r\n")
    writer.writerow(COLUMNS)
    for row in rows:
        writer.writerow([f"'{cell}" if cell[:1] in "=+-@\t\r" and cell else cell for cell in row.cells])
    return buffer.getvalue()


def as_text(rows: Sequence[Row]) -> str:
    """Return the register for reading: one block a contact."""
    if not rows:
        return "No contacts with federal immigration authorities are recorded.\n"
    width = max(map(len, COLUMNS))
    blocks = (
        "\n".join(f"{column:<{width}}  {cell}" for column, cell in zip(COLUMNS, row.cells, strict=True))
        for row in rows
    )
    return "\n\n".join(blocks) + "\n"


def _subjects(request: Request) -> tuple[str, ...]:
    """The people whom the request names as being asked about, and whatever it says must go everywhere."""
    names = [name for basis in request.legal_basis for name in basis.scope.subjects]
    names += [term.text for term in request.terms if term.action == "redact"]
    staff = {" ".join(name.casefold().split()) for name in _named(request)}
    return tuple(dict.fromkeys(name for name in names if " ".join(name.casefold().split()) not in staff))


def _named(request: Request) -> Iterable[str]:
    return (request.contact.officer, *request.contact.officials) if request.contact else ()


def _without(text: str, subjects: Sequence[str]) -> str:
    """Put a token for each subject: the whole name in either order, then any part of it by itself."""
    text = " ".join(text.split())
    for number, subject in enumerate(subjects, 1):
        token = f"[person {number}]"
        parts = [part for part in re.split(r"[\s,]+", subject) if part]
        orders = [parts, [parts[-1], *parts[:-1]]] if len(parts) > 1 else [parts]
        for order in orders:
            text = _replaced(text, r"[\s,]+".join(map(re.escape, order)), token)
        for part in parts:
            if len(part.strip(".")) > 2:
                text = _replaced(text, re.escape(part), token)
    return text


def _replaced(text: str, pattern: str, token: str) -> str:
    return re.sub(rf"(?<!\w){pattern}(?!\w)", token, text, flags=re.IGNORECASE)
