"""Making the network's probabilities mean what they say, and choosing where to report."""

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from benchmarks.corpus import OFFICIAL, Record
from recognizers.tagging import Ids, Probabilities, Tokens, words

LEAST, MOST = 0.15, 0.9
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
    """For each label the least probability above which ``purity`` of the characters are marked.

    ``purity`` is a share between 0 and 1; a character is marked if any annotation but an official's
    name covers it. Words count for the label that is likeliest for them.
    """
    of: dict[int, list[NDArray[np.float64]]] = {i: [] for i in range(len(labels))}
    for record, read, score in zip(records, tokens, scores, strict=True):
        marked = np.zeros(len(record.text) + 1)
        public = np.zeros(len(record.text) + 1)
        for mark in record.marks:
            (public if mark.category == OFFICIAL else marked)[mark.start : mark.end] = 1
        starts, ends, p = words(read, score)
        disclosing = p[:, 2:].sum(axis=1)
        kind = np.where(p[:, 1] > disclosing, 1, p[:, 2:].argmax(axis=1) + 2)
        for start, end, k, row in zip(starts.tolist(), ends.tolist(), kind.tolist(), p, strict=True):
            right = (public if k == 1 else marked)[start:end].sum()
            weight = row[1] if k == 1 else row[2:].sum()
            of[k].append(np.array([weight, right, end - start]))
    chosen = {labels[0]: 0.0}
    for index, label in enumerate(labels[1:], start=1):
        rows = np.array(of[index] or [np.array([1.0, 0.0, 1.0])])
        rows = rows[np.argsort(-rows[:, 0])]
        share = np.cumsum(rows[:, 1]) / np.cumsum(rows[:, 2])
        pure = np.flatnonzero(share >= purity)
        least = float(rows[pure[-1], 0]) if len(pure) else MOST
        chosen[label] = round(min(MOST, max(LEAST, least)), 3)
    return chosen
