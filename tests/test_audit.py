"""The audit log: append-only, chained, durable, without values."""

import json
import os
import signal
import sqlite3
import subprocess
import sys
import threading
import time
from collections.abc import Sequence
from datetime import UTC, datetime
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from redact.audit import KINDS, Anchor, SqliteAuditLog, export, record, verify, verify_export
from redact.audit.chain import GENESIS
from redact.errors import AuditError

SCAN = {"request": "PRR-1", "documents": 3, "findings": {"US_SSN": 2, "PERSON": 5}}


@pytest.fixture
def log(tmp_path: Path) -> SqliteAuditLog:
    return SqliteAuditLog(tmp_path / "audit.sqlite")


def filled(log: SqliteAuditLog, entries: int = 6) -> list[Anchor]:
    return [log.append("scan", {**SCAN, "documents": number}).anchor for number in range(entries)]


def tamper(log: SqliteAuditLog, *statements: str) -> None:
    """Do what somebody does who owns the file: take the guards off, change rows, put the guards back."""
    with sqlite3.connect(log.path) as connection:
        guards = connection.execute("SELECT name, sql FROM sqlite_master WHERE type = 'trigger'").fetchall()
        for name, _ in guards:
            connection.execute(f"DROP TRIGGER {name}")
        for statement in statements:
            connection.execute(statement)
        for _, sql in guards:
            connection.execute(sql)
    connection.close()


# --- What an entry is ------------------------------------------------------------------------------------


def test_entries_are_numbered_dated_in_utc_and_chained(log: SqliteAuditLog) -> None:
    first, second = log.append("scan", SCAN), log.append("referral", {"request": "PRR-1", "office": "HR/RM"})
    assert (first.sequence, second.sequence) == (1, 2)
    assert (first.previous, second.previous) == (GENESIS, first.hash)
    assert datetime.fromisoformat(first.at).utcoffset() == datetime.now(UTC).utcoffset()
    assert list(log.entries()) == [first, second]
    assert list(log.entries(kinds=["referral"])) == [second]
    assert verify(log).sound


def test_a_record_is_stored_as_canonical_json(log: SqliteAuditLog) -> None:
    entry = log.append("scan", {"findings": {"PERSON": 1, "ALIEN_NUMBER": 2}, "documents": 1})
    assert entry.record == '{"documents":1,"findings":{"ALIEN_NUMBER":2,"PERSON":1}}'


def test_a_log_that_does_not_exist_yet_is_empty_and_sound(log: SqliteAuditLog) -> None:
    assert list(log.entries()) == []
    assert verify(log).sound
    assert not log.path.exists()


def test_the_log_is_readable_by_its_owner_alone(log: SqliteAuditLog) -> None:
    filled(log, 1)
    assert log.path.stat().st_mode & 0o077 == 0


# --- No values -------------------------------------------------------------------------------------------

REFUSED = [
    pytest.param("scan", {"text": "anything"}, id="a key that is not declared"),
    pytest.param("gossip", {}, id="a kind that is not declared"),
    pytest.param("scan", {"documents": "three"}, id="text for a count"),
    pytest.param("scan", {"documents": True}, id="a flag for a count"),
    pytest.param("scan", {"documents": -1}, id="a negative count"),
    pytest.param("scan", {"findings": {"US_SSN": ["123-45-6789"]}}, id="values in the place of a count"),
    pytest.param("scan", {"findings": {"123-45-6789": 1}}, id="a number of a person as a key"),
    pytest.param("determination", {"rules": ["CA-SSN", "John Doe"]}, id="words for the id of a rule"),
    pytest.param("determination", {"rules": ["123-45-6789"]}, id="a number for the id of a rule"),
    pytest.param("determination", {"documents": [{"name": "a"}]}, id="a column that is not declared"),
    pytest.param("determination", {"sha256": "abc"}, id="what is no hash"),
    pytest.param("contact", {"purpose": "asked about 123-45-6789"}, id="a number of a person in words"),
    pytest.param("contact", {"purpose": "asked about A# 123456789"}, id="an A-number in words"),
    pytest.param("contact", {"purpose": "asked about A098-765-432"}, id="an A-number in groups in words"),
    pytest.param("contact", {"outcome": "card 4111 1111 1111 1111"}, id="a card number in words"),
    pytest.param("contact", {"outcome": "one\ntwo"}, id="more than a paragraph"),
    pytest.param("contact", {"outcome": "x" * 2001}, id="a whole document"),
    pytest.param("scan", {"documents": 1.5}, id="a fraction"),
    pytest.param("scan", {"findings": object()}, id="what is not JSON"),
]


