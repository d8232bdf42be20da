"""The gate: from a request and its documents to a release package, or to what blocks it.

bytes --read--> Document --detect--> Findings --determine--> Determination
      --redactions--> write --> bytes --re-read, verify--> ReleasePackage --> audit log
"""

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from fnmatch import fnmatchcase
from hashlib import sha256
from pathlib import Path, PurePosixPath
from typing import Self, TypeVar

from recognizers.record_types import record_type
from redact.detect import NAME_LOCATOR, Detector
from redact.determination import Case, DocumentDetermination, Facts, determine, named_persons
from redact.document import Document, Obstacle
from redact.errors import FormatError, InputError, RedactError
from redact.finding import Finding
from redact.formats import format_of
from redact.formats.interface import Format
from redact.formats.unsupported import Unsupported
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

DEFAULT_POLICIES = ("california",)
"""The stack of a request that names none."""

Progress = Callable[[str, int, int], None]
"""Called with a stage (``read``, ``detect``, ``write``) and how many of how many documents passed it."""


@dataclass(frozen=True, slots=True)
class Source:
    """A document as it was submitted."""

    name: str = field(repr=False)
    """Its path relative to the request, with forward slashes."""
    load: Callable[[], bytes] = field(repr=False)
    """Returns its bytes; called each time they are needed, so that they need not stay in memory."""

    @classmethod
    def of(cls, path: Path, root: Path) -> Self:
        """Make a source of a file; its name is its path below ``root``."""
        return cls(path.relative_to(root).as_posix(), path.read_bytes)


def sources(paths: Iterable[Path]) -> tuple[Source, ...]:
    """Return every file at or below ``paths``, each once, in the order of their names.

    Raises ``InputError`` where a path does not exist or no file is found.
    """
    found: dict[Path, Source] = {}
    for path in paths:
        if path.is_dir():
            for file in sorted(path.rglob("*")):
                if file.is_file():
                    found.setdefault(file.resolve(), Source.of(file, path))
        elif path.is_file():
            found.setdefault(path.resolve(), Source.of(path, path.parent))
        else:
            raise InputError("a document that was named does not exist; check the paths")
    if not found:
        raise InputError("there is no document to release; name files or folders that hold some")
    return tuple(found.values())


@dataclass(frozen=True, slots=True)
class _Examined:
    """A document that was read and searched, as far as that went."""

    source: Source
    label: str
    """The name under which the records speak of it: its own, unless that holds a value."""
    format: Format
    document: Document
    findings: tuple[Finding, ...] = ()
    obstacles: tuple[Obstacle, ...] = ()


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
    ) -> ReleasePackage:
        """Decide ``request`` over ``documents`` and leave the package at ``out``, whole or not at all.

        Documents that cannot be released are withheld and listed with the reason. Raises ``RedactError``
        where the request itself cannot be decided or the package cannot be written; nothing is left then.
        """
        stack = self.stack(request)
        whole = determine(request, Case(), stack)
        with Draft(Path(out)) as draft:
            if whole.outcome >= Action.refer:
                # Where the request is blocked as a whole its documents are not even opened: to search them
                # for such a requester would itself be what the policies forbid.
                examined, persons = _unopened(documents), {}
            else:
                examined, persons = self._examine(request, documents, progress)
            determination = determine(request, _case(request, examined, persons), stack)
            reports = tuple(
                _carry_out(item, decided)
                for item, decided in _counted(
                    list(zip(examined, determination.documents, strict=True)), "write", progress
                )
            )
            package = ReleasePackage(Path(out), settled(determination, reports), reports)
            for name, data in contents(package, request, stack).items():
                draft.add(name, data)
            draft.publish()
        return package

    def _examine(
        self, request: Request, documents: Sequence[Source], progress: Progress
    ) -> tuple[list[_Examined], dict[str, frozenset[int]]]:
        """Read and search the documents together; find out which persons the request names."""
        read = [_read(source) for source in _counted(documents, "read", progress)]
        progress("search", 0, len(read))
        detections = self._detector.detect([item.document for item in read])
        progress("search", len(read), len(read))
        persons = {
            name: frozenset(() if (number := detections.subject_of(name)) is None else (number,))
            for name in named_persons(request)
        }
        examined = []
        for number, (item, detection) in enumerate(zip(read, detections, strict=True), 1):
            obstacles = item.document.obstacles
            if detection.error is not None:
                obstacles += (Obstacle("search", f"it could not be searched completely: {detection.error}"),)
            label = _label(item, detection.findings, searched=detection.error is None, number=number)
            examined.append(replace(item, label=label, findings=detection.findings, obstacles=obstacles))
        return examined, persons


