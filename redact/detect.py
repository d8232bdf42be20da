"""Detection over a whole request: Presidio's analyzer with an explicit list of recognizers.

This is the only module of Redact that imports presidio-analyzer, and only when a detector is loaded.
"""

from __future__ import annotations

import math
import os
import time
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextvars import ContextVar
from dataclasses import dataclass, replace
from functools import cache, lru_cache
from hashlib import sha256
from pathlib import Path
from sys import intern
from threading import Lock
from typing import TYPE_CHECKING

from recognizers.entities import ENTITIES, OFFICIAL
from redact.document import Document, Segment, Span
from redact.errors import ConfigurationError, DetectionError
from redact.finding import Finding
from redact.judging import Detections, Search, judge

if TYPE_CHECKING:
    from presidio_analyzer import AnalyzerEngine, ContextAwareEnhancer, EntityRecognizer, RecognizerResult
    from presidio_analyzer.nlp_engine import NlpArtifacts

LANGUAGE = "en"
"""The one language that recognizers are registered under; they look for Spanish wording as well."""
NAME_LOCATOR = "name"
"""Locator of a document's own file name, which is searched like a segment."""
WINDOW = 100_000
"""Longest text that is analysed at once, in characters; longer ones are searched in windows."""
OVERLAP = 2_000
"""Characters that two neighbouring windows share, so that nothing is lost at a seam."""


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


@dataclass(frozen=True, slots=True)
class Profile:
    """Which of the standard recognizers run."""

    spacy_model: str = ""
    """An installed spaCy package whose names are taken in too; none if empty."""
    fast: bool = False
    """Whether the learned classifier is left out."""

    @property
    def name(self) -> str:
        """What records call it."""
        return "+".join(filter(None, ("fast" if self.fast else "full", self.spacy_model)))


class Detector:
    """Finds every entity in the documents of a request; make one with ``load``, share it freely."""

    def __init__(self, recognizers: Iterable[EntityRecognizer], bounds: Bounds | None = None) -> None:
        """Take the recognizers to run, all of them and no others.

        Raises ``ConfigurationError`` where Presidio would not run one of them in full.
        """
        self.bounds = bounds or Bounds()
        self._profile: Profile | None = None
        self._loaded: AnalyzerEngine | None = _engine(list(recognizers))

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
        return f"{self._profile.name}:{_recognizers()}" if self._profile else "own"

    def __reduce__(self) -> tuple[Callable[[Bounds, Profile], Detector], tuple[Bounds, Profile]]:
        """Travel to another process as the wish to load there what was loaded here."""
        if self._profile is None:
            raise TypeError("a detector with recognizers of its own cannot be sent to another process")
        return _detector, (self.bounds, self._profile)

    def _engine(self) -> AnalyzerEngine:
        if self._loaded is None and self._profile is not None:
            with _loading:
                self._loaded = _standard_engine(self._profile)
        assert self._loaded is not None  # noqa: S101
        return self._loaded

    def detect(self, documents: Sequence[Document]) -> Detections:
        """Search all documents of one request together.

        A document that cannot be searched completely has an error in place of findings; the others are
        searched all the same.
        """
        seen: dict[str, list[Finding]] = {}
        return judge([self.search(document, seen) for document in documents])

    def detect_text(self, text: str, name: str = "") -> tuple[Finding, ...]:
        """Search one plain text as a request of its own.

        Raises ``DetectionError`` where it cannot be searched completely.
        """
        segments = (Segment("text", text),) if text else ()
        [detection] = self.detect([Document(name, "text", "", segments)])
        if detection.error is not None:
            raise detection.error
        return detection.findings

    def search(self, document: Document, seen: dict[str, list[Finding]] | None = None) -> Search:
        """Find in each segment and in the name of one document, by itself; ``judge`` does the rest.

        ``seen`` keeps what was found in each text, so that identical texts are searched once.
        """
        try:
            return Search(tuple(self._search(document, {} if seen is None else seen)))
        except DetectionError as error:
            return Search(error=error)

    def _search(
        self, document: Document, seen: dict[str, list[Finding]]
    ) -> Iterator[tuple[Segment, Sequence[Finding]]]:
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
                deadline = _deadline.set(ends)
                try:
                    seen[segment.text] = list(self._analyse(segment))
                except _RecognizerError as error:
                    raise DetectionError(f"{error} at {segment.locator}") from None
                except Exception as error:
                    raise DetectionError(
                        f"Presidio's analyzer failed with {type(error).__name__} at {segment.locator}"
                    ) from None
                finally:
                    _deadline.reset(deadline)
            yield segment, [_at(segment.locator, finding) for finding in seen[segment.text]]

    def _analyse(self, segment: Segment) -> Iterator[Finding]:
        for start, end in windows(len(segment.text)):
            if not (window := segment.text[start:end]).strip():
                continue
            for result in self._engine().analyze(window, LANGUAGE, return_decision_process=True):
                yield _finding(result, segment.locator, start)


