"""Numbers that a label says are nobody's identifier: of dockets, invoices, devices, businesses and licences.

A docket number is as long as a bank account. Beside its label nobody takes it for one, and so neither the
classifier nor a pattern that is not told by a label of its own may.
"""

import re
from functools import lru_cache

from recognizers.digits import only_digits, undamaged
from recognizers.reading import read
from recognizers.validity import routing
from recognizers.word_classes import listed, table

_FIRM = re.compile(r"\b([A-Z][a-z]{1,14}\.?)(?:[ ]&|,)")
"""The last word of the name of a firm, or the one before its "&"."""
_REACH = 72
"""Characters before a number in which its label stands."""
_TOKEN = re.compile(r"[\w/*.#'&-]{0,32}(?<=[\w/*#'&-])$")
"""What of a longer number stands before the part that was found."""
_SIBLINGS = re.compile(
    r"(?:[A-Za-z]{0,4}[-/]?\d[\w-]{0,20}(?:,[ ](?:and[ ]|or[ ])?|[ ](?:and|or|to|through|&)[ ])){1,6}$"
)
"""Numbers of the same label before this one."""
_GROUPS = re.compile(r"(?<!\S)(?:\d{1,5}[ ]){1,5}$")
"""Groups of digits that the number begins with."""
_LETTERS = re.compile(r"(?<![\w.-])(?<!-[ ])(?!RT|AC|ID|DL|CU|FCU|SSN|MRN)[A-Z]{1,3}[ ]$")
"""Letters that a number begins with, set apart from its digits."""
_LINK = re.compile(
    r"(?:[ \t]{0,3}(?:[:.#=(\[\"'-]|\b(?:no|nos|num|number|numbers|nbr|id|is|was|of)\b\.?)){0,5}[ \t]{0,24}$",
    re.IGNORECASE,
)
"""What stands between a label and its number."""
_SHORTENED = frozenset(
    re.findall(
        r"\S+",
        "no nos num nbr interp lic cert acct inv ref rcpt ck chk emp ser sec auth cust p.o po incl tel",
    )
)
"""Words before whose stop no sentence ends."""
_LICENCES = frozenset(
    {
        "license",
        "licenses",
        "licence",
        "lic",
        "certificate",
        "cert",
        "certification",
        "registration",
        "permit",
    }
)
_WORD = re.compile(r"[A-Za-z](?:[\w&'’/]|\.(?=[A-Za-z]))*")
_MOST_WORDS = 4
_VIN = re.compile(r"(?=(?:[A-Z]{0,16}\d){4})(?=\d{0,16}[A-Z])[A-HJ-NPR-Z0-9]{11}[A-HJ-NPR-Z0-9]{2}\d{4}")
"""A vehicle identification number (49 CFR 565): seventeen signs, the last four digits."""
_MAILED = re.compile(r"(?<!\w)[A-Z]{2}[ ]?(?:\d[ ]?){9}US(?!\w)")
"""The number of a piece of mail (Universal Postal Union, S10): two letters, nine digits, the country."""
_MAIL_REACH = 16
_LEDGER = re.compile(r"\d{1,4}(?:-\d{1,4}){4,7}")
"""An account of a general ledger: five or more short groups."""
_SHORTEST_CARD = 20
"""Signs of a card of five groups, hyphens among them."""
_INSURED = re.compile(
    r"\b(?:auto|car|vehicle|motor)\b(?:[ ]ins(?:urance)?\b)?[^\d\n]{0,24}\bpolicy\b[^\d\n]{0,20}$"
    r"|\bpolicy(?:'s|[ ]is)?[ ](?:auto|for the car)\b[^\d\n]{0,12}$",
    re.IGNORECASE,
)
"""The insurance of a car, with its insurer's name."""
_DOCKET = re.compile(
    r"(?:[A-Z]{1,4}-)?\d{0,4}(?:CIV|CV|CR|CRIM|FAM|PROB|JUV|UD)[A-Z]?-?\d\d(?:\d\d)?-\d{3,8}(?:-[A-Z\d]{1,3})?"
)
"""A docket of a court, by the letters of its division."""
_PLACEHOLDER = re.compile(r"(?=(?:[^#]{0,8}#){4})[#A-Z9 -]{4,24}")
"""A pattern of a number, such as ``###-##-####``: nobody's."""
_EXAMPLE = re.compile(
    r"(?:\bfor example|\be\.g\.|\bsuch as|\b(?:sample|example|specimen)s?:?),?[ ]"
    r"(?:[a-z]{1,3}[ ]){0,2}[\"'(]?$",
    re.IGNORECASE,
)
"""What stands before a number that is an example."""
_REST = re.compile(r"[\w/*#'&-]{0,32}")
_OWN_LABEL = re.compile(
    r"(?:[A-Za-z]{3,16}|R[xX]|PO)[ .:#]{1,3}(?:[A-Za-z.&'/-]{1,16}[ .:#]{1,3}){0,6}(?=\S{0,40}\d)"
)
_ALIEN = re.compile(
    r"A[- #]{0,2}\d{2,3}[- ]?\d{3}[- ]?\d{3}|\d{3}[- ]?\d{3}[- ]?\d{3}|[A-Z]{3}[- ]?\d[\d -]{9,13}"
    r"|\d{9}[A-Z\d]\d"
)
"""An A-number, the receipt of a petition, or an arrival record."""
_TELEPHONE = re.compile(r"(?:\+?1[-. ]?)?\(?[2-9]\d\d[)]?[-. ]{0,2}\d{3}[-. ]?\d{4}|\d{3}-\d{4}")
_NUMBERS = frozenset(
    {
        "CREDIT_CARD",
        "CARD_SECURITY_CODE",
        "US_BANK_NUMBER",
        "US_DRIVER_LICENSE",
        "US_PASSPORT",
        "ALIEN_NUMBER",
        "MEDICAL_ID",
        "PASSWORD",
        "PHONE_NUMBER",
        "US_SSN",
        "US_ITIN",
        "DATE_OF_BIRTH",
    }
)
"""Entities that another number can be taken for."""
_PASSPORT = frozenset({"passport"})
_TOLD_ALONE = frozenset({"US_SSN", "US_ITIN", "DATE_OF_BIRTH"})
"""Entities that their shape tells, whatever a form calls the box that they stand in."""
_HEADED_ROWS = 60
"""Rows under a heading that are looked through for it."""
_LONGEST_ROW = 600
_COLUMNS = re.compile(r"^.{0,80}\bcolumns?:[ ]", re.IGNORECASE)


