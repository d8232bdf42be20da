"""Names of people, and which of them act in office."""

import json
import math
from collections.abc import Iterator, Sequence
from functools import lru_cache

from recognizers.context import LEXICONS
from recognizers.entities import OFFICIAL
from recognizers.name_evidence import Evidence
from recognizers.name_mentions import mentions, words
from recognizers.recognizer import Hit, TextRecognizer

PERSON = "PERSON"
KINDS = ("neither", PERSON, OFFICIAL)
"""What a mention can be, in the order of the weights."""
_REPORTED = 0.2


@lru_cache(maxsize=1)
def _weights() -> dict[str, tuple[float, float, float]]:
    table = json.loads((LEXICONS / "name_weights.json").read_text(encoding="utf-8"))
    return {name: (row[0], row[1], row[2]) for name, row in table.items()}


def probabilities(evidence: Sequence[str]) -> tuple[float, float, float]:
    """Weigh the evidence on one mention: the probabilities of each of ``KINDS``."""
    weights = _weights()
    sums = [0.0, 0.0, 0.0]
    for item in evidence:
        if row := weights.get(item):
            for kind in range(3):
                sums[kind] += row[kind]
    top = max(sums)
    powers = [math.exp(total - top) for total in sums]
    return powers[0] / sum(powers), powers[1] / sum(powers), powers[2] / sum(powers)


def weightiest(evidence: Sequence[str], kind: int) -> str:
    """Return the piece of evidence that speaks most for ``kind`` against the others."""
    weights = _weights()

    def margin(item: str) -> float:
        row = weights.get(item, (0.0, 0.0, 0.0))
        return 2 * row[kind] - sum(row)

    return max(evidence, key=margin)


class NameRecognizer(TextRecognizer):
    """Finds names by lists, shape and what stands around them; says which are those of officials.

    A name is reported as ``PERSON``, and as ``OFFICIAL`` beside it as far as that is likely: whoever uses the
    recognizer weighs the two scores, also over all places where the same person is named.
    """

    ENTITIES = (PERSON, OFFICIAL)

    def find(self, text: str) -> Iterator[Hit]:
        """Yield a hit for each mention that is likely a name."""
        found = list(mentions(text, words(text)))
        collected = Evidence(text, found)
        for index, mention in enumerate(found):
            evidence = collected.on(index)
            neither, private, official = probabilities(evidence)
            if neither > 0.5:
                continue
            cue = weightiest(evidence, 1)
            yield Hit(PERSON, mention.start, mention.end, max(private, 0.5), "name", cue)
            if official >= _REPORTED:
                cue = weightiest(evidence, 2)
                yield Hit(OFFICIAL, mention.start, mention.end, official, "official's name", cue)
