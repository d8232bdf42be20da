"""A mailbox of some hundred messages: every one is accounted for, and each goes to whoever must read it."""

import csv
import io
import json
import mailbox as mboxes
from collections import Counter
from email.message import Message
from pathlib import Path

import docx
import pytest

from redact import Request, Source
from redact.draft import check_package
from redact.rule import Action

SAMPLES = Path(__file__).parents[1] / "samples"
COUNT = 120
REQUEST = {
    "id": "PRR-9",
    "received": "2026-11-02",
    "decided_on": "2026-11-24",
    "policies": ["california", "cerritos"],
    "processed_by": "City Clerk",
    "responsible": {"name": "Marisol Tran", "title": "City Clerk"},
    "requester": {"name": "Oksana Reyes", "affiliation": "resident"},
    "extension": {"reasons": ["voluminous"], "noticed_on": "2026-11-11", "days": 14},
    "rolling": ["2026-12-07", "2026-12-21"],
    "sample": {"tolerated": 0.05},
}


@pytest.fixture(scope="module")
def messages(tmp_path_factory) -> list[Message]:
    """The messages as the standard library reads them."""
    path = tmp_path_factory.mktemp("mbox") / "works.mbox"
    with pytest.MonkeyPatch.context() as patch:
        patch.syspath_prepend(str(SAMPLES))
        import build

        build.mailbox(path, COUNT)
    return list(mboxes.mbox(path))


@pytest.fixture(scope="module")
def package(gate, messages, tmp_path_factory):
    folder = tmp_path_factory.mktemp("package")
    box = folder / "works.mbox"
    import build

    build.mailbox(box, COUNT)
    return gate.release(Request.parse(REQUEST), [Source("works.mbox", box.read_bytes())], folder / "out")


def rows(package, name: str) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO((package.path / name).read_text())))


def attachments(message: Message) -> int:
    """How many files are attached, those of forwarded messages too."""
    parts = [part for part in message.walk() if part.get_content_disposition() == "attachment"]
    return len(parts)


def test_every_message_and_attachment_is_accounted_for_once(package, messages):
    load = rows(package, "load-file.csv")
    names = [row["document"] for row in load]
    assert len(set(names)) == len(names)
    kinds = Counter(
        "attachment" if "/attachment:" in n else "message" if "/message:" in n else "" for n in names
    )
    assert kinds == {"": 1, "message": COUNT, "attachment": sum(map(attachments, messages))}
    manifest = json.loads((package.path / "manifest.json").read_text())
    assert manifest["counts"]["documents"] == len(load) == sum(manifest["counts"]["outcomes"].values())
    assert manifest["counts"]["submitted"] == 1
    assert manifest["counts"]["outcomes"] == {
        name: sum(row["outcome"] == name for row in load)
        for name in ("released", "redacted", "referred", "withheld")
    }


def test_families_and_duplicates_are_told(package, messages):
    load = {row["number"]: row for row in rows(package, "load-file.csv")}
    assert {row["family"] for row in load.values()} == {"DOC-000001"}
    again = [row for row in load.values() if row["duplicate_of"]]
    assert all(load[row["duplicate_of"]]["sha256"] == row["sha256"] for row in again)
    assert len(again) == len(load) - len({row["sha256"] for row in load.values()})
    assert len(again) >= COUNT // 8


def test_privileged_mail_goes_to_the_city_attorney_and_talk_of_privilege_goes_out(package, messages):
    queues = rows(package, "review-queues.csv")
    privileged = {row["document"].split("/message:")[1] for row in queues if row["queue"] == "privilege"}
    assert {row["office"] for row in queues if row["queue"] == "privilege"} == {"City Attorney"}
    wanted = set()
    for number, message in enumerate(messages, 1):
        body = message.as_string()
        if any(mark in body for mark in ("PRIVILEGED", "legal advice")):
            wanted.add(str(number))
    own = {number for number in privileged if "/" not in number}
    assert own <= wanted and wanted == {number.split("/")[0] for number in privileged}
    told = {row["document"]: row for row in rows(package, "load-file.csv")}
    spoken = [n for n, m in enumerate(messages, 1) if "Policy 4.2" in m.as_string() and str(n) not in wanted]
    assert spoken
    for number in spoken:
        (row,) = [row for name, row in told.items() if name.endswith(f"/message:{number}")]
        assert row["outcome"] in ("released", "redacted")


