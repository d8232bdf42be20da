"""The command line: what it prints, what it returns, and that its errors say what to do in one line."""

import json
import os
import subprocess
import sys

import pytest

from redact import sources
from tests.conftest import Ended
from tests.test_batch import REQUEST
from tests.test_gate import CARD, CLEAN, MEMO, MINUTES, SSN

ICE = """
id = "FED-1"
received = 2026-11-03
decided_on = 2026-11-04
policies = ["california", "pasadena", "pasadena-police"]
[requester]
category = "federal_immigration_authority"
[purpose]
kind = "immigration_enforcement"
[[legal_basis]]
kind = "administrative_warrant"
issued_on = 2026-11-01
"""


@pytest.fixture
def case(tmp_path):
    (tmp_path / "in").mkdir()
    (tmp_path / "in/memo.txt").write_text(MEMO)
    (tmp_path / "in/hours.txt").write_text(CLEAN)
    (tmp_path / "request.toml").write_text(REQUEST)
    (tmp_path / "ice.toml").write_text(ICE)
    return tmp_path


@pytest.fixture
def redact(case, monkeypatch, command):
    """Runs the command line in this process, in the folder of the case."""
    monkeypatch.chdir(case)

    def run(*arguments: str) -> Ended:
        ended = command(*arguments)
        for value in (SSN, CARD):
            assert value not in ended.said
        assert "Traceback" not in ended.err
        return ended

    return run


class TestScan:
    def test_one_json_object_a_line_in_characters_of_the_file(self, redact, case):
        result = redact("scan", "in", "--format", "jsonl")
        assert result.code == 1
        found = [json.loads(line) for line in result.out.splitlines()]
        assert all(
            list(f) == ["document", "locator", "entity", "start", "end", "score", "recognizer"] for f in found
        )
        [ssn] = [f for f in found if f["entity"] == "US_SSN"]
        assert MEMO[ssn["start"] : ssn["end"]] == SSN
        assert ssn["document"] == "memo.txt"

    def test_a_scan_is_in_the_audit_log(self, redact, case):
        redact("scan", "in", "--format", "jsonl")
        log = redact("audit", "export").out
        assert '"kind": "scan"' in log and "US_SSN" in log

    def test_nothing_found_is_success(self, redact, case):
        result = redact("scan", "in/hours.txt")
        assert result.code == 0

    def test_explain_names_pattern_and_cue(self, redact, case):
        result = redact("scan", "in/memo.txt", "--format", "jsonl", "--explain")
        assert all(json.loads(line)["pattern"] for line in result.out.splitlines())

    def test_what_cannot_be_searched_is_not_called_clean(self, redact, case):
        (case / "in/x.bin").write_bytes(b"\0\1")
        result = redact("scan", "in/x.bin")
        assert result.code == 3
        assert "not searched" in result.err


class TestRelease:
    def test_a_package_with_everything_that_a_clerk_needs(self, redact, case):
        result = redact("release", "request.toml", "in", "--out", "out")
        assert result.code == 0
        assert {p.name for p in (case / "out").iterdir()} >= {
            "documents",
            "withholding-log.csv",
            "withholding-log.html",
            "determination.json",
            "manifest.json",
        }
        assert "memo.txt" in result.out

    def test_something_withheld_is_exit_code_3(self, redact, case):
        (case / "in/minutes.txt").write_text(MINUTES)
        result = redact("release", "request.toml", "in", "--out", "out")
        assert result.code == 3
        assert "referred to: City Clerk" in result.out

    def test_an_administrative_warrant_releases_nothing(self, redact, case):
        result = redact("release", "ice.toml", "in", "--out", "out")
        assert result.code == 3
        assert "City Attorney" in result.out
        assert not any((case / "out/documents").iterdir())

    @pytest.mark.parametrize(
        ("change", "says"),
        [
            (("processed_by", "procesed_by"), "unknown key; did you mean processed_by?"),
            (('affiliation = "media"', 'category = "king"'), "unknown category"),
            (("2026-11-02", "2026-02-30"), "not well formed"),
            (("2026-11-10", "2026-10-10"), "decided_on lies before received"),
            (('"cerritos"', '"atlantis"'), "no policy 'atlantis'"),
            (('id = "PRR-1"', 'id = "../x"'), "id: use letters"),
        ],
    )
    def test_a_bad_request_is_refused_before_anything_is_read(self, redact, case, change, says):
        (case / "request.toml").write_text(REQUEST.replace(*change))
        result = redact("release", "request.toml", "in", "--out", "out")
        assert result.code == 2
        assert says in result.err
        assert len(result.err.strip().splitlines()) == 1
        assert not (case / "out").exists()

    @pytest.mark.parametrize("missing", [("nowhere.toml", "in"), ("request.toml", "nowhere")])
    def test_missing_files_are_bad_input(self, redact, case, missing):
        result = redact("release", *missing, "--out", "out")
        assert result.code == 2
        assert len(result.err.strip().splitlines()) == 1


