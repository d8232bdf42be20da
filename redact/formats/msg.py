"""Outlook messages (.msg, MS-OXMSG): read with oxmsg and olefile, written as e-mail (.eml)."""

import io
import re
from collections.abc import Iterable, Mapping, Sequence
from email import encoders, policy
from email.header import Header
from email.message import Message as EmailMessage
from email.mime.base import MIMEBase
from email.mime.multipart import MIMEMultipart
from email.mime.text import MIMEText

from redact.document import Document
from redact.errors import FormatError
from redact.formats.email import Eml, Mail, write
from redact.formats.interface import NO_MEMBERS, Reading, Replacement, Written
from redact.formats.passage import require_same
from redact.formats.unsupported import OLE
from redact.redaction import Redaction

_PROPERTIES = "__properties_version1.0"
_DISPLAYED = {"Bcc": 0x0E02, "Cc": 0x0E03, "To": 0x0E04}
"""Lists of recipients as they are displayed (MS-OXPROPS, PidTagDisplayBcc and its kind)."""
_STRING = re.compile(r"__substg1\.0_([0-9A-F]{4})(001F|001E|101F|101E)(-[0-9A-F]{8})?", re.I)
_BODIES = frozenset({"1000", "1013"})
_RTF_BODY = "__substg1.0_10090102"
_NESTED = re.compile(r"__substg1\.0_3701000D", re.I)


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
    import oxmsg

    try:
        message = oxmsg.Message.load(io.BytesIO(data))
        with olefile.OleFileIO(io.BytesIO(data)) as file:
            paths = file.listdir()
            strings = [_text(path[-1], file.openstream(path).read()) for path in paths]
        mail = Mail.of(_as_mime(message))
    except Exception:
        # Neither reader declares what it raises on a damaged file.
        raise FormatError("It is a damaged Outlook message: export it as .eml.") from None
    if any(_NESTED.fullmatch(step) for path in paths for step in path):
        mail.content.obstruct(
            "nested-message", "A message or object is attached to it: save that on its own."
        )
    if message.body is None and message.html_body is None and [_RTF_BODY] in paths:
        mail.content.obstruct("rich-text", "Its body is in a format of Outlook's own: export it as .eml.")
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


def _as_mime(message: "object") -> bytes:
    import oxmsg

    if not isinstance(message, oxmsg.Message):
        raise TypeError("not an Outlook message")
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
    for attachment in message.attachments:
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
    return whole.as_bytes(policy=policy.compat32)
