"""The commands. Heavy imports wait until a command needs them: the help is there in under half a second."""

import json
import signal
import sys
from enum import StrEnum
from pathlib import Path
from typing import Annotated, NoReturn

import typer

from redact.cli import audit, deadlines, explain, policy, release, verify
from redact.cli.options import (
    BAD_INPUT,
    DONE,
    FOUND,
    STOPPED,
    WITHHELD,
    AuditFile,
    City,
    Documents,
    Fast,
    Policies,
    audit_log,
    complain,
)
from redact.cli.reading import text_in

app = typer.Typer(
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
    rich_markup_mode=None,
    help="Find what the law protects in public records, decide by requester, remove it for real.",
)
app.add_typer(policy.app, name="policy")
app.add_typer(audit.app, name="audit")


class ScanFormat(StrEnum):
    """How findings are listed."""

    table = "table"
    jsonl = "jsonl"


@app.command()
def scan(
    paths: Documents,
    audit: AuditFile,
    format: Annotated[
        ScanFormat, typer.Option("--format", help="How to list the findings.")
    ] = ScanFormat.table,
    explain: Annotated[bool, typer.Option("--explain", help="Show pattern and cue of each finding.")] = False,
    fast: Fast = False,
) -> None:
    """List what is found in documents, never what it says. Exit code 1 if anything is."""
    from collections import Counter

    from redact.cli import show
    from redact.detect import Detector
    from redact.examination import scan as search
    from redact.source import sources

    parts = list(search(sources(paths), detector=Detector.load(fast=fast)))
    unsearched = [(part.label, obstacle) for part in parts for obstacle in part.obstacles]
    found = [(part.label, finding) for part in parts for finding in part.findings]
    audit_log(audit).append(
        "scan",
        {
            "documents": len(parts),
            "findings": Counter(finding.entity for _, finding in found),
            "obstacles": Counter(obstacle.code for _, obstacle in unsearched),
        },
    )
    for label, obstacle in unsearched:
        complain(f"{label}: not searched completely: {obstacle.reason}")
    if format is ScanFormat.table:
        show.findings(found, explain=explain)
    else:
        for label, finding in found:
            line = {
                "document": label,
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
    raise typer.Exit(WITHHELD if unsearched else FOUND if found else DONE)


app.command()(release.release)
app.command()(release.batch)
app.command()(explain.explain)
app.command()(deadlines.deadlines)
app.command()(verify.verify)


@app.command("check-post")
def check_post(
    draft: Annotated[Path, typer.Argument(metavar="DRAFT", help="A post or letter.")],
    audit: AuditFile,
    policy: Policies = None,
    city: City = "City",
) -> None:
    """May this post go out? Exit code 1 if it holds confidential information; the rest is advice."""
    from redact.detect import Detector
    from redact.policy import PolicyStack
    from redact.posts import check_post as judged

    text = text_in(draft, hidden=True)
    stack = PolicyStack.load(policy or ("ramsey",))
    verdict = judged(text, Detector.load().detect_text(text), stack, city)
    audit_log(audit).append("post_check", verdict.record())
    for entity, count in verdict.confidential.items():
        typer.echo(f"block: {count} x {entity} (guideline 1: confidential information is not shared)")
    for advice in verdict.advice:
        lines = ", ".join(map(str, advice.lines))
        typer.echo(f"advice ({advice.guideline}): line {lines}: {advice.message}")
    if verdict.disclaimer:
        typer.echo(f"disclaimer: {verdict.disclaimer}")
    typer.echo(verdict.outcome)
    raise typer.Exit(FOUND if verdict.blocked else DONE)


@app.command("check-form")
def check_form(
    form: Annotated[Path, typer.Argument(metavar="FORM", help="A form or questionnaire.")],
    audit: AuditFile,
    basis: Annotated[
        Path | None, typer.Option(metavar="REQUEST", help="Request file with a legal basis.")
    ] = None,
    policy: Policies = None,
) -> None:
    """Does this form ask for citizenship or the like without a basis? Exit code 1 if it does."""
    from datetime import date

    from redact.forms import check_form as judged
    from redact.policy import PolicyStack
    from redact.request import Request

    asked = Request.load(basis) if basis else None
    stack = PolicyStack.load(policy or ("california", "pasadena"))
    problems = judged(
        text_in(form, hidden=False),
        asked.legal_basis if asked else (),
        stack=stack,
        on=asked.decided_on if asked else date.today(),
        name=form.name,
    )
    flagged = [problem for problem in problems if problem.severity == "flag"]
    counts = {
        entity: sum(p.entity == entity for p in problems) for entity in sorted({p.entity for p in problems})
    }
    audit_log(audit).append("form_check", {"outcome": "flag" if flagged else "pass", "findings": counts})
    for problem in problems:
        typer.echo(
            f"{problem.severity}: line {problem.line}: {problem.message} ({', '.join(problem.clauses)})"
        )
    raise typer.Exit(FOUND if flagged else DONE)


@app.command("report-violation")
def report_violation(
    policy: Annotated[str, typer.Option(help="The policy that was violated.")],
    clause: Annotated[str, typer.Option(help="Its clause.")],
    reported_to: Annotated[str, typer.Option(help="The supervisor's office.")],
    audit: AuditFile,
    reference: Annotated[str, typer.Option(help="Number of the file about it.")] = "",
) -> None:
    """Record that a violation was reported (Cerritos 1.03.040.A.9); what happened is told elsewhere."""
    record = {"policy": policy, "clause": clause, "reported_to": reported_to}
    if reference:
        record["reference"] = reference
    entry = audit_log(audit).append("violation_report", record)
    typer.echo(f"recorded as entry {entry.sequence}")


def main() -> NoReturn:
    """Run the command line; errors go to standard error in one line that says what to do."""
    signal.signal(signal.SIGINT, _interrupted)
    from redact.errors import RedactError

    try:
        app()
    except RedactError as error:
        complain(str(error))
        sys.exit(error.exit_code)
    except OSError as error:
        # Without the name of a file, which could hold a value.
        complain(f"stopped: {error.strerror or type(error).__name__}; nothing was released")
        sys.exit(BAD_INPUT)
    except Exception as error:
        # Neither its message nor a traceback is printed: both could hold text of a document.
        complain(f"stopped by an unexpected error ({type(error).__name__}); nothing was released")
        sys.exit(BAD_INPUT)
    sys.exit(DONE)


def _interrupted(*_: object) -> NoReturn:
    """Answer Ctrl-C, which typer passes over in silence."""
    complain("stopped; nothing was released")
    sys.exit(STOPPED)
