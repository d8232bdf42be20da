"""Families: a document with the documents inside it, to any depth, each read by its own format."""

import hashlib
from collections.abc import Iterator
from dataclasses import dataclass, field

from redact.document import Document, Obstacle
from redact.errors import FormatError
from redact.formats import format_of
from redact.formats.interface import Format
from redact.formats.unsupported import Unsupported

DEEPEST = 8
"""How deep documents may lie inside each other."""
MOST_DOCUMENTS = 20_000
LARGEST_WHOLE = 2**30
"""Bytes of all documents of a family."""


@dataclass(frozen=True, slots=True)
class Family:
    """A document and its members, each with its members."""

    format: Format
    data: bytes = field(repr=False)
    document: Document
    """Named by its place: the name of the outermost file, then locators, as ``mail.eml/attachment:2``."""
    members: tuple["Family", ...] = ()
    """In the order of ``document.members``."""

    def __iter__(self) -> Iterator["Family"]:
        """Yield it and all below it, outer ones first."""
        yield self
        for member in self.members:
            yield from member


def read_family(data: bytes, name: str) -> Family:
    """Read a file and all files inside it.

    A member that cannot be read, or that lies beyond the limits, has an obstacle, so that every one is
    accounted for. Raises ``FormatError`` only where the outermost file itself cannot be read.
    """
    return _read(data, name, name, 0, _Budget())


@dataclass(slots=True)
class _Budget:
    documents: int = MOST_DOCUMENTS
    size: int = LARGEST_WHOLE


def _read(data: bytes, name: str, place: str, depth: int, budget: _Budget) -> Family:
    budget.documents -= 1
    budget.size -= len(data)
    if depth > DEEPEST or budget.documents < 0 or budget.size < 0:
        beyond = Obstacle(
            "too-deep", "It lies too deep inside other files, or they are too many: submit it alone."
        )
        return _obstructed(data, place, beyond)
    try:
        format = format_of(data, name)
        document = format.read(data, place)
        members = tuple(
            _read(member.data, member.name, f"{place}/{member.locator}", depth + 1, budget)
            for member in document.members
        )
    except FormatError as error:
        if depth == 0:
            raise
        return _obstructed(data, place, Obstacle("unreadable", str(error)))
    return Family(format, data, document, members)


def _obstructed(data: bytes, place: str, obstacle: Obstacle) -> Family:
    sha256 = hashlib.sha256(data).hexdigest()
    document = Document(place, Unsupported.name, sha256, segments=(), obstacles=(obstacle,))
    return Family(Unsupported(), data, document)
