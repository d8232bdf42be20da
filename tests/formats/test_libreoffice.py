"""LibreOffice, where it is installed, opens what is written, and shows what stays and nothing that went."""

import shutil
import subprocess
from collections.abc import Callable
from pathlib import Path

import pytest

from redact.formats import format_of
from redact.formats.docx import Docx
from redact.formats.interface import Format
from redact.formats.odt import Odt
from redact.formats.pptx import Pptx
from redact.formats.rtf import Rtf
from redact.formats.xlsx import Xlsx
from tests.formats import planted_docx, test_odt, test_pptx, test_rtf, test_xlsx
from tests.formats.planting import MARKING, Planted, write

pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(not shutil.which("soffice"), reason="LibreOffice is not installed"),
]

MADE: dict[str, tuple[Format, Callable[[], tuple[bytes, Planted]], str]] = {
    "docx": (Docx(), planted_docx.planted_document, "txt:Text"),
    "odt": (Odt(), test_odt.planted_text, "txt:Text"),
    "rtf": (Rtf(), test_rtf.planted_text, "txt:Text"),
    "xlsx": (Xlsx(), test_xlsx.planted_workbook, "html"),
    "pptx": (Pptx(), test_pptx.planted_presentation, "pdf"),
}
PARAGRAPHS = ("The east gate stays open.", "SSN 912-34-7003", "The pump house was painted in May.")


def converted(data: bytes, ending: str, target: str, folder: Path) -> bytes:
    """Return a document as LibreOffice converts it; fails where it cannot open it."""
    folder.mkdir(exist_ok=True)
    source = folder / f"case.{ending}"
    source.write_bytes(data)
    out = folder / "out"
    done = subprocess.run(
        [str(shutil.which("soffice")), f"-env:UserInstallation={(folder / 'profile').as_uri()}", "--headless",
         "--convert-to", target, "--outdir", str(out), str(source)],
        capture_output=True, timeout=180, check=True,
    )  # fmt: skip
    made = out / f"case.{target.partition(':')[0]}"
    assert made.exists(), done.stderr
    return made.read_bytes()


def shown(data: bytes, ending: str, target: str, folder: Path) -> str:
    """Return the text that LibreOffice shows of a document."""
    made = converted(data, ending, target, folder)
    if target == "pdf":
        found = format_of(made, "case.pdf")
        assert found is not None
        return "\n".join(segment.text for segment in found.read(made, "case.pdf").segments)
    return made.decode("utf-8-sig")


@pytest.mark.parametrize("ending", MADE)
def test_what_is_written_opens_and_holds_nothing_planted(ending: str, tmp_path: Path) -> None:
    implementation, plant, target = MADE[ending]
    data, planted = plant()
    text = shown(write(implementation, data, f"a.{ending}").data, ending, target, tmp_path)
    assert f"SSN [{MARKING}]" in " ".join(text.split())
    assert [place for place, value in planted.values.items() if value in text] == []


@pytest.mark.parametrize("ending", ["docx", "odt", "rtf"])
def test_a_document_that_it_made_keeps_the_rest(ending: str, tmp_path: Path) -> None:
    plain = "\n".join(PARAGRAPHS).encode()
    data = converted(plain, "txt", ending, tmp_path / "made")
    implementation = format_of(data, f"case.{ending}")
    assert implementation is not None
    text = shown(write(implementation, data, f"a.{ending}").data, ending, "txt:Text", tmp_path / "read")
    assert [line for line in text.splitlines() if line.strip()] == [
        PARAGRAPHS[0],
        f"SSN [{MARKING}]",
        PARAGRAPHS[2],
    ]
