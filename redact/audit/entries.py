"""What a run leaves in the audit log: the determination, the referrals, the release or its refusal."""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, overload

from redact.account import Account
from redact.audit.chain import Anchor, AuditLog, Entry
from redact.closing import close
from redact.contacts import concerns, log_contact
from redact.deadlines import extended_until
from redact.determination import Determination
from redact.draft import MANIFEST
from redact.errors import RequestError
from redact.parties import RECORD_SUBJECT
from redact.release import DETERMINATION, ReleasePackage
from redact.request import Contact, Request


def log_release(log: AuditLog, request: Request, package: ReleasePackage) -> Anchor:
    """Write down a determination and what came of it; return where the log then stands.

    The case of a contact with a federal immigration authority closes only where the contact is recorded in
    full. Raises ``AuditError`` where the log cannot be written: then nothing may be released.
    """
    determination = package.determination
    removed: list[Mapping[str, int]] = [a.removed for a in package.accounts if a.released is not None]
    manifest = package.files[MANIFEST]
    log.append("determination", _determination(request, package))
    for office in determination.referrals:
        log.append(
            "referral", {"request": request.id, "office": office, "received_on": str(request.received)}
        )
    if removed:
        entry = log.append(
            "release",
            {
                "request": request.id,
                "outcome": determination.outcome.name,
                "documents": len(removed),
                "withheld": len(package.accounts) - len(removed),
                "redactions": _told(determination, _sum(removed)),
                "manifest_sha256": manifest,
                "verified": True,
                **({"expires_on": str(determination.copy.expires_on)} if determination.copy else {}),
            },
        )
    else:
        entry = log.append(
            "withholding",
            {
                "request": request.id,
                "outcome": determination.outcome.name,
                "documents": len(package.accounts),
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
            "findings": _told(
                determination, _counts(f.entity for d in determination.documents for f, _ in d.findings)
            ),
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
    own = _is_self_access(determination)
    return {
        "request": request.id,
        "category": determination.requester.category,
        # What for, what was found and which rules say so would tell of somebody who is known by the request.
        **({"self_access": True} if own else {"purpose": request.purpose.kind}),
        "received": str(request.received),
        "decided_on": determination.decided_on,
        "policies": dict(determination.versions),
        "outcome": determination.outcome.name,
        "rules": list(determination.decision.rules),
        "exemptions": list(determination.decision.exemptions),
        "referrals": list(determination.referrals),
        "documents": _Rows(determination, package.accounts),
        "bases": [{"kind": basis.kind} for basis in request.legal_basis],
        "authorizations": [{"role": a.role, "on": str(a.on)} for a in request.authorization],
        "sha256": package.files[DETERMINATION],
    }


@dataclass(frozen=True, slots=True)
class _Rows(Sequence[dict[str, Any]]):
    """What the log says of each document, made as it is asked for: a request can have very many."""

    determination: Determination
    accounts: Sequence[Account]

    def __len__(self) -> int:
        return len(self.accounts)

    def __iter__(self) -> Iterator[dict[str, Any]]:
        return map(self._row, self.accounts)

    @overload
    def __getitem__(self, index: int) -> dict[str, Any]: ...
    @overload
    def __getitem__(self, index: slice) -> list[dict[str, Any]]: ...
    def __getitem__(self, index: int | slice) -> dict[str, Any] | list[dict[str, Any]]:
        if isinstance(index, slice):
            return list(map(self._row, self.accounts[index]))
        return self._row(self.accounts[index])

    def _row(self, account: Account) -> dict[str, Any]:
        return {
            **({"sha256": account.sha256} if account.sha256 else {}),
            "outcome": account.outcome.name,
            "findings": _told(self.determination, dict(sorted(account.found.items()))),
            "rules": [] if _is_self_access(self.determination) else list(account.rules),
            "obstacles": _counts(account.obstacles),
            "pages": account.pages,
        }


def _is_self_access(determination: Determination) -> bool:
    return determination.requester.category == RECORD_SUBJECT


def _told(determination: Determination, counts: dict[str, int]) -> dict[str, int]:
    """What the log says of counts by entity: of somebody's own records how many, never of what."""
    if not _is_self_access(determination):
        return counts
    return {"any": sum(counts.values())} if counts else {}


def _sum(counts: Iterable[Mapping[str, int]]) -> dict[str, int]:
    total: Counter[str] = Counter()
    for each in counts:
        total.update(each)
    return dict(sorted(total.items()))


def _counts(names: Iterable[str]) -> dict[str, int]:
    return dict(sorted(Counter(names).items()))
