"""Writing rich text anew, in ASCII."""

from collections.abc import Mapping

from redact.formats.interface import Written
from redact.formats.passage import Cut, Slot, split
from redact.formats.rtf.flow import Flow, Mark, Run, rows
from redact.formats.rtf.reading import Opened

_HEAD = (
    "{\\rtf1\\ansi\\ansicpg1252\\deff0\\uc1{\\fonttbl{\\f0\\fcharset0 Calibri;}}"
    "{\\colortbl;\\red255\\green255\\blue255;\\red0\\green0\\blue0;}\n\\pard\\plain\\f0 "
)
_WIDTH = 9360
"""Width of a table in twips: the text of a letter page with margins of an inch."""
_MARKS = {"par": "\\par\n", "line": "\\line ", "tab": "\\tab "}


def write(opened: Opened, cuts: Mapping[Slot, list[Cut]]) -> Written:
    """Return the file of a text without what is cut."""
    margins = "".join(f"{{\\{kind} {_flow(flow, cuts)}}}\n" for kind, flow in opened.margins.items())
    text = f"{_HEAD}{margins}{_flow(opened.body, cuts)}}}\n"
    return Written(text.encode("ascii"), tuple(opened.content.notes))


def _flow(flow: Flow, cuts: Mapping[Slot, list[Cut]]) -> str:
    out: list[str] = []
    for item in rows(flow):
        if isinstance(item, list):
            edges = "".join(f"\\cellx{_WIDTH * (n + 1) // max(len(item), 1)}" for n in range(len(item)))
            cells = "".join("".join(_item(i, cuts) for i in cell) + "\\cell " for cell in item)
            out.append(f"\\trowd{edges}\\pard\\intbl {cells}\\row\\pard\n")
        else:
            out.append(_item(item, cuts))
    return "".join(out)


def _item(item: Run | Mark, cuts: Mapping[Slot, list[Cut]]) -> str:
    if isinstance(item, Mark):
        return _MARKS.get(item.kind, "")
    looks = "".join(
        word for word, on in (("\\b", item.bold), ("\\i", item.italic), ("\\ul", item.underlined)) if on
    )
    out: list[str] = []
    for piece, marking in split(item.text, cuts.get(item, ())):
        if marking:
            out.append(f"{{\\cf1\\chcbpat2\\highlight2 [{_spell(piece)}]}}")
        else:
            out.append(f"{{{looks} {_spell(piece)}}}" if looks else _spell(piece))
    return "".join(out)


def _spell(text: str) -> str:
    out: list[str] = []
    for character in text:
        if character in "\\{}":
            out.append(f"\\{character}")
        elif character == "\t":
            out.append("\\tab ")
        elif " " <= character <= "~":
            out.append(character)
        else:
            units = character.encode("utf-16-le", "surrogatepass")
            for at in range(0, len(units), 2):
                unit = int.from_bytes(units[at : at + 2], "little")
                out.append(f"\\u{unit - 65536 if unit > 32767 else unit}?")
    return "".join(out)
