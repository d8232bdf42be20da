"""Measures what can be recovered of removed words from redacted PDFs, by extractors, decoded streams and OCR.

    python -m benchmarks.pdf_leaks FOLDER [--word WORD] [--share 0.1] [--seed 7] [--ocr] [--inspected]
[--name PART]

With ``--word`` that word is removed from each file wherever it is found; without, a random share of the
words of each file. Prints a line a file, and a table of outcomes: written (with what was recovered),
withheld, refused.
"""

import argparse
import json
import random
import re
import resource
import shutil
import subprocess
import sys
import time
import unicodedata
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

from pdfminer.glyphlist import glyphname2unicode
from PIL import Image

from redact.document import Document, Span
from redact.errors import RedactError
from redact.formats.pdf import PdfFormat
from redact.formats.pdf.ocr import engine, read_words
from redact.formats.pdf.pdfium import opened
from redact.redaction import Redaction

MARKING = "Gov. 7922.200"
KEYWORDS = {name.lower() for name in glyphname2unicode} | {
    "based",
    "widths",
    "matrix",
    "filter",
    "parent",
    "length",
}
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
    images: int = 0
    seconds: float = 0.0
    size: float = 0.0


def folded(text: str) -> tuple[str, list[int]]:
    """Return letters and digits only, folded, with the position of each in ``text``."""
    characters, positions = [], []
    for position, character in enumerate(text):
        for part in unicodedata.normalize("NFKC", character).lower():
            if part.isalnum():
                characters.append(part)
                positions.append(position)
    return "".join(characters), positions


def spans_of(text: str, word: str) -> Iterator[Span]:
    """Yield every place of a folded word in a text."""
    characters, positions = folded(text)
    for match in re.finditer(re.escape(word), characters):
        yield Span(positions[match.start()], positions[match.end() - 1] + 1)


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


def measure(path: Path, reader: PdfFormat, word: str | None, share: float, seed: int, ocr: bool) -> Outcome:
    """Redact one file and look for what was removed."""
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
        found.images = sum("made an image" in note for note in written.notes)
        if written.problems:
            found.outcome, found.why = "withheld", "; ".join(written.problems)
            return found
        texts = {r.reader: r.text for r in reader.reread(written.data)} | external(written.data, ocr)
        for name, text in texts.items():
            raw = name in ("bytes", "decoded streams")
            if any(remains(text.lower() if raw else text, w, raw) for w in words):
                found.recovered.add(name)
        found.kept, found.lost = losses(data, written.data, words)
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
    """Return what poppler, where present, and OCR of the rendered pages read."""
    texts = {}
    program = shutil.which("pdftotext")
    if program:
        done = subprocess.run([program, "-", "-"], input=data, capture_output=True, timeout=120, check=False)  # noqa: S603
        texts["poppler"] = done.stdout.decode("utf-8", "replace")
    if ocr and engine():
        with opened(data) as pages:
            read = []
            for index in range(len(pages)):
                image = Image.fromarray(pages.render(index, 200 / 72)[:, :, ::-1])
                read += [word.text for word in read_words(image, 200, sparse=True)]
        texts["ocr"] = " ".join(read)
    return texts


def remains(text: str, word: str, raw: bool) -> bool:
    """Whether a word is still in what a reader found.

    In raw data the names of glyphs and the keys of PDF are none of the document's words; in text, ends of
    lines that happen to join to one do not count, unless a hyphen or a soft hyphen joins them.
    """
    if raw:
        return word not in KEYWORDS and word in text
    joined = re.sub(r"[-\u00ad\u2010\ufffe\x02]\s*\n\s*", "", text)
    return any(word in folded(line)[0] for line in joined.splitlines())


def losses(before: bytes, after: bytes, words: set[str]) -> tuple[int, int]:
    """Return how many characters PDFium should still find, and how many of them it does not."""
    kept = lost = 0
    with opened(before) as old, opened(after) as new:
        for index in range(min(len(old), len(new))):
            text = folded(old.text(index))[0]
            for word in words:
                text = text.replace(word, "")
            expected, actual = Counter(text), Counter(folded(new.text(index))[0])
            kept += sum(expected.values())
            lost += sum((expected - actual).values())
    return kept, lost


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
    options = parser.parse_args()
    reader = PdfFormat(use_ocr=not options.inspected, inspected=options.inspected)
    outcomes = []
    for path in sorted(options.folder.glob("*.pdf")):
        if options.name not in path.name:
            continue
        found = measure(path, reader, options.word, options.share, options.seed, options.ocr)
        outcomes.append(found)
        recovered = ",".join(sorted(found.recovered)) or "-"
        print(
            f"{found.outcome:9} {path.name[:48]:48} pages {found.pages:3} removed {found.removed:4} "
            f"recovered {recovered} lost {found.lost}/{found.kept} images {found.images} "
            f"size {found.size:.2f} "
            f"{found.seconds:.1f} s {found.why}",
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
        "pages as images": sum(found.images for found in written),
        "peak MiB": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024,
    }
    print(json.dumps(summary, indent=1))
    return int(any(found.recovered for found in written))


if __name__ == "__main__":
    sys.exit(main())
