"""What becomes of one PDF of which words are removed: what is recoverable, lost, changed; what it takes."""

import random
import re
import resource
import shutil
import subprocess
import time
from collections import Counter, defaultdict
from collections.abc import Callable
from dataclasses import dataclass, field
from io import BytesIO
from pathlib import Path
from typing import TypeVar

import numpy as np
import numpy.typing as npt
import pdfminer.high_level
from pdfminer.layout import LAParams
from PIL import Image

from benchmarks.occurrences import folded, spans_of
from benchmarks.pdf import processor_time
from benchmarks.pdf_pixels import read_again
from benchmarks.pdf_remains import chance, notices, remaining, remaining_raw, without_names
from redact.document import Document, Span
from redact.errors import RedactError
from redact.formats.interface import Written
from redact.formats.ocr import engine
from redact.formats.pdf import PdfFormat
from redact.formats.pdf.boxes import type_size
from redact.formats.pdf.compare import differing
from redact.formats.pdf.geometry import Box
from redact.formats.pdf.intake import Model, read_model
from redact.formats.pdf.pages import Page
from redact.formats.pdf.pdfium import Brightness, Character, brightness, opened
from redact.formats.pdf.selection import Cut, select
from redact.redaction import Redaction

MARKING = "Gov. 7922.200"
SHORTEST = 5
"""Letters and digits of a removed word from which its reappearance is no chance."""
SCALE = 2.0
"""Pixels a point at which pages are compared before and after, twice those of the program itself."""

_T = TypeVar("_T")


@dataclass(frozen=True, slots=True)
class Task:
    """What is to be done with a file."""

    path: Path
    word: str | None = None
    """The word to remove, or None for a random ``share`` of the words."""
    share: float = 0.1
    seed: int = 7
    ocr: bool = False
    """Whether the written pages are also read by OCR."""
    inspected: bool = False
    """Whether pictures count as looked at, so that OCR does not read them first."""


@dataclass(slots=True)
class Outcome:
    """What became of one file."""

    name: str
    outcome: str = "written"
    """``written``, ``withheld``, ``refused``, or ``crashed``."""
    why: str = ""
    removed: int = 0
    recovered: dict[str, int] = field(default_factory=dict)
    """How many removed words, that the file shows nowhere else, each reader still finds."""
    unread: int = 0
    """How many of them OCR reads outside of all boxes, where no text says so: in pictures, for instance."""
    lost: int = 0
    """Letters and digits that PDFium no longer finds although they were not removed."""
    kept: int = 0
    pages: int = 0
    images: dict[str, int] = field(default_factory=dict)
    """Pages that became images, by the reason."""
    changed: dict[str, float] = field(default_factory=dict)
    """The largest share of a page's pixels that differ outside of the boxes, by the program that draws it."""
    seconds: float = 0.0
    """On the clock, for reading, writing and reading again."""
    cpu: dict[str, float] = field(default_factory=dict)
    """Seconds of the processor by step."""
    peak: float = 0.0
    """The most memory that those steps held, in MiB."""
    size: float = 0.0
    """Bytes written for each byte read."""


def measure(task: Task) -> Outcome:
    """Redact one file and look for what was removed."""
    found = Outcome(task.path.name)
    started = time.perf_counter()
    try:
        _measure(task, found, started)
    except RedactError as error:
        found.outcome, found.why = "refused", f"{type(error).__name__}: {error}"
        found.seconds, found.peak = time.perf_counter() - started, _peak()
    return found


def _measure(task: Task, found: Outcome, started: float) -> None:
    reader = PdfFormat(use_ocr=not task.inspected, inspected=task.inspected)
    data = task.path.read_bytes()
    document = _timed(found, "read", lambda: reader.read(data, task.path.name))
    found.pages = document.pages
    if document.obstacles:
        found.outcome, found.why = "withheld", ", ".join(sorted({o.code for o in document.obstacles}))
        found.seconds, found.peak = time.perf_counter() - started, _peak()
        return
    words = {folded(task.word)[0]} if task.word else choose(document, task.share, task.seed)
    redactions = [
        Redaction(segment.locator, span, MARKING)
        for segment in document.segments
        for span in merged([s for w in words for s in spans_of(segment.text, w)])
    ]
    found.removed = len(redactions)
    written = _timed(found, "write", lambda: reader.write(data, document, redactions))
    found.size = len(written.data) / len(data)
    found.images = dict(Counter(n.partition(": ")[2] for n in written.notes if "made an image" in n))
    texts = _timed(found, "read again", lambda: {r.reader: r for r in reader.reread(written.data)})
    found.seconds, found.peak = time.perf_counter() - started, _peak()
    _, most = resource.getrlimit(resource.RLIMIT_AS)
    resource.setrlimit(resource.RLIMIT_AS, (most, most))  # limits are for the program, not for measuring
    if written.problems:
        found.outcome, found.why = "withheld", "; ".join(written.problems)
        return
    by_chance = chance(document, redactions)
    words = {word for word in words if word not in by_chance}
    own = notices(written.data)
    for name, reading in texts.items():
        if reading.kind == "raw":
            again = remaining_raw(without_names(reading.text).lower(), words, own if name != "bytes" else "")
        else:
            again = remaining(reading.text, words)
        found.recovered |= {name: len(again)} if again else {}
    again = remaining(by_layout(written.data), words)
    found.recovered |= {"layout": len(again)} if again else {}
    model = read_model(data, (), not task.inspected, task.inspected)
    cuts = [
        select(page, [r for r in redactions if r.locator.partition("/")[0] == page.locator])
        for page in model.pages
    ]
    if task.ocr and engine():
        read = read_again(model, written, cuts, words)
        found.recovered |= {"ocr": len(read.shown)} if read.shown else {}
        found.unread = len(read.unread)
    found.kept, found.lost = losses(model, written, cuts)
    found.changed = differences(model, written, cuts)


