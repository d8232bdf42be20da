"""Mail boxes (.mbox, RFC 4155): each message is a member."""

import re
from collections.abc import Iterable, Mapping, Sequence

from redact.document import Document, Member
from redact.formats.email import Eml
from redact.formats.interface import NO_MEMBERS, Reading, Replacement, Written
from redact.formats.passage import Content, require_same
from redact.redaction import Redaction

MOST_MESSAGES = 10_000
_SEPARATOR = re.compile(rb"^From [^\r\n]*\r?\n", re.M)
_BLANK_BEFORE = (b"\n\n", b"\n\r\n")


class Mbox:
    """Mail boxes. The lines between messages, which name senders, are searched and written without names."""

    name = "mbox"
    suffix = ".mbox"

    def recognizes(self, data: bytes, name: str) -> bool:
        """Whether it begins with the line that separates messages, and a message follows."""
        first = _SEPARATOR.match(data[:2000])
        return first is not None and Eml().recognizes(data[first.end() :], "a.eml")

    def read(self, data: bytes, name: str) -> Document:
        """Read the separators; each message is a member."""
        content = Content()
        separators, messages = _split(data)
        content.hide("separators", "\n".join(line.decode("utf-8", "replace").strip() for line in separators))
        if len(messages) > MOST_MESSAGES:
            content.obstruct("too-large", "It holds more messages than are read here: split it.")
            messages = []
        content.members = [
            Member(f"message:{number}", "message.eml", message) for number, message in enumerate(messages, 1)
        ]
        return content.document(name, self.name, data)

    def write(
        self,
        data: bytes,
        document: Document,
        redactions: Sequence[Redaction],
        members: Mapping[str, Replacement] = NO_MEMBERS,
    ) -> Written:
        """Write the messages in their order, a notice in place of each that is withheld."""
        require_same(data, document)
        parts: list[bytes] = []
        for member in document.members:
            replacement = members.get(member.locator, Replacement(None))
            message = replacement.data
            if message is None:
                message = f"Subject: {member.locator}: {replacement.notice}\n\n".encode()
            quoted = re.sub(rb"^(>*From )", rb">\1", message.replace(b"\r\n", b"\n"), flags=re.M)
            parts.append(b"From - Thu Jan  1 00:00:00 1970\n" + quoted.rstrip(b"\n") + b"\n\n")
        return Written(b"".join(parts))

    def reread(self, data: bytes) -> Iterable[Reading]:
        """Read each message as e-mail, and the file as it is."""
        for number, message in enumerate(_split(data)[1], 1):
            for reading in Eml().reread(message):
                yield Reading(f"message {number}, {reading.reader}", reading.text, reading.kind)
        yield Reading("characters", data.decode("utf-8", "replace"), "raw")


def _split(data: bytes) -> tuple[list[bytes], list[bytes]]:
    """Return the separating lines, and the messages without the quoting of lines that look like one."""
    found = [
        match
        for match in _SEPARATOR.finditer(data)
        if match.start() == 0 or data[max(match.start() - 3, 0) : match.start()].endswith(_BLANK_BEFORE)
    ]
    ends = [match.start() for match in found[1:]] + [len(data)]
    messages = [data[match.end() : end] for match, end in zip(found, ends, strict=True)]
    return [match[0] for match in found], [re.sub(rb"^>(>*From )", rb"\1", m, flags=re.M) for m in messages]
