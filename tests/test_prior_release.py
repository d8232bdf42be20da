"""What the public received before is not withheld from it now without a warning (Gov. Code § 7921.505)."""

import json

import pytest

from redact import Gate, Request, Source
from redact.audit import SqliteAuditLog
from tests.conftest import JOURNALIST

PLAIN = Source("notice.txt", b"Hydrant flushing begins on Monday at nine.")
PHONE = Source("call.txt", b"Resident Harriet Villanueva called. Her telephone is 626-555-0142.")
MAILED = Source("memo.txt", b"MEMORANDUM\n\nHydrant flushing is late this year.")
TERM = [{"text": "flushing", "exemption": "ca-privacy"}]
MINUTES = [{"match": "*", "record_type": "closed_session_minutes"}]
CASES = [
    # what is released first and how, what is asked then, what the warning says
    (PLAIN, {}, {"terms": TERM}, ["released whole", "now redacted"]),
    (PHONE, {}, {"documents": MINUTES}, ["redacted", "withheld"]),
    (PHONE, {}, {"terms": [{"text": "called", "exemption": "ca-victim"}]}, ["redacted by other rules"]),
    (PLAIN, {}, {}, []),
    (PHONE, {}, {}, []),
    (PLAIN, {"terms": TERM}, {}, []),
    (PLAIN, {"requester": {"name": "Ann Lee", "category": "court"}}, {"terms": TERM}, []),
    (PLAIN, {"processed_by": ""}, {"terms": TERM}, []),
]  # fmt: skip


@pytest.mark.parametrize(("document", "first", "then", "says"), CASES)
def test_a_document_that_the_public_has_is_warned_about(gate, tmp_path, document, first, then, says):
    log = SqliteAuditLog(tmp_path / "audit.sqlite")
    own = Gate(["california", "cerritos"], gate._detector, audit=log)
    before = Request.parse({**JOURNALIST, "id": "PRR-OLD", "decided_on": "2026-11-05", **first})
    own.release(before, [document], tmp_path / "before")
    package = own.release(Request.parse({**JOURNALIST, **then}), [document], tmp_path / "now")
    assert [bool(says)] == [bool(package.prior)]
    for warning in package.prior:
        assert "for PRR-OLD on 2026-11-05" in warning.statement
        assert all(part in warning.statement for part in says)
    manifest = json.loads((tmp_path / "now/manifest.json").read_text())
    assert len(manifest["prior_releases"]) == len(package.prior)


def test_the_same_request_again_is_no_prior_release(gate, tmp_path):
    own = Gate(["california", "cerritos"], gate._detector, audit=SqliteAuditLog(tmp_path / "audit.sqlite"))
    own.release(Request.parse(JOURNALIST), [MAILED], tmp_path / "before")
    package = own.release(Request.parse({**JOURNALIST, "terms": TERM}), [MAILED], tmp_path / "now")
    assert package.prior == ()
