"""``redact audit`` from the command line: what an office records, and what it is told of a broken log."""

import sqlite3
from functools import partial

import pytest

from redact.audit import SqliteAuditLog


@pytest.fixture
def redact(redact):
    return partial(redact, "audit")


RECORDED = [
    (["training", "policy=pasadena-police", "on=2026-11-02", "people=30"], "training"),
    (["acknowledgement", "policy=pasadena", "clause=2.a", "on=2026-11-02", "people=14"], "acknowledgement"),
    (["complaint", "category=immigration-bias", "received_on=2026-11-02"], "complaint"),
    (["violation_report", "policy=cerritos", "clause=1.03.040.A.9", "reported_to=HR/RM"], "violation_report"),
]


@pytest.mark.parametrize(("arguments", "kind"), RECORDED)
def test_what_an_office_records(redact, tmp_path, arguments, kind):
    assert redact("record", *arguments) == (0, "recorded as entry 1\n")
    [entry] = SqliteAuditLog(tmp_path / "audit.sqlite").entries()
    assert entry.kind == kind


@pytest.mark.parametrize(
    ("arguments", "code"),
    [
        (["release", "request=R"], 2),
        (["closure", "request=R"], 2),
        (["training", "policy"], 2),
        (["training", "who=Maria Named"], 4),
        (["training", "people=many"], 4),
        (["complaint", "reference=512-33-4417"], 4),
    ],
)
def test_what_it_may_not(redact, tmp_path, arguments, code):
    told = redact("record", *arguments)
    assert told[0] == code
    assert "Maria" not in told[1] and "4417" not in told[1]
    assert not list(SqliteAuditLog(tmp_path / "audit.sqlite").entries())


def test_a_broken_log_is_exported_and_the_exit_code_says_so(redact, tmp_path):
    for arguments, _ in RECORDED[2:]:
        redact("record", *arguments)
    assert redact("export")[0] == 0
    with sqlite3.connect(tmp_path / "audit.sqlite") as connection:
        connection.execute("DROP TRIGGER entry_is_fixed")
        connection.execute("UPDATE entry SET record = '{}' WHERE sequence = 2")
    code, said = redact("export")
    assert code == 4 and "entry 2 was changed" in said
    assert redact("verify")[0] == 4


@pytest.mark.parametrize("reading", ["verify", "export", "contacts"])
def test_a_log_that_is_not_there_is_no_sound_one(redact, tmp_path, reading):
    code, said = redact(reading, "--audit", str(tmp_path / "gone.sqlite"))
    assert code == 2 and "there is no audit log gone.sqlite" in said
    assert not (tmp_path / "gone.sqlite").exists()


@pytest.mark.parametrize(
    "anchor", ["", "[1]", "{}", '{"sequence": "x", "hash": 3}', '{"sequence": 1, "hash": "zz"}', "null"]
)
def test_what_is_no_anchor_is_refused(redact, tmp_path, anchor):
    redact("record", *RECORDED[2][0])
    (tmp_path / "anchor.json").write_text(anchor)
    code, said = redact("verify", "--anchor", str(tmp_path / "anchor.json"))
    assert code == 2 and "anchor.json is no anchor" in said
