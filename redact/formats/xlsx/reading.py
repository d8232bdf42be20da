"""Reading a workbook: the cells of every sheet, and all else that a workbook can hide."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from lxml import etree

from redact.document import Member
from redact.errors import FormatError
from redact.formats.csv import lay_out_in_segments
from redact.formats.markup import local, remarks, told
from redact.formats.ooxml import OpenPackage, all_said, is_xml
from redact.formats.passage import Content, Passage
from redact.formats.xlsx.drawings import Picture, anchored
from redact.formats.xlsx.numbers import BUILT_IN, shown

S = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"
R = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}"
A = "{http://schemas.openxmlformats.org/drawingml/2006/main}"
MOST_CELLS = 500_000
LARGEST_SHEET = 50 * 2**20
_REFERENCE = re.compile(r"([A-Z]{1,3})([1-9]\d{0,6})")
_NOT_SAID = re.compile(r"xl/(theme/.*|styles|sharedStrings|calcChain)\.xml|.*\.rels|\[Content_Types\]\.xml")


@dataclass(eq=False, slots=True)
class Cell:
    """A cell with a value; a slot of passages."""

    row: int
    column: int
    text: str = field(repr=False)
    """What it shows."""
    number: str | None = field(default=None, repr=False)
    """Its number, where it is one."""
    code: str = field(default="General", repr=False)


@dataclass(slots=True)
class Sheet:
    """A sheet: its name and its cells in order."""

    name: str = field(repr=False)
    cells: list[Cell] = field(default_factory=list, repr=False)
    widths: list[tuple[int, int, float]] = field(default_factory=list)
    merged: list[str] = field(default_factory=list)
    pictures: list[Picture] = field(default_factory=list)


@dataclass(slots=True)
class Workbook:
    """A workbook as it was read."""

    content: Content
    sheets: list[Sheet] = field(default_factory=list)

    @classmethod
    def of(cls, data: bytes) -> "Workbook":
        """Open a workbook; raises ``FormatError`` where it is malformed, hostile or too large."""
        return _Reader(OpenPackage.read(data)).workbook()


class _Reader:
    def __init__(self, package: OpenPackage) -> None:
        self.package = package
        self.content = Content()
        self.said: dict[str, list[str]] = {}
        self.codes: list[str] = []
        self.strings: list[str] = []
        self.from_1904 = False
        self.count = 0
        self.pictures: dict[str, str] = {}
        """Locator of the member by name of the part."""

    def workbook(self) -> Workbook:
        workbook, main = Workbook(self.content), self.package.main()
        self._refuse()
        root = self._xml(main) if not main.endswith(".bin") else None
        if root is None or root.tag != S + "workbook":
            self.content.obstruct(
                "workbook", "It is a workbook of a rare kind: save it as an ordinary .xlsx."
            )
            return workbook
        properties = root.find(S + "workbookPr")
        self.from_1904 = properties is not None and properties.get("date1904") in ("1", "true")
        read = {main}
        relations = self.package.relations(main)
        for relation in relations.values():
            if relation.target in self.package.parts and relation.kind == "styles":
                self._styles(self._xml(relation.target))
            elif relation.target in self.package.parts and relation.kind == "sharedStrings":
                self.strings = [self._string(e) for e in self._xml(relation.target).iter(S + "si")]
        names = Passage()
        for number, listed in enumerate(root.iter(S + "sheet"), 1):
            target = relations.get(listed.get(R + "id", ""))
            if target is None or target.target not in self.package.parts:
                raise FormatError("A sheet of the workbook is missing: save it anew.")
            sheet = Sheet(listed.get("name", ""))
            names.add(sheet.name, ("sheet", number - 1))
            names.add("\n")
            workbook.sheets.append(sheet)
            read.add(target.target)
            if listed.get("state", "visible") != "visible":
                self.content.note("Hidden sheets are shown.")
            self._sheet(target.target, target.kind, sheet, number)
            self._pictures(target.target, sheet)
        self.content.add("sheet-names", names)
        for element in root:
            if local(element) != "sheets":
                self._say("workbook", told(element))
        self._drawings(workbook)
        self._say_the_rest(read)
        return workbook

    def _xml(self, part: str) -> etree._Element:
        root = self.package.xml(part)
        self._say("markup-comments", "\n".join(remarks(root)))
        etree.strip_tags(root, etree.Comment, etree.ProcessingInstruction)
        return root

    def _say(self, where: str, text: str) -> None:
        if text.strip():
            self.said.setdefault(where, []).append(text)

    def _styles(self, styles: etree._Element) -> None:
        self.codes = _codes(styles)
        named = [
            style.get("name", "") for style in styles.iter(S + "cellStyle") if not style.get("builtinId")
        ]
        self._say("style-names", "\n".join(named))
        texts = [
            "".join(pair)
            for code in styles.iter(S + "numFmt")
            for pair in re.findall(r'"([^"]*)"|\\(.)', code.get("formatCode", ""))
        ]
        self._say("number-formats", "\n".join(text for text in texts if len(text) > 1))

    def _string(self, element: etree._Element) -> str:
        for phonetic in element.iter(S + "rPh"):
            self._say("phonetic", "".join(t.text or "" for t in phonetic.iter(S + "t")))
        runs = (*element.findall(S + "t"), *element.findall(f"{S}r/{S}t"))
        return re.sub(
            r"_x([0-9A-Fa-f]{4})_", lambda m: chr(int(m[1], 16)), "".join(t.text or "" for t in runs)
        )

    def _sheet(self, part: str, kind: str, sheet: Sheet, number: int) -> None:
        if kind == "chartsheet":
            self.content.note("Charts are left out; their data stay where they are in cells.")
            return
        if kind != "worksheet":
            self.content.obstruct("macros", "It holds a sheet with macros or dialogs: save it without them.")
            return
        packed = self.package.parts[part]
        # Counted before anything is made of them; cells with a prefix are counted on the way.
        if len(packed) > LARGEST_SHEET or packed.count(b"<c ") + packed.count(b"<c>") > MOST_CELLS:
            raise FormatError("A sheet is larger than is read here: split it.")
        root = self._xml(part)
        rows: dict[int, list[Cell]] = {}
        for cell in self._cells(root):
            rows.setdefault(cell.row, []).append(cell)
            sheet.cells.append(cell)
        columns = {c: i for i, c in enumerate(sorted({cell.column for cell in sheet.cells}))}
        table: list[list[Passage]] = []
        for _, cells in sorted(rows.items()):
            line = [Passage() for _ in range(max(columns[cell.column] for cell in cells) + 1)]
            for cell in cells:
                line[columns[cell.column]].add(cell.text, cell)
            table.append(line)
        if table:
            lay_out_in_segments(table, self.content, f"sheet:{number}/rows")
        for element in root:
            if local(element) not in (
                "sheetData",
                "cols",
                "dimension",
                "sheetViews",
                "sheetFormatPr",
                "mergeCells",
            ):
                self._say(f"sheet:{number}/other", told(element))
        for column in root.iter(S + "col"):
            if column.get("hidden") in ("1", "true"):
                self.content.note("Hidden rows and columns are shown.")
            with_numbers = [column.get(key, "") for key in ("min", "max", "width")]
            if all(re.fullmatch(r"\d{1,5}(\.\d+)?", value) for value in with_numbers):
                sheet.widths.append((int(with_numbers[0]), int(with_numbers[1]), float(with_numbers[2])))
        sheet.merged = [e.get("ref", "") for e in root.iter(S + "mergeCell") if _is_range(e.get("ref", ""))]

    def _cells(self, root: etree._Element) -> Iterator[Cell]:
        row_number = 0
        for row in root.iter(S + "row"):
            row_number = int(row.get("r", "")) if row.get("r", "").isdecimal() else row_number + 1
            if row.get("hidden") in ("1", "true"):
                self.content.note("Hidden rows and columns are shown.")
            column = 0
            for element in row.iter(S + "c"):
                self.count += 1
                if self.count > MOST_CELLS:
                    raise FormatError("It has more cells than are read here: split it.")
                place = _REFERENCE.fullmatch(element.get("r", ""))
                column = _column(place[1]) if place else column + 1
                cell = self._cell(element, int(place[2]) if place else row_number, column)
                if cell is not None:
                    yield cell

    def _cell(self, element: etree._Element, row: int, column: int) -> Cell | None:
        kind = element.get("t", "n")
        value = element.findtext(S + "v")
        formula = element.find(S + "f")
        if formula is not None:
            self._say("formulas", formula.text or "")
            self.content.note("Formulas are replaced by their results.")
            if value is None and kind != "inlineStr":
                self.content.obstruct(
                    "formula", "It has formulas without results: open and save it in Excel."
                )
        inline = element.find(S + "is")
        if inline is not None:
            return Cell(row, column, self._string(inline))
        if value is None or value == "":
            return None
        if kind == "s":
            if not value.isdecimal() or int(value) >= len(self.strings):
                raise FormatError("It is a damaged workbook: save it anew.")
            text = self.strings[int(value)]
            return Cell(row, column, text) if text else None
        if kind == "b":
            return Cell(row, column, "TRUE" if value == "1" else "FALSE")
        if kind in ("str", "e", "d"):
            return Cell(row, column, value)
        style = element.get("s", "0")
        code = self.codes[int(style)] if style.isdecimal() and int(style) < len(self.codes) else "General"
        return Cell(row, column, shown(value, code, from_1904=self.from_1904), value, code)

    def _refuse(self) -> None:
        names = [name.lower() for name in self.package.parts]
        if any("macroEnabled" in t or "vbaProject" in t for t in self.package.types.values()) or any(
            "vbaproject" in name or "/macrosheets/" in name for name in names
        ):
            self.content.obstruct("macros", "It holds macros: save it as an .xlsx without them.")
        if any("/embeddings/" in name or "/activex/" in name for name in names):
            self.content.obstruct("embedded-object", "It holds an embedded file: submit that on its own.")
        if any("/charts/" in name for name in names):
            self.content.note("Charts are left out; their data stay where they are in cells.")
        if any("comments" in name for name in names):
            self.content.note("Comments are left out.")

    def _drawings(self, workbook: Workbook) -> None:
        """Set the text of drawings on a sheet of its own, and pictures that hang on no cell: backgrounds,
        those of comments, of the margins of printed pages, of charts and inside of cells."""
        passage, sheet = Passage(), Sheet("Drawings")
        for name in sorted(self.package.parts):
            if re.fullmatch(r"xl/drawings/drawing\d+\.xml", name):
                for paragraph in self.package.xml(name).iter(A + "p"):
                    text = "".join(t.text or "" for t in paragraph.iter(A + "t"))
                    if text.strip():
                        sheet.cells.append(Cell(len(sheet.cells) + 1, 1, text))
                        passage.add(text, sheet.cells[-1])
                        passage.add("\n")
            elif name.startswith("xl/media/") and name not in self.pictures:
                sheet.pictures.append(Picture(self._member(name), 2, 12 * len(sheet.pictures)))
        self.content.add("drawings", passage)
        if sheet.cells or sheet.pictures:
            workbook.sheets.append(sheet)

    def _pictures(self, part: str, sheet: Sheet) -> None:
        for relation in self.package.relations(part).values():
            if relation.kind != "drawing" or relation.target not in self.package.parts:
                continue
            root, related = self.package.xml(relation.target), self.package.relations(relation.target)
            for target, column, row, size in anchored(root, related):
                if target in self.package.parts:
                    sheet.pictures.append(Picture(self._member(target), column, row, size))

    def _member(self, part: str) -> str:
        if part not in self.pictures:
            self.pictures[part] = f"picture:{len(self.pictures) + 1}"
            name = part.rpartition("/")[2]
            self.content.members.append(Member(self.pictures[part], name, self.package.parts[part]))
        return self.pictures[part]

    def _say_the_rest(self, read: set[str]) -> None:
        for name in self.package.parts:
            for relation in self.package.relations(name).values():
                if relation.external:
                    self._say("links", relation.target)
        for where, lines in self.said.items():
            self.content.hide(where, "\n".join(lines))
        self.content.hide("package", self.package.package.remarks)
        others = [n for n in self.package.parts if n not in read and not _NOT_SAID.fullmatch(n)]
        self.content.hide("part-names", "\n".join(n for n in others if re.search(r"\d{3}", n)))
        for number, name in enumerate(others, 1):
            if is_xml(self.package, name):
                self.content.hide(f"part:{number}", all_said(self.package, name))


def _codes(styles: etree._Element) -> list[str]:
    own = {e.get("numFmtId", ""): e.get("formatCode", "") for e in styles.iter(S + "numFmt")}
    formats = [e.get("numFmtId", "0") for e in styles.findall(f"{S}cellXfs/{S}xf")]
    return [own.get(id) or BUILT_IN.get(int(id) if id.isdecimal() else 0, "General") for id in formats]


def _column(letters: str) -> int:
    number = 0
    for letter in letters:
        number = number * 26 + ord(letter) - 64
    return number


def _is_range(reference: str) -> bool:
    return all(_REFERENCE.fullmatch(corner) for corner in reference.split(":"))
