"""``redact deadlines``: by when a request must be answered, and the notice of an extension."""

from datetime import date
from pathlib import Path
from typing import Annotated

import typer

from redact.cli.options import FOUND, AuditFile, City, RequestFile, Templates, audit_log


def deadlines(
    request: RequestFile,
    audit: AuditFile,
    notice: Annotated[
        Path | None, typer.Option(metavar="FILE", help="Write the notice of the extension (DOCX) there.")
    ] = None,
    templates: Templates = None,
    city: City = "City",
) -> None:
    """Say by when a request must be answered, as of today. Exit code 1 if a deadline has passed."""
    from redact.audit.entries import log_extension
    from redact.deadlines import deadlines as stand
    from redact.errors import InputError
    from redact.letters import extension_notice
    from redact.request import Request

    asked = Request.load(request)
    due = stand(asked, date.today())
    if notice is not None:
        if notice.exists():
            raise InputError(f"{notice.name} is there already; name a new file")
        letter = extension_notice(asked, templates, city=city)
        log_extension(audit_log(audit), asked)
        try:
            with notice.open("xb") as file:
                file.write(letter)
        except OSError as error:
            raise InputError(f"cannot write {notice.name}: {error.strerror}; name another file") from None
    for deadline in due:
        typer.echo(deadline.statement)
    if not due:
        typer.echo("no deadline of the Public Records Act or the Labor Code")
    if any(deadline.standing == "late" for deadline in due):
        raise typer.Exit(FOUND)
