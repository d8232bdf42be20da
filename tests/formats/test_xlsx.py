"""Excel workbooks: every place that a workbook can hide a value in."""

# Payloads read better unbroken.
# ruff: noqa: E501

import io

import openpyxl
import openpyxl.drawing.image
import pytest

from redact.errors import FormatError
from redact.formats import format_of
from redact.formats.interface import Replacement
from redact.formats.package import Package
from redact.formats.xlsx import Xlsx
from redact.formats.xlsx.numbers import shown
from tests.formats.planted_docx import PNG
from tests.formats.planting import MARKING, Planted, left, unread, write

MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
HEAD = "http://schemas.openxmlformats.org/package/2006/"
KIND = "application/vnd.openxmlformats-officedocument.spreadsheetml."


def relations(*found: tuple[str, str, str]) -> str:
    inner = "".join(
        f'<Relationship Id="{id}" Type="{OFFICE}/{kind}" Target="{target}"{" TargetMode=" + chr(34) + "External" + chr(34) if ":" in target else ""}/>'
        for id, kind, target in found
    )
    return f'<Relationships xmlns="{HEAD}relationships">{inner}</Relationships>'


def package(sheets: list[tuple[str, str, str]], parts: dict[str, str | bytes], extra: str = "") -> bytes:
    """Return a workbook: name, state and inner XML of each sheet, and further parts."""
    import zipfile

    listed = "".join(
        f'<sheet name="{name}" sheetId="{n}" state="{state}" r:id="rId{n}"/>'
        for n, (name, state, _) in enumerate(sheets, 1)
    )
    every: dict[str, str | bytes] = {
        "[Content_Types].xml": f'<Types xmlns="{HEAD}content-types"><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
        f'<Default Extension="xml" ContentType="application/xml"/><Override PartName="/xl/workbook.xml" ContentType="{KIND}sheet.main+xml"/></Types>',
        "_rels/.rels": relations(("rId1", "officeDocument", "xl/workbook.xml")),
        "xl/workbook.xml": f'<workbook xmlns="{MAIN}" xmlns:r="{OFFICE}"><sheets>{listed}</sheets>{extra}</workbook>',
        "xl/_rels/workbook.xml.rels": relations(
            *((f"rId{n}", "worksheet", f"worksheets/sheet{n}.xml") for n in range(1, len(sheets) + 1)),
            ("rS", "sharedStrings", "sharedStrings.xml"),
            ("rT", "styles", "styles.xml"),
        ),
        **{
            f"xl/worksheets/sheet{n}.xml": f'<worksheet xmlns="{MAIN}" xmlns:r="{OFFICE}">{inner}</worksheet>'
            for n, (_, _, inner) in enumerate(sheets, 1)
        },
        **parts,
    }
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in every.items():
            archive.writestr(name, content)
    return buffer.getvalue()


def inline(reference: str, text: str) -> str:
    return f'<c r="{reference}" t="inlineStr"><is><t>{text}</t></is></c>'