class TestVerify:
    @pytest.fixture(autouse=True)
    def released(self, gate, asking, case):
        gate.release(asking(), sources([case / "in"]), case / "out")

    def test_a_package_as_released(self, redact):
        assert redact("verify", "out").code == 0

    @pytest.mark.parametrize("tamper", ["change", "remove", "add"])
    def test_a_package_that_was_tampered_with(self, redact, case, tamper):
        target = case / "out/documents/memo.txt"
        if tamper == "change":
            target.write_text("changed")
        elif tamper == "remove":
            target.unlink()
        else:
            (case / "out/documents/more.txt").write_text("more")
        result = redact("verify", "out")
        assert result.code == 4

    def test_a_folder_that_is_no_package(self, redact, case):
        assert redact("verify", "in").code == 2


class TestExplain:
    def test_json_for_every_entity(self, redact, case):
        result = redact("explain", "ice.toml", "--format", "json")
        assert result.code == 0
        told = json.loads(result.out)
        assert told["category"] == "federal_immigration_authority"
        assert told["outcome"] == "withhold"
        assert told["referrals"] == ["City Attorney"]
        assert {"entity", "action", "rules", "citations", "missing"} <= told["decisions"][0].keys()

    def test_one_entity_in_words(self, redact, case):
        result = redact("explain", "request.toml", "--entity", "US_SSN")
        assert result.code == 0
        assert "7922.200" in result.out

    def test_an_unknown_entity_is_bad_input(self, redact, case):
        assert redact("explain", "request.toml", "--entity", "SHOE_SIZE").code == 2


class TestPolicy:
    def test_check_passes_on_the_policies_that_come_with_it(self, redact, case):
        assert redact("policy", "check").code == 0

    def test_show_prints_rules_in_order(self, redact, case):
        result = redact("policy", "show", "cerritos")
        assert result.code == 0
        assert result.out.index("CER-CLERK") < result.out.index("CER-PASSWORD")

    def test_check_refuses_a_bad_policy(self, redact, case):
        (case / "bad.toml").write_text(
            'id = "bad"\ntitle = "x"\nsource = "x"\nstatus = "adopted"\n[[rule]]\nid = "R"\n'
        )
        result = redact("policy", "check", "bad.toml")
        assert result.code == 2
        assert "clause" in result.err


def test_help_starts_quickly():
    def seconds() -> float:
        """Processor time: a busy machine must not fail the test."""
        before = os.times()
        subprocess.run([sys.executable, "-m", "redact", "--help"], capture_output=True, check=True)
        after = os.times()
        return (after.children_user - before.children_user) + (after.children_system - before.children_system)

    assert min(seconds() for _ in range(5)) < 0.5


def test_help_imports_nothing_heavy():
    heavy = ("spacy", "presidio_analyzer", "pydantic", "pikepdf")
    code = f"import sys, redact.cli; print([m for m in {heavy} if m in sys.modules])"
    result = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert result.stdout.strip() == "[]"


def test_a_full_disk_is_named_and_no_file(case, command, monkeypatch):
    def full(*_: object, **__: object) -> None:
        raise OSError(28, "No space left on device", "Maria Named 512-33-4417.pdf")

    monkeypatch.setattr("redact.gate.Gate.release", full)
    ended = command("release", str(case / "request.toml"), str(case / "in"), "--out", str(case / "out"))
    assert ended.code == 2
    assert ended.err.splitlines()[-1] == "redact: stopped: No space left on device; nothing was released"


INTERRUPTED = """
import os, signal, sys
from importlib.abc import MetaPathFinder
class Interrupts(MetaPathFinder):
    def find_spec(self, name, path, target=None):
        if name == beginning:
            sys.meta_path.remove(self)
            os.kill(os.getpid(), signal.SIGINT)
sys.meta_path.insert(0, Interrupts())
beginning, sys.argv[1:] = sys.argv[1], ["release", "request.toml", "in", "--out", "out"]
from redact.cli import main
main()
"""


@pytest.mark.parametrize(
    "beginning",
    ["typer", "redact.cli.options", "redact.errors", "redact.policy", "redact.detect", "redact.pool"],
)
def test_ctrl_c_is_answered_in_one_line_from_the_beginning(case, beginning):
    ended = subprocess.run(
        [sys.executable, "-c", INTERRUPTED, beginning], cwd=case, capture_output=True, text=True
    )
    assert ended.returncode == 130
    assert ended.stderr.count("\n") == 1 and ended.stderr.startswith("redact: stopped; nothing was")
    assert not (case / "out").exists()
