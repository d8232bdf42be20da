"""Examination: a document is read and searched by itself, its members too, before anything is decided."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from hashlib import sha256

from redact.detect import NAME_LOCATOR, Detection, Detector, Search, judge
from redact.document import Document, Obstacle
from redact.errors import RedactError
from redact.finding import Finding
from redact.formats import family as formats
from redact.formats.family import read_family
from redact.formats.interface import Format
from redact.formats.unsupported import Unsupported
from redact.journal import Journal
from redact.source import Source


@dataclass(frozen=True, slots=True)
class Examined:
    """A document that was read and searched by itself, as far as that went."""

    document: Document
    format: Format
    search: Search = field(default_factory=Search)
    members: tuple["Examined", ...] = ()
    """The files inside it, in the order of ``document.members``."""

    def family(self, path: str = "") -> Iterator[tuple[str, "Examined"]]:
        """Yield the document and all below it, each with its path of locators, parents first."""
        yield path, self
        for member, examined in zip(self.document.members, self.members, strict=True):
            yield from examined.family(f"{path}/{member.locator}")


@dataclass(frozen=True, slots=True)
class Part:
    """One document of a family with what was found in it, judged over the whole request."""

    label: str
    """What the records call it: its own name, unless that holds a value or was never searched."""
    examined: Examined
    findings: tuple[Finding, ...] = ()
    obstacles: tuple[Obstacle, ...] = ()


@dataclass(frozen=True, slots=True)
class Family:
    """A submitted document with all that lies in it, parents first."""

    source: Source
    parts: tuple[Part, ...]


def examine(source: Source, *, detector: Detector, journal: Journal | None = None) -> Examined:
    """Read one document and search it by itself; whatever goes wrong becomes an obstacle to its release."""
    digest = ""
    try:
        data = source.load()
        digest = sha256(data).hexdigest()
        return _searched(read_family(data, source.name), detector, journal)
    except OSError as error:
        reason = f"the file cannot be read: {error.strerror}"
    except RedactError as error:
        reason = str(error)
    except Exception as error:
        reason = f"reading it failed ({type(error).__name__}); convert it and submit it again"
    return _unreadable(source.name, digest, reason)


def _searched(family: formats.Family, detector: Detector, journal: Journal | None) -> Examined:
    search = journal.recall(family.document) if journal else None
    if search is None:
        search = detector.search(family.document)
        if journal:
            journal.keep(family.document, search)
    members = tuple(_searched(member, detector, journal) for member in family.members)
    return Examined(family.document, family.format, search, members)


def _unreadable(name: str, digest: str, reason: str) -> Examined:
    obstacle = Obstacle("unreadable", reason)
    document = Document(name, Unsupported.name, digest, segments=(), obstacles=(obstacle,))
    return Examined(document, Unsupported())


def unopened(source: Source, number: int) -> Family:
    """Return a family for a document that is not opened: nothing of it is known, nor its name repeated."""
    examined = Examined(Document(source.name, "unopened", "", segments=()), Unsupported())
    return Family(source, (Part(f"document-{number:03}", examined),))


def families(
    sources: Sequence[Source], examined: Sequence[Examined], detections: Sequence[Detection]
) -> list[Family]:
    """Put each document together with what was found in it; ``detections`` are those of ``searches``."""
    remaining = iter(detections)
    result = []
    for number, (source, root) in enumerate(zip(sources, examined, strict=True), 1):
        parts: list[Part] = []
        for path, each in root.family():
            detection = next(remaining)
            name = parts[0].label + path if parts else _label(source, each, detection, number)
            parts.append(Part(name, each, detection.findings, _obstacles(each, detection)))
        result.append(Family(source, tuple(parts)))
    return result


def searches(examined: Sequence[Examined]) -> list[Search]:
    """Return the search of every document and member, parents first."""
    return [each.search for root in examined for _, each in root.family()]


def scan(sources: Sequence[Source], *, detector: Detector | None = None) -> Iterator[Part]:
    """Search documents without deciding anything; those given together are searched as one request."""
    searching = detector or Detector.load()
    examined = [examine(source, detector=searching) for source in sources]
    for family in families(sources, examined, judge(searches(examined))):
        yield from family.parts


def _label(source: Source, examined: Examined, detection: Detection, number: int) -> str:
    searched = bool(examined.search.segments) and detection.error is None
    if searched and not any(finding.locator == NAME_LOCATOR for finding in detection.findings):
        return source.name
    return f"document-{number:03}{examined.format.suffix}"


def _obstacles(examined: Examined, detection: Detection) -> tuple[Obstacle, ...]:
    if detection.error is None:
        return examined.document.obstacles
    failed = Obstacle("search", f"it could not be searched completely: {detection.error}")
    return (*examined.document.obstacles, failed)


def in_document(findings: Sequence[Finding]) -> tuple[Finding, ...]:
    """Return the findings that lie in a document's text, not in its file name."""
    return tuple(finding for finding in findings if finding.locator != NAME_LOCATOR)