def searched_segments(document: Document) -> list[Segment]:
    """Return what is searched of a document: its segments, and its file name as one more."""
    name = Segment(NAME_LOCATOR, _readable(document.name))
    return [*document.segments, *([name] if name.text else [])]


def windows(length: int) -> Iterator[tuple[int, int]]:
    """Yield the half-open ranges in which a text of ``length`` characters is searched, overlapping."""
    start = 0
    while start + WINDOW < length:
        yield start, start + WINDOW
        start += WINDOW - OVERLAP
    if length:
        yield start, length


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


class _RecognizerError(Exception):
    """A recognizer failed; names it, and never holds text."""


_PARTS = frozenset({".py", ".toml", ".txt", ".json", ".onnx"})
_loading = Lock()
_deadline: ContextVar[float] = ContextVar("_deadline")


def _detector(bounds: Bounds, profile: Profile) -> Detector:
    detector = object.__new__(Detector)
    detector.bounds, detector._profile, detector._loaded = bounds, profile, None
    return detector


@cache
def _recognizers() -> str:
    """A version of the recognizers: the hash of their code, lexicons and model."""
    import recognizers

    folder = Path(recognizers.__file__).parent
    digest = sha256()
    for path in sorted(folder.glob("**/*")):
        if path.suffix in _PARTS and not {"corpus", "training"} & set(path.relative_to(folder).parts):
            digest.update(path.read_bytes())
    return digest.hexdigest()[:12]


@lru_cache(maxsize=4)
def _standard_engine(profile: Profile) -> AnalyzerEngine:
    from recognizers import recognizers

    found = recognizers()
    if profile.fast:
        found = [each for each in found if type(each).__name__ != "LearnedRecognizer"]
    if profile.spacy_model:
        from recognizers.spacy_names import SpacyNames

        try:
            found.append(SpacyNames(profile.spacy_model))
        except (ImportError, OSError):
            raise ConfigurationError(
                f"the spaCy model {profile.spacy_model} is not installed: install it, or unset "
                "REDACT_SPACY_MODEL"
            ) from None
    engine = _engine(found)
    trial = _deadline.set(math.inf)
    try:
        engine.analyze("Trial", LANGUAGE)
    except _RecognizerError as error:
        raise ConfigurationError(
            f"{error} on a trial text, so something that it needs is missing: install the package again"
        ) from None
    finally:
        _deadline.reset(trial)
    return engine


def _engine(recognizers: Sequence[EntityRecognizer]) -> AnalyzerEngine:
    """Make an analyzer that runs ``recognizers``, all and no others, and needs no network.

    None of Presidio's own recognizers is among them: what they find, ours find better, and its pattern
    recognizers swallow time-outs. So no spaCy pipe runs either.
    """
    from presidio_analyzer import AnalyzerEngine, PatternRecognizer, RecognizerRegistry
    from presidio_analyzer.nlp_engine import NoOpNlpEngine

    if not recognizers:
        raise ConfigurationError("no recognizer is registered, so nothing could be found")
    for recognizer in recognizers:
        unknown = set(recognizer.supported_entities) - {*ENTITIES, OFFICIAL}
        if unknown:
            raise ConfigurationError(
                f"{type(recognizer).__name__} reports entities outside the vocabulary: {unknown}"
            )
        if recognizer.supported_language != LANGUAGE:
            raise ConfigurationError(
                f"{type(recognizer).__name__} is not registered under {LANGUAGE!r} and would not run"
            )
        if isinstance(recognizer, PatternRecognizer):
            raise ConfigurationError(
                f"{type(recognizer).__name__} is a PatternRecognizer, which skips text on a time-out"
            )
        if recognizer.context:
            raise ConfigurationError(
                f"{type(recognizer).__name__} wants context words, which need a tagger that does not run"
            )
    engine = AnalyzerEngine(
        registry=RecognizerRegistry(_guarded(recognizers), supported_languages=[LANGUAGE]),
        nlp_engine=NoOpNlpEngine([{"lang_code": LANGUAGE, "model_name": "none"}]),
        supported_languages=[LANGUAGE],
        context_aware_enhancer=_as_found(),
    )
    if len(engine.get_recognizers(LANGUAGE)) != len(recognizers):
        raise ConfigurationError("Presidio would not run every recognizer")
    return engine


