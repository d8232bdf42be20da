"""Batches: the same package whatever the executor, and a run that was stopped goes on."""

import os
import random
import signal
import subprocess
import sys
import time
from concurrent.futures import Executor, Future, ThreadPoolExecutor
from pathlib import Path

import pytest

from redact import Source, sources
from redact.batch import run
from redact.pool import Pool
from tests.test_gate import CARD, CLEAN, MEMO, MINUTES, SSN, everything

REQUEST = """
id = "PRR-1"
received = 2026-11-02
decided_on = 2026-11-10
policies = ["california", "cerritos"]
processed_by = "City Clerk"
responsible = { name = "Marisol Tran", title = "City Clerk" }
[requester]
affiliation = "media"
"""


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    tree = tmp_path / "in"
    (tree / "deep/er").mkdir(parents=True)
    for number in range(4):
        (tree / f"deep/memo{number}.txt").write_text(f"No. {number}. {MEMO}")
    (tree / "deep/er/hours.txt").write_text(CLEAN)
    (tree / "minutes.txt").write_text(MINUTES)
    (tree / "noise.bin").write_bytes(b"\0\1\2")
    (tmp_path / "request.toml").write_text(REQUEST)
    return tree


def leftovers(folder: Path, tmp_path: Path) -> bytes:
    """All bytes of all files that a run left, or has made so far."""
    found = (p for p in tmp_path.rglob("*") if p.is_file() and folder not in p.parents)
    return b"\n".join(p.read_bytes() for p in found)


def no_value_in(data: bytes) -> bool:
    return SSN.encode() not in data and CARD.encode() not in data


def test_threads_and_processes_make_the_package_that_one_worker_makes(gate, asking, folder, tmp_path):
    gate.release(asking(), sources([folder]), tmp_path / "alone")
    with ThreadPoolExecutor(3) as pool:
        run(gate, asking(), sources([folder]), tmp_path / "threads", pool)
    with Pool(2) as pool:
        run(gate, asking(), sources([folder]), tmp_path / "processes", pool)
    assert (
        everything(tmp_path / "alone")
        == everything(tmp_path / "threads")
        == everything(tmp_path / "processes")
    )
    assert sorted(p.name for p in tmp_path.iterdir()) == [
        "alone",
        "in",
        "processes",
        "request.toml",
        "threads",
    ]


class Stops(Executor):
    """Is interrupted before it begins with one of its tasks."""

    def __init__(self, at: int) -> None:
        self._left = at

    def submit(self, function, /, *arguments, **options):
        if not self._left:
            raise KeyboardInterrupt
        self._left -= 1
        future: Future = Future()
        future.set_result(function(*arguments, **options))
        return future


@pytest.fixture
def analysed(gate, monkeypatch):
    """The texts that recognizers were run on."""
    texts: list[str] = []
    analyse = type(gate._detector)._analyse
    monkeypatch.setattr(
        type(gate._detector),
        "_analyse",
        lambda self, segment: texts.append(segment.text) or analyse(self, segment),
    )
    return texts


@pytest.mark.parametrize("at", [0, 3, 7, 10, 14])
def test_a_stopped_run_goes_on_without_searching_anything_twice(gate, asking, folder, tmp_path, analysed, at):
    with pytest.raises(KeyboardInterrupt):
        run(gate, asking(), sources([folder]), tmp_path / "out", Stops(at))
    assert not (tmp_path / "out").exists()
    assert no_value_in(leftovers(folder, tmp_path))
    run(gate, asking(), sources([folder]), tmp_path / "out", None)
    contents = {path.read_text() for path in folder.rglob("*.txt")}
    searched = [text for text in analysed if text in contents]
    assert len(searched) == len(set(searched)) == len(contents) == 6
    gate.release(asking(), sources([folder]), tmp_path / "whole")
    assert everything(tmp_path / "out") == everything(tmp_path / "whole")


def test_a_document_that_changed_meanwhile_is_searched_again(gate, asking, folder, tmp_path):
    with pytest.raises(KeyboardInterrupt):
        run(gate, asking(), sources([folder]), tmp_path / "out", Stops(8))
    (folder / "deep/er/hours.txt").write_text(MEMO)
    run(gate, asking(), sources([folder]), tmp_path / "out", None)
    assert no_value_in(everything(tmp_path / "out"))


def test_another_version_of_the_recognizers_searches_again(
    gate, asking, folder, tmp_path, analysed, monkeypatch
):
    with pytest.raises(KeyboardInterrupt):
        run(gate, asking(), sources([folder]), tmp_path / "out", Stops(8))
    monkeypatch.setattr(type(gate._detector), "version", "full:000000000000")
    run(gate, asking(), sources([folder]), tmp_path / "out", None)
    assert sum(text == CLEAN for text in analysed) == 2


