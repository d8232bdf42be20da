"""What is judged in blocks comes out as it does at once."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from redact import incidents
from redact.blocks import blocks
from redact.document import Segment, Span
from redact.finding import Finding
from redact.findings import Findings
from redact.judging import Knowledge, Search, traces

SAID = ["Ana Ruiz", "Bo Tran", "Ruiz", "123-45-6789", "asthma", "was stabbed", "the victim", "He", "x" * 7]
SPACE = ["\n", "\n\n", " \n \t\n", "\n\n\n", ". ", ".\n\n  "]
WORDS = st.lists(st.sampled_from([*SAID, *SPACE]), max_size=40).map(" ".join)
ENTITIES = {
    "Ana Ruiz": "PERSON",
    "Bo Tran": "PERSON",
    "asthma": "HEALTH_INFORMATION",
    "was stabbed": "VICTIM_STATUS",
}


def found(text: str) -> Findings:
    """What stands in ``text``: not in the order of the places, and one number over a blank line."""
    findings = []
    for value, entity in ENTITIES.items():
        at = text.find(value)
        while at >= 0:
            findings.append(Finding("text", Span(at, at + len(value)), entity, 0.95, "R", cue=value[:1]))
            at = text.find(value, at + 1)
    at = text.find("\n\n")
    if at > 3:
        findings.append(Finding("text", Span(at - 3, min(len(text), at + 3)), "PHONE_NUMBER", 0.9, "R"))
    return Findings.of(findings)


def judged(text: str) -> tuple[list[Finding], list[object]]:
    segment = Segment("text", text)
    search = Search(((segment, found(text)),))
    told = traces(search)
    knowledge = Knowledge([told])
    detection = knowledge.judge(knowledge.present[0], search)
    return list(incidents.told(search.segments, detection.findings)), list(told.mentions)


@given(WORDS, st.integers(1, 40))
def test_a_long_text_is_judged_as_a_short_one_is(text: str, length: int) -> None:
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("recognizers.stretches.LENGTH", 10**9)
        at_once = judged(text)
        patch.setattr("recognizers.stretches.LENGTH", length)
        assert judged(text) == at_once


@given(WORDS, st.integers(1, 40))
def test_blocks_make_up_the_text_and_cut_no_finding(text: str, length: int) -> None:
    findings = found(text)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("recognizers.stretches.LENGTH", length)
        cut = list(blocks(text, findings.by_start()))
    assert "".join(block.text[: block.end - block.start] for block in cut) == text
    for block in cut:
        assert all(block.start <= f.span.start and f.span.end <= block.end for f in block.findings[0])
    assert [f for block in cut for f in block.findings[0]] == list(findings.by_start())


def test_paragraphs_of_a_long_text_are_blocks_of_their_own() -> None:
    text = "\n\n".join("x" * 50_000 for _ in range(40))
    assert len(list(blocks(text, ()))) > 10


def test_a_block_is_never_printed() -> None:
    [block] = blocks("Ana Ruiz", ())
    assert "Ana" not in repr(block)
