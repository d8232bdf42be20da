"""Mail, mail boxes and archives: headers, bodies and names are searched, files inside are members."""

# Payloads read better unbroken.
# ruff: noqa: E501

import io
import zipfile
from email import policy
from email.message import EmailMessage
from email.parser import BytesParser
from typing import cast

import pytest
from PIL import Image, PngImagePlugin

from redact.document import Document
from redact.errors import FormatError
from redact.formats import format_of
from redact.formats.archive import Zip
from redact.formats.email import Eml
from redact.formats.interface import Replacement
from redact.formats.mbox import Mbox
from tests.formats.planting import MARKING, Planted, left, unread, write


def blank_picture(comment: str) -> bytes:
    """A picture that says something beside its pixels only."""
    chunks, buffer = PngImagePlugin.PngInfo(), io.BytesIO()
    chunks.add_text("Comment", comment)
    Image.new("L", (20, 20), "white").save(buffer, "PNG", pnginfo=chunks)
    return buffer.getvalue()


def planted_message() -> tuple[bytes, Planted]:
    v = Planted()

    def value(place: str) -> str:
        return f"SSN {v(place)}"

    message = EmailMessage()
    message["Received"] = f"from host ({value('received')})"
    message["From"] = f"Ünal {v('display name')} <clerk@example.org>"
    message["To"] = f'a@example.org, "{v("second recipient")}" <b.{v("local part")}@example.org>'
    message["Cc"] = f"c@example.org ({v('address comment')})"
    message["Bcc"] = f"{v('bcc')} <d@example.org>"
    message["Subject"] = f"Ä subject {value('subject')}"
    message["X-Internal-Note"] = value("extra header")
    message["Message-ID"] = f"<{v('message id')}@example.org>"
    message["Date"] = "Mon, 02 Nov 2026 10:00:00 +0000"
    message.set_content(f"Text – {value('text body')}\n" + "x" * 100 + f" {value('long line')}\n")
    message.add_alternative(
        f"<html><head><title>{value('html title')}</title><style>/* {value('style')} */</style></head>"
        f"<body data-x='{value('data attribute')}'><!-- {value('html comment')} --><p>SSN {v('html body')[:5]}"
        f"<b>{v('html body')[5:]}</b></p><a href='mailto:{v('link')}@example.org'>write</a>"
        f"<img src='cid:1' alt='{value('image alt')}'><script>{value('script')}</script></body></html>",
        subtype="html",
    )
    message.add_attachment(value("attached text").encode(), "text", "plain", filename=f"{v('file name')}.txt")
    message.add_attachment(blank_picture(value("inline image")), "image", "png", cid="<1>")
    inner = EmailMessage()
    inner["From"] = "x@example.org"
    inner["Subject"] = value("nested subject")
    inner.set_content(value("nested body"))
    message.add_attachment(inner)
    message.preamble = value("preamble")
    message.epilogue = value("epilogue")
    return message.as_bytes(), v


IN_MEMBERS = {"attached text", "inline image", "nested subject", "nested body"}


def test_every_place_of_a_message_is_searched_or_a_member() -> None:
    data, planted = planted_message()
    document = Eml().read(data, "a.eml")
    assert document.obstacles == ()
    assert set(unread(document, planted)) == IN_MEMBERS
    assert [m.locator for m in document.members] == ["attachment:1", "attachment:2", "attachment:3"]
    assert [m.name for m in document.members][1:] == ["part.png", "message.eml"]
    for place in IN_MEMBERS:
        assert any(planted(place).encode() in member.data for member in document.members)


def test_nothing_planted_in_a_message_is_left() -> None:
    data, planted = planted_message()
    assert {"text body", "preamble", "extra header"} <= set(left(data, planted))
    written = write(Eml(), data, "a.eml").data
    assert left(written, planted) == []
    message = cast(EmailMessage, BytesParser(policy=policy.default).parsebytes(written))
    assert [part.get_content_type() for part in message.walk()] == [
        *("multipart/mixed", "multipart/alternative", "text/plain", "text/html"),
        *("text/plain", "text/plain", "text/plain"),
    ]
    body = message.get_body(("plain",))
    assert body is not None and f"SSN [{MARKING}]" in body.get_content()
    assert message["Subject"] == f"Ä subject SSN [{MARKING}]"
    assert "Withheld" in list(message.walk())[4].get_content()
    assert write(Eml(), data, "a.eml").data == written


def test_released_members_take_their_places() -> None:
    data, planted = planted_message()
    members = {
        "attachment:1": Replacement(b"clean", ".txt"),
        "attachment:3": Replacement(None, notice="Withheld: closed session"),
    }
    written = write(Eml(), data, "a.eml", members=members).data
    message = cast(EmailMessage, BytesParser(policy=policy.default).parsebytes(written))
    names = [part.get_filename() for part in message.iter_attachments()]
    assert names == [f"[{MARKING}].txt", "attachment-2-withheld.txt", "attachment-3-withheld.txt"]
    contents = [part.get_payload(decode=True) for part in message.iter_attachments()]
    assert contents[0] == b"clean"
    assert contents[2] == b"attachment:3: Withheld: closed session\n"
    assert left(written, planted) == []


