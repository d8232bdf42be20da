"""The gate: from a request and its documents to a release package, or to what blocks it.

bytes --read--> Document --detect--> Findings --determine--> Determination
      --redactions--> write --> bytes --re-read, verify--> ReleasePackage --> audit log
"""

import tempfile
from collections.abc import Iterable, Iterator, Sequence
from concurrent.futures import Executor
from dataclasses import replace
from fnmatch import fnmatchcase
from itertools import repeat
from pathlib import Path
from typing import Self

from redact.audit import AuditLog
from redact.audit.entries import log_release
from redact.canonical import canonical
from redact.case import Case, Facts, named_persons
from redact.detect import NAME_LOCATOR, Detector
from redact.determination import Determination, determine
from redact.draft import ANCHOR, Draft
from redact.examination import Judged, unopened
from redact.finding import Finding
from redact.findings import Findings
from redact.people import PERSON
from redact.policy import PolicyStack
from redact.prior_release import prior_releases
from redact.release import ReleasePackage, compose
from redact.request import Request
from redact.rule import Action
from redact.run import Progress, Run, silent
from redact.shelter import Clues, sheltered
from redact.source import Source
from redact.term_search import settled
from redact.writing import write_all

DEFAULT_POLICIES = ("california",)
"""The stack of a request that names none."""


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
        progress: Progress = silent,
        executor: Executor | None = None,
        journal: Path | None = None,
    ) -> ReleasePackage:
        """Decide ``request`` over ``documents`` and leave the package at ``out``, whole or not at all.

        The workers of ``executor`` read, search, redact and verify the documents; without one it is done
        here. What was done is written down in the folder ``journal``, so that an interrupted run can go on.
        Documents that cannot be released are withheld and listed with the reason. Raises ``RedactError``
        where the request itself cannot be decided or the package cannot be written; nothing is left then.
        """
        stack = self.stack(request)
        with Draft(Path(out)) as draft:
            run = Run.begin(request, documents, self._detector, draft.aside, journal, executor, progress)
            judged, case = _examined(run, stack)
            determination = determine(request, case, stack, run.keep)
            reports, accounts = write_all(run, judged, determination, draft)
            prior = prior_releases(self._audit, request.id, accounts) if self._audit is not None else ()
            package = compose(
                draft,
                determination,
                reports,
                accounts,
                request,
                stack,
                city=self._city,
                templates=self._templates,
                prior=prior,
            )
            if self._audit is not None:
                # Recorded before it appears: nothing is ever released that the log does not know.
                anchor = log_release(self._audit, request, package)
                draft.add(ANCHOR, [canonical(anchor.as_dict())])
            draft.publish()
        return package

    def determine(
        self,
        request: Request,
        documents: Sequence[Source],
        *,
        progress: Progress = silent,
        executor: Executor | None = None,
    ) -> Determination:
        """Decide ``request`` over ``documents`` as ``release`` would, and carry nothing out.

        Raises ``RedactError`` where the request itself cannot be decided.
        """
        stack = self.stack(request)
        with tempfile.TemporaryDirectory(prefix="redact-") as aside:
            run = Run.begin(
                request, documents, self._detector, Path(aside), executor=executor, progress=progress
            )
            return determine(request, _examined(run, stack)[1], stack)


def _examined(run: Run, stack: PolicyStack) -> tuple[Sequence[tuple[Judged, ...]], Case]:
    """Read, search and judge the documents, unless the request is blocked as a whole."""
    request = run.request
    if determine(request, Case(), stack).outcome >= Action.refer:
        # Where the request is blocked as a whole its documents are not even opened: to search them
        # for such a requester would itself be what the policies forbid.
        closed = run.keep((unopened(source, number),) for number, source in enumerate(run.documents, 1))
        return closed, Case(run.keep(_facts(request, closed, repeat(True))))
    judged, numbers = run.examine()
    named = zip(named_persons(request), numbers, strict=True)
    shelter = sheltered([_clues(each) for family in judged for each in family])
    return judged, Case(
        run.keep(_facts(request, judged, shelter)),
        {name: frozenset(() if number is None else (number,)) for name, number in named},
        frozenset(number for family in judged for each in family for number in each.arrested),
        frozenset(number for family in judged for each in family for number in each.victims),
        run.examiner.detector.version,
    )


def _facts(
    request: Request, judged: Iterable[tuple[Judged, ...]], shelter: Iterable[bool]
) -> Iterator[Facts]:
    in_turn = iter(shelter)
    return (
        Facts(
            each.label,
            _with_terms(request, each, next(in_turn)),
            _record_type(request, each),
            each.obstacles,
            each.path,
            # Only pages of PDFs can be numbered.
            each.pages if each is family[0] and each.format == "pdf" else 0,
            each.traits,
        )
        for family in judged
        for each in family
    )


def _clues(judged: Judged) -> Clues:
    named = {f.subject for f in judged.findings if f.entity == PERSON or f.subject is not None}
    return Clues(judged.sheltered, bool(judged.obstacles), judged.numbers, frozenset(named))


def _with_terms(request: Request, judged: Judged, in_shelter: bool) -> Sequence[Finding]:
    """The findings that are left beside the terms; none is told apart as a fact of an incident where
    that may be one whose victim is sheltered, nor where a term keeps a name that would stand beside it."""
    in_document = Findings.of(finding for finding in judged.findings if finding.locator != NAME_LOCATOR)
    left = settled(in_document, judged.terms, request.terms)
    if in_shelter or _names(left) < _names(in_document):
        return Findings.of(replace(finding, incident="") for finding in left).at_hand()
    return left.at_hand()


def _names(findings: Iterable[Finding]) -> int:
    return sum(finding.entity == PERSON for finding in findings)


def _record_type(request: Request, judged: Judged) -> str | None:
    """What the document is: as the clerk says, or as its headings show."""
    stated = (e.record_type for e in request.documents if fnmatchcase(judged.path, e.match))
    return next(stated, judged.record_type)
