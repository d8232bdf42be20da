"""Font programs: what is copied of an embedded font, without its names and notices."""

import pikepdf

from redact.formats.pdf.objects import decoded, get, name_of, number


def clean_font_file(target: pikepdf.Pdf, key: str, source: object) -> pikepdf.Object:
    """Return the font program of a descriptor's ``key``."""
    made = target.make_stream(decoded(source))
    for name in ("Length1", "Length2", "Length3"):
        if get(source, name) is not None:
            made["/" + name] = int(number(get(source, name)))
    subtype = name_of(get(source, "Subtype"))
    if key == "FontFile3" and subtype in ("Type1C", "CIDFontType0C", "OpenType"):
        made["/Subtype"] = pikepdf.Name("/" + subtype)
    return made
