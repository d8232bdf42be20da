"""Messages written anew: what is left of headers and bodies, members in their places."""

import re
from collections.abc import Mapping
from email import policy
from email.charset import QP, Charset
from email.encoders import encode_base64
from email.header import Header
from email.message import Message
from email.mime.base import MIMEBase
from email.mime.multipart import MIMEMultipart
from email.mime.nonmultipart import MIMENonMultipart

from redact.formats.email.reading import Mail
from redact.formats.html import page_of
from redact.formats.interface import Replacement, Written
from redact.formats.passage import Cut, Slot, cut
from redact.formats.tree import Node, remove


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


def safe_name(name: str, suffix: str) -> str:
    """Return a file name without folders or control characters, and with the ending of its format, if any."""
    base = re.sub(r"[^\w.()\[\] ,+-]", "_", re.split(r"[\\/]", name)[-1]).strip(". ") or "file"
    if not suffix:
        return base[:100]
    stem, dot, ending = base.rpartition(".")
    stem = stem if dot and len(ending) <= 5 else base
    return f"{stem[:100]}{suffix}"


def _boundary(number: int) -> str:
    return f"=_redact_{number}_="


def _text_part(text: str, subtype: str) -> Message:
    charset = Charset("utf-8")
    charset.body_encoding = QP
    part = MIMENonMultipart("text", subtype, charset="utf-8")
    part.set_payload(text, charset)
    return part
