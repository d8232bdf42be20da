"""Tagged PDFs that the tests make themselves, and a reading of tags that is independent of ours."""

from collections.abc import Iterator, Mapping

import pikepdf
from pikepdf import Array, Dictionary, Name, Object, Page, Pdf

from tests.formats.pdf import papers


def mark(tag: str, identifier: int, content: bytes) -> bytes:
    """Content as a marked sequence."""
    return b"/%s <</MCID %d>> BDC %s EMC\n" % (tag.encode(), identifier, content)


def element(pdf: Pdf, kind: str, *kids: object, **entries: object) -> Object:
    """A structure element; kids are identifiers, elements or references to objects."""
    made = pdf.make_indirect(Dictionary(Type=Name.StructElem, S=Name("/" + kind), K=Array(kids)))
    for key, value in entries.items():
        made["/" + key] = value
    for kid in kids:
        if isinstance(kid, Object) and kid.get("/Type") == Name.StructElem:
            kid["/P"] = made
    return made


def tag(pdf: Pdf, *elements: Object, **entries: object) -> None:
    """Put elements at the root of a file whose only tagged page is the first."""
    page = pdf.pages[0].obj
    root = pdf.make_indirect(Dictionary(Type=Name.StructTreeRoot, K=Array(elements)))
    for each in elements:
        each["/P"], each["/Pg"] = root, page
    for key, value in entries.items():
        root["/" + key] = value
    page["/StructParents"] = 0
    pdf.Root["/StructTreeRoot"] = root
    pdf.Root["/MarkInfo"] = Dictionary(Marked=True)


def report(word: str) -> Pdf:
    """A report with a heading, a paragraph, a drawing, a table, a link and a running foot."""
    content = [
        mark("Kopf", 0, papers.line("1. Findings", y=740)),
        mark("P", 1, papers.line(f"The witness {word} spoke.", y=700)),
        mark("Figure", 2, b"0.5 g 72 600 80 60 re f 0 g "),
        mark("TH", 3, papers.line("Name", y=560)) + mark("TD", 4, papers.line(word, x=200, y=560)),
        mark("Link", 5, papers.line("https://example.org/report", y=520)),
        b"/Artifact <</Type /Pagination>> BDC " + papers.line("page one", y=40) + b" EMC\n",
    ]
    pdf = papers.new(b"".join(content))
    link = pdf.make_indirect(
        Dictionary(
            Type=Name.Annot,
            Subtype=Name.Link,
            Rect=Array([72, 518, 220, 532]),
            A=Dictionary(S=Name.URI, URI=pikepdf.String("https://example.org/report")),
            StructParent=1,
        )
    )
    pdf.pages[0].obj["/Annots"] = Array([link])
    row = element(
        pdf,
        "TR",
        element(pdf, "TH", 3, A=Dictionary(O=Name.Table, Scope=Name.Row)),
        element(pdf, "TD", 4, A=Array([Dictionary(O=Name.Table, ColSpan=2), 0])),
    )
    tag(
        pdf,
        element(
            pdf,
            "Document",
            element(pdf, "Kopf", 0),
            element(pdf, "P", 1),
            element(pdf, "Figure", 2, Alt="A grey square"),
            element(pdf, "Table", row),
            element(pdf, "Link", 5, Dictionary(Type=Name.OBJR, Obj=link)),
        ),
        RoleMap=Dictionary(Kopf=Name.H1),
    )
    pdf.Root["/Lang"] = "en-US"
    return pdf


def form_report(word: str) -> Pdf:
    """A report whose head and paragraph stand in a form in a form, and whose seal is a form by itself."""
    inner = mark("P", 0, papers.line(f"The witness {word} spoke.")) + mark(
        "P", 4, papers.line("Aside", y=600)
    )
    outer = mark("H1", 7, papers.line("Findings", y=740)) + b"/In Do " + papers.line("plain", y=560)
    pdf = papers.new(mark("P", 0, papers.line("Before", y=760)) + b"/Out Do /Seal Do ")
    forms = {
        name: _form(pdf, content)
        for name, content in (("In", inner), ("Out", outer), ("Seal", b"9 9 9 9 re f"))
    }
    forms["Out"]["/Resources"]["/XObject"] = Dictionary(In=forms["In"])
    forms["In"]["/StructParents"], forms["Out"]["/StructParents"], forms["Seal"]["/StructParent"] = 1, 2, 3
    page = pdf.pages[0].obj
    page["/Resources"]["/XObject"] = Dictionary(Out=forms["Out"], Seal=forms["Seal"])

    def within(name: str, number: int) -> Dictionary:
        return Dictionary(Type=Name.MCR, Pg=page, Stm=forms[name], MCID=number)

    seal = Dictionary(Type=Name.OBJR, Obj=forms["Seal"])
    tag(
        pdf,
        element(
            pdf,
            "Document",
            element(pdf, "H1", within("Out", 7)),
            element(pdf, "P", 0, within("In", 0)),
            element(pdf, "P", within("In", 4), Alt="An aside"),
            element(pdf, "Figure", seal, Alt="The seal"),
        ),
    )
    for each in pdf.Root["/StructTreeRoot"]["/K"][0]["/K"]:
        each["/Pg"] = page
    return pdf


