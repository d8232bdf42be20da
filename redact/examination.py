"""Examination: a document is read and searched by itself, its members too, and judged once all others were.

What was read lies in a vault in between, so that no more documents are in memory than are worked on.
"""

import tempfile
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from functools import lru_cache, partial
from hashlib import sha256
from itertools import islice
from pathlib import Path

from pydantic import TypeAdapter

from recognizers.record_types import record_type
from recognizers.stretches import Text
from redact import incidents
from redact.arrests import arrested
from redact.detect import NAME_LOCATOR, Detector
from redact.document import Document, Obstacle
from redact.errors import RedactError
from redact.finding import Finding
from redact.findings import Findings
from redact.formats import family as formats
from redact.formats.family import read_family
from redact.formats.interface import Format
from redact.formats.unsupported import Unsupported
from redact.informants import informants
from redact.journal import Journal
from redact.judging import Detection, Knowledge, Search, Traces, traces
from redact.people import Keep, Present
from redact.privilege import privileged
from redact.request import Term
from redact.shelf import Shelf
from redact.shelter import NO_NUMBERS, IncidentNumbers, numbers_in
from redact.source import Source
from redact.term_search import find
from redact.trait import Trait
from redact.vault import Vault
from redact.victims import victims

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
    final: bool = True
    """Whether to read it again would come to the same."""

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
    findings: Findings = field(default_factory=Findings)
    """Judged over the whole request; those in the file's own name have the locator ``name``."""
    terms: tuple[Finding, ...] = ()
    """Where the terms of the request stand."""
    obstacles: tuple[Obstacle, ...] = ()
    record_type: str | None = None
    """What its headings show it to be."""
    arrested: frozenset[int] = frozenset()
    """Subject numbers of those of whom it says that they were arrested."""
    victims: frozenset[int] = frozenset()
    """Subject numbers of those of whom it plainly says that they are a victim."""
    sheltered: bool = False
    """Whether it tells of a crime whose victims are protected wholly."""
    numbers: IncidentNumbers = NO_NUMBERS
    """By which it says of which incident it tells."""
    traits: tuple[Trait, ...] = ()
    """What it shows as a whole that an office must decide on."""


_JUDGED = TypeAdapter(tuple[Judged, ...])


