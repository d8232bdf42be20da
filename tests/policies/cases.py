"""What the decision tables are written with: requests of every kind, and one finding at a time."""

from collections.abc import Sequence
from datetime import date
from functools import cache
from typing import Any

from redact.determination import Case, Decision, Facts, determine
from redact.document import Span
from redact.finding import Finding
from redact.policy import PolicyStack
from redact.request import Request

DECIDED = date(2026, 11, 10)
NAME = "Robin Asker"
DUAL = [
    {"role": "city_attorney", "name": "Ann Law", "on": "2026-11-01"},
    {"role": "department_director", "name": "Dee Rector", "on": "2026-11-02"},
]
CONTACT = {
    "at": "2026-11-02T10:30:00",
    "officer": "Sgt. Okafor",
    "officials": ["Carl Brandt"],
    "purpose": "release date of a person",
    "outcome": "refused",
}
KNOWN, ASKER = 7, 1
"""Numbers of a person whom nobody names, and of the requester."""


@cache
def stack(*names: str) -> PolicyStack:
    return PolicyStack.load(names)


def ask(category: str = "general_public", **changes: Any) -> Request:
    """A request by somebody of a category, processed by the City Clerk."""
    requester = {"name": NAME, "category": category, **changes.pop("requester", {})}
    if category == "record_subject":
        requester.setdefault("identity_verified", True)
    data = {
        "id": "PRR-1",
        "received": "2026-11-02",
        "decided_on": DECIDED.isoformat(),
        "processed_by": "City Clerk",
        "requester": requester,
    }
    return Request.parse({**data, **changes})


def staff(duty: str | None = None, category: str = "city_employee", **changes: Any) -> Request:
    """A request from inside the City with everything that Cerritos asks for."""
    purpose = {"kind": "official_business", "statement": "annual reconciliation", "duty": duty}
    full = {
        "purpose": {**purpose, **changes.pop("purpose", {})},
        "authorization": DUAL,
        "agreement": [signed(duty)] if duty else [],
    }
    return ask(category, **{**full, **changes})


def signed(*duties: str, **changes: Any) -> dict[str, Any]:
    """A Confidentiality Agreement with its three signatures, unless a change spoils it."""
    names = {"countersigned_by": "Sue Pervisor", "received_by": "Hank Rhodes"}
    return {
        "duties": list(duties),
        "signed_on": "2026-01-15",
        **names,
        "received_on": "2026-01-20",
        **changes,
    }


def basis(kind: str, **changes: Any) -> dict[str, Any]:
    """A legal basis that counts, unless a change spoils it."""
    verified = {"by": "Ann Law", "role": "city_attorney", "on": "2026-11-05"}
    data: dict[str, Any] = {
        "kind": kind,
        "citation": "the law",
        "issuer": "Hon. M. Reyes",
        "court": "Superior Court, County of Los Angeles",
        "docket": "26-CV-1",
        "issued_on": "2026-11-03",
        "verified": verified,
    }
    if kind == "subpoena":
        data["scope"] = {"entities": ["PERSON", "HOME_ADDRESS"]}
    return {**data, **changes}


def finding(entity: str, subject: int | None = None, at: int = 0, locator: str = "page:1") -> Finding:
    return Finding(locator, Span(at, at + 5), entity, 0.9, "a recognizer", subject=subject)


def decide(
    request: Request,
    policies: PolicyStack,
    entity: str,
    *,
    about: str = "somebody",
    record_type: str | None = None,
) -> Decision:
    """Decide one finding: about ``somebody`` protected, ``anybody`` whom nothing protects, the ``requester``
    or a person whom the legal basis ``names``."""
    subject = {"somebody": None, "anybody": KNOWN, "requester": ASKER, "names": 3}[about]
    persons = {NAME: frozenset({ASKER}), "Maria Named": frozenset({3})}
    facts = Facts("report.pdf", (finding(entity, subject),), record_type)
    (document,) = determine(request, Case((facts,), persons), policies).documents
    return document.findings[0][1]


def actions(request: Request, policies: PolicyStack, entities: Sequence[str]) -> dict[str, str]:
    """Decide one finding of each entity in a document, each about somebody protected."""
    facts = Facts("report.pdf", tuple(finding(e, at=n * 1000) for n, e in enumerate(entities)))
    (document,) = determine(request, Case((facts,)), policies).documents
    return {found.entity: decision.action.name for found, decision in document.findings}
