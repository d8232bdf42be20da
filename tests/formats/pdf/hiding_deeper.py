"""More places of a PDF in which a word can hide, thought of by trying to break what is written.

Each takes a file with one page and the word, as those of ``hiding`` do.
"""

import struct
import zlib
from collections.abc import Callable
from io import BytesIO

from pikepdf import Array, Dictionary, Name, Pdf, String
from PIL import Image

from tests.formats.pdf import papers
from tests.formats.pdf.hiding import Place, add, annotate, form, picture, resource

DEEPER: dict[str, Place] = {}
BYTES: dict[str, Callable[[bytes, str], bytes]] = {}
"""Changes of the bytes of a finished file."""


def place(function: Place) -> Place:
    DEEPER[function.__name__.replace("_", " ")] = function
    return function


def of_bytes(function: Callable[[bytes, str], bytes]) -> Callable[[bytes, str], bytes]:
    BYTES[function.__name__.replace("_", " ")] = function
    return function


def xobject(pdf: Pdf, value: object) -> bytes:
    return f"/{resource(pdf, 'XObject', value)} Do".encode()


@place
def rendering_intent(pdf: Pdf, word: str) -> None:
    add(pdf, f"/{word} ri ".encode() + papers.line("Someone", y=600))


@place
def names_of_colorants(pdf: Pdf, word: str) -> None:
    tint = Dictionary(FunctionType=2, Domain=Array([0, 1]), C0=Array([0]), C1=Array([1]), N=1)
    space = Array([Name.Separation, Name("/" + word), Name.DeviceGray, tint])
    add(pdf, f"/{resource(pdf, 'ColorSpace', space)} cs 0.5 scn ".encode() + papers.line("Someone", y=580))
    inks = Array([Name("/" + word), Name("/" + word + "2")])
    program = pdf.make_stream(b"{pop}", FunctionType=4, Domain=Array([0, 1, 0, 1]), Range=Array([0, 1]))
    attributes = Dictionary(Colorants=Dictionary({"/" + word: space}), Process=Dictionary(Components=inks))
    many = Array([Name.DeviceN, inks, Name.DeviceGray, program, attributes])
    add(pdf, f"/{resource(pdf, 'ColorSpace', many)} cs 0.5 0.1 scn ".encode() + papers.line("Other", y=570))


@place
def comment_in_a_calculator(pdf: Pdf, word: str) -> None:
    program = pdf.make_stream(
        f"% {word}\n{{dup}}%{word}".encode(), FunctionType=4, Domain=Array([0, 1]), Range=Array([0, 1, 0, 1])
    )
    space = Array([Name.Separation, Name.Spot, Name.DeviceRGB, program])
    program["/Range"] = Array([0, 1, 0, 1, 0, 1])
    program.write(f"% {word}\n{{dup dup}}%{word}".encode())
    add(pdf, f"/{resource(pdf, 'ColorSpace', space)} cs 0.5 scn ".encode() + papers.line("Someone", y=560))


@place
def bytes_behind_the_samples_of_a_function(pdf: Pdf, word: str) -> None:
    samples = pdf.make_stream(
        bytes([0, 255]) + word.encode(),
        FunctionType=0,
        Domain=Array([0, 1]),
        Range=Array([0, 1]),
        Size=Array([2]),
        BitsPerSample=8,
    )
    space = Array([Name.Separation, Name.Spot, Name.DeviceGray, samples])
    add(pdf, f"/{resource(pdf, 'ColorSpace', space)} cs 0.5 scn ".encode() + papers.line("Someone", y=540))


@place
def bytes_behind_a_palette(pdf: Pdf, word: str) -> None:
    palette = pdf.make_stream(bytes([0, 255]) + word.encode())
    image = picture(pdf, b"\0\1\1\0", 2, 2)
    image["/ColorSpace"] = Array([Name.Indexed, Name.DeviceGray, 1, palette])
    add(pdf, b"40 0 0 40 400 500 cm " + xobject(pdf, image))


