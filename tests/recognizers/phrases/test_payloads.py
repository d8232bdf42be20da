"""What must be found and what must not, per entity: a payload a line in the ``.txt`` files here.

Above the line ``---`` each payload holds a marked phrase of which a finding must cover four characters in
five; below it each payload speaks of nobody, so that no finding of the entity may touch it.
"""

from pathlib import Path

import pytest

from recognizers.normalization import normalize
from recognizers.phrases import phrase_hits

FOLDER = Path(__file__).parent
PAGES = sorted(FOLDER.glob("*.txt"))
COVERED = 0.8


def _read(page: Path) -> tuple[str, list[str], list[str]]:
    first, *lines = page.read_text(encoding="utf-8").splitlines()
    bar = lines.index("---")
    return first.removeprefix("# "), lines[:bar], lines[bar + 1 :]


def _payloads(wanted: int) -> list[tuple[str, str]]:
    return [(entity, line) for entity, *tables in map(_read, PAGES) for line in tables[wanted]]


@pytest.mark.parametrize(("entity", "payload"), _payloads(0))
def test_a_fact_about_a_person_is_found(entity: str, payload: str) -> None:
    before, rest = payload.split("[[")
    phrase, after = rest.split("]]")
    start, end = len(before), len(before) + len(phrase)
    covered = set()
    for hit in phrase_hits(normalize(before + phrase + after).text):
        if hit.entity == entity:
            covered.update(range(max(start, hit.start), min(end, hit.end)))
    assert len(covered) >= COVERED * len(phrase)


@pytest.mark.parametrize(("entity", "payload"), _payloads(1))
def test_talk_about_nobody_is_left_alone(entity: str, payload: str) -> None:
    assert [hit.pattern for hit in phrase_hits(normalize(payload).text) if hit.entity == entity] == []


def test_every_table_holds_thirty_payloads_of_either_kind() -> None:
    for page in PAGES:
        _, found, clean = _read(page)
        assert len(found) >= 30, page.name
        assert len(clean) >= 30, page.name
