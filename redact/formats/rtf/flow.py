"""Flows: text of rich text as a reader sees it, in runs of one look and marks between them."""

from collections.abc import Iterator
from dataclasses import dataclass, field

from redact.formats.passage import Passage
from redact.formats.tables import lay_out


@dataclass(eq=False, slots=True)
class Run:
    """Text of one look; a slot of passages."""

    text: str = field(repr=False)
    bold: bool = False
    italic: bool = False
    underlined: bool = False


@dataclass(frozen=True, slots=True)
class Mark:
    """The end of a paragraph, line, cell or row, or a tab."""

    kind: str


Flow = list[Run | Mark]


def rows(flow: Flow) -> Iterator[list[Flow] | Run | Mark]:
    """Yield a flow with each row of a table as a list of its cells."""
    cells: list[Flow] = []
    line: Flow = []
    for item in flow:
        if isinstance(item, Mark) and item.kind == "cell":
            cells.append(line)
            line = []
        elif isinstance(item, Mark) and item.kind == "row":
            if line:
                cells.append(line)
            yield cells
            cells, line = [], []
        elif isinstance(item, Mark) and item.kind == "par" and not cells:
            yield from line
            yield item
            line = []
        else:
            line.append(item)
    for cell in [*cells, line]:
        yield from cell


def passage_of(flow: Flow) -> Passage:
    """Return what is searched of a flow, its tables laid out."""
    passage = Passage()
    table: list[list[Passage]] = []
    for item in [*rows(flow), Mark("end")]:
        if isinstance(item, list):
            table.append([_plain(cell) for cell in item])
            continue
        if table:
            passage.extend(lay_out(table))
            table = []
        passage.extend(_plain([item]))
    return passage


def _plain(flow: Flow) -> Passage:
    passage = Passage()
    for item in flow:
        if isinstance(item, Run):
            passage.add(item.text, item)
        else:
            passage.add({"par": "\n", "line": "\n", "tab": "\t"}.get(item.kind, ""))
    return passage
