"""Passwords of encrypted PDFs that a site was given: a file with one a line, never guessed."""

import os
from pathlib import Path

from redact.errors import ConfigurationError

VARIABLE = "REDACT_PDF_PASSWORDS"
"""Environment variable that names the file; worker processes inherit it."""


def site_passwords() -> tuple[str, ...]:
    """Return the passwords of the file that ``VARIABLE`` names, none where it is not set.

    Raises ``ConfigurationError`` where that file cannot be read.
    """
    named = os.environ.get(VARIABLE)
    return passwords_in(Path(named)) if named else ()


def passwords_in(path: Path) -> tuple[str, ...]:
    """Return the lines of a file; raises ``ConfigurationError`` where it cannot be read."""
    try:
        return tuple(line for line in path.read_text(encoding="utf-8").splitlines() if line)
    except (OSError, UnicodeDecodeError):
        raise ConfigurationError(
            f"{path.name} cannot be read as a list of passwords; give one a line, as UTF-8 text"
        ) from None
