"""The chain of the audit log: each entry carries the hash of the one before it.

The hash is plain SHA-256, without a key: no found value is in an entry, so nothing can be guessed from its
hash, and an auditor can verify an export without being given a secret. What a key would add, proof against
somebody who rewrites the whole file, the anchors give: each release package and each export carries one, and
a rewritten log no longer agrees with them.
"""

import hashlib
import json
import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any, Protocol

GENESIS = "0" * 64
"""What the first entry carries in place of a previous hash."""


@dataclass(frozen=True, slots=True)
class Anchor:
    """A place of the chain, kept elsewhere: proof that the log reached it with this content."""

    sequence: int
    hash: str

    def as_dict(self) -> dict[str, Any]:
        """Return the anchor as plain JSON values."""
        return {"sequence": self.sequence, "hash": self.hash}

    @classmethod
    def of(cls, values: Any) -> "Anchor":
        """Return the anchor that ``as_dict`` made plain values of.

        Raises ``LookupError``, ``TypeError`` or ``ValueError`` where they are of something else.
        """
        sequence, digest = values["sequence"], values["hash"]
        if type(sequence) is not int or not re.fullmatch(r"[0-9a-f]{64}", digest):
            raise ValueError("not an anchor")
        return cls(sequence, digest)


@dataclass(frozen=True, slots=True)
class Entry:
    """One entry of the audit log."""

    sequence: int
    """Counts from 1 without gaps."""
    at: str
    """When it was written: UTC, ISO 8601 with microseconds."""
    kind: str
    record: str
    """Canonical JSON, exactly as it was hashed."""
    previous: str
    """The hash of the entry before it; ``GENESIS`` for the first."""
    hash: str

    @property
    def data(self) -> Mapping[str, Any]:
        """The record as a mapping."""
        data: Mapping[str, Any] = json.loads(self.record)
        return data

    @property
    def anchor(self) -> Anchor:
        """The place of this entry in the chain."""
        return Anchor(self.sequence, self.hash)

    def as_dict(self) -> dict[str, Any]:
        """Return the entry as plain JSON values; the record stays text, so that its hash can be checked."""
        return {
            "sequence": self.sequence,
            "at": self.at,
            "kind": self.kind,
            "record": self.record,
            "previous": self.previous,
            "hash": self.hash,
        }


class AuditLog(Protocol):
    """An append-only log. Safe to use from several threads and processes at once."""

    def append(self, kind: str, record: Mapping[str, Any]) -> Entry:
        """Write one entry and return it once it is durable; raises ``AuditError`` if it cannot be."""
        ...

    def entries(self, *, kinds: Iterable[str] = ()) -> Iterator[Entry]:
        """Yield entries as they are stored, by sequence; of all kinds if none is named.

        Raises ``AuditError`` where the log cannot be read.
        """
        ...

    def faults(self) -> tuple[str, ...]:
        """What is wrong with the store itself, beside its entries; empty if nothing is."""
        ...


@dataclass(frozen=True, slots=True)
class Verification:
    """What ``verify`` found."""

    entries: int
    head: Anchor | None
    """The last entry; None in an empty log."""
    problems: tuple[str, ...]

    @property
    def sound(self) -> bool:
        """Whether nothing is wrong."""
        return not self.problems


def digest(sequence: int, at: str, kind: str, record: str, previous: str) -> str:
    """Return the hash of an entry: SHA-256 of its parts as a JSON list, in hexadecimal."""
    parts = json.dumps([sequence, at, kind, record, previous], ensure_ascii=True, separators=(",", ":"))
    return hashlib.sha256(parts.encode("ascii")).hexdigest()


def verify(log: AuditLog, *anchors: Anchor) -> Verification:
    """Check the chain from its first entry to its last, and that it passes through every anchor.

    Without an anchor a log that was cut off at its end, or wholly rewritten, cannot be told from a true one.
    Raises ``AuditError`` where the log cannot be read at all.
    """
    verification = verify_entries(log.entries(), *anchors)
    faults = log.faults()
    return Verification(verification.entries, verification.head, (*faults, *verification.problems))


def verify_entries(
    entries: Iterable[Entry], *anchors: Anchor, first: int = 1, previous: str | None = GENESIS
) -> Verification:
    """Check a run of entries that begins with sequence ``first`` after the hash ``previous``.

    ``previous`` None takes the first entry's word for what came before it.
    """
    problems: list[str] = []
    waiting = {anchor.sequence: anchor.hash for anchor in anchors}
    for anchor in anchors:
        if waiting[anchor.sequence] != anchor.hash:
            problems.append(f"two anchors of entry {anchor.sequence} disagree")
    expected, count, head = first, 0, None
    for entry in entries:
        count += 1
        if entry.sequence != expected:
            problems.append(f"entry {expected} is missing: {entry.sequence} follows")
        if previous is not None and entry.previous != previous:
            problems.append(f"entry {entry.sequence} does not follow from the one before it")
        if entry.hash != digest(entry.sequence, entry.at, entry.kind, entry.record, entry.previous):
            problems.append(f"entry {entry.sequence} was changed")
        anchored = waiting.pop(entry.sequence, entry.hash)
        if anchored != entry.hash:
            problems.append(f"entry {entry.sequence} is not the one that was anchored")
        expected, previous, head = entry.sequence + 1, entry.hash, entry.anchor
    problems += [f"entry {sequence} was anchored and is missing" for sequence in sorted(waiting)]
    return Verification(count, head, tuple(problems))
