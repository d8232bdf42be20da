"""Examination: a document is read and searched by itself, its members too, and judged once all others were.

What was read lies in a vault in between, so that no more documents are in memory than are worked on.
"""

import tempfile
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from hashlib import sha256
from pathlib import Path

from recognizers.record_types import record_type
from redact.arrests import arrested
from redact.detect import NAME_LOCATOR, Detector
from redact.document import Document, Obstacle
from redact.errors import RedactError
from redact.finding import Finding
from redact.formats import family as formats
from redact.formats.family import read_family
from redact.formats.interface import Format
from redact.formats.unsupported import Unsupported
from redact.journal import Journal
from redact.judging import Detection, Knowledge, Search, Traces, traces
from redact.request import Term
from redact.source import Source
from redact.term_search import find
from redact.vault import Vault

_KNOWLEDGE = "knowledge"
"""Name in the vault of what the whole request told."""


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
    """One document of a family, with its text."""

    label: str
    """What the records call it: its own name, unless that holds a value or was never searched."""
    examined: Examined


@dataclass(frozen=True, slots=True)
class Family:
    """A submitted document with all that lies in it, parents first."""

    source: Source
    parts: tuple[Part, ...]


@dataclass(frozen=True, slots=True)
class Searched:
    """What a family tells once it was read and searched by itself."""

    pages: int
    traces: tuple[Traces, ...]
    """Of each document of the family, parents first."""


@dataclass(frozen=True, slots=True)
class Judged:
    """What became known of one document, without its text."""

    label: str
    path: str = field(repr=False)
    """The name of the file that was submitted."""
    format: str
    sha256: str
    pages: int
    findings: tuple[Finding, ...] = ()
    """Judged over the whole request; those in the file's own name have the locator ``name``."""
    terms: tuple[Finding, ...] = ()
    """Where the terms of the request stand."""
    obstacles: tuple[Obstacle, ...] = ()
    record_type: str | None = None
    """What its headings show it to be."""
    arrested: frozenset[int] = frozenset()
    """Subject numbers of those of whom it says that they were arrested."""


@dataclass(frozen=True, slots=True)
class Examiner:
    """Examines the documents of one run, each known by its number from 1; may be sent to other processes."""

    detector: Detector
    vault: Vault
    journal: Journal

    def search(self, number: int, source: Source) -> Searched:
        """Read one document and search it by itself; what goes wrong becomes an obstacle to its release."""
        examined = self._examined(source)
        family = [each for _, each in examined.family()]
        self.vault.put(str(number), examined)
        return Searched(examined.document.pages, tuple(traces(each.search) for each in family))

    def learn(self, documents: Sequence[Traces]) -> Knowledge:
        """Put together what all documents told, parents first; each is judged with that afterwards."""
        knowledge = Knowledge(documents)
        self.vault.put(_KNOWLEDGE, knowledge)
        return knowledge

    def judge(
        self, number: int, source: Source, first: int, terms: Sequence[Term] = ()
    ) -> tuple[Judged, ...]:
        """Judge a searched family, whose first document is the ``first`` (from 0) of those learned from."""
        knowledge = _knowledge(self.vault)
        judged: list[Judged] = []
        for place, (path, each) in enumerate(self._put_aside(number).family(), first):
            detection = knowledge.judge(place, each.search)
            document = each.document
            text = "\n".join(segment.text for segment in document.segments if segment.visible)
            judged.append(
                Judged(
                    judged[0].label + path if judged else _label(source, each, detection, number),
                    source.name,
                    document.format,
                    document.sha256,
                    document.pages,
                    detection.findings,
                    tuple(find(document.segments, terms)) if terms else (),
                    _obstacles(document, detection),
                    record_type(text) if text else None,
                    arrested(document.segments, detection.findings),
                )
            )
        return tuple(judged)

    def family(self, number: int, source: Source, labels: Sequence[str]) -> Family:
        """Return a judged family with its text."""
        examined = [each for _, each in self._put_aside(number).family()]
        return Family(source, tuple(Part(label, each) for label, each in zip(labels, examined, strict=True)))

    def _put_aside(self, number: int) -> Examined:
        examined = self.vault.get(str(number))
        if not isinstance(examined, Examined):
            raise TypeError("the vault holds something else")
        return examined

    def _examined(self, source: Source) -> Examined:
        digest = ""
        try:
            data = source.load()
            digest = sha256(data).hexdigest()
            return self._searched(read_family(data, source.name))
        except OSError as error:
            reason = f"the file cannot be read: {error.strerror}"
        except RedactError as error:
            reason = str(error)
        except MemoryError:
            reason = "it takes more memory than a document may; split it"
        except Exception as error:
            reason = f"reading it failed ({type(error).__name__}); convert it and submit it again"
        obstacle = Obstacle("unreadable", reason)
        document = Document(source.name, Unsupported.name, digest, segments=(), obstacles=(obstacle,))
        return Examined(document, Unsupported())

    def _searched(self, family: formats.Family) -> Examined:
        known = self.journal.recall(family.document)
        search = self.detector.search(family.document, dict(known))
        if not known:
            self.journal.keep(family.document, search)
        members = tuple(self._searched(member) for member in family.members)
        return Examined(family.document, family.format, search, members)


