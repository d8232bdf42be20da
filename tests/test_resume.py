"""A run that was stopped anywhere goes on: nothing is done twice, or skipped, and nothing stale is used."""

import os
import signal
from collections import Counter
from collections.abc import Callable
from multiprocessing import get_context
from pathlib import Path

import pytest

import redact.writing
from redact import Action, Gate, Request, sources
from redact.batch import run
from redact.draft import Draft
from redact.examination import Examiner
from tests.conftest import JOURNALIST
from tests.test_batch import leftovers, no_value_in
from tests.test_gate import MEMO, everything
from tests.test_pool import Quick, ready

NAMES = [f"memo{number}.txt" for number in range(6)]


@pytest.fixture(autouse=True)
def one_version(monkeypatch) -> None:
    """The program does not change on the way, whoever works on it meanwhile."""
    ready()
    monkeypatch.setattr("redact.journal.program", lambda: "this")


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "in").mkdir()
    for name in NAMES:
        (tmp_path / "in" / name).write_text(f"{name}. {MEMO}")
    return tmp_path / "in"


@pytest.fixture
def gate() -> Gate:
    return Gate.load(["california", "cerritos"], detector=Quick())


@pytest.fixture
def done(monkeypatch) -> dict[str, list[str]]:
    """The documents that each pass worked on in this process."""
    done: dict[str, list[str]] = {"search": [], "judge": [], "write": []}
    search, judge, write = Examiner.search, Examiner.judge, redact.writing._carried_out

    def noted(kind, function, place):
        def call(*args, **options):
            done[kind].append(args[place].name)
            return function(*args, **options)

        return call

    monkeypatch.setattr(Examiner, "search", noted("search", search, 2))
    monkeypatch.setattr(Examiner, "judge", noted("judge", judge, 2))
    monkeypatch.setattr(redact.writing, "_carried_out", noted("write", write, 3))
    return done


def killed(folder: Path, stage: str, at: int) -> None:
    """Begin a run that is killed where ``stage`` is told of, or does something, for the ``at``-th time."""
    process = get_context("fork").Process(target=_until, args=(folder, stage, at))
    process.start()
    process.join(60)
    assert process.exitcode == -signal.SIGKILL


def _until(folder: Path, stage: str, at: int) -> None:
    told = Counter[str]()

    def here(name: str) -> None:
        if name == stage and told[name] == at:
            os.kill(os.getpid(), signal.SIGKILL)
        told[name] += 1

    def telling(name: str, original: Callable[..., object]) -> Callable[..., object]:
        def call(self: Draft, *rest: object) -> object:
            here(name)
            return original(self, *rest)

        return call

    for name in ("adopt", "add", "publish"):
        setattr(Draft, name, telling(name, getattr(Draft, name)))
    gate = Gate.load(["california", "cerritos"], detector=Quick())
    out = folder.parent / "out"
    run(gate, Request.parse(JOURNALIST), sources([folder]), out, None, progress=lambda stage, *_: here(stage))


def same_as_at_once(gate: Gate, folder: Path, out: Path, **changes: object) -> bool:
    gate.release(Request.parse({**JOURNALIST, **changes}), sources([folder]), out.parent / "at-once")
    return everything(out) == everything(out.parent / "at-once")


STOPS = [
    # pass, when, how many were judged and written before
    ("read", 3, 0, 0),
    ("judge", 0, 0, 0),
    ("judge", 2, 2, 0),
    ("judge", 6, 6, 0),
    ("write", 0, 6, 0),
    ("write", 4, 6, 4),
    ("write", 6, 6, 6),
    ("adopt", 3, 6, 6),
    ("add", 1, 6, 6),
    ("publish", 0, 6, 6),
]


@pytest.mark.parametrize(("stage", "at", "judged", "written"), STOPS)
def test_a_run_that_is_killed_goes_on_where_it_was(gate, folder, tmp_path, done, stage, at, judged, written):
    killed(folder, stage, at)
    assert not (tmp_path / "out").exists()
    assert no_value_in(leftovers(folder, tmp_path))
    run(gate, Request.parse(JOURNALIST), sources([folder]), tmp_path / "out", None)
    assert done == {"search": NAMES if judged < 6 else [], "judge": NAMES[judged:], "write": NAMES[written:]}
    assert same_as_at_once(gate, folder, tmp_path / "out")
    assert sorted(p.name for p in tmp_path.iterdir()) == ["at-once", "in", "out"]


