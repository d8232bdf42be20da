"""What is redacted is gone from the file, and nothing else is."""

import re

import pytest
from pikepdf import Array, Dictionary, Name

from redact.document import Span
from redact.formats.pdf import PdfFormat
from redact.formats.pdf.fontfiles import clean_type1
from redact.formats.pdf.pdfium import opened
from redact.redaction import Redaction
from tests.formats.pdf import papers
from tests.formats.pdf.checks import FORMAT, MARKING, readers_of, redact, redactions

WORD = "Quillfeather"
PLAIN = PdfFormat(use_ocr=False, inspected=True)

SHOWN = {
    "plain": papers.line(f"The witness {WORD} spoke."),
    "kerned": b"BT /F0 12 Tf 72 700 Td [(The Qui) 20 (llf) -15 (eather spoke)] TJ ET",
    "hexadecimal": b"BT /F0 12 Tf 72 700 Td <546865205175696c6c66656174686572> Tj ET",
    "octal": rb"BT /F0 12 Tf 72 700 Td (The \121uillfeat\150er) Tj ET",
    "line operators": b"BT /F0 12 Tf 14 TL 72 700 Td (The) Tj (Quillfeather) ' 1 0 (Quillfeather) \" ET",
    "one letter a string": b"BT /F0 12 Tf 72 700 Td (Q) Tj (u) Tj (i) Tj (l) Tj (l) Tj (feather) Tj ET",
    "letters in disorder": b"BT /F0 12 Tf 1 0 0 1 105.4 700 Tm (feather) Tj 1 0 0 1 72 700 Tm (Quill) Tj ET",
    "set apart": b"BT /F0 12 Tf 6 Tc 72 700 Td (Quillfeather) Tj ET",
    "rotated": b"BT /F0 12 Tf 0 1 -1 0 300 300 Tm (The Quillfeather spoke) Tj ET",
    "upside down": b"BT /F0 12 Tf -1 0 0 -1 300 300 Tm (The Quillfeather spoke) Tj ET",
    "slanted": b"BT /F0 12 Tf .866 .5 -.5 .866 200 300 Tm (The Quillfeather spoke) Tj ET",
    "twice for bold": papers.line(WORD) + papers.line(WORD, x=72.4),
    "invisible": papers.line("Seen") + b"3 Tr " + papers.line(WORD, y=650),
    "off the page": papers.line("Seen") + papers.line(WORD, x=2000),
    "tiny": papers.line("Seen") + papers.line(WORD, size=0.01),
    "hyphenated": papers.lines(["The witness Quill-", "feather spoke."]),
    "with a lowered letter": (
        b"BT /F0 12 Tf 72 700 Td (The Quil) Tj /F0 6 Tf 43.36 -4 Td (l) Tj "
        b"/F0 12 Tf 1.332 4 Td (feather spoke) Tj ET"
    ),
    "in a comment": papers.line(WORD) + b"% Quillfeather\n",
    "marked point": papers.line(WORD) + b"/Quillfeather MP /A <</T (Quillfeather)>> DP\n",
    "replacement text": b"/Span <</ActualText (Quillfeather)>> BDC " + papers.line(WORD) + b"EMC",
}


@pytest.mark.parametrize("content", SHOWN.values(), ids=SHOWN)
def test_a_word_is_gone_however_it_is_shown(content: bytes) -> None:
    data = papers.paper(content)
    assert readers_of(data, WORD)
    written = redact(data, WORD)
    assert readers_of(written.data, WORD) == []


def test_the_marking_stands_in_place_of_the_word_and_the_rest_stays() -> None:
    written = redact(papers.paper(papers.line(f"The witness {WORD} spoke twice.")), WORD)
    texts = {r.reader: r.text for r in FORMAT.reread(written.data) if r.kind == "text"}
    for text in texts.values():
        for kept in ("The witness", "spoke twice.", MARKING):
            assert kept in text


