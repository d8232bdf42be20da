"""What an entry of the audit log may say: the kinds of entries and the keys of each.

A record holds names, numbers and hashes that the program itself gives, and where a policy demands it, words
that a clerk typed; never a value that was found. So every key is declared with the form of what it takes, and
everything else is refused.
"""

import json
import re
from collections.abc import Callable, Mapping, Sequence
from types import MappingProxyType
from typing import Any

from redact.errors import AuditError

Check = Callable[[object], bool]
"""Whether a JSON value has the form that a key takes."""


def _pattern(pattern: str) -> Check:
    compiled = re.compile(pattern)
    return lambda value: isinstance(value, str) and compiled.fullmatch(value) is not None


def _listed(check: Check) -> Check:
    return lambda value: isinstance(value, list) and all(check(item) for item in value)


def _mapped(key: Check, check: Check) -> Check:
    return lambda value: isinstance(value, dict) and all(key(k) and check(v) for k, v in value.items())


def _rows(**columns: Check) -> Check:
    def check(value: object) -> bool:
        return isinstance(value, Sequence) and all(
            isinstance(row, dict) and all(k in columns and columns[k](v) for k, v in row.items())
            for row in value
        )

    return check


_NUMBER_OF_SOMEBODY = re.compile(
    r"(?<!\w)(?:\d{3}[-. ]\d{2}[-. ]\d{4}|\d{9,}|\d{4}(?:[- ]\d{4}){3}|"
    r"A[-# ]?\d{2,3}[- ]?\d{3}[- ]?\d{3})(?!\w)",
    re.IGNORECASE,
)


def _words(value: object) -> bool:
    """Words that a clerk typed: one paragraph, without anything shaped like a number of a person or card."""
    return (
        isinstance(value, str)
        and len(value) <= 2000
        and value.isprintable()
        and not _NUMBER_OF_SOMEBODY.search(value)
    )


def _count(value: object) -> bool:
    return isinstance(value, int) and not isinstance(value, bool) and value >= 0


def _flag(value: object) -> bool:
    return isinstance(value, bool)


def _token(value: object) -> bool:
    """A name that the program or a policy gives, such as the id of a rule."""
    return _name(value) and not _NUMBER_OF_SOMEBODY.search(str(value))


_name = _pattern(r"[A-Za-z0-9][\w.:+/()#-]{0,127}")
_hash = _pattern(r"[0-9a-f]{64}")
_day = _pattern(r"\d{4}-\d\d-\d\d")
_moment = _pattern(r"\d{4}-\d\d-\d\d(?:T\d\d:\d\d(?::\d\d(?:\.\d{1,6})?)?(?:[+-]\d\d:\d\d|Z)?)?")
_office = _pattern(r"[^\W\d_][\w &/'’.-]{0,79}")
_counts = _mapped(_token, _count)
_tokens = _listed(_token)
_versions = _mapped(_token, _name)
_documents = _rows(
    sha256=_hash,
    written_sha256=_hash,
    record_type=_token,
    outcome=_token,
    findings=_counts,
    actions=_counts,
    rules=_tokens,
    exemptions=_tokens,
    obstacles=_counts,
    pages=_count,
)
_bases = _rows(
    kind=_token, citation=_words, issuer=_words, court=_words, docket=_words, issued_on=_day, expires_on=_day,
    verified_by=_words, verified_role=_token, verified_on=_day, counts=_flag, sha256=_hash,
)  # fmt: skip

_CASE: Mapping[str, Check] = {"request": _name, "by": _words, "host": _token}

