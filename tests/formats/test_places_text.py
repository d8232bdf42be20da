"""Places of text formats, archives and pictures in which a value can stand, and what becomes of it."""

# Payloads read better unbroken.
# ruff: noqa: E501

import io
import json
import struct
import zipfile
import zlib
from collections.abc import Callable

import pytest
from PIL import Image, ImageCms, PngImagePlugin

from redact.formats.package import Package
from tests.formats.planting import fate

V = "912-48-7001"
SSN = f"SSN {V}"
HALVES = (V[:5], V[5:])
SEARCHED, DROPPED = "searched", "dropped"
PAGE = "<!DOCTYPE html><html><head>{}</head><body><p>x</p>{}</body></html>"


def body(inner: str) -> str:
    return PAGE.format("", inner)


def head(inner: str) -> str:
    return PAGE.format(inner, "")


HTML: dict[str, tuple[str, str]] = {
    "comment for old browsers": (body(f"<!--[if mso]><p>{SSN}</p><![endif]-->"), SEARCHED),
    "comment that never ends": (body(f"<!-- {SSN} <p>y</p>"), "withheld: malformed"),
    "comment with a stray end": (body(f"<!--> {SSN} --><p>y</p>"), SEARCHED),
    "CDATA": (body(f"<![CDATA[{SSN}]]>"), SEARCHED),
    "declaration": (f"<!DOCTYPE html SYSTEM '{SSN}'><html><body>x</body></html>", DROPPED),
    "instruction": (body(f"<?php echo '{SSN}' ?>"), SEARCHED),
    "title": (head(f"<title>{SSN}</title>"), SEARCHED),
    "description": (head(f"<meta name='description' content='{SSN}'>"), SEARCHED),
    "data for search engines": (head(f"<script type='application/ld+json'>{{\"x\": \"{SSN}\"}}</script>"), SEARCHED),
    "style sheet": (head(f"<style>p::after {{ content: '{SSN}' }}</style>"), SEARCHED),
    "style of an element": (body(f"<p style=\"--x: '{SSN}'\">y</p>"), SEARCHED),
    "base address": (head(f"<base href='http://{V}.example.org/'>"), SEARCHED),
    "link to a feed": (head(f"<link rel='alternate' title='{SSN}' href='x'>"), SEARCHED),
    "event": (body(f"<p onclick=\"show('{SSN}')\">y</p>"), SEARCHED),
    "identifier": (body(f"<p id='ssn {V}' class='ssn {V}'>y</p>"), SEARCHED),
    "attribute of its own": (body(f"<p ssn='{SSN}'>y</p>"), SEARCHED),
    "name of an attribute": (body(f"<p ssn-{V}>y</p>"), DROPPED),
    "name of an element": (body(f"<ssn-{V}>y</ssn-{V}>"), DROPPED),
    "data attribute": (body(f"<p data-x='{SSN}'>y</p>"), SEARCHED),
    "words for screen readers": (body(f"<p aria-label='{SSN}'>y</p>"), SEARCHED),
    "text in an entity": (body("<p>SSN 912&#x2d;48&hyphen;7001 &shy;</p>".replace("&hyphen;", "-")), SEARCHED),
    "entity without its end": (body("<p>SSN 912&#45&#52;&#56-7001</p>"), SEARCHED),
    "split by an empty element": (body(f"<p>SSN {HALVES[0]}<span></span>{HALVES[1]}</p>"), SEARCHED),
    "split by a comment": (body(f"<p>SSN {HALVES[0]}<!-- x -->{HALVES[1]}</p>"), SEARCHED),
    "split by a link": (body(f"<p>SSN {HALVES[0]}<a href='x'>{HALVES[1]}</a></p>"), SEARCHED),
    "split by an unknown element": (body(f"<p>SSN {HALVES[0]}<o:p>{HALVES[1]}</o:p></p>"), SEARCHED),
    "not displayed": (body(f"<div style='display:none'>{SSN}</div>"), SEARCHED),
    "hidden": (body(f"<div hidden>{SSN}</div>"), SEARCHED),
    "details": (body(f"<details><summary>x</summary>{SSN}</details>"), SEARCHED),
    "dialog": (body(f"<dialog>{SSN}</dialog>"), SEARCHED),
    "template": (body(f"<template>{SSN}</template>"), SEARCHED),
    "without scripts": (body(f"<noscript>{SSN}</noscript>"), SEARCHED),
    "without frames": (body(f"<noframes>{SSN}</noframes>"), SEARCHED),
    "text area": (body(f"<textarea>{SSN}</textarea>"), SEARCHED),
    "hidden field": (body(f"<input type='hidden' value='{SSN}'>"), SEARCHED),
    "list of proposals": (body(f"<datalist><option label='x' value='{SSN}'></datalist>"), SEARCHED),
    "meter": (body(f"<meter title='{SSN}' value='1'>{V}</meter>"), SEARCHED),
    "object": (body(f"<object data='x'><param name='x' value='{SSN}'>{SSN}</object>"), SEARCHED),
    "frame": (body(f"<iframe srcdoc='&lt;p>{SSN}&lt;/p>'></iframe>"), SEARCHED),
    "split in a frame": (body(f"<iframe srcdoc='&lt;p>SSN {HALVES[0]}&lt;b>{HALVES[1]}&lt;/b>&lt;/p>'></iframe>"), SEARCHED),
    "frame with a page in its address": (body(f"<iframe src='data:text/html,{SSN}'></iframe>"), "withheld: picture"),
    "map": (body(f"<map><area alt='{SSN}'></map>"), SEARCHED),
    "formula": (body(f"<math><annotation>{SSN}</annotation></math>"), SEARCHED),
    "drawing": (body(f"<svg><text>{SSN}</text></svg>"), "withheld: picture"),
    "picture in its address": (body(f"<img src='data:image/svg+xml,{SSN}'>"), "withheld: picture"),
    "subtitles": (body(f"<video><track label='{SSN}' src='x'></video>"), SEARCHED),
    "after the end": (body("") + f"<p>{SSN}</p>", SEARCHED),
    "before the beginning": (f"<!-- x --><html><body>{SSN}</body></html>", SEARCHED),
    "head that holds text": (head(f"<p>{SSN}</p>"), SEARCHED),
    "table outside of its cells": (body(f"<table>{SSN}<tr><td>x</td></tr></table>"), SEARCHED),
    "tag that never ends": (body(f"<p>x</p><p title='{SSN}"), "withheld: malformed"),
    "plain text to the end": (body(f"<plaintext>{SSN}"), SEARCHED),
    "raw text": (body(f"<xmp>{SSN}</xmp>"), SEARCHED),
}  # fmt: skip

