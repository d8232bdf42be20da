"""Batches: one request over many documents, on any executor, going on where an interrupted run was."""

import shutil
from collections.abc import Sequence
from concurrent.futures import Executor
from pathlib import Path

from redact.gate import Gate
from redact.release import ReleasePackage
from redact.request import Request
from redact.run import Progress, silent
from redact.source import Source


def run(
    gate: Gate,
    request: Request,
    documents: Sequence[Source],
    out: Path,
    executor: Executor | None,
    *,
    progress: Progress = silent,
) -> ReleasePackage:
    """Release ``request`` over ``documents`` with the workers of ``executor``; the package lands at ``out``.

    A journal beside ``out`` lets a second run with the same arguments continue; it goes when the package is
    there. The package does not depend on the executor. Raises what ``Gate.release`` raises.
    """
    folder = out.parent / f".{out.name}.journal"
    package = gate.release(request, documents, out, progress=progress, executor=executor, journal=folder)
    shutil.rmtree(folder, ignore_errors=True)
    return package
