"""Prior releases: what was disclosed to the public before, and would now be withheld or redacted otherwise.

Disclosure to a member of the public waives most exemptions (Gov. Code § 7921.505). Whether it does here is
for the City Attorney; that it happened is in the audit log, by the hashes of the documents.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from redact.account import Account
from redact.audit import AuditLog
from redact.rule import Action


@dataclass(frozen=True, slots=True)
class PriorRelease:
    """A document that was disclosed to the public before, and is decided otherwise now."""

    document: str
    request: str
    """The id of the request for which it was disclosed."""
    decided_on: str
    then: str
    now: str

    @property
    def statement(self) -> str:
        """What happened, in words for a clerk."""
        return (
            f"{self.document}: {self.then} to the public before, for {self.request} on {self.decided_on}; "
            f"now {self.now}. Disclosure can waive an exemption (Gov. Code § 7921.505): ask the City Attorney"
        )

    def as_dict(self) -> dict[str, Any]:
        """Return it as plain JSON values."""
        return {
            "document": self.document,
            "request": self.request,
            "decided_on": self.decided_on,
            "then": self.then,
            "now": self.now,
        }


def prior_releases(log: AuditLog, request: str, accounts: Iterable[Account]) -> tuple[PriorRelease, ...]:
    """Return which documents were released to the General Public for another request than ``request``, and
    less of them is released now or for other reasons. ``accounts`` are gone through twice.

    Raises ``AuditError`` where the log cannot be read.
    """
    asked = {account.sha256 for account in accounts if account.sha256}
    decided: dict[str, tuple[str, list[dict[str, Any]]]] = {}
    before: dict[str, tuple[str, str, str, tuple[str, ...]]] = {}
    for entry in log.entries(kinds=["determination", "release"]):
        data = entry.data
        other = str(data.get("request"))
        if other == request:
            continue
        if entry.kind == "release":
            day, documents = decided.pop(other, ("", []))
            for each in documents:
                rules = tuple(sorted(each.get("rules", ())))
                before[each["sha256"]] = (other, day, str(each.get("outcome")), rules)
        elif data.get("category") == "general_public":
            disclosed = [d for d in data.get("documents", ()) if _disclosed(d) and d["sha256"] in asked]
            decided[other] = str(data.get("decided_on")), disclosed
    found = []
    for account in accounts:
        if account.sha256 in before:
            other, day, then, rules = before[account.sha256]
            now = _now(account, then, rules)
            if now:
                found.append(PriorRelease(account.name, other, day, _THEN[then], now))
    return tuple(found)


_THEN = {"release": "released whole", "mask": "released redacted", "redact": "released redacted"}


def _disclosed(document: dict[str, Any]) -> bool:
    return bool(document.get("sha256")) and document.get("outcome") in _THEN


def _now(account: Account, then: str, rules: tuple[str, ...]) -> str:
    """What becomes of it now, where that is less than it was; empty where it is not."""
    if account.outcome >= Action.refer:
        return "referred" if account.outcome is Action.refer else "withheld"
    if account.outcome is Action.release:
        return ""
    if then == "release":
        return "redacted"
    return "" if tuple(sorted(account.rules)) == rules else "redacted by other rules"
