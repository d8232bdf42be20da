"""Messages taken apart: headers, bodies, and other parts as members."""

import re
from collections.abc import Iterable
from dataclasses import dataclass, field
from email import errors, policy
from email.errors import MessageError
from email.header import decode_header, make_header
from email.message import EmailMessage, Message
from email.parser import BytesParser

from redact.document import Member, Obstacle
from redact.errors import FormatError
from redact.formats.html import take_in
from redact.formats.passage import Content, Passage
from redact.formats.text import decode
from redact.formats.tree import Node

KEPT_HEADERS = ("From", "Sender", "Reply-To", "To", "Cc", "Bcc", "Date", "Subject")
"""Headers that are written again; all others are searched and left out."""
MOST_PARTS = 1_000
LARGEST_HEADERS = 2**20
"""Characters of all headers of a message or of a part of it."""
LONGEST_ENCODED = 2**16
"""Characters of a header with encoded words, which the standard library decodes in time that grows with their
square."""
LARGEST_BODY = 10 * 2**20

_HARMLESS = (errors.InvalidBase64PaddingDefect, errors.MissingHeaderBodySeparatorDefect)
_SIGNATURES = frozenset(
    {"application/pgp-signature", "application/pkcs7-signature", "application/x-pkcs7-signature"}
)
_STRUCTURE = re.compile(
    r"^\s*(?:(?:text|multipart|message|application|image|audio|video)/[\w.+-]+|7bit|8bit|binary|base64|"
    r"quoted-printable|inline|attachment|1\.0)(?=\s*(?:;|$))",
    re.IGNORECASE,
)
"""What a header says of the message's form and of nobody: the written message says it again."""
_PARAMETER = re.compile(
    r""";\s*(?:boundary=(?:"[^"]*"|[^;\s]*)|charset="?[\w-]{1,40}"?)(?=\s*(?:;|$))""", re.IGNORECASE
)
"""The same of its parameters; the written message has boundaries of its own."""
_SHOWN = frozenset({"text/plain", "text/html", "text/enriched", "text/richtext", "text/x-amp-html"})
"""Bodies; those that are not plain text are read as HTML, whose tags they have."""
_REPORTS = frozenset(
    {"message/delivery-status", "message/disposition-notification", "message/feedback-report"}
)
"""Reports on deliveries: groups of headers, no messages."""
_ENDINGS = {
    "text/rfc822-headers": ".eml",
    "text/vcard": ".vcf",
    "text/x-vcard": ".vcf",
    "text/csv": ".csv",
    "text/markdown": ".md",
    "application/json": ".json",
    "application/xml": ".xml",
    "text/xml": ".xml",
    "text/calendar": ".ics",
    "text/plain": ".txt",
    "text/html": ".html",
    "image/png": ".png",
    "image/jpeg": ".jpg",
}


