"""The inventory of a release: each document once, families, duplicates, exceptions, and who reads what first.

What a reader of the package needs to follow every submitted document to what became of it: the load file with
one row for each, the list of exceptions, the queues in which people read before anything leaves, and counts
that add up. None of it holds a value.
"""

from array import array
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from redact.account import Account
from redact.production import Bates
from redact.report import INSIDE_WITHHELD
from redact.rule import Action
from redact.sampling import Sample, Sampling, draw
from redact.withholding_log import csv_lines

CONTAINERS = frozenset({"mbox", "zip"})
"""Formats that only hold other documents: nobody reads them by themselves."""
LOAD_COLUMNS = (
    "number", "family", "document", "format", "sha256", "pages", "outcome", "released_as", "released_sha256",
    "bates_first", "bates_last", "redactions", "duplicate_of", "queue",
)  # fmt: skip
DELIVERED_COLUMNS = tuple(column for column in LOAD_COLUMNS if column not in ("sha256", "queue"))
"""Those of the load file that the requester receives. By the hash of what was submitted somebody who has the
rest of a document could try out what was removed from it; the queues are the office's own."""
EXCEPTION_COLUMNS = ("number", "document", "format", "code", "reason")
QUEUE_COLUMNS = ("queue", "office", "number", "document", "why")
PRIVILEGE, INFORMANT, REFERRED, EXCEPTION = "privilege", "informant", "referred", "exception"
WITHHELD, FLAGGED, SAMPLED = "withheld", "flagged", "sampled clean"
QUEUES = (PRIVILEGE, INFORMANT, REFERRED, EXCEPTION, WITHHELD, FLAGGED, SAMPLED)
"""In the order in which they are read; a document is in one at most."""


@dataclass(frozen=True, slots=True)
class Inventory:
    """All documents of a release as rows, read anew from their accounts each time they are asked for."""

    accounts: Sequence[Account]
    sample: Sample
    responsible: str
    """The office that processes the request."""

    @classmethod
    def of(cls, accounts: Sequence[Account], sampling: Sampling, seed: str, responsible: str) -> "Inventory":
        """Take the accounts of all documents, parents first, and draw the sample by ``seed``."""
        clean = (a for a in accounts if _is_clean(a))
        count = sum(1 for a in accounts if _is_clean(a))
        sample = draw(sampling, seed, ((a.name, a.sha256) for a in clean), count)
        return cls(accounts, sample, responsible)

    def load_file(self, columns: Sequence[str] = LOAD_COLUMNS) -> Iterator[bytes]:
        """Yield the load file (CSV, UTF-8): one row for each document, those inside others too."""
        return _csv(columns, ({column: row[column] for column in columns} for row in self._load_rows()))

    def exceptions(self) -> Iterator[bytes]:
        """Yield the list of what could not be processed (CSV): each reason of each document."""
        return _csv(EXCEPTION_COLUMNS, self._exception_rows())

    def queues(self) -> Iterator[bytes]:
        """Yield who must read which documents before anything leaves (CSV), queue by queue."""
        return _csv(QUEUE_COLUMNS, self._queue_rows())

    def counts(self) -> dict[str, Any]:
        """Return how many documents there are and what became of them: ``outcomes`` add up to them."""
        outcomes, queues = Counter[str](), Counter[str]()
        documents = duplicates = families = 0
        drawn = frozenset(self.sample.names)
        for (account, _), (_, again) in zip(self._families(), self._duplicates(), strict=True):
            documents += 1
            families += not account.inside
            duplicates += again is not None
            outcomes[_outcome(account)] += 1
            queues[queue_of(account, drawn)] += 1
        return {
            "submitted": families,
            "documents": documents,
            "duplicates": duplicates,
            "outcomes": {name: outcomes[name] for name in ("released", "redacted", "referred", "withheld")},
            "queues": {name: queues[name] for name in QUEUES if queues[name]},
        }

    def _families(self) -> Iterator[tuple[Account, int]]:
        """Yield each document with the number of the submitted one that it belongs to."""
        family = 0
        for number, account in enumerate(self.accounts, 1):
            family = number if not account.inside else family
            yield account, family

    def _duplicates(self) -> Iterator[tuple[int, int | None]]:
        """Yield the number of each document, and of the first one of the same bytes before it."""
        first: dict[bytes, int] = {}
        for number, account in enumerate(self.accounts, 1):
            before = first.setdefault(bytes.fromhex(account.sha256), number) if account.sha256 else number
            yield number, before if before < number else None

    def _load_rows(self) -> Iterator[dict[str, str]]:
        drawn = frozenset(self.sample.names)
        for (account, family), (number, again) in zip(self._families(), self._duplicates(), strict=True):
            first, last = account.numbers or ("", "")
            yield {
                "number": _NUMBER.label(number),
                "family": _NUMBER.label(family),
                "document": account.name,
                "format": account.format,
                "sha256": account.sha256,
                "pages": str(account.pages),
                "outcome": _outcome(account),
                "released_as": account.released if account.released and not account.inside else "",
                "released_sha256": account.released_sha256,
                "bates_first": first,
                "bates_last": last,
                "redactions": str(account.redactions),
                "duplicate_of": "" if again is None else _NUMBER.label(again),
                "queue": queue_of(account, drawn),
            }

    def _exception_rows(self) -> Iterator[dict[str, str]]:
        for number, account in enumerate(self.accounts, 1):
            if _is_exception(account):
                for code, reason in zip(account.obstacles or ("",), account.decision.reasons, strict=False):
                    yield {
                        "number": _NUMBER.label(number),
                        "document": account.name,
                        "format": account.format,
                        "code": code or "withheld",
                        "reason": reason,
                    }

    def _queue_rows(self) -> Iterator[dict[str, str]]:
        drawn = frozenset(self.sample.names)
        waiting: dict[str, array[int]] = {queue: array("Q") for queue in QUEUES}
        for place, account in enumerate(self.accounts):
            if queue := queue_of(account, drawn):
                waiting[queue].append(place)
        for queue, places in waiting.items():
            for place in places:
                account = self.accounts[place]
                yield {
                    "queue": queue,
                    "office": ", ".join(account.decision.referrals) or self.responsible,
                    "number": _NUMBER.label(place + 1),
                    "document": account.name,
                    "why": _why(account, queue),
                }