@lru_cache(maxsize=1)
def _labels() -> tuple[dict[str, frozenset[str]], frozenset[str], frozenset[str]]:
    """The labels with the entities that each spares, the trades, and the words of firms."""
    lexicon = table("public_numbers")
    labels: dict[str, frozenset[str]] = {}
    for row in lexicon.values():
        if "spare" in row:
            spare = frozenset(row["spare"])
            for label in listed(row["labels"]):
                for form in {label, label.removesuffix(" id")}:
                    labels[form] = labels[form] & spare if form in labels else spare
    trades, firms = (frozenset(listed(lexicon[name]["labels"])) for name in ("trades", "firms"))
    return labels, trades, firms


def public_number(text: str, entity: str, start: int, end: int) -> bool:
    """Tell whether ``text[start:end]`` (normal form) is by its label or its shape no ``entity``."""
    if entity not in _NUMBERS:
        return False
    found, whole = text[start:end], _whole(text, start, end)
    if any(shape.fullmatch(whole) for shape in (_VIN, _DOCKET, _PLACEHOLDER)) or _mailed(text, start, end):
        return True
    if entity != "PASSWORD" and len(whole) < _SHORTEST_CARD and _LEDGER.fullmatch(whole):
        return True
    if entity in _TOLD_ALONE or _stands_alone(entity, found):
        return False
    if _EXAMPLE.search(text, max(0, start - _REACH), start):
        return True
    if entity == "US_PASSPORT" and read(text).named(start, _PASSPORT, _REACH):
        return False
    start = _past_label(text, start, end)
    if _INSURED.search(text, max(0, start - _REACH), start):
        return True
    return labelled(text, entity, start) or _headed(text, entity, start)


def _mailed(text: str, start: int, end: int) -> bool:
    """Tell whether ``text[start:end]`` stands in the number of a piece of mail."""
    around = _MAILED.finditer(text, max(0, start - _MAIL_REACH), end + _MAIL_REACH)
    return any(piece.start() <= start and end <= piece.end() for piece in around)


def _past_label(text: str, start: int, end: int) -> int:
    """Where the number begins, if words of its label were found with it."""
    label = _OWN_LABEL.match(text, start, end)
    return label.end() if label else start


