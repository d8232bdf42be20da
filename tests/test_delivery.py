"""The delivery: one file with all that leaves to the requester and nothing of what stays here."""

import csv
import io
import json
import os
import signal
import tracemalloc
import zipfile
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from hashlib import sha256
from multiprocessing import get_context
from pathlib import Path
from typing import Any

import pytest

import redact.delivery
from redact import Document, Finding, Gate, Request, Source
from redact.batch import run
from redact.delivery import delivery
from redact.detect import searched_segments
from redact.draft import check_package
from redact.errors import InputError, RequestError, VerificationError
from redact.judging import Search
from redact.pool import Pool
from tests.conftest import JOURNALIST, text
from tests.test_gate import CARD, CLEAN, MEMO, MINUTES, SSN, everything
from tests.test_pool import Quick

MAIL = f"From: a@example.org\nSubject: one\n\nHis number is {SSN}.\n"
DOCUMENTS = [
    text("memo.txt", MEMO),
    text("deep/hours.txt", CLEAN),
    text("minutes.txt", MINUTES),
    text("table.csv", f"name,card\nLindholm,{CARD}\n"),
    text("box.mbox", f"From a@example.org Mon Nov  2 10:00:00 2026\n{MAIL}\n"),
    text(f"about {SSN}.txt", CLEAN),
    text("noise.bin", "\0\1\2"),
]
TOLD = {"determination-letter.docx", "withholding-log.csv", "withholding-log.html", "load-file.csv"}
RELEASED = {
    f"documents/{name}"
    for name in ("memo.txt", "deep/hours.txt", "table.csv", "box.mbox", "document-006.txt")
}
SHEETS = {"slip-sheets/withheld-003.pdf", "slip-sheets/withheld-008.pdf"}
COVERS = {"documents/table.csv.cover.pdf", "documents/box.mbox.cover.pdf"}
EXTENSION = {"reasons": ["voluminous"], "noticed_on": "2026-11-10", "days": 14}
SUBJECT = {"name": "Derek Lindholm", "category": "record_subject", "identity_verified": True}

CONTENTS: dict[str, tuple[dict[str, Any], set[str]]] = {
    "plain": ({}, RELEASED | TOLD),
    "slip sheets stand for what is withheld": ({"slip_sheets": True}, RELEASED | TOLD | SHEETS),
    "covers go with their copies": ({"copy": {"days": 10}}, RELEASED | TOLD | COVERS),
    "the notice of an extension was sent before": ({"extension": EXTENSION}, RELEASED | TOLD),
    "the receipt stays in the office": ({"requester": SUBJECT}, RELEASED | TOLD),
}
ABSENT: dict[str, tuple[dict[str, Any], list[Source]]] = {
    "nobody asked for it": ({"delivery": False}, DOCUMENTS),
    "the request is referred as a whole": ({"processed_by": "", "slip_sheets": True}, DOCUMENTS),
    "the request is blocked": ({"purpose": {"kind": "immigration_enforcement"}}, DOCUMENTS),
    "every document is withheld": ({"slip_sheets": True}, [DOCUMENTS[2], DOCUMENTS[6]]),
    "the letter would name nobody": ({"responsible": None}, DOCUMENTS),
}


class Searching(Quick):
    """It searches the names of documents too."""

    def search(self, document: Document, seen: dict[str, list[Finding]]) -> Search:
        return Search(tuple((segment, list(self._find(segment))) for segment in searched_segments(document)))


@pytest.fixture(scope="module")
def quick() -> Gate:
    return Gate.load(["california", "cerritos"], detector=Searching())


def wanting(**changes: Any) -> Request:
    return Request.parse({**JOURNALIST, "delivery": True, **changes})


def members(package: Path) -> dict[str, bytes]:
    with zipfile.ZipFile(package / "delivery.zip") as archive:
        assert archive.testzip() is None
        return {name: archive.read(name) for name in archive.namelist()}