_NUMBER = Bates("DOC-")
"""How documents are numbered in the load file."""


def queue_of(account: Account, drawn: frozenset[str]) -> str:
    """Return in which queue somebody reads a document before it leaves; empty where nobody must."""
    if account.outcome is Action.refer:
        return next((q for q in (PRIVILEGE, INFORMANT) if _TRAIT_OF[q] in account.traits), REFERRED)
    if _is_exception(account):
        return EXCEPTION
    if account.released is None:
        return WITHHELD
    if account.outcome is not Action.release:
        return FLAGGED
    return SAMPLED if account.name in drawn else ""


_TRAIT_OF = {PRIVILEGE: "privileged", INFORMANT: "informant"}


def _is_clean(account: Account) -> bool:
    return (
        account.outcome is Action.release
        and account.released is not None
        and account.format not in CONTAINERS
    )


def _is_exception(account: Account) -> bool:
    """Whether it is withheld for what it is, not for what a rule says."""
    decision = account.decision
    return (
        account.outcome is Action.withhold and not decision.rules and decision.reasons != (INSIDE_WITHHELD,)
    )


def _outcome(account: Account) -> str:
    return {
        Action.release: "released", Action.mask: "redacted", Action.redact: "redacted",
        Action.refer: "referred", Action.withhold: "withheld",
    }[account.outcome]  # fmt: skip


def _why(account: Account, queue: str) -> str:
    if queue == SAMPLED:
        return "drawn at random from what leaves as it is: is there anything that had to go?"
    if queue == FLAGGED:
        return f"{account.redactions} redactions: is anything left that had to go, or gone that is public?"
    return "; ".join(account.decision.reasons)


def _csv(columns: Sequence[str], rows: Iterable[Mapping[str, str]]) -> Iterator[bytes]:
    yield from csv_lines([{column: column for column in columns}], columns)
    yield from csv_lines(rows, columns)
