"""A run: three passes over the documents of a request, each by the workers of an executor.

Each document is read and searched by itself; once all were, each is judged with what the others told; once
the request is decided, that is carried out. Between the passes only what became known is in memory, no text.
"""

from collections import defaultdict
from collections.abc import Callable, Mapping, Sequence
from concurrent.futures import Executor
from dataclasses import dataclass, replace
from functools import partial
from hashlib import sha256
from itertools import islice
from pathlib import Path
from types import MappingProxyType
from typing import Any, TypeVar

from redact.carrying_out import carry_out
from redact.decision import Decision
from redact.detect import Detector
from redact.determination import Determination, DocumentDetermination
from redact.examination import Examiner, Judged, Searched, lost, unread
from redact.journal import Journal
from redact.judging import Knowledge, Traces
from redact.pool import WorkerError, spread
from redact.release import DocumentReport
from redact.request import Request
from redact.rule import Action
from redact.source import Source
from redact.vault import Vault, write

_R = TypeVar("_R")

Progress = Callable[[str, int, int, int], None]
"""Called with a pass (``read``, ``judge`` or ``write``), how many of how many documents passed it, and how
many pages these have."""


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

    def examine(self) -> tuple[list[tuple[Judged, ...]], Knowledge]:
        """Search the documents and judge them; returns what became known of each and of the files in it,
        parents first, and of the whole request."""
        searched = self._search()
        traces = [each.traces if isinstance(each, Searched) else (Traces(),) for each in searched.values()]
        knowledge = self.examiner.learn([each for family in traces for each in family])
        judged: dict[int, tuple[Judged, ...] | WorkerError] = {}
        items, first = [], 0
        for (number, each), family in zip(searched.items(), traces, strict=True):
            if isinstance(each, Searched):
                items.append((number, self.documents[number - 1], first, self.request.terms))
            else:
                judged[number] = each
            first += len(family)

        def pages(number: int, family: tuple[Judged, ...]) -> int:
            return family[0].pages

        judged |= self._pass("judge", self.examiner.judge, items, pages)
        return [
            (lost(source, number, str(result)),) if isinstance(result, WorkerError) else result
            for number, source in enumerate(self.documents, 1)
            for result in (judged[number],)
        ], knowledge

    def _search(self) -> dict[int, Searched | WorkerError]:
        """Search every document; of several that are the same, the first, and the others recall that."""
        alike: dict[str, list[int]] = defaultdict(list)
        for number, source in enumerate(self.documents, 1):
            alike[source.digest() or f"unreadable {number}"].append(number)

        def items(numbers: Sequence[int]) -> list[tuple[int, Source]]:
            return [(number, self.documents[number - 1]) for number in numbers]

        def pages(number: int, searched: Searched) -> int:
            return searched.pages

        search = self.examiner.search
        results: dict[int, Searched | WorkerError] = {}
        results |= self._pass("read", search, items([group[0] for group in alike.values()]), pages)
        for first, *others in alike.values():
            if isinstance(results[first], WorkerError):
                results |= dict.fromkeys(others, results[first])
        left = [n for _, *others in alike.values() for n in others if n not in results]
        return dict(sorted(self._pass("read", search, items(left), pages, results).items()))

    def carry_out(
        self, judged: Sequence[tuple[Judged, ...]], determination: Determination
    ) -> list[tuple[DocumentReport, ...]]:
        """Carry out what was decided; ``released`` says where that of each document lies then."""
        remaining = iter(determination.documents)
        families = list(enumerate(judged, 1))
        decided = {number: tuple(islice(remaining, len(family))) for number, family in families}
        items = [
            (number, self.documents[number - 1], tuple(each.label for each in family), decided[number])
            for number, family in families
            if any(each.outcome < Action.refer for each in decided[number])
        ]
        work = partial(_carried_out, self.examiner, self.request)
        results = self._pass("write", work, items, lambda number, _: judged[number - 1][0].pages)
        reports = []
        for number, family in families:
            result = results.get(number)
            if result is None or isinstance(result, WorkerError):
                result = _untouched(
                    self.request, self.documents[number - 1], family, decided[number], str(result or "")
                )
            reports.append(result)
        return reports

    def released(self, number: int) -> Path:
        """Where that which is released of a document lies, until it is in the package."""
        return _released(self.examiner, number)

    def _pass(
        self,
        stage: str,
        function: Callable[..., _R],
        items: Sequence[tuple[Any, ...]],
        pages: Callable[[int, Any], int],
        before: "Mapping[int, _R | WorkerError]" = MappingProxyType({}),
    ) -> "dict[int, _R | WorkerError]":
        """Call ``function`` with each of ``items``, which begin with the number of a document.

        Returns the results by number, those of ``before`` included.
        """
        results = dict(before)
        total = len(results) + len(items)
        seen = sum(pages(*each) for each in results.items() if not isinstance(each[1], WorkerError))
        if items:
            self.progress(stage, len(results), total, seen)
        for place, result in spread(self.executor, function, items):
            number = items[place][0]
            results[number] = result
            seen += 1 if isinstance(result, WorkerError) else pages(number, result)
            self.progress(stage, len(results), total, seen)
        return results


def _released(examiner: Examiner, number: int) -> Path:
    return examiner.vault.folder / f"{number}.released"


def _carried_out(
    examiner: Examiner,
    request: Request,
    number: int,
    source: Source,
    labels: Sequence[str],
    decided: Sequence[DocumentDetermination],
) -> tuple[DocumentReport, ...]:
    """Carry out what was decided about a family; only what is said of the released documents is returned."""
    reports = carry_out(request, examiner.family(number, source, labels), decided)
    if reports[0].released is not None:
        write(_released(examiner, number), reports[0].released.data)
    return tuple(map(_without_data, reports))


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
    lost: str,
) -> tuple[DocumentReport, ...]:
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