def profile(word: str) -> bytes:
    """A colour profile for grey with the word in its description, copyright and a tag that nobody knows."""
    text = b"text\0\0\0\0" + word.encode() + b"\0"
    wide = b"mluc\0\0\0\0" + struct.pack(">II2s2sII", 1, 12, b"en", b"US", 2 * len(word), 28)
    wide += word.encode("utf-16-be")
    white = b"XYZ \0\0\0\0" + struct.pack(">iii", 63190, 65536, 54061)
    curve = b"curv\0\0\0\0" + struct.pack(">IH", 1, 0x1CD)
    tags = {b"desc": wide, b"cprt": text, b"priv": text, b"wtpt": white, b"kTRC": curve}
    offset, table, body = 128 + 4 + 12 * len(tags), b"", b""
    for name, data in tags.items():
        data += b"\0" * (-len(data) % 4)
        table += name + struct.pack(">II", offset + len(body), len(data))
        body += data
    size = offset + len(body)
    header = struct.pack(">I4sI4s4s4s", size, b"\0\0\0\0", 0x04300000, b"mntr", b"GRAY", b"XYZ ")
    header = header.ljust(36, b"\0") + b"acsp"
    header = header.ljust(68, b"\0") + struct.pack(">iii", 63190, 65536, 54061)
    return header.ljust(128, b"\0") + struct.pack(">I", len(tags)) + table + body


@place
def texts_of_a_colour_profile(pdf: Pdf, word: str) -> None:
    made = pdf.make_stream(profile(word), N=1)
    made["/Metadata"] = pdf.make_stream(word.encode())
    space = Array([Name.ICCBased, pdf.make_indirect(made)])
    add(pdf, f"/{resource(pdf, 'ColorSpace', space)} cs 0.5 scn ".encode() + papers.line("Someone", y=520))


@place
def output_intents(pdf: Pdf, word: str) -> None:
    intent = Dictionary(
        Type=Name.OutputIntent,
        S=Name.GTS_PDFX,
        OutputConditionIdentifier=word,
        Info=word,
        RegistryName=word,
        DestOutputProfile=pdf.make_stream(profile(word), N=1),
    )
    pdf.Root["/OutputIntents"] = Array([intent])
    pdf.pages[0].obj["/OutputIntents"] = Array([intent])


@place
def names_of_glyphs_in_an_encoding(pdf: Pdf, word: str) -> None:
    font = papers.helvetica()
    font["/Encoding"] = Dictionary(Differences=Array([65, Name("/" + word), Name("/" + word + ".alt")]))
    name = resource(pdf, "Font", pdf.make_indirect(font)).encode()
    add(pdf, b"BT /" + name + b" 12 Tf 72 500 Td (ABC) Tj ET")


@place
def names_of_glyph_procedures(pdf: Pdf, word: str) -> None:
    square = pdf.make_stream(b"600 0 d0 0 0 500 500 re f % " + word.encode())
    font = Dictionary(
        Type=Name.Font,
        Subtype=Name.Type3,
        Name=Name("/" + word),
        FontBBox=Array([0, 0, 1000, 1000]),
        FontMatrix=Array([0.001, 0, 0, 0.001, 0, 0]),
        FirstChar=65,
        LastChar=65,
        Widths=Array([600]),
        Encoding=Dictionary(Differences=Array([65, Name("/" + word)])),
        CharProcs=Dictionary({"/" + word: square}),
        Resources=Dictionary(),
    )
    add(pdf, f"BT /{resource(pdf, 'Font', pdf.make_indirect(font))} 12 Tf 72 480 Td (AA) Tj ET".encode())


@place
def names_in_an_embedded_encoding(pdf: Pdf, word: str) -> None:
    cmap = f"""/CIDInit /ProcSet findresource begin 12 dict begin begincmap % {word}
/CIDSystemInfo << /Registry ({word}) /Ordering ({word}) /Supplement 0 >> def
/CMapName /{word} def /CMapType 1 def 1 begincodespacerange <00> <ff> endcodespacerange
1 begincidrange <00> <ff> 0 endcidrange endcmap end end""".encode()
    encoding = pdf.make_stream(cmap, Type=Name.CMap, CMapName=Name("/" + word))
    encoding["/CIDSystemInfo"] = Dictionary(Registry=word, Ordering=word, Supplement=0)
    unicode = b"1 begincodespacerange <00> <ff> endcodespacerange 1 beginbfrange <00> <ff> <0000> endbfrange"
    descendant = Dictionary(
        Type=Name.Font,
        Subtype=Name.CIDFontType2,
        BaseFont=Name("/" + word),
        CIDSystemInfo=Dictionary(Registry=word, Ordering=word, Supplement=0),
        FontDescriptor=Dictionary(
            Type=Name.FontDescriptor,
            FontName=Name("/" + word),
            Flags=4,
            Style=Dictionary(Panose=word),
            Lang=Name("/" + word),
        ),
        DW=600,
    )
    font = Dictionary(
        Type=Name.Font,
        Subtype=Name.Type0,
        BaseFont=Name("/" + word),
        Encoding=encoding,
        DescendantFonts=Array([pdf.make_indirect(descendant)]),
        ToUnicode=pdf.make_stream(unicode + f" /CMapName /{word} def".encode()),
    )
    name = resource(pdf, "Font", pdf.make_indirect(font)).encode()
    add(pdf, b"BT /" + name + b" 12 Tf 72 460 Td (Someone) Tj ET")


