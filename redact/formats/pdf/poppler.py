"""Poppler's ``pdftotext`` where it is installed: a program of its own, given bytes, giving text in reading
order. Nothing is linked with it, and nothing is written to disk."""

import shutil
import subprocess
from functools import cache

from redact.formats.pdf.objects import NotUnderstoodError

TIMEOUT = 120.0
"""Seconds for one file."""


@cache
def program() -> str | None:
    """Return the path of the program, None where there is none."""
    return shutil.which("pdftotext")


def text(data: bytes) -> str:
    """Return the text of a file; raises ``NotUnderstoodError`` where the program fails or takes too long."""
    path = program()
    if path is None:
        raise NotUnderstoodError("poppler is not installed")
    try:
        done = subprocess.run(  # noqa: S603 - a fixed command without a shell
            [path, "-enc", "UTF-8", "-", "-"], input=data, capture_output=True, timeout=TIMEOUT, check=False
        )
    except (OSError, subprocess.TimeoutExpired) as error:
        raise NotUnderstoodError("poppler failed") from error
    if done.returncode:
        raise NotUnderstoodError("poppler cannot read the file")
    return done.stdout.decode("utf-8", "replace")
