"""Sources: the documents of a request as they were submitted."""

import os
from collections.abc import Iterable
from dataclasses import dataclass, field
from hashlib import file_digest, sha256
from pathlib import Path

from redact.errors import InputError


@dataclass(frozen=True, slots=True)
class Source:
    """A document as it was submitted: a file, or bytes from anywhere."""

    name: str = field(repr=False)
    """Its path relative to the request, with forward slashes."""
    content: Path | bytes = field(repr=False)
    """Its bytes, or the file that holds them: read each time they are needed, so as not to stay in memory."""

    def load(self) -> bytes:
        """Return its bytes; raises ``OSError`` where the file cannot be read."""
        return self.content if isinstance(self.content, bytes) else self.content.read_bytes()

    def digest(self) -> str:
        """Return the SHA-256 of its bytes in hexadecimal; empty where the file cannot be read."""
        if isinstance(self.content, bytes):
            return sha256(self.content).hexdigest()
        try:
            with self.content.open("rb") as file:
                return file_digest(file, "sha256").hexdigest()
        except OSError:
            return ""


def sources(paths: Iterable[Path]) -> tuple[Source, ...]:
    """Return every file at or below ``paths``, each once, in the order of their names.

    Raises ``InputError`` where a path does not exist or no file is found.
    """
    found: dict[Path, Source] = {}
    for path in paths:
        if path.is_dir():
            for file in sorted(path.rglob("*")):
                if file.is_file():
                    name = _printable(file.relative_to(path).as_posix())
                    found.setdefault(file.resolve(), Source(name, file))
        elif path.is_file():
            found.setdefault(path.resolve(), Source(_printable(path.name), path))
        else:
            raise InputError("a document that was named does not exist; check the paths")
    if not found:
        raise InputError("there is no document to release; name files or folders that hold some")
    return tuple(found.values())


def _printable(name: str) -> str:
    """Put the replacement character for each byte of a file's name that is not UTF-8: records are."""
    return os.fsencode(name).decode("utf-8", "replace")
