"""Accounts: what a package and the audit log say of one document, put together where that was carried out.

What grows with the findings lies in an account as it will stand in the package, compressed: it is the same
few words again and again.
"""

import zlib
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any, Self

from redact.canonical import within
from redact.decision import Decision, once
from redact.report import DocumentReport
from redact.rule import Action
from redact.withholding_log import csv_lines, page_lines, rows_of

_FAST = 1
"""Level of compression."""
_PIECE = 2**18
"""Bytes that are unpacked at a time."""


@dataclass(frozen=True, slots=True)
class Account:
    """What is told of one document, in counts and whole lines."""

    name: str
    sha256: str
    """Hash of the document as it was submitted; empty where it was never opened."""
    format: str
    pages: int
    inside: bool
    """Whether it lies in another document and is released as a part of that."""
    outcome: Action
    decision: Decision
    """Why the document as a whole has that outcome."""
    referrals: tuple[str, ...]
    """Every office that must decide something about it, each once."""
    numbers: tuple[str, ...]
    """The first and the last of the Bates numbers of its pages; empty where they are not numbered."""
    obstacles: tuple[str, ...]
    """Codes of what stands in the way of its release."""
    traits: tuple[str, ...]
    """What it shows as a whole that an office must decide on."""
    found: Mapping[str, int]
    """How many findings of each entity it has."""
    rules: tuple[str, ...]
    """Ids of the rules that decided on findings, each once."""
    released: str | None
    """Its name in the release folder; None where it is not released."""
    released_sha256: str
    """Hash of what is released of it; empty where nothing is."""
    stamped: str
    """Where a controlled copy bears its stamp; empty where it is none."""
    redactions: int
    removed: Mapping[str, int]
    """How many findings of each entity redactions carry out."""
    proof: Mapping[str, Any] | None
    """What verification found, as plain JSON values; None where nothing was verified."""
    sheet: bytes = field(repr=False)
    """A page (PDF) that stands for it where it is withheld and the request wants one, or that covers a
    controlled copy which cannot bear the stamp itself."""
    _determination: bytes = field(repr=False)
    _rows: bytes = field(repr=False)
    _lines: bytes = field(repr=False)

    @classmethod
    def of(cls, report: DocumentReport) -> Self:
        """Give an account of a report."""
        determination, released = report.determination, report.released
        decision = determination.decision
        redactions = released.redactions if released else None
        grounds = (finding for each in redactions or () for finding, _ in each.grounds)
        return cls(
            report.name,
            report.sha256,
            report.format,
            report.pages,
            report.inside,
            determination.outcome,
            decision,
            determination.referrals,
            determination.numbers,
            determination.obstacles,
            once(trait.kind for trait in determination.traits),
            Counter(finding.entity for finding, _ in determination.findings),
            once(rule for each in determination.decisions[1:] for rule in each.rules),
            released.name if released else None,
            released.sha256 if released else "",
            released.stamped if released else "",
            len(redactions or ()),
            Counter(finding.entity for finding in grounds),
            None
            if report.proof is None
            else {
                "released_sha256": released.sha256 if released else None,
                "notes": list(released.notes) if released else [],
                **report.proof.as_dict(),
            },
            report.sheet,
            _packed(within(determination.streamed(), DEPTH)),
            _packed(csv_lines(rows_of(report.name, decision, redactions))),
            _packed(page_lines(rows_of(report.name, decision, redactions))),
        )

    def determination(self) -> Iterator[bytes]:
        """Yield its determination as it stands in that of the request: canonical JSON, ``DEPTH`` deep."""
        return _unpacked(self._determination)

    def rows(self) -> Iterator[bytes]:
        """Yield its lines of the withholding log as CSV."""
        return _unpacked(self._rows)

    def lines(self) -> Iterator[bytes]:
        """Yield its lines of the withholding log as a page."""
        return _unpacked(self._lines)


DEPTH = 2
"""How deep the documents lie in the determination of a request: in a list in a mapping."""


def _packed(pieces: Iterable[bytes]) -> bytes:
    packer = zlib.compressobj(_FAST)
    return b"".join([*map(packer.compress, pieces), packer.flush()])


def _unpacked(data: bytes) -> Iterator[bytes]:
    unpacker = zlib.decompressobj()
    while not unpacker.eof:
        yield unpacker.decompress(data, _PIECE)
        data = unpacker.unconsumed_tail
