"""The command line: a thin skin over the library."""

from redact.cli.main import app, main

__all__ = ["app", "main"]
