"""A tagged file stays tagged, and its tags say nothing of what was removed, whatever they held."""

from collections.abc import Callable
from io import BytesIO

import pikepdf
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pikepdf import Array, Dictionary, Name, Object, Pdf, String

from redact.document import Span
from redact.formats.pdf import PdfFormat, numbered, region_locator, verify
from redact.redaction import Redaction
from redact.verify import verify as prove
from tests.formats.pdf import papers
from tests.formats.pdf.checks import MARKING, readers_of, redactions
from tests.formats.pdf.tagged import element, form_report, mark, outline, report, sequences, strings, tag

READER = PdfFormat(use_ocr=False, inspected=True)
WORD = "Quillfeather"
LINK = ["Link", "https://example.org/report", "link"]
FIGURE = ["Figure", {"Alt": "A grey square"}, "\u25a0"]


def written(pdf: Pdf, *removed: Redaction | str) -> bytes:
    """What is written of a file without words and places."""
    data = papers.saved(pdf)
    document = READER.read(data, "x.pdf")
    assert document.obstacles == ()
    words = redactions(document, *(each for each in removed if isinstance(each, str)))
    places = [each for each in removed if isinstance(each, Redaction)]
    result = READER.write(data, document, [*words, *places])
    proof = prove(READER, data, document, words, result.data, result.problems)
    assert proof.passed or not words
    return result.data


def opened(data: bytes) -> Pdf:
    return pikepdf.open(BytesIO(data))


def document(*elements: list[object]) -> list[object]:
    return [["Document", *elements]]


@pytest.mark.parametrize(
    ("removed", "paragraph", "row"),
    [
        ((), ["P", f"The witness {WORD} spoke."], ["TR", ["TH", "Name"], ["TD", WORD]]),
        ((WORD,), ["P", "The witness   spoke.", MARKING], ["TR", ["TH", "Name"], ["TD", MARKING]]),
        (("spoke",), ["P", f"The witness {WORD}  .", MARKING], ["TR", ["TH", "Name"], ["TD", WORD]]),
    ],
)
def test_a_tagged_file_stays_tagged(removed: tuple[str, ...], paragraph: object, row: object) -> None:
    pdf = opened(written(report(WORD), *removed))
    assert outline(pdf) == document(["H1", "1. Findings"], paragraph, FIGURE, ["Table", row], LINK)
    assert str(pdf.Root["/Lang"]) == "en-US" and pdf.pages[0].obj["/Tabs"] == Name.S
    head, cell = (strings(pdf)[kind]["/A"][0] for kind in ("TH", "TD"))
    assert (head["/Scope"], cell["/ColSpan"]) == (Name.Row, 2)
    assert sequences(pdf.pages[0])[-1].replace("\u25a0", "") == "page one"


ASIDE = ["P", {"Alt": "An aside"}, "Aside"]
SEAL = ["Figure", {"Alt": "The seal"}, "\u25a0"]


@pytest.mark.parametrize(
    ("removed", "elements"),
    [
        ((), [["H1", "Findings"], ["P", "Before", f"The witness {WORD} spoke."], ASIDE, SEAL]),
        ((WORD,), [["H1", "Findings"], ["P", "Before", "The witness   spoke.", MARKING], ASIDE, SEAL]),
        (
            ("Aside",),
            [["H1", "Findings"], ["P", "Before", f"The witness {WORD} spoke."], ["P", MARKING], SEAL[::2]],
        ),
        (("Findings",), [["H1", MARKING], ["P", "Before", f"The witness {WORD} spoke."], ASIDE, SEAL]),
    ],
)
def test_tags_of_what_forms_draw_stay(removed: tuple[str, ...], elements: list[object]) -> None:
    assert outline(opened(written(form_report(WORD), *removed))) == document(*elements)


def test_a_form_on_two_pages_keeps_the_tags_of_each() -> None:
    pdf = form_report(WORD)
    first = pdf.pages[0].obj
    second = pdf.make_indirect(Dictionary(first))
    del second["/StructParents"]
    pdf.pages.append(pikepdf.Page(second))
    form = first["/Resources"]["/XObject"]["/Out"]["/Resources"]["/XObject"]["/In"]
    again = element(pdf, "P", Dictionary(Type=Name.MCR, Pg=pdf.pages[1].obj, Stm=form, MCID=0))
    [root] = pdf.Root["/StructTreeRoot"]["/K"]
    root["/K"].append(again)
    again["/P"], again["/Pg"] = root, pdf.pages[1].obj
    found = outline(opened(written(pdf, "witness")))
    said = [f"The   {WORD} spoke.", MARKING]
    assert found == document(["H1", "Findings"], ["P", "Before", *said], ASIDE, SEAL, ["P", *said])