def test_a_black_box_stands_where_the_word_was_and_nothing_else_changes() -> None:
    data = papers.paper(papers.line(f"The witness {WORD} spoke twice."))
    written = redact(data, WORD)
    with opened(data) as before:
        old = before.render(0, 2)
    with opened(written.data) as after:
        new = after.render(0, 2)
    changed = (abs(old.astype(int) - new.astype(int)).max(axis=2) > 40).nonzero()
    assert changed[0].size
    assert changed[1].min() > 2 * 125 and changed[1].max() < 2 * 215  # the word's own place on the line
    assert (new[2 * (792 - 706), 2 * 137 : 2 * 200] < 60).mean() > 0.3


def test_a_removed_run_leaves_one_move_and_no_trace_of_its_letters() -> None:
    letters = b" ".join(b"(%c) Tj 7.3 0 Td" % c for c in b"Quillfeather")
    data = papers.paper(b"BT /F0 12 Tf 72 700 Td (A) Tj 9 0 Td " + letters + b" (Z) Tj ET")
    raw = next(r.text for r in FORMAT.reread(redact(data, WORD).data) if r.reader == "decoded streams")
    content = raw[raw.index("(A) Tj") : raw.index("(Z) Tj")]
    assert content.count("Td") == 1


CLIPPED = b"q BT /F0 40 Tf 7 Tr 72 600 Td (%s) Tj ET 1 0 0 rg 60 580 500 60 re f Q "


@pytest.mark.parametrize(("shown", "left"), [(f"{WORD} spoke", True), (WORD, False)])
def test_text_that_clips_goes_with_what_is_seen_through_it(shown: str, left: bool) -> None:
    data = papers.paper(CLIPPED % shown.encode() + papers.line("stays"))
    written = redact(data, WORD)
    assert readers_of(written.data, WORD) == [] and not any("image" in note for note in written.notes)
    with opened(written.data) as pages:
        pixels = pages.render(0, 1).astype(int)
    assert ((pixels[:, :, 2] - pixels[:, :, 0]) > 100).any() == left  # red


def test_a_colour_space_alone_changes_no_colour_that_it_did_not_change() -> None:
    """Found in a drawing: PDFium keeps the colour that was set before, others take the first of the space."""
    lines = b"1 1 1 RG 0 0 9 9 re W n 0 0 0 RG /DeviceGray CS 2 w 1 1 m 7 7 l S"
    for content in (lines, b"1 0 0 rg /DeviceRGB cs 1 0 0 sc /DeviceGray cs 9 9 99 99 re f"):
        data = papers.paper(papers.line("stays") + b"q " + content + b" Q")
        written = redact(data)
        assert written.notes == ()
        with opened(data) as old, opened(written.data) as new:
            assert (old.render(0, 1) == new.render(0, 1)).all()


@pytest.mark.parametrize("form", [None, Dictionary(Fields=Array()), Dictionary(XFA=Array())], ids=str)
def test_a_field_is_seen_whatever_form_it_belongs_to(form: Dictionary | None) -> None:
    pdf = papers.new(papers.line("Name:"))
    look = pdf.make_stream(
        papers.line(f"{WORD} of Elm Street", x=2, y=4),
        Type=Name.XObject,
        Subtype=Name.Form,
        BBox=Array([0, 0, 200, 20]),
        Resources=Dictionary(Font=Dictionary(F0=papers.helvetica())),
    )
    field = Dictionary(Type=Name.Annot, Subtype=Name.Widget, FT=Name.Tx, F=4, T="name")
    field["/Rect"], field["/AP"] = Array([72, 600, 272, 620]), Dictionary(N=look)
    pdf.pages[0].obj["/Annots"] = Array([pdf.make_indirect(field)])
    if form is not None:
        pdf.Root["/AcroForm"] = form
        if "/XFA" in form:
            form["/XFA"] = pdf.make_stream(b"<xdp/>")
            form["/Fields"] = Array(pdf.pages[0].obj["/Annots"])
    data = papers.saved(pdf)
    assert f"{WORD} of Elm Street" in FORMAT.read(data, "x.pdf").segment("page:1").text
    written = redact(data, WORD)
    assert readers_of(written.data, WORD) == [] and not any("image" in note for note in written.notes)
    assert all("of Elm Street" in r.text for r in FORMAT.reread(written.data) if r.kind == "text")