def planted_workbook() -> tuple[bytes, Planted]:
    v = Planted()

    def value(place: str) -> str:
        return f"SSN {v(place)}"

    pay = (
        f'<cols><col min="1" max="1" width="20"/><col min="3" max="3" width="9" hidden="1"/></cols><sheetData>'
        f"<row r='1'>{inline('A1', 'Payroll of the year')}</row>"
        f"<row r='3'>{inline('A3', 'Name')}{inline('B3', 'SSN')}{inline('C3', 'Date of birth')}{inline('D3', 'Pay')}</row>"
        f"<row r='4'>{inline('A4', 'Someone')}<c r='B4' t='s'><v>0</v></c><c r='C4' s='1'><v>25570</v></c><c r='D4' s='3'><v>1234.5</v></c></row>"
        f"<row r='5' hidden='1'>{inline('A5', 'Hidden')}<c r='B5' s='2'><v>{v('masked number').replace('-', '')}</v></c></row>"
        f"<row r='6'>{inline('A6', 'Formula')}<c r='B6' t='str'><f>CONCAT(\"{value('formula')}\")</f><v>{value('cached result')}</v></c></row>"
        f"<row r='7'><c r='A7' t='inlineStr'><is><r><t>SSN {v('rich text')[:5]}</t></r><r><t>{v('rich text')[5:]}</t></r></is></c></row>"
        f"</sheetData><mergeCells><mergeCell ref='A7:B7'/></mergeCells>"
        f'<dataValidations><dataValidation><formula1>"{value("validation")}"</formula1></dataValidation></dataValidations>'
        f"<conditionalFormatting><cfRule><formula>{value('conditional')}</formula></cfRule></conditionalFormatting>"
        f"<hyperlinks><hyperlink ref='A1' tooltip='{value('tooltip')}' r:id='rL'/></hyperlinks>"
        f"<headerFooter><oddHeader>{value('page header')}</oddHeader></headerFooter><!-- {value('comment in sheet')} -->"
    )
    parts: dict[str, str | bytes] = {
        "xl/sharedStrings.xml": f'<sst xmlns="{MAIN}"><si><t>{v("shared string")}</t><rPh><t>{value("phonetic")}</t></rPh></si>'
        f"<si><t>{value('unused string')}</t></si></sst>",
        "xl/styles.xml": f'<styleSheet xmlns="{MAIN}"><numFmts><numFmt numFmtId="164" formatCode="000\\-00\\-0000"/></numFmts>'
        '<cellXfs><xf numFmtId="0"/><xf numFmtId="14"/><xf numFmtId="164"/><xf numFmtId="4"/></cellXfs></styleSheet>',
        "xl/worksheets/_rels/sheet1.xml.rels": relations(
            ("rL", "hyperlink", f"mailto:{v('link')}@example.org")
        ),
        "xl/comments1.xml": f'<comments xmlns="{MAIN}"><authors><author>{value("comment author")}</author></authors><commentList><comment ref="A1"><text>'
        f"<r><t>SSN {v('comment')[:4]}</t></r><r><t>{v('comment')[4:]}</t></r></text></comment></commentList></comments>",
        "xl/threadedComments/t1.xml": f"<t><text>{value('threaded comment')}</text></t>",
        "xl/persons/person.xml": f"<p><person displayName='{value('person')}'/></p>",
        "xl/pivotCache/pivotCacheRecords1.xml": f"<r><s v='{value('pivot cache')}'/><n v='{v('pivot number').replace('-', '')}'/></r>",
        "xl/charts/chart1.xml": f"<c><cache><pt><v>{value('chart cache')}</v></pt></cache></c>",
        "xl/externalLinks/externalLink1.xml": f"<e><cell><v>{value('external cache')}</v></cell></e>",
        "xl/externalLinks/_rels/externalLink1.xml.rels": relations(
            ("rId1", "externalLinkPath", f"file:///{v('external path')}.xlsx")
        ),
        "xl/tables/table1.xml": f"<t><col name='{value('table column')}'/></t>",
        "xl/connections.xml": f"<c><dbPr connection='{value('connection')}'/></c>",
        "xl/drawings/drawing1.xml": '<xdr xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main">'
        f"<a:p><a:r><a:t>SSN {v('text box')[:6]}</a:t></a:r><a:r><a:t>{v('text box')[6:]}</a:t></a:r></a:p><cNvPr descr='{value('alt text')}'/></xdr>",
        "xl/media/image1.png": PNG,
        "docProps/core.xml": f"<c><creator>{value('creator')}</creator></c>",
        "docProps/custom.xml": f"<c><p>{value('custom property')}</p></c>",
        "customXml/item1.xml": f"<c><p>{value('custom xml')}</p></c>",
    }
    extra = f"<definedNames><definedName name='n{v('defined name')[:3]}'>\"{value('defined value')}\"</definedName></definedNames>"
    sheets = [
        ("Pay", "visible", pay),
        (
            f"S {v('sheet name')}",
            "hidden",
            f"<sheetData><row>{inline('A1', value('hidden sheet'))}</row></sheetData>",
        ),
        (
            "Deep",
            "veryHidden",
            f"<sheetData><row>{inline('XFD1048576', value('very hidden sheet'))}</row></sheetData>",
        ),
    ]
    data = package(sheets, parts, extra)
    del v.values["defined name"]
    v.values["pivot number"] = v.values["pivot number"].replace("-", "")
    return data, v


def test_every_place_is_searched_and_nothing_is_left() -> None:
    data, planted = planted_workbook()
    document = Xlsx().read(data, "a.xlsx")
    assert document.obstacles == ()
    assert unread(document, planted) == ["unused string"]
    written = write(Xlsx(), data, "a.xlsx")
    assert left(written.data, planted) == []
    assert write(Xlsx(), data, "a.xlsx").data == written.data
    for reading in Xlsx().reread(written.data):
        assert not [place for place, value in planted.values.items() if value in reading.text]
    assert {"Hidden sheets are shown.", "Hidden rows and columns are shown."} <= set(written.notes)


def test_the_workbook_still_opens_with_its_values() -> None:
    data, _ = planted_workbook()
    workbook = openpyxl.load_workbook(io.BytesIO(write(Xlsx(), data, "a.xlsx").data))
    assert workbook.sheetnames == ["Pay", f"S ({MARKING})", "Deep", "Drawings"]
    assert [sheet.sheet_state for sheet in workbook.worksheets] == ["visible"] * 4
    pay = workbook["Pay"]
    assert [cell.value for cell in pay[4]][:2] == ["Someone", f"[{MARKING}]"]
    assert pay["C4"].value.strftime("%Y-%m-%d") == "1970-01-02"
    assert pay["D4"].value == 1234.5 and pay["D4"].number_format == "#,##0.00"
    assert pay["B5"].value == f"[{MARKING}]" and pay["B5"].fill.fgColor.rgb == "FF000000"
    assert (
        str(
            pay.merged_cells.ranges[0]
            if isinstance(pay.merged_cells.ranges, list)
            else next(iter(pay.merged_cells.ranges))
        )
        == "A7:B7"
    )
    assert workbook["Deep"]["XFD1048576"].value == f"SSN [{MARKING}]"
    assert [row[0].value for row in workbook["Drawings"].rows if row[0].value] == [f"SSN [{MARKING}]"]