KINDS: Mapping[str, Mapping[str, Check]] = MappingProxyType(
    {
        "scan": {
            **_CASE, "documents": _count, "findings": _counts, "obstacles": _counts, "recognizers": _name,
            "hashes": _listed(_hash),
        },
        "determination": {
            **_CASE, "category": _token, "capacity": _token, "purpose": _token, "duty": _token,
            "self_access": _flag, "received": _day, "decided_on": _day, "policies": _versions,
            "recognizers": _name, "outcome": _token, "rules": _tokens, "exemptions": _tokens,
            "referrals": _listed(_office), "documents": _documents, "bases": _bases,
            "authorizations": _rows(role=_token, name=_words, on=_day), "sha256": _hash,
        },
        "release": {
            **_CASE, "outcome": _token, "documents": _count, "redactions": _counts, "withheld": _count,
            "manifest_sha256": _hash, "package_sha256": _hash, "files": _listed(_hash), "verified": _flag,
            "expires_on": _day,
        },
        "withholding": {
            **_CASE, "outcome": _token, "documents": _count, "rules": _tokens, "exemptions": _tokens,
            "referrals": _listed(_office), "obstacles": _counts, "manifest_sha256": _hash,
        },
        "referral": {
            **_CASE, "office": _office, "rules": _tokens, "documents": _count, "received_on": _day,
        },
        "verification": {**_CASE, "outcome": _token, "problems": _counts, "manifest_sha256": _hash},
        "review": {**_CASE, "sha256": _hash, "added": _counts, "removed": _counts, "document": _count},
        "contact": {
            **_CASE, "at": _moment, "officer": _words, "officials": _listed(_words), "purpose": _words,
            "outcome": _words, "channel": _token,
        },
        "extension": {**_CASE, "reasons": _tokens, "noticed_on": _day, "until": _day},
        "delivery": {
            **_CASE, "on": _day, "to": _pattern("record_subject|authorised_representative"),
            "channel": _pattern("in_person|registered_mail|protected_account"), "reference": _token,
        },
        "closure": {**_CASE, "outcome": _token, "on": _day},
        "violation_report": {
            **_CASE, "noticed_at": _moment, "policy": _token, "clause": _token, "reported_to": _office,
            "reference": _token,
        },
        "complaint": {
            **_CASE, "category": _token, "received_on": _day, "reference": _token, "finding": _token,
        },
        "acknowledgement": {**_CASE, "policy": _token, "clause": _token, "on": _day, "people": _count},
        "training": {**_CASE, "policy": _token, "on": _day, "people": _count, "reference": _token},
        "post_check": {**_CASE, "outcome": _token, "findings": _counts, "advice": _counts},
        "form_check": {**_CASE, "outcome": _token, "findings": _counts, "sha256": _hash},
        "batch": {**_CASE, "documents": _count, "outcomes": _counts, "obstacles": _counts},
        "export": {**_CASE, "since": _moment, "until": _moment, "entries": _count},
    }
)  # fmt: skip
"""For each kind of entry, its keys and the form of what each takes."""


def canonical(kind: str, record: Mapping[str, Any]) -> str:
    """Return ``record`` as canonical JSON: sorted keys, no spaces.

    Rows may come as a sequence that makes them as they are asked for, so that very many take little memory.
    Raises ``AuditError`` where the kind is unknown, a key is not declared for it, or a value has not the form
    that its key takes. The message names the key, never the value.
    """
    keys = KINDS.get(kind)
    if keys is None:
        raise AuditError(f"unknown kind of audit entry; use one of {', '.join(KINDS)}")
    for key, value in record.items():
        if key not in keys:
            raise AuditError(f"the audit log takes no such key in a {kind} entry; use {', '.join(keys)}")
        if not keys[key](value):
            raise AuditError(
                f"{kind}.{key} has not the form that the audit log takes, so nothing was recorded; words go "
                "in one paragraph of at most 2000 characters, without numbers of a person, account or card"
            )
    return "{" + ",".join(f"{_written(key)}:{_written(record[key])}" for key in sorted(record)) + "}"


def _written(value: object) -> str:
    if isinstance(value, Sequence) and not isinstance(value, str | list | tuple):
        return "[" + ",".join(map(_written, value)) + "]"
    return json.dumps(value, sort_keys=True, separators=(",", ":"), ensure_ascii=False)
