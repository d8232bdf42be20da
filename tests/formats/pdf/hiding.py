"""Places of a PDF in which a word can hide: one function each, by the row of the checklist of issue 5.

Each takes a file with one page and the word, and hides it there. All can be combined on one file.
"""

from collections.abc import Callable
from io import BytesIO

from pikepdf import Array, Dictionary, Name, Page, Pdf, Stream, String
from PIL import Image, ImageDraw, ImageFont

from tests.formats.pdf import papers

Place = Callable[[Pdf, str], None]
PLACES: dict[str, Place] = {}
ROWS: dict[str, int] = {}


def place(row: int) -> Callable[[Place], Place]:
    """Register a hiding place of a row of the checklist."""

    def register(function: Place) -> Place:
        name = function.__name__.replace("_", " ")
        PLACES[name], ROWS[name] = function, row
        return function

    return register


def base(word: str) -> Pdf:
    """A file whose page shows the word once among others."""
    return papers.new(papers.line(f"The witness {word} spoke.", y=740))


def add(pdf: Pdf, content: bytes) -> None:
    """Add to the content of the first page, in a state of its own."""
    page = pdf.pages[0].obj
    old = page["/Contents"]
    streams = list(old) if isinstance(old, Array) else [old]
    page["/Contents"] = Array([*streams, pdf.make_stream(b"q " + content + b" Q\n")])


def resource(pdf: Pdf, category: str, value: object) -> str:
    """Add a resource to the first page and return its name."""
    resources = pdf.pages[0].obj["/Resources"]
    if "/" + category not in resources:
        resources["/" + category] = Dictionary()
    name = f"{category[0]}{len(resources['/' + category].keys())}q"
    resources["/" + category]["/" + name] = value
    return name


def form(pdf: Pdf, content: bytes, **extra: object) -> Stream:
    """A form XObject with Helvetica as F0."""
    return pdf.make_stream(
        content,
        Type=Name.XObject,
        Subtype=Name.Form,
        BBox=Array([0, 0, 612, 792]),
        Resources=Dictionary(Font=Dictionary(F0=pdf.make_indirect(papers.helvetica()))),
        **extra,
    )


def annotate(pdf: Pdf, **entries: object) -> None:
    """Add an annotation to the first page."""
    page = pdf.pages[0].obj
    if "/Annots" not in page:
        page["/Annots"] = Array()
    made = Dictionary(Type=Name.Annot, Rect=Array([300, 100, 420, 120]))
    for key, value in entries.items():
        made["/" + key] = value
    page["/Annots"].append(pdf.make_indirect(made))


@place(1)
def kerned_letters(pdf: Pdf, word: str) -> None:
    add(pdf, b"BT /F0 12 Tf 72 700 Td [" + b" 12 ".join(b"(%c)" % c for c in word.encode()) + b"] TJ ET")


@place(1)
def hexadecimal_string(pdf: Pdf, word: str) -> None:
    add(pdf, b"BT /F0 12 Tf 72 680 Td <" + word.encode().hex().encode() + b"> Tj ET")


@place(1)
def quote_operators(pdf: Pdf, word: str) -> None:
    add(pdf, b"BT /F0 12 Tf 14 TL 72 660 Td (a) ' 1 0 (%s) \" ET" % word.encode())


@place(2)
def moves_for_each_letter(pdf: Pdf, word: str) -> None:
    letters = b"".join(b"1 0 0 1 %d 640 Tm (%c) Tj " % (72 + 9 * i, c) for i, c in enumerate(word.encode()))
    add(pdf, b"BT /F0 12 Tf " + letters + b"ET")


@place(3)
def under_a_painted_box(pdf: Pdf, word: str) -> None:
    add(pdf, papers.line(word, y=620) + b"0 g 70 616 120 16 re f")


@place(4)
def nested_forms(pdf: Pdf, word: str) -> None:
    inner = form(pdf, papers.line(word, y=600))
    outer = form(pdf, b"/X Do")
    outer["/Resources"]["/XObject"] = Dictionary(X=inner)
    add(pdf, f"/{resource(pdf, 'XObject', outer)} Do".encode())


@place(5)
def tiling_pattern(pdf: Pdf, word: str) -> None:
    pattern = form(pdf, papers.line(word, x=2, y=4, size=8))
    for key in ("/Subtype", "/Type"):
        del pattern[key]
    pattern["/PatternType"], pattern["/PaintType"], pattern["/TilingType"] = 1, 1, 1
    pattern["/BBox"], pattern["/XStep"], pattern["/YStep"] = Array([0, 0, 90, 16]), 90, 16
    add(pdf, f"/Pattern cs /{resource(pdf, 'Pattern', pattern)} scn 300 560 200 40 re f".encode())


