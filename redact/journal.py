"""The journal of a run: what has been searched already, so that an interrupted run goes on where it was.

It keeps where findings stand and never what they say; a document that changed is searched again, and one that
occurs several times in a request is searched once.
"""

import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from hashlib import sha256
from pathlib import Path
from typing import Any

from redact.detect import NAME_LOCATOR
from redact.document import Document, Span
from redact.finding import Finding
from redact.judging import Search
from redact.vault import write


@dataclass(frozen=True, slots=True)
class Journal:
    """What the recognizers found in each document of a run, one file for each document.

    Workers in several processes may share one.
    """

    folder: Path
    """Made if need be."""
    version: str
    """What was kept under another version is not recalled."""

    def __post_init__(self) -> None:
        self.folder.mkdir(parents=True, exist_ok=True, mode=0o700)

    def recall(self, document: Document) -> dict[str, list[Finding]]:
        """Return what was found before in each text of ``document``; nothing if it must be searched."""
        try:
            kept = json.loads(self._path(document).read_bytes())
            findings = [[_finding(values) for values in group] for group in kept]
            return {s.text: group for s, group in zip(document.segments, findings, strict=True)}
        except (OSError, ValueError, KeyError, TypeError):
            return {}

    def keep(self, document: Document, search: Search) -> None:
        """Write down what was found in ``document``; a search that failed is not kept."""
        if search.error is not None:
            return
        found = [group for segment, group in search.segments if segment.locator != NAME_LOCATOR]
        rows = [[asdict(finding) for finding in group] for group in found]
        write(self._path(document), json.dumps(rows).encode())

    def _path(self, document: Document) -> Path:
        key = f"{self.version}\n{document.format}\n{document.sha256}"
        return self.folder / f"{sha256(key.encode()).hexdigest()}.json"


def _finding(values: Mapping[str, Any]) -> Finding:
    return Finding(**{**values, "span": Span(**values["span"])})
