"""E-mail messages (.eml, RFC 5322 and MIME): written anew with the headers that a reader needs."""

import re
from collections.abc import Iterable, Mapping, Sequence
from email import policy
from email.parser import BytesParser

from redact.document import Document, Obstacle
from redact.formats.email.reading import Mail, decoded, start_of
from redact.formats.email.writing import write
from redact.formats.interface import NO_MEMBERS, Reading, Replacement, Written
from redact.formats.passage import require_same
from redact.formats.text import decode
from redact.redaction import Redaction

_HEADER_LINE = re.compile(rb"(?:[\x21-\x39\x3b-\x7e]+:[^\r\n]*\r?\n(?:[ \t][^\r\n]*\r?\n)*)+")
_TELLING = re.compile(
    rb"^(from|to|cc|bcc|subject|date|message-id|received|mime-version|return-path|delivered-to|reply-to|content-type"
    rb"|x-[\w-]+):",
    re.I | re.M,
)


class Eml:
    """E-mail messages. Attachments, inline pictures and enclosed messages are members."""

    name = "email"
    suffix = ".eml"

    def recognizes(self, data: bytes, name: str) -> bool:
        """Whether it begins with headers of a message: several, of which at least two tell an e-mail."""
        start, named = start_of(data[:65536]), name.lower()
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
            lines += [f"{key}: {decoded(str(value))}" for key, value in part.items()]
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
