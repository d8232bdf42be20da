"""Whatever no format reads: recognised as far as its first bytes tell, and withheld."""

import hashlib
from collections.abc import Iterable, Mapping, Sequence

from redact.document import Document, Obstacle
from redact.errors import FormatError
from redact.formats.interface import NO_MEMBERS, Reading, Replacement, Written
from redact.redaction import Redaction

OLE = bytes.fromhex("D0CF11E0A1B11AE1")
"""First bytes of a compound file: old office files, and office files under a password."""

_SIGNED = bytes.fromhex("06092a864886f70d0107")
"""Where S/MIME says what it holds: an object identifier of PKCS #7 (RFC 5652, 14)."""
_OPENDOCUMENT = (
    "It is an OpenDocument file other than a text, or a book: save it as .odt, .xlsx, .pptx or PDF."
)

_SIGNATURES = (
    (b"MZ", "program", "It is a Windows program."),
    (b"\x7fELF", "program", "It is a program."),
    (b"Rar!", "archive", "It is a RAR archive: unpack it and submit the files."),
    (b"7z\xbc\xaf\x27\x1c", "archive", "It is a 7z archive: unpack it and submit the files."),
    (b"\x1f\x8b", "archive", "It is a gzip archive: unpack it and submit the files."),
    (b"BZh", "archive", "It is a bzip2 archive: unpack it and submit the files."),
    (b"\xfd7zXZ", "archive", "It is an xz archive: unpack it and submit the files."),
    (b"!BDN", "mailbox", "It is an Outlook data file: export the messages as .eml or .mbox."),
    (
        b"\x78\x9f\x3e\x22",
        "mail",
        "It is a winmail.dat of Outlook: have the message sent as plain text or HTML.",
    ),
    (b"-----BEGIN PKCS7", "mail", "It is a signed or encrypted message (S/MIME): save it without that."),
    (b"%!PS", "document", "It is PostScript: convert it to PDF."),
    (b"\xd7\xcd\xc6\x9a", "picture", "It is a drawing (WMF): save it as PNG."),
    (b"\x01\0\0\0", "picture", "It is a drawing (EMF) or not known here: save it as PNG."),
    (b"SQLite format 3\x00", "database", "It is a database: export its tables as CSV."),
    (b"GIF8", "picture", "It is a picture in a format that is not read here: save it as PNG."),
    (b"BM", "picture", "It is a picture in a format that is not read here: save it as PNG."),
    (b"RIFF", "recording", "It is a picture or recording, which cannot be searched here: review it by hand."),
    (b"ID3", "recording", "It is a recording, which cannot be searched here: review it by hand."),
    (b"OggS", "recording", "It is a recording, which cannot be searched here: review it by hand."),
)


def obstacle(data: bytes) -> Obstacle:
    """Return what can be said about a file that no format reads."""
    if data.startswith(OLE):
        if "EncryptedPackage".encode("utf-16-le") in data:
            return Obstacle("encrypted", "It is under a password: submit it without one.")
        return Obstacle("old-office", "It is in an old office format: save it as .docx, .xlsx or .pptx.")
    if _SIGNED in data[:64]:
        return Obstacle("mail", "It is a signed or encrypted message (S/MIME): save it without that.")
    if data[30:38] == b"mimetype":
        return Obstacle("opendocument", _OPENDOCUMENT)
    if data[4:8] == b"ftyp":
        return Obstacle("recording", "It is a recording or picture, which cannot be searched: review it.")
    for signature, code, reason in _SIGNATURES:
        if data.startswith(signature):
            return Obstacle(code, reason)
    return Obstacle("unsupported", "Its format is not known here: review it by hand or convert it.")


class Unsupported:
    """The format of files that no format reads: always withheld, with the reason."""

    name = "unsupported"
    suffix = ""

    def recognizes(self, data: bytes, name: str) -> bool:
        """Whether it is a file at all."""
        return True

    def read(self, data: bytes, name: str) -> Document:
        """Return a document without text and with one obstacle."""
        sha256 = hashlib.sha256(data).hexdigest()
        return Document(name, self.name, sha256, segments=(), obstacles=(obstacle(data),))

    def write(
        self,
        data: bytes,
        document: Document,
        redactions: Sequence[Redaction],
        members: Mapping[str, Replacement] = NO_MEMBERS,
    ) -> Written:
        """Raise ``FormatError``: nothing is released of it."""
        raise FormatError(obstacle(data).reason)

    def reread(self, data: bytes) -> Iterable[Reading]:
        """Return nothing: no such file is ever written."""
        return ()