def test_metadata_actions_and_unknown_keys_are_not_carried_over() -> None:
    pdf = papers.new(papers.line(f"About {WORD}."))
    pdf.Root["/Quill"] = Dictionary(X=WORD)
    pdf.Root["/OpenAction"] = Dictionary(S=Name.JavaScript, JS=f"alert('{WORD}')")
    pdf.pages[0].obj["/PieceInfo"] = Dictionary(A=Dictionary(Private=WORD))
    pdf.pages[0].obj["/Resources"]["/XObject"] = Dictionary(
        Unused=pdf.make_stream(
            papers.line(WORD), Type=Name.XObject, Subtype=Name.Form, BBox=Array([0, 0, 9, 9])
        )
    )
    with pdf.open_metadata() as metadata:
        metadata["dc:title"] = WORD
    pdf.docinfo["/Author"] = WORD
    data = papers.saved(pdf)
    document = FORMAT.read(data, "case.pdf")
    assert {"meta:Author", "page:1"} <= {s.locator for s in document.segments}
    assert readers_of(redact(data, WORD).data, WORD) == []
    # Without any redaction only the page is left, so the word is there once.
    assert FORMAT.write(data, document, []).data.count(b"%%EOF") == 1
    assert not any("alert" in r.text for r in FORMAT.reread(FORMAT.write(data, document, []).data))


def test_a_form_that_two_pages_share_loses_the_word_on_both_or_on_one() -> None:
    pdf = papers.new(b"/X Do", b"/X Do")
    form = pdf.make_stream(
        papers.line(f"From {WORD}"), Type=Name.XObject, Subtype=Name.Form, BBox=Array([0, 0, 612, 792])
    )
    for page in pdf.pages:
        page.obj["/Resources"]["/XObject"] = Dictionary(X=form)
    data = papers.saved(pdf)
    assert readers_of(redact(data, WORD).data, WORD) == []
    document = FORMAT.read(data, "case.pdf")
    first = [r for r in redactions(document, WORD) if r.locator == "page:1"]
    with opened(FORMAT.write(data, document, first).data) as pages:
        assert WORD not in pages.text(0)
        assert WORD in pages.text(1)


def test_columns_of_a_table_stand_below_their_headings() -> None:
    rows = [("Name", "Phone", "Amount"), ("Ann Lee", "555-0134", "$12.00"), ("Bo Diaz", "555-0177", "$9.00")]
    cells = b"".join(
        papers.line(text, x=72 + 130 * c, y=700 - 18 * r)
        for r, row in enumerate(rows)
        for c, text in enumerate(row)
    )
    lines = FORMAT.read(papers.paper(cells), "t.pdf").segment("page:1").text.splitlines()
    for heading, cell in (("Phone", "555-0134"), ("Amount", "$12.00")):
        assert abs(lines[0].index(heading) - lines[1].index(cell)) <= 1


def test_columns_of_prose_are_read_one_after_the_other() -> None:
    left = [f"left column line number {i} goes on" for i in range(8)]
    right = [f"right column line number {i} goes on" for i in range(8)]
    content = b"".join(papers.line(t, x=60, y=700 - 14 * i, size=10) for i, t in enumerate(left))
    content += b"".join(papers.line(t, x=320, y=693 - 14 * i, size=10) for i, t in enumerate(right))
    text = FORMAT.read(papers.paper(content), "t.pdf").segment("page:1").text
    assert text.index(left[-1]) < text.index(right[0])


def test_a_word_broken_between_columns_goes_whatever_stands_between_its_parts() -> None:
    left = [f"left column line number {i} goes on" for i in range(8)] + ["and the witness Quill-"]
    right = ["feather spoke of it"] + [f"right column line number {i} goes on" for i in range(8)]
    content = b"".join(papers.line(t, x=320, y=693 - 14 * i, size=10) for i, t in enumerate(right))
    content += papers.line("A note at the foot of the page", x=60, y=500, size=7)
    content += b"".join(papers.line(t, x=60, y=700 - 14 * i, size=10) for i, t in enumerate(left))
    texts = [r.text for r in FORMAT.reread(redact(papers.paper(content), WORD).data) if r.kind == "text"]
    assert all("spoke of it" in text and "and the witness" in text for text in texts)
    assert not any(part in text for text in texts for part in ("Quill", "feather"))


