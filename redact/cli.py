"""The command line: a thin skin over the library. Heavy imports wait until a command needs them."""

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, NoReturn

import typer

if TYPE_CHECKING:
    from redact.finding import Finding
    from redact.gate import Progress
    from redact.release import ReleasePackage

DONE, FOUND, BAD_INPUT, WITHHELD, UNVERIFIED = 0, 1, 2, 3, 4
"""Exit codes."""

app = typer.Typer(
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
    rich_markup_mode=None,
    help="Find what the law protects in public records, decide by requester, remove it for real.",
)
policy_app = typer.Typer(no_args_is_help=True, rich_markup_mode=None, help="Check and show policies.")
app.add_typer(policy_app, name="policy")


class ScanFormat(StrEnum):
    """How findings are listed."""

    table = "table"
    jsonl = "jsonl"


class TextFormat(StrEnum):
    """How an explanation is given."""

    text = "text"
    json = "json"


RequestFile = Annotated[Path, typer.Argument(metavar="REQUEST", help="Request file, TOML or JSON.")]
Documents = Annotated[list[Path], typer.Argument(metavar="PATH...", help="Documents, or folders of them.")]
Out = Annotated[
    Path, typer.Option("--out", metavar="DIR", help="Folder to make; must not hold anything yet.")
]
Policies = Annotated[
    list[str] | None,
    typer.Option(
        "--policy", metavar="NAME", help="Policy by name or path, where the request names none. Repeatable."
    ),
]


@app.command()
def scan(
    paths: Documents,
    format: Annotated[
        ScanFormat, typer.Option("--format", help="How to list the findings.")
    ] = ScanFormat.table,
    explain: Annotated[bool, typer.Option("--explain", help="Show pattern and cue of each finding.")] = False,
) -> None:
    """List what is found in documents, never what it says. Exit code 1 if anything is."""
    import json

    from redact.examination import scan as search
    from redact.source import sources

    found = unsearched = 0
    rows: list[tuple[str, Finding]] = []
    for result in search(sources(paths)):
        for obstacle in result.obstacles:
            unsearched += 1
            _complain(f"{result.label}: not searched completely: {obstacle.reason}")
        for finding in result.findings:
            found += 1
            if format is ScanFormat.table:
                rows.append((result.label, finding))
                continue
            line = {
                "document": result.label,
                "locator": finding.locator,
                "entity": finding.entity,
                "start": finding.span.start,
                "end": finding.span.end,
                "score": round(finding.score, 3),
                "recognizer": finding.recognizer,
            }
            if explain:
                line |= {"pattern": finding.pattern, "cue": finding.cue}
            typer.echo(json.dumps(line, ensure_ascii=False))
    if format is ScanFormat.table:
        _print_findings(rows, explain=explain)
    raise typer.Exit(WITHHELD if unsearched else FOUND if found else DONE)


@app.command()
def release(request: RequestFile, paths: Documents, out: Out, policy: Policies = None) -> None:
    """Decide a request over documents and leave the release package in a new folder."""
    from redact.gate import Gate
    from redact.request import Request
    from redact.source import sources

    asked = Request.load(request)
    documents = sources(paths)
    gate = Gate.load(policy or ())
    with _progress() as progress:
        package = gate.release(asked, documents, out, progress=progress)
    _print_summary(package)
    raise typer.Exit(_exit_code(package))


@app.command()
def batch(
    request: RequestFile,
    folder: Annotated[Path, typer.Argument(metavar="FOLDER", help="Folder tree of documents.")],
    out: Out,
    workers: Annotated[
        int | None, typer.Option(min=1, help="Worker processes; one for each core if not given.")
    ] = None,
    policy: Policies = None,
) -> None:
    """Release a request over a folder tree with several processes; run again to continue after a stop."""
    import os

    from redact.batch import process_pool, run
    from redact.gate import Gate
    from redact.request import Request
    from redact.source import sources

    asked = Request.load(request)
    documents = sources([folder])
    gate = Gate.load(policy or ())
    pool = process_pool(workers or os.cpu_count() or 1)
    try:
        with _progress() as progress:
            package = run(gate, asked, documents, out, pool, progress=progress)
    except KeyboardInterrupt:
        pool.shutdown(wait=False, cancel_futures=True)
        _complain("stopped; run the same command again to continue")
        raise typer.Exit(130) from None
    pool.shutdown()
    _print_summary(package)
    raise typer.Exit(_exit_code(package))


