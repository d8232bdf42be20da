"""A new file with the pages of an old one, without what was cut: only what is named here is carried over."""

from io import BytesIO

import pikepdf
from pikepdf import Array, Dictionary, Name

from redact.formats.pdf.boxes import draw
from redact.formats.pdf.drawing import Glyph
from redact.formats.pdf.emit import emit
from redact.formats.pdf.geometry import Box
from redact.formats.pdf.navigation import Navigation, folded, restore
from redact.formats.pdf.objects import NotUnderstoodError, get, number
from redact.formats.pdf.pages import Page
from redact.formats.pdf.pagetext import PageText
from redact.formats.pdf.parsed import Resources
from redact.formats.pdf.pdfium import Rendering
from redact.formats.pdf.raster import raster_page
from redact.formats.pdf.resources import FORM_KEYS, Copier, resource_dictionary
from redact.formats.pdf.selection import Cut
from redact.formats.pdf.tokens import decimal

NOWHERE = Navigation()
_LABEL_FONT = "Marking"


def rebuild(
    pages: list[Page],
    resources: Resources,
    rendering: Rendering,
    cuts: list[Cut],
    images: dict[int, str],
    navigation: Navigation = NOWHERE,
) -> bytes:
    """Return the new file, with what of ``navigation`` its pages print.

    ``images`` has the pages that are written as images, with the reason; pages that turn out not to be
    writable otherwise are added to it. Raises ``NotUnderstoodError`` where a page cannot be written even so.
    """
    target = pikepdf.new()
    removed = set().union(*(cut.glyphs for cut in cuts))
    copier = Copier(target, resources, removed)
    for cut in cuts:
        copier.displaced.update(cut.displaced)
    used: dict[int, set[bytes]] = {}
    label = target.make_indirect(
        Dictionary(Type=Name.Font, Subtype=Name.Type1, BaseFont=Name.Helvetica, Encoding=Name.WinAnsiEncoding)
    )
    for page, cut in zip(pages, cuts, strict=True):
        made = None
        if page.number not in images:
            try:
                made = _page(copier, page, cut, label)
            except NotUnderstoodError as error:
                images[page.number] = error.code
            except (pikepdf.PdfError, ValueError, TypeError, KeyError, IndexError, AttributeError):
                images[page.number] = "a page is malformed"
        if made is None:
            if cut.unboxed:
                raise NotUnderstoodError("text in a pattern cannot be boxed on an image")
            made = raster_page(target, rendering, page, cut.marks, removed, label)
        else:
            for glyph in page.glyphs:
                if glyph not in removed:
                    used.setdefault(id(glyph.show.font), set()).add(glyph.code.data)
        target.pages.append(pikepdf.Page(target.make_indirect(made)))
    try:
        copier.finish(used)
    except NotUnderstoodError as error:  # a font that several pages may show
        if len(images) == len(pages):
            raise
        images.update({page.number: error.code for page in pages if page.number not in images})
        return rebuild(pages, resources, rendering, cuts, images, navigation)
    if navigation != NOWHERE:
        restore(target, navigation, {p.number: _kept(p, removed) for p in pages if p.number not in images})
    return save(target)


def _kept(page: Page, removed: set[Glyph]) -> str:
    """Return the folded text of what a page still shows."""
    shown = page.texts.get("", PageText())
    stays = (
        character
        for character, owners in zip(shown.text, shown.owners, strict=True)
        if owners and not any(owner in removed for owner in owners)
    )
    return folded("".join(stays))


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


def _page(copier: Copier, page: Page, cut: Cut, label: pikepdf.Object) -> pikepdf.Dictionary:
    for picture in page.pictures:
        under = [box for box in cut.boxes if box.overlaps(picture.box)]
        if under:
            if picture.unit.tiled:
                raise NotUnderstoodError("an image in a pattern is under a box")
            copier.regions[id(picture)] = under
    if any(glyph.show.mode >= 4 for glyph in cut.glyphs):
        raise NotUnderstoodError("text that clips is removed")
    content = emit(page.units[0], copier.removed, copier, copier.inline, copier.displaced)
    data = b"q\n" + content.data + b"Q\n"
    resources = resource_dictionary(content)
    for position, (unit, appearance) in enumerate(zip(page.units[1:], page.annotations.shown, strict=True)):
        form = copier.stream(unit, FORM_KEYS)
        matrix = b" ".join(decimal(round(value, 6)) for value in appearance.placement)
        data += b"q %s cm /A%d Do Q\n" % (matrix, position)
        _entry(resources, "/XObject", f"/A{position}", form)
    if cut.marks:
        data += draw(cut.marks, cut.legend, _LABEL_FONT)
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
    return made


def _entry(resources: pikepdf.Dictionary, category: str, name: str, value: pikepdf.Object) -> None:
    if category not in resources:
        resources[category] = Dictionary()
    resources[category][name] = value


def _array(box: Box) -> pikepdf.Array:
    return Array([int(v) if v == int(v) else round(v, 4) for v in box])
