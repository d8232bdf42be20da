"""Places of office files in which a value can stand beside those of the planted documents, and what becomes of it.

Each payload is a part that is added to a small sound file, or put in the place of something in it. ``dropped`` is
what is never written and not searched either: pictures' previews, fonts, names inside of the format.
"""

# Payloads read better unbroken.
# ruff: noqa: E501

import io

import pptx
import pytest

from redact.formats.package import Package
from tests.formats import planted_docx, test_odt, test_xlsx
from tests.formats.planted_docx import PNG, drawing, p, part, run
from tests.formats.planting import fate

V = "912-48-7001"
SSN = f"SSN {V}"
HALVES = (V[:5], V[5:])
UTF16 = SSN.encode("utf-16-le")
SEARCHED, DROPPED = "searched", "dropped"


def word(body: str = "", parts: dict[str, str | bytes] | None = None) -> bytes:
    """A Word document with further parts."""
    return planted_docx.package(body or p(run("x")), parts=parts)


def noted(note: str) -> bytes:
    """A Word document with a special footnote before its only one."""
    body = p("<w:r><w:footnoteReference w:id='2'/></w:r>")
    notes = part("footnotes", f"{note}<w:footnote w:id='2'>{p(run('x'))}</w:footnote>")
    return planted_docx.package(body, {"rX": ("footnotes", "footnotes.xml")}, {"word/footnotes.xml": notes})


def field(*code: str) -> str:
    """A paragraph with a field whose code comes in several runs."""
    mark = '<w:r><w:fldChar w:fldCharType="{}"/></w:r>'
    runs = "".join(f"<w:r><w:instrText>{piece}</w:instrText></w:r>" for piece in code)
    return p(mark.format("begin") + runs + mark.format("separate") + run("x") + mark.format("end"))


CHART = f"<c:chartSpace xmlns:c='urn:c'><c:v>{SSN}</c:v></c:chartSpace>"
DIAGRAM = f"<dgm:dataModel xmlns:dgm='urn:d' xmlns:a='urn:a'><a:t>{SSN}</a:t></dgm:dataModel>"
CHANGE = "w:id='9' w:author='{}' w:date='2020-01-01T00:00:00Z'"

