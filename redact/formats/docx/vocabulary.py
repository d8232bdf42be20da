"""The WordprocessingML that survives: names of properties and the words that their values may be.

Source: ECMA-376, part 1, chapter 17. Whatever is not listed here is dropped, so that no attribute of a
written document can hold free text: numbers, colours, words of the standard, and nothing else.
"""

import re

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"


def words(text: str) -> frozenset[str]:
    """Return the words of ``text``."""
    return frozenset(text.split())


PROPERTIES = words(  # Paragraphs 17.3.1, runs 17.3.2, tables 17.4, sections 17.6, styles 17.7, lists 17.9.
    """
    keepNext keepLines pageBreakBefore widowControl numPr ilvl numId suppressLineNumbers pBdr top left
    start bottom right end between bar shd tabs tab suppressAutoHyphens kinsoku wordWrap overflowPunct
    topLinePunct autoSpaceDE autoSpaceDN bidi adjustRightInd snapToGrid spacing ind contextualSpacing
    mirrorIndents jc textDirection textAlignment outlineLvl pStyle rPr pPr rStyle rFonts b bCs i iCs
    caps smallCaps strike dstrike outline shadow emboss imprint color w kern position sz szCs highlight
    u effect bdr fitText vertAlign rtl cs em tblStyle bidiVisual tblStyleRowBandSize tblStyleColBandSize
    tblW tblCellSpacing tblInd tblBorders insideH insideV tblLayout tblCellMar tblLook cantSplit
    tblHeader trHeight gridBefore gridAfter wBefore wAfter tcW gridSpan vMerge hMerge tcBorders tl2br
    tr2bl noWrap tcMar tcFitText vAlign hideMark gridCol footnotePr endnotePr numFmt numStart numRestart
    pos type pgSz pgMar pgBorders lnNumType pgNumType cols col noEndnote titlePg rtlGutter basedOn next
    link uiPriority semiHidden unhideWhenUsed qFormat rPrDefault pPrDefault tblStylePr tblPr trPr tcPr
    multiLevelType lvl lvlRestart isLgl suff lvlJc abstractNumId lvlOverride startOverride
    """
)

WORDS = words(
    """
    true false on off auto none nil clear left right center both start end top bottom middle inside
    outside distribute mediumKashida highKashida lowKashida thaiDistribute numTab lrTb tbRl btLr lrTbV
    tbRlV tbLrV baseline superscript subscript page margin text char line column paragraph single thick
    double dotted dashed dotDash dotDotDash triple thinThickSmallGap thickThinSmallGap
    thinThickThinSmallGap thinThickMediumGap thickThinMediumGap thinThickThinMediumGap thinThickLargeGap
    thickThinLargeGap thinThickThinLargeGap wave doubleWave dashSmallGap dashDotStroked threeDEmboss
    threeDEngrave outset inset words dottedHeavy dash dashedHeavy dashLong dashLongHeavy dashDotHeavy
    dashDotDotHeavy wavyHeavy wavyDouble solid horzStripe vertStripe reverseDiagStripe diagStripe
    horzCross diagCross thinHorzStripe thinVertStripe pct5 pct10 pct12 pct15 pct20 pct25 pct30 pct35
    pct37 pct40 pct45 pct50 pct55 pct60 pct62 pct65 pct70 pct75 pct80 pct85 pct87 pct90 pct95 black blue
    cyan green magenta red yellow white darkBlue darkCyan darkGreen darkMagenta darkRed darkYellow
    darkGray lightGray dxa pct exact atLeast fixed autofit num bar decimal portrait landscape nextPage
    nextColumn continuous evenPage oddPage eachPage eachSect sectEnd docEnd pageBottom beneathText
    textWrapping all first even default newPage newSection restart continue hyphen period colon emDash
    enDash middleDot dot heavy underscore upperRoman lowerRoman upperLetter lowerLetter ordinal
    cardinalText ordinalText bullet decimalZero chicago decimalEnclosedCircle space tab nothing
    singleLevel multilevel hybridMultilevel character table numbering wholeTable firstRow lastRow
    firstCol lastCol band1Vert band2Vert band1Horz band2Horz neCell nwCell seCell swCell begin separate
    separator continuationSeparator preserve
    """
)

