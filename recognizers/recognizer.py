"""The base of our recognizers: patterns run on normalised text, findings lie on the original."""

from abc import abstractmethod
from collections.abc import Iterable
from dataclasses import dataclass

from presidio_analyzer import AnalysisExplanation, EntityRecognizer, RecognizerResult
from presidio_analyzer.nlp_engine import NlpArtifacts

from recognizers.normalization import normalize
from recognizers.plausibility import plausible
from recognizers.public_numbers import public_number

MAX_CHARACTERS = 2_000_000
"""Longest text that one call takes; longer texts are windowed by the caller."""


MODEL = "model"
"""The pattern of what the classifier finds: identifiers among it are held against their shape and cue."""


CERTAIN = 0.9
"""From this score on a number was checked in full: no label before it says otherwise."""


class InputBoundError(ValueError):
    """A text is longer than a recognizer takes: it was not searched, so it must be withheld."""


@dataclass(frozen=True, slots=True)
class Hit:
    """One occurrence in the normalised text; never the text itself."""

    entity: str
    start: int
    end: int
    score: float
    """Confidence between 0 and 1."""
    pattern: str
    """Name of the pattern, lexicon or model that found it."""
    cue: str = ""
    """The context that supports it, from our own lexicons only: never words of the document."""


class TextRecognizer(EntityRecognizer):
    """A Presidio recognizer that finds hits in normalised text.

    Subclasses set ``ENTITIES`` and implement ``find``.
    """

    ENTITIES: tuple[str, ...] = ()
    name: str

    def __init__(self) -> None:
        super().__init__(supported_entities=list(self.ENTITIES), name=type(self).__name__)

    def load(self) -> None:
        """Nothing to load; Presidio calls this on construction."""

    @abstractmethod
    def find(self, text: str) -> Iterable[Hit]:
        """Yield the hits in ``text``, which is in normal form."""

    def analyze(
        self, text: str, entities: list[str] | None = None, nlp_artifacts: NlpArtifacts | None = None
    ) -> list[RecognizerResult]:
        """Find the wanted ``entities`` (all if none are named) in ``text``; offsets are the original's.

        Raises ``InputBoundError`` where the text is longer than ``MAX_CHARACTERS``.
        """
        if len(text) > MAX_CHARACTERS:
            raise InputBoundError(f"{self.name} takes at most {MAX_CHARACTERS} characters at a time")
        normal = normalize(text)
        results = []
        for hit in self.find(normal.text):
            if entities and hit.entity not in entities:
                continue
            if hit.pattern == MODEL:
                if not plausible(normal.text, hit.entity, hit.start, hit.end):
                    continue
            elif hit.score < CERTAIN and public_number(normal.text, hit.entity, hit.start, hit.end):
                continue
            start, end = normal.original(hit.start, hit.end)
            explanation = AnalysisExplanation(
                recognizer=self.name,
                original_score=hit.score,
                pattern_name=hit.pattern,
                textual_explanation=f"cue: {hit.cue}" if hit.cue else "",
            )
            results.append(
                RecognizerResult(
                    entity_type=hit.entity,
                    start=start,
                    end=end,
                    score=hit.score,
                    analysis_explanation=explanation,
                    recognition_metadata={
                        RecognizerResult.RECOGNIZER_NAME_KEY: self.name,
                        RecognizerResult.RECOGNIZER_IDENTIFIER_KEY: self.id,
                    },
                )
            )
        return results
