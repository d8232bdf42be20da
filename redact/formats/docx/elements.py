"""Elements of a clean story: runs, texts and fields made anew, and the text of elements that are not kept."""

from lxml import etree

from redact.formats.docx.properties import toggled
from redact.formats.docx.vocabulary import W
from redact.formats.markup import local

XML_SPACE = "{http://www.w3.org/XML/1998/namespace}space"
_MARKS = {"tab": "\t", "ptab": "\t", "br": "\n", "cr": "\n", "noBreakHyphen": "-"}
_SYMBOL_FONTS = frozenset({"Wingdings", "Wingdings 2", "Wingdings 3", "Webdings", "Marlett"})


def local_key(key: object) -> str:
    """Return an attribute's name without its namespace."""
    return str(key).rpartition("}")[2]


def flat(source: etree._Element, without: frozenset[str] = frozenset()) -> str:
    """Return all text under ``source``, deleted and hidden too, without the subtrees named."""
    parts: list[str] = []

    def walk(element: etree._Element) -> None:
        for child in element:
            name = local(child)
            if name in without:
                continue
            if name in ("t", "delText", "instrText", "delInstrText"):
                parts.append(child.text or "")
            parts.append(_MARKS.get(name, ""))
            walk(child)
            if name in ("p", "tc"):
                parts.append("\n" if name == "p" else "\t")

    walk(source)
    return "".join(parts).strip()


def text_element(text: str) -> etree._Element:
    """Return a ``w:t``."""
    element = etree.Element(W + "t", {XML_SPACE: "preserve"})
    element.text = text
    return element


def run_of(properties: etree._Element | None, *children: etree._Element) -> etree._Element:
    """Return a ``w:r`` with a copy of ``properties``."""
    run = etree.Element(W + "r")
    if properties is not None:
        run.append(etree.fromstring(etree.tostring(properties)))
    run.extend(children)
    return run


def field_mark(kind: str) -> etree._Element:
    """Return a run that begins, separates or ends a field."""
    return run_of(None, etree.Element(W + "fldChar", {W + "fldCharType": kind}))


def field_start(word: str, *, with_result: bool) -> list[etree._Element]:
    """Return the runs that open a field ``word`` up to its result."""
    code = etree.Element(W + "instrText", {XML_SPACE: "preserve"})
    code.text = f" {word} "
    return [field_mark("begin"), run_of(None, code), *([field_mark("separate")] if with_result else [])]


def symbol(source: etree._Element) -> str:
    """Return the character that a symbol shows; a box for those of fonts that hold no letters."""
    try:
        code = int(source.get(W + "char", ""), 16)
    except ValueError:
        return "□"
    code = code - 0xF000 if 0xF020 <= code <= 0xF0FF else code
    shown = source.get(W + "font") not in _SYMBOL_FONTS and 0x20 <= code < 0xD800
    return chr(code) if shown else "□"


def form_value(form: etree._Element | None) -> str:
    """Return what a form field shows: a box, or the entry that is selected in its list."""
    if form is None:
        return "□"
    box = form.find(W + "checkBox")
    if box is not None:
        checked = toggled(box, "checked")
        return "☒" if (toggled(box, "default") if checked is None else checked) else "☐"
    entries = [e.get(W + "val", "") for e in form.findall(f"{W}ddList/{W}listEntry")]
    stated = form.find(f"{W}ddList/{W}result")
    selected = "0" if stated is None else stated.get(W + "val", "0")
    return entries[int(selected)] if selected.isdecimal() and int(selected) < len(entries) else ""


def border(paragraph: etree._Element) -> None:
    """Give a paragraph a border, in the place that the schema has for it."""
    properties = paragraph.find(W + "pPr")
    if properties is None:
        properties = etree.Element(W + "pPr")
        paragraph.insert(0, properties)
    if properties.find(W + "pBdr") is not None:
        return
    borders = etree.Element(W + "pBdr")
    for side in ("top", "left", "bottom", "right"):
        etree.SubElement(
            borders, W + side, {W + "val": "single", W + "sz": "4", W + "space": "4", W + "color": "auto"}
        )
    before = {
        "pStyle",
        "keepNext",
        "keepLines",
        "pageBreakBefore",
        "framePr",
        "widowControl",
        "numPr",
        "suppressLineNumbers",
    }
    position = sum(local(child) in before for child in properties)
    properties.insert(position, borders)
