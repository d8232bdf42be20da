"""Tables as text that recognizers understand: each value stands beside the header of its column."""

import re
from collections.abc import Sequence

from redact.formats.passage import Passage


def _words(text: str) -> frozenset[str]:
    return frozenset(text.split())


_LABELS = _words(
    """
    account address age agency alien amount badge balance bank birth birthdate caller carrier case
    category cell charge check citation city claim class code comment comments condition contact cost
    county cvv date day deduction department dept description diagnosis disposition dob doctor driver
    email employee employer entry ethnicity event exp expiration expires file first fund gender grade
    group home hours id identifier incident injury insurance item job last license location login
    medical member method middle mobile mrn name nationality note notes no nr number occupation office
    officer party password patient pay payee payment person phone pin plan plate policy position program
    provider race rate reason record ref reference relationship religion remarks reporting role routing
    salary score section security serial sex shift signature social ssn state status street subject
    supervisor surname suspect tax telephone time title total tract type unit user username vehicle
    vendor victim vin witness year zip
    """
)
_LONGEST_LABEL = 40
_LONGEST_CELL = 200


def lay_out(rows: Sequence[Sequence[Passage]], headed: bool | None = None) -> Passage:
    """Return a table as one passage.

    A table with a row of headers becomes records: ``header: value`` lines, a blank line after each row. Any
    other table becomes its rows, with tabs between cells, or line breaks where cells hold much text.
    ``headed`` says whether the first row holds headers; None leaves that to be judged. Cells that the table
    merges are empty passages, so that columns stay in step.
    """
    if headed is None:
        headed = is_headed(rows)
    passage = Passage()
    if not headed or len(rows) < 2:
        for row in rows:
            _add_row(passage, row)
        return passage
    headers = rows[0]
    _add_row(passage, headers)
    for row in rows[1:]:
        for column, cell in enumerate(row):
            if not cell:
                continue
            if column < len(headers) and headers[column]:
                passage.extend(headers[column])
                passage.add(": ")
            passage.extend(cell)
            passage.add("\n")
        passage.add("\n")
    return passage


def _add_row(passage: Passage, row: Sequence[Passage]) -> None:
    texts = [cell.text for cell in row]
    between = "\n" if any("\n" in text.strip() or len(text) > _LONGEST_CELL for text in texts) else "\t"
    for number, cell in enumerate(row):
        passage.add(between if number else "")
        passage.extend(cell)
    passage.add("\n")


def is_headed(table: Sequence[Sequence[Passage]]) -> bool:
    """Judge whether the first row of a table holds headers: by its words, and by what stands below."""
    rows = [[cell.text.strip() for cell in row] for row in table]
    first = rows[0] if rows else []
    filled = [text for text in first if text]
    if len(rows) < 2 or len(filled) < 2 or len(filled) * 5 < len(first) * 4:
        return False
    if any(not _may_be_label(text) or text.endswith(":") for text in filled):
        return False
    across = _share_of_labels(filled)
    down = _share_of_labels([row[0] for row in rows if row])
    if across != down:
        return across > down
    return len(first) > 2 and any(
        2 * sum(bool(re.search(r"\d", row[column])) for row in rows[1:] if column < len(row)) > len(rows) - 1
        for column in range(len(first))
    )


def _may_be_label(text: str) -> bool:
    return len(text) <= _LONGEST_LABEL and "@" not in text and not re.search(r"\d.*\d", text)


def _share_of_labels(texts: Sequence[str]) -> float:
    labels = [
        _may_be_label(text) and not _LABELS.isdisjoint(re.findall(r"[a-z]+", text.lower())) for text in texts
    ]
    return sum(labels) / max(len(labels), 1)
