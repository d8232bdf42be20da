"""A run: passes over the documents of a request, each by the workers of an executor.

Each document is read and searched by itself; once all were, each is judged with what the others told; once
the request is decided, ``writing`` carries that out. What became known of documents lies on disk, so that
memory does not grow with their number; and what an interrupted run did already is not done again.
"""

from array import array
from collections.abc import Callable, Iterable, Iterator, Sequence
from concurrent.futures import Executor
from dataclasses import dataclass, field
from functools import partial
from hashlib import sha256
from itertools import islice
from pathlib import Path
from typing import Any, TypeVar

from pydantic import TypeAdapter

from redact.case import named_persons
from redact.detect import Detector
from redact.examination import Examiner, Judged, Searched, Told, lost
from redact.journal import Journal
from redact.judging import Traces
from redact.people import Present
from redact.pool import WorkerError, spread
from redact.request import Request, Term
from redact.shelf import Packed, Shelf
from redact.source import Source
from redact.vault import Vault

_R = TypeVar("_R")

Progress = Callable[[str, int, int, int], None]
"""Called with a pass (``read``, ``judge`` or ``write``), how many of how many documents passed it, and how
many pages these have."""
_TERMS = TypeAdapter(tuple[Term, ...])
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
            knowledge = self.examiner.learn(Told(searched.families), self.keep)
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

    def _search(self, digests: Sequence[str]) -> "_Searches":
        """Search every document; of several that are the same, the first, and the others recall that."""
        first: dict[str, int] = {}
        places = range(len(digests))
        again = [
            place for place in places if digests[place] and first.setdefault(digests[place], place) < place
        ]
        searches = _Searches(self.keep(()), array("Q", bytes(8 * len(digests))))
        count = Count(self.progress, "read", len(digests))

        def put(place: int, result: "_Search | WorkerError") -> None:
            if isinstance(result, WorkerError):
                searches.lost[place] = result
                result = _Search.of(Searched(1, (Traces(),)))
            searches.families.put(place, result.family)
            searches.sizes[place] = result.documents
            count.passed(result.pages)

        def search(which: Iterable[int]) -> None:
            items = ((place, self.documents[place]) for place in which)
            for place, result in spread(self.executor, partial(_search, self.examiner), items):
                put(place, result)

        repeated = set(again)
        search(place for place in places if place not in repeated)
        for place in again:
            if (loss := searches.lost.get(first[digests[place]])) is not None:
                put(place, loss)
        search(place for place in again if not searches.families.holds(place))
        return searches

    def _judge(
        self,
        judged: Shelf[tuple[Judged, ...]],
        searches: "_Searches",
        present: Iterable[Present],
        keys: Sequence[str],
        digests: Sequence[str],
    ) -> None:
        """Judge what is not judged yet; ``present`` has what is known of each document and of those in it."""
        count = Count(self.progress, "judge", len(digests))

        def put(place: int, result: "_Judgement | WorkerError") -> None:
            if isinstance(result, WorkerError):
                result = _Judgement.of((lost(self.documents[place], place + 1, str(result)),))
            judged.put(place, result.family)
            count.passed(result.pages)

        def items() -> Iterator[tuple[Any, ...]]:
            remaining = iter(present)
            for place, source in enumerate(self.documents):
                here = tuple(islice(remaining, searches.sizes[place]))
                if judged.holds(place):
                    count.passed(judged[place][0].pages)
                elif (loss := searches.lost.get(place)) is not None:
                    put(place, loss)
                else:
                    yield place, source, Packed.of(here), digests[place], keys[place]

        judge = partial(_judge, self.examiner, self.request.terms)
        for place, result in spread(self.executor, judge, items()):
            put(place, result)


@dataclass(frozen=True, slots=True)
class _Search:
    """What a worker sends of a family that it searched."""

    pages: int
    documents: int
    """How many documents are in the family."""
    family: Packed[Searched]

    @classmethod
    def of(cls, family: Searched) -> "_Search":
        return cls(family.pages, len(family.traces), Packed.of(family))


@dataclass(frozen=True, slots=True)
class _Searches:
    """What every document told, by its place."""

    families: Shelf[Searched]
    sizes: "array[int]"
    """How many documents are in each family."""
    lost: dict[int, WorkerError] = field(default_factory=dict)
    """How the worker was lost that searched it; nothing is known of that document."""


@dataclass(frozen=True, slots=True)
class _Judgement:
    """What a worker sends of a family that it judged."""

    pages: int
    family: Packed[tuple[Judged, ...]]

    @classmethod
    def of(cls, family: tuple[Judged, ...]) -> "_Judgement":
        return cls(family[0].pages, Packed.of(family))


def _search(examiner: Examiner, place: int, source: Source) -> _Search:
    return _Search.of(examiner.search(place + 1, source))


def _judge(
    examiner: Examiner,
    terms: Sequence[Term],
    place: int,
    source: Source,
    present: Packed[tuple[Present, ...]],
    digest: str,
    key: str,
) -> _Judgement:
    return _Judgement.of(examiner.judge(place + 1, source, present.value(), terms, digest, key))


@dataclass(slots=True)
class Count:
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
        """Count a document that has so many pages."""
        self.done += 1
        self.pages += pages
        self.tell(self.stage, self.done, self.total, self.pages)
