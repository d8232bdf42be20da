"""The release package: redacted documents, withholding log, letter, determination, proof and manifest."""

import csv
import html
import io
import json
import os
import shutil
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from hashlib import sha256
from importlib.metadata import version
from pathlib import Path, PurePosixPath
from types import TracebackType
from typing import Any, Self

from redact.determination import Decision, Determination, DocumentDetermination
from redact.errors import InputError
from redact.policy import Action, PolicyStack
from redact.redaction import Grounded
from redact.request import Request
from redact.verify import Proof

DOCUMENTS = "documents"
"""Folder of a package that holds what is released; everything else in it speaks about the release."""
_VERSIONED = ("presidio-analyzer", "presidio-anonymizer", "pikepdf", "pypdfium2", "pypdf")
"""Libraries whose versions a package records: what finds, what removes and what reads again."""
_LOG_COLUMNS = ("document", "locator", "entity", "action", "exemption", "citation", "rule", "reason")


@dataclass(frozen=True, slots=True)
class Released:
    """One document as it leaves: its redacted bytes and the proof that they are clean."""

    name: str
    """Its name in the release folder; holds no found value."""
    data: bytes = field(repr=False)
    redactions: tuple[Grounded, ...]
    proof: Proof
    notes: tuple[str, ...] = ()


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


@dataclass(frozen=True, slots=True)
class ReleasePackage:
    """A finished package: where it lies and what is in it."""

    path: Path
    determination: Determination
    documents: tuple[DocumentReport, ...]

    @property
    def outcomes(self) -> Counter[Action]:
        """How many documents had which outcome."""
        return Counter(document.determination.outcome for document in self.documents)

    @property
    def complete(self) -> bool:
        """Whether nothing was withheld or referred."""
        return self.determination.outcome < Action.refer and not self.determination.referrals

    @property
    def verification_failed(self) -> bool:
        """Whether a document was withheld because what was written did not hold up."""
        return any(report.proof is not None and not report.proof.passed for report in self.documents)


VERIFICATION_FAILED = "what was written could not be shown to be clean; redact it by hand"
"""The reason that a document is withheld for when its verification failed."""


def withheld(report: DocumentReport, reason: str, proof: Proof | None = None) -> DocumentReport:
    """Return ``report`` with the document withheld after all, for ``reason``."""
    decision = Decision(Action.withhold, reasons=(reason,), referrals=("City Clerk",))
    determination = replace(report.determination, outcome=Action.withhold, decision=decision)
    return replace(report, determination=determination, proof=proof)


def settled(determination: Determination, reports: Sequence[DocumentReport]) -> Determination:
    """Return ``determination`` as it was carried out: with what had to be withheld after all."""
    documents = tuple(report.determination for report in reports)
    outcome = max((determination.decision.action, *(d.outcome for d in documents)))
    return replace(determination, documents=documents, outcome=outcome)


class Draft:
    """A package in the making, beside its final place on the same file system.

    A context manager: what is not published is removed, and only ``publish`` makes it appear, whole.
    """

    def __init__(self, out: Path) -> None:
        self.out = out
        self.folder = out.parent / f".{out.name}.partial"

    def __enter__(self) -> Self:
        if self.out.exists() and (not self.out.is_dir() or any(self.out.iterdir())):
            raise InputError(f"{self.out.name} already holds something; name a new folder with --out")
        try:
            self.out.parent.mkdir(parents=True, exist_ok=True)
            if self.folder.exists():
                shutil.rmtree(self.folder)
            (self.folder / DOCUMENTS).mkdir(parents=True, mode=0o700)
            self.folder.chmod(0o700)
        except OSError as error:
            raise InputError(f"cannot write beside {self.out.name}: {error.strerror}") from None
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if self.folder.exists():
            shutil.rmtree(self.folder, ignore_errors=True)

    def add(self, name: str, data: bytes) -> None:
        """Write one file of the package, readable by its owner only."""
        path = self.folder / PurePosixPath(name)
        path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        with os.fdopen(descriptor, "wb") as file:
            file.write(data)
            file.flush()
            os.fsync(file.fileno())

    def publish(self) -> None:
        """Make the package appear at its final place, all at once."""
        if self.out.exists():
            self.out.rmdir()
        self.folder.rename(self.out)


def log_rows(reports: Sequence[DocumentReport]) -> list[dict[str, str]]:
    """One row for each redaction made and each document withheld or referred; never a value."""
    rows = []
    for report in reports:
        if report.released is None:
            rows.append(_row(report.name, "", "", report.determination.decision))
            continue
        for grounded in report.released.redactions:
            decisions = [decision for _, decision in grounded.grounds]
            rows.append(
                {
                    "document": report.name,
                    "locator": grounded.redaction.locator,
                    "entity": _joined(finding.entity for finding, _ in grounded.grounds),
                    "action": max(decision.action for decision in decisions).name,
                    "exemption": grounded.redaction.marking,
                    "citation": _joined(c for decision in decisions for c in decision.citations),
                    "rule": _joined(r for decision in decisions for r in decision.rules),
                    "reason": _joined(r for decision in decisions for r in decision.reasons),
                }
            )
    return rows


def _row(document: str, locator: str, entity: str, decision: Decision) -> dict[str, str]:
    return {
        "document": document,
        "locator": locator,
        "entity": entity,
        "action": decision.action.name,
        "exemption": _joined(decision.exemptions),
        "citation": _joined(decision.citations),
        "rule": _joined(decision.rules),
        "reason": _joined((*decision.reasons, *(f"refer to: {office}" for office in decision.referrals))),
    }


