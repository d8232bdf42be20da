"""Writing a workbook anew: cells, number formats, widths and merged ranges, and nothing else."""

import re
from collections.abc import Mapping
from itertools import groupby

from lxml import etree

from redact.formats.interface import Replacement, Written
from redact.formats.markup import serialize
from redact.formats.ooxml import CONTENT_TYPES, content_types, relationships
from redact.formats.package import PICTURE_TYPES, Package
from redact.formats.passage import Cut, Slot, cut
from redact.formats.xlsx.drawings import Picture, drawing
from redact.formats.xlsx.numbers import is_plain, written_format
from redact.formats.xlsx.reading import Cell, R, S, Sheet, Workbook

_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/"
_SHEET = "application/vnd.openxmlformats-officedocument.spreadsheetml."
_FORMATS = (0, 2, 3, 4, 9, 10, 14, 21, 22)
_BLACK = len(_FORMATS)
"""Style of a cell in which something is removed; the others follow ``_FORMATS``."""
_MAX_TEXT = 32_767


def write(workbook: Workbook, cuts: Mapping[Slot, list[Cut]], members: Mapping[str, Replacement]) -> Written:
    """Return the package of a workbook without what is cut."""
    parts: dict[str, bytes] = {}
    types: dict[str, str] = {}
    relations = []
    root = etree.Element(S + "workbook", nsmap={"s": S[1:-1], "r": R[1:-1]})
    sheets = etree.SubElement(root, S + "sheets")
    taken: set[str] = set()
    for number, sheet in enumerate(workbook.sheets, 1):
        name = _sheet_name(cut(sheet.name, cuts.get(("sheet", number - 1), ())), number, taken)
        id = {"name": name, "sheetId": str(number), R + "id": f"rId{number}"}
        etree.SubElement(sheets, S + "sheet", id)
        parts[f"xl/worksheets/sheet{number}.xml"] = serialize(_worksheet(sheet, cuts))
        if sheet.pictures:
            _add_drawing(number, sheet, members, parts, types)
        types[f"xl/worksheets/sheet{number}.xml"] = _SHEET + "worksheet+xml"
        relations.append((f"rId{number}", _OFFICE + "worksheet", f"worksheets/sheet{number}.xml"))
    relations.append(("rIdStyles", _OFFICE + "styles", "styles.xml"))
    parts["xl/styles.xml"] = _STYLES
    types |= {"xl/workbook.xml": _SHEET + "sheet.main+xml", "xl/styles.xml": _SHEET + "styles+xml"}
    head = {
        CONTENT_TYPES: content_types(types, {s[1:]: kind for s, kind in PICTURE_TYPES.items()}),
        "_rels/.rels": relationships([("rId1", _OFFICE + "officeDocument", "xl/workbook.xml")]),
        "xl/workbook.xml": serialize(root),
        "xl/_rels/workbook.xml.rels": relationships(relations),
    }
    return Written(Package.write({**head, **parts}), tuple(workbook.content.notes))


def _add_drawing(
    number: int,
    sheet: Sheet,
    members: Mapping[str, Replacement],
    parts: dict[str, bytes],
    types: dict[str, str],
) -> None:
    """Add the drawing of a sheet with the pictures that are released, and their files, once each."""
    placed: list[tuple[Picture, Replacement, str]] = []
    media: list[str] = []
    for picture in sheet.pictures:
        member = members.get(picture.member, Replacement(None))
        if member.data is None or member.suffix.lower() not in PICTURE_TYPES:
            placed.append((picture, member, ""))
            continue
        name = f"picture{picture.member.rpartition(':')[2]}{member.suffix.lower()}"
        parts[f"xl/media/{name}"] = member.data
        if name not in media:
            media.append(name)
        placed.append((picture, member, f"rId{media.index(name) + 1}"))
    parts[f"xl/drawings/drawing{number}.xml"] = serialize(drawing(placed))
    types[f"xl/drawings/drawing{number}.xml"] = "application/vnd.openxmlformats-officedocument.drawing+xml"
    target = f"../drawings/drawing{number}.xml"
    parts[f"xl/worksheets/_rels/sheet{number}.xml.rels"] = relationships(
        [("rId1", _OFFICE + "drawing", target)]
    )
    if media:
        parts[f"xl/drawings/_rels/drawing{number}.xml.rels"] = relationships(
            [(f"rId{n}", _OFFICE + "image", f"../media/{name}") for n, name in enumerate(media, 1)]
        )


