"""A new file with the pages of an old one, without what was cut: only what is named here is carried over."""

from dataclasses import dataclass, field
from io import BytesIO
from operator import attrgetter

import pikepdf
from pikepdf import Array, Dictionary, Name

from redact.formats.pdf.boxes import draw
from redact.formats.pdf.drawing import ARTIFACT, Tag, Unit
from redact.formats.pdf.emit import emit
from redact.formats.pdf.excision import Gone
from redact.formats.pdf.geometry import Box
from redact.formats.pdf.marking import Marking
from redact.formats.pdf.navigation import Navigation, restore
from redact.formats.pdf.objects import NotUnderstoodError, get, number
from redact.formats.pdf.operands import decimal
from redact.formats.pdf.pages import Page
from redact.formats.pdf.parsed import Resources
from redact.formats.pdf.pdfium import Rendering
from redact.formats.pdf.raster import raster_page
from redact.formats.pdf.removedwords import RemovedWords
from redact.formats.pdf.resources import FORM_KEYS, Copier, resource_dictionary
from redact.formats.pdf.selection import Cut, tags_below
from redact.formats.pdf.streams import MarkedForm
from redact.formats.pdf.structure import Sequences, write_tags
from redact.formats.pdf.tags import Content, Tags
from redact.formats.pdf.tagtexts import kept_text, shown, texts_that_stay

NOWHERE = Navigation()
_DATA = attrgetter("data")
_LABEL_FONT = "Marking"


@dataclass(frozen=True, slots=True)
class Around:
    """What of a file besides its pages may be made anew, as far as the pages bear it out."""

    navigation: Navigation = NOWHERE
    tags: Tags | None = None
    removed: RemovedWords = field(default_factory=lambda: RemovedWords(()))
    """What is removed anywhere; nothing that tags say may share a word with it."""
    told: bool = True
    """Whether any texts of tags may stay."""


PAGES_ALONE = Around()


def rebuild(
    pages: list[Page],
    resources: Resources,
    rendering: Rendering,
    cuts: list[Cut],
    images: dict[int, str],
    around: Around = PAGES_ALONE,
) -> bytes:
    """Return the new file, with what of the navigation its pages print, and tags of what they show.

    ``images`` has the pages that are written as images, with the reason; pages that turn out not to be
    writable otherwise are added to it. Raises ``NotUnderstoodError`` where a page cannot be written even so.
    """
    target = pikepdf.new()
    removed = set().union(*(cut.glyphs for cut in cuts))
    copier = Copier(target, resources, removed, around.removed)
    for cut in cuts:
        copier.displaced.update(cut.displaced)
    used: dict[int, set[bytes]] = {}
    marked: dict[int, list[Tag]] = {}
    forms: dict[int, list[MarkedForm]] = {}
    label = target.make_indirect(
        Dictionary(Type=Name.Font, Subtype=Name.Type1, BaseFont=Name.Helvetica, Encoding=Name.WinAnsiEncoding)
    )
    for page, cut in zip(pages, cuts, strict=True):
        made = None
        if page.number not in images:
            try:
                copier.turn(
                    page.number, around.tags.contents[page.number] if around.tags is not None else set()
                )
                made, marked[page.number] = _page(copier, page, cut, label)
                forms[page.number] = list(copier.marked.values())
            except NotUnderstoodError as error:
                images[page.number] = error.code
            except (pikepdf.PdfError, ValueError, TypeError, KeyError, IndexError, AttributeError):
                images[page.number] = "a page is malformed"
        if made is None:
            if cut.unboxed:
                raise NotUnderstoodError("text in a pattern cannot be boxed on an image")
            made = raster_page(target, rendering, page, cut, removed, label)
        else:
            for unit in page.units:
                _note_codes(unit, copier.gone, used)
        target.pages.append(pikepdf.Page(target.make_indirect(made)))
    try:
        copier.finish(used)
    except NotUnderstoodError as error:  # a font that several pages may show
        if len(images) == len(pages):
            raise
        images.update({page.number: error.code for page in pages if page.number not in images})
        return rebuild(pages, resources, rendering, cuts, images, around)
    links: dict[Content, pikepdf.Object] = {}
    if around.navigation != NOWHERE:
        texts = {page.number: kept_text(page, removed) for page in pages if page.number not in images}
        links = restore(target, around.navigation, texts)
    if around.tags is not None:
        looks = {
            page.number: shown(page, cut.glyphs, cut.boxes)
            for page, cut in zip(pages, cuts, strict=True)
            if page.number not in images
        }
        told = texts_that_stay(around.tags, looks, around.removed) if around.told else {}
        write_tags(target, around.tags, told, Sequences(marked, forms, links), around.removed)
    return save(target)


