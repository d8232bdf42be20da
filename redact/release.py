"""The release package: redacted documents, withholding log, letter, determination, proof and manifest."""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from importlib.metadata import version
from itertools import chain
from pathlib import Path
from types import MappingProxyType
from typing import Any, overload

from redact.account import Account
from redact.canonical import Written, pieces
from redact.contacts import concerns
from redact.deadlines import Deadline, deadlines
from redact.delivery import DELIVERY, LOAD_FILE, delivery
from redact.determination import Determination, DocumentDetermination
from redact.draft import DOCUMENTS, MANIFEST, Draft
from redact.errors import LetterError, RequestError
from redact.inventory import DELIVERED_COLUMNS, Inventory
from redact.letters import extension_notice, letter
from redact.parties import RECORD_SUBJECT
from redact.policy import PolicyStack
from redact.prior_release import PriorRelease
from redact.receipt import receipt
from redact.report import DocumentReport
from redact.request import Contact, Request
from redact.review_page import review_page
from redact.rule import Action
from redact.sampling import Sampling
from redact.withholding_log import as_csv, as_page

DETERMINATION = "determination.json"
LETTER = "determination-letter.docx"
LOGS = ("withholding-log.csv", "withholding-log.html")
UNDELIVERED = (
    "hand the records to the person whom they are about, or who is authorised, against the signed receipt, "
    "and record it: audit record delivery"
)
"""What is left to do where somebody receives their own records."""
SHEETS = "slip-sheets"
"""Folder of a package that holds a page for each document that is withheld, if the request wants them."""
_VERSIONED = ("presidio-analyzer", "presidio-anonymizer", "pikepdf", "pypdfium2", "pypdf")
"""Libraries whose versions a package records: what finds, what removes and what reads again."""


@dataclass(frozen=True, slots=True)
class ReleasePackage:
    """A finished package: where it lies and what is in it."""

    path: Path
    determination: Determination
    documents: Sequence[DocumentReport]
    """In the order of the request; they may lie on disk and be read each time they are asked for."""
    accounts: Sequence[Account]
    """What is told of each of ``documents``; read in a small part of the time that those take."""
    open_because: tuple[str, ...] = ()
    """What must still be done before the case can close."""
    deadlines: tuple[Deadline, ...] = ()
    """By when what was due, and whether it was met by the decision."""
    inventory: Inventory | None = None
    """Each document once, and who reads what before it leaves; None where the request is blocked."""
    prior: Sequence[PriorRelease] = ()
    """What was disclosed to the public before and is decided otherwise now."""
    files: Mapping[str, str] = field(default_factory=dict)
    """SHA-256 in hexadecimal of each file that speaks about the release, by its name in the package."""

    @property
    def outcomes(self) -> Counter[Action]:
        """How many documents had which outcome."""
        return Counter(account.outcome for account in self.accounts)

    @property
    def closed(self) -> bool:
        """Whether nothing more need be done before the case can close."""
        return not self.open_because

    @property
    def complete(self) -> bool:
        """Whether nothing was withheld or referred."""
        return self.determination.outcome < Action.refer and not self.determination.referrals

    @property
    def verification_failed(self) -> bool:
        """Whether a document was withheld because what was written did not hold up."""
        return any(account.proof is not None and not account.proof["passed"] for account in self.accounts)


@dataclass(frozen=True, slots=True)
class _CarriedOut(Sequence[DocumentDetermination]):
    """What was decided, with what had to be withheld after all."""

    reports: Sequence[DocumentReport]

    def __len__(self) -> int:
        return len(self.reports)

    @overload
    def __getitem__(self, index: int) -> DocumentDetermination: ...
    @overload
    def __getitem__(self, index: slice) -> tuple[DocumentDetermination, ...]: ...
    def __getitem__(self, index: int | slice) -> DocumentDetermination | tuple[DocumentDetermination, ...]:
        if isinstance(index, slice):
            return tuple(report.determination for report in self.reports[index])
        return self.reports[index].determination


def _settled(
    determination: Determination, accounts: Sequence[Account], reports: Sequence[DocumentReport]
) -> Determination:
    outcome = determination.decision.action
    offices = dict.fromkeys(determination.decision.referrals)
    for account in accounts:
        outcome = max(outcome, account.outcome)
        offices.update(dict.fromkeys(account.referrals))
    documents = _CarriedOut(reports)
    return replace(determination, documents=documents, outcome=outcome, referrals=tuple(offices))


def _require_regions(request: Request, accounts: Sequence[Account]) -> None:
    """Refuse a release in which a region would have been overlooked; raises ``RequestError``."""
    names = {account.name for account in accounts} if request.regions else frozenset[str]()
    for number, region in enumerate(request.regions, 1):
        if region.document not in names:
            raise RequestError(
                f"regions.{number}.document: no document of that name; use the names that redact scan lists"
            )


def _place(account: Account) -> str | None:
    if account.released is None or account.inside:
        return None
    return f"{DOCUMENTS}/{account.released}"


def _sheet(number: int, account: Account) -> str:
    """Where the page lies that stands for a document, or covers it."""
    return f"{_place(account)}.cover.pdf" if account.released else f"{SHEETS}/withheld-{number:03}.pdf"


