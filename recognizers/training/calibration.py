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
    """For each label the least score above which ``purity`` of the characters of its spans are marked.

    ``purity`` is a share between 0 and 1; a character is marked if any annotation but an official's
    name covers it, and for ``OFFICIAL`` if one does.
    """
    found: dict[str, list[tuple[float, int, int]]] = {label: [] for label in labels}
    for record, read, score in zip(records, tokens, scores, strict=True):
        marked, public = bytearray(len(record.text)), bytearray(len(record.text))
        for mark in record.marks:
            kind = public if mark.category == OFFICIAL else marked
            kind[mark.start : mark.end] = b"\1" * (mark.end - mark.start)
        for span in candidates(record.text, read, score, labels):
            right = public if span.label == OFFICIAL else marked
            found[span.label].append((span.score, sum(right[span.start : span.end]), span.end - span.start))
    return {label: _least(found[label], purity) for label in labels}


def _least(found: list[tuple[float, int, int]], purity: float) -> float:
    least, right, length = MOST, 0, 0
    for score, marked, characters in sorted(found, reverse=True):
        right, length = right + marked, length + characters
        if right >= purity * length:
            least = score
    return round(min(MOST, max(LEAST, least)), 3)
