"""Measures what can be recovered of removed words from redacted PDFs, by extractors, decoded streams and OCR.

    python -m benchmarks.pdf_leaks FOLDER [--word WORD] [--share 0.1] [--seed 7] [--ocr] [--inspected]
[--name PART] [--part 1/4]

With ``--word`` that word is removed from each file wherever it is found; without, a random share of the
words of each file. Prints a line a file, and a table of outcomes: written (with what was recovered),
withheld, refused.
"""

import argparse
import inspect
import json
import random
import re
import resource
import sys
import time
from collections import Counter
from dataclasses import dataclass, field
from io import BytesIO
from itertools import accumulate
from pathlib import Path

import numpy as np
import numpy.typing as npt
import pdfminer.high_level
import pikepdf
import pypdf.constants
from pdfminer.glyphlist import glyphname2unicode
from pdfminer.layout import LAParams
from PIL import Image

from benchmarks.occurrences import folded, spans_of
from redact.document import Document, Span
from redact.errors import RedactError
from redact.formats.ocr import engine, read_words
from redact.formats.pdf import PdfFormat
from redact.formats.pdf.geometry import Box
from redact.formats.pdf.intake import read_model
from redact.formats.pdf.pages import Page
from redact.formats.pdf.pdfium import opened
from redact.formats.pdf.selection import Cut, select
from redact.formats.pdf.tags import KINDS
from redact.redaction import Redaction

MARKING = "Gov. 7922.200"
GLYPHS = frozenset(name.lower() for name in glyphname2unicode)
"""What fonts call their glyphs; font programs hold these names without a slash before them."""
DRAWING = """
BaseFont BaseEncoding CIDFontType0 CIDFontType2 CIDSystemInfo CIDToGIDMap CapHeight CharProcs Coords
DescendantFonts Descent Ascent Differences Domain Encoding Extend FirstChar Flags FontBBox FontDescriptor
FontFile FontFile2 FontFile3 FontMatrix FontName Form Functions FunctionType ICCBased Identity-H
Identity Image Indexed ItalicAngle LastChar Leading Matrix Ordering PatternType Registry Separation
ShadingType StemV ToUnicode TrueType Type0 Type1 Type1C Type3 CIDFontType0C WinAnsiEncoding
MacRomanEncoding Widths WhitePoint CalRGB CalGray CMapName CMapType DeviceN
"""
TAGGING = """
First Extends ObjStm StructTreeRoot StructElem StructParents StructParent ParentTree ParentTreeNextKey RoleMap
MarkInfo Marked MCID MCR OBJR Artifact Tabs Lang ActualText RowSpan ColSpan Scope Column ListNumbering
"""
NAMES = frozenset(
    value[1:]
    for _, group in inspect.getmembers(pypdf.constants, inspect.isclass)
    for value in vars(group).values()
    if isinstance(value, str) and value.startswith("/")
) | frozenset([*DRAWING.split(), *TAGGING.split(), *KINDS])
"""Names that ISO 32000-2 gives to keys, types and filters: pypdf's, those of clauses 8 and 9 on colours,
functions and fonts, and those of 7.5.7, 14.7 and 14.8 on object streams and tags. They are in any file,
whatever its document says."""
_NAME = "|".join(sorted(map(re.escape, NAMES), key=len, reverse=True))
SYNTAX = re.compile(
    rf"(?m:^/?(?:{_NAME})$)|/(?:{_NAME})(?![^\s/<>()\[\]{{}}%])"
    r"|\b(?:end)?(?:stream|obj|cmap|codespacerange|bfchar|bfrange)\b|\b(?:trailer|startxref)\b"
)
"""Whole names, written with their slash or alone on a line, and operators of PDF (clauses 7.3 and 7.5)."""
GLYPH_NAME = re.compile(r"/([A-Za-z]+?)(?:[bB]igg?)?(?![^\s/<>()\[\]{}%])")
"""A name that can be a glyph's, without the sizes that the fonts of TeX have of it."""
SHORTEST = 5
"""Letters and digits of a removed word from which its reappearance is no chance."""


@dataclass
class Outcome:
    """What became of one file."""

    name: str
    outcome: str = "written"
    why: str = ""
    removed: int = 0
    recovered: set[str] = field(default_factory=set)
    """Readers that still find a removed word that the file shows nowhere else."""
    lost: int = 0
    """Letters and digits that PDFium no longer finds although they were not removed."""
    kept: int = 0
    pages: int = 0
    images: Counter[str] = field(default_factory=Counter)
    """Pages that became images, by the reason."""
    seconds: float = 0.0
    size: float = 0.0


