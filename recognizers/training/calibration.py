"""Making the network's probabilities mean what they say, and choosing where to report."""

from collections.abc import Sequence

import numpy as np

from benchmarks.corpus import OFFICIAL, Record
from recognizers.tagging import Ids, Probabilities, Tokens, candidates

LEAST, MOST = 0.3, 0.95
"""Bounds of a threshold: a chance find below the one is no evidence, and above the other little is left."""


def temperature(scores: Sequence[Probabilities], labels: Sequence[Ids]) -> float:
    """What to divide the logarithms of ``scores`` by so that the right ``labels`` are likeliest."""
    logs = np.log(np.concatenate(scores).astype(np.float64) + 1e-12)
    right = np.concatenate(labels)

    def surprise(t: float) -> float:
        scaled = logs / t
        total = np.log(np.exp(scaled - scaled.max(axis=1, keepdims=True)).sum(axis=1)) + scaled.max(axis=1)
        return float((total - scaled[np.arange(len(right)), right]).mean())

    return min((round(0.5 + 0.05 * i, 2) for i in range(51)), key=surprise)


def thresholds(
    records: Sequence[Record],
    tokens: Sequence[Tokens],
    scores: Sequence[Probabilities],
    labels: Sequence[str],
    purity: float,
) -> dict[str, float]:
    """For each label the least score above which ``purity`` of its spans are right.

    ``purity`` is a share between 0 and 1. A span is right if at least half of its characters are marked,
    by any annotation but an official's name, or by one for ``OFFICIAL``; spans weigh alike.
    """
    found: dict[str, list[tuple[float, bool]]] = {label: [] for label in labels}
    for record, read, score in zip(records, tokens, scores, strict=True):
        marked, public = bytearray(len(record.text)), bytearray(len(record.text))
        for mark in record.marks:
            kind = public if mark.category == OFFICIAL else marked
            kind[mark.start : mark.end] = b"\1" * (mark.end - mark.start)
        for span in candidates(read, score, labels):
            right = public if span.label == OFFICIAL else marked
            half = 2 * sum(right[span.start : span.end]) >= span.end - span.start
            found[span.label].append((span.score, half))
    return {label: _least(found[label], purity) for label in labels}


def _least(found: list[tuple[float, bool]], purity: float) -> float:
    least, right = MOST, 0
    for number, (score, half) in enumerate(sorted(found, reverse=True), start=1):
        right += half
        if right >= purity * number:
            least = score
    return round(min(MOST, max(LEAST, least)), 3)
