"""HTML, JSON, XML and tables as text: structure stays, values go from wherever they stand."""

# Payloads read better unbroken.
# ruff: noqa: E501

import csv
import io
import json
import time

import pytest

from redact.document import Span
from redact.errors import FormatError
from redact.formats import format_of
from redact.formats.csv import Csv
from redact.formats.html import Html
from redact.formats.interface import Format
from redact.formats.json import Json
from redact.formats.xml import Xml
from redact.redaction import Redaction
from tests.formats.planting import MARKING, Planted, left, unread, write


def planted_page() -> tuple[bytes, Planted]:
    v = Planted()
    page = f"""<!DOCTYPE html><!-- SSN {v("comment before")} -->
    <html><head><title>SSN {v("title")}</title><meta name="x" content="SSN {v("meta")}">
    <style>p {{ content: "{v("style")}" }}</style></head>
    <body onload="x('{v("not searched event")}')"><p>SSN {v("text")}</p><p>SSN {v("split")[:4]}<i>{v("split")[4:]}</i>
    <span style="display:none">SSN {v("hidden")}</span></p><pre>SSN
    {v("pre")}</pre><!-- {v("comment")} --><img alt="SSN {v("alt")}" src="https://x/{v("src")}.png">
    <a href="mailto:{v("href")}@x.org" title="SSN {v("attribute title")}" data-ssn="{v("data")}">mail</a>
    <table><tr><th>Name</th><th>SSN</th></tr><tr><td>Someone</td><td>{v("cell")}</td></tr>
    <tr><td>Other</td><td><table><tr><td>SSN {v("nested")}</td></tr></table></td></tr></table>
    <input value="SSN {v("input")}"><input type="hidden" value="SSN {v("hidden input")}">
    <textarea>SSN {v("textarea")}</textarea><select><option value="{v("option value")}">SSN {v("option")}</option></select>
    <script>var ssn = "{v("script")}";</script><noscript>SSN {v("noscript")}</noscript>
    <template>SSN {v("template")}</template><custom-tag>SSN {v("custom")}</custom-tag>
    &#57;&#48;0-11-{v("entities")[-4:]}<iframe srcdoc="SSN {v("srcdoc")}"></iframe></body></html>"""
    v.values["entities"] = "900-11-" + v.values["entities"][-4:]
    return page.encode(), v


def planted_json() -> tuple[bytes, Planted]:
    v = Planted()
    data = {
        "ssn": v("string"),
        v("key"): 1,
        "number": int(v("number").replace("-", "")),
        "nested": [{"name": "x", "ssn": f"SSN {v('in list')}"}, [v("deep")]],
        "escaped": f"\u00e9 {v('escaped')}",
    }
    v.values["number"] = v.values["number"].replace("-", "")
    return json.dumps(data).replace("900", "\\u0039\\u0030\\u0030").encode(), v


def planted_xml() -> tuple[bytes, Planted]:
    v = Planted()
    data = f"""<?xml version="1.0"?><?pi SSN {v("instruction")}?><!-- SSN {v("comment")} --><root>
    <person ssn="{v("attribute")}"><ssn>{v("element")}</ssn><note>SSN {v("mixed")[:5]}<b>{v("mixed")[5:]}</b> end</note>
    <c><![CDATA[SSN {v("cdata")}]]></c><e>x<f/>tail SSN {v("tail")}</e><d>{v("comment inside")[:6]}<!-- x -->{v("comment inside")[6:]}</d>
    </person></root>"""
    return data.encode(), v


def planted_csv() -> tuple[bytes, Planted]:
    v = Planted()
    rows = [
        ["Name", "SSN", "Remarks"],
        ["Someone", v("cell"), f'quoted, "SSN {v("quoted")}"'],
        ["Other", "", f"two\nlines SSN {v('line break')}", f"SSN {v('beyond headers')}"],
    ]
    buffer = io.StringIO()
    csv.writer(buffer).writerows(rows)
    return buffer.getvalue().encode("utf-8-sig"), v


BOX = b'<span style="background:#000;color:#fff">'
CASES = [
    (Html(), "a.html", planted_page),
    (Json(), "a.json", planted_json),
    (Xml(), "a.xml", planted_xml),
    (Csv(), "a.csv", planted_csv),
]


@pytest.mark.parametrize(("implementation", "name", "make"), CASES, ids=["html", "json", "xml", "csv"])
def test_every_place_is_searched_and_nothing_is_left(implementation: Format, name: str, make: object) -> None:
    data, planted = make()  # type: ignore[operator]
    assert type(format_of(data, name)) is type(implementation)
    document = implementation.read(data, name)
    unsearched = {"style", "not searched event", "src"} & set(planted.values)
    assert set(unread(document, planted)) <= unsearched
    if implementation.name == "json":
        document = implementation.read(data, name)
        spans = [
            Redaction(segment.locator, Span(at, at + len(value)), MARKING)
            for segment in document.segments
            for value in planted.values.values()
            if (at := segment.text.find(value)) >= 0
        ]
        written = implementation.write(data, document, spans).data
    else:
        written = write(implementation, data, name).data
    assert left(written, planted) == []
    assert MARKING.encode() in written
    for reading in implementation.reread(written):
        assert not [place for place, value in planted.values.items() if value in reading.text]
    assert type(format_of(written, name)) is type(implementation)
    # Boxes lose their black when a page is rebuilt; nothing else changes.
    again = implementation.write(written, implementation.read(written, name), []).data
    assert again == written.replace(BOX, b"<span>")


