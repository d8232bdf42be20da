"""Text of a page, with the way back from each character to what shows it."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from typing import TypeAlias

from redact.formats.pdf.drawing import Glyph
from redact.formats.pdf.geometry import Box, union


@dataclass(frozen=True, slots=True)
class Spot:
    """A place on a page where another reader than our own sees a character or a word."""

    box: Box


Owner: TypeAlias = Glyph | Spot


@dataclass(frozen=True, slots=True)
class PageText:
    """Text, and for each of its characters what shows it: nothing for spaces and line ends put in."""

    text: str = field(default="", repr=False)
    owners: tuple[tuple[Owner, ...], ...] = field(default=(), repr=False)


def together(texts: Iterable[PageText]) -> PageText:
    """Return texts one after the other."""
    listed = list(texts)
    return PageText(
        "".join(text.text for text in listed), tuple(owner for text in listed for owner in text.owners)
    )


def spotted(characters: Iterable[tuple[str, Box | None]]) -> PageText:
    """Return text of another reader, with the boxes that it gives for its characters."""
    text: list[str] = []
    owners: list[tuple[Owner, ...]] = []
    for characters_of_box, box in characters:
        spot = () if box is None else (Spot(box),)
        for character in characters_of_box:
            text.append(character)
            owners.append(spot)
    return PageText("".join(text), tuple(owners))


def words_of(text: PageText) -> Iterator[tuple[list[Owner], Box]]:
    """Yield what shows each word of a text, and the box around it."""
    owners: list[Owner] = []
    for character, found in zip([*text.text, " "], [*text.owners, ()], strict=True):
        if not character.isspace() and found:
            owners += found
        elif owners:
            yield owners, union([owner.box for owner in owners])
            owners = []
