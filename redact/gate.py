"""The gate: from a request and its documents to a release package, or to what blocks it.

bytes --read--> Document --detect--> Findings --determine--> Determination
      --redactions--> write --> bytes --re-read, verify--> ReleasePackage --> audit log
"""

import tempfile
from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from concurrent.futures import Executor
from dataclasses import replace
from fnmatch import fnmatchcase
from itertools import islice
from pathlib import Path, PurePosixPath
from typing import Any, Self, TypeVar

from redact.audit import AuditLog
from redact.audit.entries import log_release
from redact.carrying_out import carry_out
from redact.case import Case, Facts, named_persons
from redact.detect import NAME_LOCATOR, Detector
from redact.determination import Decision, Determination, DocumentDetermination, canonical, determine
from redact.draft import ANCHOR, DOCUMENTS, MANIFEST, Draft
from redact.examination import Examiner, Judged, Searched, left_unread, lost, unopened
from redact.finding import Finding
from redact.journal import Journal
from redact.policy import PolicyStack
from redact.pool import WorkerLost, spread
from redact.release import DocumentReport, ReleasePackage, compose, set_aside
from redact.request import Request
from redact.rule import Action
from redact.source import Source
from redact.term_search import settled
from redact.vault import Vault

_T = TypeVar("_T")

DEFAULT_POLICIES = ("california",)
"""The stack of a request that names none."""

Progress = Callable[[str, int, int, int], None]
"""Called with a stage (``read``, ``judge`` or ``write``), how many of how many documents passed it, and how
many pages these have."""


def _silent(stage: str, done: int, total: int, pages: int) -> None:
    pass


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
        progress: Progress = _silent,
        executor: Executor | None = None,
        journal: Path | None = None,
    ) -> ReleasePackage:
        """Decide ``request`` over ``documents`` and leave the package at ``out``, whole or not at all.

        The workers of ``executor`` read, search, redact and verify the documents; without one it is done
        here. What was found is written down in the folder ``journal``, so that an interrupted run can go on.
        Documents that cannot be released are withheld and listed with the reason. Raises ``RedactError``
        where the request itself cannot be decided or the package cannot be written; nothing is left then.
        """
        stack = self.stack(request)
        with Draft(Path(out)) as draft:
            run = _Run(self._detector, request, documents, executor, progress, draft.aside, journal)
            judged, case = run.examined(stack)
            determination = determine(request, case, stack)
            reports = _placed(draft, run.carried_out(judged, determination))
            package, files = compose(
                Path(out),
                determination,
                [report for _, family in reports for report in family],
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
        progress: Progress = _silent,
        executor: Executor | None = None,
    ) -> Determination:
        """Decide ``request`` over ``documents`` as ``release`` would, and carry nothing out.

        Raises ``RedactError`` where the request itself cannot be decided.
        """
        stack = self.stack(request)
        with tempfile.TemporaryDirectory(prefix="redact-") as aside:
            run = _Run(self._detector, request, documents, executor, progress, Path(aside), None)
            return determine(request, run.examined(stack)[1], stack)


class _Run:
    """The passes of one run over the documents of a request, each by the workers of an executor."""

    def __init__(
        self,
        detector: Detector,
        request: Request,
        documents: Sequence[Source],
        executor: Executor | None,
        progress: Progress,
        aside: Path,
        journal: Path | None,
    ) -> None:
        self._request, self._documents = request, documents
        self._executor, self._progress = executor, progress
        self._aside = aside
        self._detector, self._journal = detector, journal

    def examined(self, stack: PolicyStack) -> tuple[list[tuple[Judged, ...]], Case]:
        """Read, search and judge the documents, unless the request is blocked as a whole."""
        numbered = list(enumerate(self._documents, 1))
        if determine(self._request, Case(), stack).outcome >= Action.refer:
            # Where the request is blocked as a whole its documents are not even opened: to search them
            # for such a requester would itself be what the policies forbid.
            closed = [(unopened(source, number),) for number, source in numbered]
            return closed, _case(self._request, closed, {}, "")
        vault = Vault(self._aside)
        journal = Journal(self._journal or self._aside / "journal", self._detector.version)
        examiner = Examiner(self._detector, vault, journal)
        searched = self._searched(examiner)
        first, starts = 0, []
        for each in searched:
            starts.append(first)
            first += len(each.traces) if isinstance(each, Searched) else 1
