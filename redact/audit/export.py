"""The export of the audit log for the Internal Auditor (Pasadena Police, Procedure 3.C), and its checking."""

import json
from collections.abc import Iterable, Iterator
from datetime import UTC, datetime
from typing import Any

from redact.audit.chain import Anchor, AuditLog, Entry, Verification, verify, verify_entries
from redact.errors import AuditError


def export(
    log: AuditLog,
    *,
    since: datetime | None = None,
    until: datetime | None = None,
    by: str = "",
    anchors: Iterable[Anchor] = (),
) -> Iterator[str]:
    """Yield the entries from ``since`` up to, not including, ``until`` as lines of JSON; then a last line.

    The last line has the anchor of the last exported entry, the anchor of the whole log, and what verifying
    the whole log found: a broken log is exported too, and says so. The export is itself recorded first.
    Raises ``AuditError`` where that cannot be done or the log cannot be read.
    """
    record: dict[str, Any] = {"by": by} if by else {}
    for name, moment in (("since", since), ("until", until)):
        if moment is not None:
            record[name] = _utc(moment)
    log.append("export", record)
    verification = verify(log, *anchors)
    exported = list(_period(log.entries(), since, until))
    for entry in exported:
        yield json.dumps(entry.as_dict(), ensure_ascii=False, sort_keys=True)
    yield json.dumps(
        {
            "anchor": exported[-1].anchor.as_dict() if exported else None,
            "head": verification.head.as_dict() if verification.head else None,
            "entries": len(exported),
            "sound": verification.sound,
            "problems": list(verification.problems),
        },
        sort_keys=True,
    )


def verify_export(lines: Iterable[str]) -> Verification:
    """Check an export by itself: that its entries are unchanged and unbroken, to the anchor in its last line.

    Raises ``AuditError`` where it is not an export.
    """
    try:
        *rows, last = [json.loads(line) for line in lines if line.strip()]
        entries = [Entry(**row) for row in rows]
        anchor = Anchor(**last["anchor"]) if last["anchor"] else None
        stated = int(last["entries"])
    except (ValueError, TypeError, KeyError):
        raise AuditError("this is not an export of an audit log: a line is missing or malformed") from None
    found = verify_entries(
        entries, *([anchor] if anchor else []), first=entries[0].sequence if entries else 1, previous=None
    )
    problems = found.problems
    if stated != len(entries):
        problems = (*problems, f"{stated} entries were exported, {len(entries)} are here")
    if found.head != anchor:
        problems = (*problems, "the last entry is not the anchored one")
    return Verification(found.entries, found.head, problems)


def _period(entries: Iterable[Entry], since: datetime | None, until: datetime | None) -> Iterator[Entry]:
    """Yield the unbroken run from the first entry of the period to its last, whatever the clock did."""
    low = _utc(since) if since else ""
    high = _utc(until) if until else None
    held: list[Entry] = []
    begun = False
    for entry in entries:
        begun = begun or entry.at >= low
        if not begun:
            continue
        held.append(entry)
        if high is None or entry.at < high:
            yield from held
            held.clear()


def _utc(moment: datetime) -> str:
    """Write a moment as the log does; one without a time zone is taken to be UTC."""
    aware = moment if moment.tzinfo else moment.replace(tzinfo=UTC)
    return aware.astimezone(UTC).isoformat(timespec="microseconds")