@place(5)
def soft_mask(pdf: Pdf, word: str) -> None:
    group = form(
        pdf, b"1 g " + papers.line(word, y=580), Group=Dictionary(S=Name.Transparency, CS=Name.DeviceGray)
    )
    state = Dictionary(Type=Name.ExtGState, SMask=Dictionary(S=Name.Luminosity, G=group))
    add(pdf, f"/{resource(pdf, 'ExtGState', state)} gs 0 g 60 570 300 20 re f".encode())


@place(5)
def glyph_procedure(pdf: Pdf, word: str) -> None:
    font = Dictionary(
        Type=Name.Font,
        Subtype=Name.Type3,
        FontBBox=Array([0, 0, 1000, 1000]),
        FontMatrix=Array([0.001, 0, 0, 0.001, 0, 0]),
        FirstChar=65,
        LastChar=65,
        Widths=Array([6000]),
        Encoding=Dictionary(Differences=Array([65, Name("/box")])),
        CharProcs=Dictionary(box=pdf.make_stream(b"6000 0 d0 " + papers.line(word, x=0, y=0, size=900))),
        Resources=Dictionary(Font=Dictionary(F0=pdf.make_indirect(papers.helvetica()))),
    )
    add(pdf, f"BT /{resource(pdf, 'Font', pdf.make_indirect(font))} 12 Tf 72 556 Td (A) Tj ET".encode())


@place(6)
def clip_text(pdf: Pdf, word: str) -> None:
    add(pdf, b"BT 7 Tr /F0 12 Tf 72 540 Td (%s) Tj ET 0 g 60 530 300 30 re f" % word.encode())


@place(7)
def fake_bold(pdf: Pdf, word: str) -> None:
    add(pdf, papers.line(word, y=520) + papers.line(word, x=72.4, y=520.2))


@place(8)
def invisible_text(pdf: Pdf, word: str) -> None:
    add(pdf, b"3 Tr " + papers.line(word, y=500))


@place(8)
def white_text(pdf: Pdf, word: str) -> None:
    add(pdf, b"1 g " + papers.line(word, y=480))


@place(8)
def clipped_away(pdf: Pdf, word: str) -> None:
    add(pdf, b"0 0 5 5 re W n " + papers.line(word, y=460))


@place(8)
def outside_of_the_page(pdf: Pdf, word: str) -> None:
    add(pdf, papers.line(word, y=-200))


@place(8)
def tiny_text(pdf: Pdf, word: str) -> None:
    add(pdf, papers.line(word, y=440, size=0.02))


@place(9)
def comment_in_content(pdf: Pdf, word: str) -> None:
    add(pdf, f"% {word}\n".encode())


@place(9)
def replacement_text(pdf: Pdf, word: str) -> None:
    utf16 = (b"\xfe\xff" + word.encode("utf-16-be")).hex().encode()
    add(pdf, b"/Span <</ActualText <" + utf16 + b">>> BDC " + papers.line("Someone", y=420) + b" EMC")


@place(9)
def marked_point(pdf: Pdf, word: str) -> None:
    add(pdf, f"/{word} MP /A <</Note ({word})>> DP".encode())


@place(10)
def structure_tree(pdf: Pdf, word: str) -> None:
    element = Dictionary(Type=Name.StructElem, S=Name("/" + word), Alt=word, ActualText=word, E=word, T=word)
    _list_in_the_tree(pdf, element)
    pdf.Root["/Lang"] = String(word)


def _list_in_the_tree(pdf: Pdf, element: Dictionary) -> None:
    """Add an element to the structure tree, which is made where there is none."""
    if "/StructTreeRoot" not in pdf.Root:
        pdf.Root["/StructTreeRoot"] = Dictionary(Type=Name.StructTreeRoot, K=Array())
    pdf.Root["/StructTreeRoot"]["/K"].append(pdf.make_indirect(element))


def _tagged(pdf: Pdf, content: bytes, **texts: str) -> None:
    """Content with an element of its own, beside those that the page has."""
    page = pdf.pages[0].obj
    number = len(page["/Contents"]) if isinstance(page["/Contents"], Array) else 1
    add(pdf, b"/P <</MCID %d>> BDC %s EMC" % (number, content))
    element = Dictionary(Type=Name.StructElem, S=Name.P, Pg=page, K=number, **texts)
    _list_in_the_tree(pdf, element)


@place(10)
def description_of_what_stays(pdf: Pdf, word: str) -> None:
    _tagged(pdf, papers.line("Someone", y=220), Alt=f"It is {word}, seen from behind", E=word)


