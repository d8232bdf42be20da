"""``redact release`` and ``redact batch``: a request is decided over documents and carried out."""

import os
import signal
import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, nullcontext
from dataclasses import replace
from multiprocessing import active_children
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, NoReturn

import typer

from redact.cli.options import (
    DONE,
    STOPPED,
    UNVERIFIED,
    WITHHELD,
    AuditFile,
    City,
    Documents,
    Fast,
    LogFormat,
    Logs,
    Memory,
    Out,
    Policies,
    RequestFile,
    Seconds,
    Strict,
    Templates,
    audit_log,
    complain,
)
from redact.limits import Limits

if TYPE_CHECKING:
    from redact.detect import Detector
    from redact.gate import Gate
    from redact.pool import Pool
    from redact.release import ReleasePackage
    from redact.request import Request

MIB = 2**20
LIMITS = Limits()
"""What the work on one document may take, unless the options say otherwise."""


def release(
    request: RequestFile,
    paths: Documents,
    out: Out,
    audit: AuditFile,
    policy: Policies = None,
    templates: Templates = None,
    city: City = "City",
    fast: Fast = False,
    strict: Strict = False,
    seconds: Seconds = LIMITS.seconds,
    memory: Memory = LIMITS.memory // MIB,
    logs: Logs = LogFormat.text,
) -> None:
    """Decide a request over documents and leave the release package in a new folder."""
    from redact.cli import show
    from redact.pool import Pool
    from redact.source import sources

    asked, gate, detector = _gate(request, audit, policy, templates, city, fast, strict)
    documents = sources(paths)
    pool = Pool(1, Limits(seconds, memory * MIB), detector.ready)
    with _stoppable(pool, "stopped; nothing is released"), show.progress(logs) as progress:
        package = gate.release(asked, documents, out, executor=pool, progress=progress)
    show.summary(package, logs)
    raise typer.Exit(_exit_code(package))


def batch(
    request: RequestFile,
    folder: Annotated[Path, typer.Argument(metavar="FOLDER", help="Folder tree of documents.")],
    out: Out,
    audit: AuditFile,
    workers: Annotated[
        int | None, typer.Option(min=1, help="Worker processes; by default one a core.")
    ] = None,
    cluster: Annotated[
        str, typer.Option(metavar="ADDRESS", help="Dask scheduler, tcp://HOST:PORT, whose workers do it.")
    ] = "",
    policy: Policies = None,
    templates: Templates = None,
    city: City = "City",
    fast: Fast = False,
    strict: Strict = False,
    seconds: Seconds = LIMITS.seconds,
    memory: Memory = LIMITS.memory // MIB,
    logs: Logs = LogFormat.text,
) -> None:
    """Release a request over a folder tree with several processes; run again to continue after a stop."""
    from redact.batch import run
    from redact.cli import show
    from redact.cluster import cluster as connected
    from redact.pool import Pool
    from redact.source import sources

    asked, gate, detector = _gate(request, audit, policy, templates, city, fast, strict)
    documents = sources([folder])
    limits = Limits(seconds, memory * MIB)
    pool = Pool(workers or os.cpu_count() or 1, limits, detector.ready)
    used = connected(cluster, limits) if cluster else nullcontext(pool)
    with (
        _stoppable(pool, "stopped; run the same command again to continue"),
        used as executor,
        show.progress(logs) as progress,
    ):
        package = run(gate, asked, documents, out, executor, progress=progress)
    show.summary(package, logs)
    raise typer.Exit(_exit_code(package))


def _gate(
    request: Path,
    audit: Path,
    policy: Sequence[str] | None,
    templates: Path | None,
    city: str,
    fast: bool,
    strict: bool,
) -> "tuple[Request, Gate, Detector]":
    """Load what decides; its detector loads only in the processes that search with it."""
    from redact.deadlines import deadlines
    from redact.detect import Detector
    from redact.gate import Gate
    from redact.request import Request

    asked = Request.load(request)
    asked = replace(asked, strict=asked.strict or strict)
    # An extension that the law does not allow is told before the documents are read.
    deadlines(asked, asked.decided_on)
    detector = Detector.later(fast=fast)
    gate = Gate.load(policy or (), detector=detector, audit=audit_log(audit), city=city, templates=templates)
    gate.stack(asked)
    return asked, gate, detector


@contextmanager
def _stoppable(pool: "Pool", message: str) -> Iterator[None]:
    """Let Ctrl-C end everything at once with ``message``, and the processes of ``pool`` end in any case."""

    def interrupted(*_: object) -> NoReturn:
        # Here and now: an exception could be swallowed on its way up, and the journal is always whole.
        if sys.stderr.isatty():
            # A bar is drawn there, and the cursor hidden.
            print("\x1b[?25h", file=sys.stderr)
        complain(message)
        # Those that are only just starting too, of which the pool does not know yet.
        for child in active_children():
            child.kill()
        os._exit(STOPPED)

    before = signal.signal(signal.SIGINT, interrupted)
    try:
        yield
    finally:
        signal.signal(signal.SIGINT, before)
        pool.kill()


def _exit_code(package: "ReleasePackage") -> int:
    if package.verification_failed:
        return UNVERIFIED
    return DONE if package.complete else WITHHELD
