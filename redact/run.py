"""A run: three passes over the documents of a request, each by the workers of an executor.

Each document is read and searched by itself; once all were, each is judged with what the others told; once
the request is decided, that is carried out. What became known of documents lies on disk, so that memory does
not grow with their number; and what an interrupted run did already is not done again.
"""

import json
from array import array
from collections.abc import Callable, Iterable, Iterator, Sequence
from concurrent.futures import Executor
from dataclasses import dataclass, replace
from functools import partial
from hashlib import sha256
from itertools import islice
from pathlib import Path
from typing import Any, TypeVar

from pydantic import TypeAdapter

from redact.carrying_out import carry_out
from redact.case import named_persons
from redact.decision import Decision
from redact.detect import Detector
from redact.determination import Determination, DocumentDetermination
from redact.examination import Examiner, Judged, Searched, Told, lost, traces_of, unread
from redact.journal import Journal
from redact.people import Present
from redact.pool import WorkerError, spread
from redact.release import DocumentReport
from redact.request import Request, Term
from redact.rule import Action
from redact.shelf import Shelf
from redact.source import Source
from redact.vault import Vault, write

_R = TypeVar("_R")

Progress = Callable[[str, int, int, int], None]
"""Called with a pass (``read``, ``judge`` or ``write``), how many of how many documents passed it, and how
many pages these have."""
Reports = tuple[DocumentReport, ...]
"""Of a submitted document and of all that lies in it, parents first."""
CHANGED = "it changed while it was worked on; run the request again"
"""The reason that a document is withheld for which is no longer what was judged."""

_REQUEST = TypeAdapter(Request)
_TERMS = TypeAdapter(tuple[Term, ...])
_REPORTS = TypeAdapter(Reports)
_NUMBERS = TypeAdapter(tuple[int | None, ...])


def silent(stage: str, done: int, total: int, pages: int) -> None:
    """Tell nobody about progress."""


