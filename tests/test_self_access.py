"""Access to one's own records: what the log says of it, the receipt, and when the case can close."""

import io

import docx
import pytest

from redact import Gate, Request, Source
from redact.audit import SqliteAuditLog
from redact.closing import close
from redact.errors import RequestError

OWN = {
    "id": "SELF-1",
    "received": "2026-11-02",
    "decided_on": "2026-11-10",
    "policies": ["california", "pasadena", "pasadena-police"],
    "processed_by": "Police Records",
    "responsible": {"name": "Paula Okafor", "title": "Certifying Official"},
    "requester": {"name": "Yesenia Carballo", "category": "record_subject", "identity_verified": True},
    "purpose": {"kind": "benefit_assistance", "statement": "Application under 8 U.S.C. 1101(a)(15)(U)."},
}
FILE = Source(
    "file.txt",
    b"Victim: Yesenia Carballo, DOB 09/12/1990. She holds a pending U visa, A098-765-432.\n\n\n"
    b"Witness: Folake Oyelaran, 626-555-0139, saw it from her window.\n",
)


@pytest.fixture
def log(tmp_path):
    return SqliteAuditLog(tmp_path / "audit.sqlite")


@pytest.fixture
def gate_with_log(gate, log):
    return Gate(["california"], gate._detector, audit=log)


def released(gate_with_log, tmp_path, **changes):
    return gate_with_log.release(Request.parse(OWN | changes), [FILE], tmp_path / "out")


def test_the_log_says_self_access_and_never_what_was_found(gate_with_log, log, tmp_path):
    released(gate_with_log, tmp_path)
    (decided,) = log.entries(kinds=["determination"])
    assert decided.data["self_access"] is True and "purpose" not in decided.data
    written = "".join(entry.record for entry in log.entries())
    for word in ("IMMIGRATION", "ALIEN", "VICTIM", "PPD-", "benefit", "visa", "Carballo", "A098"):
        assert word not in written
    (release,) = log.entries(kinds=["release"])
    assert set(release.data["redactions"]) == {"any"} and release.data["redactions"]["any"] > 0


def test_somebody_else_s_request_is_told_with_what_was_found(gate_with_log, log, tmp_path):
    released(gate_with_log, tmp_path, requester={"name": "Dana Whitfield", "affiliation": "media"})
    (decided,) = log.entries(kinds=["determination"])
    assert "self_access" not in decided.data and "ALIEN_NUMBER" in decided.data["documents"][0]["findings"]


def test_there_is_a_receipt_that_says_nothing_of_the_records(gate_with_log, tmp_path):
    package = released(gate_with_log, tmp_path)
    receipt = docx.Document(io.BytesIO((package.path / "delivery-receipt.docx").read_bytes()))
    said = " ".join(paragraph.text for paragraph in receipt.paragraphs)
    assert "file.txt, SHA-256" in said and "SELF-1" in said and "No proof of legal presence" in said
    assert not any(word in said for word in ("visa", "victim", "Oyelaran", "A098"))


def test_the_case_closes_once_the_delivery_is_recorded(gate_with_log, log, tmp_path):
    package = released(gate_with_log, tmp_path)
    assert not package.closed and "audit record delivery" in package.open_because[0]
    with pytest.raises(RequestError, match="handed over is not recorded"):
        close(log, Request.parse(OWN))
    delivery = {"request": "SELF-1", "on": "2026-11-12", "to": "record_subject", "channel": "in_person"}
    log.append("delivery", delivery)
    assert close(log, Request.parse(OWN)).kind == "closure"


def test_a_delivery_goes_to_the_person_or_a_representative_by_a_safe_way(command):
    def record(**changes: str) -> int:
        fields = {"request": "SELF-1", "on": "2026-11-12", "to": "record_subject", "channel": "in_person"}
        return command(
            "audit", "record", "delivery", *(f"{k}={v}" for k, v in (fields | changes).items())
        ).code

    assert record() == record(to="authorised_representative", channel="registered_mail") == 0
    assert record(to="neighbour") == record(channel="email") == 4
