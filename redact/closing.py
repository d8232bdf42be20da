"""Closing a case: what must be in the audit log first, and the entry that says that nothing is left to do."""

from redact.audit import AuditLog, Entry
from redact.contacts import concerns, log_contact, require_complete
from redact.errors import ContactError, RequestError
from redact.parties import FEDERAL_IMMIGRATION_AUTHORITY
from redact.request import Request


def close(log: AuditLog, request: Request) -> Entry:
    """Close the case of a request: record its contact, if it is one, then the closure; each once.

    Raises ``ContactError`` where the contact record lacks a field, or the log knows of a contact that the
    request does not state; ``RequestError`` where nothing was decided yet or nobody is responsible for it;
    ``AuditError`` where the log cannot be written.
    """
    require_complete(request)
    decided = [entry for entry in log.entries(kinds=["determination"]) if entry.data["request"] == request.id]
    if not decided:
        raise RequestError(
            f"{request.id} cannot close: the audit log knows no determination of it; release it"
        )
    if any(_of_contact(entry) for entry in decided) and not concerns(request):
        raise ContactError(
            f"{request.id} cannot close: it was decided as a contact with a federal immigration authority, "
            "and the request file now says otherwise"
        )
    if decided[-1].data.get("self_access") and not _delivered(log, request, decided[-1]):
        raise RequestError(
            f"{request.id} cannot close: that the records were handed over is not recorded; "
            "audit record delivery request=... on=... to=record_subject channel=in_person"
        )
    responsible = request.responsible
    if responsible is None or not responsible.name.strip() or not responsible.title.strip():
        raise RequestError(f"{request.id} cannot close: nobody is responsible for it; add responsible")
    if concerns(request):
        log_contact(log, request)
    for entry in log.entries(kinds=["closure"]):
        if entry.data["request"] == request.id and entry.sequence > decided[-1].sequence:
            return entry
    outcome = decided[-1].data["outcome"]
    return log.append("closure", {"request": request.id, "outcome": outcome, "on": str(request.decided_on)})


def _delivered(log: AuditLog, request: Request, decided: Entry) -> bool:
    """Whether what was released after ``decided`` was delivered since; where nothing was, nothing need be."""
    since = [
        entry.kind
        for entry in log.entries(kinds=["release", "delivery"])
        if entry.data.get("request") == request.id and entry.sequence > decided.sequence
    ]
    return "release" not in since or "delivery" in since


def unrecorded(log: AuditLog) -> tuple[str, ...]:
    """Return the requests that the log knows as contacts and of which it has no contact record."""
    known = {entry.data.get("request") for entry in log.entries(kinds=["contact"])}
    decided = (entry for entry in log.entries(kinds=["determination"]) if _of_contact(entry))
    return tuple(dict.fromkeys(id for entry in decided if (id := entry.data["request"]) not in known))


def _of_contact(entry: Entry) -> bool:
    data = entry.data
    return (
        data.get("category") == FEDERAL_IMMIGRATION_AUTHORITY
        or data.get("purpose") == "immigration_enforcement"
    )
