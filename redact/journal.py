"""The journal of a run: what has been searched already, so that an interrupted run goes on where it was.

It keeps where findings stand and never what they say; a document that changed is searched again.
"""

import json
import os
from dataclasses import asdict
from hashlib import sha256
from pathlib import Path
from typing import Any

from redact.detect import Search, searched_segments
from redact.document import Document, Span
from redact.finding import Finding


class Journal:
    """What the recognizers found in each document of a run, one file for each document.

    Workers in several processes may share one: a file is written beside its place and renamed into it.
    """

    def __init__(self, folder: Path, version: str) -> None:
        """Keep the journal in ``folder``; what was kept under another ``version`` is not recalled."""
        self._folder = folder
        self._version = version
        folder.mkdir(parents=True, exist_ok=True, mode=0o700)

    def recall(self, document: Document) -> Search | None:
        """Return what was found in ``document`` before, or None if it must be searched."""
        segments = searched_segments(document)
        try:
            kept = json.loads(self._path(document).read_bytes())
            findings = [[_finding(values) for values in group] for group in kept]
            return Search(tuple(zip(segments, findings, strict=True)))
        except (OSError, ValueError, KeyError, TypeError):
            return None

    def keep(self, document: Document, search: Search) -> None:
        """Write down what was found in ``document``; a search that failed is not kept."""
        if search.error is not None:
            return
        findings = [[asdict(finding) for finding in group] for _, group in search.segments]
        path = self._path(document)
        beside = path.with_suffix(f".{os.getpid()}")
        descriptor = os.open(beside, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
        with os.fdopen(descriptor, "w", encoding="utf-8") as file:
            json.dump(findings, file)
        beside.replace(path)

    def _path(self, document: Document) -> Path:
        key = f"{self._version}\n{document.name}\n{document.format}\n{document.sha256}"
        return self._folder / f"{sha256(key.encode()).hexdigest()}.json"


def _finding(values: dict[str, Any]) -> Finding:
    return Finding(**{**values, "span": Span(**values["span"])})
