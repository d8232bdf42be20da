"""The river as a whole: what a clerk gets, and that nothing ever leaves by accident."""

import csv
import io
import json
import re
import threading
from pathlib import Path

import pytest

import redact.gate
from redact import Action, Gate, Source, sources
from redact.detect import Detector
from redact.determination import Case, Facts, canonical, determine
from redact.errors import FormatError, InputError, RequestError
from tests.conftest import text
from tests.policies.cases import ask, finding, stack

SSN = "512-33-4417"
CARD = "4111 1111 1111 1111"
MEMO = (
    f"Memo to file\n\nMr. Derek Lindholm, SSN {SSN}, paid with card {CARD}, CVV 737.\nRates rise in June.\n"
)
CLEAN = "The library opens at nine on weekdays and at ten on Saturdays.\n"
MINUTES = (
    "CITY COUNCIL\nMINUTES OF CLOSED SESSION\nTuesday, May 14\n\nPresent: Mayor Graves.\n"
    "1. Existing litigation. Council authorized settlement up to $375,000.\nReconvened at 7 p.m.\n"
)


def everything(folder: Path) -> bytes:
    return b"\n".join(path.read_bytes() for path in sorted(folder.rglob("*")) if path.is_file())


def test_a_release_holds_what_is_public_and_nothing_that_was_found(gate, asking, tmp_path):
    package = gate.release(asking(), [text("memo.txt", MEMO), text("hours.txt", CLEAN)], tmp_path / "out")
    released = (tmp_path / "out/documents/memo.txt").read_text()
    assert "Rates rise in June." in released
    assert "Gov. 7922.200" in released
    assert (tmp_path / "out/documents/hours.txt").read_text() == CLEAN
    said = re.sub(rb"\b[0-9a-f]{64}\b", b"", everything(tmp_path / "out"))  # SHA-256: three digits by chance
    for value in (SSN, CARD, "4417", "737"):
        assert value.encode() not in said
    assert [d.determination.outcome for d in package.documents] == [Action.redact, Action.release]


def test_the_withholding_log_has_a_row_for_each_redaction(gate, asking, tmp_path):
    package = gate.release(asking(), [text("memo.txt", MEMO)], tmp_path / "out")
    rows = list(csv.DictReader(io.StringIO((tmp_path / "out/withholding-log.csv").read_text())))
    [report] = package.documents
    assert len(rows) == len(report.released.redactions) > 0
    assert (tmp_path / "out/documents/memo.txt").read_text().count("[") == len(rows)
    for row in rows:
        assert row["citation"] and row["rule"] and row["entity"] and row["locator"] == "text"


@pytest.mark.parametrize("documents", [0, 1, 3])
def test_a_determination_written_piece_by_piece_is_the_same_json(documents):
    found = (finding("US_SSN", 3), finding("PERSON", 7, 5000))
    case = Case(tuple(Facts(f'"documents": [] {number}.pdf', found[:number]) for number in range(documents)))
    decided = determine(ask(), case, stack("california"))
    assert b"".join(decided.pieces()) == canonical(decided.as_dict())


def test_closed_session_minutes_are_withheld_whole(gate, asking, tmp_path):
    package = gate.release(asking(), [text("minutes.txt", MINUTES)], tmp_path / "out")
    [report] = package.documents
    assert report.determination.outcome is Action.withhold
    assert report.released is None
    assert not any((tmp_path / "out/documents").iterdir())
    assert b"375,000" not in everything(tmp_path / "out")
    assert "City Clerk" in package.determination.referrals


def test_a_value_found_once_is_removed_wherever_it_stands_in_the_request(gate, asking, tmp_path):
    bare = text("ledger.txt", "ref 512334417 paid\n")
    gate.release(asking(), [text("memo.txt", MEMO), bare], tmp_path / "out")
    assert b"512334417" not in everything(tmp_path / "out")


def test_a_file_name_that_holds_a_value_is_not_repeated(gate, asking, tmp_path):
    gate.release(asking(), [text(f"SSN {SSN}.txt", CLEAN)], tmp_path / "out")
    assert SSN.encode() not in everything(tmp_path / "out")
    assert not [path for path in (tmp_path / "out").rglob("*") if SSN in path.name]
    assert (tmp_path / "out/documents/document-001.txt").exists()


def test_a_request_that_no_clerk_processes_is_referred_and_no_document_is_opened(gate, asking, tmp_path):
    class Unopenable(Source):
        def load(self) -> bytes:
            raise AssertionError("the document was opened")

    package = gate.release(asking(processed_by="Utilities"), [Unopenable("memo.txt", b"")], tmp_path / "out")
    assert package.determination.outcome is Action.refer
    assert package.determination.referrals == ("City Clerk",)


def test_the_same_request_gives_the_same_package(gate, asking, tmp_path):
    for out in ("one", "two"):
        gate.release(asking(), [text("memo.txt", MEMO), text("minutes.txt", MINUTES)], tmp_path / out)
    assert everything(tmp_path / "one") == everything(tmp_path / "two")


