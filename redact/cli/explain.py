"""``redact explain``: which rule decides what, for a request, an entity or a document."""

import json
from pathlib import Path
from typing import Annotated

import typer

from redact.cli.options import (
    DONE,
    FOUND,
    AuditFile,
    Policies,
    RequestFile,
    TextFormat,
    audit_log,
    text_of,
)


def explain(
    request: RequestFile,
    audit: AuditFile,
    paths: Annotated[
        list[Path] | None, typer.Argument(metavar="[PATH...]", help="Documents to explain it for.")
    ] = None,
    entity: Annotated[
        list[str] | None, typer.Option(help="Entity to explain; all if none. Repeatable.")
    ] = None,
    format: Annotated[TextFormat, typer.Option("--format", help="How to explain.")] = TextFormat.text,
    determination: Annotated[
        Path | None, typer.Option(metavar="FILE", help="determination.json of a package, to explain.")
    ] = None,
    replay: Annotated[
        Path | None, typer.Option(metavar="FILE", help="determination.json of a package, to decide again.")
    ] = None,
    policy: Policies = None,
) -> None:
    """Show which rule decides what for a request, and what is missing to release more.

    With documents, or a --determination about them, for each document and each kind of finding in it. With
    --replay, say whether the recorded determination comes out the same, byte for byte, or what changed.
    """
    from redact.errors import RequestError
    from redact.explanation import explanation, explanation_text
    from redact.gate import DEFAULT_POLICIES, Gate
    from redact.policy import PolicyStack
    from redact.request import Request

    if sum(map(bool, (paths, determination, replay))) > 1:
        raise RequestError("name documents, or --determination, or --replay: one of them")
    asked = Request.load(request)
    stack = PolicyStack.load(asked.policies or policy or DEFAULT_POLICIES)
    if replay is not None:
        from redact.replay import recorded_case
        from redact.replay import replay as decided_again

        recorded = text_of(replay)
        outcome = decided_again(recorded, asked, recorded_case(recorded, asked), stack)
        for change in outcome.changes:
            typer.echo(change)
        typer.echo("identical" if outcome.identical else "changed")
        raise typer.Exit(DONE if outcome.identical else FOUND)
    told = None
    if determination is not None:
        told = text_of(determination)
    elif paths:
        from redact.audit.entries import log_scan
        from redact.source import sources

        decided = Gate.load(policy or ()).determine(asked, sources(paths))
        log_scan(audit_log(audit), decided)
        told = decided.canonical().decode()
    if format is TextFormat.json:
        typer.echo(json.dumps(explanation(asked, stack, entity or (), told), ensure_ascii=False, indent=1))
    else:
        typer.echo(explanation_text(asked, stack, entity or (), told))
