"""The gate: from a request and its documents to a release package, or to what blocks it.

bytes --read--> Document --detect--> Findings --determine--> Determination
      --redactions--> write --> bytes --re-read, verify--> ReleasePackage --> audit log
"""

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from fnmatch import fnmatchcase
from functools import partial
from hashlib import sha256
from pathlib import Path, PurePosixPath
from typing import Protocol, Self, TypeVar

from recognizers.record_types import record_type
from redact.detect import NAME_LOCATOR, Detection, Detector, Search, judge
from redact.determination import Case, DocumentDetermination, Facts, determine, named_persons
from redact.document import Document, Obstacle
from redact.errors import FormatError, InputError, RedactError
from redact.finding import Finding
from redact.formats import format_of
from redact.formats.interface import Format
from redact.formats.unsupported import Unsupported
from redact.journal import Journal
from redact.policy import Action, PolicyStack
from redact.redaction import redactions
from redact.release import (
    VERIFICATION_FAILED,
    DocumentReport,
    Draft,
    Released,
    ReleasePackage,
    contents,
    settled,
    withheld,
)
from redact.request import Request
from redact.verify import verify

_T = TypeVar("_T")
_R = TypeVar("_R")

DEFAULT_POLICIES = ("california",)
"""The stack of a request that names none."""

Progress = Callable[[str, int, int], None]
"""Called with a stage (``read``, ``detect``, ``write``) and how many of how many documents passed it."""


@dataclass(frozen=True, slots=True)
class Source:
    """A document as it was submitted: a file, or bytes from anywhere."""

    name: str = field(repr=False)
    """Its path relative to the request, with forward slashes."""
    content: Path | bytes = field(repr=False)
    """Its bytes, or the file that holds them: read each time they are needed, so as not to stay in memory."""

    def load(self) -> bytes:
        """Return its bytes; raises ``OSError`` where the file cannot be read."""
        return self.content if isinstance(self.content, bytes) else self.content.read_bytes()


def sources(paths: Iterable[Path]) -> tuple[Source, ...]:
    """Return every file at or below ``paths``, each once, in the order of their names.

    Raises ``InputError`` where a path does not exist or no file is found.
    """
    found: dict[Path, Source] = {}
    for path in paths:
        if path.is_dir():
            for file in sorted(path.rglob("*")):
                if file.is_file():
                    name = file.relative_to(path).as_posix()
                    found.setdefault(file.resolve(), Source(name, file))
        elif path.is_file():
            found.setdefault(path.resolve(), Source(path.name, path))
        else:
            raise InputError("a document that was named does not exist; check the paths")
    if not found:
        raise InputError("there is no document to release; name files or folders that hold some")
    return tuple(found.values())


@dataclass(frozen=True, slots=True)
class Examined:
    """A document that was read and searched by itself, as far as that went."""

    document: Document
    format: Format
    search: Search = field(default_factory=Search)


@dataclass(frozen=True, slots=True)
class Item:
    """A document in the river: where it came from, what the records call it, what was found in it."""

    source: Source
    label: str
    """Its own name, unless that holds a value or was never searched."""
    examined: Examined
    findings: tuple[Finding, ...] = ()
    obstacles: tuple[Obstacle, ...] = ()


class Workers(Protocol):
    """Applies a function to many documents, in order: ``map``, or the ``map`` of any executor."""

    def __call__(self, function: Callable[[_T], _R], items: Iterable[_T], /) -> Iterator[_R]:
        """Yield the results in the order of ``items``."""


class Gate:
    """Decides and carries out releases; make one with ``load`` and share it between threads."""

    def __init__(self, policies: Sequence[str | Path], detector: Detector) -> None:
        self._policies = tuple(str(policy) for policy in policies)
        self._detector = detector

    @classmethod
    def load(cls, policies: Sequence[str | Path] = (), *, detector: Detector | None = None) -> Self:
        """Load a gate whose requests are decided by ``policies`` unless they name their own.

        Models are loaded once in a process. Raises ``PolicyError`` or ``ConfigurationError``.
        """
        stack = tuple(policies) or DEFAULT_POLICIES
        PolicyStack.load(stack)
        return cls(stack, detector or Detector.load())

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
        whole = determine(request, Case(), stack)
        with Draft(Path(out)) as draft:
            if whole.outcome >= Action.refer:
                # Where the request is blocked as a whole its documents are not even opened: to search them
                # for such a requester would itself be what the policies forbid.
                items, persons = _unopened(documents)
            else:
                examined = _counted(
                    workers(self._examiner(journal), documents), "read", len(documents), progress
                )
                items, persons = _judged(request, documents, list(examined))
            determination = determine(request, _case(request, items, persons), stack)
            decided = list(zip(items, determination.documents, strict=True))
            reports = tuple(_counted(workers(carry_out, decided), "write", len(decided), progress))
            package = ReleasePackage(Path(out), settled(determination, reports), reports)
            for name, data in contents(package, request, stack).items():
                draft.add(name, data)
            draft.publish()
        return package

    def _examiner(self, journal: Journal | None) -> Callable[[Source], Examined]:
        return partial(examine, detector=self._detector, journal=journal)