def _as_found() -> ContextAwareEnhancer:
    """Return what leaves results as they are; Presidio's own copies each, and has no context words to use."""
    from presidio_analyzer import ContextAwareEnhancer

    class AsFound(ContextAwareEnhancer):
        def enhance_using_context(
            self,
            text: str,
            raw_results: list[RecognizerResult],
            nlp_artifacts: NlpArtifacts,
            recognizers: list[EntityRecognizer],
            context: list[str] | None = None,
        ) -> list[RecognizerResult]:
            return raw_results

    return AsFound(0.0, 0.0, 0, 0)


def _guarded(recognizers: Sequence[EntityRecognizer]) -> list[EntityRecognizer]:
    """Wrap each recognizer so that its failure names it, and that none starts after the time bound."""
    from presidio_analyzer import EntityRecognizer, RecognizerResult

    class Guarded(EntityRecognizer):
        name: str

        def __init__(self, inner: EntityRecognizer) -> None:
            super().__init__(supported_entities=list(inner.supported_entities), name=type(inner).__name__)
            self._inner = inner

        def load(self) -> None:
            pass

        def analyze(
            self, text: str, entities: list[str], nlp_artifacts: NlpArtifacts
        ) -> list[RecognizerResult]:
            if time.monotonic() > _deadline.get():
                raise _RecognizerError(f"the time bound was reached before {self.name}")
            try:
                # Without a choice of entities: what is not declared must fail here, not vanish.
                results = self._inner.analyze(text, [], nlp_artifacts)
            except Exception as error:
                raise _RecognizerError(f"{self.name} failed with {type(error).__name__}") from None
            if time.monotonic() > _deadline.get():
                raise _RecognizerError(f"the time bound was reached in {self.name}")
            for result in results:
                if result.entity_type not in self.supported_entities:
                    raise _RecognizerError(f"{self.name} reported an entity that it does not declare")
                # Presidio drops results that do not carry the identifier of the recognizer that it ran.
                result.recognition_metadata = {
                    RecognizerResult.RECOGNIZER_NAME_KEY: self.name,
                    RecognizerResult.RECOGNIZER_IDENTIFIER_KEY: self.id,
                }
            return results

    return [Guarded(recognizer) for recognizer in recognizers]


def _at(locator: str, finding: Finding) -> Finding:
    return finding if finding.locator == locator else replace(finding, locator=locator)


def _finding(result: RecognizerResult, locator: str, offset: int) -> Finding:
    """Turn Presidio's result into a finding. The few names and cues of very many are each in memory once."""
    explanation = result.analysis_explanation
    cue = explanation.textual_explanation or "" if explanation else ""
    return Finding(
        locator=locator,
        span=Span(offset + result.start, offset + result.end),
        entity=result.entity_type,
        # A sum in another order differs in the last digits: what is decided must not.
        score=round(result.score, 6),
        recognizer=intern(str(result.recognition_metadata["recognizer_name"])),
        pattern=intern(explanation.pattern_name or "") if explanation else "",
        cue=intern(cue.removeprefix("cue: ")),
    )


def _readable(name: str) -> str:
    """Return a file's path with its words set apart; every character keeps its place."""
    return name.replace("_", " ").replace("/", "\n").replace("\\", "\n")
