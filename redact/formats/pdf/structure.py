"""Writes tags anew, for what the pages of the new file show of their contents."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import NamedTuple

import pikepdf
from pikepdf import Array, Dictionary, Name

from redact.formats.pdf.drawing import Tag
from redact.formats.pdf.removedwords import RemovedWords
from redact.formats.pdf.streams import MarkedForm
from redact.formats.pdf.tags import OWNERS, PLAIN_KIND, Content, Element, Tags

_VOCABULARY = (
    "StructTreeRoot StructElem StructParents StructParent ParentTree ParentTreeNextKey Nums MarkInfo Marked "
    "MCID MCR OBJR Obj Stm Artifact Span Tabs NonStruct BMC BDC EMC"
)
VOCABULARY = frozenset(_VOCABULARY.split())
"""What tags say whatever a document says: if a word of it was removed, none can be written."""
_CELLS = frozenset(["TD", "TH"])


@dataclass(frozen=True, slots=True)
class Sequences:
    """What the pages of a new file show of the contents that tags name."""

    marked: Mapping[int, list[Tag]]
    """The tag of each sequence of marked content, by page and by its identifier."""
    forms: Mapping[int, list[MarkedForm]]
    """By page, the forms on it that have marked content of their own."""
    links: Mapping[Content, pikepdf.Object]
    """Links that were made anew."""


def write_tags(
    target: pikepdf.Pdf,
    tags: Tags,
    texts: Mapping[Element, Mapping[str, str]],
    sequences: Sequences,
    removed: RemovedWords,
) -> None:
    """Give ``target`` the elements of ``tags`` that still have content, with the ``texts`` that may stay."""
    root = target.make_indirect(Dictionary(Type=Name.StructTreeRoot))
    writer = _Writer(target, texts, sequences, removed)
    kids = [made for element in tags.elements if (made := writer.element(element, root))[1]]
    if not kids:
        return
    root["/K"] = Array([made for made, _ in kids])
    root["/ParentTree"] = target.make_indirect(Dictionary(Nums=Array(writer.parents())))
    root["/ParentTreeNextKey"] = len(writer.entries)
    target.Root["/StructTreeRoot"] = root
    target.Root["/MarkInfo"] = Dictionary(Marked=True)
    if tags.language is not None and not removed.in_text(tags.language):
        target.Root["/Lang"] = pikepdf.String(tags.language)


class _Place(NamedTuple):
    """A sequence of marked content: its identifier, the entry of the parent tree that has it, and the form in
    which it is, None on the page itself."""

    identifier: int
    row: list[pikepdf.Object | None]
    form: pikepdf.Object | None


class _Writer:
    def __init__(
        self,
        target: pikepdf.Pdf,
        texts: Mapping[Element, Mapping[str, str]],
        sequences: Sequences,
        removed: RemovedWords,
    ) -> None:
        self._target = target
        self._texts = texts
        self._links = sequences.links
        self._removed = removed
        self._pages = {number: page.obj for number, page in enumerate(target.pages, start=1)}
        self._places: dict[Content, list[_Place]] = {}
        self.entries: list[list[pikepdf.Object | None] | pikepdf.Object] = []
        """The elements of each page's sequences, and then of each link: the parent tree."""
        for number, marked in sequences.marked.items():
            self._pages[number]["/Tabs"] = Name.S
            for form, tags in sequences.forms.get(number, ()):
                self._list(number, form, form, tags)
            self._list(number, self._pages[number], None, marked)  # has the labels of boxes, which come last

    def _list(
        self, page: int, holder: pikepdf.Object, form: pikepdf.Object | None, marked: list[Tag]
    ) -> None:
        """Begin the entry of a page or form in the parent tree."""
        holder["/StructParents"] = len(self.entries)
        row: list[pikepdf.Object | None] = [None] * len(marked)
        self.entries.append(row)
        for identifier, tag in enumerate(marked):
            self._places.setdefault(Content(page, tag), []).append(_Place(identifier, row, form))

    def parents(self) -> list[pikepdf.Object | int]:
        """Return the parent tree as pairs of keys and values (7.9.7)."""
        found: list[pikepdf.Object | int] = []
        for key, entry in enumerate(self.entries):
            value = self._target.make_indirect(Array(entry)) if isinstance(entry, list) else entry
            found += [key, value]
        return found

    def element(self, element: Element, parent: pikepdf.Object) -> tuple[pikepdf.Object, bool]:
        """Return an element and whether anything of its content is left; cells of tables stay without."""
        made = self._target.make_indirect(Dictionary(Type=Name.StructElem, S=self._kind(element), P=parent))
        kids: list[pikepdf.Object | int] = []
        filled = False
        page: int | None = None
        for kid in element.kids:
            if isinstance(kid, Element):
                child, has_content = self.element(kid, made)
                if has_content or kid.kind in _CELLS:
                    kids.append(child)
                filled = filled or has_content
                continue
            own = self._contents(kid, made, first=page in (None, kid.page))
            if own:
                page = page or kid.page
                filled = True
                kids += own
        if page is not None:
            made["/Pg"] = self._pages[page]
        if kids:
            made["/K"] = Array(kids)
        self._describe(element, made)
        return made, filled

    def _kind(self, element: Element) -> pikepdf.Name:
        return Name("/" + (PLAIN_KIND if self._removed.in_name(element.kind) else element.kind))

    def _contents(self, content: Content, owner: pikepdf.Object, first: bool) -> list[pikepdf.Object | int]:
        """Return the references to what is left of a content; ``first`` if it is on the element's page."""
        page = self._pages[content.page]
        link = self._links.get(content)
        if link is not None:
            link["/StructParent"] = len(self.entries)
            self.entries.append(owner)
            return [Dictionary(Type=Name.OBJR, Obj=link, Pg=page)]
        found: list[pikepdf.Object | int] = []
        for identifier, row, form in self._places.get(content, ()):
            row[identifier] = owner
            if form is not None:
                found.append(Dictionary(Type=Name.MCR, Pg=page, Stm=form, MCID=identifier))
            else:
                found.append(identifier if first else Dictionary(Type=Name.MCR, Pg=page, MCID=identifier))
        return found

    def _describe(self, element: Element, made: pikepdf.Object) -> None:
        for name, text in self._texts.get(element, {}).items():
            if not self._removed.in_name(name):
                made["/" + name] = pikepdf.String(text)
        if element.language is not None and not self._removed.in_text(element.language):
            made["/Lang"] = pikepdf.String(element.language)
        owned: dict[str, Dictionary] = {}
        for key, value in element.attributes.items():
            said = [key, OWNERS[key], *([value] if isinstance(value, str) else [])]
            if any(map(self._removed.in_name, said)):
                continue
            attributes = owned.setdefault(OWNERS[key], Dictionary(O=Name("/" + OWNERS[key])))
            attributes["/" + key] = Name("/" + value) if isinstance(value, str) else value
        if owned:
            made["/A"] = Array(list(owned.values()))