@dataclass(frozen=True, slots=True)
class Scan:
    """What was found in one document."""

    label: str
    findings: tuple[Finding, ...]
    obstacles: tuple[Obstacle, ...]
    """Why it could not be searched completely; empty if it was."""


def scan(documents: Sequence[Source], *, detector: Detector | None = None) -> Iterator[Scan]:
    """Search documents without deciding anything; those given together are searched as one request."""
    read = [_read(source) for source in documents]
    detections = (detector or Detector.load()).detect([item.document for item in read])
    for number, (item, detection) in enumerate(zip(read, detections, strict=True), 1):
        obstacles = item.document.obstacles
        if detection.error is not None:
            obstacles += (Obstacle("search", str(detection.error)),)
        label = _label(item, detection.findings, searched=detection.error is None, number=number)
        yield Scan(label, detection.findings, obstacles)


def _unopened(documents: Sequence[Source]) -> list[_Examined]:
    return [
        _Examined(
            source,
            f"document-{number:03}",
            Unsupported(),
            Document(source.name, "unopened", "", segments=()),
        )
        for number, source in enumerate(documents, 1)
    ]


def _read(source: Source) -> _Examined:
    """Read one document; whatever goes wrong becomes an obstacle to its release."""
    format: Format = Unsupported()
    digest = ""
    try:
        data = source.load()
        digest = sha256(data).hexdigest()
        format = format_of(data, source.name)
        document = format.read(data, source.name)
    except RedactError as error:
        reason = str(error)
    except OSError as error:
        reason = f"the file cannot be read: {error.strerror}"
    except Exception as error:
        reason = f"reading it failed ({type(error).__name__}); convert it and submit it again"
    else:
        return _Examined(source, "", format, document)
    document = Document(
        source.name, format.name, digest, segments=(), obstacles=(Obstacle("unreadable", reason),)
    )
    return _Examined(source, "", format, document)


def _label(item: _Examined, findings: Sequence[Finding], *, searched: bool, number: int) -> str:
    """A document's name in the records: its own if it was searched and holds nothing, else a number."""
    path = PurePosixPath(item.source.name)
    clean = searched and not any(finding.locator == NAME_LOCATOR for finding in findings)
    return str(path) if clean else f"document-{number:03}{item.format.suffix}"


def _case(request: Request, examined: Sequence[_Examined], persons: dict[str, frozenset[int]]) -> Case:
    return Case(
        tuple(
            Facts(
                item.label,
                tuple(finding for finding in item.findings if finding.locator != NAME_LOCATOR),
                _record_type(request, item),
                item.obstacles,
                item.source.name,
            )
            for item in examined
        ),
        persons,
    )


def _record_type(request: Request, item: _Examined) -> str | None:
    """What the document is: as the clerk says, or as its headings show."""
    for entry in request.documents:
        if fnmatchcase(item.source.name, entry.match):
            return entry.record_type
    text = "\n".join(segment.text for segment in item.document.segments if segment.visible)
    return record_type(text) if text else None


def _carry_out(item: _Examined, decided: DocumentDetermination) -> DocumentReport:
    """Redact one document as decided and prove that it is clean, or withhold it."""
    document = item.document
    report = DocumentReport(item.label, document.sha256, document.format, document.pages, decided)
    if decided.outcome >= Action.refer:
        return report
    try:
        data = item.source.load()
        if sha256(data).hexdigest() != document.sha256:
            raise FormatError("it changed while it was worked on; run the request again")
        grounded = redactions(document, decided.findings)
        removals = [each.redaction for each in grounded]
        written = item.format.write(data, document, removals)
        proof = verify(item.format, data, document, removals, written.data, written.problems)
    except RedactError as error:
        return withheld(report, str(error))
    except Exception as error:
        return withheld(report, f"redacting it failed ({type(error).__name__}); redact it by hand")
    if not proof.passed:
        return withheld(report, VERIFICATION_FAILED, proof)
    name = str(PurePosixPath(item.label).with_suffix(item.format.suffix))
    return replace(report, released=Released(name, written.data, grounded, proof, written.notes), proof=proof)


def _counted(items: Sequence[_T], stage: str, progress: Progress) -> Iterator[_T]:
    for done, item in enumerate(items):
        progress(stage, done, len(items))
        yield item
    progress(stage, len(items), len(items))
