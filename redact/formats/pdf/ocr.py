"""An OCR engine where one is installed: Tesseract on the path (Apache-2.0), given pixels, giving words.

Pixels go in and words come out through pipes; nothing is written to disk.
"""

import csv
import shutil
import subprocess
from dataclasses import dataclass, field
from functools import cache
from io import BytesIO, StringIO

from PIL import Image

from redact.formats.pdf.geometry import Box
from redact.formats.pdf.objects import NotUnderstoodError

TIMEOUT = 20.0
"""Seconds for one picture."""
SURE = 60.0
"""Confidence, of 100, from which a word counts as read."""


@dataclass(frozen=True, slots=True)
class Word:
    """A word that was read in a picture: its box in pixels from the top left."""

    text: str = field(repr=False)
    box: Box
    confidence: float
    line: tuple[str, ...]
    """Which line it stands on."""


@cache
def engine() -> str | None:
    """Return the path of the OCR engine, None where there is none."""
    return shutil.which("tesseract")


def read_words(image: Image.Image, dpi: int, sparse: bool = False) -> list[Word]:
    """Return the words in a picture; raises ``NotUnderstoodError`` if the engine fails or takes too long."""
    path = engine()
    if path is None:
        raise NotUnderstoodError("no OCR engine is installed")
    buffer = BytesIO()
    image.save(buffer, "PNG", compress_level=1)
    mode = "11" if sparse else "3"
    command = [path, "stdin", "stdout", "--psm", mode, "--dpi", str(dpi), "-l", "eng", "tsv"]
    try:
        done = subprocess.run(  # noqa: S603 - a fixed command without a shell
            command,
            input=buffer.getvalue(),
            capture_output=True,
            timeout=TIMEOUT,
            check=False,
            env={"OMP_THREAD_LIMIT": "1"},
        )
    except (OSError, subprocess.TimeoutExpired) as error:
        raise NotUnderstoodError("the OCR engine failed") from error
    if done.returncode:
        raise NotUnderstoodError("the OCR engine failed")
    rows = csv.DictReader(
        StringIO(done.stdout.decode("utf-8", "replace")), delimiter="\t", quoting=csv.QUOTE_NONE
    )
    found = []
    for row in rows:
        text = (row.get("text") or "").strip()
        if text:
            left, top = float(row["left"]), float(row["top"])
            box = Box(left, top, left + float(row["width"]), top + float(row["height"]))
            line = (row["block_num"], row["par_num"], row["line_num"])
            found.append(Word(text, box, float(row["conf"]), line))
    return found
