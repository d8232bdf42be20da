"""Chooses the threshold of each contextual entity on records that the learned classifier never saw.

The rules and the classifier each have one. Printed are those at which the most gold spans are caught for a
given share of over-redaction, by coordinate ascent over a grid:
``python -m benchmarks.thresholds --over-redaction 0.05``. They go into ``redact.finding.THRESHOLDS``.
"""

import argparse
from collections.abc import Sequence

import numpy as np

from benchmarks.accuracy import COVERED
from benchmarks.corpus import OFFICIAL, Record, load
from recognizers.entities import TOLD
from recognizers.training.examples import held_out
from redact.detect import Detector, judge
from redact.document import Document, Segment
from redact.finding import LEARNED

LAYERS = {
    "rules": (0.5, 0.6, 0.7, 0.8, 0.85, 0.9),
    "model": (0.5, 0.55, 0.6, 0.65, 0.7, 0.75, 0.8, 0.85, 0.9, 0.93, 0.96, 0.98),
}
"""The thresholds that are tried for each layer."""
FALSE = 0.3
"""The price of a false finding in caught spans, beside that of its characters."""
Key = tuple[str, str]
"""A layer and an entity."""


class Page:
    """One record: for each character the best score of each contextual entity there, and what is marked."""

    def __init__(self, detector: Detector, record: Record) -> None:
        search = detector.search(Document("", "text", "", (Segment("text", record.text),)))
        length = len(record.text)
        self.ink = np.array([not c.isspace() for c in record.text])
        self.best = {(layer, entity): np.zeros(length) for layer in LAYERS for entity in TOLD}
        for _, findings in search.segments:
            for f in findings:
                layer = "model" if f.recognizer == LEARNED else "rules"
                if (layer, f.entity) in self.best:
                    part = self.best[layer, f.entity][f.span.start : f.span.end]
                    np.maximum(part, f.score, out=part)
        self.settled = np.zeros(length, dtype=bool)
        for finding in judge([search])[0].findings:
            if finding.entity not in TOLD:
                self.settled[finding.span.start : finding.span.end] = True
        self.marked = np.zeros(length, dtype=bool)
        for mark in record.marks:
            self.marked[mark.start : mark.end] = True
        self.gold = [(m.start, m.end) for m in record.marks if m.category != OFFICIAL]

    def score(self, thresholds: dict[Key, float]) -> tuple[int, int, int]:
        """How many gold spans are caught, how many unmarked characters covered, and in how many stretches
        that touch no mark."""
        covered = self.settled.copy()
        for key, best in self.best.items():
            covered |= best >= thresholds[key]
        inked = covered & self.ink
        caught = sum(
            inked[start:end].sum() >= COVERED * self.ink[start:end].sum() for start, end in self.gold
        )
        edges = np.flatnonzero(np.diff(covered, prepend=False, append=False)).tolist()
        false = sum(
            not self.marked[start:end].any() for start, end in zip(edges[::2], edges[1::2], strict=True)
        )
        return int(caught), int((inked & ~self.marked).sum()), false


def total(pages: Sequence[Page], thresholds: dict[Key, float]) -> tuple[int, int, int]:
    """The sums of ``Page.score`` over ``pages``."""
    scores = [page.score(thresholds) for page in pages]
    caught, over, false = (sum(each) for each in zip(*scores, strict=True))
    return caught, over, false


def _worth(scored: tuple[int, int, int], price: float) -> float:
    caught, over, false = scored
    return caught - price * over - FALSE * false


def main() -> None:
    """Print the chosen thresholds and what they give."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else None)
    parser.add_argument("--over-redaction", type=float, default=0.05)
    options = parser.parse_args()
    detector = Detector.load()
    pages = [Page(detector, record) for record in load("train") if held_out(record)]
    plain = sum(int((page.ink & ~page.marked).sum()) for page in pages)
    spans = sum(len(page.gold) for page in pages)
    thresholds: dict[Key, float] = {(layer, entity): 0.5 for layer in LAYERS for entity in TOLD}
    # The price of an unmarked character in caught spans; raised until the share is met.
    price = 0.02
    while True:
        for key in thresholds:
            tried = {cut: total(pages, {**thresholds, key: cut}) for cut in LAYERS[key[0]]}
            thresholds[key] = max(tried, key=lambda cut: _worth(tried[cut], price))
        caught, over, false = total(pages, thresholds)
        print(f"price {price:.4f}: caught {caught / spans:.3f}, over {over / plain:.2%}, false {false}")
        if over <= options.over_redaction * plain or price > 1:
            break
        price *= 1.1
    for entity in TOLD:
        print(f'"{entity}": {thresholds["rules", entity]},')
        print(f'"LearnedRecognizer/{entity}": {thresholds["model", entity]},')


if __name__ == "__main__":
    main()
