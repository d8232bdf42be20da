"""A shelf is a sequence like another one; only that its values lie on disk, where nobody can read them."""

from dataclasses import dataclass, field
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from redact.document import Span
from redact.finding import Finding
from redact.shelf import Shelf

VALUES = st.lists(st.one_of(st.integers(), st.text(), st.tuples(st.text(), st.none())))


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=50)
@given(VALUES, st.slices(8))
def test_it_gives_back_what_a_list_would(tmp_path: Path, values: list[object], some: slice) -> None:
    shelf = Shelf(tmp_path, values)
    assert list(shelf) == list(shelf) == values
    assert len(shelf) == len(values)
    assert shelf[some] == tuple(values[some])
    assert [shelf[-n - 1] for n in range(len(values))] == values[::-1]
    with pytest.raises(IndexError):
        shelf[len(values)]


@dataclass(frozen=True, slots=True)
class Secret:
    text: str = field(repr=False)


FINDING = Finding("text", Span(2, 5), "US_SSN", 0.123456789, "R", cue="SSN", subject=3)


@pytest.mark.parametrize("value", [FINDING, Secret("alone"), (FINDING, [Span(0, 1)]), {Span(0, 1): Secret}])
def test_dataclasses_come_back_equal(tmp_path, value):
    assert Shelf(tmp_path, [value])[0] == value


def test_it_leaves_no_file_and_nothing_readable(tmp_path):
    shelf = Shelf(tmp_path, [Secret("078-05-1120")] * 9)
    assert not list(tmp_path.iterdir())
    with Path(f"/proc/self/fd/{shelf._file.fileno()}").open("rb") as file:
        written = file.read()
    assert len(written) > 9 * 11
    assert b"078-05-1120" not in written
    assert "078" not in repr(shelf)


def test_places_are_filled_in_any_order_and_anew(tmp_path):
    shelf: Shelf[str] = Shelf(tmp_path)
    shelf.put(2, "c")
    shelf.put(0, "a")
    assert [shelf.holds(place) for place in range(4)] == [True, False, True, False]
    with pytest.raises(KeyError):
        list(shelf)
    shelf.put(1, "b")
    shelf.put(0, "A")
    assert list(shelf) == ["A", "b", "c"]


def test_it_stays_when_its_folder_goes(tmp_path):
    (tmp_path / "aside").mkdir()
    shelf = Shelf(tmp_path / "aside", "ab")
    (tmp_path / "aside").rmdir()
    assert list(shelf) == ["a", "b"]
