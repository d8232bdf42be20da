"""How the weights of the evidence on names are made: multinomial logistic regression over the train corpus.

Run ``python -m recognizers.training.names``; it writes ``lexicons/name_weights.json``. Deterministic: the
seed is fixed and the corpus is read in the order of its names. Needs numpy and nothing else.
"""

import json
import random
from collections import Counter
from collections.abc import Iterable, Sequence
from pathlib import Path

import numpy as np

from benchmarks.corpus import Record, load
from recognizers.name_evidence import Evidence
from recognizers.name_mentions import mentions, words
from recognizers.names import KINDS
from recognizers.normalization import normalize

SEED = 20261121
EPOCHS = 12
RATE = 0.15
DECAY = 2e-5
"""Strength of the pull towards zero, for each step in which a weight is used."""
RAREST = 8
"""Fewest mentions that a piece of evidence must be seen on to get a weight."""
WEIGHTS = Path(__file__).resolve().parent.parent / "lexicons" / "name_weights.json"

Example = tuple[list[str], int]
"""The evidence on a mention and its index in ``KINDS``."""


def examples(records: Iterable[Record]) -> list[Example]:
    """Return one example for each mention in the records; one that straddles a mark's edge is what it marks."""
    made: list[Example] = []
    for record in records:
        text = normalize(record.text).text
        if len(text) != len(record.text):
            continue
        kinds = bytearray(len(text))
        for mark in record.marks:
            if mark.category in KINDS:
                length = mark.end - mark.start
                kinds[mark.start : mark.end] = bytes([KINDS.index(mark.category)]) * length
        found = list(mentions(text, words(text)))
        collected = Evidence(text, found)
        for index, mention in enumerate(found):
            [(kind, _)] = Counter(kinds[mention.start : mention.end]).most_common(1)
            made.append((collected.on(index), kind))
    return made


def fit(made: Sequence[Example]) -> dict[str, list[float]]:
    """Fit weights by AdaGrad; returns those of the evidence that is not too rare, rounded."""
    seen = Counter(item for evidence, _ in made for item in set(evidence))
    names = sorted(item for item, count in seen.items() if count >= RAREST)
    index = {name: position for position, name in enumerate(names)}
    rows = [(np.array([index[i] for i in set(evidence) if i in index]), kind) for evidence, kind in made]
    weights = np.zeros((len(names), len(KINDS)))
    squares = np.full(weights.shape, 1e-2)
    average = np.zeros_like(weights)
    order = list(range(len(rows)))
    chance = random.Random(SEED)  # noqa: S311
    for epoch in range(EPOCHS):
        chance.shuffle(order)
        for position in order:
            active, kind = rows[position]
            sums = weights[active].sum(axis=0)
            powers = np.exp(sums - sums.max())
            slope = powers / powers.sum()
            slope[kind] -= 1.0
            step = slope + DECAY * weights[active] * len(rows) / 100
            squares[active] += step**2
            weights[active] -= RATE * step / np.sqrt(squares[active])
        if epoch >= EPOCHS // 2:
            average += weights
    average /= EPOCHS - EPOCHS // 2
    return {name: [round(float(w), 2) for w in average[position]] for name, position in index.items()}


def main() -> None:
    """Fit on the train corpus and write the weights."""
    weights = fit(examples(load("train")))
    lines = ",\n".join(f" {json.dumps(name)}: {json.dumps(row)}" for name, row in sorted(weights.items()))
    WEIGHTS.write_text("{\n" + lines + "\n}\n", encoding="utf-8")
    print(f"{len(weights)} weights written to {WEIGHTS.name}")


if __name__ == "__main__":
    main()
