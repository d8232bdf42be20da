"""Calendars (.ics, RFC 5545) and contacts (.vcf, RFC 6350): an entry a line, unfolded and folded anew."""

import quopri
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace

from redact.document import Document, Obstacle
from redact.errors import FormatError
from redact.formats.interface import NO_MEMBERS, Reading, Replacement, Written
from redact.formats.markup import untagged
from redact.formats.passage import Content, Cut, Passage, Slot, cut, require_same
from redact.formats.text import decode
from redact.redaction import Redaction

MOST_PIECES = 1_000_000
"""Values and parts of values of one file."""
_FOLD = re.compile(r"\r?\n[ \t]")
_LINE = re.compile(r'([A-Za-z0-9.-]{1,100})((?:;(?:[^:;"\n]|"[^"\n]*")*)*):(.*)')
_PIECE = re.compile(r"((?:\\.|[^\\;,])*\\?)([;,]|$)")
_BINARY = re.compile(r";(?:ENCODING=)?(?:b|base64)(?=;|$)|;VALUE=BINARY(?=;|$)", re.I)
_QUOTED = re.compile(r";(?:ENCODING=)?QUOTED-PRINTABLE(?=;|$)", re.I)
_CHARSET = re.compile(r';CHARSET="?([\w.:-]{1,40})"?(?=;|$)', re.I)
_HTML = re.compile(r";FMTTYPE=text/html(?=;|$)", re.I)
_WIDTH = 74
"""Octets of a line without the blank that goes before its continuation (RFC 5545, 3.1)."""


@dataclass(eq=False, slots=True)
class Piece:
    """The parameters of a line, or what stands between the separators of its value; a slot of passages."""

    text: str = field(repr=False)


@dataclass(frozen=True, slots=True)
class Line:
    """A content line: its name, its parameters with the semicolon before them, its value with separators."""

    name: str
    parameters: Piece
    value: tuple[tuple[Piece, str], ...]

    def spelt(self, cuts: Mapping[Slot, list[Cut]]) -> str:
        """Return the line, unfolded, without what is cut."""
        tame = [replace(c, marking=re.sub(r'[":;,^]', " ", c.marking)) for c in cuts.get(self.parameters, ())]
        parameters = cut(self.parameters.text, tame)
        if parameters.count('"') % 2:
            parameters = parameters.replace('"', "")
        value = "".join(_escaped(cut(piece.text, cuts.get(piece, ()))) + after for piece, after in self.value)
        return f"{self.name}{parameters}:{value}"


class _ContentLines:
    """What both formats share; pictures, files and HTML inside of them are left out."""

    name: str
    suffix: str
    begins: bytes

    def recognizes(self, data: bytes, name: str) -> bool:
        """Whether it begins as such a file does."""
        return data[:100].removeprefix(b"\xef\xbb\xbf").lstrip().upper().startswith(b"BEGIN:" + self.begins)

    def read(self, data: bytes, name: str) -> Document:
        """Read the lines as one segment; raises ``FormatError`` where one is malformed."""
        return _open(data)[0].document(name, self.name, data)

    def write(
        self,
        data: bytes,
        document: Document,
        redactions: Sequence[Redaction],
        members: Mapping[str, Replacement] = NO_MEMBERS,
    ) -> Written:
        """Write the lines anew, in UTF-8."""
        require_same(data, document)
        content, lines = _open(data)
        cuts = content.cuts(redactions)
        text = "".join(_folded(line.spelt(cuts)) for line in lines)
        return Written(text.encode(), tuple(content.notes))

    def reread(self, data: bytes) -> Iterable[Reading]:
        """Read the lines unfolded, and the file as it is."""
        text = data.decode("utf-8", "replace")
        yield Reading("unfolded lines", _FOLD.sub("", text))
        yield Reading("characters", text, "raw")


class Calendar(_ContentLines):
    """Calendars and invitations."""

    name = "calendar"
    suffix = ".ics"
    begins = b"VCALENDAR"


class Contact(_ContentLines):
    """Contacts."""

    name = "contact"
    suffix = ".vcf"
    begins = b"VCARD"


def _open(data: bytes) -> tuple[Content, list[Line]]:
    found = decode(data)
    if isinstance(found, Obstacle):
        raise FormatError(found.reason)
    if found.text.count(";") + found.text.count(",") + found.text.count("\n") > MOST_PIECES:
        raise FormatError("It has more entries than are read here: split it.")
    content, passage, lines = Content(), Passage(), []
    for name, parameters, value in _logical(_FOLD.sub("", found.text)):
        if _BINARY.search(parameters):
            content.note("Pictures and files inside of calendars and contacts are left out.")
        elif _HTML.search(parameters):
            content.hide(f"html:{len(content.passages) + 1}", untagged(_plain(value)))
        else:
            pieces = tuple((Piece(_plain(m[1])), m[2]) for m in _PIECE.finditer(value) if m[0])
            line = Line(name, Piece(parameters), pieces)
            lines.append(line)
            passage.add(name)
            passage.add(parameters, line.parameters)
            passage.add(": ")
            for piece, after in pieces:
                passage.add(piece.text, piece)
                passage.add(f"{after} " if after else "")
            passage.add("\n")
    content.add("entries", passage)
    return content, lines


def _logical(text: str) -> Iterator[tuple[str, str, str]]:
    """Yield name, parameters and value of each line, quoted-printable ones decoded."""
    lines = iter(re.split(r"\r\n|\r|\n", text))
    for line in lines:
        found = _LINE.fullmatch(line)
        if found is None:
            if line.strip():
                raise FormatError("It is a malformed calendar or contact: export it anew.")
            continue
        name, parameters, value = found.groups()
        if _QUOTED.search(parameters):
            while value.endswith("="):
                value = value[:-1] + next(lines, "")
            charset = _CHARSET.search(parameters)
            raw = quopri.decodestring(value.encode())
            try:
                value = raw.decode(charset[1] if charset else "utf-8")
            except (LookupError, UnicodeError):
                raise FormatError("Its characters are not in the encoding that it declares.") from None
            value = re.sub(r"\r?\n", r"\\n", value)
            parameters = _CHARSET.sub("", _QUOTED.sub("", parameters))
        yield name, parameters, value


def _plain(text: str) -> str:
    return re.sub(r"\\(.)", lambda found: "\n" if found[1] in "nN" else found[1], text)


def _escaped(text: str) -> str:
    return re.sub(r"([\\;,])", r"\\\1", text).replace("\r", "").replace("\n", "\\n")


def _folded(line: str) -> str:
    """Return a line with its end, folded so that no part is longer than may be."""
    parts, width = [""], 0
    for character in line:
        size = len(character.encode("utf-8", "replace"))
        if width + size > _WIDTH:
            parts.append("")
            width = 0
        parts[-1] += character
        width += size
    return "\r\n ".join(parts) + "\r\n"