def _joined(items: Any) -> str:
    return "; ".join(dict.fromkeys(items))


def log_csv(rows: Sequence[Mapping[str, str]]) -> bytes:
    """Return the withholding log as CSV (UTF-8, comma, one header row)."""
    text = io.StringIO()
    writer = csv.DictWriter(text, _LOG_COLUMNS, lineterminator="\r\n")
    writer.writeheader()
    writer.writerows({key: _inert(value) for key, value in row.items()} for row in rows)
    return text.getvalue().encode("utf-8")


def _inert(cell: str) -> str:
    """Keep a spreadsheet from taking a cell for a formula."""
    return f"'{cell}" if cell.startswith(("=", "+", "-", "@", "\t")) else cell


def log_page(request_id: str, decided_on: str, rows: Sequence[Mapping[str, str]]) -> bytes:
    """Return the withholding log as a page to print (HTML, no script, nothing fetched)."""
    head = "".join(f"<th scope=col>{column.title()}</th>" for column in _LOG_COLUMNS)
    body = "\n".join(
        "<tr>" + "".join(f"<td>{html.escape(row[column])}</td>" for column in _LOG_COLUMNS) + "</tr>"
        for row in rows
    )
    return f"""<!doctype html>
<html lang="en">
<meta charset="utf-8">
<title>Withholding log {html.escape(request_id)}</title>
<style>
body {{ font: 10pt/1.3 sans-serif; margin: 1.5cm }}
table {{ border-collapse: collapse; width: 100% }}
th, td {{ border: 1px solid #888; padding: 2pt 4pt; text-align: left; vertical-align: top }}
thead {{ display: table-header-group }} tr {{ break-inside: avoid }}
@page {{ size: landscape }}
</style>
<h1>Withholding log</h1>
<p>Request {html.escape(request_id)}, decided on {html.escape(decided_on)}. One row for each redaction and
each document withheld. The log never holds what was removed.</p>
<table><thead><tr>{head}</tr></thead><tbody>
{body}
</tbody></table>
</html>
""".encode()


def canonical(value: Any) -> bytes:
    """Return plain JSON values as bytes, always the same for the same values."""
    return (json.dumps(value, ensure_ascii=False, indent=1, sort_keys=True) + "\n").encode("utf-8")


def contents(package: ReleasePackage, request: Request, stack: PolicyStack) -> dict[str, bytes]:
    """Return every file of a package by its name in it, the manifest of the others last."""
    determination = package.determination
    rows = log_rows(package.documents)
    files = {
        f"{DOCUMENTS}/{report.released.name}": report.released.data
        for report in package.documents
        if report.released is not None
    }
    files |= {
        "withholding-log.csv": log_csv(rows),
        "withholding-log.html": log_page(determination.request_id, determination.decided_on, rows),
        "determination.json": canonical(determination.as_dict()),
        "proof.json": canonical(_proofs(package.documents)),
    }
    files["manifest.json"] = canonical(_manifest(package, files))
    return files


def check_package(folder: Path) -> list[str]:
    """Return what is wrong with a package: files that are missing, changed or not in its manifest.

    Raises ``InputError`` where ``folder`` holds no manifest that can be read.
    """
    try:
        stated = json.loads((folder / "manifest.json").read_bytes())["files"]
        if not isinstance(stated, dict):
            raise TypeError
    except (OSError, ValueError, KeyError, TypeError):
        raise InputError(
            f"{folder.name} holds no manifest.json that can be read: not a release package"
        ) from None
    present = {
        path.relative_to(folder).as_posix(): path
        for path in sorted(folder.rglob("*"))
        if path.is_file() and path.name != "manifest.json"
    }
    problems = [f"{name}: missing" for name in sorted(stated.keys() - present.keys())]
    problems += [f"{name}: not in the manifest" for name in sorted(present.keys() - stated.keys())]
    for name in sorted(stated.keys() & present.keys()):
        if sha256(present[name].read_bytes()).hexdigest() != stated[name]:
            problems.append(f"{name}: changed since the release")
    return problems


def _proofs(reports: Sequence[DocumentReport]) -> dict[str, Any]:
    return {
        report.name: {
            "released_sha256": sha256(report.released.data).hexdigest() if report.released else None,
            "notes": list(report.released.notes) if report.released else [],
            **report.proof.as_dict(),
        }
        for report in reports
        if report.proof is not None
    }


def _manifest(package: ReleasePackage, files: Mapping[str, bytes]) -> dict[str, Any]:
    determination = package.determination
    return {
        "request": determination.request_id,
        "decided_on": determination.decided_on,
        "outcome": determination.outcome.name,
        "versions": {
            "redact": version("redact"),
            "policies": dict(sorted(determination.versions.items())),
            **{name: version(name) for name in _VERSIONED},
        },
        "documents": [
            {
                "document": report.name,
                "submitted_sha256": report.sha256,
                "format": report.format,
                "pages": report.pages,
                "outcome": report.determination.outcome.name,
                "redactions": len(report.released.redactions) if report.released else 0,
                "released_as": f"{DOCUMENTS}/{report.released.name}" if report.released else None,
            }
            for report in package.documents
        ],
        "files": {name: sha256(data).hexdigest() for name, data in sorted(files.items())},
    }
