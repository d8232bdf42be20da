"""Drawings of a workbook: pictures keep the cell that they hang on, text of shapes is set down in cells."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from lxml import etree

from redact.formats.drawingml import A, R, add_frame, add_picture
from redact.formats.interface import Replacement
from redact.formats.markup import local
from redact.formats.ooxml import Relation

XDR = "{http://schemas.openxmlformats.org/drawingml/2006/spreadsheetDrawing}"
_INCH = 914_400
"""In EMU (ECMA-376, part 1, 20.1.2.1)."""
_LARGEST = 100_000_000
_LAST = {"col": 16_383, "row": 1_048_575}
"""Place of the last column and row of a sheet."""


@dataclass(frozen=True, slots=True)
class Picture:
    """A picture on a sheet: the cell at its top left, counted from 0, and its size in EMU."""

    member: str
    """Locator of the member."""
    column: int
    row: int
    size: tuple[int, int] = (2 * _INCH, 2 * _INCH)


def anchored(
    root: etree._Element, relations: dict[str, Relation]
) -> Iterator[tuple[str, int, int, tuple[int, int]]]:
    """Yield the pictures of a drawing part: target, column, row and size of each."""
    for anchor in root:
        if not local(anchor).endswith("CellAnchor") and local(anchor) != "absoluteAnchor":
            continue
        corner = anchor.find(XDR + "from")
        column, row = (_index(corner, name) for name in ("col", "row"))
        targets = [
            relation.target
            for blip in anchor.iter(A + "blip")
            if (relation := relations.get(blip.get(R + "embed", ""))) is not None and not relation.external
        ]
        for target in dict.fromkeys(targets):
            yield target, column, row, _size(anchor)


def _index(corner: etree._Element | None, name: str) -> int:
    text = "" if corner is None else corner.findtext(XDR + name, "").strip()
    return min(int(text), _LAST[name]) if re.fullmatch(r"\d{1,9}", text) else 0


def _size(anchor: etree._Element) -> tuple[int, int]:
    for extent in (*anchor.findall(XDR + "ext"), *anchor.iter(A + "ext")):
        sizes = [extent.get("cx", ""), extent.get("cy", "")]
        if all(re.fullmatch(r"[1-9]\d{0,8}", size) and int(size) < _LARGEST for size in sizes):
            return int(sizes[0]), int(sizes[1])
    return 2 * _INCH, 2 * _INCH


def drawing(pictures: list[tuple[Picture, Replacement, str]]) -> etree._Element:
    """Return the drawing part of a sheet: each picture, or its notice where its relationship is empty."""
    root = etree.Element(XDR + "wsDr", nsmap={"xdr": XDR[1:-1], "a": A[1:-1], "r": R[1:-1]})
    for number, (picture, member, relation) in enumerate(pictures, 1):
        anchor = etree.SubElement(root, XDR + "oneCellAnchor")
        corner = etree.SubElement(anchor, XDR + "from")
        for name, value in (("col", picture.column), ("colOff", 0), ("row", picture.row), ("rowOff", 0)):
            etree.SubElement(corner, XDR + name).text = str(value)
        size = {"cx": str(picture.size[0]), "cy": str(picture.size[1])}
        etree.SubElement(anchor, XDR + "ext", size)
        if relation:
            add_picture(anchor, XDR, number, relation, size)
        else:
            _add_notice(anchor, number, f"[{picture.member}: {member.notice}]", size)
        etree.SubElement(anchor, XDR + "clientData")
    return root


def _add_notice(anchor: etree._Element, number: int, text: str, size: dict[str, str]) -> None:
    """Add a black box with ``text`` in white."""
    shape = etree.SubElement(anchor, XDR + "sp")
    head = etree.SubElement(shape, XDR + "nvSpPr")
    etree.SubElement(head, XDR + "cNvPr", id=str(number), name=f"Text Box {number}")
    etree.SubElement(head, XDR + "cNvSpPr", txBox="1")
    frame = add_frame(shape, XDR, size)
    etree.SubElement(etree.SubElement(frame, A + "solidFill"), A + "srgbClr", val="000000")
    body = etree.SubElement(shape, XDR + "txBody")
    etree.SubElement(body, A + "bodyPr", wrap="square")
    run = etree.SubElement(etree.SubElement(body, A + "p"), A + "r")
    looks = etree.SubElement(etree.SubElement(run, A + "rPr"), A + "solidFill")
    etree.SubElement(looks, A + "srgbClr", val="FFFFFF")
    etree.SubElement(run, A + "t").text = text
