"""The seven scenarios as whole cases: request file and documents in, package out."""

import io
import json
import zipfile
from dataclasses import dataclass, field
from pathlib import Path

import docx
import pypdfium2
import pytest

from redact import Detector, Gate, PolicyStack, Request, sources
from redact.audit import Anchor, SqliteAuditLog, verify
from redact.draft import check_package
from redact.replay import recorded_case, replay

SAMPLES = Path(__file__).parents[1] / "samples"


@dataclass(frozen=True)
class Case:
    """What one request file of a sample must come to."""

    request: str
    documents: str
    """A folder or file of ``samples``."""
    complete: bool
    """Whether nothing is withheld or referred."""
    outcomes: dict[str, str]
    """Document names to outcomes; of members, only those that are named."""
    gone: tuple[str, ...] = ()
    """What stands in the documents and must be nowhere in the package."""
    stays: tuple[str, ...] = ()
    referrals: tuple[str, ...] = ()
    letter: tuple[str, ...] = ()
    """Words of the determination letter; empty: there is none."""
    missing: tuple[str, ...] = ()
    """What the determination says is missing."""
    files: tuple[str, ...] = field(default=())
    """Further files of the package."""


JOURNALIST = "journalist/documents"
CASES = {
    "a journalist and a police report": Case(
        "journalist/request.toml",
        JOURNALIST,
        False,
        {
            "police-report.pdf": "redact",
            "personnel-memo.docx": "redact",
            "closed-session-minutes.txt": "withhold",
            "press-staffing-memo.md": "release",
        },
        gone=("512-33-4417", "Lucia", "Hoang", "EAC2190012345", "626-555-0147", "601-44-9182", "D4471902"),
        stays=(
            "Antonio Ferreira was arrested",
            "03/14/1984",
            "On October 21, 2026, at about 2105 hours",
            "400 block of Alameda Terrace",
            "Penal Code section 273.5(a) and booked at 2240 hours",
            "Lorna Vickery",
            "Ofc. R. Tamayo",
            "$50,000",
        ),
        referrals=("City Clerk",),
        letter=("except for the parts", "7922.200", "Marisol Tran", "City Clerk", "54957.2"),
    ),
    "an immigration authority on an administrative warrant": Case(
        "immigration-warrant/request.toml",
        JOURNALIST,
        False,
        {f"document-{number:03}": "withhold" for number in range(1, 7)},
        gone=("Ferreira", "512-33-4417"),
        referrals=("City Attorney",),
        letter=("7284.6", "not sufficient, whoever signed it"),
        missing=("administrative warrant (I-200, I-205): not sufficient",),
    ),
    "the same without a record of the contact": Case(
        "immigration-warrant/no-record.toml",
        JOURNALIST,
        False,
        {f"document-{number:03}": "withhold" for number in range(1, 7)},
        referrals=("City Attorney",),
        letter=("7284.6",),
        missing=("in the record of the contact: its outcome (outcome)",),
    ),
    "a judge's warrant for one person": Case(
        "immigration-warrant/judicial-warrant.toml",
        JOURNALIST,
        False,
        {"police-report.pdf": "redact", "dispatch-log.txt": "withhold", "press-staffing-memo.md": "withhold"},
        gone=("Lucia", "Hoang", "EAC2190012345", "512-33-4417", "D4471902", "Alameda Terrace #6"),
        stays=("Antonio Ferreira", "03/14/1984"),
        referrals=("City Attorney", "City Clerk"),
        letter=("Marisol Tran",),
    ),
    "a former employee and his own file": Case(
        "former-employee/request.toml",
        "former-employee/documents",
        True,
        {"personnel-file.txt": "redact"},
        gone=("Marguerite", "Dufresne", "626-555-0188", "11/23/1985", "asthma", "Kestrel-88#bay"),
        stays=("601-44-9182", "Derek Lindholm", "77 Orchard Lane", "04/02/1979", "suspended without pay"),
        letter=("except for the parts", "7928.300"),
    ),
    "a former employee who says he is staff": Case(
        "former-employee/as-staff.toml",
        "former-employee/documents",
        False,
        {"document-001": "refer"},
        gone=("601-44-9182", "Orchard"),
        referrals=("City Clerk",),
        letter=("It was referred to", "City Clerk"),
    ),
    "a director and health information": Case(
        "director-health/request.toml",
        "director-health/documents",
        False,
        {"claim.txt": "redact"},
        gone=("548-90-1123", "CalFresh"),
        stays=(
            "lumbar disc herniation",
            "Rosalind Achterberg",
            "Light duty",
            "CONTROLLED COPY - request INT-2026-0031 - city employee - official business "
            "(hipaa or medical) - expires 2026-12-10",
        ),
        referrals=("City Attorney",),
        letter=("Amir Castellan", "controlled copy", "expire on December 10, 2026"),
    ),
    "a director without agreement who approves herself": Case(
        "director-health/without-agreement.toml",
        "director-health/documents",
        False,
        {"document-001": "withhold"},
        gone=("herniation", "Achterberg"),
        referrals=("HR/RM", "City Attorney"),
        letter=("Confidentiality Agreement",),
        missing=(
            "a signed Confidentiality Agreement covering hipaa_or_medical",
            "the authorization by department director is the requester's own or unnamed",
        ),
    ),
    "a victim and her own records": Case(
        "victim-own-records/request.toml",
        "victim-own-records/documents",
        False,
        {"certification-file.txt": "redact", "supplement.txt": "refer", "manual-page.txt": "release"},
        gone=("reliable in three", "Bakersfield", "Oyelaran", "626-555-0139", "2210 Fenwick"),
        stays=(
            "Each confidential informant must be registered",
            "Yesenia Carballo",
            "A098-765-432",
            "pending U visa",
            "Sgt. Paula Okafor",
        ),
        referrals=("City Attorney",),
        letter=("Paula Okafor", "supplement.txt: to be decided by City Attorney"),
        missing=("a review of this very document by city attorney",),
        files=("delivery-receipt.docx",),
    ),
    "somebody who has not proved to be her": Case(
        "victim-own-records/not-verified.toml",
        "victim-own-records/documents",
        False,
        {"certification-file.txt": "redact", "supplement.txt": "refer"},
        gone=("Carballo", "A098-765-432", "09/12/1990", "Oyelaran", "626-555-0139"),
        stays=("Sgt. Paula Okafor",),
        referrals=("City Attorney",),
        letter=("Paula Okafor",),
        missing=("verification of the requester's identity (no proof of legal presence)",),
    ),
    "a mailbox": Case(
        "mailbox/request.toml",
        "mailbox/documents/works.mbox",
        False,
        {
            "{root}/message:1": "release",
            "{root}/message:4": "redact",
            "{root}/message:4/attachment:1": "withhold",
            "{root}/message:17": "refer",
        },
        gone=(
            "601-44-0025",
            "4111 1111 1111 1111",
            "626-555-0002",
            "548-90-1123",
            "diabetes",
            "would find the City liable",
        ),
        stays=("storm drain on Fenwick Avenue", "new hours go up on Monday", "Administrative Policy 4.2"),
        referrals=("City Clerk", "City Attorney"),
        letter=(
            "being reviewed",
            "the determination as extended was due by November 30, 2026",
            "on December 7, 2026 and December 21, 2026",
        ),
        missing=("a review of this very document by city attorney",),
        files=(
            "extension-notice.docx",
            "load-file.csv",
            "exceptions.csv",
            "review-queues.csv",
            "review.html",
            "delivery.zip",
        ),
    ),
}  # fmt: skip


