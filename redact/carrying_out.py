"""Carrying out a determination on a family of documents: redact, write, read again, prove; or withhold."""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from hashlib import sha256
from pathlib import PurePosixPath

from redact.determination import DocumentDetermination
from redact.errors import FormatError, RedactError
from redact.examination import Family, Part
from redact.formats.interface import Format, Replacement
from redact.redaction import redactions
from redact.release import DocumentReport, Released, withheld
from redact.rule import Action
from redact.verify import verify

VERIFICATION_FAILED = "what was written could not be shown to be clean; redact it by hand"
"""The reason that a document is withheld for when its verification failed."""
INSIDE_WITHHELD = "it lies in a document that is withheld"
"""The reason that a member is withheld for when what it lies in is."""


def carry_out(family: Family, determinations: Sequence[DocumentDetermination]) -> tuple[DocumentReport, ...]:
    """Redact a submitted document as decided, the files inside it first, and prove that it is clean.

    Returns a report for each document of the family, parents first. A withheld member leaves a notice in its
    place; whatever fails withholds the document with the reason.
    """
    steps = list(zip(family.parts, determinations, strict=True))
    untouched = tuple(_report(part, decided, inside=n > 0) for n, (part, decided) in enumerate(steps))
    if all(decided.outcome >= Action.refer for decided in determinations):
        return untouched
    try:
        data = family.source.load()
    except OSError as error:
        return tuple(withheld(report, f"the file cannot be read: {error.strerror}") for report in untouched)
    return tuple(_redacted(iter(steps), data, inside=False))


def _redacted(
    steps: "Iterator[tuple[Part, DocumentDetermination]]", data: bytes, *, inside: bool
) -> list[DocumentReport]:
    """Report on the next document of ``steps`` and on all that lies in it."""
    part, determination = next(steps)
    members: list[DocumentReport] = []
    replacements: dict[str, Replacement] = {}
    inner: list[tuple[Format, bytes]] = []
    document = part.examined.document
    for member, examined in zip(document.members, part.examined.members, strict=True):
        reports = _redacted(steps, member.data, inside=True)
        released = reports[0].released
        if released is not None:
            inner.append((examined.format, released.data))
        replacements[member.locator] = Replacement(
            released.data if released else None,
            PurePosixPath(released.name).suffix if released else "",
            reports[0].notice,
        )
        members += reports
    own = _written(part, determination, data, replacements, inner, inside=inside)
    if own.released is None:
        members = [withheld(report, INSIDE_WITHHELD) if report.released else report for report in members]
    return [own, *members]


def _written(
    part: Part,
    determination: DocumentDetermination,
    data: bytes,
    members: dict[str, Replacement],
    inner: Sequence[tuple[Format, bytes]],
    *,
    inside: bool,
) -> DocumentReport:
    report = _report(part, determination, inside=inside)
    if determination.outcome >= Action.refer:
        return report
    document, format = part.examined.document, part.examined.format
    try:
        if sha256(data).hexdigest() != document.sha256:
            raise FormatError("it changed while it was worked on; run the request again")
        grounded = redactions(document, determination.findings)
        removals = [each.redaction for each in grounded]
        written = format.write(data, document, removals, members)
        proof = verify(format, data, document, removals, written.data, written.problems, inner)
    except RedactError as error:
        return withheld(report, str(error))
    except Exception as error:
        return withheld(report, f"redacting it failed ({type(error).__name__}); redact it by hand")
    if not proof.passed:
        return withheld(report, VERIFICATION_FAILED, proof)
    name = str(PurePosixPath(part.label).with_suffix(format.suffix))
    return replace(report, released=Released(name, written.data, grounded, proof, written.notes), proof=proof)


def _report(part: Part, determination: DocumentDetermination, *, inside: bool) -> DocumentReport:
    document = part.examined.document
    return DocumentReport(
        part.label, document.sha256, document.format, document.pages, determination, inside=inside
    )