def _timed(found: Outcome, step: str, action: Callable[[], _T]) -> _T:
    before = processor_time()
    result = action()
    found.cpu[step] = processor_time() - before
    return result


def _peak() -> float:
    status = Path("/proc/self/status").read_text(encoding="ascii", errors="replace")
    return int(re.search(r"VmHWM:\s+(\d+)", status)[1]) / 1024  # type: ignore[index]


def choose(document: Document, share: float, seed: int) -> set[str]:
    """Return a random share of the words of a document, folded; one at least, if it has any."""
    words = sorted(
        {
            folded(found)[0]
            for segment in document.segments
            if segment.visible
            for found in re.findall(r"\S+", segment.text)
            if len(folded(found)[0]) >= SHORTEST
        }
    )
    count = min(len(words), max(1, round(len(words) * share)))
    return set(random.Random(seed).sample(words, count))  # noqa: S311 - a fixed sample, no secret


def merged(spans: list[Span]) -> list[Span]:
    """Join spans that overlap, as redactions must not."""
    result: list[Span] = []
    for span in sorted(spans):
        if result and span.start < result[-1].end:
            result[-1] = Span(result[-1].start, max(result[-1].end, span.end))
        else:
            result.append(span)
    return result


def by_layout(data: bytes) -> str:
    """Return what pdfminer's analysis of layout reads."""
    parameters = LAParams(all_texts=True, boxes_flow=None)
    return pdfminer.high_level.extract_text(BytesIO(data), laparams=parameters)


def losses(model: Model, written: Written, cuts: list[Cut]) -> tuple[int, int]:
    """Return how many letters and digits PDFium should still find, and how many of them it does not.

    It should find those that stand neither under a box nor where text is that no one sees. What is printed on
    boxes and below pages is none of them. PDFium gives letters that are drawn twice in one place, for bold,
    once or twice as the rest of their line is, so only those are lost that are missed either way.
    """
    kept = lost = 0
    with opened(model.data) as old, opened(written.data) as new:
        for page, cut in zip(model.pages, cuts, strict=True):
            index = page.number - 1
            labels = [mark.marking for mark in cut.marks if type_size(mark, mark.marking)]
            own = folded("".join([*labels, *(line.marking for line in cut.legend)]))[0]
            unseen = [glyph.box for glyph in page.unseen]
            gone = [*cut.boxes, *unseen]
            missing = []
            for once in (False, True):
                expected = _letters(old.characters(index), gone, once)
                actual = _letters(new.characters(index), [], once) - Counter(own)
                missing.append((expected - actual).total())
            kept += expected.total()
            lost += min(missing)
    return kept, lost


def _letters(characters: list[Character], gone: list[Box], once: bool) -> Counter[str]:
    """Count letters and digits whose middles are in none of the boxes ``gone``, those in one place maybe only
    ``once``."""
    edges = np.array(gone, dtype=float).reshape(-1, 4)
    counts: Counter[str] = Counter()
    places: dict[tuple[str, int, int], list[Box]] = defaultdict(list)
    for character in characters:
        x, y = character.box.middle
        near = [
            box
            for column in (-1, 0, 1)
            for row in (-1, 0, 1)
            for box in places.get((character.text, int(x // 4) + column, int(y // 4) + row), ())
        ]
        if _inside(character.box, edges) or (once and any(_same(character.box, box) for box in near)):
            continue
        places[character.text, int(x // 4), int(y // 4)].append(character.box)
        counts.update(folded(character.text)[0])
    return counts


def _same(first: Box, second: Box) -> bool:
    shared = first.clipped(second)
    return shared.width * shared.height > 0.5 * first.width * first.height


def _inside(box: Box, gone: npt.NDArray[np.float64]) -> bool:
    x, y = box.middle
    across = (gone[:, 0] <= x) & (x <= gone[:, 2])
    return bool((across & (gone[:, 1] <= y) & (y <= gone[:, 3])).any())


def differences(model: Model, written: Written, cuts: list[Cut]) -> dict[str, float]:
    """Return for each program that draws pages the largest share of a page's pixels that changed.

    What lies under boxes does not count, nor what an annotation drew that was left out, nor what differs
    by no more than the smoothing of edges. Poppler draws too where it is installed.
    """
    worst = {"pdfium": 0.0}
    with opened(model.data) as old, opened(written.data) as new:
        for page, cut in zip(model.pages, cuts, strict=True):
            pixels = (brightness(each.render(page.number - 1, SCALE)) for each in (old, new))
            worst["pdfium"] = max(worst["pdfium"], _difference(page, cut, *pixels))
    if shutil.which("pdftoppm") is not None:
        worst["poppler"] = 0.0
        for page, cut in zip(model.pages, cuts, strict=True):
            drawn = (
                _drawn(model.data, page.number),
                _drawn(written.data, page.number),
            )
            worst["poppler"] = max(worst["poppler"], _difference(page, cut, *drawn))
    return worst


def _drawn(data: bytes, number: int) -> Brightness:
    pages = ["-f", str(number), "-l", str(number)]
    options = ["-gray", "-cropbox", "-r", "72", *pages]
    done = subprocess.run(  # noqa: S603 - a fixed command without a shell
        [shutil.which("pdftoppm") or "", *options, "-"], input=data, capture_output=True, check=False
    )
    return (
        np.asarray(Image.open(BytesIO(done.stdout)).convert("L"))
        if done.stdout
        else np.zeros((1, 1), np.uint8)
    )


def _difference(page: Page, cut: Cut, old: Brightness, new: Brightness) -> float:
    return float(differing(page, old, new, [*cut.boxes, *cut.changed]).mean())
