"""A new file with the pages of an old one, without what was cut: only what is named here is carried over."""

from io import BytesIO

import pikepdf
from pikepdf import Array, Dictionary, Name

from redact.formats.pdf.boxes import draw
from redact.formats.pdf.emit import emit
from redact.formats.pdf.geometry import Box
from redact.formats.pdf.intake import Model
from redact.formats.pdf.objects import NotUnderstoodError, get, number
from redact.formats.pdf.pages import Page
from redact.formats.pdf.resources import Copier, resource_dictionary
from redact.formats.pdf.selection import Cut

_LABEL_FONT = "Marking"


def rebuild(model: Model, cuts: list[Cut]) -> bytes:
    """Return the new file; raises ``NotUnderstoodError`` where something cannot be copied."""
    target = pikepdf.new()
    removed = set().union(*(cut.glyphs for cut in cuts))
    copier = Copier(target, model.resources, removed)
    used: dict[int, set[bytes]] = {}
    for page in model.pages:
        for glyph in page.glyphs:
            if glyph not in removed:
                used.setdefault(id(glyph.show.font), set()).add(glyph.code.data)
    label = target.make_indirect(
        Dictionary(Type=Name.Font, Subtype=Name.Type1, BaseFont=Name.Helvetica, Encoding=Name.WinAnsiEncoding)
    )
    for page, cut in zip(model.pages, cuts, strict=True):
        target.pages.append(pikepdf.Page(target.make_indirect(_page(copier, page, cut, label))))
    copier.finish(used)
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


def _page(copier: Copier, page: Page, cut: Cut, label: pikepdf.Object) -> pikepdf.Dictionary:
    content = emit(page.units[0], copier.removed, copier, copier.inline)
    data = b"q\n" + content.data + b"Q\n"
    resources = resource_dictionary(content)
    if cut.marks:
        data += draw(cut.marks, _LABEL_FONT)
        if "/Font" not in resources:
            resources["/Font"] = Dictionary()
        resources["/Font"]["/" + _LABEL_FONT] = label
    made = Dictionary(Type=Name.Page, MediaBox=_array(page.media), Resources=resources)
    made["/Contents"] = copier.target.make_stream(data)
    if page.crop != page.media:
        made["/CropBox"] = _array(page.crop)
    if page.rotate:
        if page.rotate % 90:
            raise NotUnderstoodError("a page is rotated by no right angle")
        made["/Rotate"] = page.rotate
    if get(page.source, "UserUnit") is not None:
        made["/UserUnit"] = number(get(page.source, "UserUnit"))
    group = copier.group(get(page.source, "Group"))
    if group is not None:
        made["/Group"] = group
    return made


def _array(box: Box) -> pikepdf.Array:
    return Array([int(v) if v == int(v) else round(v, 4) for v in box])