@pytest.mark.parametrize(("kind", "record"), REFUSED)
def test_what_an_entry_may_not_say(log: SqliteAuditLog, kind: str, record: dict[str, object]) -> None:
    with pytest.raises(AuditError) as caught:
        log.append(kind, record)
    for value in ("123-45-6789", "John Doe", "anything", "4111", "gossip"):
        assert value not in str(caught.value)
    assert list(log.entries()) == []


RECORDED = [
    (
        "PAS-AA 2.a",
        "acknowledgement",
        {"policy": "pasadena", "clause": "2.a", "on": "2026-11-02", "people": 14},
    ),
    (
        "CER 1.03.030-3",
        "violation_report",
        {"policy": "cerritos", "clause": "1.03.030-3", "reported_to": "HR/RM"},
    ),
    ("CER 1.03.040.A.6", "release", {"request": "R", "documents": 2, "manifest_sha256": "0" * 64}),
    ("CER 1.03.040.A.9", "violation_report", {"noticed_at": "2026-11-02T09:30", "reported_to": "supervisor"}),
    ("PAS-PD PROC.3.A", "training", {"policy": "pasadena-police", "on": "2026-11-02", "people": 30}),
    ("PAS-PD PROC.3.D", "complaint", {"category": "immigration-bias", "received_on": "2026-11-02"}),
]


@pytest.mark.parametrize(("clause", "kind", "record"), RECORDED)
def test_what_the_policies_want_recorded_can_be_recorded(
    log: SqliteAuditLog, clause: str, kind: str, record: dict[str, object]
) -> None:
    entry = log.append(kind, record)
    assert entry.kind == kind and dict(entry.data) == record
    assert verify(log).sound


@given(st.sampled_from(sorted(KINDS)), st.text(max_size=12), st.one_of(st.text(), st.integers(), st.none()))
def test_no_undeclared_key_is_ever_taken(kind: str, key: str, value: object) -> None:
    if key not in KINDS[kind]:
        with pytest.raises(AuditError):
            SqliteAuditLog(Path("/nonexistent/never-written")).append(kind, {key: value})


# --- Append-only -----------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE entry SET kind = 'release' WHERE sequence = 2",
        "DELETE FROM entry WHERE sequence = 6",
        "DELETE FROM entry",
        "REPLACE INTO entry SELECT sequence, at, 'release', record, previous, hash FROM entry LIMIT 1",
        "INSERT INTO entry SELECT 99, at, kind, record, previous, hash FROM entry LIMIT 1",
    ],
)
def test_the_file_itself_refuses_changes(log: SqliteAuditLog, statement: str) -> None:
    filled(log)
    with sqlite3.connect(log.path) as connection, pytest.raises(sqlite3.IntegrityError, match="append-only"):
        connection.execute(statement)
    connection.close()
    assert verify(log).sound


# --- Tampering at every position -------------------------------------------------------------------------

ROWS = range(1, 7)


