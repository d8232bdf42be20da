"""Word packages made by hand, and one with a value in every place that they have."""

# Payloads read better unbroken.
# ruff: noqa: E501

import io
import zipfile

from tests.formats.planting import Planted

NAMESPACES = " ".join(
    f'xmlns:{prefix}="{address}"'
    for prefix, address in {
        "w": "http://schemas.openxmlformats.org/wordprocessingml/2006/main",
        "r": "http://schemas.openxmlformats.org/officeDocument/2006/relationships",
        "mc": "http://schemas.openxmlformats.org/markup-compatibility/2006",
        "wp": "http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing",
        "a": "http://schemas.openxmlformats.org/drawingml/2006/main",
        "pic": "http://schemas.openxmlformats.org/drawingml/2006/picture",
        "wps": "http://schemas.microsoft.com/office/word/2010/wordprocessingShape",
        "v": "urn:schemas-microsoft-com:vml",
        "o": "urn:schemas-microsoft-com:office:office",
        "w14": "http://schemas.microsoft.com/office/word/2010/wordml",
        "m": "http://schemas.openxmlformats.org/officeDocument/2006/math",
        "c": "http://schemas.openxmlformats.org/drawingml/2006/chart",
    }.items()
)
WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml."
OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/"
PNG = bytes.fromhex(
    "89504e470d0a1a0a0000000d4948445200000001000000010806000000"
    "1f15c4890000000d49444154789c626001000000050001a5f645400000000049454e44ae426082"
)


def run(text: str, properties: str = "") -> str:
    return f'<w:r><w:rPr>{properties}</w:rPr><w:t xml:space="preserve">{text}</w:t></w:r>'


def p(*inner: str, properties: str = "") -> str:
    return f"<w:p><w:pPr>{properties}</w:pPr>{''.join(inner)}</w:p>"


def field(code: str, result: str = "", data: str = "") -> str:
    separated = f'<w:r><w:fldChar w:fldCharType="separate"/></w:r>{result}' if result else ""
    return (
        f'<w:r><w:fldChar w:fldCharType="begin">{data}</w:fldChar></w:r>'
        f'<w:r><w:instrText xml:space="preserve">{code}</w:instrText></w:r>'
        f'{separated}<w:r><w:fldChar w:fldCharType="end"/></w:r>'
    )


def drawing(inner: str, properties: str = 'id="1" name="Picture 1"', uri: str = "") -> str:
    uri = uri or "http://schemas.microsoft.com/office/word/2010/wordprocessingShape"
    return (
        f'<w:r><w:drawing><wp:inline><wp:extent cx="500000" cy="400000"/><wp:docPr {properties}/><a:graphic>'
        f'<a:graphicData uri="{uri}">{inner}</a:graphicData></a:graphic></wp:inline></w:drawing></w:r>'
    )


def picture(relation: str, properties: str = 'id="1" name="Picture 1"') -> str:
    uri = "http://schemas.openxmlformats.org/drawingml/2006/picture"
    inner = f'<pic:pic><pic:blipFill><a:blip r:embed="{relation}"/></pic:blipFill></pic:pic>'
    return drawing(inner, properties, uri)


def part(root: str, inner: str) -> str:
    return f'<?xml version="1.0" encoding="UTF-8"?><w:{root} {NAMESPACES}>{inner}</w:{root}>'


def package(
    body: str,
    relations: dict[str, tuple[str, str]] | None = None,
    parts: dict[str, str | bytes] | None = None,
    types: dict[str, str] | None = None,
    main_type: str = WORD + "document.main+xml",
) -> bytes:
    """Return a package around ``body``; relations are kind and target by id, an address being external."""

    def rel(id: str, kind: str, target: str) -> str:
        mode = ' TargetMode="External"' if ":" in target else ""
        return f'<Relationship Id="{id}" Type="{OFFICE}{kind}" Target="{target}"{mode}/>'

    head = "http://schemas.openxmlformats.org/package/2006/"
    every = {
        "[Content_Types].xml": f'<Types xmlns="{head}content-types">'
        '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
        '<Default Extension="xml" ContentType="application/xml"/>'
        '<Default Extension="png" ContentType="image/png"/>'
        f'<Override PartName="/word/document.xml" ContentType="{main_type}"/>'
        + "".join(f'<Override PartName="/{n}" ContentType="{t}"/>' for n, t in (types or {}).items())
        + "</Types>",
        "_rels/.rels": f'<Relationships xmlns="{head}relationships">'
        + rel("rId1", "officeDocument", "word/document.xml")
        + "</Relationships>",
        "word/document.xml": part("document", f"<w:body>{body}</w:body>"),
        "word/_rels/document.xml.rels": f'<Relationships xmlns="{head}relationships">'
        + "".join(rel(id, *target) for id, target in (relations or {}).items())
        + "</Relationships>",
        **(parts or {}),
    }
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in every.items():
            archive.writestr(name, content)
    return buffer.getvalue()