def test_a_gate_is_shared_by_threads(gate, asking, tmp_path):
    def release(number: int) -> None:
        gate.release(asking(), [text("memo.txt", MEMO)], tmp_path / str(number))

    threads = [threading.Thread(target=release, args=(n,)) for n in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    results = {everything(tmp_path / str(n)) for n in range(4)}
    assert len(results) == 1


def test_models_are_loaded_once(monkeypatch):
    Gate.load(["california"])
    monkeypatch.setattr("redact.analyzer.engine", lambda recognizers: pytest.fail("loaded again"))
    Gate.load(["california"])


def test_the_package_is_for_its_owner_only(gate, asking, tmp_path):
    gate.release(asking(), [text("memo.txt", MEMO)], tmp_path / "out")
    for path in [tmp_path / "out", *(tmp_path / "out").rglob("*")]:
        assert path.stat().st_mode & 0o077 == 0


def test_records_hold_versions_and_hashes(gate, asking, tmp_path):
    gate.release(asking(), [text("memo.txt", MEMO)], tmp_path / "out")
    manifest = json.loads((tmp_path / "out/manifest.json").read_text())
    assert manifest["versions"]["policies"].keys() >= {"vocabulary", "california", "cerritos"}
    assert len(manifest["documents"][0]["submitted_sha256"]) == 64
    assert manifest["files"]["documents/memo.txt"]


class TestFailClosed:
    """Whatever goes wrong, the document is withheld with a reason; the others go on."""

    def outcome(self, gate, asking, tmp_path, *documents: Source):
        return gate.release(asking(), documents, tmp_path / "out")

    @pytest.mark.parametrize(
        "error", [RuntimeError(SSN), FormatError("no"), MemoryError(), UnicodeError(SSN)]
    )
    def test_a_format_that_cannot_read(self, gate, asking, tmp_path, monkeypatch, error):
        monkeypatch.setattr("redact.formats.text.Text.read", _raising(error))
        package = self.outcome(gate, asking, tmp_path, text("memo.txt", MEMO))
        assert package.documents[0].determination.outcome is Action.withhold
        assert SSN.encode() not in everything(tmp_path / "out")

    @pytest.mark.parametrize("error", [RuntimeError(SSN), FormatError("no")])
    def test_a_format_that_cannot_write(self, gate, asking, tmp_path, monkeypatch, error):
        monkeypatch.setattr("redact.formats.text.Text.write", _raising(error))
        package = self.outcome(gate, asking, tmp_path, text("memo.txt", MEMO))
        assert package.documents[0].determination.outcome is Action.withhold
        assert SSN.encode() not in everything(tmp_path / "out")

    def test_a_format_that_writes_what_it_should_remove(self, gate, asking, tmp_path, monkeypatch):
        from redact.formats.interface import Written

        monkeypatch.setattr("redact.formats.text.Text.write", lambda self, data, *rest: Written(data))
        package = self.outcome(gate, asking, tmp_path, text("memo.txt", MEMO))
        assert package.verification_failed
        assert package.documents[0].released is None
        assert SSN.encode() not in everything(tmp_path / "out")

    def test_a_reader_that_fails_in_verification(self, gate, asking, tmp_path, monkeypatch):
        monkeypatch.setattr("redact.formats.text.Text.reread", _raising(ValueError(SSN)))
        package = self.outcome(gate, asking, tmp_path, text("memo.txt", MEMO))
        assert package.verification_failed
        assert SSN.encode() not in everything(tmp_path / "out")

    def test_every_recognizer_in_turn(self, asking, tmp_path):
        from recognizers import recognizers

        for number, broken in enumerate(recognizers()):
            broken.analyze = _raising(RuntimeError(SSN))
            alone = Gate.load(["california", "cerritos"], detector=Detector([broken]))
            out = tmp_path / str(number)
            package = alone.release(asking(), [text("memo.txt", MEMO)], out)
            [report] = package.documents
            assert report.determination.outcome is Action.withhold, broken.name
            assert broken.name in "".join(report.determination.decision.reasons)
            assert SSN.encode() not in everything(out)

    def test_a_policy_that_is_missing(self, gate, asking, tmp_path):
        with pytest.raises(redact.errors.PolicyError):
            gate.release(asking(policies=["atlantis"]), [text("memo.txt", MEMO)], tmp_path / "out")
        assert not (tmp_path / "out").exists()

    def test_a_requester_whom_no_policy_knows(self, gate, asking, tmp_path):
        with pytest.raises(RequestError):
            gate.release(asking(requester={"category": "king"}), [text("memo.txt", MEMO)], tmp_path / "out")
        assert not list(tmp_path.iterdir())

    def test_one_bad_document_does_not_hold_up_the_others(self, gate, asking, tmp_path):
        documents = [
            Source("x.bin", b"\x00\x01\x02"),
            text("hours.txt", CLEAN),
            Source("gone.txt", tmp_path / "no"),
        ]
        package = self.outcome(gate, asking, tmp_path, *documents)
        assert [d.determination.outcome for d in package.documents] == [
            Action.withhold,
            Action.release,
            Action.withhold,
        ]

    def test_a_document_that_changes_during_the_run(self, gate, asking, tmp_path):
        path = tmp_path / "memo.txt"
        path.write_text(MEMO)

        def swap(stage: str, done: int, total: int, pages: int) -> None:
            if stage == "write" and done == 0:
                path.write_text(MEMO.replace("Memo", "MEMO"))

        package = gate.release(asking(), sources([path]), tmp_path / "out", progress=swap)
        assert package.documents[0].determination.outcome is Action.withhold


def test_sources_refuse_what_is_not_there(tmp_path):
    with pytest.raises(InputError):
        sources([tmp_path / "missing"])
    with pytest.raises(InputError):
        sources([tmp_path])


def test_an_out_folder_that_holds_something_is_refused(gate, asking, tmp_path):
    (tmp_path / "out").mkdir()
    (tmp_path / "out/kept").write_text("kept")
    with pytest.raises(InputError):
        gate.release(asking(), [text("memo.txt", MEMO)], tmp_path / "out")
    assert (tmp_path / "out/kept").read_text() == "kept"


def _raising(error: Exception):
    def fail(*args, **kwargs):
        raise error

    return fail
