"""A Dask cluster: a real scheduler and real workers, one of which is lost on the way."""

import json
import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from redact import Action, Gate, Source
from redact.cluster import LOST, _Cluster, cluster
from redact.errors import InputError
from redact.pool import Limits
from tests.test_gate import MEMO, everything
from tests.test_pool import Poisoned, Quick

ROOT = Path(__file__).parents[1]


class Slow(Quick):
    """Takes its time, so that a worker can be lost while it searches."""

    def search(self, document, seen):
        time.sleep(0.2)
        return super().search(document, seen)


@contextmanager
def dask(*arguments: str) -> Iterator["subprocess.Popen[bytes]"]:
    process = subprocess.Popen(
        [sys.executable, "-m", "dask", *arguments],
        cwd=ROOT,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    try:
        yield process
    finally:
        process.terminate()
        process.wait()


@pytest.fixture(scope="module")
def scheduler(tmp_path_factory) -> Iterator[str]:
    """The address of a scheduler on this machine."""
    file = tmp_path_factory.mktemp("dask") / "scheduler.json"
    local = ("--host", "127.0.0.1", "--port", "0", "--no-dashboard", "--scheduler-file", str(file))
    with dask("scheduler", *local):
        deadline = time.monotonic() + 120
        while not file.exists() and time.monotonic() < deadline:
            time.sleep(0.1)
        yield json.loads(file.read_text())["address"]


WORKER = ("--nthreads", "1", "--no-dashboard", "--memory-limit", "0", "--death-timeout", "120")
DOCUMENTS = [Source(f"{n}.txt", f"No. {n}. {MEMO}".encode()) for n in range(12)]


@pytest.mark.slow
def test_a_worker_that_is_lost_in_mid_run_changes_nothing(asking, tmp_path, scheduler):
    gate = Gate.load(["california", "cerritos"], detector=Slow())
    gate.release(asking(), DOCUMENTS, tmp_path / "alone")
    with (
        dask("worker", scheduler, "--no-nanny", *WORKER) as first,
        dask("worker", scheduler, "--no-nanny", *WORKER),
    ):

        def kill_one(stage: str, done: int, total: int, pages: int) -> None:
            if (stage, done) == ("read", 4):
                os.kill(first.pid, signal.SIGKILL)

        with cluster(scheduler) as workers:
            gate.release(asking(), DOCUMENTS, tmp_path / "cluster", executor=workers, progress=kill_one)
        assert first.wait(30) == -signal.SIGKILL
    assert everything(tmp_path / "cluster") == everything(tmp_path / "alone")


@pytest.mark.slow
def test_poison_is_withheld_and_the_others_go_on(asking, tmp_path, scheduler):
    gate = Gate.load(["california", "cerritos"], detector=Quick())
    bad = Poisoned("bad.txt", f"Bad. {MEMO}".encode(), "crash", 0, tmp_path / "count")
    with dask("worker", scheduler, "--nanny", *WORKER), cluster(scheduler) as workers:
        package = gate.release(asking(), [bad, *DOCUMENTS], tmp_path / "out", executor=workers)
    outcomes = [report.determination.outcome for report in package.documents]
    assert outcomes == [Action.withhold] + [Action.redact] * len(DOCUMENTS)
    assert package.documents[0].determination.decision.reasons == (LOST,)


HANGS = """
import re
from redact.cluster import _within
from redact.pool import Limits
print(_within(Limits(seconds=30), abs, -3), flush=True)
_within(Limits(seconds=1), re.match, r"(a+)+$", "a" * 60 + "b")
"""


def test_a_worker_ends_itself_where_a_document_takes_longer_than_it_may():
    ended = subprocess.run(
        [sys.executable, "-c", HANGS], cwd=ROOT, timeout=300, capture_output=True, text=True
    )
    assert (ended.returncode, ended.stdout, ended.stderr) == (1, "3\n", "")


def test_an_address_where_nobody_answers_is_an_error_that_says_what_to_do(monkeypatch):
    monkeypatch.setattr("redact.cluster._PATIENCE", 0.5)
    with pytest.raises(InputError, match="--cluster"), cluster("tcp://127.0.0.1:9"):
        pass


class Scheduler:
    """A client of a scheduler that has so many workers."""

    workers = 3
    asked = 0

    def get_executor(self, *, pure: bool) -> None:
        pass

    def scheduler_info(self, n_workers: int) -> dict[str, dict[str, object]]:
        self.asked += 1
        return {"workers": {str(number): {"nthreads": 1} for number in range(self.workers)}}


def test_the_scheduler_is_asked_for_its_workers_now_and_then_only(monkeypatch):
    client, now = Scheduler(), [100.0]
    monkeypatch.setattr("redact.cluster.time.monotonic", lambda: now[0])
    workers = _Cluster(client, RuntimeError, Limits())
    assert [workers.at_once for _ in range(100)] == [3] * 100 and client.asked == 1
    client.workers, now[0] = 5, 102.0
    assert workers.at_once == 5
