"""``check-post`` and ``check-form`` read drafts and forms as offices have them: DOCX and HTML too."""

from pathlib import Path

import docx
import pytest

from redact.audit import SqliteAuditLog
from redact.cli.reading import text_in
from redact.errors import InputError


def as_docx(path: Path, *paragraphs: str, author: str = "") -> Path:
    document = docx.Document()
    document.core_properties.author = author
    for paragraph in paragraphs:
        document.add_paragraph(paragraph)
    document.save(str(path))
    return path


ASKS = ("Application for a park permit", "Name: ________", "Country of citizenship: ________")
DOES_NOT = ("Application for a park permit", "Name: ________", "We do not ask about citizenship.")


@pytest.mark.parametrize(("lines", "code"), [(ASKS, 1), (DOES_NOT, 0)])
def test_a_form_in_docx(redact, tmp_path, lines, code):
    told = redact("check-form", str(as_docx(tmp_path / "form.docx", *lines)))
    assert told[0] == code, told[1]
    assert ("2.c.iv" in told[1]) is bool(code)
    [entry] = SqliteAuditLog(tmp_path / "audit.sqlite").entries()
    assert entry.kind == "form_check" and ("flag" in entry.record) is bool(code)


def test_a_draft_in_docx_is_judged_with_what_no_reader_sees(tmp_path):
    draft = as_docx(tmp_path / "draft.docx", "The market opens at nine.", author="Joyce Abara")
    assert "Joyce Abara" in text_in(draft, hidden=True)
    assert "Joyce Abara" not in text_in(draft, hidden=False)
    assert "The market opens at nine." in text_in(draft, hidden=False)


@pytest.mark.parametrize("content", [b"\x00\x01\x02", b"%PDF-1.7\nnothing"])
def test_what_cannot_be_read_is_not_called_fine(redact, tmp_path, content):
    (tmp_path / "draft.bin").write_bytes(content)
    with pytest.raises(InputError, match="cannot be read"):
        text_in(tmp_path / "draft.bin", hidden=True)
    for command in ("check-post", "check-form"):
        assert redact(command, str(tmp_path / "draft.bin"))[0] == 2
    assert redact("check-form", str(tmp_path / "nowhere.docx"))[0] == 2