JSON: dict[str, tuple[str, str]] = {
    "key": (json.dumps({SSN: 1}), SEARCHED),
    "escaped letters": ('{"ssn": "\\u0039\\u0031\\u0032-48-7001"}', SEARCHED),
    "escaped slash": ('{"x": "a\\/SSN 912-48-7001\\/b"}', SEARCHED),
    "JSON in a string": (json.dumps({"x": json.dumps({"ssn": V})}), SEARCHED),
    "key twice": ('{"a": "x", "a": "SSN 912-48-7001"}', SEARCHED),
    "number": ('{"ssn": 912487001, "x": "SSN 912-48-7001"}'.replace("912487001", "1"), SEARCHED),
    "deep": ('{"a": ' * 50 + f'"{SSN}"' + "}" * 50, SEARCHED),
    "comment": ('{"a": 1 /* SSN 912-48-7001 */}', "refused"),
    "after the end": ('{"a": 1} SSN 912-48-7001', "refused"),
    "lines": (f'{{"a": "x"}}\n{{"a": "{SSN}"}}\n', SEARCHED),
}  # fmt: skip

XML: dict[str, tuple[str, str]] = {
    "comment": (f"<x><!-- {SSN} -->y</x>", SEARCHED),
    "instruction": (f"<?p {SSN}?><x/>", SEARCHED),
    "comment after the end": (f"<x/><!-- {SSN} -->", SEARCHED),
    "CDATA": (f"<x><![CDATA[SSN {HALVES[0]}]]>{HALVES[1]}</x>", SEARCHED),
    "attribute": (f"<x ssn='{V}'/>", SEARCHED),
    "attribute of the language": (f"<x xml:lang='{SSN}'/>", SEARCHED),
    "character reference": ("<x>SSN 912&#45;48&#x2d;7001</x>", SEARCHED),
    "name of an element": (f"<x><ssn-{V}/></x>", "refused"),
    "namespace": (f"<x xmlns:a='urn:{V}'/>", "refused"),
    "text between elements": (f"<x><y/>{SSN}<y/></x>", SEARCHED),
    "document type": (f"<!DOCTYPE x [<!ENTITY a '{SSN}'>]><x>&a;</x>", "refused"),
    "default of an attribute": (f"<!DOCTYPE x [<!ATTLIST x a CDATA '{SSN}'>]><x/>", "refused"),
    "encoding": (f"<x>{SSN}</x>", SEARCHED),
}  # fmt: skip