def save(target: pikepdf.Pdf) -> bytes:
    """Return a file's bytes: one revision, compressed, with an identifier made of its content only."""
    out = BytesIO()
    target.save(
        out,
        object_stream_mode=pikepdf.ObjectStreamMode.generate,
        compress_streams=True,
        deterministic_id=True,
        min_version="1.7",
        fix_metadata_version=False,
    )
    return out.getvalue()


def _page(
    copier: Copier, page: Page, cut: Cut, label: pikepdf.Object
) -> tuple[pikepdf.Dictionary, list[Tag]]:
    """Return a page, and which tag each sequence of its marked content has."""
    tags = copier.tags
    for picture in page.pictures:
        under = [box for box in cut.boxes if box.overlaps(picture.box)]
        if under:
            if picture.unit.tiled:
                raise NotUnderstoodError("an image in a pattern is under a box")
            copier.regions[id(picture)] = under
    known = {*tags, ARTIFACT} if tags else tags
    content = emit(page.units[0], copier.gone, copier, copier.inline, copier.displaced, known)
    marking = Marking(known, content.tags)
    data = b"q\n" + content.data + b"Q\n"
    resources = resource_dictionary(content)
    for position, (unit, appearance) in enumerate(zip(page.units[1:], page.annotations.shown, strict=True)):
        form = copier.stream(unit, FORM_KEYS)
        matrix = b" ".join(decimal(round(value, 6)) for value in appearance.placement)
        drawn = [b"q %s cm /A%d Do Q" % (matrix, position)]
        data += b"\n".join([*marking.turn(appearance.source, 0, in_text=False), *drawn, *marking.end(), b""])
        _entry(resources, "/XObject", f"/A{position}", form)
    if cut.marks:
        below = tags_below(page, cut) if tags else []
        identifiers = [marking.number(tag) if tag in tags else None for tag in below]
        data += draw(cut.marks, cut.legend, _LABEL_FONT, identifiers if tags else None)
        _entry(resources, "/Font", "/" + _LABEL_FONT, label)
    made = Dictionary(Type=Name.Page, MediaBox=_array(page.media), Resources=resources)
    made["/Contents"] = copier.target.make_stream(data)
    if page.crop != page.media:
        made["/CropBox"] = _array(page.crop)
    if page.rotate:
        made["/Rotate"] = page.rotate
    if get(page.source, "UserUnit") is not None:
        made["/UserUnit"] = number(get(page.source, "UserUnit"))
    group = copier.group(get(page.source, "Group"))
    if group is not None:
        made["/Group"] = group
    return made, marking.tags


def _note_codes(unit: Unit, gone: Gone, used: dict[int, set[bytes]]) -> None:
    """Add the codes that a stream and all that it draws still show, by the identities of their fonts."""
    for shows in unit.shows.values():
        for show in shows:
            codes = used.setdefault(id(show.font), set())
            removed = gone.get(id(show))
            if removed is None:
                codes.update(map(_DATA, show.codes))
            else:
                codes |= {code.data for ordinal, code in enumerate(show.codes) if ordinal not in removed}
    for child in (*unit.children.values(), *unit.procedures):
        _note_codes(child, gone, used)


def _entry(resources: pikepdf.Dictionary, category: str, name: str, value: pikepdf.Object) -> None:
    if category not in resources:
        resources[category] = Dictionary()
    resources[category][name] = value


def _array(box: Box) -> pikepdf.Array:
    return Array([int(v) if v == int(v) else round(v, 4) for v in box])
