"""What a run leaves in the audit log: the determination, the referrals, the release or its refusal."""

from collections import Counter
from collections.abc import Iterable
from hashlib import sha256
from typing import Any

from redact.audit.chain import Anchor, AuditLog, Entry
from redact.closing import close
from redact.contacts import concerns, log_contact
from redact.deadlines import extended_until
from redact.decision import once
from redact.determination import Determination
from redact.errors import RequestError
from redact.release import ReleasePackage
from redact.request import Contact, Request


def log_release(log: AuditLog, request: Request, package: ReleasePackage, manifest: str) -> Anchor:
    """Write down a determination and what came of it; return where the log then stands.

    ``manifest`` is the SHA-256 of the package's manifest in hexadecimal.

    The case of a contact with a federal immigration authority closes only where the contact is recorded in
    full. Raises ``AuditError`` where the log cannot be written: then nothing may be released.
    """
    determination = package.determination
    released = sum(report.released is not None for report in package.documents)
    log.append("determination", _determination(request, package))
    for office in determination.referrals:
        log.append(
            "referral", {"request": request.id, "office": office, "received_on": str(request.received)}
        )
    if released:
        entry = log.append(
            "release",
            {
                "request": request.id,
                "outcome": determination.outcome.name,
                "documents": released,
                "withheld": len(package.documents) - released,
                "redactions": _counts(
                    finding.entity
                    for report in package.documents
                    if report.released
                    for grounded in report.released.redactions
                    for finding, _ in grounded.grounds
                ),
                "manifest_sha256": manifest,
                "verified": True,
            },
        )
    else:
        entry = log.append(
            "withholding",
            {
                "request": request.id,
                "outcome": determination.outcome.name,
                "documents": len(package.documents),
                "rules": list(determination.decision.rules),
                "exemptions": list(determination.decision.exemptions),
                "referrals": list(determination.referrals),
                "manifest_sha256": manifest,
            },
        )
    written = [entry]
    if concerns(request) and not (request.contact or Contact()).lacking:
        # In the register whatever else is still to be done.
        written.append(log_contact(log, request))
    if request.extension is not None:
        written.append(log_extension(log, request))
    if package.closed:
        written.append(close(log, request))
    return max(written, key=lambda entry: entry.sequence).anchor


def log_scan(log: AuditLog, determination: Determination) -> Entry:
    """Write down that documents were searched and decided without a release; raises ``AuditError``."""
    return log.append(
        "scan",
        {
            "request": determination.request_id,
            "documents": len(determination.documents),
            "findings": _counts(f.entity for d in determination.documents for f, _ in d.findings),
            "obstacles": _counts(code for d in determination.documents for code in d.obstacles),
        },
    )


def log_extension(log: AuditLog, request: Request) -> Entry:
    """Write down that the requester was told of an extension, once.

    Raises ``AuditError`` where the log cannot be written, ``RequestError`` where the request has none.
    """
    extension = request.extension
    if extension is None:
        raise RequestError(f"{request.id} has no extension; add [extension] to the request file")
    record: dict[str, Any] = {
        "request": request.id,
        "reasons": list(extension.reasons),
        "noticed_on": str(extension.noticed_on),
        "until": str(extended_until(request.received, extension, request.closures)),
    }
    for entry in log.entries(kinds=["extension"]):
        if dict(entry.data) == record:
            return entry
    return log.append("extension", record)


def _determination(request: Request, package: ReleasePackage) -> dict[str, Any]:
    determination = package.determination
    return {
        "request": request.id,
        "category": determination.requester.category,
        "purpose": request.purpose.kind,
        "received": str(request.received),
        "decided_on": determination.decided_on,
        "policies": dict(determination.versions),
        "outcome": determination.outcome.name,
        "rules": list(determination.decision.rules),
        "exemptions": list(determination.decision.exemptions),
        "referrals": list(determination.referrals),
        "documents": [
            {
                **({"sha256": report.sha256} if report.sha256 else {}),
                "outcome": report.determination.outcome.name,
                "findings": _counts(finding.entity for finding, _ in report.determination.findings),
                "rules": list(once(r for _, d in report.determination.findings for r in d.rules)),
                "obstacles": _counts(report.determination.obstacles),
                "pages": report.pages,
            }
            for report in package.documents
        ],
        "bases": [{"kind": basis.kind} for basis in request.legal_basis],
        "authorizations": [{"role": a.role, "on": str(a.on)} for a in request.authorization],
        "sha256": _digest(determination.pieces()),
    }


def _digest(pieces: Iterable[bytes]) -> str:
    digest = sha256()
    for piece in pieces:
        digest.update(piece)
    return digest.hexdigest()


def _counts(names: Iterable[str]) -> dict[str, int]:
    return dict(sorted(Counter(names).items()))