@place
def a_character_map_that_spells_it(pdf: Pdf, word: str) -> None:
    """One code that stands for the whole word, and others that are mapped and never shown."""
    utf16 = word.encode("utf-16-be").hex()
    unicode = f"""1 begincodespacerange <00> <ff> endcodespacerange
2 beginbfchar <41> <{utf16}> <42> <{utf16}> endbfchar
1 beginbfrange <43> <44> [<{utf16}> <{utf16}>] endbfrange"""
    font = papers.helvetica()
    font["/ToUnicode"] = pdf.make_stream(unicode.encode())
    name = resource(pdf, "Font", pdf.make_indirect(font)).encode()
    add(pdf, b"BT /" + name + b" 12 Tf 72 440 Td (A) Tj ET")


@place
def widths_that_spell_it(pdf: Pdf, word: str) -> None:
    font = papers.helvetica()
    font["/FirstChar"], font["/LastChar"] = 97, 122
    font["/Widths"] = Array([500] * 26)
    font["/FontDescriptor"] = Dictionary(
        Type=Name.FontDescriptor,
        FontName=Name.Helvetica,
        Flags=32,
        FontBBox=Array([ord(c) for c in word[:4]]),
    )
    name = resource(pdf, "Font", pdf.make_indirect(font)).encode()
    add(pdf, b"BT /" + name + b" 12 Tf 72 420 Td (some) Tj ET")


@place
def text_from_two_fonts(pdf: Pdf, word: str) -> None:
    other = papers.helvetica()
    other["/BaseFont"] = Name("/Times-Bold")
    name = resource(pdf, "Font", pdf.make_indirect(other)).encode()
    half = len(word) // 2
    first, second = word[:half].encode(), word[half:].encode()
    add(pdf, b"BT /F0 12 Tf 72 400 Td (" + first + b") Tj /" + name + b" 12 Tf (" + second + b") Tj ET")


@place
def one_form_for_each_letter(pdf: Pdf, word: str) -> None:
    content, x = b"", 72
    for letter in word:
        content += (
            b"q 1 0 0 1 %d 380 cm " % x + xobject(pdf, form(pdf, papers.line(letter, x=0, y=0))) + b" Q "
        )
        x += 8
    add(pdf, content)


@place
def mirrored_text(pdf: Pdf, word: str) -> None:
    add(pdf, b"BT /F0 12 Tf -1 0 0 1 400 360 Tm (%s) Tj ET" % word.encode())


@place
def negative_size(pdf: Pdf, word: str) -> None:
    add(pdf, b"BT /F0 -12 Tf 300 340 Td (%s) Tj ET" % word.encode())


@place
def letters_from_right_to_left(pdf: Pdf, word: str) -> None:
    letters = b"".join(
        b"1 0 0 1 %d 320 Tm (%c) Tj " % (72 + 9 * i, c) for i, c in reversed(list(enumerate(word.encode())))
    )
    add(pdf, b"BT /F0 12 Tf " + letters + b"ET")


@place
def letters_one_below_the_other(pdf: Pdf, word: str) -> None:
    letters = b"".join(b"1 0 0 1 500 %d Tm (%c) Tj " % (700 - 14 * i, c) for i, c in enumerate(word.encode()))
    add(pdf, b"BT /F0 12 Tf " + letters + b"ET")


@place
def soft_hyphens_inside(pdf: Pdf, word: str) -> None:
    add(pdf, b"BT /F0 12 Tf 72 300 Td (%s) Tj ET" % b"\xad".join(bytes([c]) for c in word.encode()))


@place
def upper_case(pdf: Pdf, word: str) -> None:
    add(pdf, papers.line(word.upper(), y=280))


