"""Kinds of records, told by heading and structure; what is only about such records has none."""

import tomllib
from pathlib import Path

import pytest

from recognizers.record_types import RECORD_TYPES, record_type

RECORDS = tomllib.loads(Path(__file__).with_name("record_types.toml").read_text(encoding="utf-8"))
NONE = RECORDS.pop("none")


def test_every_kind_is_tried() -> None:
    assert set(RECORDS) == set(RECORD_TYPES)


@pytest.mark.parametrize(
    ("kind", "text"), [(kind, text) for kind, texts in RECORDS.items() for text in texts]
)
def test_a_record_is_told_by_heading_and_structure(kind: str, text: str) -> None:
    assert record_type(text) == kind


@pytest.mark.parametrize("text", NONE)
def test_what_is_about_records_has_no_kind(text: str) -> None:
    assert record_type(text) is None


@pytest.mark.parametrize("text", [text for texts in RECORDS.values() for text in texts])
def test_a_heading_alone_is_not_enough(text: str) -> None:
    assert record_type(text.splitlines()[0]) is None


@pytest.mark.parametrize(
    ("kind", "text"), [(kind, text) for kind, texts in RECORDS.items() for text in texts]
)
@pytest.mark.parametrize("stretch", [120, 400])
def test_a_long_record_is_read_in_stretches(monkeypatch, kind: str, text: str, stretch: int) -> None:
    monkeypatch.setattr("recognizers.stretches.LENGTH", stretch)
    monkeypatch.setattr("recognizers.stretches.OVERLAP", stretch // 3)
    assert record_type("\u200b" * 3000 + text) == kind