def test_readers_see_inside_attachments() -> None:
    data, planted = planted_message()
    text = "\n".join(reading.text for reading in Eml().reread(data))
    for place in ("bcc", "html body", "attached text", "nested subject", "extra header"):
        joined = planted(place) if place != "html body" else planted(place)[:5]
        assert joined in text


def codes(document: Document) -> list[str]:
    return [obstacle.code for obstacle in document.obstacles]


@pytest.mark.parametrize(
    ("body", "code"),
    [
        (b"Content-Type: multipart/mixed; boundary=x\n\n--y\n\ntext\n", "malformed"),
        (b"Content-Type: multipart/mixed\n\ntext\n", "malformed"),
        (b"Content-Type: text/plain; charset=utf-16\n\nabc", "encoding"),
        (b"Content-Type: text/plain; charset=no-such\n\n\xe9\n", "encoding"),
        ("Cc: =?utf\u00e1-8?q?x?= <c@example.org>\n\ntext\n".encode(), "malformed-header"),
        (b"Content-Type: text/plain\n\na\x00b\n", "control-characters"),
        (b"Content-Type: message/partial; id=1; number=1\n\nx\n", "partial"),
        (b"Content-Type: text/html\n\n<img src='data:image/png;base64,AAAA'>\n", "picture"),
    ],
)
def test_malformed_messages_are_withheld(body: bytes, code: str) -> None:
    data = b"From: a@example.org\nTo: b@example.org\nSubject: x\n" + body
    assert code in codes(Eml().read(data, "a.eml"))


def test_a_mail_box_has_its_messages_as_members() -> None:
    v = Planted()
    first = f"From: a@b.org\nTo: c@d.org\nSubject: one\n\n>From the start, SSN {v('first')}\n"
    second = f"From: e@f.org\nTo: c@d.org\nSubject: two\n\nSSN {v('second')}\n"
    data = (
        f"From {v('sender')}@b.org Mon Nov  2 10:00:00 2026\n{first}\nFrom x@y Mon Nov  2 10:00:00 2026\n{second}"
    ).encode()
    assert isinstance(format_of(data, "mail"), Mbox)
    document = Mbox().read(data, "mail.mbox")
    assert unread(document, v) == ["first", "second"]
    assert len(document.members) == 2 and document.members[0].data.count(b"\nFrom the start") == 1
    released = {"message:1": Replacement(b"Subject: x\n\nFrom here on\n", ".eml")}
    written = write(Mbox(), data, "mail.mbox", members=released).data
    assert left(written, v) == []
    again = Mbox().read(written, "mail.mbox")
    assert again.members[0].data == b"Subject: x\n\nFrom here on\n\n"
    assert b"message:2: Withheld" in again.members[1].data


def archive(entries: dict[str, bytes], comment: bytes = b"") -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as made:
        for name, content in entries.items():
            entry = zipfile.ZipInfo(name)
            entry.comment = comment
            made.writestr(entry, content)
        made.comment = comment
    return buffer.getvalue()


def test_an_archive_has_its_files_as_members() -> None:
    v = Planted()
    data = archive(
        {
            f"{v('folder')}/{v('file name')}.txt": f"SSN {v('text')}".encode(),
            "b.eml": b"x",
            "c.bin": v("binary").encode(),
        },
        f"SSN {v('comment')}".encode(),
    )
    assert isinstance(format_of(data, "a.zip"), Zip)
    document = Zip().read(data, "a.zip")
    assert unread(document, v) == ["text", "binary"]
    members = {"entry:1": Replacement(b"clean", ".txt"), "entry:2": Replacement(b"mail", ".eml")}
    written = write(Zip(), data, "a.zip", members=members).data
    assert left(written, v) == []
    with zipfile.ZipFile(io.BytesIO(written)) as opened:
        assert opened.namelist() == [f"[{MARKING}]/[{MARKING}].txt", "b.eml", "c.withheld.txt"]
        assert opened.read("b.eml") == b"mail"
        assert opened.read("c.withheld.txt") == b"entry:3: Withheld\n"


@pytest.mark.parametrize(
    "data",
    [
        archive({"../up.txt": b"x"}),
        archive({"/abs.txt": b"x"}),
        archive({"C:/x.txt": b"x"}),
        archive({"a.txt": b"x", "A.TXT": b"y"}),
        archive({"a.txt": b"x"})[:-30],
    ],
    ids=["up", "absolute", "drive", "two names", "cut off"],
)
def test_unsafe_archives_are_refused(data: bytes) -> None:
    with pytest.raises(FormatError):
        Zip().read(data, "a.zip")


def test_a_bomb_is_refused_quickly() -> None:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as made:
        made.writestr("zeros", b"\0" * 90_000_000)
    with pytest.raises(FormatError):
        Zip().read(buffer.getvalue(), "a.zip")
