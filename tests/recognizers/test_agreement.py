"""What second readers marked, and how it is scored beside the software."""

import pytest

from benchmarks import agreement
from benchmarks.corpus import CATEGORY_TO_ENTITY, OFFICIAL, Record, load, parse

MARKED = "[[PERSON|Ada Fox]] was told by Clerk [[OFFICIAL|Roe]] that she [[HEALTH|has gout]]."
RECORD = parse("note", MARKED)


@pytest.mark.parametrize("corpus", ["dev", "blind", "train"])
def test_a_reading_is_of_the_very_text_in_known_categories(corpus: str) -> None:
    texts = {record.name: record.text for record in load(corpus)}
    readings = dict(agreement.readings(corpus))
    assert readings
    for by_name in readings.values():
        assert by_name
        for name, reading in by_name.items():
            assert reading.text == texts[name]
            assert {mark.category for mark in reading.marks} <= {*CATEGORY_TO_ENTITY, OFFICIAL}


def test_all_of_dev_and_blind_was_read() -> None:
    for corpus in ("dev", "blind"):
        for by_name in dict(agreement.readings(corpus)).values():
            assert by_name.keys() == {record.name for record in load(corpus)}


def test_officials_are_no_findings() -> None:
    assert agreement.found_by(RECORD) == [(0, 7, "PERSON"), (39, 47, "HEALTH_INFORMATION")]


def _scored(monkeypatch: pytest.MonkeyPatch, reading: Record) -> dict[str, agreement.Score]:
    monkeypatch.setattr(agreement, "readings", lambda corpus: iter([("dev-1", {"note": reading})]))
    return agreement.agreement([RECORD], lambda texts: [[] for _ in texts], "dev").columns


def test_who_marks_the_same_catches_all_and_nothing_else(monkeypatch: pytest.MonkeyPatch) -> None:
    columns = _scored(monkeypatch, RECORD)
    assert columns["dev-1"].recall(columns["dev-1"].typed) == 1
    assert columns["dev-1"].over_redaction == columns["dev-1"].false_findings == 0
    assert columns["redact"].recall(columns["redact"].caught) == 0


def test_who_marks_more_and_less_is_told_so(monkeypatch: pytest.MonkeyPatch) -> None:
    other = parse("note", "Ada Fox was [[WITNESS_STATUS|told]] by Clerk Roe that she [[HEALTH|has gout]].")
    reader = _scored(monkeypatch, other)["dev-1"]
    assert reader.recall(reader.caught) == 0.5
    assert reader.false_findings == 0.5
    assert reader.over_redaction > 0


def test_another_text_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    with pytest.raises(ValueError, match="dev-1 has another text of note"):
        _scored(monkeypatch, parse("note", MARKED + " More."))


def test_agreed_are_the_marks_that_every_reader_covers() -> None:
    one = parse("note", "[[PERSON|Ada Fox]] was told by Clerk Roe that she has gout.")
    other = parse(
        "note", "[[PERSON|Ada Fox was]] told by Clerk [[OFFICIAL|Roe]] that she [[HEALTH|has gout]]."
    )
    assert agreement.agreed(RECORD, [one, other]).marks == RECORD.marks[:1]
    assert agreement.agreed(RECORD, [other]).marks == (RECORD.marks[0], RECORD.marks[2])


def test_united_is_what_anybody_marks(monkeypatch: pytest.MonkeyPatch) -> None:
    other = parse("note", "Ada Fox was [[WITNESS_STATUS|told]] by Clerk Roe that she has gout.")
    found = [(12, 16, "WITNESS_STATUS"), (0, 7, "PERSON")]
    monkeypatch.setattr(agreement, "readings", lambda corpus: iter([("dev-1", {"note": other})]))
    scores = agreement.agreement([RECORD], lambda texts: [found], "dev")
    assert scores.columns["redact"].over_redaction > 0
    assert scores.united.over_redaction == scores.united.false_findings == 0
    assert str(scores).splitlines() == [
        "marks that every reader covers: 0, caught 0.000",
        "covered of what nobody marks: 0.00%",
        "findings where nobody marks anything: 0.00%",
    ]


def test_a_corpus_that_nobody_marked_again_is_refused() -> None:
    with pytest.raises(ValueError, match="nobody marked fresh a second time"):
        agreement.agreement(list(load("fresh")), lambda texts: [[] for _ in texts], "fresh")
