"""Numbers as a cell shows them, as far as that makes text to search (ECMA-376, part 1, 18.8.30)."""

import re
from datetime import datetime, timedelta
from decimal import Decimal

BUILT_IN = {
    **{0: "General", 1: "0", 2: "0.00", 3: "#,##0", 4: "#,##0.00", 9: "0%", 10: "0.00%", 11: "0.00E+00"},
    **{
        12: "# ?/?",
        13: "# ??/??",
        14: "m/d/yyyy",
        15: "d-mmm-yy",
        16: "d-mmm",
        17: "mmm-yy",
        18: "h:mm AM/PM",
    },
    **{19: "h:mm:ss AM/PM", 20: "h:mm", 21: "h:mm:ss", 22: "m/d/yyyy h:mm", 37: "#,##0", 38: "#,##0"},
    **{39: "#,##0.00", 40: "#,##0.00", 45: "mm:ss", 46: "h:mm:ss", 47: "mm:ss", 48: "0.00E+00", 49: "@"},
}
"""Formats by their number (18.8.30), where they look the same in the United States."""

_LONGEST = 1e20
_LITERAL = re.compile(r'"[^"]*"|\\.|_.|\*.|\[[^\]]*\]')
_MASK = re.compile(r'(?:0|\\.|"[^"]*"|[-() /.])+')


def shown(raw: str, code: str, *, from_1904: bool) -> str:
    """Return the number ``raw`` as a cell of format ``code`` shows it: dates as month/day/year, masks such as
    ``000-00-0000`` filled in; any other number in full."""
    try:
        number = float(raw)
    except ValueError:
        return raw
    first = code.split(";")[0]
    if is_date(first) and 0 <= number < 2_958_466:
        return _date(number, first, from_1904)
    if abs(number) < _LONGEST and number == int(number):
        digits = str(int(Decimal(raw)))
        return _masked(digits, first) if number >= 0 and _is_mask(first) else digits
    return repr(number)


def is_date(code: str) -> bool:
    """Whether a format shows dates or times."""
    return bool(re.search(r"[ymdhs]", _LITERAL.sub("", code), re.IGNORECASE)) and code != "General"


def written_format(code: str) -> int:
    """Return the number of the built-in format that is written in place of ``code``."""
    first = code.split(";")[0]
    if is_date(first):
        bare = _LITERAL.sub("", first).lower()
        return (22 if "h" in bare else 14) if "y" in bare or "d" in bare else 21
    plain = _LITERAL.sub("", first)
    for number in (10, 9, 4, 2, 3):
        if BUILT_IN[number].replace("#,##", "") in plain and ("," in BUILT_IN[number]) == ("," in plain):
            return number
    return 0


def is_plain(code: str) -> bool:
    """Whether a format adds no text of its own to a number."""
    first = code.split(";")[0]
    return not _is_mask(first) and not re.search(r'"[^"]*[\w][^"]*"|\\\w', code)


def _is_mask(code: str) -> bool:
    return code.count("0") >= 4 and _MASK.fullmatch(code) is not None and not re.fullmatch(r"0*\.?0*", code)


def _masked(digits: str, code: str) -> str:
    pieces = re.findall(r'0|\\.|"[^"]*"|.', code)
    digits = digits.rjust(pieces.count("0"), "0")
    overflow = len(digits) - pieces.count("0")
    out, position = [], 0
    for piece in pieces:
        if piece == "0":
            take = 1 + (overflow if position == 0 else 0)
            out.append(digits[position : position + take])
            position += take
        else:
            out.append(piece[1:] if piece.startswith("\\") else piece.strip('"'))
    return "".join(out)


def _date(number: float, code: str, from_1904: bool) -> str:
    # The 1900 system counts a day that never was, 29 February 1900.
    epoch = datetime(1904, 1, 1) if from_1904 else datetime(1899, 12, 30 if number >= 60 else 31)
    moment = epoch + timedelta(days=number)
    bare = _LITERAL.sub("", code).lower()
    day, time = f"{moment:%m/%d/%Y}", f"{moment:%H:%M}"
    if not re.search("[yd]", bare):
        return time if re.search("[hs]", bare) else day
    return f"{day} {time}" if "h" in bare else day