def test_a_page_that_becomes_an_image_has_no_tags_of_its_forms() -> None:
    pdf = form_report(WORD)
    pdf.pages[0].obj["/Contents"] = pdf.make_stream(b"/Out Do 1 2 unknown")
    assert "/StructTreeRoot" not in opened(written(pdf)).Root


def test_numbers_on_the_pages_are_no_part_of_the_text() -> None:
    pdf = opened(numbered(written(report(WORD)), "B", 7))
    assert outline(pdf) and sequences(pdf.pages[0])[-1] == "page oneB000007"


KEYS = ("Alt", "ActualText", "E", "T", "ID", "Lang", "Phoneme", "Foo")
KINDS = ("Document", "Kopf", "P", "Figure", "TR", "TD", "Link")


@pytest.mark.parametrize("text", [WORD, f"About {WORD.upper()}, alone", "-".join(WORD), f"x{WORD}x"])
@pytest.mark.parametrize("kind", KINDS)
def test_a_removed_word_is_in_no_text_of_an_element(kind: str, text: str) -> None:
    pdf = report(WORD)
    for key in KEYS:
        strings(pdf)[kind]["/" + key] = text
    pdf.Root["/Lang"] = text
    data = written(pdf, WORD)
    assert readers_of(data, WORD) == []
    assert readers_of(data, "-".join(WORD)) == []
    assert outline(opened(data))


def _role(pdf: Pdf, found: dict[str, Object]) -> None:
    pdf.Root["/StructTreeRoot"]["/RoleMap"]["/" + WORD] = Name("/" + WORD + "2")
    found["P"]["/S"] = Name("/" + WORD)


def _classes(pdf: Pdf, found: dict[str, Object]) -> None:
    pdf.Root["/StructTreeRoot"]["/ClassMap"] = Dictionary({"/" + WORD: Dictionary(O=Name.Layout, Note=WORD)})
    found["P"]["/C"] = Name("/" + WORD)


def _attributes(pdf: Pdf, found: dict[str, Object]) -> None:
    found["Table"]["/A"] = Dictionary(O=Name.Table, Summary=WORD, Scope=Name("/" + WORD))
    entry = Dictionary(N=WORD, V=WORD, F=WORD)
    found["P"]["/A"] = Array([Dictionary(O=Name.UserProperties, P=Array([entry])), String(WORD)])


def _trees(pdf: Pdf, found: dict[str, Object]) -> None:
    root = pdf.Root["/StructTreeRoot"]
    root["/IDTree"] = Dictionary(Names=Array([WORD, found["P"]]))
    root["/ParentTree"] = Dictionary(Nums=Array([0, Array([]), 1, Dictionary(Note=WORD)]))
    root["/Namespaces"] = Array([Dictionary(Type=Name.Namespace, NS=WORD)])
    root["/Foo"], pdf.Root["/MarkInfo"]["/Foo"] = WORD, WORD


def _files(pdf: Pdf, found: dict[str, Object]) -> None:
    data = pdf.make_stream(WORD.encode(), Type=Name.EmbeddedFile)
    found["P"]["/AF"] = pdf.make_indirect(Dictionary(Type=Name.Filespec, UF=WORD, EF=Dictionary(F=data)))


def _content(pdf: Pdf, found: dict[str, Object]) -> None:
    page = pdf.pages[0].obj
    page["/Resources"]["/Properties"] = Dictionary(Q=Dictionary(MCID=6, ActualText=WORD, Alt=WORD))
    added = b"/%s <</MCID 7 /ActualText (%s) /Lang (%s) /E (%s)>> BDC " % ((WORD.encode(),) * 4)
    more = b"/P /Q BDC " + papers.line("six", y=300) + b"EMC " + added + papers.line("seven", y=280) + b" EMC"
    page["/Contents"] = pdf.make_stream(page["/Contents"].read_bytes() + more)
    found["P"]["/K"] = Array([1, 6, 7, Dictionary(Type=Name.MCR, MCID=9, Note=WORD)])


