"""What a run tells: progress as lines, and at the end what became of how many documents."""

import json
from pathlib import Path
from types import SimpleNamespace

import pytest

from redact import Action, Decision
from redact.cli import show
from redact.cli.options import LogFormat


def account(outcome: Action, *reasons: str, referrals: tuple[str, ...] = (), citations: tuple[str, ...] = ()):
    decision = Decision(outcome, reasons=reasons, referrals=referrals, citations=citations)
    released = "x.txt" if outcome < Action.refer else None
    return SimpleNamespace(name="x.txt", outcome=outcome, decision=decision, released=released, redactions=0)


DOCUMENTS = [
    account(Action.withhold, "it crashes the program that works on it", referrals=("City Clerk",)),
    account(Action.release),
    account(Action.redact, citations=("Gov. 7922.200",)),
    account(Action.withhold, "it is encrypted"),
    account(Action.refer, referrals=("City Attorney",)),
    account(Action.withhold, "it is encrypted"),
    account(Action.redact),
]
COUNTS = [
    (("released", ""), 1),
    (("redacted", ""), 2),
    (("referred", "to City Attorney"), 1),
    (("withheld", "it is encrypted"), 2),
    (("withheld", "it crashes the program that works on it"), 1),
]


def package(documents=DOCUMENTS):
    whole = SimpleNamespace(
        request_id="PRR-1",
        requester=SimpleNamespace(category="general_public"),
        outcome=Action.withhold,
        decision=Decision(Action.redact),
        referrals=("City Clerk", "City Attorney"),
        copy=None,
    )
    return SimpleNamespace(
        path=Path("out"),
        determination=whole,
        accounts=documents,
        inventory=None,
        prior=(),
        open_because=("a letter",),
        deadlines=(),
    )


def test_documents_are_counted_by_what_became_of_them_and_why():
    assert show.tally(package()) == COUNTS


def test_a_summary_as_json_is_one_line(capsys):
    show.summary(package(), LogFormat.json)
    told = json.loads(capsys.readouterr().out)
    assert told["documents"] == [{"outcome": o, "why": w, "documents": n} for (o, w), n in COUNTS]
    assert (told["request"], told["outcome"], told["referrals"]) == (
        "PRR-1",
        "withhold",
        ["City Clerk", "City Attorney"],
    )


@pytest.mark.parametrize(("times", "named"), [(1, True), (20, False)])
def test_a_summary_for_a_person_names_documents_only_where_they_are_few(capsys, times, named):
    show.summary(package(DOCUMENTS * times), LogFormat.text)
    told = capsys.readouterr().out
    assert ("x.txt" in told) is named
    for word in ("released", "redacted", "encrypted", "to City Attorney", "to do: a letter"):
        assert word in told


def test_progress_elsewhere_than_on_a_terminal_is_lines(capsys):
    with show.progress(LogFormat.text) as tell:
        for done in range(4):
            tell("read", done, 3, 2 * done)
    first, last = capsys.readouterr().err.splitlines()
    assert first == "read: 3 documents" and last.startswith("read: 3 of 3 documents, 6 pages")


def test_progress_as_json_is_a_line_each(capsys):
    with show.progress(LogFormat.json) as tell:
        tell("write", 0, 2, 0)
        tell("write", 2, 2, 5)
    lines = [json.loads(line) for line in capsys.readouterr().err.splitlines()]
    assert [(line["event"], line["documents"], line["of"], line["pages"]) for line in lines] == [
        ("write", 0, 2, 0),
        ("write", 2, 2, 5),
    ]


def test_a_bar_on_a_terminal_tells_pages_and_rate(monkeypatch, capsys):
    monkeypatch.setattr("sys.stderr.isatty", lambda: True)
    with show.progress(LogFormat.text) as tell:
        tell("read", 0, 2, 0)
        tell("read", 2, 2, 7)
    told = capsys.readouterr().err
    assert "2/2" in told and "7 pages" in told