RTF: dict[str, tuple[str, str]] = {
    "style name": (rf"{{\stylesheet{{\s1 {SSN};}}}}x", DROPPED),
    "font name": (rf"{{\fonttbl{{\f0 {SSN};}}}}x", DROPPED),
    "list name": (rf"{{\*\listtable{{\list{{\listname {SSN};}}}}}}x", DROPPED),
    "generator": (rf"{{\*\generator {SSN};}}x", DROPPED),
    "data store": (rf"{{\*\datastore {SSN.encode().hex()}}}x", DROPPED),
    "category": (rf"{{\info{{\category {SSN}}}{{\manager {SSN}}}}}x", SEARCHED),
    "password": (rf"{{\*\passwordhash {V}}}x", SEARCHED),
    "mail merge": (rf"{{\*\mailmerge{{\*\mmdatasource {SSN}}}}}x", SEARCHED),
    "table of contents": (rf"{{\tc {SSN}}}x", SEARCHED),
    "entry of an index": (rf"{{\xe {SSN}}}x", SEARCHED),
    "revision": (rf"{{\*\revtbl{{{SSN};}}}}x", SEARCHED),
    "author of a comment": (rf"{{\*\atnauthor {SSN}}}x", SEARCHED),
    "split by the end of a line": (f"SSN {HALVES[0]}\r\n{HALVES[1]}", SEARCHED),
    "split by formatting": (rf"SSN {HALVES[0]}{{\b\i {HALVES[1]}}}", SEARCHED),
    "split by an unknown word": (rf"SSN {HALVES[0]}\unheard {HALVES[1]}", SEARCHED),
    "split by an optional hyphen": (rf"SSN {HALVES[0]}\-{HALVES[1]}", SEARCHED),
    "split by an empty group": (rf"SSN {HALVES[0]}{{}}{HALVES[1]}", SEARCHED),
    "split by a bookmark": (rf"SSN {HALVES[0]}{{\*\bkmkstart a}}{HALVES[1]}", SEARCHED),
    "split by binary data": (rf"SSN {HALVES[0]}{{\*\x\bin3 abc}}{HALVES[1]}", SEARCHED),
    "split by nothing": (f"SSN {HALVES[0]}\0{HALVES[1]}", "withheld: control-characters"),
    "split by hidden text": (rf"SSN {HALVES[0]}{{\v x}}{HALVES[1]}", SEARCHED),
    "hexadecimal": ("SSN " + "".join(f"\\'{ord(c):02x}" for c in V), SEARCHED),
    "hexadecimal in halves": (rf"SSN \'39{V[1:]}", SEARCHED),
    "Unicode": ("SSN " + "".join(f"\\u{ord(c)}?" for c in V), SEARCHED),
    "Unicode with two in its place": (r"\uc2 SSN " + "".join(f"\\u{ord(c)}??" for c in V), SEARCHED),
    "Unicode destination": (rf"{{\upr{{x}}{{\*\ud{{{SSN}}}}}}}", SEARCHED),
    "hidden": (rf"x{{\v {SSN}}}", SEARCHED),
    "deleted": (rf"x{{\deleted {SSN}}}", SEARCHED),
    "drawing": (rf"{{\do{{\dptxbx{{\dptxbxtext {SSN}\par}}}}}}", SEARCHED),
    "property of a shape": (rf"{{\shp{{\*\shpinst{{\sp{{\sn wzDescription}}{{\sv {SSN}}}}}}}}}x", SEARCHED),
    "result of an object": (rf"{{\object{{\*\objdata 00}}{{\result {SSN}}}}}", "withheld: embedded-object"),
    "name of a field": (rf"{{\field{{\*\fldinst FORMTEXT {{\*\formfield{{\*\ffname {SSN}}}}}}}{{\fldrslt x}}}}", SEARCHED),
    "mail in HTML": (rf"\fromhtml1{{\*\htmltag <p>{SSN}</p>}}x", SEARCHED),
    "header of the first page": (rf"{{\headerf {SSN}}}x", SEARCHED),
    "separator of notes": (rf"{{\ftnsep {SSN}}}x", SEARCHED),
    "after the end": (rf"x}}{SSN}{{", SEARCHED),
}  # fmt: skip