def test_the_clear_text_of_a_font_keeps_no_notice_and_no_name() -> None:
    clear = (
        b"%!PS-AdobeFont-1.0: Quillfeather 1.0\n%%Creator: Quillfeather\n/FontInfo 9 dict dup begin\n"
        b"/Notice (Copyright \\(c\\) Quillfeather (all rights)) readonly def\n/FullName(Quillfeather) def\n"
        b"/isFixedPitch false def end readonly def\n/FontName /ABCDEF+Quillfeather def\n"
        b"/Encoding 256 array\ndup 65 /A put\nreadonly def\ncurrentfile eexec"
    )
    cleaned = clean_type1(clear + b"\n%Quill\x00binary")
    assert cleaned.startswith(b"%!") and b"Quillfeather" not in cleaned
    for kept in (
        b"/isFixedPitch false def",
        b"/FontName /F def",
        b"dup 65 /A put",
        b"eexec\n%Quill\x00binary",
    ):
        assert kept in cleaned


@pytest.mark.parametrize("hyphen", ["-", "\xad"])
@pytest.mark.parametrize("apart", ["", "lives on Elm Street."])
def test_a_word_that_a_hyphen_breaks_is_read_as_one_and_removed_with_its_hyphen(
    hyphen: str, apart: str
) -> None:
    """Who looks for whole words finds it, also if something else stands behind its first half."""
    first = papers.line(apart, x=300, y=700) + papers.line(f"The witness Quill{hyphen}", y=700)
    data = papers.paper(first + papers.line("feather spoke.", y=686))
    document = PLAIN.read(data, "x.pdf")
    joined = document.segment("page:1/joined")
    assert WORD in joined.text.split() and not joined.visible
    start = joined.text.index(WORD)
    written = PLAIN.write(
        data, document, [Redaction("page:1/joined", Span(start, start + len(WORD)), MARKING)]
    )
    assert readers_of(written.data, WORD) == [] and readers_of(written.data, "feather") == []
    with opened(written.data) as pages:
        assert "-" not in pages.text(0) and "\ufffe" not in pages.text(0)


WHOLE = re.compile(rf"\b{WORD}\b", re.IGNORECASE)
LETTERS = b"".join(b"1 0 0 1 %d %d Tm (%c) Tj " % (72 + 9 * i, 700, c) for i, c in enumerate(b"Quillfeather"))
BELOW = b"".join(b"1 0 0 1 72 %d Tm (%c) Tj " % (700 - 14 * i, c) for i, c in enumerate(b"Quillfeather"))
PHRASE = b"BT /F0 12 Tf 5 Tc 9 Tw 72 700 Td (saw Quillfeather there) Tj ET"


@pytest.mark.parametrize(
    "content",
    [
        *(content for name, content in SHOWN.items() if name != "letters in disorder"),
        b"BT /F0 12 Tf " + LETTERS + b"ET",
        b"BT /F0 12 Tf " + BELOW + b"ET",
        PHRASE,
        papers.lines(["The witness Quill\xad", "feather spoke."]),
    ],
    ids=[
        *(name for name in SHOWN if name != "letters in disorder"),
        "letter by letter",
        "one below the other",
        "a phrase set apart",
        "soft hyphen",
    ],
)
def test_who_looks_for_whole_words_finds_all_that_is_to_be_removed(content: bytes) -> None:
    """As a clerk's terms are looked for, and values that were found elsewhere.

    Letters in disorder leave a gap in which any reader would see a space.
    """
    data = papers.paper(content)
    document = FORMAT.read(data, "x.pdf")
    chosen = [
        Redaction(segment.locator, Span(*match.span()), MARKING)
        for segment in document.segments
        for match in WHOLE.finditer(segment.text)
    ]
    assert readers_of(FORMAT.write(data, document, chosen).data, WORD) == []
