"""Places of e-mail, mail boxes, calendars and contacts in which a value can stand, and what becomes of it."""

# Payloads read better unbroken.
# ruff: noqa: E501

import base64
import quopri
from email.header import Header

import pytest

from redact.document import Span
from redact.formats import format_of
from redact.formats.contentlines import Calendar, Contact
from redact.redaction import Redaction
from tests.formats.planting import MARKING, fate
from tests.formats.test_containers import archive

V = "912-48-7001"
B64 = base64.encodebytes(f"SSN {V}\n".encode())
WORD = Header(f"SSN {V} ä", "utf-8").encode()
QUOTED = quopri.encodestring(f"SSN {V}".encode()).replace(b"-", b"=2D")
HEAD = b"From: a@example.org\nTo: b@example.org\nSubject: x\nMIME-Version: 1.0\n"
PLAIN = b"Content-Type: text/plain\n\nSee the rest.\n"
ICS = "BEGIN:VCALENDAR\r\nBEGIN:VEVENT\r\n%s\r\nEND:VEVENT\r\nEND:VCALENDAR\r\n"
VCF = "BEGIN:VCARD\r\nVERSION:3.0\r\n%s\r\nEND:VCARD\r\n"
INNER = HEAD + f"\nSSN {V}\n".encode()
SEARCHED = "searched"


def header(line: str) -> bytes:
    return HEAD + line.encode() + b"\n" + PLAIN


def parts(*bodies: bytes, kind: bytes = b"mixed", before: bytes = b"", after: bytes = b"") -> bytes:
    """A message of several parts, each with its own headers."""
    inner = b"".join(b"--=b\n" + body + b"\n" for body in bodies)
    return HEAD + b'Content-Type: multipart/%s; boundary="=b"\n\n%s\n%s--=b--\n%s' % (
        kind,
        before,
        inner,
        after,
    )


def attached(kind: str, body: bytes, *more: str) -> bytes:
    head = "".join(f"{line}\n" for line in (f"Content-Type: {kind}", *more))
    return parts(PLAIN, head.encode() + b"\n" + body)