@pytest.fixture
def redact(redact, monkeypatch):
    """Runs the command line as the city of the samples."""
    monkeypatch.setenv("REDACT_CITY", "City of Vista Linda")
    return redact


def words(path: Path) -> str:
    """The text of a file of a package, as a person reads it."""
    data = path.read_bytes()
    if path.suffix == ".zip":
        # Its parts lie in the package beside it.
        with zipfile.ZipFile(path) as archive:
            text = "\n".join(archive.namelist())
    elif path.suffix == ".pdf":
        text = "\n".join(page.get_textpage().get_text_range() for page in pypdfium2.PdfDocument(data))
    elif path.suffix == ".docx":
        document = docx.Document(io.BytesIO(data))
        cells = (cell.text for table in document.tables for row in table.rows for cell in row.cells)
        text = "\n".join([*(paragraph.text for paragraph in document.paragraphs), *cells])
    else:
        text = data.decode("utf-8").replace("=\n", "").replace("=\r\n", "")
    return " ".join(text.split())


@pytest.mark.parametrize("case", CASES.values(), ids=CASES)
def test_a_case(case: Case, tmp_path):
    out, log = tmp_path / "out", SqliteAuditLog(tmp_path / "audit.sqlite")
    asked, documents = Request.load(SAMPLES / case.request), sources([SAMPLES / case.documents])
    gate = Gate.load(detector=Detector.load(), audit=log, city="City of Vista Linda")
    package = gate.release(asked, documents, out)
    assert package.complete is case.complete

    determination = json.loads((out / "determination.json").read_text())
    told = {document["document"]: document["outcome"] for document in determination["documents"]}
    root = determination["documents"][0]["document"]
    wanted = {name.format(root=root): outcome for name, outcome in case.outcomes.items()}
    assert {name: told[name] for name in wanted} == wanted
    assert tuple(determination["referrals"]) == case.referrals
    lacking = " | ".join(
        item
        for decision in (
            determination["decision"],
            *(d["decision"] for d in determination["documents"]),
            *(f for d in determination["documents"] for f in d["findings"]),
        )
        for item in decision["missing"]
    )
    assert all(item in lacking for item in case.missing)

    released = {path: words(path) for path in sorted((out / "documents").rglob("*"))}
    everything = released | {path: words(path) for path in out.iterdir() if path.is_file()}
    # The letter is addressed to the requester.
    name = out / "determination-letter.docx"
    everything[name] = everything[name].replace(asked.requester.name, "")
    for value in case.gone:
        assert not [path.name for path, text in everything.items() if value in text], value
    for value in case.stays:
        assert any(value in text for text in released.values()), value
    if not case.stays:
        assert not released
    letter = words(out / "determination-letter.docx")
    assert all(part in letter for part in case.letter)
    assert all((out / name).is_file() for name in case.files)

    assert check_package(out) == []
    assert verify(log, *anchors_of(out)).sound
    recorded = (out / "determination.json").read_bytes()
    stack = PolicyStack.load(asked.policies)
    assert replay(recorded, asked, recorded_case(recorded, asked), stack).identical