@pytest.mark.parametrize(("changes", "names"), CONTENTS.values(), ids=CONTENTS)
def test_it_holds_what_leaves_and_nothing_else(quick, tmp_path, changes, names):
    quick.release(wanting(**changes), DOCUMENTS, tmp_path / "out")
    held = members(tmp_path / "out")
    assert set(held) == names
    assert {name for name in held if (tmp_path / "out" / name).read_bytes() != held[name]} == {
        "load-file.csv"
    }
    manifest = json.loads((tmp_path / "out/manifest.json").read_text())
    there = sha256((tmp_path / "out/delivery.zip").read_bytes()).hexdigest()
    assert manifest["files"]["delivery.zip"] == there
    assert check_package(tmp_path / "out") == []


@pytest.mark.parametrize(("changes", "documents"), ABSENT.values(), ids=ABSENT)
def test_there_is_none_where_nothing_leaves(quick, tmp_path, changes, documents):
    quick.release(wanting(**changes), documents, tmp_path / "out")
    assert not (tmp_path / "out/delivery.zip").exists()
    assert "delivery.zip" not in json.loads((tmp_path / "out/manifest.json").read_text())["files"]


def test_nothing_that_was_removed_is_in_it_by_value_name_or_hash(quick, tmp_path):
    quick.release(wanting(slip_sheets=True), DOCUMENTS, tmp_path / "out")
    own = list(csv.DictReader(io.StringIO((tmp_path / "out/load-file.csv").read_text())))
    kept = {row["sha256"] for row in own if row["sha256"] != row["released_sha256"]}
    assert len(kept) == 6
    held = members(tmp_path / "out")
    everything = b"\n".join([*held.values(), *map(str.encode, held)]).decode(errors="replace")
    # By the hash of a memo whose other words are known a number of nine digits is tried out in minutes.
    assert not [value for value in (SSN, CARD, *kept) if value in everything]
    load = list(csv.DictReader(io.StringIO(held["load-file.csv"].decode())))
    assert [row["document"] for row in load] == [row["document"] for row in own]
    assert own[0].keys() - load[0].keys() == {"sha256", "queue"}
    for row in load:
        if row["released_as"]:
            released = held[f"documents/{row['released_as']}"]
            assert sha256(released).hexdigest() == row["released_sha256"]


def test_it_is_the_same_at_every_run_and_with_any_workers(quick, tmp_path):
    asked = wanting(slip_sheets=True, copy={"days": 10})
    quick.release(asked, DOCUMENTS, tmp_path / "one")
    quick.release(asked, DOCUMENTS, tmp_path / "two")
    with ThreadPoolExecutor(3) as threads:
        run(quick, asked, DOCUMENTS, tmp_path / "threads", threads)
    with Pool(2) as pool:
        run(quick, asked, DOCUMENTS, tmp_path / "processes", pool)
    made = {(tmp_path / out / "delivery.zip").read_bytes() for out in ("one", "two", "threads", "processes")}
    assert len(made) == 1


def test_neither_clock_nor_settings_of_the_machine_are_in_it(quick, tmp_path):
    before = os.umask(0o077)
    try:
        quick.release(wanting(), DOCUMENTS, tmp_path / "out")
    finally:
        os.umask(before)
    with zipfile.ZipFile(tmp_path / "out/delivery.zip") as archive:
        entries = archive.infolist()
    assert [entry.filename for entry in entries] == sorted(entry.filename for entry in entries)
    assert {(e.date_time, e.create_system, e.external_attr, e.extra) for e in entries} == {
        ((1980, 1, 1, 0, 0, 0), 3, 0o100644 << 16, b"")
    }