def test_another_policy_decides_anew_what_was_searched_before(gate, asking, folder, tmp_path, analysed):
    with pytest.raises(KeyboardInterrupt):
        run(gate, asking(policies=["pasadena"]), sources([folder]), tmp_path / "out", Stops(8))
    run(gate, asking(), sources([folder]), tmp_path / "out", None)
    assert sum(text == CLEAN for text in analysed) == 1
    gate.release(asking(), sources([folder]), tmp_path / "whole")
    assert everything(tmp_path / "out") == everything(tmp_path / "whole")


def test_a_document_that_occurs_several_times_is_searched_once(gate, asking, tmp_path, analysed):
    copies = [Source(f"{name}.txt", MEMO.encode()) for name in "abc"]
    package = gate.release(asking(), copies, tmp_path / "out")
    assert analysed.count(MEMO) == 1
    first, *others = ((tmp_path / f"out/documents/{name}.txt").read_bytes() for name in "abc")
    assert all(other == first for other in others)
    assert [d.name for d in package.documents] == ["a.txt", "b.txt", "c.txt"]


def test_documents_that_would_get_the_same_name_are_all_released(gate, asking, tmp_path):
    documents = [Source("a/x.txt", CLEAN.encode()), Source("a/x.text", b"Open on Sundays.\n")]
    gate.release(asking(), documents, tmp_path / "out")
    released = {path.name: path.read_text() for path in (tmp_path / "out/documents/a").iterdir()}
    assert released == {"x.txt": CLEAN, "x-2.txt": "Open on Sundays.\n"}


KILLED = """
import os, signal, sys
from pathlib import Path
from redact import Gate, Request, sources
import redact.draft
stage, at = sys.argv[1], int(sys.argv[2])
count = 0
def here(name):
    global count
    if name == stage:
        count += 1
        if count > at:
            os.kill(os.getpid(), signal.SIGKILL)
for name in ("adopt", "add", "publish"):
    original = getattr(redact.draft.Draft, name)
    def wrapped(self, *rest, name=name, original=original):
        here(name)
        return original(self, *rest)
    setattr(redact.draft.Draft, name, wrapped)
Gate.load().release(Request.load("request.toml"), sources([Path("in")]), Path("out"),
                    progress=lambda stage, done, total, pages: here(stage))
"""


@pytest.mark.parametrize(
    ("stage", "at"), [("read", 3), ("judge", 2), ("write", 4), ("adopt", 1), ("publish", 0)]
)
def test_a_run_that_is_killed_leaves_no_release_folder(folder, tmp_path, stage, at):
    killed = subprocess.run([sys.executable, "-c", KILLED, stage, str(at)], cwd=tmp_path, timeout=120)
    assert killed.returncode == -signal.SIGKILL
    assert not (tmp_path / "out").exists()
    assert no_value_in(leftovers(folder, tmp_path))


BATCH = [sys.executable, "-m", "redact", "batch", "request.toml", "in", "--out", "out", "--workers", "2"]


@pytest.mark.slow
def test_a_batch_that_is_killed_again_and_again_ends_with_the_same_package(gate, asking, folder, tmp_path):
    gate.release(asking(), sources([folder]), tmp_path / "whole")
    chance = random.Random(6)
    for _ in range(6):
        running = subprocess.Popen(BATCH, cwd=tmp_path, stderr=subprocess.DEVNULL, start_new_session=True)
        time.sleep(chance.uniform(2, 7))
        os.killpg(running.pid, signal.SIGKILL)
        running.wait()
        if not (tmp_path / "out").exists():
            assert no_value_in(leftovers(folder, tmp_path))
    if not (tmp_path / "out").exists():
        assert subprocess.run(BATCH, cwd=tmp_path).returncode == 3
    assert everything(tmp_path / "out" / "documents") == everything(tmp_path / "whole" / "documents")
    name = "determination.json"
    assert (tmp_path / "out" / name).read_bytes() == (tmp_path / "whole" / name).read_bytes()


def test_ctrl_c_stops_a_batch_at_once_and_says_how_to_go_on(folder, tmp_path):
    for number in range(300):
        (folder / f"more{number}.txt").write_text(MEMO * 20 + str(number))
    running = subprocess.Popen(BATCH, cwd=tmp_path, stderr=subprocess.PIPE, text=True, start_new_session=True)
    journal = tmp_path / ".out.journal"
    deadline = time.monotonic() + 60
    while not (journal.exists() and any(journal.iterdir())) and time.monotonic() < deadline:
        time.sleep(0.1)
    os.killpg(running.pid, signal.SIGINT)
    stopped = time.monotonic()
    _, errors = running.communicate(timeout=30)
    assert time.monotonic() - stopped < 2 + 3 * (os.getloadavg()[0] > 2)
    assert running.returncode == 130
    assert errors.endswith("redact: stopped; run the same command again to continue\n")
    assert not (tmp_path / "out").exists()