@pytest.mark.parametrize(
    ("name", "text", "expected"),
    [
        *(pytest.param("a.html", *case, id=f"html {place}") for place, case in HTML.items()),
        *(pytest.param("a.json", *case, id=f"json {place}") for place, case in JSON.items()),
        *(pytest.param("a.xml", "<?xml version='1.0'?>" + text, expected, id=f"xml {place}") for place, (text, expected) in XML.items()),
        *(pytest.param("a.rtf", r"{\rtf1\ansi\deff0 " + text + "}", expected, id=f"rtf {place}") for place, (text, expected) in RTF.items()),
    ],
)  # fmt: skip
def test_a_value_in_text(name: str, text: str, expected: str) -> None:
    assert fate(text.encode(), name, V) == expected


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "cp1252"])
@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("a.txt", f"Peña, {SSN}"),
        ("a.html", body(f"Peña, {SSN}")),
        ("a.json", f'{{"a": "Peña, {SSN}"}}'),
        ("a.csv", f"Name,SSN\nPeña,{V}\n"),
        ("a.xml", f"<?xml version='1.0' encoding='ENC'?><x>Peña, {SSN}</x>"),
    ],
)
def test_a_value_in_another_encoding(name: str, text: str, encoding: str) -> None:
    data = text.replace("ENC", encoding.removesuffix("-sig")).encode(encoding)
    assert fate(data, name, V) == SEARCHED


