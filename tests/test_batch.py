"""Batches: the same package whatever the executor, and a run that was stopped goes on."""

import os
import signal
import subprocess
import sys
import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from redact import sources
from redact.batch import process_pool, run
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


def test_threads_and_processes_make_the_package_that_one_worker_makes(gate, asking, folder, tmp_path):
    gate.release(asking(), sources([folder]), tmp_path / "alone")
    with ThreadPoolExecutor(3) as pool:
        run(gate, asking(), sources([folder]), tmp_path / "threads", pool)
    with process_pool(2) as pool:
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


def test_a_stopped_run_goes_on_without_searching_anything_twice(gate, asking, folder, tmp_path, monkeypatch):
    class Stops(ThreadPoolExecutor):
        def map(self, function, *iterables, **options):
            for number, item in enumerate(iterables[0]):
                if number == 3:
                    raise KeyboardInterrupt
                yield function(item)

    with pytest.raises(KeyboardInterrupt), Stops(1) as pool:
        run(gate, asking(), sources([folder]), tmp_path / "out", pool)
    assert not (tmp_path / "out").exists()
    for path in tmp_path.rglob("*"):
        if path.is_file() and folder not in path.parents:
            assert SSN.encode() not in path.read_bytes() and CARD.encode() not in path.read_bytes()

    searched: list[str] = []
    search = type(gate._detector).search
    monkeypatch.setattr(
        type(gate._detector),
        "search",
        lambda self, document, *rest: searched.append(document.name) or search(self, document, *rest),
    )
    with ThreadPoolExecutor(1) as pool:
        run(gate, asking(), sources([folder]), tmp_path / "out", pool)
    assert len(searched) == 4
    gate.release(asking(), sources([folder]), tmp_path / "whole")
    assert everything(tmp_path / "out") == everything(tmp_path / "whole")


def test_a_document_that_changed_meanwhile_is_searched_again(gate, asking, folder, tmp_path):
    class Stops(ThreadPoolExecutor):
        def map(self, function, *iterables, **options):
            yield from map(function, iterables[0])
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt), Stops(1) as pool:
        run(gate, asking(), sources([folder]), tmp_path / "out", pool)
    (folder / "deep/er/hours.txt").write_text(MEMO)
    with ThreadPoolExecutor(1) as pool:
        run(gate, asking(), sources([folder]), tmp_path / "out", pool)
    assert SSN.encode() not in everything(tmp_path / "out")


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
for name in ("add", "publish"):
    original = getattr(redact.draft.Draft, name)
    def wrapped(self, *rest, name=name, original=original):
        here(name)
        return original(self, *rest)
    setattr(redact.draft.Draft, name, wrapped)
Gate.load().release(Request.load("request.toml"), sources([Path("in")]), Path("out"),
                    progress=lambda stage, done, total: here(stage))
"""


@pytest.mark.parametrize(
    ("stage", "at"),
    [("read", 0), ("read", 3), ("write", 0), ("write", 4), ("add", 0), ("add", 3), ("publish", 0)],
)
def test_a_run_that_is_killed_leaves_no_release_folder(folder, tmp_path, stage, at):
    killed = subprocess.run([sys.executable, "-c", KILLED, stage, str(at)], cwd=tmp_path, timeout=120)
    assert killed.returncode == -signal.SIGKILL
    assert not (tmp_path / "out").exists()
    left = b"\n".join(p.read_bytes() for p in tmp_path.rglob("*") if p.is_file() and folder not in p.parents)
    assert SSN.encode() not in left and CARD.encode() not in left


def test_ctrl_c_stops_a_batch_at_once_and_says_how_to_go_on(folder, tmp_path):
    for number in range(300):
        (folder / f"more{number}.txt").write_text(MEMO * 20)
    command = [
        sys.executable,
        "-m",
        "redact",
        "batch",
        "request.toml",
        "in",
        "--out",
        "out",
        "--workers",
        "2",
    ]
    running = subprocess.Popen(
        command, cwd=tmp_path, stderr=subprocess.PIPE, text=True, start_new_session=True
    )
    journal = tmp_path / ".out.journal"
    deadline = time.monotonic() + 60
    while not (journal.exists() and any(journal.iterdir())) and time.monotonic() < deadline:
        time.sleep(0.1)
    os.killpg(running.pid, signal.SIGINT)
    stopped = time.monotonic()
    _, errors = running.communicate(timeout=30)
    assert time.monotonic() - stopped < 2 + 3 * (os.getloadavg()[0] > 2)
    assert running.returncode == 130
    assert "run the same command again" in errors
    assert not (tmp_path / "out").exists()
