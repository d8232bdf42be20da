"""The journal of a run: what it did already, so that an interrupted run goes on where it was.

It keeps where findings stand and what was decided, never what was found; and documents as they are released,
redacted and verified. Each note is known by a key that is made of all that it depends on, so that a document,
a policy or a version that changed finds none and is worked on again. What occurs several times in a request
is searched once.
"""

import json
import re
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass
from functools import cache
from hashlib import sha256
from importlib.metadata import PackageNotFoundError, requires, version
from pathlib import Path
from typing import Any

from pydantic import TypeAdapter
from pydantic_core import PydanticSerializationError

from recognizers.stretches import Text
from redact.detect import NAME_LOCATOR
from redact.document import Document
from redact.findings import Findings
from redact.judging import Search
from redact.vault import write

_SEARCH = TypeAdapter(list[Findings])


@dataclass(frozen=True, slots=True)
class Journal:
    """What became known and was made of each document of a run, in files of their own.

    Workers in several processes may share one.
    """

    folder: Path
    """Made if need be."""
    version: str
    """Of the recognizers: what was kept under another version is not recalled."""

    def __post_init__(self) -> None:
        self.folder.mkdir(parents=True, exist_ok=True, mode=0o700)

    def recall_search(self, document: Document) -> dict[Text, Findings]:
        """Return what was found before in each text of ``document``; nothing if it must be searched."""
        kept: Sequence[Findings] | None = self.recall(self._of(document), _SEARCH)
        if kept is None or len(kept) != len(document.segments):
            return {}
        return {segment.text: found for segment, found in zip(document.segments, kept, strict=True)}

    def keep_search(self, document: Document, search: Search) -> None:
        """Write down what was found in ``document``; a search that failed is not kept."""
        if search.error is None:
            found = [group for segment, group in search.segments if segment.locator != NAME_LOCATOR]
            self.keep(self._of(document), _SEARCH, [Findings.of(group) for group in found])

    def key(self, *on: object) -> str:
        """Return the key of what depends on ``on`` (plain JSON values), on this version of the program and
        on that of the recognizers."""
        return sha256(json.dumps([self.version, program(), *on]).encode()).hexdigest()

    def recall(self, key: str, form: TypeAdapter[Any]) -> Any:
        """Return what was kept under ``key``, of the form ``form``; None if nothing was, or it is damaged."""
        try:
            return form.validate_json(self.file(key).read_bytes(), strict=False)
        except (OSError, ValueError):
            return None

    def keep(self, key: str, form: TypeAdapter[Any], value: object) -> None:
        """Write ``value`` down under ``key``; what JSON cannot say is not kept. Raises ``OSError``."""
        try:
            data = form.dump_json(value)
        except PydanticSerializationError:
            return
        write(self.file(key), data)

    def file(self, key: str, suffix: str = "json") -> Path:
        """Where that lies, or is to lie, which is kept under ``key``."""
        return self.folder / f"{key}.{suffix}"

    def _of(self, document: Document) -> str:
        return sha256(f"{self.version}\n{document.format}\n{document.sha256}".encode()).hexdigest()


@cache
def program() -> str:
    """A version of this program: the hash of its code and of the versions of the libraries that it uses."""
    digest = sha256()
    for path in sorted(Path(__file__).parent.rglob("*.py")):
        digest.update(path.read_bytes())
    for name in sorted({re.split(r"[^\w.-]", needed)[0] for needed in requires("redact") or ()}):
        with suppress(PackageNotFoundError):
            digest.update(f"{name} {version(name)}\n".encode())
    return digest.hexdigest()
