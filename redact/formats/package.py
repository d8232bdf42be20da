"""Zip packages: read within bounds, written the same way every time."""

import io
import stat
import struct
import zipfile
import zlib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from redact.errors import FormatError
from redact.formats.markup import untagged

MOST_PARTS = 5_000
LARGEST_PART = 100 * 2**20
"""Bytes of one unpacked part."""
LARGEST_WHOLE = 256 * 2**20
"""Bytes of all parts, unpacked."""
HIGHEST_RATIO = 200
"""How many times larger than packed a package of more than ``RATIO_FROM`` bytes may unpack."""
RATIO_FROM = 16 * 2**20

PICTURE_TYPES = {
    ".png": "image/png",
    ".jpg": "image/jpeg",
    ".jpeg": "image/jpeg",
    ".gif": "image/gif",
    ".tif": "image/tiff",
    ".tiff": "image/tiff",
    ".bmp": "image/bmp",
}
"""Types of the pictures that office files may hold, by their ending."""

_EPOCH = (1980, 1, 1, 0, 0, 0)
_METHODS = (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED)


@dataclass(frozen=True, slots=True)
class Package:
    """The parts of a zip package by name, and the remarks that the zip format itself carries."""

    parts: Mapping[str, bytes] = field(repr=False)
    remarks: str = field(repr=False, default="")
    """Comments of the archive and its entries, names of folders, and text in extra fields and between files;
    never written again."""
    goes_on: bool = False
    """Whether bytes lie in it that belong to no file of its list."""

    @classmethod
    def read(cls, data: bytes) -> "Package":
        """Unpack ``data``; raises ``FormatError`` where it is malformed, encrypted, hostile or too large.

        Names are as the package gives them. Two that differ in case only are refused, since readers
        differ in which of them they take.
        """
        try:
            with zipfile.ZipFile(io.BytesIO(data)) as archive:
                entries = [entry for entry in archive.infolist() if not entry.is_dir()]
                _check(entries, len(data))
                parts = {entry.filename: archive.read(entry) for entry in entries}
                remarks = [archive.comment]
                for entry in archive.infolist():
                    remarks += [entry.comment, _extra_text(entry.extra)]
                    remarks += [entry.filename.encode()] if entry.is_dir() else []
                strays = [stray for stray in _strays(data, archive) if stray.strip(b"\0")]
        except (
            zipfile.BadZipFile,
            zlib.error,
            EOFError,
            OSError,
            ValueError,
            NotImplementedError,
            RuntimeError,
            struct.error,
        ):
            raise FormatError("It is a damaged zip package: save it anew.") from None
        said = "\n".join(remark.decode("utf-8", "replace") for remark in (*remarks, *strays) if remark)
        return cls(parts, said, bool(strays))

    @staticmethod
    def write(parts: Mapping[str, bytes]) -> bytes:
        """Return a package of ``parts`` in their order: the same bytes for the same parts."""
        buffer = io.BytesIO()
        with zipfile.ZipFile(buffer, "w") as archive:
            for name, content in parts.items():
                entry = zipfile.ZipInfo(name, _EPOCH)
                # An uncompressed mimetype part comes first in OpenDocument packages, to be told by it.
                stored = name == "mimetype"
                entry.compress_type = zipfile.ZIP_STORED if stored else zipfile.ZIP_DEFLATED
                entry.external_attr = 0o600 << 16
                archive.writestr(entry, content)
        return buffer.getvalue()


def raw(data: bytes) -> str:
    """Return all that a package says: names, every part decoded, and the text of every part without its tags,
    so that a value stands together however its letters are divided among runs."""
    package = Package.read(data)
    lines = [package.remarks]
    for name, part in package.parts.items():
        text = part.decode("utf-8") if _is_utf8(part) else part.decode("latin-1")
        joined = untagged(text) if part.startswith(b"<") else ""
        lines += [name, text, joined]
    return "\n".join(lines)


def _is_utf8(part: bytes) -> bool:
    try:
        part.decode("utf-8")
    except UnicodeDecodeError:
        return False
    return True


def names(data: bytes) -> list[str]:
    """Return the names in a zip package, or nothing if it is none."""
    if not data.startswith(b"PK"):
        return []
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            return archive.namelist()
    except (zipfile.BadZipFile, OSError, ValueError, NotImplementedError, struct.error):
        return []


def _check(entries: list[zipfile.ZipInfo], packed: int) -> None:
    whole = sum(entry.file_size for entry in entries)
    if (
        len(entries) > MOST_PARTS
        or whole > LARGEST_WHOLE
        or any(entry.file_size > LARGEST_PART for entry in entries)
        or (whole > RATIO_FROM and whole > HIGHEST_RATIO * packed)
    ):
        raise FormatError("It unpacks to more than is read here: split it.")
    folded = {entry.filename.casefold() for entry in entries}
    if len(folded) < len(entries):
        raise FormatError("It is a zip package with two parts of one name, which readers read differently.")
    for entry in entries:
        if entry.flag_bits & 0x1:
            raise FormatError("It is under a password: submit it without one.")
        if entry.compress_type not in _METHODS:
            raise FormatError("It is packed by a method that is not read here: pack it anew.")
        path = entry.filename.split("/")
        if "\\" in entry.filename or ":" in path[0] or any(step in ("", ".", "..") for step in path):
            raise FormatError("It is a zip package with unsafe file names: pack it anew.")
        if stat.S_ISLNK(entry.external_attr >> 16):
            raise FormatError("It is a zip package with links in place of files: pack it anew.")


def _strays(data: bytes, archive: zipfile.ZipFile) -> Iterator[bytes]:
    """Yield what lies before, between and after the files and their list (APPNOTE 6.3.10, 4.3.6)."""
    position = 0
    for entry in sorted(archive.infolist(), key=lambda entry: entry.header_offset):
        yield data[position : entry.header_offset]
        name, extra = struct.unpack_from("<HH", data, entry.header_offset + 26)
        position = entry.header_offset + 30 + name + extra + entry.compress_size
        if entry.flag_bits & 0x8:
            # A descriptor of sizes follows, with a signature or without, of 32 or of 64 bits.
            position += 4 if data[position : position + 4] == b"PK\7\x08" else 0
            position += 20 if entry.file_size > 0xFFFFFFFF else 12
    yield data[position : archive.start_dir]
    end = data.rfind(b"PK\5\6")
    yield data[end + 22 + len(archive.comment) :]


def _extra_text(extra: bytes) -> bytes:
    """Return what is no known record (time stamps, owners, zip64, Unicode names) of an extra field."""
    known, rest, position = {0x0001, 0x5455, 0x7875, 0x5855, 0x000A, 0x7075, 0x6375}, b"", 0
    while position + 4 <= len(extra):
        kind, length = struct.unpack_from("<HH", extra, position)
        if kind not in known:
            rest += extra[position + 4 : position + 4 + length]
        position += 4 + length
    return rest + extra[position:]
