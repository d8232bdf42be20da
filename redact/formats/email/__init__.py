"""E-mail messages (.eml, RFC 5322 and MIME): written anew with the headers that a reader needs."""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from email import errors, policy
from email.charset import QP, Charset
from email.encoders import encode_base64
from email.errors import MessageError
from email.header import Header, decode_header, make_header
from email.message import EmailMessage, Message
from email.mime.base import MIMEBase
from email.mime.multipart import MIMEMultipart
from email.mime.nonmultipart import MIMENonMultipart
from email.parser import BytesParser

from redact.document import Document, Member, Obstacle
from redact.errors import FormatError
from redact.formats.html import page_of, take_in
from redact.formats.interface import NO_MEMBERS, Reading, Replacement, Written
from redact.formats.passage import Content, Cut, Passage, Slot, cut, require_same
from redact.formats.text import decode
from redact.formats.tree import Node, remove
from redact.redaction import Redaction

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
_HEADER_LINE = re.compile(rb"(?:[\x21-\x39\x3b-\x7e]+:[^\r\n]*\r?\n(?:[ \t][^\r\n]*\r?\n)*)+")
_TELLING = re.compile(
    rb"^(from|to|cc|bcc|subject|date|message-id|received|mime-version|return-path|delivered-to|reply-to|content-type"
    rb"|x-[\w-]+):",
    re.I | re.M,
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


class Eml:
    """E-mail messages. Attachments, inline pictures and enclosed messages are members."""

    name = "email"
    suffix = ".eml"

    def recognizes(self, data: bytes, name: str) -> bool:
        """Whether it begins with headers of a message: several, of which at least two tell an e-mail."""
        start, named = _start(data[:65536]), name.lower()
        found = _HEADER_LINE.match(start)
        telling = {line.lower() for line in _TELLING.findall(found[0])} if found else set()
        if named.endswith(".eml"):
            return bool(telling) or not isinstance(decode(data), Obstacle)
        if found is None or not re.match(rb"\r?\n|$", start[found.end() :]):
            return False
        # A memorandum in plain text has the first, but never the second.
        written_by_hand = named.endswith((".txt", ".md", ".log")) and b"mime-version" not in telling
        return len(telling) >= 3 and not written_by_hand

    def read(self, data: bytes, name: str) -> Document:
        """Read headers and bodies; other parts are members."""
        return Mail.of(data).content.document(name, self.name, data)

    def write(
        self,
        data: bytes,
        document: Document,
        redactions: Sequence[Redaction],
        members: Mapping[str, Replacement] = NO_MEMBERS,
    ) -> Written:
        """Write the message anew."""
        require_same(data, document)
        mail = Mail.of(data)
        return write(mail, mail.content.cuts(redactions), members)

    def reread(self, data: bytes) -> Iterable[Reading]:
        """Read the message with the parser of the standard library, its attachments with their formats, and
        the file as it is."""
        from redact.formats import format_of

        message = BytesParser(policy=policy.compat32).parsebytes(data)
        lines: list[str] = []
        for part in message.walk():
            lines += [f"{key}: {_decoded(str(value))}" for key, value in part.items()]
            payload = part.get_payload(decode=True)
            if not isinstance(payload, bytes):
                continue
            if part.get_filename() is None:
                lines.append(payload.decode("utf-8", "replace"))
            else:
                name = str(part.get_filename())
                for reading in format_of(payload, name).reread(payload):
                    yield Reading(f"attachment, {reading.reader}", reading.text, reading.kind)
        yield Reading("email.parser", "\n".join(lines))
        yield Reading("characters", data.decode("utf-8", "replace"), "raw")


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
        message = BytesParser(policy=policy.default).parsebytes(_start(data))
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


def write(mail: Mail, cuts: Mapping[Slot, list[Cut]], members: Mapping[str, Replacement]) -> Written:
    """Return the message without what is cut, members in their places."""
    remove(cuts)
    notes = list(mail.content.notes)
    bodies = [
        _text_part(page_of(body), "html")
        if isinstance(body, Node)
        else _text_part(cut(body, cuts.get(locator, ())), "plain")
        for locator, body in mail.bodies
    ]
    whole = MIMEMultipart("mixed", boundary=_boundary(0))
    kinds = [isinstance(body, Node) for _, body in mail.bodies]
    if kinds == [False, True]:
        alternative = MIMEMultipart("alternative", boundary=_boundary(1))
        for body in bodies:
            alternative.attach(body)
        bodies = [alternative]
    for body in bodies:
        whole.attach(body)
    for number, member in enumerate(mail.content.members):
        replacement = members.get(member.locator, Replacement(None))
        if replacement.data is None:
            notice = _text_part(f"{member.locator}: {replacement.notice}\n", "plain")
            notice.add_header(
                "Content-Disposition", "attachment", filename=f"attachment-{number + 1}-withheld.txt"
            )
            whole.attach(notice)
        else:
            name = safe_name(cut(mail.names[number], cuts.get(("name", number), ())), replacement.suffix)
            attachment = MIMEBase("application", "octet-stream")
            attachment.set_payload(replacement.data)
            encode_base64(attachment)
            attachment.add_header("Content-Disposition", "attachment", filename=name)
            whole.attach(attachment)
    for number, (name, value) in enumerate(mail.headers):
        text = " ".join(cut(value, cuts.get(("header", number), ())).split())
        whole[name] = Header(text, None if text.isascii() else "utf-8", header_name=name).encode()
    return Written(whole.as_bytes(policy=policy.compat32), tuple(notes))


def _start(data: bytes) -> bytes:
    """Return a message without what may stand before its first header."""
    return data.removeprefix(b"\xef\xbb\xbf").lstrip(b"\r\n")


def safe_name(name: str, suffix: str) -> str:
    """Return a file name without folders or control characters, and with the ending of its format, if any."""
    base = re.sub(r"[^\w.()\[\] ,+-]", "_", re.split(r"[\\/]", name)[-1]).strip(". ") or "file"
    if not suffix:
        return base[:100]
    stem, dot, ending = base.rpartition(".")
    stem = stem if dot and len(ending) <= 5 else base
    return f"{stem[:100]}{suffix}"


def _said(key: str, value: str) -> str:
    """A header that is not kept, without what it says of the form; nothing where it says no more."""
    telling = _PARAMETER.sub("", _STRUCTURE.sub("", value)).strip(" ;")
    return f"{key}: {telling}" if telling else ""


def _boundary(number: int) -> str:
    return f"=_redact_{number}_="


def _text_part(text: str, subtype: str) -> Message:
    charset = Charset("utf-8")
    charset.body_encoding = QP
    part = MIMENonMultipart("text", subtype, charset="utf-8")
    part.set_payload(text, charset)
    return part


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
            yield key, " ".join(_decoded(value).split())
        except (LookupError, UnicodeError, MessageError):
            content.obstruct("malformed-header", "A header of the message is malformed: export it anew.")


def _decoded(value: str) -> str:
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