def _worksheet(sheet: Sheet, cuts: Mapping[Slot, list[Cut]]) -> etree._Element:
    root = etree.Element(S + "worksheet", nsmap={"s": S[1:-1], "r": R[1:-1]})
    if sheet.widths:
        columns = etree.SubElement(root, S + "cols")
        for first, last, width in sheet.widths:
            sizes = {"min": str(first), "max": str(last), "width": f"{max(width, 4):g}", "customWidth": "1"}
            etree.SubElement(columns, S + "col", sizes)
    data = etree.SubElement(root, S + "sheetData")
    ordered = sorted(sheet.cells, key=lambda cell: (cell.row, cell.column))
    for number, cells in groupby(ordered, key=lambda cell: cell.row):
        row = etree.SubElement(data, S + "row", r=str(number))
        for cell in cells:
            row.append(_cell(cell, cuts.get(cell)))
    if sheet.merged:
        merged = etree.SubElement(root, S + "mergeCells")
        for reference in sheet.merged:
            etree.SubElement(merged, S + "mergeCell", ref=reference)
    if sheet.pictures:
        etree.SubElement(root, S + "drawing", {R + "id": "rId1"})
    return root


def _cell(cell: Cell, cuts: list[Cut] | None) -> etree._Element:
    element = etree.Element(S + "c", r=f"{_letters(cell.column)}{cell.row}")
    if cell.number is not None and cuts is None and is_plain(cell.code):
        element.set("s", str(_FORMATS.index(written_format(cell.code))))
        etree.SubElement(element, S + "v").text = cell.number
        return element
    if cuts is not None:
        element.set("s", str(_BLACK))
    element.set("t", "inlineStr")
    text = cut(cell.text, cuts or ())[:_MAX_TEXT]
    # Excel reads _x0041_ as a character; control characters cannot stand in XML.
    text = re.sub(r"_(x[0-9A-Fa-f]{4}_)", r"_x005F_\1", re.sub(r"[\x00-\x08\x0b\x0c\x0e-\x1f]", "", text))
    shown = etree.SubElement(etree.SubElement(element, S + "is"), S + "t")
    shown.set("{http://www.w3.org/XML/1998/namespace}space", "preserve")
    shown.text = text
    return element


def _letters(column: int) -> str:
    letters = ""
    while column:
        column, rest = divmod(column - 1, 26)
        letters = chr(65 + rest) + letters
    return letters


def _sheet_name(name: str, number: int, taken: set[str]) -> str:
    clean = (
        re.sub(r"[:*?/\\]", "_", name.replace("[", "(").replace("]", ")")).strip("' ")[:31]
        or f"Sheet {number}"
    )
    if clean.casefold() in taken:
        clean = f"{clean[:25]} {number}"
    taken.add(clean.casefold())
    return clean


_STYLES = (
    '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>'
    '<styleSheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main">'
    '<fonts count="2"><font><sz val="11"/><name val="Calibri"/></font>'
    '<font><sz val="11"/><color rgb="FFFFFFFF"/><name val="Calibri"/></font></fonts>'
    '<fills count="3">'
    '<fill><patternFill patternType="none"/></fill><fill><patternFill patternType="gray125"/>'
    "</fill>"
    '<fill><patternFill patternType="solid"><fgColor rgb="FF000000"/></patternFill></fill></fills>'
    "<borders><border><left/><right/><top/><bottom/><diagonal/></border></borders>"
    '<cellStyleXfs count="1"><xf numFmtId="0" fontId="0" fillId="0" borderId="0"/></cellStyleXfs>'
    f'<cellXfs count="{_BLACK + 1}">'
    + "".join(
        f'<xf numFmtId="{number}" fontId="0" fillId="0" borderId="0" xfId="0" applyNumberFormat="1"/>'
        for number in _FORMATS
    )
    + '<xf numFmtId="0" fontId="1" fillId="2" borderId="0" xfId="0" applyFont="1" applyFill="1"/>'
    '</cellXfs><cellStyles count="1"><cellStyle name="Normal" xfId="0" builtinId="0"/></cellStyles>'
    "</styleSheet>"
).encode()
