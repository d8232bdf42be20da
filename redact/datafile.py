"""Data files that people write: TOML or JSON made into tables, mistakes explained without quoting them."""

import json
import re
import tomllib
from collections.abc import Iterable
from dataclasses import fields, is_dataclass
from datetime import date, datetime
from difflib import get_close_matches
from typing import Annotated, Any, get_args, get_type_hints

from pydantic import BeforeValidator, ConfigDict, ValidationError

from redact.errors import RequestError

STRICT = ConfigDict(extra="forbid")
"""Of every table: a key that nobody knows is a mistake."""


def _not_a_number(value: object) -> object:
    """Refuse a bare number for a date: it would be taken for seconds since 1970."""
    if isinstance(value, int | float):
        raise ValueError("write the date as YYYY-MM-DD")
    return value


Day = Annotated[date, BeforeValidator(_not_a_number)]
Moment = Annotated[datetime, BeforeValidator(_not_a_number)]


def from_toml(text: str) -> dict[str, Any]:
    """Return the tables of a TOML text. Raises ``RequestError`` saying where it is not well formed."""
    try:
        return tomllib.loads(text)
    except (ValueError, RecursionError) as error:
        # The parser's own words can quote the file: only the place is passed on.
        place = re.search(r"at (line \d+, column \d+|end of document)\)", str(error))
        where = f" at {place[1]}" if place else ""
        raise RequestError(f"the request file is not well formed as TOML{where}; correct it") from None


def from_json(text: str) -> Any:
    """Return the values of a JSON text. Raises ``RequestError`` saying where it is not well formed."""
    try:
        return json.loads(text, object_pairs_hook=_table)
    except json.JSONDecodeError as error:
        where = f"line {error.lineno}, column {error.colno}"
        raise RequestError(f"the request file is not well formed as JSON at {where}; correct it") from None
    except (ValueError, RecursionError):
        raise RequestError("the request file is not well formed as JSON; correct it") from None


def _table(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    table = dict(pairs)
    if len(table) != len(pairs):
        raise RequestError("the request file states a key twice in one table; keep one of them")
    return table


def explain(error: ValidationError, root: type) -> str:
    """Say what is wrong in a table meant for the dataclass ``root``, and where.

    Values that were given are not quoted, nor unknown keys, unless one is a known key misspelt: they can be
    names.
    """
    first = error.errors(include_input=False, include_url=False)[0]
    path = first["loc"]
    if first["type"] in ("unexpected_keyword_argument", "extra_forbidden"):
        known = _keys(path[:-1], root)
        close = get_close_matches(str(path[-1]), known, 1, 0.75)
        if close:
            return f"{_place(path[:-1], root, str(path[-1]))}: unknown key; did you mean {close[0]}?"
        return f"{_place(path[:-1], root)}: unknown key; the keys are {', '.join(known)}"
    if first["type"] in ("missing", "missing_argument"):
        return f"{_place(path, root)}: missing; add it to the request file"
    if first["type"] == "literal_error":
        return f"{_place(path, root)}: use one of {first['ctx']['expected']}"
    if first["type"] in _WORDS:
        return f"{_place(path, root)}: {_WORDS[first['type']]}"
    words = first["msg"].removeprefix("Value error, ").replace("Input should", "it should")
    return f"{_place(path, root)}: {words}"


_DATE = "write the date as YYYY-MM-DD"
_WORDS = {
    "tuple_type": 'write a list in brackets, such as ["one", "another"]',
    "string_type": "write text, in quotes",
    "dataclass_type": "write a table of keys",
    "bool_type": "write true or false, without quotes",
    "int_type": "write a whole number, without quotes",
    "float_type": "write a number, without quotes",
    "float_parsing": "write a number, without quotes",
    "date_type": _DATE,
    "date_parsing": _DATE,
    "date_from_datetime_parsing": _DATE,
    "date_from_datetime_inexact": _DATE,
    "datetime_type": "write date and time as YYYY-MM-DDTHH:MM:SS",
    "datetime_parsing": "write date and time as YYYY-MM-DDTHH:MM:SS",
    "datetime_from_date_parsing": "write date and time as YYYY-MM-DDTHH:MM:SS",
}
"""What to do, by the kind of mistake."""


def _place(path: Iterable[int | str], root: type, *more: str) -> str:
    """Write a path such as ``legal_basis.2.scope``: the keys of ``root`` in it, then ``more``."""
    words: list[str] = []
    table: type | None = root
    for part in path:
        if isinstance(part, int):
            words.append(str(part + 1))
        elif table is not None and part in (field.name for field in fields(table)):
            words.append(part)
            table = _inner(table, part)
    return ".".join((*words, *more)) or "the request"


def _keys(path: Iterable[int | str], root: type) -> list[str]:
    """Return the keys of the table at ``path``."""
    table = root
    for part in path:
        if isinstance(part, str):
            table = _inner(table, part) or table
    return [field.name for field in fields(table)]


def _inner(table: type, key: str) -> type | None:
    """Return the dataclass that ``key`` of ``table`` holds, alone, optional or as a tuple of them."""
    hint = get_type_hints(table).get(key)
    return next(
        (each for each in (hint, *get_args(hint)) if isinstance(each, type) and is_dataclass(each)), None
    )
