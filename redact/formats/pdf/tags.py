"""Tags: the tree of structure elements that tells a screen reader what the parts of the pages are.

Only standard kinds of elements, a few attributes of tables and lists, languages of a fixed list and three
texts are read; all else that a tree may hold, such as titles, identifiers, classes and roles of an author's
own, is no part of it. Source: ISO 32000-2, 14.7 and 14.8.
"""

import locale
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import NamedTuple

import pikepdf

from redact.formats.pdf.drawing import Tag
from redact.formats.pdf.objects import NotUnderstoodError, get, identity, name_of

MAX_ELEMENTS, MAX_DEPTH = 200_000, 150
_KINDS = (
    "Document DocumentFragment Part Art Sect Div BlockQuote Caption TOC TOCI Index NonStruct Private Aside "
    "Title FENote Sub P H H1 H2 H3 H4 H5 H6 L LI Lbl LBody Table TR TH TD THead TBody TFoot Span Quote Note "
    "Reference BibEntry Code Link Annot Ruby RB RT RP Warichu WT WP Figure Formula Form Em Strong Artifact"
)
KINDS = frozenset(_KINDS.split())
"""Standard structure types (14.8.4 and annex L)."""
PLAIN_KIND = "NonStruct"
"""The kind of an element that only groups others."""
TEXTS = ("Alt", "ActualText", "E")
"""Texts of an element: what it shows, what it says instead of its content, what it is short for (14.9)."""
_NUMBERINGS = (
    "None Unordered Disc Circle Square Ordered Decimal UpperRoman LowerRoman UpperAlpha LowerAlpha "
    "Description"
)
_ATTRIBUTES = {
    "Scope": ("Table", frozenset(["Row", "Column", "Both"])),
    "ListNumbering": ("List", frozenset(_NUMBERINGS.split())),
}
_SPANS, _MAX_SPAN = ("RowSpan", "ColSpan"), 500
_LANGUAGE = re.compile(r"([A-Za-z]{2,3})(?:[-_]([A-Za-z]{2}))?")
_LOCALES = {
    name.partition(".")[0].partition("@")[0].replace("_", "-") for name in locale.locale_alias.values()
}
_LANGUAGES = frozenset(_LOCALES | {name.partition("-")[0] for name in _LOCALES})


class Content(NamedTuple):
    """Something that a page shows."""

    page: int
    tag: Tag


@dataclass(slots=True, eq=False)
class Element:
    """A structure element."""

    kind: str
    kids: list["Element | Content"] = field(default_factory=list)
    texts: dict[str, str] = field(default_factory=dict, repr=False)
    """By one of ``TEXTS``."""
    language: str | None = None
    attributes: dict[str, str | int] = field(default_factory=dict)
    partial: bool = False
    """Whether it has content that is not known, so that its texts may tell of that."""


@dataclass(frozen=True, slots=True)
class Tags:
    """The structure of a file."""

    elements: tuple[Element, ...]
    language: str | None
    contents: dict[int, set[Tag]]
    """What has an element, by page."""


def read_tags(pdf: pikepdf.Pdf) -> Tags | None:
    """Return the tags of a file, None where it has none or they are malformed."""
    root = get(pdf.Root, "StructTreeRoot")
    if root is None:
        return None
    try:
        reader = _Reader(pdf, root)
        elements = [kid for kid in reader.kids(get(root, "K"), None, 0, None) if isinstance(kid, Element)]
    except (NotUnderstoodError, pikepdf.PdfError, ValueError, TypeError, LookupError, RuntimeError):
        return None
    return Tags(tuple(elements), language_of(get(pdf.Root, "Lang")), reader.contents) if elements else None


def language_of(value: object) -> str | None:
    """Return a language if it is one that programs know, with its country if that is; None for all else."""
    match = _LANGUAGE.fullmatch(str(value)) if isinstance(value, pikepdf.String) else None
    if match is None:
        return None
    plain = match[1].lower()
    full = f"{plain}-{(match[2] or '').upper()}"
    return next((name for name in (full, plain) if name in _LANGUAGES), None)


