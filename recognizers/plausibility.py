"""Whether an identifier that the classifier reports can be one: by its shape and by the cue before it.

A classifier reads sentences; how many digits a number has, and that the words before it name an order or a
work ticket, the rules know better.
"""

import re

from recognizers.digits import only_digits
from recognizers.name_lexicon import english_words, fold, given_names, surnames, words_of
from recognizers.offices import is_public_box, office_line
from recognizers.public_numbers import labelled, public_number
from recognizers.reading import read

_MONEY = re.compile(r"\$?[ ]?\d{1,3}(?:,?\d{3})*\.\d{1,2}(?!\d)(?![-./]\d)")
_LAW = re.compile(r"\b(?:U\.?S\.?C\b|C\.?F\.?R\b|U\.?S\. v|Cal\.|Stat\.)|\u00a7")
_FORM = re.compile(r"(?:HUD|SSA|CMS|OMB|STD|SF|DHCS)-\d{2,5}")
_SSN_DIGITS = frozenset((3, 4, 5, 8, 9, 10))
"""Numbers of digits that a Social Security number, or the part of it that records show, can have."""
_NUMBERED = frozenset(
    {
        "US_SSN",
        "US_ITIN",
        "CREDIT_CARD",
        "US_BANK_NUMBER",
        "US_DRIVER_LICENSE",
        "US_PASSPORT",
        "ALIEN_NUMBER",
        "MEDICAL_ID",
        "PHONE_NUMBER",
    }
)
"""Identifiers that are numbers, which other numbers can be taken for."""
_SHAPED = frozenset({"DATE_OF_BIRTH", "PASSWORD", "CARD_SECURITY_CODE"})
"""Others that some numbers cannot be."""
_ALIEN_DIGITS = 4
"""Fewest digits of an A-number, or of the last of one."""
_ALIEN_LETTERS = 5
"""Fewest letters of one that is said in words."""
_DAY = re.compile(r"\d{1,2}[/-]\d{1,2}")
_SET = re.compile(r"\b(?:re)?(?:set|changed|issued|mailed|updated|on)[ ]{0,4}$")
"""What stands before a day on which a PIN was changed."""
_EXPIRES = re.compile(r"(?<![\w-])(?P<number>[\w-]{3,20})[ ,(]{1,3}exp(?:\.|ires|iry)?[ :]{0,3}$")
_EMPTY_LABELS = frozenset({"date of", "date of birth", "birth", "dob", "born", "birthday"})
_HEIGHT = re.compile(r"\d'[ ]?\d{1,2}\"?")
_ACCUSED = re.compile(
    r"(?:S|SUSP?|DEF|D|ARR?)[-# ]?\d{1,2}|(?:the[ ])?(?:suspects?|defendant|arrestee|offender)", re.IGNORECASE
)
"""The role of somebody accused, who by it is no victim and no witness."""
_CLOSE = 10
"""Most characters between a number and the cue that claims it."""
_NAMES_IT = re.compile(r"[ ]{0,2}(?:(?:no|nos|num|number)\b)?[ .:#=]{0,4}", re.IGNORECASE)
"""What stands between a cue and the number that it names."""


def plausible(text: str, entity: str, start: int, end: int) -> bool:
    """Tell whether ``text[start:end]`` (normal form) can be ``entity``: by its shape, or by its words."""
    found = text[start:end]
    if entity == "PERSON":
        return not (_is_word(found) or _is_institution(found) or _is_thing(found) or _FIRM.match(text, end))
    if entity in ("VICTIM_STATUS", "WITNESS_STATUS"):
        return not _ACCUSED.fullmatch(found)
    if entity == "EMAIL_ADDRESS":
        return not ("@" in found and is_public_box(found))
    if entity == "PHONE_NUMBER" and office_line(text, start):
        return False
    if entity not in _NUMBERED and entity not in _SHAPED:
        return True
    if public_number(text, entity, start, end):
        return False
    if not any(character.isdigit() for character in found):
        if found.lower() in _EMPTY_LABELS:
            return False
        letters = sum(character.isalpha() for character in found)
        return letters >= (_ALIEN_LETTERS if entity == "ALIEN_NUMBER" else 1)
    if entity == "CARD_SECURITY_CODE":
        return _DAY.fullmatch(found) is None or not (
            _SET.search(text, max(0, start - 24), start) or _expires(text, start)
        )
    if entity == "PASSWORD":
        return True
    if entity == "ALIEN_NUMBER" and len(_figures(found)) < _ALIEN_DIGITS:
        return False
    if entity == "DATE_OF_BIRTH" and _HEIGHT.fullmatch(found):
        return False
    if _MONEY.match(found) or _LAW.search(found) or _FORM.fullmatch(found):
        return False
    if entity not in _NUMBERED:
        return True
    plain = not any(character.isalpha() for character in found)
    if entity == "US_SSN" and plain and len(only_digits(found)) not in _SSN_DIGITS:
        return False
    cue = read(text).governor(start, _CLOSE)
    if cue is None or cue.weak or entity == "ALIEN_NUMBER" or cue.role != "other" or cue.name in _VAGUE:
        return True
    return _NAMES_IT.fullmatch(text, cue.end, start) is None