@dataclass(frozen=True, slots=True)
class Run:
    """The documents of a request on their way through the passes."""

    request: Request
    documents: Sequence[Source]
    examiner: Examiner
    executor: Executor | None
    """Whose workers do it; without one it is done here."""
    progress: Progress

    @classmethod
    def begin(
        cls,
        request: Request,
        documents: Sequence[Source],
        detector: Detector,
        aside: Path,
        journal: Path | None = None,
        executor: Executor | None = None,
        progress: Progress = silent,
    ) -> "Run":
        """Begin a run that leaves what it puts aside in the folder ``aside``, and in the folder ``journal``
        what another run can go on from."""
        kept = Journal(journal or aside / "journal", detector.version)
        return cls(request, documents, Examiner(detector, Vault(aside), kept), executor, progress)

    def keep(self, items: Iterable[_R]) -> Shelf[_R]:
        """Put ``items`` on the disk that the run uses; they are there as long as the shelf is."""
        return Shelf(self.examiner.vault.folder, items)

    def examine(self) -> tuple[Sequence[tuple[Judged, ...]], tuple[int | None, ...]]:
        """Search the documents and judge them.

        Returns what became known of each and of the files in it, parents first; and for each of the
        request's ``named_persons`` the number of that person in the documents, None if nobody or several
        are called so.
        """
        digests = [source.digest() for source in self.documents]
        all_of_it = self._fingerprint(digests)
        keys = [self.examiner.journal.key("judged", all_of_it, n) for n in range(len(digests))]
        judged = self._recalled(keys)
        names = named_persons(self.request)
        people = self.examiner.journal.key("people", all_of_it, names)
        numbers: tuple[int | None, ...] | None = self.examiner.journal.recall(people, _NUMBERS)
        if numbers is None or not all(map(judged.holds, range(len(keys)))):
            # To judge any of them takes what all of them tell, and no text outlives the run that read it.
            searched = self._search(digests)
            knowledge = self.examiner.learn(Told(searched), self.keep)
            numbers = tuple(map(knowledge.subject_of, names))
            self.examiner.journal.keep(people, _NUMBERS, numbers)
            self._judge(judged, searched, knowledge.present, keys, digests)
        return judged, numbers

    def _fingerprint(self, digests: Sequence[str]) -> str:
        """Return a hash of all documents and of the terms: what is known of one depends on them all."""
        every = sha256()
        for source, digest in zip(self.documents, digests, strict=True):
            every.update(f"{source.name!r} {digest}\n".encode())
        return f"{every.hexdigest()} {sha256(_TERMS.dump_json(self.request.terms)).hexdigest()}"

    def _recalled(self, keys: Sequence[str]) -> Shelf[tuple[Judged, ...]]:
        judged: Shelf[tuple[Judged, ...]] = self.keep(())
        for place, (source, key) in enumerate(zip(self.documents, keys, strict=True)):
            if (family := self.examiner.recall(source, key)) is not None:
                judged.put(place, family)
        return judged

    def _search(self, digests: Sequence[str]) -> "Shelf[Searched | WorkerError]":
        """Search every document; of several that are the same, the first, and the others recall that."""
        first: dict[str, int] = {}
        places = range(len(digests))
        again = [
            place for place in places if digests[place] and first.setdefault(digests[place], place) < place
        ]
        searched: Shelf[Searched | WorkerError] = self.keep(())
        count = _Count(self.progress, "read", len(digests))

        def search(which: Iterable[int]) -> None:
            items = ((place + 1, self.documents[place]) for place in which)
            for number, result in spread(self.executor, self.examiner.search, items):
                searched.put(number - 1, result)
                count.passed(1 if isinstance(result, WorkerError) else result.pages)

        repeated = set(again)
        search(place for place in places if place not in repeated)
        for place in again:
            if isinstance(result := searched[first[digests[place]]], WorkerError):
                searched.put(place, result)
                count.passed(1)
        search(place for place in again if not searched.holds(place))
        return searched

    def _judge(
        self,
        judged: Shelf[tuple[Judged, ...]],
        searched: "Sequence[Searched | WorkerError]",
        present: Iterable[Present],
        keys: Sequence[str],
        digests: Sequence[str],
    ) -> None:
        """Judge what is not judged yet; ``present`` has what is known of each document and of those in it."""
        count = _Count(self.progress, "judge", len(digests))

        def items() -> Iterator[tuple[Any, ...]]:
            remaining = iter(present)
            for place, (source, found) in enumerate(zip(self.documents, searched, strict=True)):
                here = tuple(islice(remaining, len(traces_of(found))))
                if judged.holds(place):
                    count.passed(judged[place][0].pages)
                elif isinstance(found, WorkerError):
                    judged.put(place, (lost(source, place + 1, str(found)),))
                    count.passed(1)
                else:
                    yield place + 1, source, here, self.request.terms, digests[place], keys[place]

        for number, result in spread(self.executor, self.examiner.judge, items()):
            if isinstance(result, WorkerError):
                result = (lost(self.documents[number - 1], number, str(result)),)
            judged.put(number - 1, result)
            count.passed(result[0].pages)

    def carry_out(
        self, judged: Sequence[tuple[Judged, ...]], determination: Determination
    ) -> Iterator[tuple[Reports, Path]]:
        """Carry out what was decided.

        Yields of each document, in their order, what became of it, and where that lies which is released.
        """
        request = sha256(_REQUEST.dump_json(self.request)).hexdigest()
        first = array("Q", [0])
        done: Shelf[tuple[str, Reports]] = self.keep(())
        left: list[tuple[int, str]] = []

        def decided(place: int) -> tuple[DocumentDetermination, ...]:
            return tuple(determination.documents[first[place] : first[place + 1]])

        for place, family in enumerate(judged):
            first.append(first[place] + len(family))
            decisions = decided(place)
            if any(each.outcome < Action.refer for each in decisions):
                what = [_digest(each) for each in decisions]
                key = self.examiner.journal.key("written", request, family[0].sha256, what)
                if (reports := self._written(key)) is not None:
                    done.put(place, (key, reports))
                else:
                    left.append((place, key))
        written = sum(map(done.holds, range(len(done))))
        count = _Count(self.progress, "write", written + len(left))
        for place in range(len(done)):
            if done.holds(place):
                count.passed(done[place][1][0].pages)
        items = (
            ((place, key), self.documents[place], _bare(judged[place]), decided(place)) for place, key in left
        )
        work = partial(_carried_out, self.request, self.examiner)
        for (place, key), result in spread(self.executor, work, items):
            if isinstance(result, WorkerError):
                result = _untouched(
                    self.request, self.documents[place], judged[place], decided(place), str(result)
                )
            done.put(place, (key, result))
            count.passed(result[0].pages)
        for place, (source, family) in enumerate(zip(self.documents, judged, strict=True)):
            if done.holds(place):
                name, reports = done[place]
            else:
                name, reports = "", _untouched(self.request, source, family, decided(place))
            yield reports, _released(self.examiner.journal, name)

    def _written(self, key: str) -> Reports | None:
        """Return what an earlier run wrote and verified; None if there is nothing, or not that any more."""
        reports: Reports | None = self.examiner.journal.recall(key, _REPORTS)
        if not reports or reports[0].released is None:
            return None
        try:
            data = _released(self.examiner.journal, key).read_bytes()
        except OSError:
            return None
        return reports if sha256(data).hexdigest() == reports[0].released.sha256 else None


@dataclass(slots=True)
class _Count:
    """How many documents have passed."""

    tell: Progress
    stage: str
    total: int
    done: int = 0
    pages: int = 0

    def __post_init__(self) -> None:
        if self.total:
            self.tell(self.stage, 0, self.total, 0)

    def passed(self, pages: int) -> None:
        self.done += 1
        self.pages += pages
        self.tell(self.stage, self.done, self.total, self.pages)


def _released(journal: Journal, key: str) -> Path:
    return journal.file(key, "released")


def _digest(determination: DocumentDetermination) -> str:
    about = determination.streamed()
    digest = sha256()
    for finding in about.pop("findings"):
        digest.update(json.dumps(finding).encode())
    digest.update(json.dumps(about).encode())
    return digest.hexdigest()


def _bare(family: Sequence[Judged]) -> tuple[Judged, ...]:
    """Return a family without what was found in it, to go to a worker beside what was decided of that."""
    return tuple(replace(each, findings=(), terms=()) for each in family)


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
    write(_released(examiner.journal, key), released.data)
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
        decision = Decision(Action.withhold, reasons=(lost,), referrals=("City Clerk",))
        decided = [
            each
            if each.outcome >= Action.refer
            else replace(each, outcome=Action.withhold, decision=decision)
            for each in decided
        ]
    return carry_out(request, unread(source, family), decided)
