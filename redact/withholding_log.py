"""The withholding log: one row for each redaction and each document withheld, never a value."""

import csv
import html
import io
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from redact.decision import Decision
from redact.redaction import Grounded

COLUMNS = ("document", "locator", "entity", "action", "exemption", "citation", "rule", "reason")


@dataclass(frozen=True, slots=True)
class Logged:
    """What the log says of one document."""

    name: str
    decision: Decision
    """Why it was withheld, if it was."""
    redactions: tuple[Grounded, ...] | None
    """What was redacted in it; None if it was not released."""


def rows_of(documents: Iterable[Logged]) -> Iterator[dict[str, str]]:
    """Yield a row for each redaction made and each document withheld or referred; never a value."""
    for document in documents:
        if document.redactions is None:
            yield _row(document.name, document.decision)
            continue
        for grounded in document.redactions:
            decisions = [decision for _, decision in grounded.grounds]
            yield {
                "document": document.name,
                "locator": grounded.redaction.locator,
                "entity": _joined(finding.entity for finding, _ in grounded.grounds),
                "action": max(decision.action for decision in decisions).name,
                "exemption": grounded.redaction.marking,
                "citation": _joined(c for decision in decisions for c in decision.citations),
                "rule": _joined(r for decision in decisions for r in decision.rules),
                "reason": _joined(r for decision in decisions for r in decision.reasons),
            }


def _row(document: str, decision: Decision) -> dict[str, str]:
    return {
        "document": document,
        "locator": "",
        "entity": "",
        "action": decision.action.name,
        "exemption": _joined(decision.exemptions),
        "citation": _joined(decision.citations),
        "rule": _joined(decision.rules),
        "reason": _joined((*decision.reasons, *(f"refer to: {office}" for office in decision.referrals))),
    }


def _joined(items: Iterable[str]) -> str:
    return "; ".join(dict.fromkeys(items))


def as_csv(rows: Iterable[Mapping[str, str]]) -> Iterator[bytes]:
    """Yield the withholding log as CSV (UTF-8, comma, one header row), a row at a time."""
    line = io.StringIO()
    writer = csv.DictWriter(line, COLUMNS, lineterminator="\r\n")
    writer.writeheader()
    for row in rows:
        yield _taken(line)
        writer.writerow({key: _inert(value) for key, value in row.items()})
    yield _taken(line)


def _taken(line: io.StringIO) -> bytes:
    taken = line.getvalue().encode("utf-8")
    line.seek(0)
    line.truncate()
    return taken


def _inert(cell: str) -> str:
    """Keep a spreadsheet from taking a cell for a formula."""
    return f"'{cell}" if cell.startswith(("=", "+", "-", "@", "\t")) else cell


def as_page(request_id: str, decided_on: str, rows: Iterable[Mapping[str, str]]) -> Iterator[bytes]:
    """Yield the withholding log as a page to print (HTML, no script, nothing fetched), a row at a time."""
    head = "".join(f"<th scope=col>{column.title()}</th>" for column in COLUMNS)
    yield f"""<!doctype html>
<html lang="en">
<meta charset="utf-8">
<title>Withholding log {html.escape(request_id)}</title>
<style>
body {{ font: 10pt/1.3 sans-serif; margin: 1.5cm }}
table {{ border-collapse: collapse; width: 100% }}
th, td {{ border: 1px solid #888; padding: 2pt 4pt; text-align: left; vertical-align: top }}
thead {{ display: table-header-group }} tr {{ break-inside: avoid }}
@page {{ size: landscape }}
</style>
<h1>Withholding log</h1>
<p>Request {html.escape(request_id)}, decided on {html.escape(decided_on)}. One row for each redaction and
each document withheld. The log never holds what was removed.</p>
<table><thead><tr>{head}</tr></thead><tbody>
""".encode()
    for row in rows:
        cells = "".join(f"<td>{html.escape(row[column])}</td>" for column in COLUMNS)
        yield f"<tr>{cells}</tr>\n".encode()
    yield b"</tbody></table>\n</html>\n"
