"""Trees of marked-up text that are written anew: nodes with what is allowed, texts that can be cut."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from xml.sax.saxutils import escape, quoteattr

from redact.formats.passage import Cut, Slot, split


@dataclass(eq=False, slots=True)
class Text:
    """A run of text; a slot of passages."""

    text: str = field(repr=False)
    pieces: list[tuple[str, bool]] | None = field(default=None, repr=False)
    """What is left of it, and the markings in between; None while nothing is cut."""


@dataclass(eq=False, slots=True)
class Node:
    """An element with its attributes and content."""

    tag: str
    attributes: dict[str, str] = field(default_factory=dict, repr=False)
    children: list["Node | Text"] = field(default_factory=list, repr=False)

    def texts(self) -> Iterator[Text]:
        """Yield all texts inside, in order."""
        for child in self.children:
            if isinstance(child, Text):
                yield child
            else:
                yield from child.texts()


def remove(cuts: Mapping[Slot, Iterable[Cut]]) -> None:
    """Take what is cut out of the texts of a tree."""
    for slot, found in cuts.items():
        if isinstance(slot, Text):
            slot.pieces = list(split(slot.text, found))


def markup(
    node: Node,
    marked: tuple[str, str],
    void: frozenset[str] = frozenset(),
    spell: Callable[[str], str] = escape,
) -> str:
    """Return the tree as XML or HTML.

    ``marked`` are the tags around a marking, which comes in brackets; ``void`` the elements without an end;
    ``spell`` says how text is written.
    """
    out: list[str] = []
    _write(node, marked, void, spell, out)
    return "".join(out)


def _write(
    node: Node, marked: tuple[str, str], void: frozenset[str], spell: Callable[[str], str], out: list[str]
) -> None:
    attributes = "".join(f" {name}={quoteattr(value)}" for name, value in node.attributes.items())
    out.append(f"<{node.tag}{attributes}>")
    if node.tag in void:
        return
    for child in node.children:
        if isinstance(child, Node):
            _write(child, marked, void, spell, out)
        elif child.pieces is None:
            out.append(spell(child.text))
        else:
            for piece, marking in child.pieces:
                out.append(f"{marked[0]}[{spell(piece)}]{marked[1]}" if marking else spell(piece))
    out.append(f"</{node.tag}>")