def test_what_does_not_depend_on_a_changed_document_is_not_written_again(gate, folder, tmp_path, done):
    killed(folder, "publish", 0)
    (folder / NAMES[2]).write_text(f"Another. {MEMO}")
    run(gate, Request.parse(JOURNALIST), sources([folder]), tmp_path / "out", None)
    assert done == {"search": NAMES, "judge": NAMES, "write": [NAMES[2]]}
    assert same_as_at_once(gate, folder, tmp_path / "out")


def test_a_document_more_or_less_is_noticed(gate, folder, tmp_path, done):
    killed(folder, "publish", 0)
    (folder / NAMES[0]).unlink()
    (folder / "new.txt").write_text(f"New. {MEMO}")
    run(gate, Request.parse(JOURNALIST), sources([folder]), tmp_path / "out", None)
    assert done["judge"] == [*NAMES[1:], "new.txt"]
    assert done["write"] == ["new.txt"]
    assert same_as_at_once(gate, folder, tmp_path / "out")


CHANGES = {
    "another policy": {"policies": ["pasadena"]},
    "another requester": {"requester": {"affiliation": "employee"}, "purpose": {"kind": "official_business"}},
    "a page for each withheld document": {"slip_sheets": True},
}


@pytest.mark.parametrize("changes", CHANGES.values(), ids=CHANGES)
def test_another_request_is_decided_and_written_anew_and_nothing_is_judged_again(
    gate, folder, tmp_path, done, changes
):
    killed(folder, "publish", 0)
    run(gate, Request.parse({**JOURNALIST, **changes}), sources([folder]), tmp_path / "out", None)
    assert done["search"] == done["judge"] == []
    assert same_as_at_once(gate, folder, tmp_path / "out", **changes)


def test_another_term_is_looked_for(gate, folder, tmp_path, done):
    killed(folder, "publish", 0)
    terms = [{"text": "memo3", "exemption": "ca-privacy"}]
    run(gate, Request.parse({**JOURNALIST, "terms": terms}), sources([folder]), tmp_path / "out", None)
    assert done["judge"] == done["write"] == NAMES
    assert "memo3" not in (tmp_path / "out/documents/memo3.txt").read_text()


@pytest.mark.parametrize("what", ["redact.journal.program", "tests.test_pool.Quick.version"])
def test_another_version_does_everything_anew(gate, folder, tmp_path, done, monkeypatch, what):
    killed(folder, "publish", 0)
    monkeypatch.setattr(what, "another" if what.endswith("version") else lambda: "another")
    run(gate, Request.parse(JOURNALIST), sources([folder]), tmp_path / "out", None)
    assert done == {"search": NAMES, "judge": NAMES, "write": NAMES}


@pytest.fixture(params=["cut", "gone", "other"])
def damage(request) -> Callable[[Path], None]:
    def damaged(file: Path) -> None:
        data = file.read_bytes()
        file.unlink()
        if request.param != "gone":
            file.write_bytes(data[: len(data) // 2] if request.param == "cut" else b"Something else.")

    return damaged


@pytest.mark.parametrize("kind", ["*.released", "*.json"])
def test_a_damaged_journal_costs_work_and_changes_nothing(gate, folder, tmp_path, done, damage, kind):
    killed(folder, "publish", 0)
    for file in (tmp_path / ".out.journal").glob(kind):
        damage(file)
    run(gate, Request.parse(JOURNALIST), sources([folder]), tmp_path / "out", None)
    assert done["write"] == NAMES
    assert same_as_at_once(gate, folder, tmp_path / "out")


def test_what_changes_after_it_was_judged_is_withheld(gate, folder, tmp_path):
    killed(folder, "write", 2)

    def change(stage: str, done: int, total: int, pages: int) -> None:
        if (stage, done) == ("write", 2):
            (folder / NAMES[4]).write_text(f"Now it says: {MEMO}")

    package = run(gate, Request.parse(JOURNALIST), sources([folder]), tmp_path / "out", None, progress=change)
    assert [r.determination.outcome for r in package.documents] == [Action.redact] * 4 + [
        Action.withhold,
        Action.redact,
    ]
    assert package.documents[4].determination.decision.reasons == (redact.writing.CHANGED,)
    assert not (tmp_path / "out/documents" / NAMES[4]).exists()
