"""Logins as they are written down: name and password with a slash, in rows of a dump, turns of a dial."""

import re
from collections.abc import Iterator

from recognizers.leads import led

STRANGE = re.compile(r"(?=\S*[A-Za-z])(?=\S*\d)(?=\S*(?:[a-z]\S*[A-Z]|[A-Z]\S*[a-z]|[^\sA-Za-z0-9]))\S{6,}")
"""A word of letters and digits in both cases or with marks, as no ordinary word is."""
_NAMED = re.compile(
    r"(?<![\w/.])(?:root|admin|administrator|apc|ubnt|pi|cisco|operator|guest|sa)[ ]{0,2}/[ ]{0,2}"
    r"(?P<value>(?![A-Z])[^\s/,;)]{2,30}[^\s/,;.)])(?![\w/])"
)
_PAIR = re.compile(
    r"(?<![\w/.@-])[A-Za-z][\w.@-]{1,30}[ ]{1,2}/[ ]{1,2}(?P<value>[^\s/,;)]{5,40}[^\s/,;.)])(?![\w/])"
)
_PASS = led(
    r"(?<!eason )(?<!day )(?<!bus )\b[Pp]ass[ ]?[:=]?[ ](?P<value>[\w!@#$%^&*+=?~.-]{5,40}[\w!#$%*])(?!\S*/)",
    r"pass(?=[ ]?[:=]?[ ])",
)
_ROW = re.compile(
    r"^[ \t>+-]{0,8}[A-Za-z][\w.@-]{2,30}(?:[ ]{1,2}:[ ]|[ ]{3,}"
    r"|\t)(?:\(\w+\), then[ ])?(?P<value>\S{5,40})(?=$|[ ]{2,})",
    re.MULTILINE,
)
_TYPE = re.compile(
    r"(?:(?:var|n)?char2?|varchar2?|nvarchar|int|integer|smallint|bigint|tinyint|dec|decimal|numeric|number|float"
    r"|double|date|datetime|time|timestamp|bool|boolean|text|clob|blob|bit|enum|money|uuid|string)"
    r"(?:\(\d{1,5}(?:,\d{1,3})?\))?,?",
    re.IGNORECASE,
)
"""The type of a field, as a data dictionary has it."""
_DUMPED = led(
    r"\b(?:credentials?|phish\w*|harvest\w*|passwords?|logged in clear|creds|logins?)\b",
    r"credential|phish|harvest|password|logged in clear|creds|login",
    re.IGNORECASE,
)
_TURN = (
    r"(?:(?:\w{3,6} times?[ ])?(?:left|right)(?:[ ]to)?[ ]\d{1,2}|\d{1,2}[ ](?:left|right|backwards?|back))"
)
_TURNS = led(
    rf"(?:turn to[ ]\d{{1,2}}[ ,]{{1,3}}(?:then[ ])?)?{_TURN}(?:[ ,;]{{1,3}}(?:then[ ])?(?:\w{{3,6}}[ ])?"
    rf"(?:{_TURN}|(?:left|right)[ ]to[ ](?:\d{{1,2}}|stop)|\d{{1,2}}\b)){{1,5}}",
    r"\w(?=\w{2,5} times? (?:left|right))|turn(?= to \d)|left|right|\d(?=\d? (?:left|right|back))",
    re.IGNORECASE,
)
_LOCKED = re.compile(
    r"\b(?:safe|vault|box|drawer|locker|lock|combo\w*|combination|dial|cabinet|fireproof|mosler)\b",
    re.IGNORECASE,
)
_COINED = re.compile(
    r"(?<![\w@./:#$&-])(?P<value>[A-Z][a-z]{2,12}(?:[-_.]?[A-Z]?[a-z]{1,12}){0,3}(?:[-_.]\d{1,4}[!#$*?]?|\d{2,4}[!#$*?]?|\d[!#$*])"
    r"|[A-Za-z]{2,14}(?:[-_.][A-Za-z0-9]{2,14}){1,3}[!#$*]|[A-Z]{2,6}-[a-z]{2,10}-\d{1,4})(?![\w@/-]|[.]\w)"
)
_PUBLIC = re.compile(
    r"(?:covid|title|station|unit|item|room|exhibit|form|page|measure|prop|version|windows|office|phase"
    r"|district|zone"
    r"|[a-z]{3,9}day|jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]{0,6}[-_.]?\d+",
    re.IGNORECASE,
)


def pairs(text: str) -> Iterator["re.Match[str]"]:
    """Yield the passwords behind a login name and a slash."""
    yield from _NAMED.finditer(text)
    for match in _PAIR.finditer(text):
        if STRANGE.fullmatch(match["value"]):
            yield match


def passed(text: str) -> Iterator["re.Match[str]"]:
    """Yield the strange words behind ``pass``: ``user station2, pass Marsh!Fern21``."""
    for match in _PASS.finditer(text):
        if STRANGE.fullmatch(match["value"]) and match["value"][0] != "-":
            yield match


def dumped(text: str) -> Iterator["re.Match[str]"]:
    """Yield the passwords of three or more rows of name and password, most of them strange."""
    if not _DUMPED.search(text):
        return
    block: list[re.Match[str]] = []
    for match in _ROW.finditer(text):
        if block and text.count("\n", block[-1].end(), match.start()) > 2:
            yield from _mostly_strange(block)
            block = []
        block.append(match)
    yield from _mostly_strange(block)


def _mostly_strange(block: list["re.Match[str]"]) -> list["re.Match[str]"]:
    strange = sum(STRANGE.fullmatch(match["value"]) is not None for match in block)
    if 2 * sum(_TYPE.fullmatch(match["value"]) is not None for match in block) > len(block):
        return []
    return block if len(block) > 2 and 2 * strange > len(block) else []


def turns(text: str) -> Iterator["re.Match[str]"]:
    """Yield the turns of a dial: ``left 4, right 22``, near a word for what it opens."""
    for match in _TURNS.finditer(text):
        if _LOCKED.search(text, max(0, match.start() - 120), match.end() + 20):
            yield match


def coined(text: str, start: int, end: int) -> Iterator["re.Match[str]"]:
    """Yield the words between ``start`` and ``end`` that are coined as passwords are: ``Heron-Quay-31``."""
    for match in _COINED.finditer(text, start, min(end, len(text))):
        if not _PUBLIC.fullmatch(match["value"]):
            yield match