def choose(document: Document, share: float, seed: int) -> set[str]:
    """Return a random share of the words of a document, folded."""
    chance = random.Random(seed)  # noqa: S311 - a fixed sample, no secret
    words = sorted(
        {
            folded(found)[0]
            for segment in document.segments
            if segment.visible
            for found in re.findall(r"\S+", segment.text)
            if len(folded(found)[0]) >= SHORTEST
        }
    )
    return {word for word in words if chance.random() < share}


def measure(path: Path, inspected: bool, word: str | None, share: float, seed: int, ocr: bool) -> Outcome:
    """Redact one file and look for what was removed."""
    reader = PdfFormat(use_ocr=not inspected, inspected=inspected)
    data, started = path.read_bytes(), time.perf_counter()
    found = Outcome(path.name)
    try:
        document = reader.read(data, path.name)
        found.pages = document.pages
        if document.obstacles:
            found.outcome, found.why = "withheld", ", ".join(sorted({o.code for o in document.obstacles}))
            return found
        words = {folded(word)[0]} if word else choose(document, share, seed)
        redactions = [
            Redaction(segment.locator, span, MARKING)
            for segment in document.segments
            for span in merged([s for w in words for s in spans_of(segment.text, w)])
        ]
        found.removed = len(redactions)
        written = reader.write(data, document, redactions)
        found.seconds = time.perf_counter() - started
        found.size = len(written.data) / len(data)
        found.images = Counter(n.partition(": ")[2] for n in written.notes if "made an image" in n)
        if written.problems:
            found.outcome, found.why = "withheld", "; ".join(written.problems)
            return found
        texts = {r.reader: r.text for r in reader.reread(written.data)} | external(written.data, ocr)
        by_chance = chance(document, redactions)
        words = {word for word in words if word not in by_chance}
        own = notices(written.data)
        for name, text in texts.items():
            if name in ("bytes", "decoded streams"):
                searched = without_names(text).lower()
                again = any(remains_raw(searched, w, own if name != "bytes" else "") for w in words)
            else:
                again = any(remains(text, w) for w in words)
            if again:
                found.recovered.add(name)
        pages = read_model(data, (), not inspected, inspected).pages
        cuts = [
            select(page, [r for r in redactions if r.locator.partition("/")[0] == page.locator])
            for page in pages
        ]
        found.kept, found.lost = losses(data, written.data, cuts, pages)
    except RedactError as error:
        found.outcome, found.why = "refused", f"{type(error).__name__}: {error}"
    return found


def merged(spans: list[Span]) -> list[Span]:
    """Join spans that overlap, as redactions must not."""
    result: list[Span] = []
    for span in sorted(spans):
        if result and span.start < result[-1].end:
            result[-1] = Span(result[-1].start, max(result[-1].end, span.end))
        else:
            result.append(span)
    return result


def external(data: bytes, ocr: bool) -> dict[str, str]:
    """Return what pdfminer's analysis of layout and OCR of the rendered pages read."""
    parameters = LAParams(all_texts=True, boxes_flow=None)
    texts = {"layout": pdfminer.high_level.extract_text(BytesIO(data), laparams=parameters)}
    if ocr and engine():
        with opened(data) as pages:
            read = []
            for index in range(len(pages)):
                image = Image.fromarray(pages.render(index, 200 / 72)[:, :, ::-1])
                read += [word.text for word in read_words(image, sparse=True)]
        texts["ocr"] = " ".join(read)
    return texts


def chance(document: Document, redactions: list[Redaction]) -> str:
    """Return what stays, folded and joined over what goes: a word that stands in it is there by chance."""
    kept = []
    for segment in document.segments:
        start = 0
        for redaction in sorted(r.span for r in redactions if r.locator == segment.locator):
            kept.append(segment.text[start : redaction.start])
            start = redaction.end
        kept.append(segment.text[start:] + "\n")
    return folded("".join(kept))[0]


def notices(data: bytes) -> str:
    """Return what the fonts and colour profiles of a file hold, raw and decoded, in small letters.

    Their makers' credits and descriptions are theirs, not the document's.
    """
    parts: list[str] = []
    with pikepdf.open(BytesIO(data)) as pdf:
        for value in pdf.objects:
            if isinstance(value, pikepdf.Stream):
                # A profile tells its number of colours; its signature is that of ICC.1:2022, 7.2.
                if isinstance(value.get("/N"), int) and value.read_bytes()[36:40] == b"acsp":
                    parts += _both(value)
            elif isinstance(value, pikepdf.Dictionary):
                for key in ("/FontFile", "/FontFile2", "/FontFile3"):
                    program = value.get(key)
                    if isinstance(program, pikepdf.Stream):
                        parts += _both(program)
    return "\n".join(parts).lower()


def _both(stream: pikepdf.Stream) -> tuple[str, str]:
    return stream.read_raw_bytes().decode("latin-1"), stream.read_bytes().decode("latin-1")