MAIL: dict[str, tuple[bytes, str]] = {
    "Bcc": (header(f"Bcc: x {V} <c@example.org>"), SEARCHED),
    "X- header": (header(f"X-Case-Note: SSN {V}"), SEARCHED),
    "Resent-To": (header(f"Resent-To: x {V} <c@example.org>"), SEARCHED),
    "List-Id": (header(f"List-Id: {V} <l.example.org>"), SEARCHED),
    "In-Reply-To": (header(f"In-Reply-To: <{V}@example.org>"), SEARCHED),
    "display name in an encoded word": (header(f"Cc: {WORD} <c@example.org>"), SEARCHED),
    "X- header in encoded words": (header(f"X-Note: {WORD}"), SEARCHED),
    "folded header": (header(f"X-Note: SSN\n {V}"), SEARCHED),
    "address group": (header(f"Cc: SSN {V}: c@example.org, d@example.org;"), SEARCHED),
    "route of an address": (header(f"Cc: <@{V}.example.org:c@example.org>"), SEARCHED),
    "header twice": (header(f"Subject: again SSN {V}"), SEARCHED),
    "boundary": (HEAD + b"Content-Type: multipart/mixed; boundary=\"%s\"\n\n--%s\n%s\n--%s--\n" % (V.encode(), V.encode(), PLAIN, V.encode()), "dropped"),
    "parameter of a type": (HEAD + f"Content-Type: text/plain; x-note=\"SSN {V}\"\n\nx\n".encode(), SEARCHED),
    "preamble": (parts(PLAIN, before=f"SSN {V}".encode()), SEARCHED),
    "epilogue": (parts(PLAIN, after=f"SSN {V}".encode()), SEARCHED),
    "file name": (attached("text/plain", b"x", f"Content-Disposition: attachment; filename=\"{V}.txt\""), SEARCHED),
    "file name in parts": (attached("text/plain", b"x", f"Content-Disposition: attachment; filename*0=\"{V[:5]}\"; filename*1=\"{V[5:]}.txt\""), SEARCHED),
    "file name in percents": (attached("text/plain", b"x", f"Content-Disposition: attachment; filename*=utf-8''{V.replace('-', '%2D')}.txt"), SEARCHED),
    "file name in an encoded word": (attached("text/plain", b"x", f"Content-Disposition: attachment; filename=\"{WORD}.txt\""), SEARCHED),
    "name of a type": (attached(f"text/plain; name=\"{V}.txt\"", b"x"), SEARCHED),
    "Content-ID": (attached("text/plain", b"x", f"Content-ID: <{V}@example.org>"), SEARCHED),
    "Content-Description": (attached("text/plain", b"x", f"Content-Description: SSN {V}"), SEARCHED),
    "Content-Description of a message": (attached("message/rfc822", HEAD + b"\nx", f"Content-Description: SSN {V}"), SEARCHED),
    "Content-Location": (attached("text/html", b"<p>x", f"Content-Location: http://x/{V}"), SEARCHED),
    "body in base64": (HEAD + b"Content-Transfer-Encoding: base64\n\n" + B64, SEARCHED),
    "body in quoted-printable": (HEAD + b"Content-Transfer-Encoding: quoted-printable\n\n" + QUOTED, SEARCHED),
    "body in uuencode": (HEAD + b"Content-Transfer-Encoding: x-uuencode\n\nbegin 644 x\n/4U-.(#DQ,BTT.\"TW,#`Q\n`\nend\n", SEARCHED),
    "body in UTF-16": (HEAD + b"Content-Type: text/plain; charset=utf-16\nContent-Transfer-Encoding: base64\n\n" + base64.encodebytes(f"SSN {V}".encode("utf-16")), SEARCHED),
    "body in UTF-7": (HEAD + b"Content-Type: text/plain; charset=utf-7\n\nSSN 912+AC0-48+AC0-7001\n", SEARCHED),
    "body in EBCDIC": (HEAD + b"Content-Type: text/plain; charset=cp037\nContent-Transfer-Encoding: base64\n\n" + base64.encodebytes(f"SSN {V}".encode("cp037")), SEARCHED),
    "body in an unknown charset": (HEAD + b"Content-Type: text/plain; charset=x-own\n\n\xe9 SSN " + V.encode(), "withheld: encoding"),
    "enriched text": (HEAD + f"Content-Type: text/enriched\n\nSSN {V[:5]}<bold>{V[5:]}</bold>\n".encode(), SEARCHED),
    "alternative in HTML": (parts(PLAIN, f"Content-Type: text/html\n\n<p>SSN {V[:5]}<b>{V[5:]}</b>".encode(), kind=b"alternative"), SEARCHED),
    "alternative for AMP": (parts(PLAIN, f"Content-Type: text/x-amp-html\n\n<html><p>SSN {V}".encode(), kind=b"alternative"), SEARCHED),
    "header of a part": (parts(f"X-Note: SSN {V}\n".encode() + PLAIN), SEARCHED),
    "calendar, folded": (attached("text/calendar; method=REQUEST", (ICS % f"DESCRIPTION:SSN {V[:6]}\r\n {V[6:]}").encode()), SEARCHED),
    "contact, folded": (attached("text/vcard", (VCF % f"NOTE:SSN {V[:6]}\r\n {V[6:]}").encode()), SEARCHED),
    "message in a message": (attached("message/rfc822", INNER), SEARCHED),
    "message of another kind": (attached("message/global", INNER), SEARCHED),
    "message without headers": (attached("message/rfc822", f"\nSSN {V}".encode()), SEARCHED),
    "message after a blank line, in base64": (attached("application/octet-stream; name=a.eml", b"\n" + HEAD + b"Content-Transfer-Encoding: base64\n\n" + B64), SEARCHED),
    "message that is encoded twice": (attached("message/rfc822", base64.encodebytes(INNER), "Content-Transfer-Encoding: base64"), "withheld: malformed"),
    "report on a delivery": (attached("message/delivery-status", f"Reporting-MTA: dns; x\n\nFinal-Recipient: rfc822; {WORD}\n".encode()), SEARCHED),
    "headers returned": (attached("text/rfc822-headers", HEAD + f"X-Note: {WORD}\n".encode()), SEARCHED),
    "message named as text": (attached("text/plain; name=a.txt", b"From: a@b.c\nTo: d@e.f\nSubject: x\nMIME-Version: 1.0\nContent-Type: text/plain\nContent-Transfer-Encoding: base64\n\n" + B64), SEARCHED),
    "part of a larger message": (HEAD + f"Content-Type: message/partial; id=x; number=1; total=2\n\nSSN {V}".encode(), "withheld: partial"),
    "signature": (attached("application/pkcs7-signature; name=smime.p7s", B64, "Content-Transfer-Encoding: base64"), "dropped"),
    "signed in one piece": (attached("application/pkcs7-mime; name=smime.p7m", base64.encodebytes(bytes.fromhex("3080 0609 2a864886f70d010702 a080") + V.encode()), "Content-Transfer-Encoding: base64"), "member withheld: mail"),
    "encrypted by PGP": (attached("application/octet-stream", b"-----BEGIN PGP MESSAGE-----\n\n" + B64 + b"-----END PGP MESSAGE-----\n"), "member withheld: encoded"),
    "encrypted by PGP in the body": (HEAD + b"\n-----BEGIN PGP MESSAGE-----\n\n" + B64, "withheld: encoded"),
    "winmail.dat": (attached("application/ms-tnef; name=winmail.dat", base64.encodebytes(b"\x78\x9f\x3e\x22\x01\0\x01\0" + V.encode()), "Content-Transfer-Encoding: base64"), "member withheld: mail"),
    "uuencode in the body": (HEAD + b"\nbegin 644 x.txt\nM" + b"4U-.(#DQ,BTT.\"TW,#`Q" * 3 + b"\n`\nend\n", "withheld: encoded"),
    "message as text in the body": (HEAD + b"\n> Content-Type: text/plain\n> Content-Transfer-Encoding: base64\n>\n> " + B64, "withheld: encoded"),
    "archive": (attached("application/zip", base64.encodebytes(archive({"a.txt": f"SSN {V}".encode()})), "Content-Transfer-Encoding: base64"), SEARCHED),
    "encoded word in the body": (HEAD + b"\nSubject: =?utf-8?B?" + base64.b64encode(f"SSN {V}".encode()) + b"?=\n", "withheld: encoded"),
}  # fmt: skip