def compose(
    draft: Draft,
    determination: Determination,
    reports: Sequence[DocumentReport],
    accounts: Sequence[Account],
    request: Request,
    stack: PolicyStack,
    *,
    city: str,
    templates: Path | None,
    prior: Sequence[PriorRelease] = (),
) -> ReleasePackage:
    """Put a package together: what it says, and its manifest, which is the last of its files.

    What is released of the documents lies in ``draft`` already; the other files are written piece by piece,
    since the long ones must not be in memory whole.

    ``prior`` is what was disclosed before and is decided otherwise now.

    A letter that would lack what it must say is left out, and the case stays open until that is supplied.
    There is a delivery where the request wants one, something is released and the letter goes with it.
    Raises ``RequestError`` where the extension is one that the law does not allow, or a region is of no
    document.
    """
    if determination.decision.action < Action.refer:
        _require_regions(request, accounts)
    stand = deadlines(request, request.decided_on, answered_on=request.decided_on)
    determination = _settled(determination, accounts, reports)
    sheets = {
        name: draft.add(name, [account.sheet])
        for number, account in enumerate(accounts, 1)
        if account.sheet and (name := _sheet(number, account))
    }
    about = determination.about_request()
    rows = chain.from_iterable(account.rows() for account in accounts)
    lines = chain.from_iterable(account.lines() for account in accounts)
    files: dict[str, Iterable[bytes]] = {
        LOGS[0]: as_csv(rows),
        LOGS[1]: as_page(determination.request_id, determination.decided_on, lines),
        DETERMINATION: pieces(about | {"documents": (Written(each.determination()) for each in accounts)}),
        "proof.json": pieces(_Proofs(accounts)),
    }
    unfinished: list[str] = []
    inventory = _inventory(determination, accounts, request)
    if inventory is not None:
        files |= {
            LOAD_FILE: inventory.load_file(),
            "exceptions.csv": inventory.exceptions(),
            "review-queues.csv": inventory.queues(),
            "review.html": review_page(determination.request_id, determination.decided_on, inventory),
        }
        if request.sample and inventory.sample.names and not request.sample.read_on:
            unfinished.append(
                "read the documents that were drawn (sampled clean in review-queues.csv), say so in [sample]"
            )
    if concerns(request):
        unfinished += [f"the contact record lacks {name}" for name in (request.contact or Contact()).lacking]
    try:
        files[LETTER] = [letter(determination, request, stack, templates, city=city)]
        if request.extension is not None:
            files["extension-notice.docx"] = [extension_notice(request, templates, city=city)]
        if determination.requester.category == RECORD_SUBJECT and any(a.released for a in accounts):
            unfinished.append(UNDELIVERED)
            records = (f"{a.released}, SHA-256 {a.released_sha256}" for a in accounts if _place(a))
            files["delivery-receipt.docx"] = [receipt(request, records, templates, city=city)]
    except LetterError as error:
        unfinished.append(str(error))
    package = ReleasePackage(
        draft.out, determination, reports, accounts, tuple(unfinished), stand, inventory, prior
    )
    written = sheets | {name: draft.add(name, content) for name, content in files.items()}
    released = {place: account.released_sha256 for account in accounts if (place := _place(account))}
    if request.delivery and inventory is not None and released and LETTER in written:
        leaving = released | sheets | {name: written[name] for name in (LETTER, *LOGS)}
        in_one = delivery(draft.folder, leaving, inventory.load_file(DELIVERED_COLUMNS))
        written[DELIVERY] = draft.add(DELIVERY, in_one)
    manifest = draft.add(MANIFEST, pieces(_manifest(package, written | released, request.rolling)))
    return replace(package, files=MappingProxyType(written | {MANIFEST: manifest}))


def _inventory(
    determination: Determination, accounts: Sequence[Account], request: Request
) -> Inventory | None:
    if determination.decision.action >= Action.refer:
        # None of them was opened.
        return None
    # What else the request says may change until it goes out; the draw shall not.
    seed = f"{request.id}\n{request.received}"
    return Inventory.of(
        accounts, request.sample or Sampling(), seed, request.processed_by.strip() or "City Clerk"
    )


class _Proofs(Mapping[str, Any]):
    """What verification found, by the names of the documents that were verified."""

    def __init__(self, accounts: Sequence[Account]) -> None:
        self._accounts = accounts
        self._places = {a.name: place for place, a in enumerate(accounts) if a.proof is not None}

    def __len__(self) -> int:
        return len(self._places)

    def __iter__(self) -> Iterator[str]:
        return iter(self._places)

    def __getitem__(self, name: str) -> Mapping[str, Any]:
        return self._accounts[self._places[name]].proof or {}


def _manifest(package: ReleasePackage, files: dict[str, str], rolling: Sequence[date]) -> dict[str, Any]:
    determination = package.determination
    return {
        "request": determination.request_id,
        "decided_on": determination.decided_on,
        "outcome": determination.outcome.name,
        "copy": determination.copy and determination.copy.as_dict(),
        "counts": package.inventory and package.inventory.counts(),
        "sample": package.inventory and package.inventory.sample.as_dict(),
        "prior_releases": [each.as_dict() for each in package.prior],
        "rolling": [str(day) for day in rolling],
        "deadlines": [
            {
                "matter": deadline.matter,
                "citation": deadline.citation,
                "due": str(deadline.due),
                "standing": deadline.standing,
            }
            for deadline in package.deadlines
        ],
        "versions": {
            "redact": version("redact"),
            "policies": dict(sorted(determination.versions.items())),
            **{name: version(name) for name in _VERSIONED},
        },
        "documents": (
            {
                "document": account.name,
                "submitted_sha256": account.sha256,
                "format": account.format,
                "pages": account.pages,
                "outcome": account.outcome.name,
                "redactions": account.redactions,
                "inside": account.inside,
                "released_as": _place(account),
                "numbers": list(account.numbers),
                "stamped": account.stamped,
            }
            for account in package.accounts
        ),
        # Not a dictionary, so that it is written one name after the other.
        "files": MappingProxyType(files),
    }