WORD: dict[str, tuple[bytes, str]] = {
    "math": (word(p(f"<m:oMath><m:r><m:t>{SSN}</m:t></m:r></m:oMath>")), "withheld: unknown-oMath"),
    "chart": (word(p(drawing("<c:chart/>", uri="http://schemas.openxmlformats.org/drawingml/2006/chart")), {"word/charts/chart1.xml": CHART}), "withheld: drawing"),
    "diagram": (word(p(drawing("<x/>", uri="http://schemas.openxmlformats.org/drawingml/2006/diagram"))), "withheld: drawing"),
    "chart that no text shows": (word("", {"word/charts/chart1.xml": CHART}), SEARCHED),
    "diagram that no text shows": (word("", {"word/diagrams/data1.xml": DIAGRAM}), SEARCHED),
    "part of another format": (word("<w:altChunk r:id='x'/>", {"word/afchunk.htm": SSN}), "withheld: unknown-altChunk"),
    "embedded file that no text shows": (word("", {"word/embeddings/oleObject1.bin": UTF16}), DROPPED),
    "embedded font": (word("", {"word/fonts/font1.odttf": UTF16}), DROPPED),
    "settings of a printer": (word("", {"word/printerSettings1.bin": UTF16}), DROPPED),
    "preview": (word("", {"docProps/thumbnail.emf": UTF16}), DROPPED),
    "ActiveX": (word("", {"word/activeX/activeX1.xml": f"<ax:ocx xmlns:ax='urn:x' ax:value='{SSN}'/>"}), SEARCHED),
    "task pane": (word("", {"word/webextensions/webextension1.xml": f"<we:x xmlns:we='urn:x'><we:property value='{SSN}'/></we:x>"}), SEARCHED),
    "keys of a keyboard": (word("", {"word/customizations.xml": f"<wne:x xmlns:wne='urn:x'><wne:acd wne:argValue='{SSN}'/></wne:x>"}), SEARCHED),
    "signature": (word("", {"_xmlsignatures/sig1.xml": f"<s><SignatureText>{SSN}</SignatureText></s>"}), SEARCHED),
    "label of sensitivity": (word("", {"docMetadata/LabelInfo.xml": f"<l><label name='{SSN}'/></l>"}), SEARCHED),
    "reactions to comments": (word("", {"word/commentsExtensible.xml": f"<c><user name='{SSN}'/></c>"}), SEARCHED),
    "place-holder of a control": (word("", {"word/glossary/document.xml": part("glossaryDocument", f"<w:docParts><w:docPart><w:docPartPr><w:name w:val='{SSN}'/></w:docPartPr></w:docPart></w:docParts>")}), SEARCHED),
    "name of a bookmark": (word(p(f"<w:bookmarkStart w:id='1' w:name='SSN_{V}'/>" + run("x"))), SEARCHED),
    "place-holder that is shown": (word(f"<w:sdt><w:sdtPr><w:showingPlcHdr/><w:dataBinding w:xpath='/x[{V}]'/></w:sdtPr><w:sdtContent>{p(run('x'))}</w:sdtContent></w:sdt>"), SEARCHED),
    "entry of a drop-down list": (word(f"<w:sdt><w:sdtPr><w:dropDownList><w:listItem w:displayText='x' w:value='{SSN}'/></w:dropDownList></w:sdtPr><w:sdtContent>{p(run('x'))}</w:sdtContent></w:sdt>"), SEARCHED),
    "checked by": (word(p(f"<w:r><w:rPr><w:rPrChange {CHANGE.format(SSN)}><w:rPr/></w:rPrChange></w:rPr><w:t>x</w:t></w:r>")), SEARCHED),
    "earlier number": (word(p(run("x"), properties=f"<w:numPr><w:numberingChange {CHANGE.format('a')} w:original='{SSN}'/></w:numPr>")), SEARCHED),
    "paragraph change": (word(p(run("x"), properties=f"<w:pPrChange {CHANGE.format(SSN)}><w:pPr/></w:pPrChange>")), SEARCHED),
    "deleted field": (word(p(f"<w:del {CHANGE.format('a')}><w:r><w:delInstrText>{SSN}</w:delInstrText></w:r></w:del>")), SEARCHED),
    "separator of notes": (noted(f"<w:footnote w:type='separator' w:id='0'>{p(run(SSN))}</w:footnote>"), SEARCHED),
    "notice of continued notes": (noted(f"<w:footnote w:type='continuationNotice' w:id='1'>{p(run(SSN))}</w:footnote>"), SEARCHED),
    "tip of a picture's link": (word(p(drawing(f"<a:hlinkClick tooltip='{SSN}'/>"))), SEARCHED),
    "drawing's title": (word(p("<w:r><w:pict><v:shape title='" + SSN + "'/></w:pict></w:r>")), SEARCHED),
    "name of a VML shape": (word(p("<w:r><w:pict><v:shape id='s' o:spid='" + SSN + "' alt='" + SSN + "'/></w:pict></w:r>")), SEARCHED),
    "name of a document variable": (word(field(f'DOCVARIABLE "x {V}"')), SEARCHED),
    "code of a field in pieces": (word(field(' QUOTE "SSN ', *HALVES, '" ')), SEARCHED),
    "theme": (word("", {"word/theme/theme1.xml": f"<a:theme xmlns:a='urn:a' name='{SSN}'/>"}), DROPPED),
    "web settings": (word("", {"word/webSettings.xml": f"<w:webSettings xmlns:w='urn:w'><w:div w:id='{SSN}'/></w:webSettings>"}), DROPPED),
    "identifier of a paragraph": (word(p(run("x")).replace("<w:p>", f"<w:p w:rsidR='{V}' w14:paraId='{V}'>")), DROPPED),
}  # fmt: skip


XL = f"xmlns='{test_xlsx.MAIN}'"
CELL = "<sheetData><row r='1'><c r='A1'><v>1</v></c></row></sheetData>"


def book(inner: str = CELL, parts: dict[str, str | bytes] | None = None, extra: str = "") -> bytes:
    """A workbook of one sheet with further parts."""
    styles = f'<styleSheet {XL}><cellXfs><xf numFmtId="0"/></cellXfs></styleSheet>'
    strings = f"<sst {XL}/>"
    return test_xlsx.package(
        [("Pay", "visible", inner)],
        {"xl/styles.xml": styles, "xl/sharedStrings.xml": strings, **(parts or {})},
        extra,
    )


def styled(code: str, value: str = "1") -> bytes:
    """A workbook with one number in a format of its own."""
    styles = f'<styleSheet {XL}><numFmts><numFmt numFmtId="164" formatCode="{code}"/></numFmts><cellXfs><xf numFmtId="164"/></cellXfs></styleSheet>'
    return book(
        f"<sheetData><row r='1'><c r='A1' s='0'><v>{value}</v></c></row></sheetData>",
        {"xl/styles.xml": styles},
    )


