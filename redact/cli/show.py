"""What a person sees: progress, tables of findings, the summary of a run."""

import json
import sys
import time
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING

from redact.cli.options import LogFormat

if TYPE_CHECKING:
    from rich.console import Console
    from rich.progress import TaskID

    from redact.finding import Finding
    from redact.inventory import Inventory
    from redact.release import ReleasePackage
    from redact.run import Progress

PLAIN_WIDTH = 120
"""Characters of a line where the output is no terminal."""
INTERVAL = 5.0
"""Seconds between two lines about a pass where there is no bar."""
FEW = 60
"""Documents up to which a summary names each."""
ENDED = {"release": "released", "redact": "redacted", "refer": "referred", "withhold": "withheld"}
"""What became of a document, by its outcome, in the order of a summary."""


@contextmanager
def progress(logs: LogFormat) -> "Iterator[Progress]":
    """A bar on a terminal, a plain line now and then elsewhere, or lines of JSON; all on standard error."""
    if logs is LogFormat.json:
        yield _Lines(_as_json)
        return
    if not sys.stderr.isatty():
        yield _Lines(_as_text)
        return
    from rich.console import Console
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn

    bar = Progress(
        TextColumn("{task.description:>8}"),
        BarColumn(),
        MofNCompleteColumn(),
        TextColumn("{task.fields[pages]} pages, {task.fields[rate]:.1f} a second"),
        TimeRemainingColumn(),
        console=Console(stderr=True),
    )
    tasks: dict[str, TaskID] = {}

    def show(stage: str, done: int, total: int, pages: int) -> None:
        if stage not in tasks:
            tasks[stage] = bar.add_task(stage, total=total, pages=0, rate=0.0)
        elapsed = bar.tasks[tasks[stage]].elapsed or 0.0
        bar.update(
            tasks[stage], completed=done, total=total, pages=pages, rate=pages / elapsed if elapsed else 0.0
        )

    with bar:
        yield show


class _Lines:
    """Prints a line for the beginning and the end of each pass, and every few seconds between."""

    def __init__(self, line: Callable[[str, int, int, int, float], str]) -> None:
        self._line = line
        self._began: dict[str, float] = {}
        self._last = 0.0

    def __call__(self, stage: str, done: int, total: int, pages: int) -> None:
        now = time.monotonic()
        began = self._began.setdefault(stage, now)
        if done in (0, total) or now - self._last >= INTERVAL:
            self._last = now
            print(self._line(stage, done, total, pages, now - began), file=sys.stderr, flush=True)


def _as_text(stage: str, done: int, total: int, pages: int, seconds: float) -> str:
    if not done:
        return f"{stage}: {total} documents"
    return f"{stage}: {done} of {total} documents, {pages} pages, {pages / max(seconds, 0.001):.1f} a second"


def _as_json(stage: str, done: int, total: int, pages: int, seconds: float) -> str:
    line = {"event": stage, "documents": done, "of": total, "pages": pages, "seconds": round(seconds, 1)}
    return json.dumps(line)


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


def summary(package: "ReleasePackage", logs: LogFormat) -> None:
    """Print what was decided, what became of how many documents, and what is still to do.

    As a line of JSON, or for a person, who also sees each document where they are few.
    """
    counts = tally(package)
    if logs is LogFormat.json:
        rows = [{"outcome": outcome, "why": why, "documents": count} for (outcome, why), count in counts]
        line = {
            "event": "summary",
            "request": package.determination.request_id,
            "outcome": package.determination.outcome.name,
            "documents": rows,
            "counts": package.inventory and package.inventory.counts(),
            "sample": package.inventory and package.inventory.sample.as_dict(),
            "referrals": list(package.determination.referrals),
            "to_do": list(package.open_because),
            "prior_releases": [each.as_dict() for each in package.prior],
            "package": str(package.path),
        }
        print(json.dumps(line, ensure_ascii=False))
        return
    from rich.console import Console
    from rich.table import Table

    console = Console(width=None if sys.stdout.isatty() else PLAIN_WIDTH, highlight=False)
    determination = package.determination
    console.print(f"Request {determination.request_id}: {determination.requester.category.replace('_', ' ')}")
    if determination.decision.reasons:
        count = len(package.accounts)
        console.print(f"{determination.outcome.name}: none of the {count} documents was opened, because")
        for reason in determination.decision.reasons:
            console.print(f"  - {reason}")
    else:
        if len(package.accounts) <= FEW:
            _documents(console, package)
        table = Table("outcome", "why", "documents")
        for (outcome, why), count in counts:
            table.add_row(outcome, why, str(count))
        console.print(table)
    if package.inventory:
        _to_read(console, package.inventory)
    for item in determination.decision.missing:
        console.print(f"missing: {item}")
    for office in determination.referrals:
        console.print(f"referred to: {office}")
    if determination.copy and any(account.released for account in package.accounts):
        console.print(f"controlled copy: stamped, expires on {determination.copy.expires_on}")
    for deadline in package.deadlines:
        console.print(deadline.statement)
    for each in package.prior:
        console.print(f"warning: {each.statement}")
    for item in package.open_because:
        console.print(f"to do: {item}")
    console.print(f"package: {package.path}")


def _to_read(console: "Console", inventory: "Inventory") -> None:
    counts = inventory.counts()
    outcomes = " + ".join(f"{number} {name}" for name, number in counts["outcomes"].items())
    console.print(
        f"{counts['documents']} documents in {counts['submitted']} files = {outcomes}; "
        f"{counts['duplicates']} of them duplicates"
    )
    for queue, number in counts["queues"].items():
        console.print(f"to read: {queue}: {number}")
    console.print(f"sample: {inventory.sample.statement}")


def _documents(console: "Console", package: "ReleasePackage") -> None:
    from rich.table import Table

    table = Table("document", "outcome", "redactions", "why")
    for account in package.accounts:
        released = account.released is not None
        why = "; ".join(account.decision.citations if released else account.decision.reasons)
        table.add_row(account.name, account.outcome.name, str(account.redactions) if released else "", why)
    console.print(table)


def tally(package: "ReleasePackage") -> "list[tuple[tuple[str, str], int]]":
    """Count the documents by what became of them: released, redacted, withheld for a reason, referred to an
    office; most first within each."""
    counts: Counter[tuple[str, str]] = Counter()
    for account in package.accounts:
        decision = account.decision
        outcome = ENDED[account.outcome.name]
        if account.released is not None:
            counts[outcome, ""] += 1
        elif outcome == "referred":
            counts[outcome, "to " + ", ".join(decision.referrals)] += 1
        else:
            counts[outcome, "; ".join(decision.reasons or decision.citations)] += 1
    order = list(ENDED.values())
    return sorted(counts.items(), key=lambda item: (order.index(item[0][0]), -item[1], item[0][1]))
