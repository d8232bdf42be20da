"""Evidence weighed: named pieces of evidence, a weight of each for every kind, probabilities of the kinds.

The weights are data, fitted by ``recognizers.training.evidence`` (multinomial logistic regression), so what a
recognizer holds likely can be read, and explained by the weightiest piece.
"""

import json
import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache

from recognizers.word_classes import LEXICONS


@dataclass(frozen=True, slots=True)
class Weights:
    """What each piece of evidence says for each kind."""

    kinds: int
    table: dict[str, tuple[float, ...]]

    def probabilities(self, evidence: Iterable[str]) -> tuple[float, ...]:
        """Return the probability of each kind; evidence without a weight says nothing."""
        sums = [0.0] * self.kinds
        for item in dict.fromkeys(evidence):  # not a set: the order of a sum must not change from run to run
            for kind, weight in enumerate(self.table.get(item, ())):
                sums[kind] += weight
        top = max(sums)
        powers = [math.exp(total - top) for total in sums]
        return tuple(power / sum(powers) for power in powers)

    def weightiest(self, evidence: Sequence[str], kind: int) -> str:
        """Return the piece of evidence that speaks most for ``kind`` against the others."""

        def margin(item: str) -> tuple[float, str]:
            row = self.table.get(item, (0.0,) * self.kinds)
            return row[kind] - (sum(row) - row[kind]) / (self.kinds - 1), item

        return max(evidence, key=margin)


@lru_cache(maxsize=4)
def weights(name: str) -> Weights:
    """Return the weights in ``lexicons/<name>_weights.json``."""
    table = json.loads((LEXICONS / f"{name}_weights.json").read_text(encoding="utf-8"))
    return Weights(len(next(iter(table.values()))), {item: tuple(row) for item, row in table.items()})
