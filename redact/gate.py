"""The gate: from a request and its documents to a release package, or to what blocks it.

bytes --read--> Document --detect--> Findings --determine--> Determination
      --redactions--> write --> bytes --re-read, verify--> ReleasePackage --> audit log
"""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from fnmatch import fnmatchcase
from functools import partial
from itertools import islice
from pathlib import Path
from typing import Protocol, Self, TypeVar

from recognizers.record_types import record_type
from redact.arrests import arrested
from redact.audit import AuditLog
from redact.audit.entries import log_release
from redact.carrying_out import carry_out
from redact.case import Case, Facts, named_persons
from redact.detect import Detections, Detector, judge
from redact.determination import Determination, DocumentDetermination, canonical, determine
from redact.document import Document
from redact.draft import ANCHOR, MANIFEST, Draft
from redact.examination import Family, Part, examine, families, in_document, searches, unopened
from redact.finding import Finding
from redact.journal import Journal
from redact.policy import PolicyStack
from redact.release import DocumentReport, ReleasePackage, compose
from redact.request import Request
from redact.rule import Action
from redact.source import Source
from redact.term_search import find, settled

_T = TypeVar("_T")
_R = TypeVar("_R")

DEFAULT_POLICIES = ("california",)
"""The stack of a request that names none."""

Progress = Callable[[str, int, int], None]
"""Called with a stage (``read`` or ``write``) and how many of how many documents passed it."""


class Workers(Protocol):
    """Applies a function to many documents, in order: ``map``, or the ``map`` of any executor."""

    def __call__(self, function: Callable[[_T], _R], items: Iterable[_T], /) -> Iterator[_R]:
        """Yield the results in the order of ``items``."""


class Gate:
    """Decides and carries out releases; make one with ``load`` and share it between threads."""

    def __init__(
        self,
        policies: Sequence[str | Path],
        detector: Detector,
        *,
        audit: AuditLog | None = None,
        city: str = "City",
        templates: Path | None = None,
    ) -> None:
        self._policies = tuple(str(policy) for policy in policies)
        self._detector = detector
        self._audit = audit
        self._city = city
        self._templates = templates

    @classmethod
    def load(
        cls,
        policies: Sequence[str | Path] = (),
        *,
        detector: Detector | None = None,
        audit: AuditLog | None = None,
        city: str = "City",
        templates: Path | None = None,
    ) -> Self:
        """Load a gate whose requests are decided by ``policies`` unless they name their own.

        What it decides goes into ``audit``, if there is one, before anything is released. ``city`` is named
        in letters, which are written on the city's own ``templates`` where the folder has them. Models are
        loaded once in a process. Raises ``PolicyError`` or ``ConfigurationError``.
        """
        stack = tuple(policies) or DEFAULT_POLICIES
        PolicyStack.load(stack)
        return cls(stack, detector or Detector.load(), audit=audit, city=city, templates=templates)

    def stack(self, request: Request) -> PolicyStack:
        """Return the policies that decide ``request``: its own, or this gate's."""
        return PolicyStack.load(request.policies or self._policies)

    def release(
        self,
        request: Request,
        documents: Sequence[Source],
        out: Path | str,
        *,
        progress: Progress = lambda stage, done, total: None,
        workers: Workers = map,
        journal: Journal | None = None,
    ) -> ReleasePackage:
        """Decide ``request`` over ``documents`` and leave the package at ``out``, whole or not at all.

        ``workers`` read, search, redact and verify the documents; a ``journal`` lets an interrupted run
        continue. Documents that cannot be released are withheld and listed with the reason. Raises
        ``RedactError`` where the request itself cannot be decided or the package cannot be written; nothing
        is left then.
        """
        stack = self.stack(request)
        with Draft(Path(out)) as draft:
            found, case = self._examined(request, stack, documents, progress, workers, journal)
            determination = determine(request, case, stack)
            decided = list(_by_family(found, determination))
            carried = workers(partial(_carry_out, request), decided)
            reports = _counted(carried, "write", len(decided), progress)
            package, files = compose(
                Path(out),
                determination,
                [r for each in reports for r in each],
                request,
                stack,
                city=self._city,
                templates=self._templates,
            )
            for name, data in files.items():
                draft.add(name, data)
            if self._audit is not None:
                # Recorded before it appears: nothing is ever released that the log does not know.
                anchor = log_release(self._audit, request, package, files[MANIFEST])
                draft.add(ANCHOR, canonical(anchor.as_dict()))
            draft.publish()
        return package

    def determine(
        self,
        request: Request,
        documents: Sequence[Source],
        *,
        progress: Progress = lambda stage, done, total: None,
        workers: Workers = map,
    ) -> Determination:
        """Decide ``request`` over ``documents`` as ``release`` would, and carry nothing out.

        Raises ``RedactError`` where the request itself cannot be decided.
        """
        stack = self.stack(request)
        _, case = self._examined(request, stack, documents, progress, workers, None)
        return determine(request, case, stack)

    def _examined(
        self,
        request: Request,
        stack: PolicyStack,
        documents: Sequence[Source],
        progress: Progress,
        workers: Workers,
        journal: Journal | None,
    ) -> tuple[list[Family], Case]:
        """Read and search the documents, unless the request is blocked as a whole."""
        if determine(request, Case(), stack).outcome >= Action.refer:
            # Where the request is blocked as a whole its documents are not even opened: to search them
            # for such a requester would itself be what the policies forbid.
            found = [unopened(source, number) for number, source in enumerate(documents, 1)]
            return found, _case(request, found, {})
        search = partial(examine, detector=self._detector, journal=journal)
        examined = list(_counted(workers(search, documents), "read", len(documents), progress))
        detections = judge(searches(examined))
        found = families(documents, examined, detections)
        persons = {name: _numbers(detections, name) for name in named_persons(request)}
        return found, _case(request, found, persons)