X14 = "xmlns:x14='http://schemas.microsoft.com/office/spreadsheetml/2009/9/main'"
BOOK: dict[str, tuple[bytes, str]] = {
    "custom view": (book(extra=f"<customWorkbookViews><customWorkbookView name='{SSN}'/></customWorkbookViews>"), SEARCHED),
    "name of a range": (book(extra=f"<definedNames><definedName name='SSN_{V}'>1</definedName></definedNames>"), SEARCHED),
    "comment of a name": (book(extra=f"<definedNames><definedName name='a' comment='{SSN}'>1</definedName></definedNames>"), SEARCHED),
    "who may write": (book(extra=f"<fileSharing userName='{SSN}'/>"), SEARCHED),
    "scenario": (book(CELL + f"<scenarios><scenario name='x' comment='{SSN}'><inputCells r='A1' val='2'/></scenario></scenarios>"), SEARCHED),
    "value of a scenario": (book(CELL + f"<scenarios><scenario name='x'><inputCells r='A1' val='{SSN}'/></scenario></scenarios>"), SEARCHED),
    "message of a validation": (book(CELL + f"<dataValidations><dataValidation prompt='{SSN}'/></dataValidations>"), SEARCHED),
    "list of a validation, newer": (book(CELL + f"<extLst><ext><x14:dataValidation {X14}><x14:formula1>{SSN}</x14:formula1></x14:dataValidation></ext></extLst>"), SEARCHED),
    "sparkline": (book(CELL + f"<extLst><ext><x14:sparkline {X14}><f>{SSN}</f></x14:sparkline></ext></extLst>"), SEARCHED),
    "filter": (book(CELL + f"<autoFilter ref='A1'><filterColumn><filters><filter val='{SSN}'/></filters></filterColumn></autoFilter>"), SEARCHED),
    "protected range": (book(CELL + f"<protectedRanges><protectedRange name='{SSN}' sqref='A1'/></protectedRanges>"), SEARCHED),
    "footer of a page": (book(CELL + f"<headerFooter><evenFooter>&amp;L{SSN}</evenFooter></headerFooter>"), SEARCHED),
    "code name": (book(f"<sheetPr codeName='SSN_{V}'/>" + CELL), SEARCHED),
    "smart tag": (book(CELL + f"<cellSmartTags><cellSmartTag><cellSmartTagPr val='{SSN}'/></cellSmartTag></cellSmartTags>"), SEARCHED),
    "settings of a printer": (book(parts={"xl/printerSettings/printerSettings1.bin": UTF16}), DROPPED),
    "data model": (book(parts={"xl/model/item.data": UTF16}), DROPPED),
    "list of calculations": (book(parts={"xl/calcChain.xml": f"<calcChain {XL}><c r='{V}'/></calcChain>"}), DROPPED),
    "query table": (book(parts={"xl/queryTables/queryTable1.xml": f"<q name='{SSN}'/>"}), SEARCHED),
    "slicer": (book(parts={"xl/slicerCaches/slicerCache1.xml": f"<s><i n='{SSN}'/></s>"}), SEARCHED),
    "timeline": (book(parts={"xl/timelines/timeline1.xml": f"<t caption='{SSN}'/>"}), SEARCHED),
    "definition of a pivot cache": (book(parts={"xl/pivotCache/pivotCacheDefinition1.xml": f"<p><sharedItems><s v='{SSN}'/></sharedItems></p>"}), SEARCHED),
    "pivot table": (book(parts={"xl/pivotTables/pivotTable1.xml": f"<p dataCaption='{SSN}'/>"}), SEARCHED),
    "value in a cell of rich data": (book(parts={"xl/richData/rdrichvalue.xml": f"<r><rv><v>{SSN}</v></rv></r>"}), SEARCHED),
    "log of revisions": (book(parts={"xl/revisions/revisionLog1.xml": f"<r><rcc><oc><v>{SSN}</v></oc></rcc></r>"}), SEARCHED),
    "users of a shared workbook": (book(parts={"xl/revisions/userNames.xml": f"<u><userInfo name='{SSN}'/></u>"}), SEARCHED),
    "control": (book(parts={"xl/ctrlProps/ctrlProp1.xml": f"<c><item val='{SSN}'/></c>"}), SEARCHED),
    "form control of old kind": (book(parts={"xl/drawings/vmlDrawing1.vml": f"<xml xmlns:v='urn:v'><v:shape><v:textbox>SSN<br>{SSN}</v:textbox></v:shape></xml>"}), SEARCHED),
    "chart": (book(parts={"xl/charts/chart1.xml": f"<c:c xmlns:c='urn:c' xmlns:a='urn:a'><a:t>{SSN}</a:t></c:c>"}), SEARCHED),
    "text of a chart in pieces": (book(parts={"xl/charts/chart1.xml": f"<c:c xmlns:c='urn:c' xmlns:a='http://schemas.openxmlformats.org/drawingml/2006/main'><a:p><a:r><a:t>SSN {HALVES[0]}</a:t></a:r><a:r><a:t>{HALVES[1]}</a:t></a:r></a:p></c:c>"}), SEARCHED),
    "diagram": (book(parts={"xl/diagrams/data1.xml": DIAGRAM}), SEARCHED),
    "sheet that is not listed": (book(parts={"xl/worksheets/sheet9.xml": f"<worksheet {XL}><is><r><t>SSN {HALVES[0]}</t></r><r><t>{HALVES[1]}</t></r></is></worksheet>"}), SEARCHED),
    "literal in a format": (styled(f"&quot;{SSN}&quot; 0"), SEARCHED),
    "format that shows text only": (styled(f"&quot;{SSN}&quot;"), SEARCHED),
    "name of a cell style": (book(parts={"xl/styles.xml": f"<styleSheet {XL}><cellXfs><xf numFmtId='0'/></cellXfs><cellStyles><cellStyle name='{SSN}'/></cellStyles></styleSheet>"}), SEARCHED),
    "covered by a merged cell": (book(f"<sheetData><row r='1'>{test_xlsx.inline('A1', 'x')}{test_xlsx.inline('B1', SSN)}</row></sheetData><mergeCells><mergeCell ref='A1:B1'/></mergeCells>"), SEARCHED),
    "formula of an array": (book(f"<sheetData><row r='1'><c r='A1'><f t='array' ref='A1'>\"{SSN}\"</f><v>1</v></c></row></sheetData>"), SEARCHED),
    "embedded file": (book(parts={"xl/embeddings/a.docx": word(p(run(SSN)))}), "withheld: embedded-object"),
    "macro sheet": (book(parts={"xl/macrosheets/sheet1.xml": f"<x>{SSN}</x>"}), "withheld: macros"),
    "picture of a background": (book(parts={"xl/media/image1.png": PNG + SSN.encode()}), "member withheld: unreadable"),
}  # fmt: skip