@pytest.mark.parametrize("row", ROWS)
@pytest.mark.parametrize("column", ["at", "kind", "record", "previous", "hash"])
def test_a_changed_cell_is_detected(log: SqliteAuditLog, row: int, column: str) -> None:
    filled(log)
    length = len(str(getattr(list(log.entries())[row - 1], column)))
    for position in {1, length // 2, length}:
        before = sqlite3.connect(log.path).execute(f"SELECT {column} FROM entry").fetchall()[row - 1][0]
        flipped = before[: position - 1] + chr(ord(before[position - 1]) ^ 1) + before[position:]
        quoted = flipped.replace("'", "''")
        tamper(log, f"UPDATE entry SET {column} = '{quoted}' WHERE sequence = {row}")
        assert not verify(log).sound
        tamper(
            log,
            f"UPDATE entry SET {column} = '{before.replace(chr(39), chr(39) * 2)}' WHERE sequence = {row}",
        )
        assert verify(log).sound


@pytest.mark.parametrize("row", ROWS)
def test_a_deleted_row_is_detected(log: SqliteAuditLog, row: int) -> None:
    anchors = filled(log)
    tamper(log, f"DELETE FROM entry WHERE sequence = {row}")
    assert not verify(log, anchors[-1]).sound


@pytest.mark.parametrize("row", ROWS)
def test_a_deleted_row_is_detected_where_the_rest_moves_up(log: SqliteAuditLog, row: int) -> None:
    anchors = filled(log)
    tamper(
        log,
        f"DELETE FROM entry WHERE sequence = {row}",
        f"UPDATE entry SET sequence = -(sequence - 1) WHERE sequence > {row}",
        "UPDATE entry SET sequence = -sequence WHERE sequence < 0",
    )
    assert not verify(log, anchors[-1]).sound


@pytest.mark.parametrize(("one", "other"), [(a, b) for a in ROWS for b in ROWS if a < b])
def test_reordered_rows_are_detected(log: SqliteAuditLog, one: int, other: int) -> None:
    filled(log)
    tamper(
        log,
        f"UPDATE entry SET sequence = -1 WHERE sequence = {one}",
        f"UPDATE entry SET sequence = {one} WHERE sequence = {other}",
        f"UPDATE entry SET sequence = {other} WHERE sequence = -1",
    )
    assert not verify(log).sound


@pytest.mark.parametrize("kept", range(6))
def test_a_truncated_log_is_detected_by_an_anchor(log: SqliteAuditLog, kept: int) -> None:
    anchors = filled(log)
    tamper(log, f"DELETE FROM entry WHERE sequence > {kept}")
    assert verify(log).sound, "by itself it cannot be told: that is what anchors are for"
    assert not verify(log, anchors[-1]).sound
    for anchor in anchors[:kept]:
        assert verify(log, anchor).sound


@pytest.mark.parametrize("row", ROWS)
def test_a_log_rewritten_from_a_row_on_is_detected_by_an_anchor(tmp_path: Path, row: int) -> None:
    true, forged = SqliteAuditLog(tmp_path / "true"), SqliteAuditLog(tmp_path / "forged")
    anchors = filled(true)
    for number in range(6):
        forged.append("scan", {**SCAN, "documents": 99 if number + 1 == row else number})
    assert verify(forged).sound
    assert not verify(forged, anchors[-1]).sound


def test_a_deleted_log_is_detected_by_an_anchor(log: SqliteAuditLog) -> None:
    anchor = filled(log)[-1]
    log.path.unlink()
    assert not verify(log, anchor).sound


def test_guards_that_were_taken_off_are_noticed(log: SqliteAuditLog) -> None:
    filled(log)
    with sqlite3.connect(log.path) as connection:
        connection.execute("DROP TRIGGER entry_stays")
    connection.close()
    assert verify(log).problems == ("the guards against changing entries are not as they were made",)


def test_a_flipped_byte_anywhere_in_the_file_changes_nothing_unnoticed(log: SqliteAuditLog) -> None:
    anchor = filled(log, 12)[-1]
    true, raw = list(log.entries()), log.path.read_bytes()
    noticed = 0
    for position in range(0, len(raw), 23):
        flipped = bytearray(raw)
        flipped[position] ^= 0x04
        log.path.write_bytes(flipped)
        try:
            sound = verify(log, anchor).sound
            same = sound and list(log.entries()) == true
        except AuditError:
            sound = same = False
        assert same or not sound, f"byte {position}"
        noticed += not sound
        for leftover in log.path.parent.glob("audit.sqlite-*"):
            leftover.unlink()
    assert noticed > 50


def test_what_is_no_log_is_an_error_that_says_so(log: SqliteAuditLog) -> None:
    log.path.write_bytes(b"this is not a database" * 100)
    with pytest.raises(AuditError, match="cannot be read"):
        verify(log)
    with pytest.raises(AuditError, match="nothing goes out unrecorded"):
        log.append("scan", SCAN)


# --- Several writers -------------------------------------------------------------------------------------

WRITER = """
import sys
from pathlib import Path
from redact.audit import SqliteAuditLog
log = SqliteAuditLog(Path(sys.argv[1]))
for number in range(int(sys.argv[2])):
    entry = log.append("scan", {"request": sys.argv[3], "documents": number})
    print(entry.sequence, entry.hash, flush=True)
"""


def writer(log: SqliteAuditLog, entries: int, name: str) -> "subprocess.Popen[str]":
    command = [sys.executable, "-c", WRITER, str(log.path), str(entries), name]
    return subprocess.Popen(command, stdout=subprocess.PIPE, text=True)


def test_writers_in_several_processes_and_threads_make_one_chain(log: SqliteAuditLog) -> None:
    processes = [writer(log, 20, f"P{number}") for number in range(4)]
    threads = [
        threading.Thread(
            target=lambda name: [log.append("scan", {"request": name, "documents": n}) for n in range(10)],
            args=(f"T{number}",),
        )
        for number in range(4)
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert [process.wait(60) for process in processes] == [0] * 4
    for process in processes:
        process.communicate()
    entries = list(log.entries())
    assert len(entries) == 4 * 20 + 4 * 10
    assert verify(log, entries[-1].anchor).sound
    for name in ("P0", "P3", "T0", "T3"):
        own = [entry.data["documents"] for entry in entries if entry.data["request"] == name]
        assert own == list(range(len(own))), "each writer's entries stand in the order in which it wrote them"


# --- kill -9 and a full disk -----------------------------------------------------------------------------


@pytest.mark.parametrize("delay", [0.0, 0.01, 0.05, 0.12])
def test_a_writer_killed_at_any_moment_loses_no_entry_that_it_was_told_of(
    log: SqliteAuditLog, delay: float
) -> None:
    filled(log, 3)
    process = writer(log, 100_000, "killed")
    assert process.stdout is not None
    told = [process.stdout.readline().split()]
    time.sleep(delay)
    process.send_signal(signal.SIGKILL)
    told += [line.split() for line in process.communicate()[0].splitlines() if len(line.split()) == 2]
    anchors = [Anchor(int(sequence), hash_) for sequence, hash_ in told if len(hash_) == 64]
    assert anchors
    assert verify(log, *anchors).sound
    log.append("scan", SCAN)
    assert verify(log, *anchors).sound


def test_a_writer_killed_between_writing_and_committing_leaves_no_trace(log: SqliteAuditLog) -> None:
    anchor = filled(log, 3)[-1]
    script = (
        "import os, signal, sqlite3, sys\n"
        "c = sqlite3.connect(sys.argv[1], isolation_level=None)\n"
        "c.execute('PRAGMA cache_size = 1')\n"
        "c.execute('BEGIN IMMEDIATE')\n"
        "c.execute(\"INSERT INTO entry VALUES (4, '', 'scan', ?, '', '')\", ('x' * 5_000_000,))\n"
        "os.kill(os.getpid(), signal.SIGKILL)\n"
    )
    killed = subprocess.run([sys.executable, "-c", script, str(log.path)], check=False)
    assert killed.returncode == -signal.SIGKILL
    assert verify(log, anchor).entries == 3
    assert log.append("scan", SCAN).sequence == 4
    assert verify(log, anchor).sound


FULL = """
import resource, sys
from pathlib import Path
from redact.audit import SqliteAuditLog
from redact.errors import AuditError
log = SqliteAuditLog(Path(sys.argv[1]))
resource.setrlimit(resource.RLIMIT_FSIZE, (int(sys.argv[2]), int(sys.argv[2])))
try:
    while True:
        entry = log.append("contact", {"purpose": "x" * 1500})
        print(entry.sequence, entry.hash, flush=True)
except AuditError as error:
    print(error, file=sys.stderr)
    sys.exit(error.exit_code)
"""


@pytest.mark.parametrize("room", [9_000, 20_000, 60_000, 61_234])
def test_a_full_disk_is_an_error_and_loses_no_earlier_entry(log: SqliteAuditLog, room: int) -> None:
    filled(log, 2)
    full = subprocess.run(
        [sys.executable, "-c", FULL, str(log.path), str(room)], capture_output=True, text=True, check=False
    )
    assert full.returncode == 4
    assert "nothing goes out unrecorded" in full.stderr
    assert "xxx" not in full.stderr
    told = [line.split() for line in full.stdout.splitlines()]
    assert verify(log, *(Anchor(int(sequence), hash_) for sequence, hash_ in told)).sound
    assert verify(log).entries in (2 + len(told), 3 + len(told))
    log.append("scan", SCAN)
    assert verify(log).sound


@pytest.mark.skipif(os.geteuid() == 0, reason="the superuser may write anywhere")
def test_a_log_that_may_not_be_written_is_an_error(log: SqliteAuditLog) -> None:
    filled(log)
    log.path.chmod(0o400)
    with pytest.raises(AuditError):
        log.append("scan", SCAN)


def test_a_log_in_a_place_that_cannot_be_is_an_error(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    with pytest.raises(AuditError, match="cannot be written"):
        SqliteAuditLog(tmp_path / "file" / "audit.sqlite").append("scan", SCAN)


# --- Export for the Internal Auditor ---------------------------------------------------------------------


def test_an_export_is_recorded_and_verifies_by_itself(log: SqliteAuditLog) -> None:
    filled(log)
    lines = list(export(log, by="Internal Auditor"))
    assert len(lines) == 6 + 1 + 1
    assert json.loads(lines[-2])["kind"] == "export"
    last = json.loads(lines[-1])
    assert last["sound"] and last["entries"] == 7
    assert last["anchor"] == last["head"] == list(log.entries())[-1].anchor.as_dict()
    assert verify_export(lines).sound


def test_an_export_of_a_period_has_that_period_only(log: SqliteAuditLog) -> None:
    filled(log, 3)
    middle = datetime.now(UTC)
    filled(log, 2)
    early, late = list(export(log, until=middle)), list(export(log, since=middle))
    assert [json.loads(line)["sequence"] for line in early[:-1]] == [1, 2, 3]
    assert [json.loads(line)["sequence"] for line in late[:-1]] == [4, 5, 6, 7]
    assert verify_export(early).sound and verify_export(late).sound
    nothing = list(export(log, until=datetime(2001, 1, 1)))
    assert len(nothing) == 1 and verify_export(nothing).sound


def test_a_broken_log_is_exported_and_says_so(log: SqliteAuditLog) -> None:
    filled(log)
    tamper(log, "UPDATE entry SET kind = 'release' WHERE sequence = 3")
    last = json.loads(list(export(log))[-1])
    assert not last["sound"] and "entry 3 was changed" in last["problems"]


@pytest.fixture(scope="module")
def exported(tmp_path_factory: pytest.TempPathFactory) -> tuple[str, ...]:
    log = SqliteAuditLog(tmp_path_factory.mktemp("log") / "audit.sqlite")
    filled(log, 3)
    return tuple(export(log))


@given(data=st.data())
def test_a_changed_export_is_detected(data: st.DataObject, exported: tuple[str, ...]) -> None:
    lines = list(exported)
    where = data.draw(st.integers(0, len(lines) - 2))
    change = data.draw(st.sampled_from(["drop", "swap", "edit"]))
    if change == "drop":
        del lines[where]
    elif change == "swap":
        other = (where + 1) % (len(lines) - 1)
        lines[where], lines[other] = lines[other], lines[where]
    else:
        row = json.loads(lines[where])
        column = data.draw(st.sampled_from(["at", "kind", "record", "previous", "hash"]))
        row[column] += "x"
        lines[where] = json.dumps(row)
    assert not verify_export(lines).sound


@pytest.mark.parametrize("lines", [[], ["not json"], ["{}"], ['{"anchor": 1, "entries": 0}']])
def test_what_is_no_export_is_an_error(lines: list[str]) -> None:
    with pytest.raises(AuditError, match="not an export"):
        verify_export(lines)


class Rows(Sequence):
    def __init__(self, rows):
        self.rows = rows

    def __len__(self):
        return len(self.rows)

    def __getitem__(self, index):
        return dict(self.rows[index])


def test_rows_may_be_made_as_they_are_asked_for():
    rows = [{"outcome": "redact", "findings": {"US_SSN": 2}, "pages": n} for n in range(3)]
    assert record.canonical("determination", {"documents": Rows(rows), "request": "R"}) == record.canonical(
        "determination", {"request": "R", "documents": rows}
    )
    with pytest.raises(AuditError, match=r"determination\.documents"):
        record.canonical("determination", {"documents": Rows([{"outcome": "123-45-6789"}])})