def test_pictures_keep_the_cell_that_they_hang_on() -> None:
    made, buffer = openpyxl.Workbook(), io.BytesIO()
    for place in ("C5", "B2"):
        picture = openpyxl.drawing.image.Image(io.BytesIO(PNG + place.encode()))
        picture.width, picture.height = 120, 80
        made.active.add_image(picture, place)
    made.create_sheet("Second").add_image(openpyxl.drawing.image.Image(io.BytesIO(PNG)), "A1")
    made.save(buffer)
    document = Xlsx().read(buffer.getvalue(), "a.xlsx")
    assert [m.locator for m in document.members] == ["picture:1", "picture:2", "picture:3"]
    members = {"picture:1": Replacement(PNG, ".png"), "picture:3": Replacement(None, notice="Withheld: x")}
    written = Xlsx().write(buffer.getvalue(), document, (), members).data
    first, second = openpyxl.load_workbook(io.BytesIO(written)).worksheets
    assert [(i.anchor._from.col, i.anchor._from.row) for i in first._images] == [(2, 4)]
    assert [(i.anchor.ext.width, i.anchor.ext.height) for i in first._images] == [(120 * 9525, 80 * 9525)]
    assert second._images == []
    parts = Package.read(written).parts
    assert [name for name in parts if "media" in name] == ["xl/media/picture1.png"]
    assert b"[picture:2: Withheld]" in parts["xl/drawings/drawing1.xml"]
    assert b"[picture:3: Withheld: x]" in parts["xl/drawings/drawing2.xml"]


def test_headers_stand_beside_their_cells_below_a_title() -> None:
    data, v = planted_workbook()
    segments = {s.locator: s.text for s in Xlsx().read(data, "a.xlsx").segments}
    assert segments["sheet:1/rows:1-1"] == "Payroll of the year\n"
    assert (
        f"Name: Someone\nSSN: {v('shared string')}\nDate of birth: 01/02/1970\nPay: 1234.5\n"
        in segments["sheet:1/rows:2-6"]
    )


@pytest.mark.parametrize(
    ("raw", "code", "text"),
    [
        ("123456789", "000\\-00\\-0000", "123-45-6789"),
        ("12345678", "000-00-0000", "012-34-5678"),
        ("5551234567", "(000) 000-0000", "(555) 123-4567"),
        ("123456789", "General", "123456789"),
        ("1.0", "0.00", "1"),
        ("0.1", "0.00", "0.1"),
        ("25570", "m/d/yyyy", "01/02/1970"),
        ("25570.5", "m/d/yyyy h:mm", "01/02/1970 12:00"),
        ("0.75", "h:mm", "18:00"),
        ("45000", '"Case "0', "45000"),
        ("4111111111111111", "0", "4111111111111111"),
        ("4.111111111111111E+15", "0", "4111111111111111"),
        ("#REF!", "0", "#REF!"),
    ],
)
def test_numbers_are_searched_as_the_cell_shows_them(raw: str, code: str, text: str) -> None:
    assert shown(raw, code, from_1904=False) == text


@pytest.mark.parametrize(
    ("inner", "parts", "code"),
    [
        ("<sheetData><row><c r='A1'><f>1+1</f></c></row></sheetData>", {}, "formula"),
        ("<sheetData/>", {"xl/vbaProject.bin": b"x"}, "macros"),
        ("<sheetData/>", {"xl/embeddings/a.docx": b"x"}, "embedded-object"),
    ],
)
def test_what_cannot_be_rewritten_withholds_the_workbook(
    inner: str, parts: dict[str, str | bytes], code: str
) -> None:
    assert [o.code for o in Xlsx().read(package([("S", "visible", inner)], parts), "a").obstacles] == [code]


@pytest.mark.parametrize(
    "inner",
    [
        "<sheetData><row><c t='s'><v>7</v></c></row></sheetData>",
        "<sheetData>",
        f"<sheetData><row>{'<c><v>1</v></c>' * 500_001}</row></sheetData>",
        f"<sheetData><row>{inline('A1', 'x' * 51_000_000)}</row></sheetData>",
    ],
    ids=["no such string", "no xml", "many cells", "enormous cell"],
)
def test_hostile_workbooks_are_refused(inner: str) -> None:
    with pytest.raises(FormatError):
        Xlsx().read(package([("S", "visible", inner)], {}), "a.xlsx")


def test_openpyxl_workbooks_are_read() -> None:
    made = openpyxl.Workbook()
    made.active.append(["Name", "SSN"])
    made.active.append(["Someone", "900-11-2222"])
    buffer = io.BytesIO()
    made.save(buffer)
    assert isinstance(format_of(buffer.getvalue(), "a.bin"), Xlsx)
    segment = Xlsx().read(buffer.getvalue(), "a.xlsx").segments[0]
    assert segment.text == "Name\tSSN\nName: Someone\nSSN: 900-11-2222\n\n"