A = 'xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main"'


def slides(change: tuple[str, str, str] | None = None, parts: dict[str, str | bytes] | None = None) -> bytes:
    """A presentation of one slide with a text box; a change is a part, what stands in it and what takes its place."""
    made, buffer = pptx.Presentation(), io.BytesIO()
    made.slides.add_slide(made.slide_layouts[6]).shapes.add_textbox(0, 0, 99, 99).text_frame.text = "x"
    made.save(buffer)
    every = dict(Package.read(buffer.getvalue()).parts)
    if change is not None:
        name, old, new = change
        assert old in every[name].decode()
        every[name] = every[name].decode().replace(old, new, 1).encode()
    more = {n: c.encode() if isinstance(c, str) else c for n, c in (parts or {}).items()}
    return Package.write({**every, **more})


SLIDE, SHOW = "ppt/slides/slide1.xml", "ppt/presentation.xml"
RUNS = f"<a:p><a:r><a:t>SSN {HALVES[0]}</a:t></a:r><a:r><a:t>{HALVES[1]}</a:t></a:r></a:p>"
SLIDES: dict[str, tuple[bytes, str]] = {
    "name of a section": (slides((SHOW, "</p:presentation>", f"<p:extLst><p:ext uri='x'><x:section xmlns:x='urn:x' name='{SSN}'/></p:ext></p:extLst></p:presentation>")), SEARCHED),
    "name of a custom show": (slides((SHOW, "</p:presentation>", f"<p:custShowLst><p:custShow name='{SSN}'/></p:custShowLst></p:presentation>")), SEARCHED),
    "name of a slide": (slides((SLIDE, "<p:cSld>", f"<p:cSld name='{SSN}'>")), SEARCHED),
    "tip of a link": (slides((SLIDE, "<a:t>", f"<a:rPr><a:hlinkClick tooltip='{SSN}'/></a:rPr><a:t>")), SEARCHED),
    "tip under the pointer": (slides((SLIDE, "<a:t>", f"<a:rPr><a:hlinkMouseOver tooltip='{SSN}'/></a:rPr><a:t>")), SEARCHED),
    "sound of a link": (slides((SLIDE, "<a:t>", f"<a:rPr><a:hlinkClick><a:snd name='{SSN}'/></a:hlinkClick></a:rPr><a:t>")), SEARCHED),
    "order of animations": (slides((SLIDE, "</p:sld>", f"<p:timing><p:tnLst><p:cmd cmd='{SSN}'/></p:tnLst></p:timing></p:sld>")), SEARCHED),
    "extension of a shape": (slides((SLIDE, "</p:cSld>", f"<p:extLst><p:ext uri='x'><x:y xmlns:x='urn:x' val='{SSN}'/></p:ext></p:extLst></p:cSld>")), SEARCHED),
    "formula in a text": (slides((SLIDE, "<a:r>", f"<x:m xmlns:x='http://schemas.microsoft.com/office/drawing/2010/main'><m:oMath xmlns:m='urn:m'><m:t>{SSN}</m:t></m:oMath></x:m><a:r>")), "withheld: unknown"),
    "field in a text": (slides((SLIDE, "<a:r>", f"<a:fld type='datetime1'><a:t>{SSN} </a:t></a:fld><a:r>")), SEARCHED),
    "comment of newer kind": (slides(parts={"ppt/comments/modernComment_1.xml": f"<c {A}><txBody>{RUNS}</txBody></c>"}), SEARCHED),
    "author of newer kind": (slides(parts={"ppt/authors.xml": f"<a><author name='{SSN}' userId='x'/></a>"}), SEARCHED),
    "hand-out": (slides(parts={"ppt/handoutMasters/handoutMaster1.xml": f"<m {A}>{RUNS}</m>"}), SEARCHED),
    "master of notes": (slides(parts={"ppt/notesMasters/notesMaster9.xml": f"<m {A}>{RUNS}</m>"}), SEARCHED),
    "notes of no slide": (slides(parts={"ppt/notesSlides/notesSlide9.xml": f"<m {A}>{RUNS}</m>"}), SEARCHED),
    "slide that is not listed": (slides(parts={"ppt/slides/slide9.xml": f"<m {A}>{RUNS}</m>"}), SEARCHED),
    "tag": (slides(parts={"ppt/tags/tag1.xml": f"<t><tag name='x' val='{SSN}'/></t>"}), SEARCHED),
    "record of changes": (slides(parts={"ppt/changesInfos/changesInfo1.xml": f"<c><chgData name='{SSN}'/></c>"}), SEARCHED),
    "view": (slides(parts={"ppt/viewProps.xml": f"<v><x val='{SSN}'/></v>"}), DROPPED),
    "film": (slides(parts={"ppt/media/media1.mp4": SSN}), DROPPED),
    "name of a film": (slides(parts={f"ppt/media/{V}.mp4": "x"}), SEARCHED),
    "embedded workbook": (slides(parts={"ppt/embeddings/a.xlsx": book(CELL)}), DROPPED),
    "preview": (slides(parts={"docProps/thumbnail.jpeg": SSN}), DROPPED),
    "font": (slides(parts={"ppt/fonts/font1.fntdata": UTF16}), DROPPED),
    "macros": (slides(parts={"ppt/vbaProject.bin": UTF16}), "withheld: macros"),
}  # fmt: skip


