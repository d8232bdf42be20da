"""``redact verify FILE``: any PDF, also one redacted elsewhere, is looked through for what it still holds."""

import json
from collections.abc import Callable
from pathlib import Path

import pikepdf
import pytest
from pikepdf import Array, Dictionary, Encryption, Name

from tests.formats.pdf import papers
from tests.formats.pdf.checks import redact

WORD = "Quillfeather"
BOX = b"0 g 70 696 100 16 re f "


def _with(change: Callable[[pikepdf.Pdf], None]) -> bytes:
    pdf = papers.new(papers.line("Nothing to hide."))
    change(pdf)
    return papers.saved(pdf)


def _script(pdf: pikepdf.Pdf) -> None:
    pdf.Root["/OpenAction"] = Dictionary(S=Name.JavaScript, JS=WORD)


def _comment(pdf: pikepdf.Pdf) -> None:
    note = Dictionary(Type=Name.Annot, Subtype=Name.Text, Rect=Array([9, 9, 20, 20]), Contents=WORD)
    pdf.pages[0].obj["/Annots"] = Array([pdf.make_indirect(note)])


def _author(pdf: pikepdf.Pdf) -> None:
    pdf.docinfo["/Author"] = WORD


LEFT = {
    "text under a box": (papers.paper(papers.line(WORD) + BOX), {"text-under-box"}),
    "white text": (papers.paper(b"1 g " + papers.line(WORD)), {"unseen-text"}),
    "metadata": (_with(_author), {"hidden-text"}),
    "a script": (_with(_script), {"actions", "hidden-text"}),
    "a comment": (_with(_comment), {"annotations", "hidden-text"}),
    "an earlier version": (papers.paper() + papers.paper(), {"earlier-revisions"}),
    "bytes after the end": (papers.paper() + WORD.encode(), {"bytes-outside"}),
}


@pytest.fixture
def verify(tmp_path, command):
    """Runs the command on a file, and returns its exit code and what it printed on either stream."""

    def run(data: bytes, *options: str) -> tuple[int, str, str]:
        path = tmp_path / "elsewhere.pdf"
        path.write_bytes(data)
        ended = command("verify", str(path), "--no-ocr", *options)
        assert WORD.lower() not in ended.said.lower()
        return ended.code, ended.out, ended.err

    return run


@pytest.mark.parametrize(("data", "codes"), LEFT.values(), ids=LEFT)
def test_what_is_left_is_reported_and_never_said(verify, data: bytes, codes: set[str]) -> None:
    code, out, _ = verify(data, "--format", "json")
    report = json.loads(out)
    assert code == 4 and not report["clean"]
    assert codes <= {each["code"] for each in report["observations"]}
    code, _, complaints = verify(data)
    assert code == 4 and all(name in complaints for name in codes)


def test_what_this_program_writes_is_clean(verify) -> None:
    data = papers.paper(papers.line(f"The witness {WORD} spoke."))
    code, out, _ = verify(redact(data, WORD).data, "--format", "json")
    assert code == 0 and json.loads(out)["clean"] and json.loads(out)["pages"] == 1


def test_an_encrypted_file_needs_its_password(verify, tmp_path: Path) -> None:
    data = papers.saved(papers.new(papers.line("Open")), encryption=Encryption(user="u", owner="o"))
    assert verify(data)[0] == 4
    (tmp_path / "passwords").write_text("wrong\nu\n")
    assert verify(data, "--passwords", str(tmp_path / "passwords"))[0] == 0


@pytest.mark.parametrize("data", [b"no PDF at all", b""])
def test_what_is_no_pdf_is_not_clean(verify, data: bytes) -> None:
    code, out, complaint = verify(data)
    assert code == 4 and "verified" not in out and len(complaint.splitlines()) == 1