def _whole(text: str, start: int, end: int) -> str:
    """The number with what stands before and behind it without a space."""
    before, after = _TOKEN.search(text, max(0, start - 32), start), _REST.match(text, end)
    return (before[0] if before else "") + text[start:end] + (after[0] if after else "")


def _stands_alone(entity: str, found: str) -> bool:
    """Tell whether the shape of ``found`` alone says more than a label before it."""
    digits = only_digits(found)
    return (
        (entity == "CREDIT_CARD" and 13 <= len(digits) <= 19)
        or (entity == "US_BANK_NUMBER" and routing(digits[:9]))
        or (entity == "ALIEN_NUMBER" and _ALIEN.fullmatch(found) is not None)
        or (entity == "PHONE_NUMBER" and _TELEPHONE.fullmatch(undamaged(found)) is not None)
    )


def labelled(text: str, entity: str, start: int) -> bool:
    """Tell whether a label before the number at ``start`` says that it is public, and no ``entity``."""
    before = text[max(0, start - _REACH) : start]
    before = before[before.rfind("\n") + 1 :]
    if token := _TOKEN.search(before):
        before = before[: token.start()]
    for more in () if entity == "CARD_SECURITY_CODE" else (_SIBLINGS, _GROUPS):
        if siblings := more.search(before):
            before = before[: siblings.start()]
    return any(_claims(part, entity) for part in {before, _LETTERS.sub("", before)})


def _claims(before: str, entity: str) -> bool:
    link = _LINK.search(before)
    words = _WORD.findall(before[: link.start()] if link else before)
    gap = before[link.start() :] if link else ""
    if not words or not before[: link.start() if link else None].rstrip().endswith(words[-1]):
        return False
    if ". " in gap and not re.search(r"(?i)\bn(?:o|os|um|br)\.", gap) and words[-1].lower() not in _SHORTENED:
        return False
    if words[-1].lower() in _LICENCES and of_trade(before):
        return True
    return _names(words, entity)


def _names(words: list[str], entity: str) -> bool:
    """Tell whether the last of ``words`` are a label."""
    labels, _, _ = _labels()
    lowered = [word.lower().replace("’", "'") for word in words[-_MOST_WORDS:]]
    for count in range(len(lowered), 0, -1):
        label = " ".join(lowered[-count:])
        spare = labels.get(label)
        if spare is None:
            spare = labels.get(label.removesuffix("s"))
        if spare is not None:
            return entity not in spare
    return False


def of_trade(before: str) -> bool:
    """Tell whether a license that ``before`` ends with is that of a business or a profession.

    Its trade stands right before it, or the name of the firm, set off by a comma.
    """
    _, trades, firms = _labels()
    words = [word.lower().replace("’", "'").removesuffix("'s") for word in _WORD.findall(before)]
    if words and words[-1] in _LICENCES:
        words.pop()
    near = {" ".join(words[-count:]) for count in (1, 2)}
    if not trades.isdisjoint(near | {word.removesuffix("s") for word in near}):
        return True
    named = {word.lower().removesuffix("s") for word in _FIRM.findall(before)}
    return not firms.isdisjoint(named)


def _headed(text: str, entity: str, start: int) -> bool:
    """Tell whether the heading of the number's column in a delimited table is such a label."""
    line = text.rfind("\n", 0, start) + 1
    mark, heading = _heading(text, line)
    if not mark:
        return False
    words = _WORD.findall(heading[_fields(text[line:start], mark)].replace("_", " "))
    return bool(words) and _names(words, entity)


@lru_cache(maxsize=64)
def _heading(text: str, line: int) -> tuple[str, list[str]]:
    """The delimiter of the row at ``line`` and the headings of its columns; nothing if it has none."""
    row = text[line : line + _LONGEST_ROW].split("\n")[0]
    mark = max(",|\t;", key=row.count)
    above = line
    for _ in range(_HEADED_ROWS if row.count(mark) > 2 and len(row) < _LONGEST_ROW else 0):
        if above == 0:
            break
        last, above = above - 1, text.rfind("\n", max(0, above - _LONGEST_ROW), above - 1) + 1
        heading = text[above:last]
        told = _COLUMNS.match(heading)
        heading = heading[told.end() :] if told else heading
        named = told or not any(character.isdigit() for character in heading)
        if named and heading.count(mark) == _fields(row, mark):
            return mark, heading.split(mark)
    return "", []


def _fields(row: str, mark: str) -> int:
    """How many delimiters stand in ``row`` outside quotes."""
    return sum(part.count(mark) for part in row.split('"')[::2])