@app.command()
def explain(
    request: RequestFile,
    entity: Annotated[
        list[str] | None, typer.Option(help="Entity to explain; all if none. Repeatable.")
    ] = None,
    format: Annotated[TextFormat, typer.Option("--format")] = TextFormat.text,
    policy: Policies = None,
) -> None:
    """Show which rule decides what for a request, and what is missing to release more."""
    import json

    from redact.explanation import explanation, explanation_text
    from redact.gate import DEFAULT_POLICIES
    from redact.policy import PolicyStack
    from redact.request import Request

    asked = Request.load(request)
    stack = PolicyStack.load(asked.policies or policy or DEFAULT_POLICIES)
    if format is TextFormat.json:
        typer.echo(json.dumps(explanation(asked, stack, entity or ()), ensure_ascii=False, indent=1))
    else:
        typer.echo(explanation_text(asked, stack, entity or ()))


@app.command()
def verify(package: Annotated[Path, typer.Argument(metavar="DIR", help="A release package.")]) -> None:
    """Check that a release package is what its manifest says, and that its documents read clean."""
    from redact.draft import check_package

    problems = check_package(package)
    for problem in problems:
        _complain(problem)
    if problems:
        raise typer.Exit(UNVERIFIED)
    typer.echo("verified")


@policy_app.command("check")
def policy_check(
    policies: Annotated[
        list[str] | None, typer.Argument(metavar="NAME...", help="By name or path; all if none.")
    ] = None,
) -> None:
    """Load policies and say what is wrong with them."""
    from redact.policy import PolicyStack, bundled

    for name in policies or bundled():
        stack = PolicyStack.load([name])
        rules = sum(len(p.rule) for p in stack.policies)
        typer.echo(f"{name}: {rules} rules, version {stack.versions[stack.policies[0].id]}")


@policy_app.command("show")
def policy_show(policies: Annotated[list[str], typer.Argument(metavar="NAME...")]) -> None:
    """Print the rules of policies in the order in which they are asked."""
    from redact.policy import PolicyStack

    stack = PolicyStack.load(policies)
    for policy in stack.policies:
        typer.echo(f"{policy.title} ({policy.status}; {policy.source})")
        for rule in policy.rule:
            about = ", ".join(rule.entities) or f"the {rule.applies_to}"
            who = ", ".join(rule.requesters) or "everybody"
            typer.echo(f"  {rule.id} [{rule.clause}] {rule.action.name}: {about}; for {who}. {rule.why}")


def main() -> NoReturn:
    """Run the command line; errors go to standard error in one line that says what to do."""
    from redact.errors import RedactError

    try:
        app()
    except RedactError as error:
        _complain(str(error))
        sys.exit(error.exit_code)
    except Exception as error:
        # Neither its message nor a traceback is printed: both could hold text of a document.
        _complain(f"stopped by an unexpected error ({type(error).__name__}); nothing was released")
        sys.exit(BAD_INPUT)
    sys.exit(DONE)


def _complain(message: str) -> None:
    print(f"redact: {message}", file=sys.stderr)


def _exit_code(package: "ReleasePackage") -> int:
    if package.verification_failed:
        return UNVERIFIED
    return DONE if package.complete else WITHHELD


@contextmanager
def _progress() -> "Iterator[Progress]":
    """A progress bar on a terminal, a plain line for each stage elsewhere; both on standard error."""
    if not sys.stderr.isatty():
        yield _plain_progress
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


def _plain_progress(stage: str, done: int, total: int) -> None:
    if done == total:
        print(f"{stage}: {done} of {total} documents", file=sys.stderr)


def _print_findings(rows: "list[tuple[str, Finding]]", *, explain: bool) -> None:
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
    Console(width=None if sys.stdout.isatty() else 200).print(table)


def _print_summary(package: "ReleasePackage") -> None:
    from rich.console import Console
    from rich.table import Table

    console = Console(width=None if sys.stdout.isatty() else 120, highlight=False)
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
    console.print(f"package: {package.path}")


__all__: list[str] = ["app", "main"]
