"""Canonical JSON is the same whether it is written at once or in pieces."""

import json
from collections.abc import Iterator, Mapping
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from redact.canonical import canonical, pieces

TEXT = st.text(st.characters(exclude_categories=["Cs"]))
VALUES: st.SearchStrategy[Any] = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False) | TEXT,
    lambda inner: st.lists(inner) | st.dictionaries(TEXT, inner),
    max_leaves=12,
)


class Lazy(Mapping[str, Any]):
    def __init__(self, values: dict[str, Any]) -> None:
        self._values = values

    def __len__(self) -> int:
        return len(self._values)

    def __iter__(self) -> Iterator[str]:
        return iter(self._values)

    def __getitem__(self, key: str) -> Any:
        return streamed(self._values[key])


def streamed(value: Any) -> Any:
    """The same with iterators in place of lists, and other mappings in place of dictionaries."""
    if isinstance(value, list):
        return (streamed(each) for each in value)
    return Lazy(value) if isinstance(value, dict) else value


@given(VALUES)
def test_pieces_are_the_same_bytes(value: Any) -> None:
    whole = json.dumps(value, ensure_ascii=False, indent=1, sort_keys=True) + "\n"
    assert canonical(value) == whole.encode()
    assert b"".join(pieces(streamed(value))) == canonical(value)


def test_an_iterator_in_a_dictionary_is_written_as_it_goes():
    taken = []

    def rows() -> Iterator[int]:
        for number in range(3):
            taken.append(number)
            yield number

    written = pieces({"a": "x", "rows": rows()})
    text = b""
    while b"0" not in text:
        text += next(written)
    assert taken == [0]
