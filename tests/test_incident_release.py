"""A police report as the public gets it: what happened, how somebody was hurt, and not who (§ 7923.615)."""

import csv
import io
import json
from pathlib import Path

import pytest

from redact import Source
from redact.policy import PolicyStack
from redact.replay import recorded_case, replay
from tests.conftest import text

REPORT = """VISTA LINDA POLICE DEPARTMENT
CRIME REPORT          Case No. 26-20114          PC 242 Battery

Date and time of occurrence: 10/30/26 at 1910 hours. Reported 10/30/26 at 1922 hours.

Victim: Teresa Malone
Suspect: Carl Whitby

NARRATIVE

I contacted the victim, Teresa Malone. Malone told me that she was punched in the face by a man she did not
know. She had a two-inch laceration above her right eye and swelling to her cheek.
The victim was bleeding from the nose. Malone takes insulin for diabetes and said she is HIV positive.

Carl Whitby was arrested and booked. Whitby had abrasions on his knuckles. Officer R. Tamayo sustained a
sprained wrist.
"""
FACTS = (
    "was punched in the face",
    "two-inch laceration above her right eye and swelling to her cheek",
    "was bleeding from the nose",
)
PRIVATE = ("Malone", "Teresa", "insulin", "diabetes", "HIV", "abrasions on his knuckles", "sprained")
PUBLIC = ("Carl Whitby was arrested", "at 1910 hours", "PC 242 Battery", "Officer R. Tamayo")
STACK = ["california", "cerritos", "pasadena"]


UNREADABLE = Source("photo.bin", b"\x00\x01\x02")


def released(gate, asked, out: Path, *documents) -> str:
    gate.release(asked, documents, out)
    return (out / "documents" / documents[0].name).read_text(encoding="utf-8")


@pytest.mark.parametrize("policies", [["california"], STACK, [*STACK, "pasadena-police"]])
def test_injuries_and_circumstances_survive_and_the_name_does_not(gate, asking, tmp_path, policies):
    told = released(gate, asking(policies=policies), tmp_path / "out", text("report.txt", REPORT))
    assert not [words for words in (*FACTS, *PUBLIC) if words not in told]
    assert not [words for words in PRIVATE if words in told]
    rows = csv.DictReader(io.StringIO((tmp_path / "out/withholding-log.csv").read_text()))
    left = [row["reason"] for row in rows if "HEALTH_INFORMATION" in row["entity"]]
    assert left and all("keep it by [[terms]]" in reason for reason in left)


def test_it_replays_from_what_was_recorded(gate, asking, tmp_path):
    asked = asking(policies=STACK)
    gate.release(asked, [text("report.txt", REPORT)], tmp_path / "out")
    recorded = (tmp_path / "out/determination.json").read_bytes()
    told = {found["incident"] for found in json.loads(recorded)["documents"][0]["findings"]}
    assert told == {"", "named", "unnamed"}
    assert replay(recorded, asked, recorded_case(recorded, asked), PolicyStack.load(STACK)).identical


SHELTERED = [
    pytest.param({}, REPORT.replace("PC 242 Battery", "PC 273.5 Battery"), None, id="domestic violence"),
    pytest.param({}, REPORT.replace("a man she did not\nknow", "her husband"), None, id="by a husband"),
    pytest.param({}, REPORT, UNREADABLE, id="beside what cannot be read"),
    pytest.param({}, REPORT, "The follow-up on the sexual assault is due Friday.", id="in another document"),
    pytest.param(
        {"elections": [{"person": "Teresa Malone", "statute": "Penal Code § 293"}]},
        REPORT,
        None,
        id="elected",
    ),
    pytest.param({"terms": [{"text": "Malone", "action": "keep"}]}, REPORT, None, id="the name is kept"),
    pytest.param({}, REPORT.replace("CRIME REPORT ", "NOTE "), None, id="not known to be a police report"),
]


@pytest.mark.parametrize(("changes", "report", "other"), SHELTERED)
def test_where_a_victim_is_protected_wholly_nothing_survives(gate, asking, tmp_path, changes, report, other):
    others = [] if other is None else [other if isinstance(other, Source) else text("mail.txt", other)]
    documents = [text("report.txt", report), *others]
    told = released(gate, asking(policies=STACK, **changes), tmp_path / "out", *documents)
    assert not [words for words in (*FACTS, *PRIVATE[2:]) if words in told]


def test_who_was_arrested_and_is_called_a_victim_waits_for_the_city_attorney(gate, asking, tmp_path):
    report = REPORT + "\nVictim 2: Carl Whitby\n"
    asked = asking(policies=STACK)
    told = released(gate, asked, tmp_path / "out", text("report.txt", report))
    assert "Whitby" not in told
    determination = json.loads((tmp_path / "out/determination.json").read_text())
    assert "City Attorney" in determination["referrals"]
    assert "CA-ARREST-VICTIM" in (tmp_path / "out/withholding-log.csv").read_text()


OTHER = """VISTA LINDA POLICE DEPARTMENT
CRIME REPORT          Case No. 26-30871          PC 273.5 Domestic violence

Victim: Roxana Iriarte
Suspect: Emil Iriarte

NARRATIVE

Roxana Iriarte told me that her husband punched her in the face. She had a two-inch cut above her left eye.
"""


def test_a_report_of_another_incident_keeps_its_facts_and_the_sheltered_one_loses_them(
    gate, asking, tmp_path
):
    documents = [text("report.txt", REPORT), text("other.txt", OTHER)]
    told = released(gate, asking(policies=STACK), tmp_path / "out", *documents)
    assert not [words for words in FACTS if words not in told]
    assert not [words for words in PRIVATE if words in told]
    other = (tmp_path / "out/documents/other.txt").read_text()
    assert "two-inch cut" not in other and "punched her" not in other and "Iriarte" not in other


LINKED = [
    pytest.param(OTHER.replace("26-30871", "26-20114"), id="of the same number"),
    pytest.param(OTHER + "See also Case No. 26-20114.\n", id="that mentions its number"),
    pytest.param(OTHER.replace("Case No. 26-30871", ""), id="without a number"),
    pytest.param(OTHER.replace("Emil Iriarte", "Carl Whitby"), id="of the same suspect"),
]


@pytest.mark.parametrize("other", LINKED)
def test_a_report_that_may_be_of_the_sheltered_incident_loses_them_too(gate, asking, tmp_path, other):
    documents = [text("report.txt", REPORT), text("other.txt", other)]
    told = released(gate, asking(policies=STACK), tmp_path / "out", *documents)
    assert not [words for words in (*FACTS, *PRIVATE[2:]) if words in told]
