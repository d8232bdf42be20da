"""Detection over a whole request: each text is analysed, and what was found is put into findings."""

from __future__ import annotations

import os
import time
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from threading import Lock
from typing import TYPE_CHECKING

from recognizers.stretches import Text, overlapping
from redact.analyzer import (
    Profile,
    RecognizerError,
    deadline,
    engine,
    found,
    recognizers_version,
    standard_engine,
)
from redact.document import Document, Segment
from redact.errors import DetectionError
from redact.finding import Finding
from redact.findings import Findings
from redact.judging import Detections, Search, judge

if TYPE_CHECKING:
    from redact.analyzer import AnalyzerEngine, EntityRecognizer

NAME_LOCATOR = "name"
"""Locator of a document's own file name, which is searched like a segment."""


@dataclass(frozen=True, slots=True)
class Bounds:
    """How much of one document is searched, and for how long; beyond them it is withheld."""

    characters: int = 100_000_000
    seconds: float = 60.0
    seconds_per_million: float = 600.0
    """Seconds added for each million characters."""

    def seconds_for(self, characters: int) -> float:
        """Seconds that the search of a document of so many characters may take."""
        return self.seconds + self.seconds_per_million * characters / 1_000_000


class Detector:
    """Finds every entity in the documents of a request; make one with ``load``, share it freely."""

    def __init__(self, recognizers: Iterable[EntityRecognizer], bounds: Bounds | None = None) -> None:
        """Take the recognizers to run, all of them and no others.

        Raises ``ConfigurationError`` where Presidio would not run one of them in full.
        """
        self.bounds = bounds or Bounds()
        self._profile: Profile | None = None
        self._loaded: AnalyzerEngine | None = engine(list(recognizers))

    @classmethod
    def load(
        cls, bounds: Bounds | None = None, spacy_model: str | None = None, *, fast: bool = False
    ) -> Detector:
        """Return a detector with every recognizer of ``recognizers``, loaded once in a process.

        ``spacy_model`` names an installed spaCy package whose names are taken in too; by default what the
        environment variable ``REDACT_SPACY_MODEL`` names, and none if it is unset. ``fast`` leaves the
        learned classifier out: several times the speed, and much is missed. Nothing is downloaded: raises
        ``ConfigurationError`` where something that a recognizer needs is not installed.
        """
        detector = cls.later(bounds, spacy_model, fast=fast)
        detector.ready()
        return detector

    @classmethod
    def later(
        cls, bounds: Bounds | None = None, spacy_model: str | None = None, *, fast: bool = False
    ) -> Detector:
        """Return what ``load`` does, loaded when it first searches: for a process that lets others search."""
        model = os.environ.get("REDACT_SPACY_MODEL", "") if spacy_model is None else spacy_model
        return _detector(bounds or Bounds(), Profile(model, fast))

    def ready(self) -> None:
        """Load what is not loaded yet. Raises ``ConfigurationError`` as ``load`` does."""
        self._engine()

    @property
    def version(self) -> str:
        """The profile and the version of its recognizers: the hash of their code, lexicons and model."""
        return f"{self._profile.name}:{recognizers_version()}" if self._profile else "own"

    def __reduce__(self) -> tuple[Callable[[Bounds, Profile], Detector], tuple[Bounds, Profile]]:
        """Travel to another process as the wish to load there what was loaded here."""
        if self._profile is None:
            raise TypeError("a detector with recognizers of its own cannot be sent to another process")
        return _detector, (self.bounds, self._profile)

    def _engine(self) -> AnalyzerEngine:
        if self._loaded is None and self._profile is not None:
            with _loading:
                self._loaded = standard_engine(self._profile)
        assert self._loaded is not None  # noqa: S101
        return self._loaded

    def detect(self, documents: Sequence[Document]) -> Detections:
        """Search all documents of one request together.

        A document that cannot be searched completely has an error in place of findings; the others are
        searched all the same.
        """
        seen: dict[Text, Findings] = {}
        return judge([self.search(document, seen) for document in documents])

    def detect_text(self, text: str, name: str = "") -> tuple[Finding, ...]:
        """Search one plain text as a request of its own.

        Raises ``DetectionError`` where it cannot be searched completely.
        """
        segments = (Segment("text", text),) if text else ()
        [detection] = self.detect([Document(name, "text", "", segments)])
        if detection.error is not None:
            raise detection.error
        return tuple(detection.findings)

    def search(self, document: Document, seen: dict[Text, Findings] | None = None) -> Search:
        """Find in each segment and in the name of one document, by itself; ``judge`` does the rest.

        ``seen`` keeps what was found in each text, so that identical texts are searched once.
        """
        try:
            return Search(tuple(self._search(document, {} if seen is None else seen)))
        except DetectionError as error:
            return Search(error=error)

    def _search(self, document: Document, seen: dict[Text, Findings]) -> Iterator[tuple[Segment, Findings]]:
        segments = searched_segments(document)
        characters = sum(len(segment.text) for segment in segments)
        if characters > self.bounds.characters:
            raise DetectionError(
                f"the document has {characters} characters, more than the {self.bounds.characters} "
                "that are searched at most: split it"
            )
        ends = time.monotonic() + self.bounds.seconds_for(characters)
        for segment in segments:
            if segment.text not in seen:
                token = deadline.set(ends)
                try:
                    seen[segment.text] = Findings.of(self._analyse(segment))
                except RecognizerError as error:
                    raise DetectionError(f"{error} at {segment.locator}") from None
                except Exception as error:
                    raise DetectionError(
                        f"Presidio's analyzer failed with {type(error).__name__} at {segment.locator}"
                    ) from None
                finally:
                    deadline.reset(token)
            yield segment, seen[segment.text].at(segment.locator)

    def _analyse(self, segment: Segment) -> Iterator[Finding]:
        for start, end in overlapping(len(segment.text)):
            if not (window := segment.text[start:end]).strip():
                continue
            yield from found(self._engine(), window, segment.locator, start)


def searched_segments(document: Document) -> list[Segment]:
    """Return what is searched of a document: its segments, and its file name as one more."""
    name = Segment(NAME_LOCATOR, _readable(document.name))
    return [*document.segments, *([name] if name.text else [])]


def benchmark(*, fast: bool = False) -> Callable[[Sequence[str]], Iterable[Sequence[tuple[int, int, str]]]]:
    """Return the detector in the form in which ``benchmarks.accuracy`` takes one."""
    detector = Detector.load(fast=fast)

    def detect(texts: Sequence[str]) -> Iterator[Sequence[tuple[int, int, str]]]:
        documents = [Document("", "text", "", (Segment("text", text),)) for text in texts]
        for detection in detector.detect(documents):
            if detection.error is not None:
                raise detection.error
            yield [(f.span.start, f.span.end, f.entity) for f in detection.findings]

    return detect


def fast_benchmark() -> Callable[[Sequence[str]], Iterable[Sequence[tuple[int, int, str]]]]:
    """Return the detector of the fast profile in the form in which ``benchmarks.accuracy`` takes one."""
    return benchmark(fast=True)


_loading = Lock()


def _detector(bounds: Bounds, profile: Profile) -> Detector:
    detector = object.__new__(Detector)
    detector.bounds, detector._profile, detector._loaded = bounds, profile, None
    return detector


def _readable(name: str) -> str:
    """Return a file's path with its words set apart; every character keeps its place."""
    return name.replace("_", " ").replace("/", "\n").replace("\\", "\n")
