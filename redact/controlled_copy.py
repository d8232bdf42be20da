"""Controlled copies: what the City's own people receive is stamped, and good until a day."""

from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from redact.datafile import Day
from redact.errors import RequestError
from redact.policy import PolicyStack
from redact.request import Request
from redact.requester import ResolvedRequester


@dataclass(frozen=True, slots=True)
class ControlledCopy:
    """What is stamped on a copy, and why."""

    stamp: str
    """One line: request, requester category, purpose, the last day; nothing of a document, nobody's name."""
    expires_on: Day
    clauses: tuple[str, ...] = ()
    """Of the policies that demand it; empty where only the request does."""

    def as_dict(self) -> dict[str, Any]:
        """Return it as plain JSON values."""
        return {"stamp": self.stamp, "expires_on": str(self.expires_on), "clauses": list(self.clauses)}


def controlled_copy(
    request: Request, requester: ResolvedRequester, stack: PolicyStack
) -> ControlledCopy | None:
    """Return what is stamped on the copies of a request; None where neither it nor a policy asks for that.

    Raises ``RequestError`` where nobody says when a copy expires, or a copy would be good for longer than a
    policy lets it.
    """
    terms = [p.copy for p in stack.policies if p.copy and requester.category in p.copy.requesters]
    if request.copy is None and not terms:
        return None
    longest = min((term.days for term in terms if term.days), default=None)
    last = None if longest is None else request.decided_on + timedelta(days=longest)
    asked = request.copy.expires_on if request.copy else None
    if request.copy and request.copy.days:
        asked = request.decided_on + timedelta(days=request.copy.days)
    if asked is not None and last is not None and asked > last:
        raise RequestError(
            f"copy: the policies let a copy be used for {longest} days, until {last}; state a day no later"
        )
    expires_on = asked or last
    if expires_on is None:
        raise RequestError("copy: say when the copy expires: expires_on a day, or days after the decision")
    purpose = request.purpose.kind.replace("_", " ")
    if request.purpose.duty:
        purpose += f" ({request.purpose.duty.replace('_', ' ')})"
    category = requester.category.replace("_", " ")
    return ControlledCopy(
        f"CONTROLLED COPY - request {request.id} - {category} - {purpose} - expires {expires_on}",
        expires_on,
        tuple(dict.fromkeys(term.clause for term in terms)),
    )
