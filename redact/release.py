"""The release package: redacted documents, withholding log, letter, determination, proof and manifest."""

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from importlib.metadata import version
from pathlib import Path
from types import MappingProxyType
from typing import Any, overload

from redact.canonical import pieces
from redact.contacts import concerns
from redact.deadlines import Deadline, deadlines
from redact.determination import Decision, Determination, DocumentDetermination
from redact.draft import DOCUMENTS, MANIFEST
from redact.errors import LetterError, RequestError
from redact.letters import extension_notice, letter
from redact.policy import Action, PolicyStack
from redact.redaction import Grounded
from redact.request import Contact, Request
from redact.verify import Proof
from redact.withholding_log import Logged, as_csv, as_page, rows_of

SHEETS = "slip-sheets"
"""Folder of a package that holds a page for each document that is withheld, if the request wants them."""
_VERSIONED = ("presidio-analyzer", "presidio-anonymizer", "pikepdf", "pypdfium2", "pypdf")
"""Libraries whose versions a package records: what finds, what removes and what reads again."""


@dataclass(frozen=True, slots=True)
class Released:
    """One document as it leaves: its redacted bytes and the proof that they are clean."""

    name: str
    """Its name in the release folder; holds no found value."""
    data: bytes = field(repr=False)
    redactions: tuple[Grounded, ...]
    proof: Proof
    notes: tuple[str, ...] = ()
    sha256: str = ""
    """Hash of ``data``, once that lies in the package and is no longer held here."""


@dataclass(frozen=True, slots=True)
class DocumentReport:
    """What became of one document."""

    name: str
    sha256: str
    """Hash of the document as it was submitted; empty where it was never opened."""
    format: str
    pages: int
    determination: DocumentDetermination
    released: Released | None = None
    proof: Proof | None = None
    """What verification found, also where it failed and nothing was released."""
    inside: bool = False
    """Whether it lies in another document and is released as a part of that."""
    sheet: bytes = field(default=b"", repr=False)
    """A page (PDF) that stands for it where it is withheld and the request wants one."""

    @property
    def notice(self) -> str:
        """What is printed where a member was withheld."""
        return "; ".join(("Withheld", *self.determination.decision.citations))


@dataclass(frozen=True, slots=True)
class ReleasePackage:
    """A finished package: where it lies and what is in it."""

    path: Path
    determination: Determination
    documents: Sequence[DocumentReport]
    """In the order of the request; they may lie on disk and be read each time they are asked for."""
    open_because: tuple[str, ...] = ()
    """What must still be done before the case can close."""
    deadlines: tuple[Deadline, ...] = ()
    """By when what was due, and whether it was met by the decision."""

    @property
    def outcomes(self) -> Counter[Action]:
        """How many documents had which outcome."""
        return Counter(document.determination.outcome for document in self.documents)

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
        return any(report.proof is not None and not report.proof.passed for report in self.documents)


def withheld(report: DocumentReport, reason: str, proof: Proof | None = None) -> DocumentReport:
    """Return ``report`` with the document withheld after all, for ``reason``."""
    decision = Decision(Action.withhold, reasons=(reason,), referrals=("City Clerk",))
    determination = replace(report.determination, outcome=Action.withhold, decision=decision)
    return replace(report, determination=determination, released=None, proof=proof)


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


def _settled(determination: Determination, reports: Sequence[DocumentReport]) -> Determination:
    documents = _CarriedOut(reports)
    outcome = max((d.outcome for d in documents), default=Action.release)
    return replace(determination, documents=documents, outcome=max(outcome, determination.decision.action))


def _require_regions(request: Request, reports: Sequence[DocumentReport]) -> None:
    """Refuse a release in which a region would have been overlooked; raises ``RequestError``."""
    names = {report.name for report in reports} if request.regions else frozenset[str]()
    for number, region in enumerate(request.regions, 1):
        if region.document not in names:
            raise RequestError(
                f"regions.{number}.document: no document of that name; use the names that redact scan lists"
            )


