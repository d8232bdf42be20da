"""Text of a file outside of what its pages show: metadata, bookmarks, comments, fields, scripts,
attachments, tags.

None of it is carried over. It is read so that what it tells can be found, and looked for on the pages too.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

import pikepdf

from redact.formats.pdf.objects import NotUnderstoodError, decoded, get, identity, items, name_of
from redact.formats.pdf.tags import TEXTS

MAX_OBJECTS = 300_000
MAX_TEXT = 2_000_000
_SKIPPED = frozenset(["CIDSystemInfo", "ID", "Encrypt", "ByteRange", "Cert", "Lang"])
_INFO = frozenset(["Title", "Author", "Subject", "Keywords", "Creator", "Producer"])
_DATE = re.compile(r"D:\d{4}")
_TAG = re.compile(r"<[^<>]*>")
_SPACES = re.compile(r"\s+")


@dataclass(frozen=True, slots=True)
class HiddenText:
    """Text that no page shows."""

    locator: str
    text: str = field(repr=False)


def hidden_texts(pdf: pikepdf.Pdf) -> list[HiddenText]:
    """Return the text of all objects that the file's trailer leads to."""
    found: list[HiddenText] = []
    info = pdf.trailer.get("/Info")
    for key, value in items(info):
        text = _string(value)
        if text and key in _INFO:
            found.append(HiddenText(f"meta:{key}", text))
        elif text:
            found.append(HiddenText(f"meta:custom:{len(found)}", f"{key}: {text}"))
    counts: dict[str, int] = {}
    total = 0
    for kind, text in _crawl(pdf):
        counts[kind] = counts.get(kind, 0) + 1
        total += len(text)
        if total > MAX_TEXT:
            raise NotUnderstoodError("it has too much hidden text")
        found.append(HiddenText(f"{kind}:{counts[kind]}", text))
    return found


def _crawl(pdf: pikepdf.Pdf) -> Iterator[tuple[str, str]]:
    """Yield the texts of each dictionary together, with the kind of thing that it is.

    Of tags it yields each text that can stay once and by itself, and all others together.
    """
    seen: set[tuple[int, int]] = set()
    info = identity(pdf.trailer.get("/Info"))
    if info is not None:
        seen.add(info)
    waiting: list[tuple[object, str]] = [(pdf.Root, "object")]
    count = 0
    said: dict[str, None] = {}
    aside: dict[str, None] = {}
    while waiting:
        value, kind = waiting.pop()
        key = identity(value)
        if key is not None:
            if key in seen:
                continue
            seen.add(key)
        count += 1
        if count > MAX_OBJECTS:
            raise NotUnderstoodError("it has too many objects")
        if isinstance(value, pikepdf.Array):
            texts = {str(place): text for place, item in enumerate(value) if (text := _string(item))}
            waiting += [(item, kind) for item in value if isinstance(item, pikepdf.Object)]
        else:
            kind = _kind(value, kind)
            texts = _entries(value, kind, waiting)
        if kind == "tag":
            said |= {text: None for name, text in texts.items() if name in TEXTS}
            aside |= {text: None for name, text in texts.items() if name not in TEXTS}
        elif texts:
            yield kind, "\n".join(texts.values())
    yield from (("tag", text) for text in said)
    if aside:
        yield "tag", "\n".join(aside)


def _entries(value: object, kind: str, waiting: list[tuple[object, str]]) -> dict[str, str]:
    """Return the texts of a dictionary or stream by their keys; what they lead to is added to ``waiting``."""
    texts: dict[str, str] = {}
    for name, item in items(value):
        if name in _SKIPPED and not (kind == "tag" and name == "ID"):
            continue
        text = _string(item)
        if text:
            texts[name] = text
        elif isinstance(item, pikepdf.Array | pikepdf.Dictionary | pikepdf.Stream):
            waiting.append((item, _KEYS.get(name, kind)))
    if isinstance(value, pikepdf.Stream):
        texts |= {f"stream {place}": text for place, text in enumerate(_stream_text(value, kind))}
    return texts


_KEYS = {
    "Outlines": "outline",
    "AcroForm": "field",
    "Annots": "annotation",
    "StructTreeRoot": "tag",
    "JS": "script",
    "XFA": "xfa",
    "Metadata": "xmp",
    "EF": "attachment",
    "Names": "name",
    "Dests": "name",
    "PageLabels": "label",
    "OCProperties": "layer",
    "Threads": "thread",
    "PieceInfo": "private",
    "Properties": "marked",
}


def _kind(value: object, inherited: str) -> str:
    kind = name_of(get(value, "Type"))
    if kind in ("Page", "Pages", "Catalog", "Font", "XObject"):
        return "object"
    bare = kind is None and get(value, "Rect") is not None and get(value, "Subtype") is not None
    if kind == "Annot" or bare:
        return "field" if name_of(get(value, "Subtype")) == "Widget" else "annotation"
    if kind == "EmbeddedFile":
        return "attachment"
    if kind == "Metadata":
        return "xmp"
    return inherited


def _string(value: object) -> str:
    if not isinstance(value, pikepdf.String):
        return ""
    text = str(value)
    return "" if _DATE.match(text) else text.replace("\0", "").strip()


def _stream_text(value: pikepdf.Stream, kind: str) -> list[str]:
    if kind not in ("xmp", "xfa", "script", "attachment", "annotation", "field"):
        return []
    if name_of(get(value, "Subtype")) in ("Form", "Image"):
        return []
    try:
        data = decoded(value, MAX_TEXT)
    except NotUnderstoodError:
        return []
    text = as_text(data)
    if text is None:
        return []
    text = _SPACES.sub(" ", _TAG.sub(" ", text)).strip() if "<" in text else text
    return [text] if text else []


def as_text(data: bytes) -> str | None:
    """Return bytes as the text that they are, None for other data."""
    for encoding in ("utf-16",) if data[:2] in (b"\xff\xfe", b"\xfe\xff") else ("utf-8-sig", "cp1252"):
        try:
            text = data.decode(encoding)
        except UnicodeDecodeError:
            continue
        controls = sum(ord(c) < 32 and c not in "\t\n\r\f" for c in text)
        return text if controls * 50 <= len(text) else None
    return None
