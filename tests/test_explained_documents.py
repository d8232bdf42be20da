"""``redact explain`` for documents: given themselves, or the determination of a package."""

import json

import pytest

from redact.case import Case, Facts
from redact.determination import determine
from redact.document import Obstacle
from redact.errors import InputError
from redact.explanation import WIDTH, explanation, explanation_text
from redact.request import Request
from tests.policies.cases import ask, basis, finding, stack
from tests.test_batch import REQUEST
from tests.test_gate import CARD, CLEAN, MEMO, MINUTES, SSN

BOTH = stack("california", "cerritos")
CASE = Case(
    (
        Facts(
            "report.pdf",
            (
                finding("US_SSN", 3),
                finding("US_SSN", 3, 40, "page:2"),
                finding("PERSON", 3, 400),
                finding("PERSON", 7, 5000),
                finding("PASSWORD", 3, 900),
            ),
            "police_report",
        ),
        Facts("minutes.txt", (finding("CLOSED_SESSION"),), "closed_session_minutes"),
        Facts("locked.pdf", obstacles=(Obstacle("encrypted", "It is encrypted; give its password."),)),
        Facts("clean.txt"),
    )
)


def recorded(asked: Request) -> str:
    return determine(asked, CASE, BOTH).canonical().decode()


def told(asked: Request, *entities: str):
    return explanation(asked, BOTH, entities, recorded(asked))


def test_each_document_with_what_was_found_and_decided_alike():
    report, minutes, locked, clean = told(ask())["documents"]
    assert [d["outcome"] for d in (report, minutes, locked, clean)] == [
        "redact",
        "withhold",
        "withhold",
        "release",
    ]
    ssn = next(found for found in report["findings"] if found["entity"] == "US_SSN")
    assert (ssn["count"], ssn["locators"], ssn["action"]) == (2, ["page:1", "page:2"], "redact")
    assert (ssn["rules"], ssn["citations"]) == (["CA-SSN"], ["Gov. Code § 7922.200"])
    assert ssn["clauses"] and "a valid legal basis" in ssn["missing"][0]
    assert minutes["decision"]["rules"] == ["CA-CLOSED-MINUTES", "CER-CLOSED-MINUTES"]
    assert "encrypted" in locked["decision"]["reasons"][0]
    assert clean["findings"] == []


def test_what_can_never_be_unlocked_lacks_nothing():
    [report, *_] = told(ask(), "PASSWORD")["documents"]
    assert [(found["entity"], found["missing"]) for found in report["findings"]] == [("PASSWORD", [])]


def test_a_paper_that_does_not_suffice_is_named_where_it_fails():
    order = basis("court_order", scope={"documents": ["other.pdf"]})
    [report, *_] = told(ask(legal_basis=[order]), "US_SSN")["documents"]
    assert "its scope does not cover this" in report["findings"][0]["missing"][0]


def test_a_request_that_is_blocked_explains_its_documents_too():
    asked = ask("federal_immigration_authority", legal_basis=[{"kind": "detainer", "citation": "I-247A"}])
    said = told(asked)
    assert (said["outcome"], said["referrals"]) == ("withhold", ["City Attorney", "City Clerk"])
    assert {document["outcome"] for document in said["documents"]} == {"withhold"}


@pytest.mark.parametrize("asked", [ask(), ask("record_subject"), ask(processed_by="")])
def test_the_text_says_the_same(asked):
    told_, text = told(asked), explanation_text(asked, BOTH, (), recorded(asked))
    words = " ".join(text.split())
    for document in told_["documents"]:
        assert document["document"] in text
        for found in document["findings"]:
            assert found["entity"] in text
            assert all(rule in text for rule in found["rules"])
            assert all(" ".join(item.split()) in words for item in found["missing"])
    assert max(map(len, text.splitlines()[8:])) <= WIDTH


@pytest.mark.parametrize("other", ["", "[]", "{}", '{"request": "PRR-1"}', '{"request": "PRR-2"}'])
def test_something_else_is_refused(other):
    with pytest.raises(InputError, match=r"not a determination\.json of this request"):
        explanation(ask(), BOTH, (), other)


def test_from_the_command_line(tmp_path, monkeypatch, command):
    monkeypatch.chdir(tmp_path)
    (tmp_path / "in").mkdir()
    for name, content in (("memo.txt", MEMO), ("hours.txt", CLEAN), ("minutes.txt", MINUTES)):
        (tmp_path / "in" / name).write_text(content)
    (tmp_path / "request.toml").write_text(REQUEST)

    def run(*arguments: str) -> tuple[int, str]:
        ended = command(*arguments)
        assert SSN not in ended.said and CARD not in ended.said
        return ended.code, ended.out

    code, text = run("explain", "request.toml", "in")
    assert code == 0
    assert "memo.txt: released with redactions" in text and "hours.txt: released" in text
    assert "minutes.txt (closed session minutes): withheld" in text and "CA-SSN" in text
    assert not (tmp_path / "out").exists()
    assert '"kind": "scan"' in run("audit", "export")[1]
    _, live = run("explain", "request.toml", "in", "--format", "json")
    assert run("release", "request.toml", "in", "--out", "out")[0] == 3
    _, kept = run("explain", "request.toml", "--determination", "out/determination.json", "--format", "json")
    assert json.loads(live) == json.loads(kept)
    assert {d["document"] for d in json.loads(kept)["documents"]} == {"memo.txt", "hours.txt", "minutes.txt"}
    assert run("explain", "request.toml", "in", "--replay", "out/determination.json")[0] == 2