def anchors_of(out: Path) -> list[Anchor]:
    return [Anchor(**json.loads((out / "audit-anchor.json").read_text()))]


@pytest.mark.parametrize(
    ("draft", "code", "says"),
    [
        ("blocked", 1, ("block: 1 x US_SSN", "block")),
        ("advised", 0, ("advice", "disclaimer", "City of Vista Linda")),
        ("fine", 0, ("clear",)),
    ],
)
def test_a_draft_post(draft, code, says, redact, tmp_path):
    told = redact("check-post", str(SAMPLES / f"draft-post/{draft}.txt"))
    assert told[0] == code, told[1]
    assert all(part in told[1] for part in says)
    log = "".join(entry.record for entry in SqliteAuditLog(tmp_path / "audit.sqlite").entries())
    assert "601-44-9182" not in told[1] + log and "Lindholm" not in told[1] + log and "pathetic" not in log


def test_every_request_of_the_samples_is_run_here():
    named = {case.request for case in CASES.values()}
    assert named == {path.relative_to(SAMPLES).as_posix() for path in SAMPLES.glob("*/*.toml")}
    assert all((folder / "README.md").is_file() for folder in SAMPLES.iterdir() if folder.is_dir())


def test_the_mailbox_is_what_build_makes(tmp_path, monkeypatch):
    monkeypatch.syspath_prepend(str(SAMPLES))
    import build

    build.mailbox(tmp_path / "works.mbox")
    assert (tmp_path / "works.mbox").read_bytes() == (SAMPLES / "mailbox/documents/works.mbox").read_bytes()