@place(10)
def spoken_instead_of_what_goes(pdf: Pdf, word: str) -> None:
    _tagged(pdf, papers.line(word, y=200), ActualText=word, T=word)


@place(11)
def note(pdf: Pdf, word: str) -> None:
    annotate(pdf, Subtype=Name.Text, Contents=word, T=word, Subj=word, RC=f"<p>{word}</p>")


@place(11)
def comment_with_appearance(pdf: Pdf, word: str) -> None:
    appearance = form(pdf, papers.line(word, x=2, y=4, size=10))
    appearance["/BBox"] = Array([0, 0, 120, 20])
    annotate(pdf, Subtype=Name.FreeText, Contents=word, AP=Dictionary(N=appearance))


@place(12)
def link_and_destination(pdf: Pdf, word: str) -> None:
    annotate(pdf, Subtype=Name.Link, A=Dictionary(S=Name.URI, URI=f"https://x.example/{word}"))
    pdf.Root["/Dests"] = Dictionary({"/" + word: Array([pdf.pages[0].obj, Name.Fit])})


@place(12)
def script(pdf: Pdf, word: str) -> None:
    pdf.Root["/OpenAction"] = Dictionary(S=Name.JavaScript, JS=pdf.make_stream(f"alert('{word}')".encode()))
    pdf.pages[0].obj["/AA"] = Dictionary(O=Dictionary(S=Name.JavaScript, JS=word))


@place(13)
def form_field(pdf: Pdf, word: str) -> None:
    appearance = form(pdf, b"/Tx BMC " + papers.line(word, x=2, y=4, size=10) + b" EMC")
    appearance["/BBox"] = Array([0, 0, 120, 20])
    annotate(
        pdf,
        Subtype=Name.Widget,
        FT=Name.Tx,
        T=word,
        TU=word,
        V=word,
        DV=word,
        Opt=Array([word]),
        DA=String("/F0 10 Tf 0 g"),
        AP=Dictionary(N=appearance),
    )
    field = pdf.pages[0].obj["/Annots"][-1]
    pdf.Root["/AcroForm"] = Dictionary(
        Fields=Array([field]), XFA=Array([String("datasets"), pdf.make_stream(f"<d>{word}</d>".encode())])
    )


@place(14)
def signature(pdf: Pdf, word: str) -> None:
    value = Dictionary(
        Type=Name.Sig, Name=word, Reason=word, Location=word, Contents=String(word.encode() * 3)
    )
    annotate(pdf, Subtype=Name.Widget, FT=Name.Sig, T="s", V=pdf.make_indirect(value))


@place(15)
def metadata(pdf: Pdf, word: str) -> None:
    packet = f"<x:xmpmeta xmlns:x='adobe:ns:meta/'><a>{word}</a></x:xmpmeta>".encode()
    pdf.pages[0].obj["/Metadata"] = pdf.make_stream(packet, Type=Name.Metadata, Subtype=Name.XML)
    pdf.Root["/Metadata"] = pdf.make_stream(packet, Type=Name.Metadata, Subtype=Name.XML)
    pdf.docinfo["/Keywords"] = word
    pdf.docinfo["/" + word] = word
    pdf.pages[0].obj["/PieceInfo"] = Dictionary(A=Dictionary(Private=word))


@place(16)
def outline_and_labels(pdf: Pdf, word: str) -> None:
    item = pdf.make_indirect(Dictionary(Title=word))
    pdf.Root["/Outlines"] = Dictionary(Type=Name.Outlines, First=item, Last=item, Count=1)
    pdf.Root["/PageLabels"] = Dictionary(Nums=Array([0, Dictionary(P=word)]))
    pdf.Root["/Threads"] = Array([Dictionary(I=Dictionary(Title=word))])


@place(17)
def embedded_file(pdf: Pdf, word: str) -> None:
    data = pdf.make_stream(f"About {word}".encode(), Type=Name.EmbeddedFile)
    spec = pdf.make_indirect(Dictionary(Type=Name.Filespec, F=f"{word}.txt", UF=word, EF=Dictionary(F=data)))
    pdf.Root["/Names"] = Dictionary(EmbeddedFiles=Dictionary(Names=Array([word, spec])))
    pdf.Root["/AF"] = Array([spec])


@place(18)
def hidden_layer(pdf: Pdf, word: str) -> None:
    layer = pdf.make_indirect(Dictionary(Type=Name.OCG, Name=word))
    pdf.Root["/OCProperties"] = Dictionary(OCGs=Array([layer]), D=Dictionary(OFF=Array([layer])))
    add(pdf, f"/OC /{resource(pdf, 'Properties', layer)} BDC ".encode() + papers.line(word, y=400) + b" EMC")