@dataclass(frozen=True, slots=True)
class Examiner:
    """Examines the documents of one run, each known by its number from 1; may be sent to other processes."""

    detector: Detector
    vault: Vault
    journal: Journal

    def search(self, number: int, source: Source) -> Searched:
        """Read one document and search it by itself; what goes wrong becomes an obstacle to its release."""
        examined = self._read(source)
        family = [each for _, each in examined.family()]
        self.vault.put(str(number), examined)
        return Searched(examined.document.pages, tuple(traces(each.search) for each in family))

    def learn(self, documents: Iterable[Traces], keep: Keep) -> Knowledge:
        """Put together what all documents told, parents first; each is judged with that afterwards."""
        knowledge = Knowledge(documents, keep)
        self.vault.put(_KNOWLEDGE, knowledge)
        return knowledge

    def judge(
        self,
        number: int,
        source: Source,
        present: Sequence[Present],
        terms: Sequence[Term] = (),
        digest: str = "",
        key: str = "",
    ) -> tuple[Judged, ...]:
        """Judge a searched family; ``present`` tells of each document of it who is meant there.

        With a ``key`` the journal keeps that, if the source had the SHA-256 ``digest`` when it was read.
        """
        knowledge = _knowledge(self.vault)
        examined = self._examined(number, source)
        judged: list[Judged] = []
        for here, (path, each) in zip(present, examined.family(), strict=True):
            detection = knowledge.judge(here, each.search)
            document = each.document
            text = _read(document)
            findings = incidents.told(each.search.segments, detection.findings)
            judged.append(
                Judged(
                    judged[0].label + path if judged else _label(source, each, detection, number),
                    source.name,
                    document.format,
                    document.sha256,
                    document.pages,
                    findings,
                    tuple(find(document.segments, terms)) if terms else (),
                    _obstacles(document, detection),
                    record_type(text) if len(text) else None,
                    arrested(document.segments, findings),
                    victims(document.segments, findings),
                    incidents.tells_of_sheltered(document.segments),
                    numbers_in(document.segments),
                    _traits(document),
                )
            )
        if key and examined.final and examined.document.sha256 == digest:
            # A name may hold a value, and is known anyway.
            self.journal.keep(key, _JUDGED, tuple(replace(each, path="") for each in judged))
        return tuple(judged)

    def recall(self, source: Source, key: str) -> tuple[Judged, ...] | None:
        """Return what the journal kept of a judged family; None if it must be judged."""
        kept: tuple[Judged, ...] | None = self.journal.recall(key, _JUDGED)
        return None if kept is None else tuple(replace(each, path=source.name) for each in kept)

    def family(self, number: int, source: Source, judged: Sequence[Judged]) -> Family | None:
        """Return a judged family with its text; None if that is not the text that was judged."""
        # What was found by itself is judged now, and can be as much as the text.
        examined = [replace(each, search=Search()) for _, each in self._examined(number, source).family()]
        if [each.document.sha256 for each in examined] != [each.sha256 for each in judged]:
            return None
        parts = zip(judged, examined, strict=True)
        return Family(source, tuple(Part(each.label, found) for each, found in parts))

    def _examined(self, number: int, source: Source) -> Examined:
        """Return a document as it was put aside; read again where an earlier run judged it."""
        try:
            examined = self.vault.get(str(number))
        except FileNotFoundError:
            return self._read(source)
        if not isinstance(examined, Examined):
            raise TypeError("the vault holds something else")
        return examined

    def _read(self, source: Source) -> Examined:
        digest, final = "", True
        try:
            data = source.load()
            digest = sha256(data).hexdigest()
            return self._searched(read_family(data, source.name))
        except OSError as error:
            reason = f"the file cannot be read: {error.strerror}"
        except RedactError as error:
            reason = str(error)
        except MemoryError:
            reason, final = "it takes more memory than a document may; split it", False
        except Exception as error:
            reason = f"reading it failed ({type(error).__name__}); convert it and submit it again"
        obstacle = Obstacle("unreadable", reason)
        document = Document(source.name, Unsupported.name, digest, segments=(), obstacles=(obstacle,))
        return Examined(document, Unsupported(), final=final)

    def _searched(self, family: formats.Family) -> Examined:
        known = self.journal.recall_search(family.document)
        search = self.detector.search(family.document, dict(known))
        if not known:
            self.journal.keep_search(family.document, search)
        members = tuple(self._searched(member) for member in family.members)
        final = search.error is None and all(member.final for member in members)
        return Examined(family.document, family.format, search, members, final)


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
        searched = Shelf(place, (examiner.search(number, source) for number, source in enumerate(sources, 1)))
        present = iter(examiner.learn(Told(searched), partial(Shelf, place)).present)
        for number, (source, family) in enumerate(zip(sources, searched, strict=True), 1):
            yield from examiner.judge(number, source, list(islice(present, len(family.traces))))


@dataclass(frozen=True, slots=True)
class Told(Iterable[Traces]):
    """The traces of all documents, to be gone through more than once."""

    families: Iterable[Searched]

    def __iter__(self) -> Iterator[Traces]:
        return (each for family in self.families for each in family.traces)


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


def _read(document: Document) -> Text:
    """Return what a reader sees of a document."""
    texts = [segment.text for segment in document.segments if segment.visible]
    return texts[0] if len(texts) == 1 else "\n".join(map(str, texts))


def _label(source: Source, examined: Examined, detection: Detection, number: int) -> str:
    searched = bool(examined.search.segments) and detection.error is None
    if searched and not any(finding.locator == NAME_LOCATOR for finding in detection.findings):
        return source.name
    return numbered(number) + examined.format.suffix


def _traits(document: Document) -> tuple[Trait, ...]:
    return tuple(filter(None, (privileged(document.segments), informants(document.segments))))


def _obstacles(document: Document, detection: Detection) -> tuple[Obstacle, ...]:
    if detection.error is None:
        return document.obstacles
    failed = Obstacle("search", f"it could not be searched completely: {detection.error}")
    return (*document.obstacles, failed)
