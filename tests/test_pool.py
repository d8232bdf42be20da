"""Workers that are lost cost what they worked on, and nothing else."""

import ctypes
import os
import re
import signal
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from pathlib import Path

import pytest

from redact import Action, Document, Finding, Gate, Segment, Source, Span
from redact.errors import ConfigurationError
from redact.judging import Search
from redact.pool import IN_FLIGHT, Limits, Pool, WorkerError, spread
from redact.redaction import Redaction, apply
from tests.test_batch import no_value_in
from tests.test_gate import CARD, CLEAN, MEMO, SSN, everything

LIMITS = Limits(seconds=4, memory=2**30)
GREED = 10 * 2**30


def crash() -> None:
    ctypes.string_at(0)


def hang() -> None:
    # Backtracks in native code, which holds the interpreter's lock for longer than this test will wait.
    re.match(r"(a+)+$", "a" * 60 + "b")


def grab() -> None:
    bytearray(GREED)


def killed() -> None:
    os.kill(os.getpid(), signal.SIGKILL)


POISON = {"crash": crash, "hang": hang, "grab": grab, "killed": killed}
REASON = {"crash": "crashes", "hang": "longer than the 4 seconds", "grab": "memory", "killed": "crashes"}


@dataclass(frozen=True, slots=True)
class Poisoned(Source):
    """A document that does harm to the program that reads it, or to the one that writes it."""

    harm: str = ""
    when: int = 1
    """At which reading; at each if 0."""
    count: Path | None = None
    spared: int = field(default_factory=os.getpid)
    """The process that it does no harm to."""

    def load(self) -> bytes:
        assert self.count is not None
        if os.getpid() == self.spared:
            return Source.load(self)
        with self.count.open("a") as file:
            file.write("x")
        if self.when in (0, self.count.stat().st_size):
            POISON[self.harm]()
        return Source.load(self)


class Quick:
    """A detector that a new process has at once: what becomes of workers does not depend on what is found."""

    version = "quick"

    def search(self, document: Document, seen: dict[str, list[Finding]]) -> Search:
        return Search(tuple((segment, list(self._find(segment))) for segment in document.segments))

    def _find(self, segment: Segment) -> Iterator[Finding]:
        for entity, value in (("US_SSN", SSN), ("CREDIT_CARD", CARD)):
            for match in re.finditer(value, segment.text):
                yield Finding(segment.locator, Span(*match.span()), entity, 0.9, "Quick")


def ready() -> None:
    """Import what takes a new process its time: that is on no document's account."""
    apply("x", [Redaction("text", Span(0, 1), "y")])


@pytest.fixture(scope="module")
def pool():
    with Pool(2, LIMITS, ready) as pool:
        yield pool


@pytest.fixture
def quick() -> Gate:
    return Gate.load(["california", "cerritos"], detector=Quick())


CASES = [(harm, 1) for harm in POISON] + [("crash", 2), ("hang", 2)]


@pytest.mark.parametrize(("harm", "when"), CASES)
def test_a_poison_document_is_withheld_with_the_reason_and_the_others_go_on(
    quick, asking, tmp_path, pool, harm, when
):
    good = [Source(f"{n}.txt", f"No. {n}. {MEMO}".encode()) for n in range(3)]
    bad = Poisoned("bad.txt", f"Bad. {MEMO}".encode(), harm, when, tmp_path / "count")
    package = quick.release(asking(), [*good[:2], bad, good[2]], tmp_path / "out", executor=pool)
    outcomes = [report.determination.outcome for report in package.documents]
    assert outcomes == [Action.redact, Action.redact, Action.withhold, Action.redact]
    [reason] = package.documents[2].determination.decision.reasons
    assert REASON[harm] in reason or "MemoryError" in reason
    assert sorted(p.name for p in (tmp_path / "out/documents").iterdir()) == ["0.txt", "1.txt", "2.txt"]
    assert no_value_in(everything(tmp_path / "out"))


def test_what_a_worker_was_lost_on_is_told_and_it_is_replaced():
    with Pool(1, Limits(seconds=2), ready) as pool:
        outcomes = [future.exception() for future in [pool.submit(f) for f in (os.getpid, crash, hang)]]
        assert outcomes[0] is None
        assert "crashes" in str(outcomes[1]) and "2 seconds" in str(outcomes[2])
        assert isinstance(outcomes[1], WorkerError)
        assert pool.submit(abs, -3).result() == 3


def fails() -> None:
    raise ConfigurationError("something is missing")


def test_what_a_worker_needs_is_missed_at_once_and_is_nobodys_fault():
    with Pool(1, ready=fails) as pool, pytest.raises(ConfigurationError, match="missing"):
        list(spread(pool, abs, [(1,), (2,)]))


@pytest.mark.parametrize("make", [lambda: None, lambda: ThreadPoolExecutor(2)])
def test_results_come_with_the_first_value_of_their_items(make):
    assert dict(spread(make(), abs, [(-1,), (-2,), (-3,)])) == {-1: 1, -2: 2, -3: 3}


def test_items_are_taken_as_they_are_needed():
    taken = []
    items = ((taken.append(number) or number,) for number in range(3 * IN_FLIGHT))
    with ThreadPoolExecutor(2) as pool:
        results = spread(pool, abs, items)
        next(results)
        assert len(taken) == IN_FLIGHT
        assert len(list(results)) == 3 * IN_FLIGHT - 1


def test_clean_documents_pass_beside_poison_unchanged(quick, asking, tmp_path, pool):
    bad = Poisoned("bad.txt", MEMO.encode(), "crash", 1, tmp_path / "count")
    quick.release(asking(), [Source("hours.txt", CLEAN.encode()), bad], tmp_path / "out", executor=pool)
    assert (tmp_path / "out/documents/hours.txt").read_text() == CLEAN
