"""Outlook messages (.msg, MS-OXMSG): read with oxmsg and olefile, written as e-mail (.eml)."""

import io
import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from email import encoders, policy
from email.header import Header
from email.message import Message as EmailMessage
from email.mime.base import MIMEBase
from email.mime.message import MIMEMessage
from email.mime.multipart import MIMEMultipart
from email.mime.text import MIMEText
from typing import TYPE_CHECKING

from redact.document import Document
from redact.errors import FormatError
from redact.formats.email import Eml
from redact.formats.email.reading import Mail
from redact.formats.email.writing import write
from redact.formats.interface import NO_MEMBERS, Reading, Replacement, Written
from redact.formats.passage import require_same
from redact.formats.unsupported import OLE
from redact.redaction import Redaction

if TYPE_CHECKING:
    from oxmsg.storage import Storage

DEEPEST = 8
"""How deep messages may be attached to each other."""
_PROPERTIES = "__properties_version1.0"
_DISPLAYED = {"Bcc": 0x0E02, "Cc": 0x0E03, "To": 0x0E04}
"""Lists of recipients as they are displayed (MS-OXPROPS, PidTagDisplayBcc and its kind)."""
_STRING = re.compile(r"__substg1\.0_([0-9A-F]{4})(001F|001E|101F|101E)(-[0-9A-F]{8})?", re.I)
_BODIES = frozenset({"1000", "1013"})
_BODY = re.compile(r"__substg1\.0_10(00001[EF]|13(001[EF]|0102))", re.I)
_RTF_BODY = "__substg1.0_10090102"
_ATTACHED_OBJECT = "__substg1.0_3701000D"
"""Where an attachment is itself a message, or an object of another program (MS-OXMSG, 2.2.2.2)."""
_RESERVED = 24
"""Where the header of an attached message's properties ends, 8 bytes before that of the outermost's
(MS-OXMSG, 2.4.1)."""


class Msg:
    """Outlook messages."""

    name = "outlook"
    suffix = ".eml"

    def recognizes(self, data: bytes, name: str) -> bool:
        """Whether it is a compound file with the properties of a message."""
        return data.startswith(OLE) and _PROPERTIES.encode("utf-16-le") in data

    def read(self, data: bytes, name: str) -> Document:
        """Read headers and bodies; attachments are members. Raises ``FormatError`` where it is damaged."""
        return _open(data).content.document(name, self.name, data)

    def write(
        self,
        data: bytes,
        document: Document,
        redactions: Sequence[Redaction],
        members: Mapping[str, Replacement] = NO_MEMBERS,
    ) -> Written:
        """Write the message as e-mail."""
        require_same(data, document)
        mail = _open(data)
        return write(mail, mail.content.cuts(redactions), members)

    def reread(self, data: bytes) -> Iterable[Reading]:
        """Read what was written, which is e-mail."""
        return Eml().reread(data)


def _open(data: bytes) -> Mail:
    import olefile  # type: ignore[import-untyped]
    from oxmsg.storage import Storage

    try:
        with olefile.OleFileIO(io.BytesIO(data)) as file:
            paths = file.listdir()
            strings = [_text(path[-1], file.openstream(path).read()) for path in paths]
            storage = Storage.from_ole(file)
        mail = Mail.of(_as_mime(storage, 0).as_bytes(policy=policy.compat32))
    except Exception:
        # Neither reader declares what it raises on a damaged file.
        raise FormatError("It is a damaged Outlook message: export it as .eml.") from None
    folders = {tuple(path[:-1]) for path in paths}
    for folder in folders:
        if folder and folder[-1] == _ATTACHED_OBJECT and [*folder, _PROPERTIES] not in paths:
            mail.content.obstruct("embedded-object", "An object is attached to it: save that on its own.")
        streams = {path[-1] for path in paths if tuple(path[:-1]) == folder}
        if _RTF_BODY in streams and not any(_BODY.match(stream) for stream in streams):
            mail.content.obstruct("rich-text", "A body is in a format of Outlook's own: export it as .eml.")
    known = "\n".join(passage.text for passage in mail.content.passages.values())
    mail.content.hide(
        "other-properties", "\n".join(s for s in dict.fromkeys(strings) if s and s not in known)
    )
    return mail


def _text(name: str, stream: bytes) -> str:
    found = _STRING.fullmatch(name)
    if found is None or found[1] in _BODIES:
        return ""
    encoding = "utf-16-le" if found[2].upper().endswith("1F") else "cp1252"
    return stream.decode(encoding, "replace").strip("\0")


def _as_mime(storage: "Storage", depth: int) -> EmailMessage:
    import oxmsg
    from oxmsg.attachment import Attachment

    if depth > DEEPEST:
        raise ValueError("too deep")
    message = oxmsg.Message(storage)
    whole = MIMEMultipart("mixed")
    bodies: list[EmailMessage] = []
    if message.body is not None:
        bodies.append(MIMEText(message.body.replace("\r\n", "\n"), "plain", "utf-8"))
    if message.html_body is not None:
        html = message.html_body
        bodies.append(MIMEText(html, "html", "utf-8"))
    if len(bodies) == 2:
        alternative = MIMEMultipart("alternative")
        for body in bodies:
            alternative.attach(body)
        bodies = [alternative]
    for body in bodies:
        whole.attach(body)
    for inside in storage.iter_attachment_storages():
        nested = next((s for s in inside.storages if s.name == _ATTACHED_OBJECT), None)
        if nested is not None and any(stream.name == _PROPERTIES for stream in nested.streams):
            whole.attach(MIMEMessage(_as_mime(_as_outermost(nested), depth + 1)))
            continue
        attachment = Attachment(inside)
        part = MIMEBase("application", "octet-stream")
        part.set_payload(attachment.file_bytes or b"")
        encoders.encode_base64(part)
        part.add_header("Content-Disposition", "attachment", filename=attachment.file_name or "attachment")
        whole.attach(part)
    headers = {
        "From": message.sender,
        **{name: message.properties.str_prop_value(id) for name, id in _DISPLAYED.items()},
        "Date": f"{message.sent_date:%a, %d %b %Y %H:%M:%S +0000}" if message.sent_date else None,
        "Subject": message.subject,
    }
    recipients = [f"{r.name} <{r.email_address}>" for r in message.recipients]
    headers["To"] = "; ".join(filter(None, [headers["To"], *recipients]))
    for name, value in headers.items():
        if value:
            whole[name] = Header(
                " ".join(value.replace("\0", "").split()), "utf-8", header_name=name
            ).encode()
    return whole


def _as_outermost(storage: "Storage") -> "Storage":
    """Return the storage of an attached message with the longer header of properties that oxmsg expects."""
    return replace(
        storage,
        streams=tuple(
            replace(stream, bytes_=stream.bytes_[:_RESERVED] + bytes(8) + stream.bytes_[_RESERVED:])
            if stream.name == _PROPERTIES
            else stream
            for stream in storage.streams
        ),
    )
