"""Control words of rich text (RTF 1.9.1): what stands for characters, breaks and destinations."""

MARKS = {
    **dict.fromkeys(("par", "sect", "page", "column", "softline"), "par"),
    **{"line": "line", "lbr": "line", "tab": "tab", "cell": "cell", "nestcell": "cell", "row": "row"},
    "nestrow": "row",
}
CHARACTERS = {
    **{"emdash": "—", "endash": "–", "lquote": "‘", "rquote": "’", "ldblquote": "“", "rdblquote": "”"},
    **{"bullet": "•", "emspace": "\u2003", "enspace": "\u2002", "qmspace": "\u2005"},
}


def _words(text: str) -> frozenset[str]:
    return frozenset(text.split())


VISIBLE = _words(
    """
    rtf field fldrslt footnote ftnalt shp shptxt do dptxbxtext pntext listtext result pn ud upr
    bkmkstart
    """
)
MARGINS = frozenset(f"{kind}{pages}" for kind in ("header", "footer") for pages in ("", "l", "r", "f"))
LOOKS = _words(
    """
    colortbl stylesheet listtable listoverridetable rsidtbl generator themedata colorschememapping
    datastore latentstyles pgptbl filetbl lsdlockedexcept defchp defpap wgrffmtfilter xmlnstbl
    mmathPr nonesttables
    """
)
"""Destinations that hold looks only; not written, not searched."""
SKIPPED = _words(
    """
    info author title subject keywords doccomm operator company manager category hlinkbase comment
    fldinst annotation atnid atnauthor atndate atnref atrfstart atrfend revtbl userprops propname
    staticval docvar bkmkstart bkmkend shpinst sp sn sv template datafield formfield ffname
    ffdeftext ffstattext ffhelptext tc xe rxe txe protusertbl xmlopen xmlattrname xmlattrvalue
    mailmerge private passwordhash creatim revtim printim buptim ftnsep ftnsepc ftncn aftnsep
    aftnsepc aftncn nextfile fontemb fontfile falt panose
    """
)
"""Destinations that are searched and not written."""
CODEPAGES = {
    **{0: "cp1252", 1: "cp1252", 77: "mac_roman", 128: "cp932", 129: "cp949", 134: "gbk", 136: "big5"},
    **{
        161: "cp1253",
        162: "cp1254",
        163: "cp1258",
        177: "cp1255",
        178: "cp1256",
        186: "cp1257",
        204: "cp1251",
    },
    **{222: "cp874", 238: "cp1250", 255: "cp437"},
}
SYMBOL = 2