class _Reader:
    def __init__(self, pdf: pikepdf.Pdf, root: object) -> None:
        self._pages = {identity(page.obj): number for number, page in enumerate(pdf.pages, start=1)}
        self._roles = get(root, "RoleMap")
        self._seen: set[tuple[int, int]] = set()
        self.contents: dict[int, set[Tag]] = {number: set() for number in self._pages.values()}

    def kids(
        self, value: object, page: int | None, depth: int, parent: Element | None
    ) -> Iterator[Element | Content]:
        """Yield what an entry ``K`` holds; what is not known is noted in ``parent``."""
        listed = list(value) if isinstance(value, pikepdf.Array) else [value]
        for kid in listed:
            found = self._kid(kid, page, depth)
            if found is not None:
                yield found
            elif parent is not None and kid is not None:
                parent.partial = True

    def _kid(self, kid: object, page: int | None, depth: int) -> Element | Content | None:
        if isinstance(kid, int) and not isinstance(kid, bool):
            return self._content(page, kid)
        if not isinstance(kid, pikepdf.Dictionary):
            return None
        kind = name_of(get(kid, "Type"))
        if kind == "MCR":
            identifier = get(kid, "MCID")
            if not isinstance(identifier, int) or isinstance(identifier, bool) or identifier < 0:
                return None
            form = get(kid, "Stm")
            inside = identity(form)
            if form is not None and inside is None:
                return None
            tag = identifier if inside is None else (*inside, identifier)
            return self._content(self._page(kid, page), tag)
        if kind == "OBJR":
            return self._content(self._page(kid, page), identity(get(kid, "Obj")))
        return self._element(kid, page, depth) if kind in (None, "StructElem") else None

    def _page(self, value: object, inherited: int | None) -> int | None:
        own = get(value, "Pg")
        return self._pages.get(identity(own)) if own is not None else inherited

    def _content(self, page: int | None, tag: object) -> Content | None:
        """Return content that no other element has."""
        if page is None or not isinstance(tag, int | tuple) or isinstance(tag, bool):
            return None
        if tag in self.contents[page] or (isinstance(tag, int) and tag < 0):
            return None
        self.contents[page].add(tag)
        return Content(page, tag)

    def _element(self, source: pikepdf.Dictionary, page: int | None, depth: int) -> Element | None:
        key = identity(source)
        if key is None or key in self._seen:
            return None
        self._seen.add(key)
        if depth > MAX_DEPTH or len(self._seen) > MAX_ELEMENTS:
            raise NotUnderstoodError("the tags are too many or too deep")
        made = Element(self._kind(name_of(get(source, "S"))), language=language_of(get(source, "Lang")))
        for name in TEXTS:
            value = get(source, name)
            if isinstance(value, pikepdf.String) and str(value).strip():
                made.texts[name] = str(value)
        made.attributes.update(_attributes(get(source, "A")))
        made.kids += self.kids(get(source, "K"), self._page(source, page), depth + 1, made)
        return made

    def _kind(self, name: str | None) -> str:
        """Return the standard kind that a name stands for, by way of the file's own roles."""
        for _ in range(8):
            if name is None or name in KINDS:
                break
            name = name_of(get(self._roles, name))
        return name if name is not None and name in KINDS else PLAIN_KIND


def _attributes(value: object) -> Iterator[tuple[str, str | int]]:
    listed = list(value) if isinstance(value, pikepdf.Array) else [value]
    for attributes in listed:
        for key, (owner, names) in _ATTRIBUTES.items():
            name = name_of(get(attributes, key))
            if name_of(get(attributes, "O")) == owner and name in names:
                yield key, name
        for key in _SPANS:
            span = get(attributes, key)
            if isinstance(span, int) and not isinstance(span, bool) and 1 < span <= _MAX_SPAN:
                yield key, span


OWNERS = {key: owner for key, (owner, _) in _ATTRIBUTES.items()} | dict.fromkeys(_SPANS, "Table")
"""Which attributes go together: the owner of each."""
