"""Replaying a determination: the same inputs and versions give the same bytes, or it is said what changed."""

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from redact.case import Case, Facts, named_persons
from redact.determination import Determination, determine
from redact.document import Obstacle, Span
from redact.errors import InputError
from redact.finding import Finding
from redact.policy import PolicyStack
from redact.request import Request
from redact.terms import REGION
from redact.trait import Trait


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
    except (ValueError, LookupError, TypeError, AttributeError, RecursionError):
        raise InputError("not a determination.json; name the one of a release package") from None
    return Replay(False, changes or ("the form of the file only",), now)


def recorded_case(recorded: bytes | str, request: Request) -> Case:
    """Return the case that a ``determination.json`` was made from, so that it replays without the documents.

    Raises ``InputError`` where ``recorded`` is no determination, or where that cannot be known: a document's
    own name is not recorded where it held a value, and a scope of ``request`` asks for names.
    """
    try:
        before = json.loads(recorded)
        if before["request"] != request.id:
            raise ValueError
        documents = tuple(_facts(each) for each in before["documents"])
        persons = dict(zip(named_persons(request), map(frozenset, before["persons"]), strict=True))
        arrested, victims = frozenset(before["arrested"]), frozenset(before.get("victims", ()))
        renamed = any(each["renamed"] for each in before["documents"])
    except (ValueError, LookupError, TypeError, AttributeError, RecursionError):
        raise InputError("not a determination.json of this request; name the one of its package") from None
    if renamed and any(basis.scope.documents for basis in request.legal_basis):
        raise InputError(
            "names of documents that a scope asks for are not recorded; replay with the documents"
        )
    return Case(documents, persons, arrested, victims, before["policies"].get("recognizers", ""))


def _facts(document: Mapping[str, Any]) -> Facts:
    return Facts(
        document["document"],
        tuple(
            Finding(
                found["locator"],
                Span(found["start"], found["end"]),
                found["entity"],
                found["score"],
                found["recognizer"],
                found["pattern"],
                subject=found["subject"],
                incident=found.get("incident", ""),
            )
            for found in document["findings"]
            # The request itself says which regions go, so they are found again.
            if found["entity"] != REGION
        ),
        document["record_type"],
        tuple(Obstacle(each["code"], each["reason"], each["locator"]) for each in document["obstacles"]),
        "not recorded" if document["renamed"] else "",
        document["pages"],
        tuple(Trait(each["trait"], each["locator"]) for each in document.get("traits", ())),
    )


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
        locator, start, end, entity, _ = place
        yield from _decision(f"{where}, {entity} at {locator} {start}-{end}", old[place], new[place])


def _place(finding: Mapping[str, Any]) -> tuple[str, int, int, str, str]:
    return finding["locator"], finding["start"], finding["end"], finding["entity"], finding["pattern"]


def _decision(where: str, before: Mapping[str, Any] | None, now: Mapping[str, Any]) -> Iterator[str]:
    before = before or {}
    if before.get("action") != now["action"]:
        yield f"{where}: {before.get('action')}, now {now['action']}"
    for key in ("rules", "citations", "missing"):
        if before.get(key) != now[key]:
            yield f"{where}: other {key}: {_listed(before.get(key))}, now {_listed(now[key])}"


def _listed(items: list[str] | None) -> str:
    return "; ".join(items or ()) or "none"
