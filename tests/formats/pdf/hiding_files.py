"""Places that are a matter of the whole file, wrapped around a page that holds any of the others.

Each takes a file in the making and the word: encryption, history, identifiers, and structures on which
programs disagree (rows 23, 24, 28 and 29 of the checklist). They can be combined with each other too.
"""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

import pikepdf
from pikepdf import Array, Dictionary, Encryption, Name, Pdf, String

from tests.formats.pdf import papers
from tests.formats.pdf.hiding import PLACES, ROWS, base


@dataclass(slots=True)
class Making:
    """What a file is made of."""

    pdf: Pdf
    name: str = "x.pdf"
    user: str = ""
    """What opens it."""
    owner: str = ""
    """What lets it be changed."""
    plain: bool = False
    """Whether it is not to be encrypted after all."""
    changes: list[Callable[[bytes], bytes]] = field(default_factory=list)
    """Changes of its bytes that leave all others where they are."""
    head: bytes = b""
    tail: bytes = b""

    def done(self) -> "Made":
        """The file."""
        options: dict[str, object] = {"object_stream_mode": pikepdf.ObjectStreamMode.disable}
        if (self.user or self.owner) and not self.plain:
            options["encryption"] = Encryption(user=self.user, owner=self.owner or "o", metadata=False)
        else:
            options["static_id"] = True
        data = papers.saved(self.pdf, **options)
        for change in self.changes:
            data = change(data)
        return Made(self.head + data + self.tail, self.name, (self.user,) if self.user else ())


@dataclass(frozen=True, slots=True)
class Made:
    """A file, as it is handed in."""

    data: bytes
    name: str
    passwords: tuple[str, ...]


Whole = Callable[[Making, str], None]
WHOLE: dict[str, Whole] = {}


def place(row: int) -> Callable[[Whole], Whole]:
    """Register a place of a row of the checklist."""

    def register(function: Whole) -> Whole:
        name = function.__name__.replace("_", " ")
        WHOLE[name], ROWS[name] = function, row
        return function

    return register


def made(shown: str, hidden: Mapping[str, str], *, plain: bool = False) -> Made:
    """A file that shows one word and hides others, by their places; ``plain`` leaves encryption out."""
    making = Making(base(shown), plain=plain)
    for name, word in hidden.items():
        if name in PLACES:
            PLACES[name](making.pdf, word)
    for name, word in hidden.items():
        if name in WHOLE:
            WHOLE[name](making, word)
    return making.done()


def revised(data: bytes, number: int, value: bytes) -> bytes:
    """The file with an incremental update that defines one object (ISO 32000-2, 7.5.6)."""
    trailer = data[data.rindex(b"trailer <<") + 10 : data.rindex(b"startxref")].rstrip()
    last = data[data.rindex(b"startxref") + 9 :].split()[0]
    trailer = re.sub(rb"/Prev \d+", b"", trailer).removesuffix(b">>")
    size = max(number + 1, int(re.search(rb"/Size (\d+)", trailer)[1]))
    trailer = re.sub(rb"/Size \d+", b"/Size %d" % size, trailer)
    start = len(data)
    data += b"%d 0 obj\n%s\nendobj\n" % (number, value)
    table = b"xref\n%d 1\n%010d 00000 n \n" % (number, start)
    end = b"trailer <<%s /Prev %s >>\nstartxref\n%d\n%%%%EOF\n" % (trailer, last, len(data))
    return data + table + end


@place(23)
def orphan_object(making: Making, word: str) -> None:
    making.changes.append(lambda data: revised(data, 900, b"<< /Orphan (%s) >>" % word.encode()))


@place(23)
def earlier_revision(making: Making, word: str) -> None:
    making.pdf.Root["/Earlier"] = making.pdf.make_indirect(String(word))

    def change(data: bytes) -> bytes:
        return revised(data, int(re.search(rb"/Earlier (\d+) 0 R", data)[1]), b"(nobody)")

    making.changes.append(change)


@place(23)
def bytes_around_the_file(making: Making, word: str) -> None:
    making.head, making.tail = b"%% %s\n" % word.encode(), b"\n%s\n" % word.encode()


@place(24)
def behind_a_password(making: Making, word: str) -> None:
    making.user = word
    making.pdf.Root["/Metadata"] = making.pdf.make_stream(word.encode(), Type=Name.Metadata, Subtype=Name.XML)


@place(24)
def behind_the_password_of_its_owner(making: Making, word: str) -> None:
    making.owner = word
    making.pdf.Root["/Legal"] = Dictionary(Attestation=word)


@place(28)
def identifier_of_the_file(making: Making, word: str) -> None:
    making.pdf.trailer["/ID"] = Array([String(word), String(word)])


@place(28)
def name_of_the_file(making: Making, word: str) -> None:
    making.name = f"{word}.pdf"


@place(29)
def page_that_its_count_leaves_out(making: Making, word: str) -> None:
    pdf = making.pdf
    page = Dictionary(
        Type=Name.Page,
        MediaBox=Array([0, 0, 612, 792]),
        Resources=Dictionary(Font=Dictionary(F0=pdf.make_indirect(papers.helvetica()))),
        Contents=pdf.make_stream(papers.line(word)),
    )
    pdf.pages.append(pikepdf.Page(pdf.make_indirect(page)))
    one_less = b"/Count %d /Kids" % (len(pdf.pages) - 1)
    making.changes.append(lambda data: re.sub(rb"/Count \d+ /Kids", one_less, data))


@place(29)
def content_that_is_named_twice(making: Making, word: str) -> None:
    """Programs differ on which of two entries of one name counts."""
    making.pdf.pages[0].obj["/Bontents"] = making.pdf.make_stream(papers.line(word))
    making.changes.append(lambda data: data.replace(b"/Bontents", b"/Contents"))