@place
def alternative_texts_nested_in_forms(pdf: Pdf, word: str) -> None:
    content = b"/Span <</Alt (%s) /E (%s) /ActualText (%s)>> BDC " % ((word.encode(),) * 3)
    inner = form(pdf, content + papers.line("Someone", y=260) + b" EMC /%s BMC EMC" % word.encode())
    outer = form(pdf, b"/X Do")
    outer["/Resources"]["/XObject"] = Dictionary(X=inner)
    add(pdf, xobject(pdf, outer))


@place
def properties_and_their_names(pdf: Pdf, word: str) -> None:
    properties = pdf.make_indirect(Dictionary({"/" + word: Array([word, Name("/" + word)])}))
    pdf.pages[0].obj["/Resources"]["/Properties"] = Dictionary({"/" + word: properties})
    add(
        pdf,
        f"/{word} /{word} BDC ".encode()
        + papers.line("Someone", y=240)
        + f" EMC /{word} /{word} DP".encode(),
    )


@place
def names_of_all_resources(pdf: Pdf, word: str) -> None:
    resources = pdf.pages[0].obj["/Resources"]
    resources["/ExtGState"] = Dictionary(
        {"/" + word: Dictionary({"/Type": Name.ExtGState, "/LW": 1, "/" + word: 1})}
    )
    shading = Dictionary(
        ShadingType=2,
        ColorSpace=Name.DeviceGray,
        Coords=Array([0, 0, 9, 9]),
        Function=Dictionary({"/FunctionType": 2, "/Domain": Array([0, 1]), "/N": 1, "/" + word: word}),
    )
    shading["/" + word] = String(word)
    resources["/Shading"] = Dictionary({"/" + word: shading})
    add(pdf, f"/{word} gs 0 0 9 9 re W n /{word} sh".encode())


@place
def usage_of_layers(pdf: Pdf, word: str) -> None:
    usage = Dictionary(
        CreatorInfo=Dictionary(Creator=word, Subtype=Name("/" + word)),
        Language=Dictionary(Lang=word),
        User=Dictionary(Type=Name.Ind, Name=word),
    )
    layer = pdf.make_indirect(Dictionary(Type=Name.OCG, Name="Layer", Usage=usage, Intent=Name("/" + word)))
    order = Array([word, layer])
    default = Dictionary(Order=order, Name=word, Creator=word, RBGroups=Array([Array([layer])]))
    pdf.Root["/OCProperties"] = Dictionary(OCGs=Array([layer]), D=default, Configs=Array([default]))
    add(
        pdf,
        f"/OC /{resource(pdf, 'Properties', layer)} BDC ".encode() + papers.line("Shown", y=220) + b" EMC",
    )


@place
def name_trees_and_dictionaries_of_the_catalog(pdf: Pdf, word: str) -> None:
    fit = Array([pdf.pages[0].obj, Name.Fit])
    script = Dictionary(S=Name.JavaScript, JS=word)
    leaf = Dictionary(Names=Array([word, fit]), Limits=Array([word, word]))
    names = {
        "Dests": Dictionary(Kids=Array([pdf.make_indirect(leaf)])),
        "JavaScript": Dictionary(Names=Array([word, script])),
        "AP": Dictionary(Names=Array([word, form(pdf, papers.line(word))])),
        "IDS": Dictionary(Names=Array([word, Dictionary(S=Name.SPS, ID=word)])),
        "URLS": Dictionary(Names=Array([word, Dictionary(S=Name.SIS, T=word)])),
        "Renditions": Dictionary(Names=Array([word, Dictionary(S=Name.MR, N=word)])),
    }
    pdf.Root["/Names"] = Dictionary({"/" + key: value for key, value in names.items()})
    pdf.Root["/Legal"] = Dictionary(Attestation=word)
    pdf.Root["/Perms"] = Dictionary(DocMDP=Dictionary(Type=Name.Sig, Reason=word, ContactInfo=word))
    pdf.Root["/Collection"] = Dictionary(
        Schema=Dictionary({"/" + word: Dictionary(N=word, Subtype=Name.S)}), D=word
    )
    pdf.Root["/Requirements"] = Array([Dictionary(S=Name.EnableJavaScripts, RH=Dictionary(Script=word))])
    pdf.Root["/SpiderInfo"] = Dictionary(V=1, C=Array([Dictionary(URL=word)]))
    pdf.Root["/URI"] = Dictionary(Base=word)
    pdf.Root["/Extensions"] = Dictionary({"/" + word: Dictionary(BaseVersion=Name("/1.7"), ExtensionLevel=3)})
    pdf.Root["/DSS"] = Dictionary(VRI=Dictionary({"/" + word: Dictionary(TU=word)}))
    pdf.Root["/DPartRoot"] = Dictionary(DPartRootNode=Dictionary(DPM=Dictionary(N=word)))
    pdf.Root["/Version"] = Name("/" + word)
    pdf.Root["/ViewerPreferences"] = Dictionary({"/Direction": Name("/" + word), "/" + word: True})