CALENDAR: dict[str, tuple[str, str]] = {
    "description": (f"DESCRIPTION:See\\nSSN {V}", SEARCHED),
    "folded at each letter": ("DESCRIPTION:SSN " + "\r\n ".join(V), SEARCHED),
    "attendee": (f'ATTENDEE;CN="x, {V}":mailto:a@example.org', SEARCHED),
    "own entry": (f"X-NOTE:SSN {V}", SEARCHED),
    "attached file": (f"ATTACH;ENCODING=BASE64;VALUE=BINARY:{base64.b64encode(f'SSN {V}'.encode()).decode()}", "dropped"),
    "HTML": (f"X-ALT-DESC;FMTTYPE=text/html:<p>SSN {V[:5]}<b>{V[5:]}</b>", SEARCHED),
    "quoted-printable": (f"NOTE;QUOTED-PRINTABLE;CHARSET=utf-8:SSN {V[:5].replace('-', '=2D')}=\r\n{V[5:]}", SEARCHED),
    "no entry at all": (f"SSN {V}", "refused"),
}  # fmt: skip


@pytest.mark.parametrize("place", MAIL)
def test_a_value_in_a_message(place: str) -> None:
    data, expected = MAIL[place]
    assert fate(data, "a.eml", V) == expected


@pytest.mark.parametrize("place", MAIL)
def test_a_value_in_a_mail_box(place: str) -> None:
    data, expected = MAIL[place]
    expected = expected.replace("member withheld", "withheld").replace("withheld", "member withheld")
    box = b"From x@example.org Mon Nov  2 10:00:00 2026\n" + data + b"\n"
    assert fate(box, "a.mbox", V) == expected
    separator = f"From {V}@example.org Mon Nov  2 10:00:00 2026\n".encode() + HEAD + b"\nx\n"
    assert fate(separator, "a.mbox", V) == SEARCHED


@pytest.mark.parametrize("frame", [ICS, VCF], ids=["calendar", "contact"])
@pytest.mark.parametrize("place", CALENDAR)
def test_a_value_in_a_calendar_or_contact(frame: str, place: str) -> None:
    line, expected = CALENDAR[place]
    assert fate((frame % line).encode(), "a.dat", V) == expected


def test_a_calendar_keeps_its_structure() -> None:
    lines = f'RRULE:FREQ=WEEKLY;BYDAY=MO,TU\r\nATTENDEE;CN="{V}":mailto:a@example.org\r\nSUMMARY:{"ä" * 40}\\, {V}\\nend'
    data = (ICS % lines).encode()
    assert isinstance(format_of(data, "a.txt"), Calendar)
    assert isinstance(format_of((VCF % "N:Doe;Jane;;;").encode(), "a"), Contact)
    document = Calendar().read(data, "a.ics")
    assert "ä, 912-48-7001\nend\n" in document.segments[0].text
    found = [
        at for at in range(len(document.segments[0].text)) if document.segments[0].text.startswith(V, at)
    ]
    cuts = [Redaction("entries", Span(at, at + len(V)), MARKING) for at in found]
    written = Calendar().write(data, document, cuts).data
    assert max(map(len, written.split(b"\r\n"))) <= 75
    assert written.replace(b"\r\n ", b"").decode() == ICS % lines.replace(V, f"[{MARKING}]")
    assert Calendar().write(written, Calendar().read(written, "a"), []).data == written
