"""What the token classifier reads and what its answer means: tokens, shapes, windows and spans.

Pure functions over NumPy arrays, shared by training and run time so that both see a text alike.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray
from tokenizers import Tokenizer

Ids = NDArray[np.int32]
Probabilities = NDArray[np.float32]

GAPS = 5
"""Kinds of gap before a token: none, one space, a wider one, a line break, an empty line."""
_WIDE, _EMPTY_LINE = 2, 4
CASES = 5
"""Kinds of word: no letters, lower case, Capitalised, CAPITALS, mIXed."""
SHAPES = GAPS * CASES
"""How many shapes a token can have."""
LEADERS = 4
"""Of a longer row of one sign only so many tokens are read."""
OTHER = "O"
"""Label of what is nothing sensitive."""
OFFICIAL = "OFFICIAL"
"""Label of officials acting in office: public, and a veto on names."""


@dataclass(frozen=True, slots=True)
class Tokens:
    """A text as the classifier reads it, one row a token."""

    ids: Ids
    """Place in the vocabulary."""
    shapes: Ids
    """Case of the word and gap before it: ``case * GAPS + gap``."""
    starts: Ids
    """First character in the text."""
    ends: Ids
    """One past the last character."""
    words: Ids
    """Number of the word that the token is a piece of; never decreasing."""


def _case(word: str) -> int:
    if word.islower():
        return 1
    if not word.isupper():
        return 2 if word.istitle() else (4 if any(map(str.isalpha, word)) else 0)
    return 2 if len(word) == 1 else 3


def _gap(between: str) -> int:
    if not between:
        return 0
    lines = between.count("\n") + between.count("\f")
    if lines:
        return 3 if lines == 1 else 4
    return 1 if between == " " else 2


def _firsts(words: Ids) -> NDArray[np.int64]:
    """The first token of each word."""
    return np.flatnonzero(np.diff(words, prepend=-1))


def tokenize(tokenizer: Tokenizer, text: str) -> Tokens:
    """Split ``text`` into the pieces of words that ``tokenizer`` knows, with the shape of each.

    Of a row of one and the same sign (dot leaders, ruled lines) only the first few are kept: they say no
    more, and would cost as much as words.
    """
    encoding = tokenizer.encode(text, add_special_tokens=False)
    ids = np.array(encoding.ids, dtype=np.int32)
    offsets = np.array(encoding.offsets, dtype=np.int32).reshape(-1, 2)
    words = np.array(encoding.word_ids, dtype=np.int32)
    if len(ids) > LEADERS:
        row = np.zeros(len(ids), dtype=bool)
        row[LEADERS:] = np.logical_and.reduce([ids[LEADERS:] == ids[i : i - LEADERS] for i in range(LEADERS)])
        row[row] = [not text[start].isalnum() for start in offsets[row, 0].tolist()]
        ids, offsets, words = ids[~row], offsets[~row], words[~row]
    starts, ends = offsets[:, 0], offsets[:, 1]
    shapes = np.zeros(len(words), dtype=np.int32)
    if len(words):
        firsts = _firsts(words)
        lasts = np.append(firsts[1:], len(words)) - 1
        previous = 0
        for first, last in zip(firsts.tolist(), lasts.tolist(), strict=True):
            start, end = int(starts[first]), int(ends[last])
            case = _case(text[start:end])
            shapes[first : last + 1] = case * GAPS
            shapes[first] += _gap(text[previous:start]) if first else 3
            previous = end
    return Tokens(ids, shapes, starts, ends, words)


def windows(length: int, size: int, overlap: int) -> Iterator[tuple[int, int, int, int]]:
    """Cover ``length`` tokens by as few windows of at most ``size`` as share at least ``overlap``.

    They are all of one length, no longer than that takes. Yields for each window its first and last token
    (half-open), and the part of it that counts: each token is answered by the window in which it stands
    furthest from an edge, and by that one alone.
    """
    if length <= size:
        if length:
            yield 0, length, 0, length
        return
    count = -(-(length - overlap) // (size - overlap))
    size = -(-(length + (count - 1) * overlap) // count)
    first = [round(i * (length - size) / (count - 1)) for i in range(count)]
    seams = [0, *((a + size + b) // 2 for a, b in pairwise(first)), length]
    for index, start in enumerate(first):
        yield start, start + size, seams[index], seams[index + 1]


LOW = 0.4
"""Least probability of disclosing at which a word can belong to a span at all."""


@dataclass(frozen=True, slots=True)
class Span:
    """A run of words with one label: half-open characters of the text."""

    label: str
    start: int
    end: int
    score: float
    """Highest probability of its words that they disclose something, between 0 and 1."""


def words(tokens: Tokens, probabilities: Probabilities) -> tuple[Ids, Ids, Probabilities]:
    """Starts, ends and mean probabilities of the words that the tokens are pieces of."""
    firsts = _firsts(tokens.words)
    counts = np.diff(np.append(firsts, len(tokens.words)))
    mean = np.add.reduceat(probabilities, firsts, axis=0) / counts[:, None]
    return tokens.starts[firsts], tokens.ends[firsts + counts - 1], mean.astype(np.float32)


def _apart(tokens: Tokens, p: Probabilities) -> NDArray[np.bool_]:
    """For each word whether no phrase goes across what parts it from the one before: an empty line, or a wide
    gap, as between cells, where one of them by itself likelier says nothing."""
    gaps = tokens.shapes[_firsts(tokens.words)] % GAPS
    nothing = p[:, 0] > 0.5
    nothing[1:] |= p[:-1, 0] > 0.5
    apart: NDArray[np.bool_] = (gaps == _EMPTY_LINE) | ((gaps == _WIDE) & nothing)
    return apart


def candidates(tokens: Tokens, probabilities: Probabilities, labels: Sequence[str]) -> Iterator[Span]:
    """Join the words that may disclose something into spans, in the order of the text.

    ``labels`` names the columns of ``probabilities`` (one row a token), the first being ``OTHER`` and the
    second ``OFFICIAL``. A word's label leans on its neighbours', since a phrase is of one kind.
    """
    if not len(tokens.words):
        return
    starts, ends, p = words(tokens, probabilities)
    apart = _apart(tokens, p)
    near = np.where(apart[1:], 0, 0.5)[:, None]
    leaning = p.copy()
    leaning[1:] += p[:-1] * near
    leaning[:-1] += p[1:] * near
    disclosing = p[:, 2:].sum(axis=1)
    public = p[:, 1] > disclosing
    kind = np.where(public, 1, leaning[:, 2:].argmax(axis=1) + 2)
    weight = np.where(public, p[:, 1], disclosing)
    kind[weight < LOW] = 0
    edges = np.flatnonzero(np.append(np.diff(kind, prepend=-1) != 0, True) | np.append(apart, True))
    for first, after in pairwise(edges.tolist()):
        if kind[first]:
            score = float(weight[first:after].max())
            yield Span(labels[kind[first]], int(starts[first]), int(ends[after - 1]), min(1.0, score))


def spans(
    tokens: Tokens,
    probabilities: Probabilities,
    labels: Sequence[str],
    thresholds: Mapping[str, float],
) -> Iterator[Span]:
    """Yield the candidates whose score reaches the threshold of their label."""
    for span in candidates(tokens, probabilities, labels):
        if span.score >= thresholds[span.label]:
            yield span
