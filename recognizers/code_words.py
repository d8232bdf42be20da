"""Words and codes that let somebody in, as people tell them: words to fetch a child, codes that were told."""

import re
from collections.abc import Iterator

from recognizers.leads import led

_WORDS = led(
    r"\b(?:pick-?up|release|code|duress|safe|security|cancel|transfer|verbal|emergency|dismissal|pass)[ -]?"
    r"(?:word|phrase|password)"
    r"(?:[ ](?:on|by|over)[ ](?:the[ ])?phone[ ]{1,3}"
    r"|[ ]if[ ](?:they|we|you|anyone)[ ](?:phone|call)s?[ ]{1,3}"
    r"|(?:[ ](?:on|at|for|if|when|to)[ ][^\n:;.]{1,56})?(?:[ ]?[:=][ ]{1,3}|[ ]{2,12}))"
    r"(?P<value>[a-z][\w'-]{2,20}(?:[ ][a-z][\w'-]{1,20}){0,2})(?=[ ]*(?:\n|\Z|[.,;)]))",
    r"(?:pick-?up|release|code|duress|safe|security|cancel|transfer|verbal|emergency|dismissal|pass)"
    r"(?=[ -]?(?:word|phrase|password))",
    re.IGNORECASE,
)
_TOLD = led(
    r"\bpassword[ ]if[ ](?:they|we|you|anyone)[ ](?:phone|call)s?[ ]{1,3}(?P<value>[a-z][\w'-]{3,20})"
    r"(?=[ ]*(?:\n|\Z|[.,;)]))",
    r"password(?= if)",
    re.IGNORECASE,
)
_ASKED = led(
    r"(?:(?:(?<=\ba[ ])|(?<=\bthe[ ])|(?<=\bhis[ ])|(?<=\bher[ ])|(?<=\bour[ ]))"
    r"(?:code|pass)[ -]?word,[ ](?:it[ ]is[ ]|it's[ ])?"
    r"|\b(?:wants|needs|asks[ ]for)[ ]the[ ]word,[ ](?:it[ ]is|it's)[ ])"
    r"(?P<value>\"[^\"\n]{2,20}\""
    r"|[a-z][\w'-]{2,20}(?:[ ][a-z][\w'-]{1,20})?(?=[.,;)\n]|\Z))",
    r"(?:code|pass)(?=[ -]?word,)|(?:wants|needs|asks for)(?= the word,)",
    re.IGNORECASE,
)
"""The word by which a caller or an alarm's owner is known."""
_WORD = led(
    r"\bword:[ ]{1,4}(?P<value>\"[^\"\n]{2,20}\"|[\w'-]{3,20}(?=[ ]*(?:\n|\Z)|[ ]{2}))",
    r"word(?=: )",
    re.IGNORECASE,
)
_ALARM = led(
    r"(?<=[a-z,;:)][ ])alarm[ ](?P<value>\d{4,6}[#*]?)(?![\w-]|[./:]\d)", r"alarm(?= \d)", re.IGNORECASE
)
_SET = led(
    r"\balarm[ ](?P<value>\d{4,6})[ ](?:re)?(?:set|armed|disarmed|off)\b", r"alarm(?= \d)", re.IGNORECASE
)
_GIVEN = led(
    r"\bkeypad\b[^.;\n]{0,60}\b(?:gave|told|texted)[ ](?:me|us|him|her|them)[ ]"
    r"(?P<value>\d{4,6})\b(?![-./]\d)",
    r"keypad",
    re.IGNORECASE,
)
_THEN = led(
    r"\b(?:call ?box|buzzer|intercom|dial|press|enter)[ ][#*]?\d{1,5},?[ ]then[ ]"
    r"(?P<value>[#*]\d{3,6}|\d{3,6}[#*])(?!\w)",
    r"call ?box|buzzer|intercom|dial|press|enter",
    re.IGNORECASE,
)
_MAILBOX = led(
    r"\b(?:mailbox|voice ?mail)[ ](?:access|passcode)(?:[ ](?:is|code))?[: ]{1,3}"
    r"(?P<value>\d{4,8})\b(?![-./]\d)",
    r"mailbox|voice ?mail",
    re.IGNORECASE,
)
_NUMBER = r"(?P<value>\d{4,6}[#*]?|\d(?:-\d){2,5}[#*]?)(?![\w-]|[./,]\d)"
_PLACE = (
    r"[ ](?:by|on|at|near|under|behind|beside|outside|in|for|to)[ ](?:the[ ]|his[ ]|her[ ]|their[ ])?"
    r"\w+(?:[ ]\w+){0,3}"
)
_BOX = led(
    rf"\b(?:(?:(?:key|pad)?lock ?box|key ?pad|pad){_PLACE}|key ?(?:box|safe|pad))(?:[ ]is)?,?[ :]{{1,3}}"
    rf"{_NUMBER}",
    r"keylock|padlock|lock ?(?=box)|key ?(?=box|safe|pad)|pad\b",
    re.IGNORECASE,
)
_FOR = led(
    rf"\bcodes?[ ]for[ ](?:the[ ])?[\w'-]+(?:[ ][\w'-]+){{0,3}}(?:,|[ ]is|[ ]was)[ ]{_NUMBER}",
    r"codes?(?= for )",
    re.IGNORECASE,
)
_CREW = led(
    rf"\b(?:gate|door|alarm|lock(?:er|box)?|shed|safe|key ?pad)\b[^\n.;:]{{0,24}}[ ,]code[ ]for[ ](?:the[ ])?"
    rf"[a-z'-]+(?:[ ][a-z'-]+){{0,2}}[ ]{_NUMBER}",
    r"gate|door|alarm|lock|shed|safe|key ?pad",
    re.IGNORECASE,
)
_NOW = led(
    rf"\bcodes?\b[^.;\n]{{0,60}}(?:[.;][ ][^.;\n]{{0,30}})?\bnow[ ](?:is[ ]|takes[ ])?{_NUMBER}",
    r"codes?\b",
    re.IGNORECASE,
)
_NAMED = led(
    r"\b(?:camera|door|gate|wi-?fi|alarm|entry|lock|login|guest|app|dvr|access)s?(?:'s)?[ ]code"
    r"(?:[ ]is|[ ]was)?[,:]?[ ](?P<value>[a-z]{3,12}\d{2,6}|\d{2,6}[a-z]{1,3})\b",
    r"camera|door|gate|wi-?fi|alarm|entry|lock|login|guest|app|dvr|access",
    re.IGNORECASE,
)
_CODES = led(
    r"\b(?:gate|door|alarm|lock(?:er|box)?|entry|key ?pad|access|rest ?room|building|safe)[ ]codes\b"
    r"[^\n:]{0,30}:[ ]{1,4}(?P<list>[^\n]{4,160})",
    r"gate|door|alarm|lock|entry|key ?pad|access|rest ?room|building|safe",
    re.IGNORECASE,
)
_LISTED = re.compile(
    r"(?<![\w-])[A-Za-z][\w ]{0,20}?[ ,=]{1,3}(?P<value>[#*]?\d{3,6}[#*]?)"
    r"(?=[ ]{2}|[ ]?[,;/|]|[ ]?\.?$|[ ][A-Z])"
)
_HANDED = led(
    r"\bcode[ ](?:rec'?d|received|given|obtained|provided)\b[^.;\n\d]{0,24}[ ]" + _NUMBER,
    r"code(?= (?:rec|giv|obt|prov))",
    re.IGNORECASE,
)
_TOGETHER = led(
    r"(?P<value>\b\d(?:[ ]?(?:-|and|&|,|\+)[ ]?\d){1,2}[ ]together(?:,?[ ](?:then[ ]|and then[ ]|plus[ ])?"
    r"\d(?:[ ,-]{1,2}\d){0,3})?)(?![\w/%]|[-.,:]\d)",
    r"\d(?=[\d ,+&and-]{1,12}together)",
    re.IGNORECASE,
)
"""The buttons of a mechanical lock, some of them pressed at once."""
_OPENED = led(
    r"\b(?:opens?|opened|unlocks?)[ ](?:with|on)[ ]"
    r"(?P<value>[\"']?(?:[#*]?\d{3,6}[#*]?|\d(?:-\d){2,5})[\"']?)"
    r"(?![\w/%]|[-.,:]\d|[ ][A-Z])",
    r"opens?|opened|unlocks?",
    re.IGNORECASE,
)
_RECOVERY = re.compile(r"(?<![\d-])(?P<value>\d{6}(?:-\d{6}){3,7})(?![\d-])")
"""The key by which an encrypted disk is opened again."""
_TELLING = (
    _ALARM,
    _SET,
    _GIVEN,
    _THEN,
    _MAILBOX,
    _BOX,
    _FOR,
    _CREW,
    _NOW,
    _NAMED,
    _HANDED,
    _TOGETHER,
    _OPENED,
    _RECOVERY,
)
"""The ways in which a code is told without a list."""
_NO_WORD = frozenset(
    re.findall(
        r"\S+",
        "none yes no see same on given asked required verified ok okay n/a tbd declined pending "
        "refused set used changed unknown blank attached with by is was not held kept sealed the and "
        "for or if to shall must may never please added removed reset expired new old who what not "
        "redacted withheld confirmed given correct wrong failed passed matched left printed shown "
        "below above in policy policies rules",
    )
)
"""Words that say of a code word whether there is one."""


def told_words(text: str) -> Iterator["re.Match[str]"]:
    """Yield the words that somebody says to be let in: ``Pickup word: blue kettle``."""
    for pattern in (_WORDS, _TOLD, _ASKED, _WORD):
        for match in pattern.finditer(text):
            if match["value"].strip('"').lower().split(" ")[0] not in _NO_WORD:
                yield match


def told_codes(text: str) -> Iterator["re.Match[str]"]:
    """Yield the codes that are told without a word for a code: ``Alarm 0613 set``."""
    for pattern in _TELLING:
        yield from pattern.finditer(text)
    for listing in _CODES.finditer(text):
        yield from _LISTED.finditer(text, *listing.span("list"))