def _without_content(pdf: Pdf, found: dict[str, Object]) -> None:
    found["Document"]["/K"].append(element(pdf, "Figure", Alt=WORD, P=found["Document"]))


PLACES = {
    "roles": _role,
    "classes": _classes,
    "attributes": _attributes,
    "trees of the root": _trees,
    "files of an element": _files,
    "properties of marked content": _content,
    "elements without content": _without_content,
}


@pytest.mark.parametrize("place", PLACES.values(), ids=PLACES)
@pytest.mark.parametrize("removed", [(WORD,), ()], ids=["removed on the page", "on no page"])
def test_a_word_of_no_known_text_is_never_carried_over(
    place: Callable[[Pdf, dict[str, Object]], None], removed: tuple[str, ...]
) -> None:
    pdf = report(WORD if removed else "Jane")
    place(pdf, strings(pdf))
    data = written(pdf, *removed)
    assert readers_of(data, WORD) == []
    assert outline(opened(data))


def texts(data: bytes) -> dict[str, dict[str, str]]:
    """The texts of a file's elements, by kind."""
    keys = ("Alt", "ActualText", "E")
    with opened(data) as pdf:
        found = strings(pdf).items()
        listed = {k: {key: str(node["/" + key]) for key in keys if "/" + key in node} for k, node in found}
    return {kind: told for kind, told in listed.items() if told}


SQUARE = "A grey square"
TEXTS = {
    "what is untouched keeps its texts": ("Figure", {"Alt": SQUARE, "E": "Shape"}, (), True),
    "an expansion of what is printed": ("P", {"E": "in full"}, (), True),
    "what is printed may be said": ("P", {"ActualText": f"The witness {WORD} spoke"}, (), True),
    "what is not printed may not": ("P", {"ActualText": "The witness lied"}, (), False),
    "a drawing may be spoken": ("Figure", {"Alt": SQUARE, "ActualText": "square"}, (), True),
    "what lost a glyph loses them": ("P", {"Alt": "A person spoke", "E": "Words"}, ("spoke",), False),
    "so does what it stands in": ("Table", {"Alt": "One row"}, (WORD,), False),
    "and what stands beside it does not": ("Figure", {"Alt": SQUARE}, (WORD,), True),
    "a word is enough": ("Figure", {"Alt": "She spoke here"}, ("spoke",), False),
    "control characters": ("Figure", {"Alt": "A \u200bsquare"}, (), False),
    "an endless text": ("Figure", {"Alt": "square " * 1000}, (), False),
}


@pytest.mark.parametrize(("kind", "told", "removed", "stays"), TEXTS.values(), ids=TEXTS)
def test_texts_stay_with_what_is_whole(
    kind: str, told: dict[str, str], removed: tuple[str, ...], stays: bool
) -> None:
    pdf = report(WORD)
    for key, text in told.items():
        strings(pdf)[kind]["/" + key] = text
    found = texts(written(pdf, *removed)).get(kind, {})
    assert found == (told if stays else {})


def test_a_drawing_under_a_region_loses_its_description() -> None:
    place = region_locator(1, 100, 150, 120, 170)
    assert texts(written(report(WORD), Redaction(place, Span(0, 1), MARKING))) == {}


def test_a_redaction_in_the_tags_leaves_none_of_their_texts() -> None:
    pdf = report(WORD)
    strings(pdf)["P"]["/E"] = "in full"
    data = written(pdf, Redaction("tag:1", Span(0, 1), MARKING))
    assert texts(data) == {} and outline(opened(data))


def _hidden_layer(pdf: Pdf) -> None:
    layer = pdf.make_indirect(Dictionary(Type=Name.OCG, Name="Draft"))
    pdf.Root["/OCProperties"] = Dictionary(OCGs=Array([layer]), D=Dictionary(OFF=Array([layer])))
    page = pdf.pages[0].obj
    page["/Resources"]["/Properties"] = Dictionary(L=layer)
    more = mark("Figure", 6, b"0 g 300 600 9 9 re f /OC /L BDC 320 600 9 9 re f EMC")
    page["/Contents"] = pdf.make_stream(page["/Contents"].read_bytes() + more)
    strings(pdf)["Figure"]["/K"] = Array([2, 6])


