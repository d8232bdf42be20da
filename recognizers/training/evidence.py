"""How the weights of the evidence on names and addresses are made: logistic regression over the train corpus.

Run ``python -m recognizers.training.evidence``; it writes ``lexicons/name_weights.json`` and
``lexicons/address_weights.json``. Deterministic: the seed is fixed and the corpus is read in the order of its
names. Needs numpy and nothing else, and about two minutes.
"""

import json
import random
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path

import numpy as np

from benchmarks.corpus import CATEGORY_TO_ENTITY, Record, load
from recognizers import addresses, names
from recognizers.name_evidence import Evidence
from recognizers.name_mentions import mentions, words
from recognizers.normalization import normalize

SEED = 20261121
EPOCHS = 12
RATE = 0.15
DECAY = 5.0
"""Strength of the pull towards zero in each step in which a weight is used."""
RAREST = 25
"""Fewest examples that a piece of evidence must be seen on to get a weight."""
LEXICONS = Path(__file__).resolve().parent.parent / "lexicons"

Example = tuple[Sequence[str], int]
"""Evidence, and the index of the kind that it should speak for."""


def _marked(record: Record, kinds: Sequence[str]) -> tuple[str, bytearray] | None:
    """Return the normalised text and the kind of each of its characters; None where offsets differ."""
    text = normalize(record.text).text
    if len(text) != len(record.text):
        return None
    marked = bytearray(len(text))
    for mark in record.marks:
        entity = CATEGORY_TO_ENTITY.get(mark.category, mark.category)
        if entity in kinds:
            marked[mark.start : mark.end] = bytes([kinds.index(entity)]) * (mark.end - mark.start)
    return text, marked


def name_examples(records: Iterable[Record]) -> Iterator[Example]:
    """Yield one example for each mention; one that straddles the edge of a mark is what most of it is."""
    for record in records:
        if found := _marked(record, names.KINDS):
            text, marked = found
            candidates = list(mentions(text, words(text)))
            collected = Evidence(text, candidates)
            for index, mention in enumerate(candidates):
                [(kind, _)] = Counter(marked[mention.start : mention.end]).most_common(1)
                yield collected.on(index), kind


def address_examples(records: Iterable[Record]) -> Iterator[Example]:
    """Yield one example for each place that has the shape of an address."""
    for record in records:
        if found := _marked(record, addresses.KINDS):
            text, marked = found
            for place in addresses.places(text):
                inside = sum(marked[place.start : place.end])
                yield list(addresses.evidence(text, place)), int(2 * inside > place.end - place.start)


def fit(examples: Iterable[Example], kinds: int) -> dict[str, list[float]]:
    """Fit weights by AdaGrad; returns those of the evidence that is not too rare, rounded."""
    made = [(sorted(set(evidence)), kind) for evidence, kind in examples]
    seen = Counter(item for evidence, _ in made for item in evidence)
    items = sorted(item for item, count in seen.items() if count >= RAREST)
    index = {item: position for position, item in enumerate(items)}
    rows = [(np.array([index[i] for i in evidence if i in index]), kind) for evidence, kind in made]
    table = np.zeros((len(items), kinds))
    squares = np.full(table.shape, 1e-2)
    average = np.zeros_like(table)
    order = list(range(len(rows)))
    chance = random.Random(SEED)  # noqa: S311
    for epoch in range(EPOCHS):
        chance.shuffle(order)
        for position in order:
            active, kind = rows[position]
            sums = table[active].sum(axis=0)
            powers = np.exp(sums - sums.max())
            slope = powers / powers.sum()
            slope[kind] -= 1.0
            step = slope + DECAY / len(rows) * table[active]
            squares[active] += step**2
            table[active] -= RATE * step / np.sqrt(squares[active])
        if epoch >= EPOCHS // 2:
            average += table
    average /= EPOCHS - EPOCHS // 2
    return {item: [round(float(w), 2) for w in average[position]] for item, position in index.items()}


def write(name: str, table: dict[str, list[float]]) -> None:
    """Write ``lexicons/<name>_weights.json``, one line for each piece of evidence."""
    lines = ",\n".join(f" {json.dumps(item)}: {json.dumps(row)}" for item, row in sorted(table.items()))
    (LEXICONS / f"{name}_weights.json").write_text("{\n" + lines + "\n}\n", encoding="utf-8")
    print(f"{len(table)} weights of evidence on a {name}")


def main() -> None:
    """Fit on the train corpus and write the weights."""
    records = list(load("train"))
    write("address", fit(address_examples(records), len(addresses.KINDS)))
    write("name", fit(name_examples(records), len(names.KINDS)))


if __name__ == "__main__":
    main()
