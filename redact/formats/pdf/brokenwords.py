"""Words whose parts stand apart: broken at the end of a line, a cell of a table or a column, or by a raised
letter."""

import re
from collections.abc import Iterable
from itertools import pairwise

from redact.formats.pdf.drawing import Glyph
from redact.formats.pdf.lines import CELL_GAP
from redact.formats.pdf.pagetext import Owner, PageText

MAX_CHUNKS, MAX_PAIRS = 3_000, 200
"""Chunks of a page that are tried as heads of columns, and pairs that are made."""
_HYPHENS = ("-", "\u00ad", "\u2010", "\u2011")
_BROKEN = re.compile(r"(?P<first>[^\W_]+)[-\u00ad\u2010\u2011\ufffe\x02][ \t]*\n\s*(?P<second>[^\W_]+)")


def broken_words(glyphs: Iterable[Glyph], known: str) -> PageText:
    """Return lines that go on in the order of drawing, where ``known``, in reading order, parts them.

    So are the lines of a cell of a table, and words that are hyphenated: readers that follow the order of
    drawing join them, with other cells between or not. A word that is hyphenated at the foot of a column
    goes on at the head of any other.
    """
    folded = "".join(filter(str.isalnum, known))
    chains: list[list[list[Glyph]]] = []
    chunks = _chunks(glyphs)
    for chunk in chunks:
        if chains and _goes_on(chains[-1][-1], chunk):
            chains[-1].append(chunk)
        else:
            chains.append([chunk])
    text: list[str] = []
    owners: list[tuple[Owner, ...]] = []
    for chain in [*chains, *_over_columns(chunks)]:
        if all(_seam(first, second) in folded for first, second in pairwise(chain)):
            continue
        for chunk, following in zip(chain, [*chain[1:], None], strict=True):
            for glyph in chunk:
                for character in glyph.text or "":
                    text.append(character)
                    owners.append((glyph,))
            if following is None or not _stands_behind(following, chunk):
                text.append("\n")
                owners.append(())
    return PageText("".join(text), tuple(owners))


def joined_words(texts: Iterable[PageText]) -> PageText:
    """Return each word that a hyphen breaks at the end of a line of ``texts`` as one, on a line of its own.

    The hyphen belongs to the letter before it.
    """
    characters: list[str] = []
    owners: list[tuple[Owner, ...]] = []
    for text in texts:
        for match in _BROKEN.finditer(text.text):
            first, second = match.span("first"), match.span("second")
            characters += [*text.text[slice(*first)], *text.text[slice(*second)], "\n"]
            owners += [
                *text.owners[first[0] : first[1] - 1],
                tuple(owner for found in text.owners[first[1] - 1 : second[0]] for owner in found),
                *text.owners[slice(*second)],
                (),
            ]
    return PageText("".join(characters), tuple(owners))


def _chunks(glyphs: Iterable[Glyph]) -> list[list[Glyph]]:
    """Cut glyphs, in the order of drawing, where the line or the cell ends."""
    found: list[list[Glyph]] = []
    for glyph in glyphs:
        last = found[-1][-1] if found else None
        if last is not None and (
            glyph.show is last.show
            or (
                abs(glyph.start[1] - last.start[1]) < 0.1 * glyph.show.scale
                and abs(glyph.start[0] - last.end[0]) < CELL_GAP * glyph.show.scale
            )
        ):
            found[-1].append(glyph)
        else:
            found.append([glyph])
    return found


def _over_columns(chunks: list[list[Glyph]]) -> list[list[list[Glyph]]]:
    """Pair the last word of a column, if it is hyphenated, with the first words of columns."""
    broken = [chunk for chunk in chunks if _is_hyphenated(chunk)]
    broken = [chunk for chunk in broken if not any(_stands_below(other, chunk) for other in chunks)]
    if not broken:
        return []
    heads = [chunk for chunk in chunks[:MAX_CHUNKS] if (chunk[0].text or "").isalnum()]
    heads = [chunk for chunk in heads if not any(_stands_below(chunk, other) for other in chunks)]
    pairs = [[_last_word(first), _first_word(second)] for first in broken for second in heads]
    return [pair for pair in pairs if pair[0][-1] is not pair[1][-1]][:MAX_PAIRS]


def _is_hyphenated(chunk: list[Glyph]) -> bool:
    text = "".join(glyph.text or "" for glyph in chunk[-6:]).rstrip()
    return text.endswith(_HYPHENS) and text[-2:-1].isalpha()


def _stands_below(second: list[Glyph], first: list[Glyph]) -> bool:
    """Whether ``second`` stands where the line after ``first`` would."""
    size = max(first[0].show.scale, second[0].show.scale)
    beside = second[0].box.x0 < first[-1].box.x1 and second[-1].box.x1 > first[0].box.x0
    return beside and 0.3 * size < first[0].start[1] - second[0].start[1] < 2.2 * size


def _last_word(chunk: list[Glyph]) -> list[Glyph]:
    end = max(i for i, glyph in enumerate(chunk) if (glyph.text or "").strip()) + 1
    start = max((i + 1 for i in range(end) if not (chunk[i].text or "").strip()), default=0)
    return chunk[start:end]


def _first_word(chunk: list[Glyph]) -> list[Glyph]:
    end = next((i for i, glyph in enumerate(chunk) if not (glyph.text or "").strip()), len(chunk))
    return chunk[:end]


def _goes_on(first: list[Glyph], second: list[Glyph]) -> bool:
    """Whether a chunk stands where the next line of the first would, or right behind it."""
    if "".join(glyph.text or "" for glyph in first).rstrip().endswith(_HYPHENS):
        return True
    return _stands_below(second, first) or _stands_behind(second, first)


def _stands_behind(second: list[Glyph], first: list[Glyph]) -> bool:
    """Whether ``second`` begins where ``first`` ends, if raised or lowered, as letters of a name can be."""
    size = max(first[-1].show.scale, second[0].show.scale)
    (x, y), (after_x, after_y) = first[-1].end, second[0].start
    return abs(after_x - x) < 0.2 * size and abs(after_y - y) < 0.6 * size


def _seam(first: list[Glyph], second: list[Glyph]) -> str:
    before = "".join(c for g in first[-12:] for c in g.text or "" if c.isalnum())
    after = "".join(c for g in second[:12] for c in g.text or "" if c.isalnum())
    return before[-10:] + after[:10]