@pytest.mark.parametrize("what", ["changed", "cut", "gone"])
def test_a_package_whose_delivery_was_touched_does_not_verify(quick, tmp_path, command, what):
    quick.release(wanting(), DOCUMENTS, tmp_path / "out")
    assert command("verify", str(tmp_path / "out")).code == 0
    file = tmp_path / "out/delivery.zip"
    data = bytearray(file.read_bytes())
    data[len(data) // 2] ^= 1
    if what == "gone":
        file.unlink()
    else:
        file.write_bytes(data if what == "changed" else data[:-30])
    [problem] = check_package(tmp_path / "out")
    assert problem == f"delivery.zip: {'missing' if what == 'gone' else 'changed since the release'}"
    assert command("verify", str(tmp_path / "out")).code == 4


def _until_within(folder: Path) -> None:
    original = redact.delivery._released

    def killed(path: Path, stated: str) -> Iterator[bytes]:
        if path.name == "memo.txt":
            os.kill(os.getpid(), signal.SIGKILL)
        yield from original(path, stated)

    redact.delivery._released = killed
    run(
        Gate.load(["california", "cerritos"], detector=Searching()),
        wanting(),
        DOCUMENTS,
        folder / "out",
        None,
    )


def test_a_run_that_is_killed_in_the_middle_of_it_leaves_none_and_ends_with_the_same(quick, tmp_path):
    process = get_context("fork").Process(target=_until_within, args=(tmp_path,))
    process.start()
    process.join(60)
    assert process.exitcode == -signal.SIGKILL
    assert not (tmp_path / "out").exists()
    run(quick, wanting(), DOCUMENTS, tmp_path / "out", None)
    quick.release(wanting(), DOCUMENTS, tmp_path / "at-once")
    assert sorted(path.name for path in tmp_path.iterdir()) == ["at-once", "out"]
    assert everything(tmp_path / "out") == everything(tmp_path / "at-once")


def test_what_is_not_what_was_released_does_not_go_in(quick, tmp_path, monkeypatch):
    original = redact.delivery._released

    def meanwhile(path: Path, stated: str) -> Iterator[bytes]:
        if path.name == "memo.txt":
            path.write_text(MEMO)
        return original(path, stated)

    monkeypatch.setattr("redact.delivery._released", meanwhile)
    with pytest.raises(VerificationError, match="changed while it was put into the delivery"):
        quick.release(wanting(), DOCUMENTS, tmp_path / "out")
    assert not list(tmp_path.iterdir())


def test_a_large_file_passes_through_in_pieces(tmp_path):
    size = 48 * 2**20
    with (tmp_path / "scan.pdf").open("wb") as file:
        file.truncate(size)
        file.write(b"scan")
        file.seek(0)
    with (tmp_path / "scan.pdf").open("rb") as file:
        digest = sha256(file.read()).hexdigest()
    tracemalloc.start()
    packed = sum(map(len, delivery(tmp_path, {"scan.pdf": digest}, [b"rows"])))
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert 0 < packed < size // 100 and peak < 4 * 2**20


def test_files_over_the_old_limit_of_the_format_are_held_too(tmp_path, monkeypatch):
    monkeypatch.setattr(zipfile, "ZIP64_LIMIT", 1000)
    content = os.urandom(5000)
    (tmp_path / "scan.pdf").write_bytes(content)
    files = {"scan.pdf": sha256(content).hexdigest()}
    data = b"".join(delivery(tmp_path, files, [b"rows"]))
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        assert archive.read("scan.pdf") == content and archive.read("load-file.csv") == b"rows"


@pytest.mark.parametrize("wish", ["yes", 1, ["memo.txt"]])
def test_the_wish_is_true_or_false(wish):
    with pytest.raises(RequestError, match="delivery"):
        wanting(delivery=wish)


@pytest.mark.parametrize("name", ["../memo.txt", "deep/../../memo.txt", "..\\memo.txt", "deep\\../memo.txt"])
def test_no_name_leads_out_of_the_package_or_of_the_delivery(quick, tmp_path, name):
    with pytest.raises(InputError, match="leads out of the package") as error:
        quick.release(wanting(), [text(name, CLEAN)], tmp_path / "case/out")
    assert "memo" not in str(error.value)
    assert not list((tmp_path / "case").iterdir())
