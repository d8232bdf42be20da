"""The command line: a thin skin over the library."""

import sys

try:
    from redact.cli.main import app, main
except KeyboardInterrupt:
    print("redact: stopped; nothing was done", file=sys.stderr)
    raise SystemExit(130) from None

__all__ = ["app", "main"]
