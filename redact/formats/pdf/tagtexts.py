"""Which texts of tags may stay: those of elements whose content is all there and seen.

A text that describes a picture, or is read in the place of what is printed, says what the content said
before something was taken out of it. So it goes if anything of its element did, or was never seen; if it
shares a word with anything that was removed anywhere; and if it says something else than the letters that it
stands for.
"""

import unicodedata
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from redact.formats.pdf.drawing import Glyph, Tag
from redact.formats.pdf.geometry import Box
from redact.formats.pdf.navigation import folded, is_printed
from redact.formats.pdf.pages import Page
from redact.formats.pdf.pagetext import PageText
from redact.formats.pdf.removedwords import RemovedWords
from redact.formats.pdf.tags import Content, Element, Tags

MAX_TEXT = 4_000


@dataclass(frozen=True, slots=True)
class Shown:
    """What a page shows of its tags."""

    present: frozenset[Tag]
    """Tags with something that is seen."""
    lettered: frozenset[Tag]
    """Tags with letters or digits that are seen."""
    touched: frozenset[Tag]
    """Tags that lost something, or have something that no one sees."""
    text: str
    """The folded text of the page."""


def kept_text(page: Page, removed: set[Glyph]) -> str:
    """Return the folded text of what a page still shows without the glyphs that are ``removed``."""
    shown = page.texts.get("", PageText())
    stays = (
        character
        for character, owners in zip(shown.text, shown.owners, strict=True)
        if owners and removed.isdisjoint(owners)
    )
    return folded("".join(stays))


def shown(page: Page, removed: set[Glyph], boxes: Iterable[Box] = ()) -> Shown:
    """Return what a page shows of its tags once ``removed`` are gone and ``boxes`` are painted."""
    touched = set(page.obscured) | {p.tag for p in page.pictures if p.covered and p.tag is not None}
    for box in boxes:
        touched |= {tag for tag, extent in page.extents.items() if extent.overlaps(box)}
    present, lettered = set(page.extents), set[Tag]()
    for glyph in page.glyphs:
        tag = glyph.show.tag
        if tag is None:
            continue
        if glyph in removed:
            touched.add(tag)
        else:
            present.add(tag)
            if any(character.isalnum() for character in glyph.text or ""):
                lettered.add(tag)
    return Shown(frozenset(present), frozenset(lettered), frozenset(touched), kept_text(page, removed))


def texts_that_stay(
    tags: Tags, pages: Mapping[int, Shown], removed: RemovedWords
) -> dict[Element, dict[str, str]]:
    """Return the texts of each element that may stay; ``pages`` lacks the pages that became images."""
    judge = _Judge(pages, removed)
    for element in tags.elements:
        judge.visit(element)
    return judge.texts


@dataclass(slots=True)
class _Holding:
    """What the content of an element is like."""

    whole: bool = True
    present: bool = False
    lettered: bool = False


class _Judge:
    def __init__(self, pages: Mapping[int, Shown], removed: RemovedWords) -> None:
        self._pages = pages
        self._removed = removed
        self.texts: dict[Element, dict[str, str]] = {}

    def visit(self, element: Element) -> _Holding:
        holding = _Holding(whole=not element.partial)
        for kid in element.kids:
            if isinstance(kid, Element):
                inner = self.visit(kid)
                holding.whole &= inner.whole
                holding.present |= inner.present
                holding.lettered |= inner.lettered
            else:
                self._add(kid, holding)
        if element.texts and holding.whole and holding.present:
            printed = [self._pages[page].text for page in sorted(_pages_of(element))]
            self.texts[element] = {
                name: text
                for name, text in element.texts.items()
                if self._may_stay(text)
                and (name != "ActualText" or not holding.lettered or _is_on_one(text, printed))
            }
        return holding

    def _add(self, content: Content, holding: _Holding) -> None:
        page = self._pages.get(content.page)
        if page is None or content.tag in page.touched:
            holding.whole = False
            return
        present = content.tag in page.present
        if not present and isinstance(content.tag, tuple):  # a comment or a link that may be left out
            holding.whole = False
        holding.present |= present
        holding.lettered |= content.tag in page.lettered

    def _may_stay(self, text: str) -> bool:
        plain = all(c.isspace() or not unicodedata.category(c).startswith("C") for c in text)
        return plain and len(text) <= MAX_TEXT and not self._removed.in_text(text)


def _pages_of(element: Element) -> set[int]:
    found: set[int] = set()
    for kid in element.kids:
        found |= _pages_of(kid) if isinstance(kid, Element) else {kid.page}
    return found


def _is_on_one(text: str, pages: list[str]) -> bool:
    return any(is_printed(text, page) for page in pages)
