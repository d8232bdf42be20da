"""The withholding log: one row for each redaction and each document withheld, never a value."""

import csv
import html
import io
from collections.abc import Iterable, Iterator, Mapping, Sequence

from redact.decision import Decision
from redact.redaction import Grounded

COLUMNS = ("document", "locator", "entity", "action", "exemption", "citation", "rule", "reason")


def rows_of(
    document: str, decision: Decision, redactions: Sequence[Grounded] | None
) -> Iterator[dict[str, str]]:
    """Yield a row for each of the ``redactions`` made in a document, or one with the ``decision`` why it was
    withheld or referred, where that is None; never a value."""
    if redactions is None:
        yield _row(document, decision)
        return
    for grounded in redactions:
        decisions = [decision for _, decision in grounded.grounds]
        yield {
            "document": document,
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


def as_csv(lines: Iterable[bytes]) -> Iterator[bytes]:
    """Yield the withholding log as CSV (UTF-8, comma, one header row) of the ``csv_lines`` of documents."""
    yield from csv_lines([{column: column for column in COLUMNS}])
    yield from lines


def csv_lines(rows: Iterable[Mapping[str, str]], columns: Sequence[str] = COLUMNS) -> Iterator[bytes]:
    """Yield a line of CSV for each row, which has ``columns``; no cell is a formula to a spreadsheet."""
    line = io.StringIO()
    writer = csv.DictWriter(line, columns, lineterminator="\r\n")
    for row in rows:
        writer.writerow({key: _inert(value) for key, value in row.items()})
        yield line.getvalue().encode("utf-8")
        line.seek(0)
        line.truncate()


def _inert(cell: str) -> str:
    """Keep a spreadsheet from taking a cell for a formula."""
    return f"'{cell}" if cell.startswith(("=", "+", "-", "@", "\t")) else cell


def as_page(request_id: str, decided_on: str, lines: Iterable[bytes]) -> Iterator[bytes]:
    """Yield the withholding log as a page to print (HTML, no script, nothing fetched), of the ``page_lines``
    of documents."""
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
    yield from lines
    yield b"</tbody></table>\n</html>\n"


def page_lines(rows: Iterable[Mapping[str, str]]) -> Iterator[bytes]:
    """Yield a line of the page for each row."""
    for row in rows:
        cells = "".join(f"<td>{html.escape(row[column])}</td>" for column in COLUMNS)
        yield f"<tr>{cells}</tr>\n".encode()
