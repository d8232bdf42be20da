"""Carrying out a determination on a family of documents: redact, write, read again, prove; or withhold."""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from hashlib import sha256
from pathlib import PurePosixPath

from redact.determination import DocumentDetermination
from redact.document import Span
from redact.errors import FormatError, RedactError
from redact.examination import Family, Part
from redact.formats import strictly
from redact.formats.interface import Format, Replacement
from redact.production import LARGEST, Region
from redact.redaction import Grounded, Redaction, redactions
from redact.report import INSIDE_WITHHELD, DocumentReport, Released, withheld
from redact.request import Request
from redact.rule import Action
from redact.stamping import COVER, stamped
from redact.terms import REGION, region_of
from redact.verify import verify

VERIFICATION_FAILED = "what was written could not be shown to be clean; redact it by hand"
"""The reason that a document is withheld for when its verification failed."""


def carry_out(
    request: Request, family: Family, determinations: Sequence[DocumentDetermination]
) -> tuple[DocumentReport, ...]:
    """Redact a submitted document as decided, the files inside it first, and prove that it is clean.

    Returns a report for each document of the family, parents first. A withheld member leaves a notice in its
    place, a withheld document a page if ``request`` wants one, a controlled copy that cannot bear its stamp
    a cover; whatever fails withholds the document with the
    reason.
    """
    whole, *inside = _reports(request, family, determinations)
    if request.slip_sheets and whole.released is None and whole.sha256:
        whole = replace(whole, sheet=_sheet(request, whole))
    if whole.released is not None and whole.released.stamped == COVER:
        whole = replace(whole, sheet=_cover(whole))
    return whole, *inside


def _reports(
    request: Request, family: Family, determinations: Sequence[DocumentDetermination]
) -> tuple[DocumentReport, ...]:
    steps = list(zip(family.parts, determinations, strict=True))
    untouched = tuple(_report(part, decided, inside=n > 0) for n, (part, decided) in enumerate(steps))
    if all(decided.outcome >= Action.refer for decided in determinations):
        return untouched
    try:
        data = family.source.load()
    except OSError as error:
        return tuple(withheld(report, f"the file cannot be read: {error.strerror}") for report in untouched)
    return tuple(_redacted(request, iter(steps), data, inside=False))


def _redacted(
    request: Request, steps: "Iterator[tuple[Part, DocumentDetermination]]", data: bytes, *, inside: bool
) -> list[DocumentReport]:
    """Report on the next document of ``steps`` and on all that lies in it."""
    part, determination = next(steps)
    members: list[DocumentReport] = []
    replacements: dict[str, Replacement] = {}
    inner: list[tuple[Format, bytes]] = []
    document = part.examined.document
    for member, examined in zip(document.members, part.examined.members, strict=True):
        reports = _redacted(request, steps, member.data, inside=True)
        released = reports[0].released
        if released is not None:
            inner.append((examined.format, released.data))
        replacements[member.locator] = Replacement(
            released.data if released else None,
            PurePosixPath(released.name).suffix if released else "",
            reports[0].notice,
        )
        members += reports
    own = _written(request, part, determination, data, replacements, inner, inside=inside)
    if own.released is None:
        members = [withheld(report, INSIDE_WITHHELD) if report.released else report for report in members]
    return [own, *members]


def _written(
    request: Request,
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
        text = redactions(document, (each for each in determination.findings if each[0].entity != REGION))
        regions = _regions(request, determination, format)
        writer = strictly(format) if request.strict else format
        written = writer.write(data, document, [g.redaction for g in (*text, *regions)], members)
        leaving = _numbered(request, determination, written.data)
        stamp = determination.stamp
        leaving, where = stamped(format.name, leaving, stamp) if stamp else (leaving, "")
        removed = _removed(data, text, regions)
        proof = verify(format, data, document, removed, leaving, written.problems, inner, stamp)
    except RedactError as error:
        return withheld(report, str(error))
    except Exception as error:
        return withheld(report, f"redacting it failed ({type(error).__name__}); redact it by hand")
    if not proof.passed:
        return withheld(report, VERIFICATION_FAILED, proof)
    name = str(PurePosixPath(part.label).with_suffix(format.suffix))
    released = Released(name, leaving, (*text, *regions), proof, written.notes, stamped=where)
    return replace(report, released=released, proof=proof)


def _regions(request: Request, determination: DocumentDetermination, format: Format) -> tuple[Grounded, ...]:
    """Turn the decisions about regions into redactions; raises ``FormatError`` where the format has none."""
    decided = [(f, decision) for f, decision in determination.findings if f.entity == REGION]
    if decided and format.name != "pdf":
        raise FormatError("a region can be removed from a page of a PDF only; convert it, or name a text")
    return tuple(
        Grounded(
            Redaction(_locator(region_of(finding, request)), Span(0, 1), decision.marking),
            ((finding, decision),),
        )
        for finding, decision in decided
    )


def _locator(region: Region) -> str:
    # Imported here and below: the libraries of PDF are loaded only where a PDF is.
    from redact.formats.pdf import region_locator

    return region_locator(region.page, *(region.box or (0.0, 0.0, float(LARGEST), float(LARGEST))))


def _removed(data: bytes, text: Sequence[Grounded], regions: Sequence[Grounded]) -> list[Redaction]:
    """Everything that verification must look for: the text that goes, and that under regions."""
    removed = [grounded.redaction for grounded in text]
    if not regions:
        return removed
    from redact.formats.pdf.regions import covered

    united: list[Redaction] = []
    under = covered(data, [grounded.redaction for grounded in regions])
    for each in sorted((*removed, *under), key=lambda r: (r.locator, r.span)):
        last = united[-1] if united else None
        if last is not None and last.locator == each.locator and last.span.overlaps(each.span):
            span = Span(last.span.start, max(last.span.end, each.span.end))
            united[-1] = replace(last, span=span)
        else:
            united.append(each)
    return united


def _numbered(request: Request, determination: DocumentDetermination, written: bytes) -> bytes:
    """Print the Bates numbers of a document, if it has any."""
    if request.bates is None or not determination.numbers:
        return written
    from redact.formats.pdf import numbered

    first = int(determination.numbers[0].removeprefix(request.bates.prefix))
    return numbered(written, request.bates.prefix, first, request.bates.digits)


def _sheet(request: Request, report: DocumentReport) -> bytes:
    """Return the page that stands for a withheld document: its name in the records, and why."""
    from redact.formats.pdf import slip_sheet

    determination = report.determination
    decision, numbers = determination.decision, determination.numbers
    spanned = " to ".join(dict.fromkeys(numbers))
    sheet = slip_sheet(
        f"Request {request.id}: {report.name}",
        [*((f"Numbers {spanned}",) if numbers else ()), *decision.citations, *decision.reasons],
        report.pages,
    )
    return _numbered(request, replace(determination, numbers=numbers[:1]), sheet) if numbers else sheet


def _cover(report: DocumentReport) -> bytes:
    """Return the page that goes with a controlled copy whose format cannot bear the stamp."""
    from redact.formats.pdf import sheet

    lines = [
        f"This page goes with {report.name}, whose format has no place for the stamp of the copy.",
        "The copy is for this purpose only, and not to be used after that day; return or destroy it then.",
    ]
    return sheet([report.determination.stamp, "", *lines])


def _report(part: Part, determination: DocumentDetermination, *, inside: bool) -> DocumentReport:
    document = part.examined.document
    return DocumentReport(
        part.label, document.sha256, document.format, document.pages, determination, inside=inside
    )