def _place(report: DocumentReport) -> str | None:
    if report.released is None or report.inside:
        return None
    return f"{DOCUMENTS}/{report.released.name}"


def _rows(reports: Sequence[DocumentReport]) -> Iterator[dict[str, str]]:
    return rows_of(
        Logged(
            report.name,
            report.determination.decision,
            report.released.redactions if report.released else None,
        )
        for report in reports
    )


def compose(
    out: Path,
    determination: Determination,
    reports: Sequence[DocumentReport],
    request: Request,
    stack: PolicyStack,
    add: Callable[[str, Iterable[bytes]], str],
    *,
    city: str,
    templates: Path | None,
) -> tuple[ReleasePackage, str]:
    """Put a package together: what it says, and its manifest, which is the last of its files; the SHA-256
    of that is returned in hexadecimal.

    What is released of the documents lies in it already; ``add`` writes the other files, piece by piece
    since the long ones must not be in memory whole, and returns the SHA-256 of each in hexadecimal.

    A letter that would lack what it must say is left out, and the case stays open until that is supplied.
    Raises ``RequestError`` where the extension is one that the law does not allow, or a region is of no
    document.
    """
    if determination.decision.action < Action.refer:
        _require_regions(request, reports)
    stand = deadlines(request, request.decided_on, answered_on=request.decided_on)
    determination = _settled(determination, reports)
    sheets = {
        name: add(name, [report.sheet])
        for number, report in enumerate(reports, 1)
        if report.sheet and (name := f"{SHEETS}/withheld-{number:03}.pdf")
    }
    files: dict[str, Iterable[bytes]] = {
        "withholding-log.csv": as_csv(_rows(reports)),
        "withholding-log.html": as_page(determination.request_id, determination.decided_on, _rows(reports)),
        "determination.json": determination.pieces(),
        "proof.json": pieces(_Proofs(reports)),
    }
    unfinished: list[str] = []
    if concerns(request):
        unfinished += [f"the contact record lacks {name}" for name in (request.contact or Contact()).lacking]
    try:
        files["determination-letter.docx"] = [letter(determination, request, stack, templates, city=city)]
        if request.extension is not None:
            files["extension-notice.docx"] = [extension_notice(request, templates, city=city)]
    except LetterError as error:
        unfinished.append(str(error))
    package = ReleasePackage(out, determination, reports, tuple(unfinished), stand)
    written = sheets | {name: add(name, content) for name, content in files.items()}
    return package, add(MANIFEST, pieces(_manifest(package, written)))


class _Proofs(Mapping[str, Any]):
    """What verification found, by the names of the documents that were verified."""

    def __init__(self, reports: Sequence[DocumentReport]) -> None:
        self._reports = reports
        self._places = {r.name: place for place, r in enumerate(reports) if r.proof is not None}

    def __len__(self) -> int:
        return len(self._places)

    def __iter__(self) -> Iterator[str]:
        return iter(self._places)

    def __getitem__(self, name: str) -> dict[str, Any]:
        report = self._reports[self._places[name]]
        return {
            "released_sha256": report.released.sha256 if report.released else None,
            "notes": list(report.released.notes) if report.released else [],
            **(report.proof.as_dict() if report.proof else {}),
        }


def _manifest(package: ReleasePackage, files: Mapping[str, str]) -> dict[str, Any]:
    determination = package.determination
    return {
        "request": determination.request_id,
        "decided_on": determination.decided_on,
        "outcome": determination.outcome.name,
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
                "document": report.name,
                "submitted_sha256": report.sha256,
                "format": report.format,
                "pages": report.pages,
                "outcome": report.determination.outcome.name,
                "redactions": len(report.released.redactions) if report.released else 0,
                "inside": report.inside,
                "released_as": _place(report),
                "numbers": list(report.determination.numbers),
            }
            for report in package.documents
        ),
        # Not a dictionary, so that it is written one name after the other.
        "files": MappingProxyType(
            dict(files)
            | {
                place: report.released.sha256
                for report in package.documents
                if report.released is not None and (place := _place(report))
            }
        ),
    }
