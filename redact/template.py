"""Templates: Word documents with ``{{placeholders}}`` that a city may replace by its own.

A placeholder stands in any paragraph: of the body, of a table, of a header or footer. One that names a list
stands in a paragraph of its own, which is repeated for each item and goes where there is none. One with a
dot, such as ``{{exemption.count}}``, stands in a row of a table; the row is repeated for each row of that
list, and a table that is left with its heading alone goes.
"""

import io
import re
import zipfile
from collections.abc import Callable, Iterator, Mapping, Sequence
from copy import deepcopy
from datetime import date, datetime, time
from typing import Any

from redact.errors import LetterError

Row = Mapping[str, str]
Value = str | Sequence[str] | Sequence[Row]
"""What a placeholder stands for: words in a sentence, paragraphs, or rows of a table."""

_PLACEHOLDER = re.compile(r"\{\{\s*([a-z_]+(?:\.[a-z_]+)?)\s*\}\}")
_ILLEGAL = re.compile("[^ -\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]+|\\s+")
_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_EPOCH = (1980, 1, 1, 0, 0, 0)
"""The earliest time that a ZIP archive can state."""


def fill(template: bytes, values: Mapping[str, Value], *, dated: date, author: str, title: str) -> bytes:
    """Return the DOCX ``template`` with every placeholder filled: the same bytes for the same arguments.

    Raises ``LetterError`` where the template is no DOCX, or has a placeholder that ``values`` has not or that
    stands where its value cannot.
    """
    document = _open(template)
    for root in _roots(document):
        for row in list(root.iter(f"{_W}tr")):
            _fill_row(row, values)
        for paragraph in list(root.iter(f"{_W}p")):
            _fill_paragraph(paragraph, values)
        for paragraph in root.iter(f"{_W}p"):
            if "{{" in _said(paragraph) or "}}" in _said(paragraph):
                raise LetterError(
                    "the template has a placeholder that is not spelled as {{name}}; correct it"
                )
    properties = document.core_properties
    properties.author = properties.last_modified_by = author
    properties.title, properties.comments, properties.revision = title, "", 1
    properties.created = properties.modified = datetime.combine(dated, time())
    saved = io.BytesIO()
    document.save(saved)
    return _fixed(saved.getvalue())


def placeholders(template: bytes) -> frozenset[str]:
    """Return the names of the placeholders in a DOCX template; raises ``LetterError`` where it is none."""
    paragraphs = (p for root in _roots(_open(template)) for p in root.iter(f"{_W}p"))
    return frozenset(name for paragraph in paragraphs for name in _PLACEHOLDER.findall(_said(paragraph)))


def _open(template: bytes) -> Any:
    import docx

    try:
        return docx.Document(io.BytesIO(template))
    except Exception:
        raise LetterError("the template is not a Word document; save it as .docx") from None


def _roots(document: Any) -> Iterator[Any]:
    """Yield the XML of the body and of every header and footer."""
    yield document.element.body
    for relation in document.part.rels.values():
        if relation.reltype.endswith(("/header", "/footer")):
            yield relation.target_part.element


def _said(element: Any) -> str:
    return "".join(text.text or "" for text in element.iter(f"{_W}t"))


def _fill_row(row: Any, values: Mapping[str, Value]) -> None:
    """Repeat a row for each row of the list that its dotted placeholders name."""
    dotted = {name for name in _PLACEHOLDER.findall(_said(row)) if "." in name}
    if not dotted:
        return
    stems = {name.partition(".")[0] for name in dotted}
    if len(stems) > 1:
        raise LetterError("the template mixes two lists in one row of a table; give each its own table")
    items = _value(stems.pop(), values)
    for item in items:
        if not isinstance(item, Mapping):
            raise LetterError(f"the template asks for a part of {{{{{dotted.pop()}}}}}, which has none")
        copy = deepcopy(row)
        row.addprevious(copy)
        for paragraph in copy.iter(f"{_W}p"):
            _replace(paragraph, _columns(item, values))
    table = row.getparent()
    table.remove(row)
    if not items and len(list(table.iter(f"{_W}tr"))) == 1:
        table.getparent().remove(table)


def _columns(item: Row, values: Mapping[str, Value]) -> Callable[[str], str]:
    def value(name: str) -> str:
        column = name.partition(".")[2]
        if column and column not in item:
            raise LetterError(f"the template has an unknown placeholder {{{{{name}}}}}")
        return item[column] if column else _words(name, values)

    return value


def _fill_paragraph(paragraph: Any, values: Mapping[str, Value]) -> None:
    alone = _PLACEHOLDER.fullmatch(_said(paragraph).strip())
    value = _value(alone[1], values) if alone else ""
    if isinstance(value, str):
        _replace(paragraph, lambda name: _words(name, values))
        return
    for item in value:
        if not isinstance(item, str):
            raise LetterError("the template has a table in a paragraph; use a row with dotted placeholders")
        copy = deepcopy(paragraph)
        paragraph.addprevious(copy)
        _replace(copy, lambda _, item=item: item)  # type: ignore[misc]
    paragraph.getparent().remove(paragraph)


def _value(name: str, values: Mapping[str, Value]) -> Value:
    if name not in values:
        raise LetterError(
            f"the template has an unknown placeholder {{{{{name}}}}}; use {', '.join(sorted(values))}"
        )
    return values[name]


def _words(name: str, values: Mapping[str, Value]) -> str:
    value = _value(name, values)
    if not isinstance(value, str):
        raise LetterError(f"the template puts the list {{{{{name}}}}} into a sentence; give it a paragraph")
    return value


def _replace(paragraph: Any, value: Callable[[str], str]) -> None:
    """Fill the placeholders of a paragraph; each takes the looks of the run in which it begins."""
    pieces = list(paragraph.iter(f"{_W}t"))
    text = "".join(piece.text or "" for piece in pieces)
    starts = [sum(len(piece.text or "") for piece in pieces[:number]) for number in range(len(pieces) + 1)]
    # From the last to the first, so that the places of those still to come stay as they are.
    for match in reversed(list(_PLACEHOLDER.finditer(text))):
        filled = _ILLEGAL.sub(" ", value(match[1])).replace("{{", "{").replace("}}", "}")
        for piece, start, end in zip(pieces, starts, starts[1:], strict=False):
            if start >= match.end() or end <= match.start():
                continue
            own = piece.text or ""
            head = own[: max(match.start() - start, 0)]
            tail = own[match.end() - start :] if match.end() <= end else ""
            piece.text = head + filled + tail
            piece.set("{http://www.w3.org/XML/1998/namespace}space", "preserve")
            filled = ""


def _fixed(archive: bytes) -> bytes:
    """Return a ZIP archive with the same members, all of the same age."""
    result = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(archive)) as source, zipfile.ZipFile(result, "w") as target:
        for name in source.namelist():
            member = zipfile.ZipInfo(name, _EPOCH)
            member.compress_type = zipfile.ZIP_DEFLATED
            member.external_attr = 0o600 << 16
            target.writestr(member, source.read(name))
    return result.getvalue()