@lru_cache(maxsize=1)
def _knowledge(vault: Vault) -> Knowledge:
    knowledge = vault.get(_KNOWLEDGE)
    if not isinstance(knowledge, Knowledge):
        raise TypeError("the vault holds something else")
    return knowledge


def scan(sources: Sequence[Source], *, detector: Detector | None = None) -> Iterator[Judged]:
    """Search documents without deciding anything; those given together are searched as one request."""
    with tempfile.TemporaryDirectory(prefix="redact-") as folder:
        place = Path(folder)
        found = detector or Detector.load()
        examiner = Examiner(found, Vault(place), Journal(place / "journal", found.version))
        searched = [examiner.search(number, source).traces for number, source in enumerate(sources, 1)]
        examiner.learn([each for family in searched for each in family])
        first = 0
        for number, (source, family) in enumerate(zip(sources, searched, strict=True), 1):
            yield from examiner.judge(number, source, first)
            first += len(family)


def unopened(source: Source, number: int) -> Judged:
    """Return a document that is not opened: nothing of it is known, nor its name repeated."""
    return Judged(numbered(number), source.name, "unopened", "", 1)


def lost(source: Source, number: int, reason: str) -> Judged:
    """Return a document on which a worker was lost; its name is not repeated, for it was not searched."""
    obstacle = Obstacle("lost", reason)
    return Judged(numbered(number), source.name, Unsupported.name, source.digest(), 1, obstacles=(obstacle,))


def unread(source: Source, family: Sequence[Judged]) -> Family:
    """Return a family without its text, for documents of which nothing is released."""
    documents = (Document("", each.format, each.sha256, segments=(), pages=each.pages) for each in family)
    parts = zip(family, documents, strict=True)
    return Family(
        source, tuple(Part(each.label, Examined(document, Unsupported())) for each, document in parts)
    )


def numbered(number: int) -> str:
    """Return what the records call a document whose own name they do not repeat."""
    return f"document-{number:03}"


def _label(source: Source, examined: Examined, detection: Detection, number: int) -> str:
    searched = bool(examined.search.segments) and detection.error is None
    if searched and not any(finding.locator == NAME_LOCATOR for finding in detection.findings):
        return source.name
    return numbered(number) + examined.format.suffix


def _obstacles(document: Document, detection: Detection) -> tuple[Obstacle, ...]:
    if detection.error is None:
        return document.obstacles
    failed = Obstacle("search", f"it could not be searched completely: {detection.error}")
    return (*document.obstacles, failed)