def _numbers(detections: Detections, name: str) -> frozenset[int]:
    number = detections.subject_of(name)
    return frozenset() if number is None else frozenset({number})


def _case(request: Request, found: Sequence[Family], persons: Mapping[str, frozenset[int]]) -> Case:
    return Case(
        tuple(
            Facts(
                part.label,
                _with_terms(request, part),
                _record_type(request, family.source.name, part.examined.document),
                part.obstacles,
                family.source.name,
                _pages(part) if part is family.parts[0] else 0,
            )
            for family in found
            for part in family.parts
        ),
        persons,
        arrested((p.examined.document.segments, p.findings) for family in found for p in family.parts),
    )


def _pages(part: Part) -> int:
    """Pages that can be numbered."""
    return part.examined.document.pages if part.examined.format.name == "pdf" else 0


def _with_terms(request: Request, part: Part) -> tuple[Finding, ...]:
    found = tuple(find(part.examined.document.segments, request.terms))
    return settled(in_document(part.findings), found, request.terms)


def _record_type(request: Request, name: str, document: Document) -> str | None:
    """What the document is: as the clerk says, or as its headings show."""
    for entry in request.documents:
        if fnmatchcase(name, entry.match):
            return entry.record_type
    text = "\n".join(segment.text for segment in document.segments if segment.visible)
    return record_type(text) if text else None


def _by_family(
    found: Sequence[Family], determination: Determination
) -> Iterator[tuple[Family, tuple[DocumentDetermination, ...]]]:
    remaining = iter(determination.documents)
    for family in found:
        yield family, tuple(islice(remaining, len(family.parts)))


def _carry_out(
    request: Request, decided: tuple[Family, tuple[DocumentDetermination, ...]]
) -> tuple[DocumentReport, ...]:
    return carry_out(request, *decided)


def _counted(results: Iterator[_T], stage: str, total: int, progress: Progress) -> Iterator[_T]:
    progress(stage, 0, total)
    for done, result in enumerate(results, 1):
        yield result
        progress(stage, done, total)