@dataclass(slots=True)
class Mail:
    """A message as it was read."""

    content: Content = field(default_factory=Content)
    headers: list[tuple[str, str]] = field(default_factory=list, repr=False)
    bodies: list[tuple[str, str | Node]] = field(default_factory=list, repr=False)
    """Text or HTML of each body with its locator, in order; those of one message's alternatives together."""
    names: list[str] = field(default_factory=list, repr=False)
    """File names of the members in their order."""

    @classmethod
    def of(cls, data: bytes) -> "Mail":
        """Take a message apart; what is malformed becomes an obstacle.

        Raises ``FormatError`` where its parts are nested so deeply that nobody means it.
        """
        try:
            return cls._of(data)
        except RecursionError:
            raise FormatError("Its parts are nested too deeply: export it anew.") from None

    @classmethod
    def _of(cls, data: bytes) -> "Mail":
        mail = cls()
        message = BytesParser(policy=policy.default).parsebytes(start_of(data))
        if not isinstance(message, EmailMessage):
            raise TypeError("the parser of the standard library gives an EmailMessage")
        mail._take_headers(message)
        mail._take_part(message)
        if len(mail.names) > MOST_PARTS or len(mail.bodies) > MOST_PARTS:
            mail.content.obstruct("too-large", "It has more parts than are read here: split it.")
        passage = Passage()
        for number, name in enumerate(mail.names):
            passage.add(f"attachment {number + 1}: ")
            passage.add(name, ("name", number))
            passage.add("\n")
        if mail.names:
            mail.content.add("attachments", passage)
        return mail

    def _take_headers(self, message: EmailMessage) -> None:
        shown, said = Passage(), []
        for key, value in _header_items(message, self.content):
            name = next((kept for kept in KEPT_HEADERS if kept.lower() == key.lower()), None)
            if name is None:
                said.append(_said(key, value))
            else:
                shown.add(f"{name}: ")
                shown.add(value, ("header", len(self.headers)))
                shown.add("\n")
                self.headers.append((name, value))
        self.content.add("headers", shown)
        self.content.hide("other-headers", "\n".join(filter(None, said)))

    def _take_part(self, part: Message) -> None:
        if any(not isinstance(defect, _HARMLESS) for defect in part.defects):
            self.content.obstruct(
                "malformed", "It is a malformed message: export it from the mail program anew."
            )
        kind = part.get_content_type()
        if part.is_multipart() and kind.startswith("multipart/"):
            for text in (part.preamble, part.epilogue):
                if text and text.strip():
                    self._hide(text)
            for inner in part.get_payload():
                if isinstance(inner, EmailMessage):
                    said = (_said(key, value) for key, value in _header_items(inner, self.content))
                    self._hide("\n".join(filter(None, said)))
                    self._take_part(inner)
            return
        if kind in ("message/partial", "message/external-body"):
            self.content.obstruct(
                "partial", "It refers to content that is not in the file: get the whole message."
            )
        elif kind in _SIGNATURES:
            self.content.note("A digital signature is left out: it does not hold for a redacted message.")
        elif kind.startswith("message/") and part.get(
            "Content-Transfer-Encoding", "7bit"
        ).strip().lower() in (
            "base64",
            "quoted-printable",
        ):
            # Forbidden (RFC 2046, 5.2.1), so that readers differ in what they make of it.
            self.content.obstruct("malformed", "A message in it is encoded twice: save that on its own.")
        elif kind in _SHOWN and not part.get_filename() and not _is_attachment(part):
            self._take_body(part, kind)
        else:
            self._take_member(part, kind)

    def _take_body(self, part: Message, kind: str) -> None:
        payload = part.get_payload(decode=True)
        data = payload if isinstance(payload, bytes) else b""
        locator = f"body:{len(self.bodies) + 1}"
        text = _text(data, part.get_content_charset())
        if isinstance(text, Obstacle):
            self.content.obstruct(text.code, text.reason, locator)
            return
        if kind != "text/plain":
            self.bodies.append((locator, take_in(text, self.content, locator)))
            return
        passage = Passage()
        passage.add(text, locator)
        self.content.add(locator, passage)
        self.bodies.append((locator, text))

    def _take_member(self, part: Message, kind: str) -> None:
        if kind in _REPORTS and part.is_multipart():
            inside = (inner for inner in part.get_payload() if isinstance(inner, Message))
            groups = (_header_items(inner, self.content) for inner in inside)
            data = "\n\n".join("\n".join(f"{k}: {v}" for k, v in group) for group in groups).encode()
            name = part.get_filename() or "report.txt"
        elif part.is_multipart():
            inner = part.get_payload(0)
            data = inner.as_bytes() if isinstance(inner, Message) else b""
            name = f"{part.get_filename() or 'message'}.eml".replace(".eml.eml", ".eml")
        else:
            payload = part.get_payload(decode=True)
            data = payload if isinstance(payload, bytes) else b""
            name = part.get_filename() or f"part{_ENDINGS.get(kind, '')}"
        self.names.append(name)
        self.content.members.append(Member(f"attachment:{len(self.names)}", name, data))

    def _hide(self, text: str) -> None:
        if text.strip():
            number = sum(locator.startswith("hidden:") for locator in self.content.passages) + 1
            self.content.hide(f"hidden:{number}", text)


def start_of(data: bytes) -> bytes:
    """Return a message without what may stand before its first header."""
    return data.removeprefix(b"\xef\xbb\xbf").lstrip(b"\r\n")


def _said(key: str, value: str) -> str:
    """A header that is not kept, without what it says of the form; nothing where it says no more."""
    telling = _PARAMETER.sub("", _STRUCTURE.sub("", value)).strip(" ;")
    return f"{key}: {telling}" if telling else ""


def _text(data: bytes, charset: str | None) -> str | Obstacle:
    if len(data) > LARGEST_BODY:
        return Obstacle("too-large", "Its text is larger than is read here: split it.")
    found = decode(data)
    if charset and charset.lower() not in ("us-ascii", "utf-8") and isinstance(charset, str):
        try:
            found = decode(data.decode(charset).encode())
        except (LookupError, UnicodeError):
            return Obstacle("encoding", "Its characters are not in the encoding that it declares.")
    return found if isinstance(found, Obstacle) else found.text


def _is_attachment(part: Message) -> bool:
    return part.get_content_disposition() == "attachment"


def _header_items(message: Message, content: Content) -> Iterable[tuple[str, str]]:
    if sum(len(value) for _, value in message.raw_items()) > LARGEST_HEADERS:
        content.obstruct("too-large", "Its headers are larger than is read here: export it anew.")
        return
    for key, value in message.raw_items():
        try:
            yield key, " ".join(decoded(value).split())
        except (LookupError, UnicodeError, MessageError):
            content.obstruct("malformed-header", "A header of the message is malformed: export it anew.")


def decoded(value: str) -> str:
    """Return a header's text; the parser gives bytes above 127 as surrogates."""
    if not value.isascii():
        raw = value.encode("utf-8", "surrogateescape")
        found = decode(raw)
        value = raw.decode("latin-1") if isinstance(found, Obstacle) else found.text
    if "=?" not in value:
        return value
    if len(value) > LONGEST_ENCODED:
        raise MessageError("too many encoded words")
    return str(make_header(decode_header(value)))