def _covered_picture(pdf: Pdf) -> None:
    page = pdf.pages[0].obj
    image = b"BI /W 1 /H 1 /BPC 8 /CS /G ID \x99 EI"
    more = mark("Figure", 6, b"q 80 0 0 60 300 600 cm %s Q" % image) + b"0 g 300 600 80 60 re f"
    page["/Contents"] = pdf.make_stream(page["/Contents"].read_bytes() + more)
    strings(pdf)["Figure"]["/K"] = Array([2, 6])


@pytest.mark.parametrize("change", [_hidden_layer, _covered_picture])
def test_what_is_partly_unseen_loses_its_description(change: Callable[[Pdf], None]) -> None:
    pdf = report(WORD)
    change(pdf)
    assert texts(written(pdf)) == {}
    report_of = verify(papers.saved(pdf), use_ocr=False)
    assert ("hidden-text", "tag:1") in [(each.code, each.locator) for each in report_of.observations]


@pytest.mark.parametrize(
    ("word", "label"), [("Li", ["1: Gov. 7922.200", "1"]), ("Quill", [MARKING]), (WORD, [MARKING])]
)
def test_sequences_do_not_count_the_letters_of_a_removed_word(word: str, label: list[str]) -> None:
    letters = [
        mark("Span", number, papers.line(letter, x=72 + 9 * number, y=700))
        for number, letter in enumerate(word)
    ]
    after = mark("Span", len(word), papers.line("spoke", x=300, y=700))
    pdf = papers.new(b"".join([*letters, after]))
    spans = [element(pdf, "Span", number) for number in range(len(word) + 1)]
    tag(pdf, element(pdf, "P", *spans))
    pdf = opened(written(pdf, *redactions(READER.read(papers.saved(pdf), "x.pdf"), word)))
    assert outline(pdf) == [["P", ["Span", *label], ["Span", "spoke"]]]
    assert set(sequences(pdf.pages[0])) == {-1, *range(len(label) + 1)}


def test_fields_that_become_part_of_the_page_stay_tagged() -> None:
    pdf = papers.new(mark("P", 0, papers.line("Name:")))
    appearance = pdf.make_stream(
        b"/Tx BMC " + papers.line(WORD, x=2, y=4) + b" EMC",
        Type=Name.XObject,
        Subtype=Name.Form,
        BBox=Array([0, 0, 120, 20]),
        Resources=Dictionary(Font=Dictionary(F0=papers.helvetica())),
    )
    field = pdf.make_indirect(
        Dictionary(
            Type=Name.Annot,
            Subtype=Name.Widget,
            FT=Name.Tx,
            T="name",
            TU="Full name",
            V=WORD,
            Rect=Array([200, 696, 320, 716]),
            AP=Dictionary(N=appearance),
        )
    )
    pdf.pages[0].obj["/Annots"] = Array([field])
    pdf.Root["/AcroForm"] = Dictionary(Fields=Array([field]))
    reference = Dictionary(Type=Name.OBJR, Obj=field)
    tag(pdf, element(pdf, "P", 0), element(pdf, "Form", reference, Alt="Full name"))
    assert outline(opened(written(pdf))) == [["P", "Name:"], ["Form", {"Alt": "Full name"}, "\u25a0"]]
    assert outline(opened(written(pdf, WORD))) == [["P", "Name:"], ["Form", "\u25a0", MARKING]]


def test_a_page_that_becomes_an_image_has_no_tags_and_the_others_do() -> None:
    pdf = report(WORD)
    bad = papers.new(b"(stray) 1 2 Tj " + papers.line("bad"))
    pdf.pages.append(bad.pages[0])
    strings(pdf)["P"]["/K"] = Array([1, Dictionary(Type=Name.MCR, Pg=pdf.pages[1].obj, MCID=0)])
    strings(pdf)["P"]["/Alt"] = "words"
    found = opened(written(pdf, WORD))
    assert ["P", "The witness   spoke.", MARKING] in outline(found)[0]
    assert "/StructParents" not in found.pages[1].obj


@pytest.mark.parametrize(
    ("word", "kinds"),
    [("Figure", {"NonStruct"}), ("Table", {"NonStruct"}), ("marked", None), ("Artifact", None)],
)
def test_what_tags_are_called_does_not_tell_that_such_a_word_was_removed(
    word: str, kinds: set[str] | None
) -> None:
    pdf = report(word)
    data = papers.saved(pdf)
    read = READER.read(data, "x.pdf")
    result = READER.write(data, read, redactions(read, word))
    assert readers_of(result.data, word) == []
    found = opened(result.data)
    assert ("/StructTreeRoot" in found.Root) == (kinds is not None)
    assert ("tags for screen readers were left out" in result.notes) == (kinds is None)
    assert kinds is None or kinds <= strings(found).keys()


