"""Writing: the last pass of a run. What was decided of each document is carried out by a worker, which also
puts together what is told of it; then what is released goes into the package in the order of the request.
"""

import json
from array import array
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from functools import partial
from hashlib import file_digest, sha256
from itertools import accumulate
from pathlib import Path, PurePosixPath
from typing import Self

from pydantic import TypeAdapter

from redact.account import Account
from redact.carrying_out import carry_out
from redact.determination import Determination, DocumentDetermination
from redact.draft import DOCUMENTS, Draft
from redact.examination import Examiner, Judged, unread
from redact.findings import Findings
from redact.journal import Journal
from redact.pool import WorkerError, spread
from redact.report import DocumentReport
from redact.request import Request
from redact.rule import Action
from redact.run import Count, Run
from redact.shelf import Packed, Shelf, packed
from redact.source import Source
from redact.vault import write

CHANGED = "it changed while it was worked on; run the request again"
"""The reason that a document is withheld for which is no longer what was judged."""

Reports = tuple[DocumentReport, ...]
"""Of a submitted document and of all that lies in it, parents first."""

_REQUEST = TypeAdapter(Request)
_REPORTS = TypeAdapter(Reports)


@dataclass(frozen=True, slots=True)
class Carried:
    """What became of a document, and what is told of that."""

    account: Account
    report: Packed[DocumentReport]

    @classmethod
    def of(cls, report: DocumentReport) -> Self:
        """Give an account of a report."""
        return cls(Account.of(report), Packed.of(report))

    def named(self, name: str) -> "Carried":
        """Return it as released under another name."""
        report = self.report.value()
        assert report.released is not None  # noqa: S101
        report = replace(report, released=replace(report.released, name=name))
        return Carried(replace(self.account, released=name), Packed.of(report))


Family = tuple[Carried, ...]
"""Of a submitted document and of all that lies in it, parents first."""


@dataclass(frozen=True, slots=True)
class _Done:
    """What a worker did with a family."""

    key: str
    """Under which the journal has what is released of it."""
    family: Family


def write_all(
    run: Run, judged: Sequence[tuple[Judged, ...]], determination: Determination, draft: Draft
) -> tuple[Sequence[DocumentReport], Sequence[Account]]:
    """Carry out what was decided, and place what is released in ``draft``.

    Returns what became of each document, those inside others too, and the account of each.
    """
    reports: Shelf[DocumentReport] = run.keep(())
    accounts: Shelf[Account] = run.keep(())
    for carried in _placed(draft, _carried(run, judged, determination)):
        reports.append(carried.report)
        accounts.append(carried.account)
    return reports, accounts


def _placed(draft: Draft, families: "Iterator[tuple[Family, Path]]") -> Iterator[Carried]:
    """Take what is released into the package, each under a name of its own."""
    taken = set[str]()
    for (whole, *inside), file in families:
        name = whole.account.released
        if name is not None:
            free = _free(name, taken)
            draft.adopt(f"{DOCUMENTS}/{free}", file)
            taken.add(free.casefold())
            if free != name:
                whole = whole.named(free)
        yield whole
        yield from inside


def _free(name: str, taken: set[str]) -> str:
    path, number = PurePosixPath(name), 1
    while name.casefold() in taken:
        number += 1
        name = str(path.with_stem(f"{path.stem}-{number}"))
    return name