def test_who_reads_what_is_told_once_for_each(package):
    queues = rows(package, "review-queues.csv")
    numbers = [row["number"] for row in queues]
    assert len(set(numbers)) == len(numbers)
    load = {row["number"]: row for row in rows(package, "load-file.csv")}
    assert {n: row["queue"] for n, row in load.items() if row["queue"]} == {
        row["number"]: row["queue"] for row in queues
    }
    flagged = [row for row in load.values() if row["queue"] == "flagged"]
    assert flagged and all(row["outcome"] == "redacted" for row in flagged)
    exceptions = rows(package, "exceptions.csv")
    assert {row["number"] for row in exceptions} == {n for n, r in load.items() if r["queue"] == "exception"}
    assert {row["code"] for row in exceptions} == {"unsupported"}


def test_the_sample_is_stated_and_must_be_read(package, gate, messages, tmp_path):
    sample = json.loads((package.path / "manifest.json").read_text())["sample"]
    load = rows(package, "load-file.csv")
    clean = [row for row in load if row["outcome"] == "released" and row["format"] != "mbox"]
    assert sample["documents"] == len(clean) > sample["drawn"] > 30
    drawn = [row["document"] for row in load if row["queue"] == "sampled clean"]
    assert len(drawn) == sample["drawn"]
    page = (package.path / "review.html").read_text()
    assert all(name in page for name in drawn) and "no more than 5.0%" in page
    assert not package.closed and any("read the documents that were drawn" in x for x in package.open_because)


def test_the_letters_tell_when_further_records_come(package):
    for name in ("determination-letter.docx", "extension-notice.docx"):
        said = " ".join(p.text for p in docx.Document(str(package.path / name)).paragraphs)
        assert "on December 7, 2026 and December 21, 2026" in said


def test_nothing_that_was_removed_is_in_what_speaks_about_the_release(package):
    assert check_package(package.path) == []
    for file in package.path.iterdir():
        if file.is_file():
            for value in (b"601-44-", b"4111 1111", b"diabetes", b"Petrosyan", b"548-90-1123"):
                assert value not in file.read_bytes(), file.name


def test_what_was_read_closes_the_case(gate, tmp_path):
    asked = Request.parse(REQUEST | {"sample": {"read_by": "Ines Park", "read_on": "2026-11-25"}})
    package = gate.release(asked, [Source("note.txt", b"The library opens at nine.")], tmp_path / "out")
    assert package.closed


def test_once_the_attorney_has_read_a_message_it_goes_out_redacted(gate, tmp_path):
    mail = (
        b"From: Ann Okonkwo, City Attorney <a@vistalinda.gov>\nTo: Council\nSubject: PRIVILEGED\n\n"
        b"My legal advice: settle. The claimant's Social Security number is 601-44-9182.\n"
    )
    documents = [Source("advice.eml", mail)]
    package = gate.release(Request.parse(REQUEST), documents, tmp_path / "before")
    assert package.outcomes.keys() == {Action.refer} and not list((tmp_path / "before/documents").iterdir())
    review = {"documents": ["advice.eml"], "role": "city_attorney", "name": "Ann Law", "on": "2026-11-23"}
    asked = Request.parse(REQUEST | {"review": [review]})
    assert gate.release(asked, documents, tmp_path / "after").outcomes.keys() == {Action.redact}
    released = (tmp_path / "after/documents/advice.eml").read_text()
    assert "My legal advice: settle" in released and "601-44-9182" not in released