def zipped(change: Callable[[zipfile.ZipFile, zipfile.ZipInfo], None]) -> bytes:
    """An archive of one file, changed before it is closed."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as made:
        entry = zipfile.ZipInfo("a.txt")
        change(made, entry)
        made.writestr(entry, "x")
    return buffer.getvalue()


def _comment(made: zipfile.ZipFile, entry: zipfile.ZipInfo) -> None:
    made.comment = SSN.encode()


def _entry_comment(made: zipfile.ZipFile, entry: zipfile.ZipInfo) -> None:
    entry.comment = SSN.encode()


def _extra(made: zipfile.ZipFile, entry: zipfile.ZipInfo) -> None:
    entry.extra = struct.pack("<HH", 0x4141, len(SSN)) + SSN.encode()


def _folder(made: zipfile.ZipFile, entry: zipfile.ZipInfo) -> None:
    made.mkdir(f"SSN {V}")


PLAIN = Package.write({"a.txt": b"x"})
FIRST_OF_TWO = PLAIN[: PLAIN.index(b"PK\1\2")]
HIDDEN_ENTRY = Package.write({"b.txt": SSN.encode()})
HIDDEN_ENTRY = HIDDEN_ENTRY[: HIDDEN_ENTRY.index(b"PK\1\2")]


def between(hidden: bytes) -> bytes:
    """An archive with bytes between its files and their list, as the list says."""
    at = PLAIN.index(b"PK\1\2")
    moved = bytearray(PLAIN[:at] + hidden + PLAIN[at:])
    moved[-6:-2] = struct.pack("<I", at + len(hidden))
    return bytes(moved)


ZIP: dict[str, tuple[bytes, str]] = {
    "comment of the archive": (zipped(_comment), SEARCHED),
    "comment of a file": (zipped(_entry_comment), SEARCHED),
    "extra field": (zipped(_extra), SEARCHED),
    "empty folder": (zipped(_folder), SEARCHED),
    "name of a file": (Package.write({f"{V}.txt": b"x"}), SEARCHED),
    "name of a folder": (Package.write({f"{V}/a.txt": b"x"}), SEARCHED),
    "before the archive": (SSN.encode() + PLAIN, "withheld: unsupported"),
    "after the archive": (PLAIN + SSN.encode(), "withheld: trailing-data"),
    "between the files": (between(SSN.encode()), "withheld: trailing-data"),
    "file that is not listed": (between(HIDDEN_ENTRY), "withheld: trailing-data"),
    "text": (Package.write({"a.txt": SSN.encode()}), SEARCHED),
    "archive in an archive": (Package.write({"a.zip": Package.write({"b.txt": SSN.encode()})}), SEARCHED),
    "program": (Package.write({"a.exe": b"MZ\x90\0" + SSN.encode()}), "member withheld: program"),
    "old office file": (Package.write({"a.doc": bytes.fromhex("D0CF11E0A1B11AE1") + bytes(600) + SSN.encode()}), "member withheld: old-office"),
    "spreadsheet of OpenDocument": (Package.write({"a.ods": Package.write({"mimetype": b"application/vnd.oasis.opendocument.spreadsheet", "content.xml": SSN.encode()})}), "member withheld: opendocument"),
}  # fmt: skip


@pytest.mark.parametrize("place", ZIP)
def test_a_value_in_an_archive(place: str) -> None:
    data, expected = ZIP[place]
    assert fate(data, "a.zip", V) == expected


def chunk(kind: bytes, content: bytes) -> bytes:
    return struct.pack(">I", len(content)) + kind + content + struct.pack(">I", zlib.crc32(kind + content))


def png(**options: object) -> bytes:
    buffer = io.BytesIO()
    Image.new("RGB", (40, 40), "white").save(buffer, "PNG", **options)
    return buffer.getvalue()


def jpeg(**options: object) -> bytes:
    buffer = io.BytesIO()
    Image.new("RGB", (40, 40), "white").save(buffer, "JPEG", **options)
    return buffer.getvalue()


def tiff(**options: object) -> bytes:
    buffer = io.BytesIO()
    Image.new("RGB", (40, 40), "white").save(buffer, "TIFF", **options)
    return buffer.getvalue()


def text_chunks() -> PngImagePlugin.PngInfo:
    chunks = PngImagePlugin.PngInfo()
    chunks.add_itxt("x", SSN, zip=True)
    return chunks


ICC = ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes()
AFTER_HEAD = 33
PICTURES: dict[str, tuple[bytes, str]] = {
    "packed text of PNG": (png(pnginfo=text_chunks()), SEARCHED),
    "own chunk of PNG": (png()[:AFTER_HEAD] + chunk(b"prVt", SSN.encode()) + png()[AFTER_HEAD:], DROPPED),
    "name of a palette": (png()[:AFTER_HEAD] + chunk(b"sPLT", SSN.encode() + b"\0\x08") + png()[AFTER_HEAD:], DROPPED),
    "colour profile": (png(icc_profile=ICC + SSN.encode()), DROPPED),
    "end of a PNG": (png()[:-12] + chunk(b"IEND", SSN.encode()), DROPPED),
    "after a PNG": (png() + SSN.encode(), "withheld: trailing-data"),
    "comment of a JPEG": (jpeg(comment=SSN.encode()), SEARCHED),
    "Photoshop's part of a JPEG": (jpeg()[:2] + b"\xff\xed" + struct.pack(">H", len(SSN) + 2) + SSN.encode() + jpeg()[2:], SEARCHED),
    "unknown part of a JPEG": (jpeg()[:2] + b"\xff\xe9" + struct.pack(">H", len(SSN) + 2) + SSN.encode() + jpeg()[2:], SEARCHED),
    "colour profile of a JPEG": (jpeg(icc_profile=ICC + SSN.encode()), DROPPED),
    "after a JPEG": (jpeg() + SSN.encode(), "withheld: trailing-data"),
    "tag of a TIFF": (tiff(software=SSN), SEARCHED),
    "own tag of a TIFF": (tiff(tiffinfo={65000: SSN}), SEARCHED),
    "between the tags of a TIFF": (tiff() + SSN.encode(), DROPPED),
}  # fmt: skip


@pytest.mark.parametrize("place", PICTURES)
def test_a_value_beside_pixels(place: str) -> None:
    data, expected = PICTURES[place]
    assert fate(data, "a.png", V) == expected