def odt(
    body: str = "<text:p>x</text:p>",
    parts: dict[str, bytes] | None = None,
    styles: str = "",
    automatic: str = "",
) -> bytes:
    return test_odt.package(body, automatic, styles, parts)


ODT: dict[str, tuple[bytes, str]] = {
    "script": (odt(f"<office:scripts><office:script>{SSN}</office:script></office:scripts><text:p>x</text:p>"), SEARCHED),
    "script in the text": (odt(f"<text:p>x<text:script>{SSN}</text:script></text:p>"), SEARCHED),
    "place-holder": (odt(f"<text:p>x<text:placeholder text:description='{SSN}'>y</text:placeholder></text:p>"), SEARCHED),
    "condition": (odt(f"<text:p>x<text:conditional-text text:condition='ooow:{V}' text:string-value-if-true='{SSN}'>y</text:conditional-text></text:p>"), SEARCHED),
    "variable": (odt(f"<text:p>x<text:variable-set text:name='a' text:formula='ooow:{SSN}'>y</text:variable-set></text:p>"), SEARCHED),
    "field of a database": (odt(f"<text:p>x<text:database-display text:table-name='{SSN}'>y</text:database-display></text:p>"), SEARCHED),
    "value of a cell": (odt(f"<table:table><table:table-row><table:table-cell office:value='{V.replace('-', '')}' office:string-value='{SSN}'><text:p>x</text:p></table:table-cell></table:table-row></table:table>"), SEARCHED),
    "mark of an index": (odt(f"<text:p><text:alphabetical-index-mark text:string-value='{SSN}'/>x</text:p>"), SEARCHED),
    "bibliography": (odt(f"<text:p>x<text:bibliography-mark text:author='{SSN}'>y</text:bibliography-mark></text:p>"), SEARCHED),
    "ruby": (odt(f"<text:p><text:ruby><text:ruby-base>x</text:ruby-base><text:ruby-text>{SSN}</text:ruby-text></text:ruby></text:p>"), SEARCHED),
    "list number": (odt(f"<text:list><text:list-item><text:number>{SSN}</text:number><text:p>x</text:p></text:list-item></text:list>"), SEARCHED),
    "note's own mark": (odt(f"<text:p>x<text:note><text:note-citation text:label='{SSN}'>1</text:note-citation><text:note-body><text:p>y</text:p></text:note-body></text:note></text:p>"), SEARCHED),
    "tip of a link": (odt(f"<text:p><text:a office:title='{SSN}' xlink:href='x'>y</text:a></text:p>"), SEARCHED),
    "target frame of a link": (odt(f"<text:p><text:a office:name='{SSN}' xlink:href='x'>y</text:a></text:p>"), SEARCHED),
    "picture in the text": (odt(f"<text:p><draw:frame><draw:image><office:binary-data>{V}</office:binary-data></draw:image></draw:frame></text:p>"), DROPPED),
    "form": (odt(f"<office:forms><form:form><form:text form:current-value='{SSN}'/></form:form></office:forms><text:p>x</text:p>"), SEARCHED),
    "label of numbering": (odt(automatic=f"<text:list-style><text:list-level-style-number style:num-prefix='{SSN}'/></text:list-style>"), SEARCHED),
    "text of a style": (odt(styles=f"<office:styles><text:notes-configuration><text:note-continuation-notice-forward>{SSN}</text:note-continuation-notice-forward></text:notes-configuration></office:styles>"), SEARCHED),
    "name of a page style": (odt(styles=f"<office:master-styles><style:master-page style:display-name='{SSN}'/></office:master-styles>"), SEARCHED),
    "font": (odt(automatic=f"<style:font-face style:name='{SSN}'/>"), SEARCHED),
    "earlier version": (odt(parts={"Versions/Version1": odt(f"<text:p>{SSN}</text:p>"), "VersionList.xml": f"<v><e comment='{SSN}'/></v>".encode()}), SEARCHED),
    "description in RDF": (odt(parts={"manifest.rdf": f"<r><d>{SSN}</d></r>".encode()}), SEARCHED),
    "signature": (odt(parts={"META-INF/documentsignatures.xml": f"<s><X509IssuerName>{SSN}</X509IssuerName></s>".encode()}), SEARCHED),
    "manifest": (odt(parts={"META-INF/manifest.xml": f"<m full-path='{SSN}'/>".encode()}), SEARCHED),
    "preview": (odt(parts={"Thumbnails/thumbnail.png": SSN.encode()}), DROPPED),
    "cache of the layout": (odt(parts={"layout-cache": SSN.encode()}), DROPPED),
    "embedded object that no text shows": (odt(parts={"Object 1/content.xml": f"<o>{SSN}</o>".encode()}), SEARCHED),
    "macro": (odt(parts={"Basic/Standard/a.xml": f"<s>{SSN}</s>".encode()}), "withheld: macros"),
}  # fmt: skip

CASES = [
    pytest.param(f"a{ending}", *case, id=f"{ending} {place}")
    for ending, table in ((".docx", WORD), (".xlsx", BOOK), (".pptx", SLIDES), (".odt", ODT))
    for place, case in table.items()
]


@pytest.mark.parametrize(("name", "data", "expected"), CASES)
def test_a_value_in_an_office_file(name: str, data: bytes, expected: str) -> None:
    assert fate(data, name, V) == expected