FONTS = frozenset(
    {
        *("Aptos", "Aptos Display", "Arial", "Arial Black", "Arial Narrow", "Bahnschrift", "Book Antiqua"),
        *("Bookman Old Style", "Calibri", "Calibri Light", "Cambria", "Cambria Math", "Candara", "Carlito"),
        *(
            "Caladea",
            "Century",
            "Century Gothic",
            "Century Schoolbook",
            "Comic Sans MS",
            "Consolas",
            "Constantia",
        ),
        *(
            "Corbel",
            "Courier",
            "Courier New",
            "DejaVu Sans",
            "DejaVu Sans Mono",
            "DejaVu Serif",
            "Franklin Gothic",
        ),
        *("Garamond", "Georgia", "Gill Sans MT", "Helvetica", "Impact", "Liberation Mono", "Liberation Sans"),
        *(
            "Liberation Serif",
            "Lucida Console",
            "Lucida Sans",
            "MS Gothic",
            "MS Mincho",
            "Noto Sans",
            "Noto Serif",
        ),
        *(
            "Open Sans",
            "Palatino Linotype",
            "Roboto",
            "Segoe UI",
            "Segoe UI Symbol",
            "SimSun",
            "Symbol",
            "Tahoma",
        ),
        *("Times", "Times New Roman", "Trebuchet MS", "Verdana", "Webdings", "Wingdings", "Wingdings 2"),
        "Wingdings 3",
    }
)

STYLE_NAMES = frozenset(
    {
        *(
            "Normal",
            "Title",
            "Subtitle",
            "header",
            "footer",
            "Table Grid",
            "Normal Table",
            "No List",
            "Hyperlink",
        ),
        *(
            "List Paragraph",
            "Body Text",
            "Body Text 2",
            "Body Text 3",
            "Body Text Indent",
            "caption",
            "Quote",
        ),
        *("Intense Quote", "Strong", "Emphasis", "footnote text", "footnote reference", "endnote text"),
        *(
            "endnote reference",
            "page number",
            "Default Paragraph Font",
            "No Spacing",
            "TOC Heading",
            "Plain Text",
        ),
        *("List", "List Bullet", "List Number", "List Continue", "macro", "annotation text", "Balloon Text"),
        *(f"heading {level}" for level in range(1, 10)),
        *(f"toc {level}" for level in range(1, 10)),
    }
)
"""Names of built-in styles by which programs know headings and the like; other styles get a number."""

FIELDS_KEPT = frozenset({"PAGE", "NUMPAGES", "SECTIONPAGES"})
"""Fields that are written again, since a page number must stay one; all others become their results."""
FIELDS_SILENT = words(
    """
    ADVANCE ASK BOOKMARK COMMENTS MERGEFIELD NEXT NEXTIF SKIPIF PRIVATE RD SET TA TC TOC XE DATABASE REF
    PAGEREF HYPERLINK FORMTEXT FORMCHECKBOX FORMDROPDOWN
    """
)
"""Fields that show nothing where they have no result."""

_MEASURE = re.compile(r"-?\d{1,6}(\.\d{1,4})?(%|pt|in|cm|mm|pc|pi)?|[0-9A-Fa-f]{6}")
_LEVEL_TEXT = re.compile(
    r"(%[1-9]|[\s.()\[\]:;,/–—-])*|[\W_]|[\ue000-\uf8ff]|o|Section %[1-9]\.?|Article %[1-9]\.?"
)


def allowed(value: str) -> bool:
    """Whether an attribute's value is a number, a measure, a colour or a word of the standard."""
    return value in WORDS or _MEASURE.fullmatch(value) is not None


def plain_level(text: str) -> bool:
    """Whether the text of a numbering level is numbers with punctuation or a bullet."""
    return _LEVEL_TEXT.fullmatch(text) is not None
