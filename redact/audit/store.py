"""The audit log in a SQLite file."""

import os
import sqlite3
import time
from collections.abc import Iterable, Iterator, Mapping
from contextlib import closing, suppress
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from redact.audit.chain import GENESIS, Entry, digest
from redact.audit.record import canonical
from redact.errors import AuditError

_VERSION = 1
_SCHEMA = (
    """CREATE TABLE entry (
    sequence INTEGER PRIMARY KEY, at TEXT NOT NULL, kind TEXT NOT NULL, record TEXT NOT NULL,
    previous TEXT NOT NULL, hash TEXT NOT NULL
) STRICT""",
    # REPLACE deletes without the delete trigger, so an insertion must be the next one, whatever it says.
    """CREATE TRIGGER entry_follows BEFORE INSERT ON entry
WHEN NEW.sequence <> (SELECT coalesce(max(sequence), 0) + 1 FROM entry)
BEGIN SELECT RAISE(ABORT, 'the audit log is append-only'); END""",
    """CREATE TRIGGER entry_stays BEFORE DELETE ON entry
BEGIN SELECT RAISE(ABORT, 'the audit log is append-only'); END""",
    """CREATE TRIGGER entry_is_fixed BEFORE UPDATE ON entry
BEGIN SELECT RAISE(ABORT, 'the audit log is append-only'); END""",
)


@dataclass(frozen=True, slots=True)
class SqliteAuditLog:
    """An audit log in one SQLite file; see ``AuditLog``.

    Each operation opens the file anew, so the log may be handed to threads and processes as it is. An entry
    is on the disk (write-ahead log, ``synchronous=FULL``) before ``append`` returns.
    """

    path: Path
    patience: float = 30.0
    """Seconds to wait while others write."""

    def append(self, kind: str, record: Mapping[str, Any]) -> Entry:
        """Write one entry; see ``AuditLog.append``."""
        text = canonical(kind, record)
        try:
            self._create()
            with closing(self._connect()) as connection:
                connection.execute("BEGIN IMMEDIATE")
                last = connection.execute(
                    "SELECT sequence, hash FROM entry ORDER BY sequence DESC LIMIT 1"
                ).fetchone()
                number, previous = (last[0] + 1, last[1]) if last else (1, GENESIS)
                at = datetime.now(UTC).isoformat(timespec="microseconds")
                entry = Entry(number, at, kind, text, previous, digest(number, at, kind, text, previous))
                connection.execute(
                    "INSERT INTO entry VALUES (?, ?, ?, ?, ?, ?)",
                    (entry.sequence, entry.at, entry.kind, entry.record, entry.previous, entry.hash),
                )
                connection.execute("COMMIT")
        except (sqlite3.Error, OSError) as error:
            raise AuditError(
                f"the audit log {self.path.name} cannot be written ({_name(error)}); nothing goes out "
                "unrecorded: see that the disk has room and the file can be written, then run again"
            ) from None
        return entry

    def entries(self, *, kinds: Iterable[str] = ()) -> Iterator[Entry]:
        """Yield entries; see ``AuditLog.entries``. A log that does not exist yet has none."""
        wanted = tuple(kinds)
        if not self.path.exists():
            return
        try:
            with closing(self._connect()) as connection:
                rows = connection.execute(
                    "SELECT sequence, at, kind, record, previous, hash FROM entry ORDER BY sequence"
                )
                for row in rows:
                    if not wanted or row[2] in wanted:
                        number, *parts = row
                        yield Entry(number, *(p if isinstance(p, str) else repr(p) for p in parts))
        except (sqlite3.Error, OSError) as error:
            raise _unreadable(self.path, error) from None

    def faults(self) -> tuple[str, ...]:
        """Say whether the file is damaged or its guards against changes are gone."""
        if not self.path.exists():
            return ()
        try:
            with closing(self._connect()) as connection:
                schema = {row[0] for row in connection.execute("SELECT sql FROM sqlite_master") if row[0]}
                damage = [row[0] for row in connection.execute("PRAGMA integrity_check(1)")]
        except (sqlite3.Error, OSError) as error:
            raise _unreadable(self.path, error) from None
        faults = [] if damage == ["ok"] else ["the file of the log is damaged"]
        if schema != set(_SCHEMA):
            faults.append("the guards against changing entries are not as they were made")
        return tuple(faults)

    def _connect(self) -> sqlite3.Connection:
        connection = sqlite3.connect(self.path, timeout=self.patience, isolation_level=None)
        # What somebody has damaged may no longer be text; it must still be read, to be found out.
        connection.text_factory = _text
        connection.execute("PRAGMA synchronous = FULL")
        connection.execute("PRAGMA trusted_schema = OFF")
        return connection

    def _create(self) -> None:
        """Make the file, readable by its owner alone, unless it is there and whole."""
        if not self.path.exists():
            self.path.parent.mkdir(parents=True, exist_ok=True)
            os.close(os.open(self.path, os.O_CREAT | os.O_RDWR, 0o600))
        with closing(self._connect()) as connection:
            if connection.execute("PRAGMA user_version").fetchone()[0] == _VERSION:
                return
            self._write_ahead(connection)
            connection.execute("BEGIN IMMEDIATE")
            if connection.execute("PRAGMA user_version").fetchone()[0] != _VERSION:
                for statement in _SCHEMA:
                    connection.execute(statement)
                connection.execute(f"PRAGMA user_version = {_VERSION}")
            connection.execute("COMMIT")

    def _write_ahead(self, connection: sqlite3.Connection) -> None:
        # SQLite does not wait for others while it changes the journal mode, so this does.
        deadline = time.monotonic() + self.patience
        while True:
            try:
                connection.execute("PRAGMA journal_mode = WAL")
                return
            except sqlite3.OperationalError as error:
                if error.sqlite_errorname != "SQLITE_BUSY" or time.monotonic() > deadline:
                    raise
                time.sleep(0.01)


def _text(raw: bytes) -> str:
    return raw.decode("utf-8", "backslashreplace")


def _name(error: Exception) -> str:
    if isinstance(error, OSError):
        return error.strerror or "not accessible"
    name = ""
    with suppress(AttributeError):
        name = str(error.sqlite_errorname)  # type: ignore[attr-defined]
    return name.removeprefix("SQLITE_").lower().replace("_", " ") or "not a log"


def _unreadable(path: Path, error: Exception) -> AuditError:
    return AuditError(
        f"the audit log {path.name} cannot be read ({_name(error)}); restore it from a copy and keep this one"
    )
