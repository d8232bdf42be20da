"""OpenDocument texts: every place that one can hide a value in."""

# Payloads read better unbroken.
# ruff: noqa: E501

import io

import pytest

from redact.errors import FormatError
from redact.formats import format_of
from redact.formats.interface import Replacement
from redact.formats.odt import MIMETYPE, Odt
from redact.formats.package import Package
from tests.formats.planted_docx import PNG
from tests.formats.planting import MARKING, VALUE, Planted, left, unread, write

NAMES = " ".join(
    f'xmlns:{prefix}="urn:oasis:names:tc:opendocument:xmlns:{name}:1.0"'
    for prefix, name in {
        **{"office": "office", "text": "text", "table": "table", "style": "style", "draw": "drawing"},
        **{"form": "form", "meta": "meta", "svg": "svg-compatible"},
    }.items()
)
NAMES += ' xmlns:xlink="http://www.w3.org/1999/xlink" xmlns:dc="http://purl.org/dc/elements/1.1/"'


def package(body: str, automatic: str = "", styles: str = "", parts: dict[str, bytes] | None = None) -> bytes:
    content = f"<office:document-content {NAMES}><office:automatic-styles>{automatic}</office:automatic-styles><office:body><office:text>{body}</office:text></office:body></office:document-content>"
    document_styles = f"<office:document-styles {NAMES}>{styles}</office:document-styles>"
    return Package.write(
        {
            "mimetype": MIMETYPE,
            "content.xml": content.encode(),
            "styles.xml": document_styles.encode(),
            **(parts or {}),
        }
    )


def planted_text() -> tuple[bytes, Planted]:
    v = Planted()

    def value(place: str) -> str:
        return f"SSN {v(place)}"

    body = f"""
    <office:forms><form:form form:name="{value("form")}"/></office:forms>
    <text:tracked-changes><text:changed-region><text:deletion><office:change-info><dc:creator>{value("changed by")}</dc:creator></office:change-info>
      <text:p>SSN {v("deletion")[:4]}<text:span>{v("deletion")[4:]}</text:span></text:p></text:deletion></text:changed-region></text:tracked-changes>
    <text:user-field-decls><text:user-field-decl text:name="x" office:string-value="{value("field declaration")}"/></text:user-field-decls>
    <text:h text:outline-level="1">{value("heading")}</text:h>
    <text:p>SSN {v("split")[:3]}<text:span text:style-name="T1">{v("split")[3:6]}</text:span>{v("split")[6:]}<!-- {value("comment")} --></text:p>
    <text:p>a<text:s text:c="3"/>b<text:tab/>{value("after tab")}<text:line-break/>c</text:p>
    <text:p>x <text:span text:style-name="Ghost">{value("hidden span")}</text:span></text:p>
    <text:p text:style-name="Ghost">{value("hidden paragraph")}</text:p>
    <text:section text:name="{value("section name")}" text:display="none"><text:p>{value("hidden section")}</text:p></text:section>
    <text:p><text:hidden-text text:string-value="{value("hidden field")}">{value("hidden field text")}</text:hidden-text></text:p>
    <text:p><text:a xlink:href="mailto:{v("link")}@example.org">{value("link text")}</text:a> <text:author-name>{value("field")}</text:author-name></text:p>
    <text:p>x<office:annotation><dc:creator>{value("annotation author")}</dc:creator><text:p>SSN {v("annotation")[:5]}<text:span>{v("annotation")[5:]}</text:span></text:p></office:annotation></text:p>
    <text:p>x<text:note text:note-class="footnote"><text:note-citation>1</text:note-citation><text:note-body><text:p>{value("footnote")}</text:p></text:note-body></text:note> y</text:p>
    <text:p>x<draw:frame draw:name="{value("frame name")}"><draw:text-box><text:p>{value("text box")}</text:p></draw:text-box><svg:title>{value("alt title")}</svg:title><svg:desc>{value("alt text")}</svg:desc></draw:frame></text:p>
    <text:p><draw:custom-shape><text:p>{value("shape")}</text:p></draw:custom-shape></text:p>
    <text:p><draw:frame><draw:image xlink:href="Pictures/1.png"/></draw:frame></text:p>
    <text:list><text:list-item><text:p>{value("list item")}</text:p></text:list-item></text:list>
    <table:table table:name="{value("table name")}"><table:table-column table:number-columns-repeated="2"/>
      <table:table-header-rows><table:table-row><table:table-cell><text:p>Name</text:p></table:table-cell><table:table-cell><text:p>SSN</text:p></table:table-cell></table:table-row></table:table-header-rows>
      <table:table-row><table:table-cell><text:p>Someone</text:p></table:table-cell><table:table-cell><text:p>{v("cell")}</text:p></table:table-cell></table:table-row></table:table>
    <text:p><text:bookmark text:name="{value("bookmark")}"/>end</text:p>"""
    automatic = '<style:style style:name="Ghost"><style:text-properties text:display="none"/></style:style>'
    styles = (
        f'<office:styles><style:style style:name="s" style:display-name="{value("style name")}"/></office:styles><office:master-styles>'
        f"<style:master-page><style:header><text:p>{value('header')}</text:p></style:header><style:footer><text:p>{value('footer')}</text:p></style:footer></style:master-page>"
        f"<style:master-page><style:header><text:p>{value('second header')}</text:p></style:header></style:master-page></office:master-styles>"
    )
    parts = {
        "meta.xml": f"<m {NAMES}><dc:creator>{value('creator')}</dc:creator><meta:user-defined meta:name='x'>{value('property')}</meta:user-defined></m>".encode(),
        "settings.xml": f"<s><item>{value('setting')}</item></s>".encode(),
        "Pictures/1.png": PNG,
        "Thumbnails/thumbnail.png": value("thumbnail").encode(),
        f"Pictures/{v('part name')}.png": PNG,
    }
    return package(body, automatic, styles, parts), v


