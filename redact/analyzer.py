"""The analyzer: Presidio's, with an explicit list of recognizers, of which each runs in full or fails loudly.

This is the only module of Redact that imports presidio-analyzer, and only when an engine is made.
"""

from __future__ import annotations

import math
import time
from collections.abc import Iterator, Sequence
from contextvars import ContextVar
from dataclasses import dataclass
from functools import cache, lru_cache
from hashlib import sha256
from pathlib import Path
from sys import intern
from typing import TYPE_CHECKING

from recognizers.entities import ENTITIES, OFFICIAL
from redact.document import Span
from redact.errors import ConfigurationError
from redact.finding import Finding

if TYPE_CHECKING:
    from presidio_analyzer import AnalyzerEngine as AnalyzerEngine
    from presidio_analyzer import ContextAwareEnhancer, RecognizerResult
    from presidio_analyzer import EntityRecognizer as EntityRecognizer
    from presidio_analyzer.nlp_engine import NlpArtifacts

LANGUAGE = "en"
"""The one language that recognizers are registered under; they look for Spanish wording as well."""
deadline: ContextVar[float] = ContextVar("deadline")
"""When the search of a document must have ended (``time.monotonic``); set by whoever analyses."""
_PARTS = frozenset({".py", ".toml", ".txt", ".json", ".onnx"})
"""Endings of the files that the recognizers are made of."""


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


class RecognizerError(Exception):
    """A recognizer failed; names it, and never holds text."""


@cache
def recognizers_version() -> str:
    """A version of the recognizers: the hash of their code, lexicons and model."""
    import recognizers

    folder = Path(recognizers.__file__).parent
    digest = sha256()
    for path in sorted(folder.glob("**/*")):
        if path.suffix in _PARTS and not {"corpus", "training"} & set(path.relative_to(folder).parts):
            digest.update(path.read_bytes())
    return digest.hexdigest()[:12]


@lru_cache(maxsize=4)
def standard_engine(profile: Profile) -> AnalyzerEngine:
    """Make the analyzer of a profile, once in a process, and try it.

    Raises ``ConfigurationError`` where something that a recognizer needs is not installed.
    """
    from recognizers import recognizers

    found = recognizers(fast=profile.fast)
    if profile.spacy_model:
        from recognizers.spacy_names import SpacyNames

        try:
            found.append(SpacyNames(profile.spacy_model))
        except (ImportError, OSError):
            raise ConfigurationError(
                f"the spaCy model {profile.spacy_model} is not installed: install it, or unset "
                "REDACT_SPACY_MODEL"
            ) from None
    made = engine(found)
    trial = deadline.set(math.inf)
    try:
        made.analyze("Trial", LANGUAGE)
    except RecognizerError as error:
        raise ConfigurationError(
            f"{error} on a trial text, so something that it needs is missing: install the package again"
        ) from None
    finally:
        deadline.reset(trial)
    return made


def engine(recognizers: Sequence[EntityRecognizer]) -> AnalyzerEngine:
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
    made = AnalyzerEngine(
        registry=RecognizerRegistry(_guarded(recognizers), supported_languages=[LANGUAGE]),
        nlp_engine=NoOpNlpEngine([{"lang_code": LANGUAGE, "model_name": "none"}]),
        supported_languages=[LANGUAGE],
        context_aware_enhancer=_as_found(),
    )
    if len(made.get_recognizers(LANGUAGE)) != len(recognizers):
        raise ConfigurationError("Presidio would not run every recognizer")
    return made


def found(engine: AnalyzerEngine, text: str, locator: str, offset: int) -> Iterator[Finding]:
    """Analyse a stretch of a segment that begins at its character ``offset``, and yield what is found.

    Raises ``RecognizerError``, and whatever Presidio raises itself.
    """
    for result in engine.analyze(text, LANGUAGE, return_decision_process=True):
        yield _finding(result, locator, offset)


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

    class OfRecognizer(RecognizerResult):
        """A result that only a likelier one of its own recognizer makes needless.

        Presidio drops what lies in a likelier result of its entity. Thresholds are each recognizer's own
        here: the likelier result of another may yet be below its own, and then nothing would be left.
        """

        def contained_in(self, other: RecognizerResult) -> bool:
            return self._is_of(other) and super().contained_in(other)

        def __eq__(self, other: object) -> bool:
            return isinstance(other, RecognizerResult) and self._is_of(other) and super().__eq__(other)

        __hash__ = RecognizerResult.__hash__

        def _is_of(self, other: RecognizerResult) -> bool:
            return bool(self.recognition_metadata == other.recognition_metadata)

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
            if time.monotonic() > deadline.get():
                raise RecognizerError(f"the time bound was reached before {self.name}")
            try:
                # Without a choice of entities: what is not declared must fail here, not vanish.
                results = self._inner.analyze(text, [], nlp_artifacts)
            except Exception as error:
                raise RecognizerError(f"{self.name} failed with {type(error).__name__}") from None
            if time.monotonic() > deadline.get():
                raise RecognizerError(f"the time bound was reached in {self.name}")
            if any(result.entity_type not in self.supported_entities for result in results):
                raise RecognizerError(f"{self.name} reported an entity that it does not declare")
            # Presidio drops results that do not carry the identifier of the recognizer that it ran.
            metadata = {
                RecognizerResult.RECOGNIZER_NAME_KEY: self.name,
                RecognizerResult.RECOGNIZER_IDENTIFIER_KEY: self.id,
            }
            return [
                OfRecognizer(r.entity_type, r.start, r.end, r.score, r.analysis_explanation, metadata)
                for r in results
            ]

    return [Guarded(recognizer) for recognizer in recognizers]
