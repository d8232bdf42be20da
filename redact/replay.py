"""Replaying a determination: the same inputs and versions give the same bytes, or it is said what changed."""

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from redact.determination import Case, Determination, determine
from redact.errors import InputError
from redact.policy import PolicyStack
from redact.request import Request


@dataclass(frozen=True, slots=True)
class Replay:
    """A recorded determination beside the one that the same request gets now."""

    identical: bool
    """Whether both are the same, byte for byte."""
    changes: tuple[str, ...]
    """What differs, in words; holds no found value."""
    determination: Determination
    """What is decided now."""


def replay(recorded: bytes | str, request: Request, case: Case, stack: PolicyStack) -> Replay:
    """Decide ``request`` again and compare with a recorded ``determination.json``.

    Raises ``InputError`` where ``recorded`` is no determination, ``RequestError`` as ``determine`` does.
    """
    raw = recorded.encode("utf-8") if isinstance(recorded, str) else recorded
    now = determine(request, case, stack)
    if raw == now.canonical():
        return Replay(True, (), now)
    try:
        changes = tuple(_changes(json.loads(raw), now.as_dict()))
    except (ValueError, LookupError, TypeError, AttributeError):
        raise InputError("not a determination.json; name the one of a release package") from None
    return Replay(False, changes or ("the form of the file only",), now)


def _changes(before: Mapping[str, Any], now: Mapping[str, Any]) -> Iterator[str]:
    for key in ("request", "decided_on", "category"):
        if before.get(key) != now[key]:
            yield f"{key}: {before.get(key)}, now {now[key]}"
    yield from _versions(before["policies"], now["policies"])
    yield from _decision("the request", before.get("decision"), now["decision"])
    old = {document["document"]: document for document in before["documents"]}
    new = {document["document"]: document for document in now["documents"]}
    yield from (f"document {name}: no longer in the request" for name in old if name not in new)
    yield from (f"document {name}: not in the recorded determination" for name in new if name not in old)
    for name in old:
        if name in new:
            yield from _document(f"document {name}", old[name], new[name])
    if [*old] != [*new] and old.keys() == new.keys():
        yield "the order of the documents"


def _versions(before: Mapping[str, str], now: Mapping[str, str]) -> Iterator[str]:
    for name in sorted(before.keys() | now.keys()):
        if before.get(name) != now.get(name):
            yield f"policy {name}: version {before.get(name, 'none')}, now {now.get(name, 'none')}"


def _document(where: str, before: Mapping[str, Any], now: Mapping[str, Any]) -> Iterator[str]:
    if before["outcome"] != now["outcome"]:
        yield f"{where}: {before['outcome']}, now {now['outcome']}"
    yield from _decision(where, before["decision"], now["decision"])
    old, new = ({_place(f): f for f in each["findings"]} for each in (before, now))
    if old.keys() != new.keys():
        gone, came = len(old.keys() - new.keys()), len(new.keys() - old.keys())
        yield f"{where}: other findings ({gone} no longer found, {came} not found before)"
    for place in sorted(old.keys() & new.keys()):
        locator, start, end, entity = place
        yield from _decision(f"{where}, {entity} at {locator} {start}-{end}", old[place], new[place])


def _place(finding: Mapping[str, Any]) -> tuple[str, int, int, str]:
    return finding["locator"], finding["start"], finding["end"], finding["entity"]


def _decision(where: str, before: Mapping[str, Any] | None, now: Mapping[str, Any]) -> Iterator[str]:
    before = before or {}
    if before.get("action") != now["action"]:
        yield f"{where}: {before.get('action')}, now {now['action']}"
    for key in ("rules", "citations", "missing"):
        if before.get(key) != now[key]:
            yield f"{where}: other {key}: {_listed(before.get(key))}, now {_listed(now[key])}"


def _listed(items: list[str] | None) -> str:
    return "; ".join(items or ()) or "none"