@pytest.mark.parametrize(
    ("table", "text"),
    [
        ("Name,SSN\nA,1\nB,2\n", "Name\tSSN\nName: A\nSSN: 1\n\nName: B\nSSN: 2\n\n"),
        ("Name,John\nSSN,1\nPhone,2\n", "Name\tJohn\nSSN\t1\nPhone\t2\n"),
        ("x,1\ny,2\n", "x\t1\ny\t2\n"),
    ],
)
def test_headers_stand_beside_their_cells(table: str, text: str) -> None:
    (segment,) = Csv().read(table.encode(), "a.csv").segments
    assert segment.text == text


def test_long_tables_come_in_segments_with_their_headers() -> None:
    data = "Name,SSN\n" + "".join(f"P{n},{n}\n" for n in range(1200))
    document = Csv().read(data.encode(), "a.csv")
    assert [s.locator for s in document.segments] == ["rows:1-501", "rows:501-1001", "rows:1001-1201"]
    assert all("SSN: " in segment.text for segment in document.segments)
    at = document.segments[1].text.index("SSN: 700\n") + 5
    written = Csv().write(data.encode(), document, [Redaction("rows:501-1001", Span(at, at + 3), "X")]).data
    assert written.decode() == data.replace("P700,700\n", "P700,[X]\n")


def test_csv_and_json_keep_what_is_not_redacted() -> None:
    table = 'a;b\r\n"x;y";2\r\n'
    assert Csv().write(table.encode(), Csv().read(table.encode(), "a.csv"), []).data == table.encode()
    text = '{\n  "a": 1.50,\n  "a": [\n    true,\n    -2e3\n  ],\n  "é": {}\n}\n'
    assert Json().write(text.encode(), Json().read(text.encode(), "a"), []).data == text.encode()
    lines = '{"a": 1}\n{"a": 2}\n'
    assert Json().write(lines.encode(), Json().read(lines.encode(), "a"), []).data == lines.encode()


@pytest.mark.parametrize(
    ("implementation", "data"),
    [
        (Xml(), b"<?xml version='1.0'?><!DOCTYPE x [<!ENTITY a 'b'>]><x>&a;</x>"),
        (Xml(), b"<?xml version='1.0'?><x>"),
        (Xml(), b"<?xml version='1.0'?>" + b"<x>" * 5000 + b"</x>" * 5000),
        (Json(), b"[" * 100_000 + b"]" * 100_000),
        (Json(), b'{"a": '),
        (Csv(), b"a,b\n" + b"x" * 30_000_000 + b",1\n"),
        (Csv(), b'a,"b\n'),
    ],
    ids=["entity", "cut off", "deep", "deep json", "cut off json", "enormous cell", "open quote"],
)
def test_hostile_files_are_refused_in_time(implementation: Format, data: bytes) -> None:
    begun = time.monotonic()
    with pytest.raises(FormatError):
        implementation.read(data, "a")
    assert time.monotonic() - begun < 10


@pytest.mark.parametrize(
    ("page", "code"),
    [
        ("<svg><text>900-11-2222</text></svg>", "picture"),
        ("<img src='data:image/png;base64,AAAA'>", "picture"),
        ("<div>" * 3000 + "SSN 900-11-2222", "malformed"),
    ],
)
def test_pages_that_cannot_be_read_whole_are_withheld(page: str, code: str) -> None:
    document = Html().read(f"<html><body>{page}</body></html>".encode(), "a.html")
    assert code in [obstacle.code for obstacle in document.obstacles]


def test_a_name_that_is_a_value_withholds_the_file() -> None:
    data = b"<?xml version='1.0'?><x><ssn-900-11-2222>1</ssn-900-11-2222></x>"
    document = Xml().read(data, "a.xml")
    at = document.segment("names").text.index("900")
    with pytest.raises(FormatError):
        Xml().write(data, document, [Redaction("names", Span(at, at + 11), "X")])


@pytest.mark.parametrize(
    ("data", "name", "format"),
    [
        (b"<!doctype html><p>x", "a.txt", "html"),
        (b"<?xml version='1.0'?><x/>", "a.txt", "xml"),
        (b'{"a": 1}', "a.txt", "json"),
        (b"{not json}", "a.txt", "text"),
        (b"a,b\n1,2\n", "a.csv", "csv"),
        (b"a,b\n1,2\n", "a.txt", "text"),
        (b"From: a@b.c\nTo: d@e.f\nSubject: x\n\nHi\n", "mail", "email"),
        (b"From: a@b.c\nTo: d@e.f\nSubject: x\n\nHi\n", "memo.txt", "text"),
        (b"\x7fELF\0", "a.docx", "unsupported"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600), "a.doc", "unsupported"),
        (b"\x89PNG\r\n\x1a\n\0", "a.txt", "png"),
    ],
)
def test_content_tells_the_format(data: bytes, name: str, format: str) -> None:
    assert format_of(data, name).name == format
