"""Values planted into every place of a file, and the search that proves that none is left."""

import base64
import contextlib
import html
import io
import re
import zipfile
from collections.abc import Iterable, Mapping

from redact.document import Document, Span
from redact.errors import FormatError
from redact.formats.family import Family, read_family
from redact.formats.interface import Format, Replacement, Written
from redact.redaction import Redaction

MARKING = "Gov. 7922.200"
VALUE = re.compile(r"\b9\d\d-\d\d-\d{4}\b")


class Planted:
    """Hands out a different value for each place, all of the form of ``VALUE``."""

    def __init__(self) -> None:
        self.values: dict[str, str] = {}

    def __call__(self, place: str) -> str:
        if place not in self.values:
            number = len(self.values) * 37 + 11
            self.values[place] = f"9{number % 89 + 10:02}-{number % 97:02}-{7000 + len(self.values):04}"
        return self.values[place]


def redactions(document: Document, *, visible_only: bool = False) -> list[Redaction]:
    """Return the redaction of every planted value in the document's segments."""
    return [
        Redaction(segment.locator, Span(*match.span()), MARKING)
        for segment in document.segments
        if segment.visible or not visible_only
        for match in VALUE.finditer(segment.text)
    ]


def write(
    implementation: Format,
    data: bytes,
    name: str,
    *,
    visible_only: bool = False,
    members: Mapping[str, Replacement] | None = None,
) -> Written:
    """Write ``data`` without the planted values."""
    document = implementation.read(data, name)
    assert document.obstacles == ()
    return implementation.write(
        data, document, redactions(document, visible_only=visible_only), members or {}
    )


def unread(document: Document, planted: Planted) -> list[str]:
    """Return the places whose values no segment shows."""
    texts = [segment.text for segment in document.segments]
    return [place for place, value in planted.values.items() if not any(value in text for text in texts)]


def carry_out(member: Family) -> Replacement:
    """Write a document of a family without the planted values, and those inside it, as a release does."""
    if member.document.obstacles:
        return Replacement(None, notice="Withheld: " + member.document.obstacles[0].code)
    inside = zip(member.document.members, member.members, strict=True)
    members = {each.locator: carry_out(inner) for each, inner in inside}
    written = member.format.write(member.data, member.document, redactions(member.document), members)
    return Replacement(written.data, member.format.suffix)


def fate(data: bytes, name: str, value: str) -> str:
    """Return what became of a planted value: ``searched``, ``dropped`` unread, ``withheld: CODE`` with the
    document or ``member withheld: CODE`` with one inside it, or ``refused``; fails where anything is left."""
    try:
        family = read_family(data, name)
    except FormatError:
        return "refused"
    if family.document.obstacles:
        return f"withheld: {family.document.obstacles[0].code}"
    try:
        written = carry_out(family).data
    except FormatError:
        return "refused"
    assert written is not None
    planted = Planted()
    planted.values["value"] = value
    assert left(written, planted) == [], "it is still there"
    if any(value in segment.text for member in family for segment in member.document.segments):
        return "searched"
    codes = [obstacle.code for member in family for obstacle in member.document.obstacles]
    return f"member withheld: {codes[0]}" if codes else "dropped"


def decoded(data: bytes) -> Iterable[bytes]:
    """Yield a file's bytes, and the names and bytes of all that is packed or encoded inside, to any depth."""
    yield data
    for block in re.findall(rb"(?:^[A-Za-z0-9+/]{8,}={0,2}\r?\n)+", data, re.M):
        with contextlib.suppress(ValueError):
            yield from decoded(base64.b64decode(block))
    if data[:2] == b"PK":
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            yield archive.comment
            for entry in archive.infolist():
                yield from (entry.filename.encode(), entry.comment, entry.extra)
                yield from decoded(archive.read(entry))


def left(data: bytes, planted: Planted) -> list[str]:
    """Return the places whose values are anywhere in ``data``: as bytes, without tags, as UTF-16, in base64,
    without their dashes, or backwards in a name."""
    found = set()
    for part in decoded(data):
        text = part.decode("utf-8", "replace")
        joined = html.unescape(re.sub(r"<[^>]*>", "", text))
        # Values in base64 and quoted-printable show once lines are joined.
        unwrapped = re.sub(r"=?\r?\n", "", text)
        for place, value in planted.values.items():
            digits = value.replace("-", "")
            encoded = [base64.b64encode(b"\0" * shift + value.encode())[4:-4] for shift in range(3)]
            if (
                any(
                    needle in hay
                    for needle in (value, digits, value[::-1])
                    for hay in (text, joined, unwrapped)
                )
                or any(value.encode(utf) in part for utf in ("utf-16-le", "utf-16-be"))
                or any(needle in part for needle in encoded)
            ):
                found.add(place)
    return sorted(found)