MALFORMED: dict[str, Callable[[Pdf, Object], None]] = {
    "an element that contains itself": lambda pdf, node: node["/K"].append(node),
    "content of another element": lambda pdf, node: node["/K"].append(0),
    "content that is nowhere": lambda pdf, node: node["/K"].append(900),
    "content of no page": lambda pdf, node: node.__setitem__("/Pg", pdf.Root),
    "no kind": lambda pdf, node: node.__delitem__("/S"),
    "a text as kid": lambda pdf, node: node["/K"].append(String(WORD)),
    "a circle of roles": lambda pdf, node: node.__setitem__("/S", Name("/Round")),
    "a negative identifier": lambda pdf, node: node.__setitem__("/K", -1),
}


@pytest.mark.parametrize("change", MALFORMED.values(), ids=MALFORMED)
def test_malformed_tags_cost_themselves_alone(change: Callable[[Pdf, Object], None]) -> None:
    pdf = report(WORD)
    pdf.Root["/StructTreeRoot"]["/RoleMap"]["/Round"] = Name("/Round")
    change(pdf, strings(pdf)["P"])
    data = written(pdf, WORD)
    assert readers_of(data, WORD) == []
    assert ["H1", "1. Findings"] in outline(opened(data))[0]


def test_our_tags_are_clean_and_those_of_others_are_reported() -> None:
    def codes(data: bytes) -> dict[str, int]:
        found = verify(data, use_ocr=False)
        return {each.code: each.count for each in found.observations if each.locator.startswith("tag:")}

    ours = written(report(WORD), WORD)
    assert verify(ours, use_ocr=False).clean and codes(ours) == {"descriptions": 1}
    for kind, key in (("P", "T"), ("P", "ActualText"), ("TR", "ID")):
        pdf = opened(ours)
        strings(pdf)[kind]["/" + key] = WORD
        assert not verify(papers.saved(pdf), use_ocr=False).clean
        assert "hidden-text" in codes(papers.saved(pdf))


CHUNKS = st.sampled_from(["q", "Q", "BT", "ET", "EMC", "mark", "art", "show", "fill", "clip", "gone"])


@settings(max_examples=25)
@given(st.lists(CHUNKS, max_size=40))
def test_however_marks_are_nested_they_come_out_in_order(chunks: list[str]) -> None:
    """Whatever nesting of marks, states and text objects: sequences are well-formed, and nothing is lost."""
    parts: list[bytes] = [b"/F0 9 Tf"]
    in_text, number, expected = False, 0, ""
    for position, chunk in enumerate(chunks):
        if chunk in ("BT", "ET"):
            if (chunk == "BT") == in_text:
                continue
            in_text = not in_text
        if chunk == "mark":
            parts.append(b"/P <</MCID %d>> BDC" % number)
            number += 1
        elif chunk == "art":
            parts.append(b"/Artifact BMC")
        elif chunk in ("show", "gone"):
            text = "Quill" if chunk == "gone" else f"w{position}"
            y = 30 + 18 * position
            shown = b"1 0 0 1 72 %d Tm (%s) Tj" % (y, text.encode())
            parts.append(shown if in_text else b"BT " + shown + b" ET")
            expected += text if chunk == "show" else ""
        elif chunk in ("fill", "clip"):
            if in_text or (chunk == "clip"):
                continue
            parts.append(b"400 %d 9 9 re f" % (30 + 18 * position))
            expected += "\u25a0"
        elif chunk in ("q", "Q") and in_text:
            continue
        else:
            parts.append(chunk.encode())
    parts += [b"ET"] * in_text
    pdf = papers.new(b"\n".join(parts))
    tag(pdf, element(pdf, "P", *range(number)))
    made = opened(written(pdf, "Quill"))
    if "/StructTreeRoot" in made.Root:
        outline(made)
    content = made.pages[0].obj["/Contents"].read_bytes().partition(b"q 0 g 0 G")[0]
    whole = b"/P <</MCID 0>> BDC\n" + b"\n".join(
        part for part in content.splitlines() if not part.endswith((b"BDC", b"BMC", b"EMC"))
    )
    bare = papers.new(whole + b" EMC")
    assert sequences(bare.pages[0])[0].replace(" ", "") == expected
