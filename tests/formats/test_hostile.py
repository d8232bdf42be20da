"""Files that mean harm are refused, or withheld with a reason, within a bounded time and memory."""

import io
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
    """Whether a hostile file is held back: no document is made of it, or it or a member has an obstacle."""
    label, make = FILES[name]
    try:
        family = read_family(make(), label)
    except FormatError:
        return True
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
