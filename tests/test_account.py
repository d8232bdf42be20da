"""An account tells of one document what the package and the log say, as they would say it of the whole."""

import json

from hypothesis import given
from hypothesis import strategies as st

from redact import Action, Decision, Finding, Span
from redact.account import DEPTH, Account, _packed, _unpacked
from redact.canonical import Written, canonical, pieces
from redact.decided import Decided
from redact.determination import DocumentDetermination
from redact.redaction import Grounded, Redaction
from redact.report import DocumentReport, Released
from redact.verify import Check, Proof
from redact.withholding_log import COLUMNS, as_csv, as_page

REDACT = Decision(Action.redact, rules=("r1",), citations=("Gov. 1",), marking="Gov. 1", referrals=("HR",))
ASK = Decision(Action.redact, rules=("r2", "r1"), marking="Gov. 2", referrals=("City Clerk", "HR"))
REFUSED = Decision(Action.withhold, rules=("whole",), reasons=("so it is",), referrals=("City Attorney",))
FINDINGS = tuple(
    (Finding("text", Span(10 * n, 10 * n + 4), entity, 0.9, "R"), decision)
    for n, (entity, decision) in enumerate([("US_SSN", REDACT), ("PERSON", ASK), ("US_SSN", REDACT)])
)
WHOLE = Decision(Action.redact, rules=("whole",), reasons=("so it is",), referrals=("City Attorney",))
DETERMINED = DocumentDetermination("memo.txt", Action.redact, WHOLE, Decided.of(*zip(*FINDINGS, strict=True)))
PROOF = Proof(2, (Check("characters", True, 40),))
RELEASED = Released(
    "memo.txt",
    b"",
    tuple(Grounded(Redaction("text", f.span, d.marking), ((f, d),)) for f, d in FINDINGS),
    PROOF,
    ("a note",),
    "0" * 64,
)
REPORT = DocumentReport("memo.txt", "1" * 64, "text", 3, DETERMINED, RELEASED, PROOF)
WITHHELD = DocumentReport(
    "bad.bin", "", "unsupported", 1, DocumentDetermination("bad.bin", Action.withhold, REFUSED)
)


def test_it_counts_and_names_everything_once():
    told = Account.of(REPORT)
    assert (told.found, told.removed) == ({"US_SSN": 2, "PERSON": 1}, {"US_SSN": 2, "PERSON": 1})
    assert (told.rules, told.referrals) == (("r1", "r2"), ("City Attorney", "HR", "City Clerk"))
    assert (told.released, told.released_sha256, told.redactions, told.pages) == ("memo.txt", "0" * 64, 3, 3)
    assert told.proof is not None and told.proof["passed"] is True and told.proof["notes"] == ["a note"]


def test_of_what_is_not_released_it_tells_why():
    told = Account.of(WITHHELD)
    assert (told.released, told.released_sha256, told.redactions, told.proof) == (None, "", 0, None)
    [row] = told.rows()
    assert row == b"bad.bin,,,withhold,,,whole,so it is; refer to: City Attorney\r\n"


def test_determinations_of_accounts_are_those_of_the_whole():
    reports = [REPORT, WITHHELD, REPORT]
    whole = {"documents": [report.determination.as_dict() for report in reports], "outcome": "redact"}
    parts = (Written(Account.of(report).determination()) for report in reports)
    assert b"".join(pieces({"documents": parts, "outcome": "redact"})) == canonical(whole)
    assert DEPTH == 2


def test_rows_have_every_redaction_and_never_a_formula():
    named = DocumentReport("=x", "", "text", 1, DETERMINED, RELEASED, PROOF)
    lines = b"".join(as_csv(Account.of(named).rows())).decode().splitlines()
    assert lines[0] == ",".join(COLUMNS)
    assert [line.split(",")[0] for line in lines[1:]] == ["'=x"] * 3
    page = b"".join(as_page("PRR-1", "2026-11-10", Account.of(named).lines())).decode()
    assert page.count("<tr><td>=x</td>") == 3 and page.endswith("</html>\n")


@given(st.lists(st.binary(max_size=300)), st.integers(0, 3))
def test_packing_loses_nothing(parts, many):
    parts = parts * 10**many
    assert b"".join(_unpacked(_packed(parts))) == b"".join(parts)


def test_many_findings_take_little_room():
    findings = Decided.of(*zip(*FINDINGS * 10_000, strict=True))
    many = DocumentReport(
        "memo.txt", "", "text", 1, DocumentDetermination("memo.txt", Action.redact, WHOLE, findings)
    )
    told = Account.of(many)
    text = b"".join(told.determination())
    assert json.loads(text)["findings"][-1]["entity"] == "US_SSN"
    assert len(told._determination) * 20 < len(text)
