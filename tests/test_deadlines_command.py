"""``redact deadlines``: how a request stands today, and the notice of an extension, recorded."""

from datetime import date, timedelta

import docx
import pytest

from redact.audit import SqliteAuditLog
from redact.deadlines import determination_due

TODAY = date.today()


def request(received: date, extension: str = "", responsible: bool = True) -> str:
    signed = 'responsible = { name = "Marisol Tran", title = "City Clerk" }' if responsible else ""
    return f"""
id = "PRR-1"
received = {received}
decided_on = {max(TODAY, received)}
{signed}
[requester]
affiliation = "media"
{extension}
"""


RECEIVED = TODAY - timedelta(days=4)
EXTENDED = f'[extension]\nreasons = ["voluminous"]\nnoticed_on = {TODAY}\ndays = 14\n'


@pytest.fixture
def redact(redact, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)

    def run(asked: str, *arguments: str) -> tuple[int, str]:
        (tmp_path / "request.toml").write_text(asked)
        return redact("deadlines", "request.toml", *arguments)

    return run


def test_how_it_stands_today(redact):
    code, said = redact(request(RECEIVED))
    assert code == 0 and determination_due(RECEIVED).isoformat() in said
    code, said = redact(request(TODAY - timedelta(days=40)))
    assert code == 1 and "LATE by" in said


def test_the_notice_is_written_once_and_recorded(redact, tmp_path):
    code, said = redact(request(RECEIVED, EXTENDED), "--notice", "notice.docx")
    assert code == 0 and "7922.535(b)" in said
    words = "\n".join(paragraph.text for paragraph in docx.Document("notice.docx").paragraphs)
    assert "voluminous" in words and "Marisol Tran" in words
    [entry] = SqliteAuditLog(tmp_path / "audit.sqlite").entries()
    assert (entry.kind, entry.data["reasons"]) == ("extension", ["voluminous"])
    assert redact(request(RECEIVED, EXTENDED), "--notice", "notice.docx")[0] == 2
    assert len(list(SqliteAuditLog(tmp_path / "audit.sqlite").entries())) == 1


@pytest.mark.parametrize(
    "asked",
    [
        request(RECEIVED),
        request(RECEIVED, EXTENDED, responsible=False),
        request(RECEIVED, EXTENDED.replace("14", "40")),
        request(TODAY - timedelta(days=40), EXTENDED),
    ],
    ids=["no extension", "nobody responsible", "too long", "too late"],
)
def test_no_notice_that_the_law_does_not_allow(redact, tmp_path, asked):
    code, _ = redact(asked, "--notice", "notice.docx")
    assert code == 2
    assert not (tmp_path / "notice.docx").exists()
    assert not list(SqliteAuditLog(tmp_path / "audit.sqlite").entries())