def _expires(text: str, start: int) -> bool:
    """Tell whether the day at ``start`` is when a licence or permit with a public number expires."""
    number = _EXPIRES.search(text, max(0, start - 48), start)
    return number is not None and labelled(text, "CREDIT_CARD", number.start("number"))


def _figures(found: str) -> str:
    """The digits of the words of ``found`` that have any, letters that scanning made of digits among them."""
    return "".join(only_digits(word) for word in found.split() if any(c.isdigit() for c in word))


def _is_word(found: str) -> bool:
    """Tell whether a lower-case word alone is in the dictionary and no given name."""
    return found.islower() and found in english_words() and found not in given_names()


def _is_thing(found: str) -> bool:
    """Tell whether words are codes of records, or vehicles and machines, and nobody's name."""
    words = [word.strip(".,;:()\"'").lower() for word in found.split()]
    if _ANSWER.fullmatch(found):
        return True
    if " ".join(words) in words_of("states"):
        return True
    if len(words) > 1 and found.isupper() and not words_of("descriptions").isdisjoint(words):
        return True
    if _LICENCE.fullmatch(found):
        return True
    if found.isupper() and _CODE.fullmatch(found):
        return all(fold(part) not in given_names() | surnames() for part in found.split("-"))
    if words and all(word in words_of("things") or word in words_of("colours") for word in words):
        return any(word in words_of("things") for word in words)
    # A code is in capitals; in small letters after one, such as ``Ref``, it may be short for somebody.
    return len(words) == 1 and words[0] in words_of("record_codes") and (found.isupper() or "." in found)


_ANSWER = re.compile(r"[QA]\.?[ ]{1,4}I")
"""The letter of a question or an answer, and the first word of it."""
_LICENCE = re.compile(r"[A-Z]{2}[- ](?:DL|ID|OLN|CDL)")
"""A state and a licence, as a column has them."""
_CODE = re.compile(r"[A-Z]{2,4}-[A-Z]{2,4}")
_FIRM = re.compile(
    r"[ ]&[ ](?:Sons|Daughters|Bros|Brothers|Co\b|Company|Associates|Partners|"
    r"[A-Z][\w'’-]{0,30}[ ](?:LLP|LLC|PC|Inc)\b)"
)
"""What stands after a name that is a firm's."""


def _is_institution(found: str) -> bool:
    """Tell whether capitalised words end as the name of a shop, bank or street and hold no given name."""
    words = [fold(word) for word in found.split()]
    last = words[-1].strip(".,") if words else ""
    return (
        len(words) > (2 if last in _BORNE else 1)
        and found[0].isupper()
        and last in words_of("public_after")
        and given_names().isdisjoint(words)
    )


_BORNE = frozenset(
    {"bay", "church", "court", "field", "hall", "high", "house", "lake", "lane", "law", "park", "pool",
     "river", "row", "so", "street", "temple", "way"}
)  # fmt: skip
"""Ends of names of places that families bear too: with one word before them it may be somebody."""
_VAGUE = frozenset(
    {"file", "case", "record", "report", "claim", "reference", "ref", "form", "visa", "event", "ip", "bill"}
)
"""Cues that name no numbering of their own."""
