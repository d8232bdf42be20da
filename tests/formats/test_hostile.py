"""Files that mean harm are refused, or withheld with a reason, within a bounded time and memory."""

import base64
import io
import struct
import subprocess
import sys
import time
import zipfile
from collections.abc import Callable

import pytest

from redact.errors import FormatError
from redact.formats.family import read_family

SECONDS = 10
"""Of processor time, for one file."""
MEMORY = 3 * 2**30
"""Bytes of address space in which all of them are read; the libraries take some of it."""

ENTITIES = (
    b"<?xml version='1.0'?><!DOCTYPE x [<!ENTITY a 'aaaaaaaaaa'>"
    + b"".join(b"<!ENTITY %c '%s'>" % (98 + n, b"&%c;" % (97 + n) * 10) for n in range(9))
    + b"]><x>&j;</x>"
)
OUTSIDE = b"<?xml version='1.0'?><!DOCTYPE x [<!ENTITY a SYSTEM 'file:///etc/passwd'>]><x>&a;</x>"
WIDE = 100_000_000


def archive(entries: dict[str, bytes]) -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED, compresslevel=1) as made:
        for name, content in entries.items():
            made.writestr(name, content)
    return buffer.getvalue()


def office(main: str, content: bytes) -> bytes:
    """An office package whose main part is ``content``."""
    kind = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument"
    relation = (
        '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">'
        f'<Relationship Id="r" Type="{kind}" Target="{main}"/></Relationships>'
    )
    types = b'<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"/>'
    return archive({"[Content_Types].xml": types, "_rels/.rels": relation.encode(), main: content})


def odt(content: bytes) -> bytes:
    return archive({"mimetype": b"application/vnd.oasis.opendocument.text", "content.xml": content})


def nested(depth: int) -> bytes:
    data = b"text"
    for _ in range(depth):
        data = archive({"a.zip": data})
    return data


def overlapping(count: int = 3000) -> bytes:
    """An archive whose list names one packed file many times (D. Fifield, 2019)."""
    data = archive({"a": bytes(50_000)})
    at, name = data.index(b"PK\1\2"), b"a%05d"
    listed = data[at : data.index(b"PK\5\6")]
    entries = b"".join(
        listed[:28] + struct.pack("<H", 6) + listed[30:46] + name % number for number in range(count)
    )
    return data[:at] + entries + struct.pack("<4sHHHHIIH", b"PK\5\6", 0, 0, count, count, len(entries), at, 0)


def multiplying(depth: int) -> bytes:
    """An archive of archives that unpack to ever more of themselves."""
    data = b"text"
    for _ in range(depth):
        data = archive({f"{number}.zip": data for number in range(6)})
    return data


def mail(body: bytes) -> bytes:
    return b"From: a@example.org\nTo: b@example.org\nSubject: x\nMIME-Version: 1.0\n" + body