def _carried(
    run: Run, judged: Sequence[tuple[Judged, ...]], determination: Determination
) -> Iterator[tuple[Family, Path]]:
    """Yield of each submitted document, in their order, what became of it, and where that lies which is
    released."""
    decided = determination.documents
    first = array("Q", accumulate(map(len, judged), initial=0))
    done: Shelf[_Done] = run.keep(())
    count = Count(run.progress, "write", len(judged))

    def places(place: int) -> range:
        return range(first[place], first[place + 1])

    items = (
        (place, source, packed(judged, place), tuple(packed(decided, n) for n in places(place)))
        for place, source in enumerate(run.documents)
    )
    asked = sha256(_REQUEST.dump_json(run.request)).hexdigest()
    work = partial(_done, Packed.of(run.request), asked, run.examiner)
    # Where the request is blocked as a whole, there is no work to share.
    executor = run.executor if determination.decision.action < Action.refer else None
    for place, result in spread(executor, work, items):
        if isinstance(result, WorkerError):
            source, family = run.documents[place], judged[place]
            determined = [decided[n] for n in places(place)]
            reports = _untouched(run.request, source, family, determined, str(result))
            result = _Done("", tuple(map(Carried.of, reports)))
        done.put(place, result)
        count.passed(result.family[0].account.pages)
    for each in done:
        yield each.family, _released(run.examiner.journal, each.key)


def _done(
    request: Packed[Request],
    asked: str,
    examiner: Examiner,
    place: int,
    source: Source,
    judged: Packed[tuple[Judged, ...]],
    decided: Sequence[Packed[DocumentDetermination]],
) -> _Done:
    """Carry out what was decided about the family at a place, unless an earlier run did; ``asked`` is the
    hash of the request."""
    family = tuple(replace(each, findings=Findings(), terms=()) for each in judged.value())
    determined = [each.value() for each in decided]
    if all(each.outcome >= Action.refer for each in determined):
        key, reports = "", _untouched(request.value(), source, family, determined)
    else:
        # Of all that what is carried out depends on.
        key = examiner.journal.key("written", asked, family[0].sha256, [_digest(each) for each in determined])
        reports = _recalled(examiner.journal, key) or _carried_out(
            request.value(), examiner, (place, key), source, family, determined
        )
    return _Done(key, tuple(map(Carried.of, reports)))


def _digest(determination: DocumentDetermination) -> str:
    about = determination.streamed()
    digest = sha256()
    for finding in about.pop("findings"):
        digest.update(json.dumps(finding).encode())
    digest.update(json.dumps(about).encode())
    return digest.hexdigest()


def _recalled(journal: Journal, key: str) -> Reports | None:
    """Return what an earlier run wrote and verified; None if there is nothing, or not that any more."""
    reports: Reports | None = journal.recall(key, _REPORTS)
    if not reports or reports[0].released is None:
        return None
    try:
        with _released(journal, key).open("rb") as file:
            there = file_digest(file, "sha256").hexdigest()
    except OSError:
        return None
    return reports if there == reports[0].released.sha256 else None


def _carried_out(
    request: Request,
    examiner: Examiner,
    which: tuple[int, str],
    source: Source,
    judged: Sequence[Judged],
    decided: Sequence[DocumentDetermination],
) -> Reports:
    """Carry out what was decided about a family, known by its place and the key that the journal keeps under
    what is released of it."""
    place, key = which
    family = examiner.family(place + 1, source, judged)
    if family is None:
        return _untouched(request, source, judged, decided, CHANGED)
    reports = carry_out(request, family, decided)
    released = reports[0].released
    if released is None:
        return reports
    write(_released(examiner.journal, key), released.data, synced=True)
    reports = tuple(map(_without_data, reports))
    if all(
        report.determination.outcome is each.outcome for report, each in zip(reports, decided, strict=True)
    ):
        # What failed is tried again.
        examiner.journal.keep(key, _REPORTS, reports)
    return reports


def _without_data(report: DocumentReport) -> DocumentReport:
    if report.released is None:
        return report
    digest = sha256(report.released.data).hexdigest()
    return replace(report, released=replace(report.released, data=b"", sha256=digest))


def _untouched(
    request: Request,
    source: Source,
    family: Sequence[Judged],
    decided: Sequence[DocumentDetermination],
    lost: str = "",
) -> Reports:
    """Report on a family of which nothing is released, so decided or because its worker was ``lost``."""
    if lost:
        decided = [each if each.outcome >= Action.refer else each.withheld(lost) for each in decided]
    return carry_out(request, unread(source, family), decided)


def _released(journal: Journal, key: str) -> Path:
    return journal.file(key, "released")