@place
def keys_of_a_page(pdf: Pdf, word: str) -> None:
    page = pdf.pages[0].obj
    page["/" + word] = 1
    page["/ID"], page["/LastModified"], page["/TemplateInstantiated"] = (
        String(word),
        String(word),
        Name("/" + word),
    )
    measure = Dictionary(Type=Name.Measure, R=word, X=Array([Dictionary(U=word)]))
    page["/VP"] = Array([Dictionary(BBox=Array([0, 0, 9, 9]), Name=word, Measure=measure)])
    page["/SeparationInfo"] = Dictionary(DeviceColorant=Name("/" + word))
    page["/BoxColorInfo"] = Dictionary({"/" + word: Dictionary(S=Name.S)})
    page["/Tabs"], page["/Trans"] = Name("/" + word), Dictionary(S=Name("/" + word))
    page["/Group"] = Dictionary({"/S": Name.Transparency, "/" + word: word, "/CS": Name.DeviceRGB})
    page["/Parent"]["/" + word] = String(word)


@place
def all_appearances_of_an_annotation(pdf: Pdf, word: str) -> None:
    states = Dictionary({"/" + word: form(pdf, papers.line(word)), "/Off": form(pdf, b"")})
    annotate(
        pdf,
        Subtype=Name.Widget,
        FT=Name.Btn,
        T="button",
        AS=Name.Off,
        AP=Dictionary(N=states, D=states, R=states),
        MK=Dictionary(CA=word, RC=word, AC=word, I=form(pdf, papers.line(word))),
        DA=String(f"/{word} 0 Tf"),
        DS=word,
        RV=word,
        NM=word,
        OC=Dictionary(Type=Name.OCMD, OCGs=Array([Dictionary(Type=Name.OCG, Name=word)])),
        AA=Dictionary(E=Dictionary(S=Name.Named, N=Name("/" + word))),
    )


@place
def rich_media(pdf: Pdf, word: str) -> None:
    stream = pdf.make_stream(
        word.encode(), Type=Name("/3D"), Subtype=Name.U3D, OnInstantiate=pdf.make_stream(word.encode())
    )
    annotate(pdf, Subtype=Name("/3D"), **{"3DD": stream, "3DV": Dictionary(XN=word)})
    content = Dictionary(Assets=Dictionary(Names=Array([word, Dictionary(F=word)])))
    annotate(pdf, Subtype=Name.RichMedia, RichMediaContent=content, Contents=word)


@place
def fields_without_widgets(pdf: Pdf, word: str) -> None:
    lone = pdf.make_indirect(
        Dictionary(
            FT=Name.Ch, T="choice", V=word, DV=word, TM=word, Opt=Array([Array([word, word])]), MaxLen=9
        )
    )
    parent = pdf.make_indirect(Dictionary(T=word, TU=word, V=word, FT=Name.Tx, Kids=Array([lone])))
    pdf.Root["/AcroForm"] = Dictionary(
        Fields=Array([parent]),
        DA=String(word),
        CO=Array([lone]),
        DR=Dictionary(Font=Dictionary({"/" + word: papers.helvetica()})),
    )


def _segments(*parts: tuple[int, bytes]) -> bytes:
    return b"".join(bytes([0xFF, kind]) + struct.pack(">H", len(data) + 2) + data for kind, data in parts)