def without_names(text: str) -> str:
    """Return raw data without ``SYNTAX`` and without the names of glyphs that stand by themselves."""
    return GLYPH_NAME.sub(lambda m: " " if m[1] in glyphname2unicode else m[0], SYNTAX.sub(" ", text))


def remains_raw(text: str, word: str, own: str) -> bool:
    """Whether a word is still in raw data, ``without_names``, oftener than in fonts and profiles (``own``).

    The names of glyphs are none of the document's words.
    """
    return word not in GLYPHS and text.count(word) > own.count(word)


def remains(text: str, word: str) -> bool:
    """Whether a word is still in what a reader of text found.

    Ends of lines that happen to join to one do not count, unless a hyphen or a soft hyphen joins them; nor
    do words of a line that join to one without beginning and ending where it does ("individual specific" and
    "individuals"), nor a glyph's name that a reader prints for lack of its character ("/Equal3").
    """
    joined = re.sub(r"[-\u00ad\u2010\ufffe\x02]\s*\n\s*", "", text)
    named = re.sub(r"/([A-Za-z]+)\d*", lambda m: " " if m[1].lower() in GLYPHS else m[0], joined)
    return any(_stands(word, line) for line in named.splitlines() if word in folded(line)[0])


def _stands(word: str, line: str) -> bool:
    parts = [folded(part)[0] for part in line.split()]
    if any(word in part for part in parts):
        return True
    starts = [0, *accumulate(map(len, parts))]
    whole = "".join(parts)
    return any(whole.startswith(word, start) and start + len(word) in starts for start in starts)


def losses(before: bytes, after: bytes, cuts: list[Cut], pages: list[Page]) -> tuple[int, int]:
    """Return how many letters and digits PDFium should still find, and how many of them it does not.

    It should find those that stand neither under a box nor where text is that no one sees.
    """
    kept = lost = 0
    with opened(before) as old, opened(after) as new:
        for page, cut in zip(pages, cuts, strict=True):
            index = page.number - 1
            gone = np.array([*cut.boxes, *(glyph.box for glyph in page.unseen)]).reshape(-1, 4)
            stays = [c for c in old.characters(index) if not _inside(c.box, gone)]
            expected = Counter(folded("".join(c.text for c in stays))[0])
            actual = Counter(folded(new.text(index))[0])
            kept += expected.total()
            lost += (expected - actual).total()
    return kept, lost


def _inside(box: Box, gone: npt.NDArray[np.float64]) -> bool:
    x, y = (box.x0 + box.x1) / 2, (box.y0 + box.y1) / 2
    across = (gone[:, 0] <= x) & (x <= gone[:, 2])
    return bool((across & (gone[:, 1] <= y) & (y <= gone[:, 3])).any())


def main() -> int:
    """Run over a folder and print the table."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("folder", type=Path)
    parser.add_argument("--word")
    parser.add_argument("--share", type=float, default=0.1)
    parser.add_argument("--seed", type=int, default=7)
    parser.add_argument("--ocr", action="store_true", help="also read the rendered result by OCR")
    parser.add_argument(
        "--inspected", action="store_true", help="pictures count as looked at; no OCR on reading"
    )
    parser.add_argument("--name", default="", help="only files whose name holds this")
    parser.add_argument("--part", default="1/1", help="only every n-th file, such as 2/4 of them")
    options = parser.parse_args()
    first, _, every = options.part.partition("/")
    outcomes = []
    for path in sorted(options.folder.glob("*.pdf"))[int(first) - 1 :: int(every)]:
        if options.name not in path.name:
            continue
        found = measure(path, options.inspected, options.word, options.share, options.seed, options.ocr)
        outcomes.append(found)
        recovered = ",".join(sorted(found.recovered)) or "-"
        print(
            f"{found.outcome:9} {path.name[:48]:48} pages {found.pages:3} removed {found.removed:4} "
            f"recovered {recovered} lost {found.lost}/{found.kept} images {found.images.total()} "
            f"size {found.size:.2f} "
            f"{found.seconds:.1f} s {found.why}{'; '.join(found.images)}",
            flush=True,
        )
    table = Counter(found.outcome for found in outcomes)
    written = [found for found in outcomes if found.outcome == "written"]
    summary = {
        "files": len(outcomes),
        **table,
        "with a recoverable word": sum(bool(found.recovered) for found in written),
        "characters lost": sum(found.lost for found in written),
        "characters kept": sum(found.kept for found in written),
        "pages": sum(found.pages for found in written),
        "pages as images": sum((found.images for found in written), Counter[str]()),
        "peak MiB": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024,
    }
    print(json.dumps(summary, indent=1))
    return int(any(found.recovered for found in written))


if __name__ == "__main__":
    sys.exit(main())
