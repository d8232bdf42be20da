"""Batches: one request over many documents, on any executor, going on where an interrupted run was."""

import shutil
import signal
from collections.abc import Callable, Iterable, Iterator, Sequence
from concurrent.futures import Executor, ProcessPoolExecutor
from hashlib import sha256
from importlib.metadata import version
from multiprocessing import active_children, get_context
from pathlib import Path
from typing import TypeVar

from redact.gate import Gate, Progress
from redact.journal import Journal
from redact.release import ReleasePackage
from redact.request import Request
from redact.source import Source

_T = TypeVar("_T")
_R = TypeVar("_R")


def process_pool(workers: int) -> Executor:
    """Return an executor of so many processes, each with models of its own."""
    # Forked children would share locks and threads of native libraries in an unknown state. Ctrl-C reaches
    # every process of a terminal: only the first answers it, and stops the others.
    return ProcessPoolExecutor(
        workers,
        mp_context=get_context("spawn"),
        initializer=signal.signal,
        initargs=(signal.SIGINT, signal.SIG_IGN),
    )


def stop(pool: Executor) -> None:
    """Stop a process pool at once, whatever its processes are doing: nothing they do is half released."""
    for child in active_children():
        child.kill()
    pool.shutdown(wait=False, cancel_futures=True)


def run(
    gate: Gate,
    request: Request,
    documents: Sequence[Source],
    out: Path,
    executor: Executor,
    *,
    progress: Progress = lambda stage, done, total: None,
) -> ReleasePackage:
    """Release ``request`` over ``documents`` with the workers of ``executor``; the package lands at ``out``.

    A journal beside ``out`` lets a second run with the same arguments continue; it goes when the package is
    there. The package does not depend on the executor. Raises what ``Gate.release`` raises.
    """
    folder = out.parent / f".{out.name}.journal"
    journal = Journal(folder, f"{version('redact')} {_recognizers()}")

    def workers(function: Callable[[_T], _R], items: Iterable[_T]) -> Iterator[_R]:
        return executor.map(function, items)

    package = gate.release(request, documents, out, progress=progress, workers=workers, journal=journal)
    shutil.rmtree(folder, ignore_errors=True)
    return package


def _recognizers() -> str:
    """A version of the recognizers: the hash of their code, lexicons and model."""
    import recognizers

    folder = Path(recognizers.__file__).parent
    digest = sha256()
    for path in sorted(folder.glob("**/*")):
        if path.suffix in {".py", ".toml", ".txt", ".json", ".onnx"} and "corpus" not in path.parts:
            digest.update(path.read_bytes())
    return digest.hexdigest()[:12]