def planted_document() -> tuple[bytes, Planted]:
    """Return a document with a value in every place that a Word package has."""
    v = Planted()

    def value(place: str) -> str:
        return f"SSN {v(place)}"

    split = v("split runs")
    deep = v("one letter a run")
    textbox = (
        "<mc:AlternateContent><mc:Choice Requires='wps'>"
        + drawing(
            f"<wps:wsp><wps:txbx><w:txbxContent>{p(run(value('text box')))}</w:txbxContent></wps:txbx></wps:wsp>"
        )
        + f"</mc:Choice><mc:Fallback><w:r><w:pict><v:shape alt='{value('fallback alt')}'><v:textbox>"
        f"<w:txbxContent>{p(run(value('fallback text box')))}</w:txbxContent></v:textbox></v:shape></w:pict></w:r>"
        "</mc:Fallback></mc:AlternateContent>"
    )
    # An alternative stands inside the run in real files; both are legal.
    cell = "<w:tc><w:tcPr><w:tcW w:w='2000' w:type='dxa'/></w:tcPr>{}</w:tc>"
    row = "<w:tr>{}</w:tr>"
    table = (
        f"<w:tbl><w:tblPr><w:tblCaption w:val='{value('table caption')}'/></w:tblPr><w:tblGrid/>"
        + row.format(cell.format(p(run("Name"))) + cell.format(p(run("SSN"))))
        + row.format(cell.format(p(run("Someone"))) + cell.format(p(run(v("table cell")))))
        + row.format(
            cell.format(p(run("x")))
            + cell.format(
                f"<w:tbl><w:tblPr/><w:tblGrid/>{row.format(cell.format(p(run(v('nested table')))))}</w:tbl>{p()}"
            )
        )
        + f"<w:tr><w:trPr><w:del w:id='1' w:author='{value('row deleted by')}'/></w:trPr>{cell.format(p(run(v('deleted row'))))}</w:tr>"
        + f"<w:tr><w:trPr><w:hidden/></w:trPr>{cell.format(p(run(v('hidden row'))))}</w:tr>"
        + "</w:tbl>"
    )
    body = "".join(
        [
            p(run(value("body"))),
            p(run("SSN " + split[:5]), run(split[5:8], "<w:b/>"), run(split[8:])),
            p(*(run(letter) for letter in "SSN " + deep)),
            p(
                run("SSN " + v("no-break hyphens")[:3]),
                "<w:r><w:noBreakHyphen/></w:r>",
                run(v("no-break hyphens")[4:]),
            ),
            p(
                f"<w:ins w:id='2' w:author='{value('author')}' w:date='2020-01-01T00:00:00Z'>{run(value('insertion'))}</w:ins>"
            ),
            p(
                run("was "),
                f"<w:del w:id='3' w:author='A'><w:r><w:delText>{value('deletion')}</w:delText></w:r></w:del>",
            ),
            p(f"<w:moveFrom w:id='4' w:author='A'>{run(value('moved from'))}</w:moveFrom>"),
            p(
                run("SSN " + v("merged paragraphs")[:4]),
                properties="<w:rPr><w:del w:id='5' w:author='A'/></w:rPr>",
            ),
            p(run(v("merged paragraphs")[4:])),
            p(run(value("hidden run"), "<w:vanish/>")),
            p(run(value("hidden by style"), "<w:rStyle w:val='Ghost'/>")),
            p(run(value("hidden by paragraph style")), properties="<w:pStyle w:val='GhostChild'/>"),
            p(field(f' QUOTE "{value("field code")}" ', run(value("field result")))),
            p(
                field(
                    " FORMTEXT ",
                    run("text"),
                    f"<w:ffData><w:name w:val='{value('form name')}'/><w:statusText w:val='{value('form status')}'/></w:ffData>",
                )
            ),
            p(
                field(
                    " FORMDROPDOWN ",
                    "",
                    f"<w:ffData><w:ddList><w:result w:val='1'/><w:listEntry w:val='{value('list entry')}'/><w:listEntry w:val='{value('list selected')}'/></w:ddList></w:ffData>",
                )
            ),
            p(
                f"<w:fldSimple w:instr=' DOCPROPERTY {v('simple field')} '>{run(value('simple result'))}</w:fldSimple>"
            ),
            p(
                f"<w:hyperlink r:id='rLink' w:tooltip='{value('tooltip')}' w:anchor='a{v('anchor')}'>{run(value('link text'))}</w:hyperlink>"
            ),
            f"<w:sdt><w:sdtPr><w:alias w:val='{value('control title')}'/><w:tag w:val='{value('control tag')}'/></w:sdtPr><w:sdtContent>{p(run(value('content control')))}</w:sdtContent></w:sdt>",
            p(
                f"<w:sdt><w:sdtPr><w:comboBox><w:listItem w:displayText='{value('combo entry')}' w:value='x'/></w:comboBox></w:sdtPr><w:sdtContent>{run(value('inline control'))}</w:sdtContent></w:sdt>"
            ),
            p(
                f"<w:smartTag w:uri='u' w:element='{v('smart tag')}'><w:smartTagPr><w:attr w:name='n' w:val='{value('smart tag attribute')}'/></w:smartTagPr>{run(value('smart tag text'))}</w:smartTag>"
            ),
            p(f"<w:bookmarkStart w:id='1' w:name='b'/>{run('marked')}<w:bookmarkEnd w:id='1'/>"),
            p(textbox),
            p(f"<w:r><w:pict><v:shape><v:textpath string='{value('word art')}'/></v:shape></w:pict></w:r>"),
            p(
                picture(
                    "rPicture",
                    f"id='2' name='{value('picture name')}' descr='{value('alt text')}' title='{value('alt title')}'",
                )
            ),
            p(
                "<w:r><w:t>Note</w:t></w:r><w:r><w:footnoteReference w:id='2'/></w:r><w:r><w:endnoteReference w:id='2'/></w:r>"
            ),
            p(
                f"<w:commentRangeStart w:id='0'/>{run('commented')}<w:commentRangeEnd w:id='0'/><w:r><w:commentReference w:id='0'/></w:r>"
            ),
            p(
                f"<w:permStart w:id='7' w:ed='x'/>{run('SSN ' + v('markup inside text')[:6] + '<!--' + value('markup comment') + '-->' + v('markup inside text')[6:])}"
            ),
            p(
                f"<w:ruby><w:rubyPr/><w:rt>{run(value('ruby text'))}</w:rt><w:rubyBase>{run('base')}</w:rubyBase></w:ruby>"
            ),
            p(
                "<w:r><w:t>SSN </w:t></w:r>"
                + "".join(
                    f"<w:r><w:sym w:font='Symbol' w:char='F0{ord(letter):02X}'/></w:r>"
                    for letter in v("symbols")
                )
            ),
            p(properties="<w:numPr><w:ilvl w:val='0'/><w:numId w:val='1'/></w:numPr>"),
            table,
            "<w:sectPr><w:headerReference w:type='default' r:id='rHeader'/><w:footerReference w:type='first' r:id='rFooter'/><w:titlePg/></w:sectPr>",
        ]
    )
    relations = {
        "rLink": ("hyperlink", f"mailto:{v('link target')}@example.org"),
        "rPicture": ("image", "media/image1.png"),
        "rHeader": ("header", "header1.xml"),
        "rFooter": ("footer", "footer1.xml"),
        "rFoot": ("footnotes", "footnotes.xml"),
        "rEnd": ("endnotes", "endnotes.xml"),
        "rComments": ("comments", "comments.xml"),
        "rStyles": ("styles", "styles.xml"),
        "rNumbering": ("numbering", "numbering.xml"),
        "rSettings": ("settings", "settings.xml"),
        "rTheme": ("theme", "theme/theme1.xml"),
        "rFonts": ("fontTable", "fontTable.xml"),
    }
    parts: dict[str, str | bytes] = {
        "word/header1.xml": part("hdr", p(run(value("header") + " "), field(" PAGE ", run("1")))),
        "word/footer1.xml": part("ftr", p(run(value("footer")))),
        "word/header9.xml": part("hdr", p(run(value("unused header")))),
        "word/footnotes.xml": part(
            "footnotes",
            "<w:footnote w:type='separator' w:id='-1'><w:p><w:r><w:separator/></w:r></w:p></w:footnote>"
            f"<w:footnote w:id='2'>{p(run(value('footnote')))}</w:footnote>"
            f"<w:footnote w:id='3'>{p(run(value('unused footnote')))}</w:footnote>",
        ),
        "word/endnotes.xml": part("endnotes", f"<w:endnote w:id='2'>{p(run(value('endnote')))}</w:endnote>"),
        "word/comments.xml": part(
            "comments",
            f"<w:comment w:id='0' w:author='{value('comment author')}' w:initials='x'>"
            f"{p(run('SSN ' + v('comment')[:5]), run(v('comment')[5:]))}</w:comment>",
        ),
        "word/styles.xml": part(
            "styles",
            "<w:style w:type='character' w:customStyle='1' w:styleId='Ghost'>"
            f"<w:name w:val='{value('style name')}'/><w:rPr><w:vanish/><w:rFonts w:ascii='{v('font')}'/></w:rPr></w:style>"
            "<w:style w:type='paragraph' w:styleId='GhostParent'><w:name w:val='g'/><w:rPr><w:vanish/></w:rPr></w:style>"
            "<w:style w:type='paragraph' w:styleId='GhostChild'><w:name w:val='h'/><w:basedOn w:val='GhostParent'/></w:style>",
        ),
        "word/numbering.xml": part(
            "numbering",
            f"<w:abstractNum w:abstractNumId='0'><w:lvl w:ilvl='0'><w:start w:val='1'/><w:lvlText w:val='{value('list label')} %1'/><w:lvlJc w:val='left'/></w:lvl></w:abstractNum>"
            "<w:num w:numId='1'><w:abstractNumId w:val='0'/></w:num>",
        ),
        "word/settings.xml": part(
            "settings",
            f"<w:attachedTemplate r:id='rTemplate'/><w:docVars><w:docVar w:name='v' w:val='{value('document variable')}'/></w:docVars>"
            f"<w:mailMerge><w:query w:val='{value('mail merge')}'/></w:mailMerge><w:rsids><w:rsid w:val='00A77B3E'/></w:rsids>",
        ),
        "word/_rels/settings.xml.rels": '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">'
        f'<Relationship Id="rTemplate" Type="{OFFICE}attachedTemplate" Target="file:///c:/{v("template")}.dotm" TargetMode="External"/></Relationships>',
        "word/theme/theme1.xml": '<a:theme xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main" name="Office"/>',
        "word/fontTable.xml": part("fonts", "<w:font w:name='Arial'/>"),
        "word/glossary/document.xml": part("glossaryDocument", p(run(value("glossary")))),
        "word/people.xml": part("people", f"<w:person w:author='{value('people')}'/>"),
        "word/media/image1.png": PNG,
        "docProps/core.xml": '<c:coreProperties xmlns:c="http://schemas.openxmlformats.org/package/2006/metadata/core-properties" '
        f'xmlns:dc="http://purl.org/dc/elements/1.1/"><dc:title>{value("title")}</dc:title><dc:creator>{value("creator")}</dc:creator></c:coreProperties>',
        "docProps/app.xml": f'<Properties xmlns="{OFFICE}"><Manager>{value("manager")}</Manager></Properties>',
        "docProps/custom.xml": f'<Properties xmlns="{OFFICE}"><property name="{v("custom name")}"><lpwstr>{value("custom value")}</lpwstr></property></Properties>',
        "customXml/item1.xml": f"<record><!-- {value('custom comment')} --><ssn>{v('custom xml')}</ssn></record>",
        f"word/media/{v('part name')}.png": PNG,
        "docProps/thumbnail.jpeg": b"\xff\xd8" + value("thumbnail").encode(),
    }
    types = {
        f"word/{name}.xml": f"{WORD}{kind}+xml"
        for name, kind in {
            **{"header1": "header", "footer1": "footer", "header9": "header"},
            **{
                name: name
                for name in ("footnotes", "endnotes", "comments", "styles", "numbering", "settings")
            },
        }.items()
    }
    return package(body, relations, parts, types), v