def _form(pdf: Pdf, content: bytes) -> Object:
    fonts = Dictionary(F0=pdf.make_indirect(papers.helvetica()))
    return pdf.make_stream(
        content,
        Type=Name.XObject,
        Subtype=Name.Form,
        BBox=Array([0, 0, 612, 792]),
        Resources=Dictionary(Font=fonts),
    )


def outline(pdf: Pdf) -> list[object]:
    """What the tags of a file say, nested: the kind of each element with its texts, and what it shows.

    Asserts that the parent tree and the identifiers on the pages bear it out, as a screen reader relies on.
    """
    root = pdf.Root["/StructTreeRoot"]
    assert pdf.Root["/MarkInfo"]["/Marked"]
    numbers = list(root["/ParentTree"]["/Nums"])
    parents = dict(zip(numbers[::2], numbers[1::2], strict=True))
    shown = {page.obj.objgen: sequences(page) for page in pdf.pages}
    shown |= {
        stream.objgen: sequences(stream)
        for stream in pdf.objects
        if isinstance(stream, pikepdf.Stream) and "/StructParents" in stream
    }
    visited: set[tuple[tuple[int, int], int]] = set()

    def visit(node: Object, parent: Object) -> list[object]:
        assert node["/P"].objgen == parent.objgen
        texts = {key: str(node["/" + key]) for key in ("Alt", "ActualText", "E") if "/" + key in node}
        found: list[object] = [str(node["/S"])[1:], *([texts] if texts else [])]
        for kid in node.get("/K", Array()):
            if isinstance(kid, int) or kid.get("/Type") == Name.MCR:
                page = node["/Pg"] if isinstance(kid, int) else kid.get("/Stm", kid["/Pg"])
                number = kid if isinstance(kid, int) else int(kid["/MCID"])
                assert parents[int(page["/StructParents"])][number].objgen == node.objgen
                visited.add((page.objgen, number))
                found.append(shown[page.objgen][number])
            elif kid.get("/Type") == Name.OBJR:
                assert parents[int(kid["/Obj"]["/StructParent"])].objgen == node.objgen
                assert kid["/Obj"].objgen in [each.objgen for each in kid["/Pg"]["/Annots"]]
                found.append("link")
            else:
                found.append(visit(kid, node))
        return found

    result = [visit(kid, root) for kid in root["/K"]]
    assert visited == {(page, number) for page, found in shown.items() for number in found if number >= 0}
    return result


def sequences(page: Page | Object) -> dict[int, str]:
    """The text of each marked sequence of a page or form by its identifier: artifacts -1, shapes a square.

    Asserts that sequences end in the text object, or outside of one, in which they begin.
    """
    found: dict[int, str] = {}
    begun: list[tuple[int, bool]] = []
    in_text = False
    for operands, operator in pikepdf.parse_content_stream(page):
        name = str(operator)
        if name in ("BT", "ET"):
            in_text = name == "BT"
        elif name in ("BMC", "BDC"):
            number = int(operands[1]["/MCID"]) if name == "BDC" else -1
            assert number == -1 or number not in found
            begun.append((number, in_text))
            found.setdefault(number, "")
        elif name == "EMC":
            assert begun.pop()[1] == in_text
        elif begun:
            found[begun[-1][0]] += "".join(_shown(name, operands))
    assert not begun
    return found


def _shown(name: str, operands: list[Object]) -> Iterator[str]:
    if name in ("f", "Do"):
        yield "\u25a0"
    for operand in operands[0] if name == "TJ" else operands[-1:] if name == "Tj" else ():
        if isinstance(operand, pikepdf.String):
            yield bytes(operand).decode("cp1252")
        elif abs(float(operand)) > 1000:
            yield " "


def strings(pdf: Pdf) -> Mapping[str, Object]:
    """The elements of ``report`` by their kinds."""
    found: dict[str, Object] = {}

    def visit(node: Object) -> None:
        found[str(node["/S"])[1:]] = node
        for kid in node["/K"]:
            if isinstance(kid, Object) and kid.get("/Type") == Name.StructElem:
                visit(kid)

    for kid in pdf.Root["/StructTreeRoot"]["/K"]:
        visit(kid)
    return found
