"""``redact audit``: verify and export the log, print the register of contacts."""

import json
import sys
from datetime import datetime
from pathlib import Path
from typing import Annotated

import typer

from redact.cli.options import UNVERIFIED, WITHHELD, AuditFile, RequestFile, audit_log, complain, existing_log

OFFICE_KINDS = ("acknowledgement", "complaint", "delivery", "training", "violation_report")
"""Kinds of entries that a person makes, not a run."""

app = typer.Typer(no_args_is_help=True, rich_markup_mode=None, help="Verify, export and read the audit log.")


@app.command()
def verify(
    audit: AuditFile,
    anchor: Annotated[
        list[Path] | None,
        typer.Option(metavar="FILE", help="audit-anchor.json of a release package. Repeatable."),
    ] = None,
) -> None:
    """Check that no entry of the log was changed, removed, reordered or cut off. Exit code 4 if one was."""
    from redact.audit import Anchor
    from redact.audit import verify as verified
    from redact.errors import InputError

    anchors = []
    for path in anchor or ():
        try:
            anchors.append(Anchor.of(json.loads(path.read_bytes())))
        except (OSError, ValueError, LookupError, TypeError):
            raise InputError(f"{path.name} is no anchor; name the audit-anchor.json of a package") from None
    verification = verified(existing_log(audit), *anchors)
    for problem in verification.problems:
        complain(problem)
    if not verification.sound:
        raise typer.Exit(UNVERIFIED)
    typer.echo(f"sound: {verification.head.sequence if verification.head else 0} entries")


@app.command()
def export(
    audit: AuditFile,
    since: Annotated[datetime | None, typer.Option(help="First day or moment.")] = None,
    until: Annotated[datetime | None, typer.Option(help="Day or moment to stop before.")] = None,
) -> None:
    """Print the entries of a period as JSON lines for the Internal Auditor; the last line is the anchor.

    A log that does not verify is printed too, and says so; exit code 4.
    """
    from redact.audit import export as exported

    line = ""
    for line in exported(existing_log(audit), since=since, until=until):
        typer.echo(line)
    for problem in (last := json.loads(line))["problems"]:
        complain(problem)
    if not last["sound"]:
        raise typer.Exit(UNVERIFIED)


@app.command()
def contacts(
    audit: AuditFile,
    csv: Annotated[bool, typer.Option("--csv", help="As CSV rather than as text.")] = False,
) -> None:
    """Print the public register of contacts with federal immigration authorities.

    Exit code 3 if the log knows of a contact that is not recorded in full.
    """
    from redact.closing import unrecorded
    from redact.contacts import as_csv, as_text, register

    log = existing_log(audit)
    rows = register(log)
    sys.stdout.write(as_csv(rows) if csv else as_text(rows) + "\n")
    missing = unrecorded(log)
    for request in missing:
        complain(f"{request}: a contact that is not recorded in full; complete [contact], then: audit close")
    if missing:
        raise typer.Exit(WITHHELD)


@app.command()
def close(request: RequestFile, audit: AuditFile) -> None:
    """Close a request's case, once everything that must be recorded of it is. Exit code 3 if it is not."""
    from redact.closing import close as closed
    from redact.request import Request

    asked = Request.load(request)
    entry = closed(audit_log(audit), asked)
    typer.echo(f"{asked.id} is closed: entry {entry.sequence}")


@app.command()
def record(
    kind: Annotated[str, typer.Argument(metavar="KIND", help=f"One of {', '.join(OFFICE_KINDS)}.")],
    fields: Annotated[list[str], typer.Argument(metavar="KEY=VALUE...", help="What is recorded.")],
    audit: AuditFile,
) -> None:
    """Record what the policies want an office to keep: who was trained, a complaint, a violation report."""
    from redact.errors import InputError

    if kind not in OFFICE_KINDS:
        raise InputError(f"an office records one of {', '.join(OFFICE_KINDS)}")
    data: dict[str, str | int] = {}
    for each in fields:
        key, given, value = each.partition("=")
        if not given:
            raise InputError("write what is recorded as KEY=VALUE, such as on=2026-11-02")
        data[key] = int(value) if key == "people" and value.isdigit() else value
    entry = audit_log(audit).append(kind, data)
    typer.echo(f"recorded as entry {entry.sequence}")