@place
def all_segments_of_a_jpeg(pdf: Pdf, word: str) -> None:
    buffer = BytesIO()
    Image.new("RGB", (40, 40), (200, 10, 90)).save(buffer, "JPEG")
    data, text = buffer.getvalue(), word.encode()
    parts = [(kind, b"Exif\0\0" + text) for kind in (*range(0xE1, 0xED), 0xEF)] + [
        (0xFE, text),
        (0xED, b"Photoshop 3.0\0" + text),
    ]
    parts += [
        (0xE2, b"ICC_PROFILE\0\1\1" + profile(word)),
        (0xE0, b"JFXX\0" + text),
        (0xE0, b"JFIF\0\1\2\0\0\1\0\1\1\1" + text),
    ]
    image = picture(
        pdf, data[:2] + _segments(*parts) + data[2:-2] + b"\xff\xd9" + text, 40, 40, Filter=Name.DCTDecode
    )
    image["/ColorSpace"] = Name.DeviceRGB
    add(pdf, b"40 0 0 40 350 400 cm " + xobject(pdf, image))


@place
def boxes_of_a_jpeg_2000(pdf: Pdf, word: str) -> None:
    buffer = BytesIO()
    Image.new("RGB", (40, 40), (200, 10, 90)).save(buffer, "JPEG2000")
    data, text = buffer.getvalue(), word.encode()

    def box(kind: bytes, body: bytes) -> bytes:
        return struct.pack(">I4s", len(body) + 8, kind) + body

    extra = box(b"xml ", b"<a>" + text + b"</a>") + box(b"uuid", bytes(16) + text) + box(b"free", text)
    start = data.index(b"jp2c") - 4
    image = pdf.make_stream(
        data[:start] + extra + data[start:] + extra,
        Type=Name.XObject,
        Subtype=Name.Image,
        Width=40,
        Height=40,
        Filter=Name.JPXDecode,
    )
    add(pdf, b"40 0 0 40 300 400 cm " + xobject(pdf, image))


@place
def behind_a_fax(pdf: Pdf, word: str) -> None:
    out = BytesIO()
    Image.new("1", (64, 16), 1).save(out, "TIFF", compression="group4")
    with Image.open(out) as tiff:
        [start], [length] = tiff.tag_v2[273], tiff.tag_v2[279]
    fax = out.getvalue()[start : start + length]
    image = picture(pdf, fax + word.encode(), 64, 16, Filter=Name.CCITTFaxDecode)
    image["/BitsPerComponent"] = 1
    image["/DecodeParms"] = Dictionary({"/K": -1, "/Columns": 64, "/Rows": 16, "/" + word: word})
    add(pdf, b"64 0 0 16 250 400 cm " + xobject(pdf, image))


@place
def inside_of_an_inline_image(pdf: Pdf, word: str) -> None:
    add(
        pdf,
        b"16 0 0 16 200 400 cm BI /W 4 /H 4 /BPC 8 /CS /G /%s 1 ID " % word.encode() + b"\x80" * 16 + b"\nEI",
    )
    packed = zlib.compress(b"\x80" * 16 + word.encode())
    add(pdf, b"16 0 0 16 180 400 cm BI /W 4 /H 4 /BPC 8 /CS /G /F /Fl ID " + packed + word.encode() + b"\nEI")


@place
def keys_of_an_image(pdf: Pdf, word: str) -> None:
    image = picture(pdf, b"\x80" * 16, 4, 4)
    image["/" + word] = String(word)
    image["/Name"], image["/Intent"], image["/ID"] = Name("/" + word), Name("/" + word), String(word)
    image["/OPI"] = Dictionary({"/2.0": Dictionary(F=word)})
    image["/Measure"] = Dictionary(R=word)
    image["/SMask"] = picture(pdf, b"\x80" * 16 + word.encode(), 4, 4, Name=Name("/" + word))
    add(pdf, b"40 0 0 40 150 400 cm " + xobject(pdf, image))


@place
def behind_the_triangles_of_a_mesh(pdf: Pdf, word: str) -> None:
    vertices = b"".join(struct.pack(">BBBB", 0, x, y, 128) for x, y in ((0, 0), (255, 0), (0, 255)))
    mesh = pdf.make_stream(
        vertices + b"\0" + word.encode(),
        ShadingType=4,
        ColorSpace=Name.DeviceGray,
        BitsPerCoordinate=8,
        BitsPerComponent=8,
        BitsPerFlag=8,
        Decode=Array([0, 99, 0, 99, 0, 1]),
    )
    add(pdf, f"1 0 0 1 450 200 cm /{resource(pdf, 'Shading', mesh)} sh".encode())


