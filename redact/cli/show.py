"""What a person sees: progress, tables of findings, the summary of a run."""

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from redact.finding import Finding
    from redact.gate import Progress
    from redact.release import ReleasePackage

PLAIN_WIDTH = 120
"""Characters of a line where the output is no terminal."""


@contextmanager
def progress() -> "Iterator[Progress]":
    """A progress bar on a terminal, a plain line for each stage elsewhere; both on standard error."""
    if not sys.stderr.isatty():
        yield _plain
        return
    from rich.console import Console
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn

    bar = Progress(
        TextColumn("{task.description:>8}"),
        BarColumn(),
        MofNCompleteColumn(),
        TimeRemainingColumn(),
        console=Console(stderr=True),
    )
    tasks = {}

    def show(stage: str, done: int, total: int) -> None:
        if stage not in tasks:
            tasks[stage] = bar.add_task(stage, total=total)
        bar.update(tasks[stage], completed=done)

    with bar:
        yield show


def _plain(stage: str, done: int, total: int) -> None:
    if done == total:
        print(f"{stage}: {done} of {total} documents", file=sys.stderr)


def findings(rows: "list[tuple[str, Finding]]", *, explain: bool) -> None:
    """Print findings as a table, never what they say."""
    from rich.console import Console
    from rich.table import Table

    table = Table("document", "locator", "entity", "start", "end", "score", "recognizer")
    if explain:
        table.add_column("pattern")
        table.add_column("cue")
    for label, f in rows:
        cells = [
            label,
            f.locator,
            f.entity,
            str(f.span.start),
            str(f.span.end),
            f"{f.score:.2f}",
            f.recognizer,
        ]
        table.add_row(*cells, *([f.pattern, f.cue] if explain else []))
    Console(width=None if sys.stdout.isatty() else PLAIN_WIDTH).print(table)


def summary(package: "ReleasePackage") -> None:
    """Print what was decided, what became of each document, and what is still to do."""
    from rich.console import Console
    from rich.table import Table

    console = Console(width=None if sys.stdout.isatty() else PLAIN_WIDTH, highlight=False)
    determination = package.determination
    console.print(f"Request {determination.request_id}: {determination.requester.category.replace('_', ' ')}")
    if determination.decision.reasons:
        count = len(package.documents)
        console.print(f"{determination.outcome.name}: none of the {count} documents was opened, because")
        for reason in determination.decision.reasons:
            console.print(f"  - {reason}")
    else:
        table = Table("document", "outcome", "redactions", "why")
        for report in package.documents:
            decision = report.determination.decision
            removed = str(len(report.released.redactions)) if report.released else ""
            why = "; ".join(decision.citations if report.released else decision.reasons)
            table.add_row(report.name, report.determination.outcome.name, removed, why)
        console.print(table)
    for item in determination.decision.missing:
        console.print(f"missing: {item}")
    for office in determination.referrals:
        console.print(f"referred to: {office}")
    for item in package.open_because:
        console.print(f"to do: {item}")
    console.print(f"package: {package.path}")
