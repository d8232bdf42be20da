"""Which accounts are nobody's at a bank, and the rows of forms in which a bank and a number stand."""

import re
from collections.abc import Iterator

_TOLL_FREE = re.compile(r"1[-. ]\(?8\d\d\)?[-. ]\d{3}[-. ]\d{4}")
_SAMPLE = re.compile(r"(\d)\1{5,16}|0{0,4}1234567(?:89?)?0?|987654321")
"""What stands for a number on a specimen."""
_OF_OTHERS = re.compile(
    r"\b(?:toxicology|labs?|laborator(?:y|ies)|suspense|clearing|property tax|alarm co(?:mpany|\.)?:?"
    r"|commissary|con ?ed(?:ison)?|entergy|evergy|eversource|comcast|xfinity|taxi|moorage|student|library"
    r"|(?:utility|power|electric|water|gas|internet|cable|energy|consumers) bill)"
    r"[ ,(]{1,3}(?:[A-Z][\w'&-]{1,15}[ ,]{1,2}){0,3}$",
    re.IGNORECASE,
)
"""Whose accounts are no bank's: a laboratory's, a ledger's, a utility's, a library's.
They stand right before the word for an account."""
_ROW = re.compile(
    r"^[ ]{0,12}(?:BANK|Bank|Checking|CHECKING)(?::[ ]|[ ]{2,24})[ ]{0,24}"
    r"[A-Z][\w.&'-]{0,15}(?:[ ][A-Z][\w.&'-]{0,15}){0,3},[ ]"
    r"#?(?P<figures>\d{2,6}(?:[ -]?\d{2,6}){1,4})(?=[ ]*$|[ ]{3})",
    re.MULTILINE,
)
_REACH = 48


def specimen(found: str, compact: str) -> bool:
    """Tell whether ``found`` is a number that anybody may call, or one that stands for a number."""
    return _TOLL_FREE.fullmatch(found) is not None or _SAMPLE.fullmatch(compact) is not None


def of_others(text: str, line: int, cue: int) -> bool:
    """Tell whether the account named at ``cue``, on the line at ``line``, is a laboratory's or a ledger's."""
    return _OF_OTHERS.search(text, max(line, cue - _REACH), cue) is not None


def bank_rows(text: str) -> Iterator["re.Match[str]"]:
    """Yield the rows of a form that a bank's name and a number fill: ``BANK   Harbor State, 0041177204``."""
    yield from _ROW.finditer(text)