@place
def keys_of_a_form(pdf: Pdf, word: str) -> None:
    made = form(
        pdf, papers.line("Someone", y=180), **{word: word, "Name": Name("/" + word), "LastModified": word}
    )
    made["/PieceInfo"] = Dictionary({"/" + word: Dictionary(Private=word)})
    made["/Ref"] = Dictionary(F=word, Page=word, ID=Array([word, word]))
    made["/PS"] = pdf.make_stream(word.encode())
    made["/Group"] = Dictionary(S=Name.Transparency, CS=Name.DeviceGray, X=word)
    made["/OPI"] = Dictionary({"/1.3": Dictionary(Comments=word)})
    add(pdf, xobject(pdf, made))


@place
def halftones_and_transfers(pdf: Pdf, word: str) -> None:
    state = Dictionary(
        Type=Name.ExtGState, HT=Dictionary(HalftoneType=5, HalftoneName=word), TR=Name("/" + word)
    )
    add(pdf, f"/{resource(pdf, 'ExtGState', state)} gs 72 160 m 300 160 l S".encode())


@place
def text_under_a_tag_of_its_own(pdf: Pdf, word: str) -> None:
    """Roles, classes, namespaces and identifiers of a structure tree."""
    page = pdf.pages[0].obj
    number = len(page["/Contents"]) if isinstance(page["/Contents"], Array) else 1
    add(pdf, b"/P <</MCID %d>> BDC %s EMC" % (number, papers.line("Someone", y=140)))
    space = Dictionary(Type=Name.Namespace, NS=word, RoleMapNS=Dictionary({"/" + word: Name.P}))
    element = Dictionary(Type=Name.StructElem, S=Name.P, Pg=page, K=number, R=1, NS=space)
    element["/ID"], element["/Phoneme"], element["/Ref"] = String(word), String(word), Array([word])
    element["/C"] = element["/PhoneticAlphabet"] = Name("/" + word)
    element["/A"] = Dictionary({"/O": Name("/" + word), "/Summary": word, "/Headers": Array([word])})
    element["/A"]["/" + word] = String(word)
    root = Dictionary(Type=Name.StructTreeRoot, K=Array([pdf.make_indirect(element)]))
    root["/ClassMap"], root["/IDTree"] = (
        Dictionary({"/" + word: Dictionary(O=Name.Layout)}),
        Dictionary(Names=Array([word, element])),
    )
    root["/RoleMap"], root["/Namespaces"] = Dictionary({"/" + word: Name.P}), Array([space])
    root["/PronunciationLexicon"] = Array([Dictionary(F=word)])
    pdf.Root["/StructTreeRoot"] = root


@place
def bookmarks_that_lead_elsewhere(pdf: Pdf, word: str) -> None:
    item = pdf.make_indirect(
        Dictionary(Title="The witness", A=Dictionary(S=Name.GoToR, F=word, D=word), SE=Dictionary(T=word))
    )
    pdf.Root["/Outlines"] = Dictionary(Type=Name.Outlines, First=item, Last=item, Count=1)
    annotate(
        pdf,
        Subtype=Name.Link,
        Dest=String(word),
        PA=Dictionary(S=Name.URI, URI=word),
        QuadPoints=Array([0] * 8),
    )
    annotate(pdf, Subtype=Name.Link, A=Dictionary(S=Name.Launch, F=word, Win=Dictionary(F=word, P=word)))
    annotate(pdf, Subtype=Name.Link, A=Dictionary(S=Name.SubmitForm, F=Dictionary(FS=Name.URL, F=word)))


@of_bytes
def comment_behind_the_header(data: bytes, word: str) -> bytes:
    return data.replace(b"\n", b"\n%" + word.encode() + b"\n", 1)


@of_bytes
def behind_the_end(data: bytes, word: str) -> bytes:
    return data + word.encode()


@of_bytes
def between_objects(data: bytes, word: str) -> bytes:
    return data.replace(b"endobj\n", b"endobj\n% " + word.encode() + b"\n")


@of_bytes
def in_the_trailer(data: bytes, word: str) -> bytes:
    return data.replace(b"trailer <<", b"trailer << /" + word.encode() + b" (" + word.encode() + b")")


@of_bytes
def an_earlier_revision(data: bytes, word: str) -> bytes:
    """The page is replaced by a later revision; the word's page stays in the file as nobody's object."""
    return data + b"\n99 0 obj (" + word.encode() + b") endobj\n" + data[data.rindex(b"startxref") :]