PARTS = ("word/document.xml", "xl/workbook.xml", "ppt/presentation.xml")
FILES: dict[str, tuple[str, Callable[[], bytes]]] = {
    "zip bomb": ("a.zip", lambda: archive({"zeros": bytes(WIDE)})),
    **{f"bomb in {part}": ("a", lambda part=part: office(part, bytes(WIDE))) for part in PARTS},
    "bomb in odt": ("a.odt", lambda: odt(bytes(WIDE))),
    **{f"entities in {part}": ("a", lambda part=part: office(part, ENTITIES)) for part in PARTS},
    **{f"file from {part}": ("a", lambda part=part: office(part, OUTSIDE)) for part in PARTS},
    "entities in odt": ("a.odt", lambda: odt(ENTITIES)),
    "entities in xml": ("a.xml", lambda: ENTITIES),
    "file from xml": ("a.xml", lambda: OUTSIDE),
    "cell of 100 MB in csv": ("a.csv", lambda: b"a,b\n" + b"x" * WIDE + b",1\n"),
    "cell of 100 MB in xlsx": (
        "a.xlsx",
        lambda: office("xl/workbook.xml", b"<workbook><x>" + b"x" * WIDE + b"</x></workbook>"),
    ),
    "archives in archives": ("a.zip", lambda: nested(30)),
    "members that overlap": ("a.zip", overlapping),
    "archives that multiply": ("a.zip", lambda: multiplying(9)),
    "ten thousand parts": (
        "a.eml",
        lambda: mail(b"Content-Type: multipart/mixed; boundary=b\n\n" + b"--b\n\nx\n" * 10_000),
    ),
    "ten thousand parts in parts": (
        "a.eml",
        lambda: mail(
            b"".join(
                b"Content-Type: multipart/mixed; boundary=b%d\n\n--b%d\n" % (n, n) for n in range(10_000)
            )
        ),
    ),
    "ten thousand messages in messages": (
        "a.eml",
        lambda: mail(b"Content-Type: message/rfc822\n\n" * 10_000),
    ),
    "encoded words": ("a.eml", lambda: mail(b"X-A: " + b"=?utf-8?q?x?= " * 50_000 + b"\n\nx")),
    "header of 20 MB": ("a.eml", lambda: mail(b"X-A: " + b"x" * 20_000_000 + b"\n\nx")),
    "base64 of 20 MB": (
        "a.eml",
        lambda: mail(b"Content-Transfer-Encoding: base64\n\n" + base64.encodebytes(bytes(15_000_000))),
    ),
    "messages without end": (
        "a.mbox",
        lambda: b"From a Mon\nFrom: a@b.c\nTo: x\nSubject: x\n\nx\n\n" * 20_000,
    ),
    "paragraphs in html": ("a.html", lambda: b"<html><body>" + b"<p>x" * 5_000_000),
    "attributes in html": ("a.html", lambda: b"<html><body><p " + b"a=b " * 2_000_000 + b">"),
    "values in json": ("a.json", lambda: b"[" + b"1," * 5_000_000 + b"1]"),
    "elements in xml": ("a.xml", lambda: b"<?xml version='1.0'?><x>" + b"<y/>" * 5_000_000 + b"</x>"),
    "cells in csv": ("a.csv", lambda: b"a,b\n" + b"1,2\n" * 5_000_000),
    "words in rtf": ("a.rtf", lambda: b"{\\rtf1 " + b"\\par x" * 5_000_000 + b"}"),
    "entries in a calendar": ("a.ics", lambda: b"BEGIN:VCALENDAR\n" + b"X:y\n" * 5_000_000),
    "elements in a sheet": ("a", lambda: office("xl/workbook.xml", b"<x>" + b"<y/>" * 5_000_000 + b"</x>")),
    "parts without end": (
        "a.eml",
        lambda: mail(b"Content-Type: multipart/mixed; boundary=b\n\n" + b"--b\n\n" * 5000),
    ),
    "parts in parts": (
        "a.eml",
        lambda: mail(
            b"".join(b"Content-Type: multipart/mixed; boundary=b%d\n\n--b%d\n" % (n, n) for n in range(300))
        ),
    ),
    "path out of the archive": ("a.zip", lambda: archive({"../../etc/cron.d/x": b"x"})),
    "path from the root": ("a.zip", lambda: archive({"/etc/cron.d/x": b"x"})),
    "path out of the package": (
        "a.docx",
        lambda: archive({"[Content_Types].xml": b"", "word/../../x": b"x"}),
    ),
    "macros in docx": (
        "a.docm",
        lambda: archive({"[Content_Types].xml": b"<x/>", "word/vbaProject.bin": b"x"}),
    ),
    "macros in xlsx": (
        "a.xlsm",
        lambda: archive({"[Content_Types].xml": b"<x/>", "xl/vbaProject.bin": b"x"}),
    ),
    "macros in pptx": (
        "a.pptm",
        lambda: archive({"[Content_Types].xml": b"<x/>", "ppt/vbaProject.bin": b"x"}),
    ),
    "braces in rtf": ("a.rtf", lambda: b"{\\rtf1 " + b"{" * 100_000 + b"}" * 100_001),
}


def refused(name: str) -> bool:
    """Whether a hostile file is held back: it is refused in a sentence, or it or a member has an obstacle."""
    label, make = FILES[name]
    try:
        family = read_family(make(), label)
    except FormatError as error:
        return str(error).endswith(".") and len(str(error)) > 20
    return any(member.document.obstacles for member in family)


@pytest.mark.parametrize("name", FILES)
def test_hostile_files_are_refused_in_bounded_time(name: str) -> None:
    began = time.process_time()
    assert refused(name)
    assert time.process_time() - began < SECONDS


@pytest.mark.slow
@pytest.mark.skipif(sys.platform == "win32", reason="limits of memory are those of POSIX")
def test_hostile_files_are_refused_in_bounded_memory() -> None:
    program = (
        "import resource\n"
        f"resource.setrlimit(resource.RLIMIT_AS, ({MEMORY}, {MEMORY}))\n"
        "from tests.formats.test_hostile import FILES, refused\n"
        "assert all(refused(name) for name in FILES)\n"
    )
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, check=False)
    assert done.returncode == 0, done.stderr.decode()[-500:]