def test_every_place_is_searched_and_nothing_is_left() -> None:
    data, planted = planted_text()
    assert isinstance(format_of(data, "a.zip"), Odt)
    document = Odt().read(data, "a.odt")
    assert document.obstacles == ()
    assert unread(document, planted) == ["thumbnail"]
    written = write(Odt(), data, "a.odt")
    assert left(written.data, planted) == []
    assert write(Odt(), data, "a.odt").data == written.data
    for reading in Odt().reread(written.data):
        assert not [place for place, value in planted.values.items() if value in reading.text]
    again = Odt().read(written.data, "a.odt")
    assert again.segment("body").text.count(f"[{MARKING}]") == len(
        VALUE.findall(document.segment("body").text)
    )


def test_structure_stays() -> None:
    data, v = planted_text()
    segments = {s.locator: s.text for s in Odt().read(data, "a.odt").segments if s.visible}
    assert set(segments) == {"body", "header", "footer"}
    assert f"SSN {v('split')}\n" in segments["body"]
    assert f"a   b\tSSN {v('after tab')}\nc\n" in segments["body"]
    assert f"Name: Someone\nSSN: {v('cell')}\n" in segments["body"]
    content = Package.read(write(Odt(), data, "a.odt").data).parts["content.xml"].decode()
    assert '<text:h text:outline-level="1">SSN <text:span text:style-name="Redaction">' in content
    assert 'a <text:s text:c="2"/>b<text:tab/>SSN' in content
    assert "<text:list><text:list-item><text:p>" in content and 'note-class="footnote"' in content
    assert "[picture:1: Withheld]" in content and MARKING in content


def test_an_independent_reader_opens_it() -> None:
    opendocument = pytest.importorskip("odf.opendocument")
    teletype = pytest.importorskip("odf.teletype")
    data, _ = planted_text()
    opened = opendocument.load(io.BytesIO(write(Odt(), data, "a.odt").data))
    assert f"SSN [{MARKING}]" in teletype.extractText(opened.text)


def test_a_released_picture_takes_its_place() -> None:
    data, planted = planted_text()
    written = write(Odt(), data, "a.odt", members={"picture:1": Replacement(PNG, ".png")}).data
    assert Package.read(written).parts["Pictures/picture1.png"] == PNG
    assert left(written, planted) == []


@pytest.mark.parametrize(
    ("body", "parts", "code"),
    [
        (
            "<text:p><draw:frame><draw:object xlink:href='./Object 1'/></draw:frame></text:p>",
            {},
            "embedded-object",
        ),
        ("<text:p><x xmlns='urn:x'>900-11-2222</x></text:p>", {}, "unknown"),
        ("<text:p>x</text:p>", {"Basic/Standard/a.xml": b"<x/>"}, "macros"),
    ],
)
def test_what_cannot_be_rewritten_withholds_the_document(
    body: str, parts: dict[str, bytes], code: str
) -> None:
    assert [o.code for o in Odt().read(package(body, parts=parts), "a").obstacles] == [code]


@pytest.mark.parametrize(
    "data",
    [
        package("<text:p>"),
        package("<text:span>" * 150 + "</text:span>" * 150),
        package("<table:table><table:table-column table:number-columns-repeated='99999999'/></table:table>"),
        package("", parts={"META-INF/manifest.xml": b"<manifest><encryption-data/></manifest>"}),
    ],
    ids=["malformed", "deep", "wide", "encrypted"],
)
def test_hostile_packages_are_refused(data: bytes) -> None:
    with pytest.raises(FormatError):
        Odt().read(data, "a.odt")
