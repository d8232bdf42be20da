"""Reports: what became of each document, with all that was found and decided."""

from dataclasses import dataclass, field, replace

from redact.determination import DocumentDetermination
from redact.redaction import Grounded
from redact.verify import Proof

INSIDE_WITHHELD = "it lies in a document that is withheld"
"""The reason that a member is withheld for when what it lies in is."""


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
    stamped: str = ""
    """Where a controlled copy bears its stamp; empty where it is none."""


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
    """A page (PDF) that stands for it where it is withheld and the request wants one, or that covers a
    controlled copy which cannot bear the stamp itself."""

    @property
    def notice(self) -> str:
        """What is printed where a member was withheld."""
        return "; ".join(("Withheld", *self.determination.decision.citations))


def withheld(report: DocumentReport, reason: str, proof: Proof | None = None) -> DocumentReport:
    """Return ``report`` with the document withheld after all, for ``reason``."""
    determination = report.determination.withheld(reason)
    return replace(report, determination=determination, released=None, proof=proof)