def _jpeg(comment: bytes) -> bytes:
    buffer = BytesIO()
    Image.new("L", (40, 40), 200).save(buffer, "JPEG", comment=comment)
    return buffer.getvalue()


def picture(pdf: Pdf, data: bytes, width: int, height: int, **extra: object) -> Stream:
    """A grey image XObject."""
    return pdf.make_stream(
        data,
        Type=Name.XObject,
        Subtype=Name.Image,
        Width=width,
        Height=height,
        BitsPerComponent=8,
        ColorSpace=Name.DeviceGray,
        **extra,
    )


@place(19)
def comment_in_a_jpeg(pdf: Pdf, word: str) -> None:
    image = picture(pdf, _jpeg(word.encode()), 40, 40, Filter=Name.DCTDecode)
    image["/Alternates"] = Array([Dictionary(Image=picture(pdf, word.encode(), 4, 3))])
    image["/Metadata"] = pdf.make_stream(word.encode())
    pdf.pages[0].obj["/Thumb"] = picture(pdf, word.encode(), 4, 3)
    add(pdf, f"40 0 0 40 400 400 cm /{resource(pdf, 'XObject', image)} Do".encode())


@place(19)
def bytes_behind_the_pixels(pdf: Pdf, word: str) -> None:
    image = picture(pdf, b"\xc8" * 1600 + word.encode(), 40, 40)
    add(pdf, f"40 0 0 40 450 400 cm /{resource(pdf, 'XObject', image)} Do".encode())


@place(20)
def pixels_of_an_image(pdf: Pdf, word: str) -> None:
    image = Image.new("L", (520, 80), 255)
    ImageDraw.Draw(image).text((10, 10), word, 0, font=ImageFont.load_default(48))
    made = picture(pdf, image.tobytes(), 520, 80)
    add(pdf, f"260 0 0 40 72 340 cm /{resource(pdf, 'XObject', made)} Do".encode())


@place(21)
def names_of_a_font(pdf: Pdf, word: str) -> None:
    font = papers.helvetica()
    font["/BaseFont"] = Name("/" + word)
    font["/FirstChar"], font["/LastChar"] = 32, 126
    font["/Widths"] = Array([556] * 95)
    font["/FontDescriptor"] = Dictionary(
        Type=Name.FontDescriptor, FontName=Name("/" + word), Flags=32, CharSet=word, FontFamily=word
    )
    font["/Name"] = Name("/" + word)
    pdf.pages[0].obj["/Resources"]["/Font"]["/" + word] = pdf.make_indirect(font)
    add(pdf, f"BT /{word} 12 Tf 72 320 Td (Someone) Tj ET".encode())


@place(22)
def glyphs_without_characters(pdf: Pdf, word: str) -> None:
    letters = sorted(set(word))
    font = papers.helvetica()
    del font["/Encoding"]
    font["/Encoding"] = Dictionary(Differences=Array([1, *(Name("/" + c) for c in letters)]))
    font["/ToUnicode"] = pdf.make_stream(b"1 begincodespacerange <00> <ff> endcodespacerange")
    codes = bytes(letters.index(c) + 1 for c in word).hex().encode()
    name = resource(pdf, "Font", pdf.make_indirect(font)).encode()
    add(pdf, b"BT /" + name + b" 12 Tf 72 300 Td <" + codes + b"> Tj ET")


@place(25)
def unused_resource(pdf: Pdf, word: str) -> None:
    resource(pdf, "XObject", form(pdf, papers.line(word)))


@place(27)
def hyphenated(pdf: Pdf, word: str) -> None:
    middle = len(word) // 2
    add(pdf, papers.line(f"the one {word[:middle]}-", y=280) + papers.line(word[middle:], y=264))


@place(27)
def letters_set_apart(pdf: Pdf, word: str) -> None:
    add(pdf, b"5 Tc " + papers.line(word, y=240))


@place(27)
def on_a_second_page(pdf: Pdf, word: str) -> None:
    page = Dictionary(
        Type=Name.Page,
        MediaBox=Array([0, 0, 612, 792]),
        Rotate=90,
        Resources=Dictionary(Font=Dictionary(F0=pdf.make_indirect(papers.helvetica()))),
        Contents=pdf.make_stream(papers.line(word)),
    )
    pdf.pages.append(Page(pdf.make_indirect(page)))


@place(26)
def gap_between_words_that_stay(pdf: Pdf, word: str) -> None:
    add(pdf, papers.line(f"hither {word} thither", y=160))
