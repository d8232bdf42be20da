"""Plain text and Markdown: the characters of the file as they are, line endings and byte order mark kept."""

import codecs
import hashlib
import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from io import BytesIO
from itertools import chain
from typing import Generic, TypeVar

from recognizers.stretches import LENGTH, at_spaces
from recognizers.stretches import Text as Stretched
from redact.document import Document, Obstacle, Segment
from redact.errors import FormatError
from redact.formats.encoded import REASON, holds_encoded
from redact.formats.interface import NO_MEMBERS, Reading, Replacement, Written
from redact.formats.passage import require_same
from redact.long_text import LONG, LongText
from redact.redaction import Redaction, applied

_T = TypeVar("_T", bound=Stretched)

LOCATOR = "text"
LARGEST = 64 * 2**20
"""Bytes of the largest text file that is read."""
FEW_HIGH_BYTES = 0.2
"""Share of bytes above 127 up to which Western text in Windows-1252 is believed."""

_CONTROL = re.compile(r"[\x00-\x08\x0e-\x1f\x7f]")
_UTF8_CHARACTER = re.compile(rb"[\xc3-\xdf][\x80-\xbf]|[\xe0-\xef][\x80-\xbf]{2}|[\xf0-\xf4][\x80-\xbf]{3}")


@dataclass(frozen=True, slots=True)
class Characters(Generic[_T]):
    """The text of a file and how its bytes spell it."""

    text: _T
    encoding: str
    mark: bytes = b""
    """The byte order mark, which is no character of the text."""

    def encode(self, text: str) -> bytes:
        """Return ``text`` as bytes in the same spelling; raises ``FormatError`` if it has no such bytes."""
        return self.encode_pieces((text,))

    def encode_pieces(self, pieces: Iterable[str]) -> bytes:
        """Return a text that comes in pieces as ``encode`` does."""
        # What it has written is not copied when it is asked for.
        data = BytesIO()
        data.write(self.mark)
        try:
            for piece in pieces:
                data.write(piece.encode(self.encoding))
            return data.getvalue()
        except UnicodeEncodeError:
            raise FormatError(f"A marking has characters that {self.encoding} does not have.") from None


def decode(data: bytes) -> Characters[str] | Obstacle:
    """Return the characters of a text file, or what stands in the way of reading them without doubt.

    UTF-8 and UTF-16 (by its byte order mark) are taken strictly. Other bytes are taken as Windows-1252
    only where they can hardly be anything else: no control characters, few bytes above 127, and no
    character of UTF-8 among them.
    """
    return _checked(data, bytes.decode)


def _decode(data: bytes) -> Characters[str] | Characters[LongText] | Obstacle:
    """Return what ``decode`` does, of a long text as one."""
    return decode(data) if len(data) < LONG else _checked(data, LongText)


def _checked(data: bytes, make: Callable[[bytes, str], _T]) -> Characters[_T] | Obstacle:
    if len(data) > LARGEST:
        return Obstacle("too-large", f"It is larger than {LARGEST >> 20} MiB: split it.")
    found = _spelled(data, make)
    if isinstance(found, Obstacle):
        return found
    text = found.text
    end = len(text) - (text[-1:] == "\x1a")
    if any(_CONTROL.search(text[start : min(end, start + LENGTH)]) for start in range(0, end, LENGTH)):
        return Obstacle("control-characters", "It holds control characters, so it may not be text: check it.")
    return found


def _spelled(data: bytes, make: Callable[[bytes, str], _T]) -> Characters[_T] | Obstacle:
    undecodable = Obstacle(
        "encoding", "Its character encoding cannot be told for certain: save it as UTF-8 text."
    )
    if data.startswith((codecs.BOM_UTF32_LE, codecs.BOM_UTF32_BE)):
        return undecodable
    for mark, encoding in (
        (codecs.BOM_UTF8, "utf-8"),
        (codecs.BOM_UTF16_LE, "utf-16-le"),
        (codecs.BOM_UTF16_BE, "utf-16-be"),
    ):
        if data.startswith(mark):
            try:
                return Characters(make(data[len(mark) :], encoding), encoding, mark)
            except UnicodeDecodeError:
                return undecodable
    try:
        return Characters(make(data, "utf-8"), "utf-8")
    except UnicodeDecodeError:
        high = sum(byte > 127 for byte in data)
        if high > FEW_HIGH_BYTES * len(data) or _UTF8_CHARACTER.search(data):
            return undecodable
        try:
            return Characters(make(data, "cp1252"), "cp1252")
        except UnicodeDecodeError:
            return undecodable


def stamped(data: bytes, line: str) -> bytes:
    """Return a text that was written with ``line`` before it; raises ``FormatError`` where it is none."""
    found = _decode(data)
    if isinstance(found, Obstacle):
        raise FormatError("this text cannot be stamped; convert it to UTF-8")
    return found.encode_pieces(chain((f"{line}\n\n",), at_spaces(found.text)))


class Text:
    """Plain text: one segment, whose offsets count the characters of the file (its mark not counted)."""

    name = "text"
    suffix = ".txt"

    def recognizes(self, data: bytes, name: str) -> bool:
        """Whether it decodes as text; so other formats are asked first."""
        return isinstance(_decode(data), Characters)

    def read(self, data: bytes, name: str) -> Document:
        """Read the file as one segment; an undecodable file is a document with an obstacle."""
        found = _decode(data)
        sha256 = hashlib.sha256(data).hexdigest()
        if isinstance(found, Obstacle):
            return Document(name, self.name, sha256, segments=(), obstacles=(found,))
        segments = (Segment(LOCATOR, found.text),) if found.text else ()
        obstacles = (Obstacle("encoded", REASON, LOCATOR),) if holds_encoded(found.text) else ()
        return Document(name, self.name, sha256, segments, obstacles)

    def write(
        self,
        data: bytes,
        document: Document,
        redactions: Sequence[Redaction],
        members: Mapping[str, Replacement] = NO_MEMBERS,
    ) -> Written:
        """Write the file with each span replaced by its marking in brackets."""
        require_same(data, document)
        found = _decode(data)
        if isinstance(found, Obstacle) or any(r.locator != LOCATOR for r in redactions):
            raise FormatError("There is no such text to redact: read the document again.")
        text = document.segments[0].text if document.segments else ""
        try:
            return Written(found.encode_pieces(applied(text, redactions)))
        except ValueError:
            raise FormatError("Redactions overlap or lie outside the text: read it again.") from None

    def reread(self, data: bytes) -> Iterable[Reading]:
        """Read the characters, and the bytes one by one."""
        found = _spelled(data, LongText) if len(data) >= LONG else None
        if isinstance(found, Characters):
            yield Reading("characters", found.text)
            yield Reading("bytes", LongText(data, "latin-1"), "raw")
        else:
            yield Reading("characters", data.decode(_spelling(data), errors="replace"))
            yield Reading("bytes", data.decode("latin-1"), "raw")


def _spelling(data: bytes) -> str:
    if data.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        return "utf-16"
    try:
        data.decode("utf-8-sig")
    except UnicodeDecodeError:
        return "cp1252"
    return "utf-8-sig"


class Markdown(Text):
    """Markdown: text whose comments and link targets are searched like all of it."""

    name = "markdown"
    suffix = ".md"

    def recognizes(self, data: bytes, name: str) -> bool:
        """Whether it is text that is named as Markdown."""
        return name.lower().endswith((".md", ".markdown")) and super().recognizes(data, name)
