"""What the commands have in common: exit codes, arguments, where the audit log lies, complaints."""

import os
import sys
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

if TYPE_CHECKING:
    from redact.audit import SqliteAuditLog

DONE, FOUND, BAD_INPUT, WITHHELD, UNVERIFIED, STOPPED = 0, 1, 2, 3, 4, 130
"""Exit codes: done; findings (scan, check-post, check-form); usage or bad input; something is withheld or
referred; verification failed; stopped by the user."""


class TextFormat(StrEnum):
    """How an explanation is given."""

    text = "text"
    json = "json"


class LogFormat(StrEnum):
    """How progress and the summary of a run are told."""

    text = "text"
    json = "json"


def _default_audit_log() -> Path:
    state = os.environ.get("XDG_STATE_HOME")
    return (Path(state) if state else Path.home() / ".local" / "state") / "redact" / "audit.sqlite"


RequestFile = Annotated[Path, typer.Argument(metavar="REQUEST", help="Request file, TOML or JSON.")]
Documents = Annotated[list[Path], typer.Argument(metavar="PATH...", help="Documents, or folders of them.")]
Out = Annotated[
    Path, typer.Option("--out", metavar="DIR", help="Folder to make; must not hold anything yet.")
]
Policies = Annotated[
    list[str] | None,
    typer.Option(
        "--policy", metavar="NAME", help="Policy by name or path where the request names none. Repeatable."
    ),
]
AuditFile = Annotated[
    Path,
    typer.Option(
        "--audit",
        metavar="FILE",
        envvar="REDACT_AUDIT_LOG",
        default_factory=_default_audit_log,
        help="The audit log of the site.",
    ),
]
Fast = Annotated[
    bool, typer.Option("--fast", help="Without the learned classifier: fast, and much is missed. Recorded.")
]
Strict = Annotated[
    bool,
    typer.Option("--strict", help="PDF: hide how wide removed words were; the rest of their line moves."),
]
Seconds = Annotated[
    float, typer.Option("--document-seconds", min=1, help="Time a document may take; else it is withheld.")
]
Memory = Annotated[
    int,
    typer.Option("--document-memory", metavar="MIB", min=64, help="Memory a document may take; the same."),
]
Logs = Annotated[LogFormat, typer.Option("--log-format", help="How to tell of progress.")]
Templates = Annotated[
    Path | None,
    typer.Option(
        "--templates",
        metavar="DIR",
        envvar="REDACT_TEMPLATES",
        help="The city's own templates of letters (DOCX), by kind.",
    ),
]
City = Annotated[str, typer.Option("--city", envvar="REDACT_CITY", help="The city's name, for letters.")]


def audit_log(path: Path) -> "SqliteAuditLog":
    """Return the audit log at ``path``, whose folder is made if need be.

    Raises ``AuditError`` where it cannot be made.
    """
    from redact.audit import SqliteAuditLog
    from redact.errors import AuditError

    try:
        path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    except OSError as error:
        raise AuditError(
            f"cannot make the folder of the audit log: {error.strerror}; name another with --audit"
        ) from None
    return SqliteAuditLog(path)


def existing_log(path: Path) -> "SqliteAuditLog":
    """Return the audit log that is at ``path``: one that is not there is no sound log without entries.

    Raises ``InputError`` where there is none.
    """
    from redact.errors import InputError

    if not path.is_file():
        raise InputError(f"there is no audit log {path.name}; name the right one with --audit")
    return audit_log(path)


def complain(message: str) -> None:
    """Print one line on standard error."""
    print(f"redact: {message}", file=sys.stderr)


def text_of(path: Path) -> str:
    """Read a plain text; raises ``InputError`` where it is none."""
    from redact.errors import InputError

    try:
        return path.read_text(encoding="utf-8")
    except UnicodeDecodeError:
        raise InputError(f"{path.name} cannot be read as plain text; save it as UTF-8 text") from None
    except OSError as error:
        raise InputError(f"{path.name} cannot be read: {error.strerror}; check the path") from None