def examine(source: Source, *, detector: Detector, journal: Journal | None = None) -> Examined:
    """Read one document and search it by itself; whatever goes wrong becomes an obstacle to its release."""
    format: Format = Unsupported()
    digest = ""
    try:
        data = source.load()
        digest = sha256(data).hexdigest()
        format = format_of(data, source.name)
        document = format.read(data, source.name)
        search = journal.recall(document) if journal else None
        if search is None:
            search = detector.search(document)
            if journal:
                journal.keep(document, search)
    except RedactError as error:
        reason = str(error)
    except OSError as error:
        reason = f"the file cannot be read: {error.strerror}"
    except Exception as error:
        reason = f"reading it failed ({type(error).__name__}); convert it and submit it again"
    else:
        return Examined(document, format, search)
    obstacle = Obstacle("unreadable", reason)
    return Examined(Document(source.name, format.name, digest, segments=(), obstacles=(obstacle,)), format)


def _judged(
    request: Request, documents: Sequence[Source], examined: Sequence[Examined]
) -> tuple[list[Item], dict[str, frozenset[int]]]:
    """Settle what was found over the whole request, and which persons the request file names."""
    detections = judge([each.search for each in examined])
    persons = {
        name: frozenset(() if (number := detections.subject_of(name)) is None else (number,))
        for name in named_persons(request)
    }
    items = []
    for number, (source, each, detection) in enumerate(zip(documents, examined, detections, strict=True), 1):
        label = _label(source, each, detection, number)
        items.append(Item(source, label, each, detection.findings, _obstacles(each, detection)))
    return items, persons


def _label(source: Source, examined: Examined, detection: Detection, number: int) -> str:
    """What the records call a document: its own name if searched and found clean, else a number."""
    searched = bool(examined.search.segments) and detection.error is None
    if searched and not any(finding.locator == NAME_LOCATOR for finding in detection.findings):
        return source.name
    return f"document-{number:03}{examined.format.suffix}"


def _obstacles(examined: Examined, detection: Detection) -> tuple[Obstacle, ...]:
    if detection.error is None:
        return examined.document.obstacles
    failed = Obstacle("search", f"it could not be searched completely: {detection.error}")
    return (*examined.document.obstacles, failed)


def _unopened(documents: Sequence[Source]) -> tuple[list[Item], dict[str, frozenset[int]]]:
    items = [
        Item(
            source,
            f"document-{number:03}",
            Examined(Document(source.name, "unopened", "", segments=()), Unsupported()),
        )
        for number, source in enumerate(documents, 1)
    ]
    return items, {}


def _case(request: Request, items: Sequence[Item], persons: dict[str, frozenset[int]]) -> Case:
    return Case(
        tuple(
            Facts(
                item.label,
                tuple(finding for finding in item.findings if finding.locator != NAME_LOCATOR),
                _record_type(request, item),
                item.obstacles,
                item.source.name,
            )
            for item in items
        ),
        persons,
    )


def _record_type(request: Request, item: Item) -> str | None:
    """What the document is: as the clerk says, or as its headings show."""
    for entry in request.documents:
        if fnmatchcase(item.source.name, entry.match):
            return entry.record_type
    text = "\n".join(segment.text for segment in item.examined.document.segments if segment.visible)
    return record_type(text) if text else None


def carry_out(decided: tuple[Item, DocumentDetermination]) -> DocumentReport:
    """Redact one document as decided and prove that it is clean, or withhold it."""
    item, determination = decided
    document, format = item.examined.document, item.examined.format
    report = DocumentReport(item.label, document.sha256, document.format, document.pages, determination)
    if determination.outcome >= Action.refer:
        return report
    try:
        data = item.source.load()
        if sha256(data).hexdigest() != document.sha256:
            raise FormatError("it changed while it was worked on; run the request again")
        grounded = redactions(document, determination.findings)
        removals = [each.redaction for each in grounded]
        written = format.write(data, document, removals)
        proof = verify(format, data, document, removals, written.data, written.problems)
    except RedactError as error:
        return withheld(report, str(error))
    except Exception as error:
        return withheld(report, f"redacting it failed ({type(error).__name__}); redact it by hand")
    if not proof.passed:
        return withheld(report, VERIFICATION_FAILED, proof)
    name = str(PurePosixPath(item.label).with_suffix(format.suffix))
    return replace(report, released=Released(name, written.data, grounded, proof, written.notes), proof=proof)


def _counted(results: Iterator[_T], stage: str, total: int, progress: Progress) -> Iterator[_T]:
    progress(stage, 0, total)
    for done, result in enumerate(results, 1):
        yield result
        progress(stage, done, total)


@dataclass(frozen=True, slots=True)
class Scan:
    """What was found in one document."""

    label: str
    findings: tuple[Finding, ...]
    obstacles: tuple[Obstacle, ...]
    """Why it could not be searched completely; empty if it was."""


def scan(documents: Sequence[Source], *, detector: Detector | None = None) -> Iterator[Scan]:
    """Search documents without deciding anything; those given together are searched as one request."""
    searching = detector or Detector.load()
    examined = [examine(source, detector=searching) for source in documents]
    detections = judge([each.search for each in examined])
    for number, (source, each, detection) in enumerate(zip(documents, examined, detections, strict=True), 1):
        label = _label(source, each, detection, number)
        yield Scan(label, detection.findings, _obstacles(each, detection))
