"""Bookmarks and links: made anew where what they say is printed on a page that stays, and else left out.

A title or an address that a page shows tells nothing more, so nothing of it has to be searched for twice;
targets become plain pages. Source: ISO 32000-2, 12.3.2, 12.3.3 and 12.5.6.5.
"""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

import pikepdf
from pikepdf import Array, Dictionary, Name

from redact.formats.pdf.geometry import Box
from redact.formats.pdf.objects import NotUnderstoodError, get, identity, items, name_of, number, numbers
from redact.formats.pdf.tags import Content

MAX_ENTRIES = 20_000
_ADDRESS = re.compile(r"(?:https?://|mailto:)[\x21-\x7e]+", re.IGNORECASE)
_PUNCTUATION = "&'()+,-./:;?§–—‘’“”"
_SCHEME = re.compile(r"^(?:https?://|mailto:)", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Bookmark:
    """A title that leads to a page."""

    title: str = field(repr=False)
    target: int
    depth: int


@dataclass(frozen=True, slots=True)
class Link:
    """A place on a page that leads to another page or to an address."""

    page: int
    box: Box
    target: int | None = None
    address: str | None = field(default=None, repr=False)
    source: tuple[int, int] | None = None
    """Object and generation number of its annotation."""


@dataclass(frozen=True, slots=True)
class Navigation:
    """What leads from one place of a file to others; pages are counted from 1."""

    bookmarks: tuple[Bookmark, ...] = ()
    links: tuple[Link, ...] = ()


def read_navigation(pdf: pikepdf.Pdf) -> Navigation:
    """Return the bookmarks and links of a file; what is malformed or leads nowhere is left out."""
    try:
        reader = _Reader(pdf)
        return Navigation(tuple(reader.bookmarks()), tuple(reader.links()))
    except (
        NotUnderstoodError,
        pikepdf.PdfError,
        ValueError,
        TypeError,
        LookupError,
        AttributeError,
        RuntimeError,
    ):
        return Navigation()


def folded(text: str) -> str:
    """Return the letters and digits of a text, folded: how a title is compared with what is printed."""
    return "".join(character for character in text.casefold() if character.isalnum())


def is_printed(text: str, pages: str) -> bool:
    """Whether a title or an address, but for its scheme, stands in the folded text of pages."""
    wanted = folded(_SCHEME.sub("", text))
    return bool(wanted) and wanted in pages


def restore(
    target: pikepdf.Pdf, navigation: Navigation, shown: Mapping[int, str]
) -> dict[Content, pikepdf.Object]:
    """Put into ``target`` what of a navigation is printed on its pages; return the links by their sources.

    ``shown`` has the folded text that stays, by page; pages that are not in it get no bookmarks and links.
    """
    kept = [b for b in navigation.bookmarks if b.target in shown and is_printed(b.title, shown[b.target])]
    if kept:
        with target.open_outline() as outline:
            path: list[tuple[int, list[pikepdf.OutlineItem]]] = [(-1, outline.root)]
            for bookmark in kept:
                while path[-1][0] >= bookmark.depth:
                    path.pop()
                item = pikepdf.OutlineItem(bookmark.title, bookmark.target - 1)
                path[-1][1].append(item)
                path.append((bookmark.depth, item.children))
    links: dict[Content, pikepdf.Object] = {}
    for link in navigation.links:
        printed = link.address is None or is_printed(link.address, shown.get(link.page, ""))
        if link.page in shown and printed:
            made = _add(target, link)
            if link.source is not None:
                links[Content(link.page, link.source)] = made
    return links


def _add(target: pikepdf.Pdf, link: Link) -> pikepdf.Object:
    page = target.pages[link.page - 1].obj
    rectangle = Array([round(v, 2) for v in link.box])
    made = target.make_indirect(Dictionary(Type=Name.Annot, Subtype=Name.Link, Rect=rectangle))
    made["/Border"] = Array([0, 0, 0])
    if link.target is not None:
        made["/Dest"] = Array([target.pages[link.target - 1].obj, Name.Fit])
    else:
        made["/A"] = Dictionary(S=Name.URI, URI=pikepdf.String(link.address or ""))
    if "/Annots" not in page:
        page["/Annots"] = Array()
    page["/Annots"].append(made)
    return made


class _Reader:
    def __init__(self, pdf: pikepdf.Pdf) -> None:
        self._root = pdf.Root
        self._pages = [page.obj for page in pdf.pages]
        self._numbers = {identity(page): n for n, page in enumerate(self._pages, start=1)}
        self._names = dict(items(get(self._root, "Dests")))
        self._names |= dict(self._tree(get(get(self._root, "Names"), "Dests"), 0))

    def _tree(self, node: object, depth: int) -> Iterator[tuple[str, object]]:
        if depth > 16:
            return
        names = get(node, "Names")
        if isinstance(names, pikepdf.Array):
            for position in range(0, min(len(names) - 1, MAX_ENTRIES), 2):
                yield str(names[position]), names[position + 1]
        kids = get(node, "Kids")
        for kid in kids if isinstance(kids, pikepdf.Array) else ():
            yield from self._tree(kid, depth + 1)

    def _target(self, value: object) -> int | None:
        if isinstance(value, pikepdf.Name):
            value = self._names.get(name_of(value) or "")
        elif isinstance(value, pikepdf.String):
            value = self._names.get(str(value))
        if isinstance(value, pikepdf.Dictionary):
            value = get(value, "D")
        if isinstance(value, pikepdf.Array) and len(value):
            return self._numbers.get(identity(value[0]))
        return None

    def _leads_to(self, entry: object) -> int | None:
        action = get(entry, "A")
        if name_of(get(action, "S")) == "GoTo":
            return self._target(get(action, "D"))
        return self._target(get(entry, "Dest"))

    def bookmarks(self) -> Iterator[Bookmark]:
        seen: set[object] = set()
        waiting: list[tuple[object, int]] = [(get(get(self._root, "Outlines"), "First"), 0)]
        while waiting:
            item, depth = waiting.pop()
            if not isinstance(item, pikepdf.Dictionary) or identity(item) in seen or len(seen) > MAX_ENTRIES:
                continue
            seen.add(identity(item))
            title, target = get(item, "Title"), self._leads_to(item)
            if isinstance(title, pikepdf.String) and target is not None:
                plain = "".join(c if c.isalnum() or c in _PUNCTUATION else " " for c in str(title))
                yield Bookmark(" ".join(plain.split()), target, depth)
            waiting += [(get(item, "Next"), depth), (get(item, "First"), depth + 1)]

    def links(self) -> Iterator[Link]:
        count = 0
        for page, source in enumerate(self._pages, start=1):
            annotations = get(source, "Annots")
            for annotation in annotations if isinstance(annotations, pikepdf.Array) else ():
                flags = get(annotation, "F")
                hidden = flags is not None and int(number(flags)) & 2
                if name_of(get(annotation, "Subtype")) != "Link" or hidden:
                    continue
                count += 1
                if count > MAX_ENTRIES:
                    return
                x0, y0, x1, y1 = numbers(get(annotation, "Rect"), 4)
                box = Box(min(x0, x1), min(y0, y1), max(x0, x1), max(y0, y1))
                target, address = self._leads_to(annotation), get(get(annotation, "A"), "URI")
                if target is not None:
                    yield Link(page, box, target, source=identity(annotation))
                elif isinstance(address, pikepdf.String) and _ADDRESS.fullmatch(str(address)):
                    yield Link(page, box, address=str(address), source=identity(annotation))
