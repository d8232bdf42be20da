"""Private telephone numbers and e-mail addresses; those of offices and businesses are public."""

import re
from collections.abc import Iterator

from phonenumbers import PhoneNumber, is_valid_number

from recognizers.digits import only_digits
from recognizers.name_lexicon import words_of
from recognizers.offices import RELATIVES, is_public_box, public_telephone
from recognizers.read_twice import ReadTwice
from recognizers.reading import Reading, read
from recognizers.recognizer import Hit

_D = r"[0-9OoQlISBZ]"
_TEN = re.compile(
    rf"(?<![A-Za-z0-9$#])(?<![\d][-./])(?:\+?1[-. ]{{1,2}})?"
    rf"(?:\([ ]{{0,2}}{_D}[ ]{{0,2}}{_D}[ ]{{0,2}}{_D}[ ]{{0,2}}\)[ ]{{0,3}}-?"
    rf"|{_D}[ ]{{0,2}}{_D}[ ]{{0,2}}{_D}[ ]{{0,3}}[-./][ ]{{0,3}}"
    rf"|{_D}[ ]{{0,1}}{_D}[ ]{{0,1}}{_D}[ ]{{1,2}})"
    rf"{_D}[ ]{{0,2}}{_D}[ ]{{0,2}}{_D}(?:[ ]{{0,2}}[-./][ ]{{0,2}}"
    rf"|[ ]{{1,2}}){_D}[ ]{{0,2}}{_D}[ ]{{0,2}}{_D}[ ]{{0,2}}{_D}(?![A-Za-z0-9]|[-.]\d)"
)
_PLAIN_TEN = re.compile(r"(?<![A-Za-z0-9.$-])[2-9]\d{2}[2-9]\d{6}(?![A-Za-z0-9-]|\.\d)")
_HALF_PLAIN = re.compile(
    r"(?<![A-Za-z0-9.$-])(?:\([2-9]\d{2}\)[ ]?|[2-9]\d{2}[ ])[2-9]\d{6}(?![A-Za-z0-9-]|\.\d)"
)
_PHONES = frozenset({"phone"})
_SEVEN = re.compile(
    rf"(?<![A-Za-z0-9$#.-])(?<!\d[ ])(?<![)][ ])(?!000){_D}{{3}}(?:[-.]|[ ](?=0\d\d\d)){_D}{{4}}"
    rf"(?![A-Za-z0-9]|[-.]\d)"
)
_AREA_SAID = re.compile(
    r"\barea code[ :]{1,2}[2-9]\d{2}[ ,.-]{1,3}(?:and[ ])?\d{3}[- .]\d{4}(?!\d|[-.]\d)", re.IGNORECASE
)
_EXCHANGE = re.compile(r"(?<!\w)(?:[A-Z]{2}[a-z]{2,8}|[A-Z]{2})[ ]?\d[- ]\d{4}(?!\w|[-.]\d)")
"""An exchange by name, as numbers were written up to the 1960s: ``KEystone 5-0144``."""
_LOOSE = re.compile(
    rf"(?<![A-Za-z0-9$#.-])\(?{_D}(?:[ ]{{0,3}}[-.()]?[ ]{{0,3}}{_D}){{9}}"
    r"(?![A-Za-z0-9]|[ ]{0,3}[-.]?[ ]{0,2}\d)"
)
_BESIDE_NAME = re.compile(
    r"(?:\b[A-Z][a-z'-]{1,15}\.?(?:[ ][A-Z][a-z'-]{0,15}\.?){0,2}|\b[A-Z][a-z]{2,15}[ ]?\([^()\n]{1,12}\))"
    r"(?:[ ]{0,2}[/(][ ]{0,2}|[ ]{2,12}|,[ ])$"
)
_STREETS = words_of("plain_suffixes", "addresses")
_CALLED = re.compile(
    r"\b(?:i'?m at|i am at|reached (?:me |her |him |them )?(?:at|on)|called|calls|txt|texted|rang"
    r"|(?:call|text|reach) (?:her|him|me|us|them|back))(?: (?:at|on))?[ :]{1,2}$",
    re.IGNORECASE,
)
"""What stands right before seven digits that somebody is reached at."""
_KIN = re.compile(
    rf"\b(?:{RELATIVES}|husb|dau|sis|bro|grandfather|grandson|granddaughter|nbr|neighbour|next of kin)"
    r"(?:[ ][A-Z][a-z'-]{1,15}\.?){0,2}[ :,(]{1,3}$",
    re.IGNORECASE,
)
"""A relative or neighbour, named or not, right before seven digits."""
_HOME_CELL_WORK = re.compile(r"(?:[ ]{2,}|[,;|(][ ]?|^)[hcwm][ .:]{1,2}$", re.IGNORECASE)
_ABROAD = re.compile(r"(?<![\w+])\+(?!1[-. ])\d{1,3}(?:[ .-]\(?\d{2,5}\)?){2,5}(?![\w-])")
_EMAIL = re.compile(
    r"(?<![\w.+-])[\w.+'-]{1,64}[ ]{0,2}@[ ]{0,2}[\w-]{1,63}"
    r"(?:(?:\.|[ ]{1,2}\.[ ]{0,2}|\.[ ]{1,2}(?=[a-z]{2,8}\b)(?<!example\.[ ])(?<!com\.[ ])(?<!org\.[ ])"
    r"(?<!net\.[ ])(?<!gov\.[ ]))[\w-]{1,63}){1,5}(?![\w-])"
)
_SPACED_EMAIL = re.compile(
    r"(?<![\w.+-])(?:[\w+-]{1,30}[ ]{0,2}[._][ ]{0,2}){0,3}[\w+-]{1,30}[ ]{0,2}@"
    r"(?:[ ]?\w{1,30}){1,3}[ ]{0,2}\.[ ]?\w{2,12}"
)
_DISGUISED = re.compile(
    r"(?<![\w.])[\w.+-]{2,40}[ ]?[(\[{][ ]?at[ ]?[)\]}][ ]?[\w-]{2,40}"
    r"(?:[ ]?(?:[(\[{][ ]?(?:dot|punto)[ ]?[)\]}]|\.)[ ]?[\w-]{2,30}){1,3}",
    re.IGNORECASE,
)
_DOT_COM = re.compile(r" dot (?:com|org|net|edu|example|gov|us)\b", re.IGNORECASE)
_SAID_EMAIL = re.compile(
    r"(?:\b[a-z0-9_-]{1,30} (?:dot|underscore|dash) ){0,3}(?:\b[a-z0-9_-]{1,30} ){1,2}at"
    r" [a-z0-9-]{1,30}(?: [a-z0-9-]{1,30})?$",
    re.IGNORECASE,
)
_PERSON_DATA = re.compile(
    r"[\w.]@[\w-]|\b(?:19[3-9]\d|200\d|201\d)[-/.]?\d{2}[-/.]?\d{2}\b|\b\d{1,2}/\d{1,2}/(?:19)?\d\d\b"
    r"|\b\d{3}-\d{2}-\d{4}\b"
)


class ContactRecognizer(ReadTwice):
    """Finds ``PHONE_NUMBER`` and ``EMAIL_ADDRESS`` of private people."""

    ENTITIES = ("PHONE_NUMBER", "EMAIL_ADDRESS")

    def first(self, text: str) -> Iterator[Hit]:
        """Yield the contact points in ``text``, which is in normal form."""
        reading = read(text)
        yield from self._emails(reading)
        yield from self._phones(reading)

    def _phones(self, reading: Reading) -> Iterator[Hit]:
        text = reading.text
        for match in _TEN.finditer(text):
            if sum(c.isdigit() for c in match[0]) < 4 or _number_of_other(reading, match.start()):
                continue
            if _plan(only_digits(match[0])) and not public_telephone(text, match.start(), match.end()):
                yield Hit("PHONE_NUMBER", match.start(), match.end(), 0.8, "telephone number")
        for match, slot in reading.find(
            _PLAIN_TEN, _PHONES, lambda match, slot: not public_telephone(text, match.start(), match.end())
        ):
            yield Hit(
                "PHONE_NUMBER", match.start(), match.end(), 0.7, f"ten digits {slot.relation}", slot.cue.name
            )
        for match in _PLAIN_TEN.finditer(text):
            beside = _personal(reading, match.start(), match.end())
            if beside and _assigned(match[0]) and not reading.governor(match.start(), 14):
                yield Hit("PHONE_NUMBER", match.start(), match.end(), 0.6, "ten digits beside a person")
        for match in _HALF_PLAIN.finditer(text):
            cue = reading.governor(match.start(), 14)
            told = (cue and cue.role == "phone") or (match[0][0] == "(" and not cue)
            if (told or _personal(reading, match.start(), match.end())) and _assigned(only_digits(match[0])):
                yield Hit("PHONE_NUMBER", match.start(), match.end(), 0.7, "area code and seven digits")
        for match in _SEVEN.finditer(text):
            cue = reading.governor(match.start())
            if public_telephone(text, match.start(), match.end()):
                continue
            if cue and cue.role == "phone":
                yield Hit("PHONE_NUMBER", match.start(), match.end(), 0.7, "seven digits", cue.name)
            elif not cue or cue.weak or cue.role in ("neutral", "office"):
                line = reading.line_starts[reading.line_of(match.start())]
                before = text[max(line, match.start() - 48) : match.start()]
                named = _BESIDE_NAME.search(before)
                street = named and named[0].lower().strip(" .,/(").rpartition(" ")[2] in _STREETS
                if match[0][0] in "23456789" and (
                    _CALLED.search(before)
                    or _KIN.search(before)
                    or _HOME_CELL_WORK.search(before)
                    or (named and not street)
                ):
                    yield Hit("PHONE_NUMBER", match.start(), match.end(), 0.6, "seven digits of somebody")
        for match in _AREA_SAID.finditer(text):
            yield Hit("PHONE_NUMBER", match.start(), match.end(), 0.75, "area code and number")
        for match, slot in reading.find(_EXCHANGE, _PHONES, lambda match, slot: slot.relation == "after"):
            yield Hit("PHONE_NUMBER", match.start(), match.end(), 0.7, "exchange by name", slot.cue.name)
        if reading.spread:
            for match, slot in reading.find(_LOOSE, _PHONES, lambda m, s: _plan(only_digits(m[0]))):
                yield Hit("PHONE_NUMBER", match.start(), match.end(), 0.7, "spread digits", slot.cue.name)
        for match in _ABROAD.finditer(text):
            if 8 <= len(only_digits(match[0])) <= 15:
                yield Hit("PHONE_NUMBER", match.start(), match.end(), 0.7, "international number")
        for number in reading.spoken:
            cue = reading.announcer(number.start, 40)
            words = sum(
                len(word) > 2
                for word in re.findall(r"[a-z]+", text[number.start : number.end], re.IGNORECASE)
            )
            if (
                words > 1
                and len(number.digits) in (7, 10, 11)
                and (cue is None or cue.role in ("phone", "office", "neutral"))
            ):
                yield Hit("PHONE_NUMBER", number.start, number.end, 0.7, "number in words")

    def _emails(self, reading: Reading) -> Iterator[Hit]:
        text = reading.text
        if "@" in text:
            for pattern in (_EMAIL, _SPACED_EMAIL) if reading.spread else (_EMAIL,):
                for match in pattern.finditer(text):
                    if not is_public_box(match[0]) and re.search(r"@.*[A-Za-z]", match[0]):
                        yield Hit("EMAIL_ADDRESS", match.start(), match.end(), 0.9, "e-mail address")
        for match in _DISGUISED.finditer(text):
            yield Hit("EMAIL_ADDRESS", match.start(), match.end(), 0.85, "disguised e-mail address")
        for ending in _DOT_COM.finditer(text):
            said = _SAID_EMAIL.search(text[max(0, ending.start() - 120) : ending.start()])
            if said:
                start = max(0, ending.start() - 120) + said.start()
                yield Hit("EMAIL_ADDRESS", start, ending.end(), 0.7, "e-mail address in words")


def _plan(digits: str) -> bool:
    """Tell whether ten digits fit the North American Numbering Plan: area and exchange begin with 2 to 9."""
    digits = digits[1:] if len(digits) == 11 and digits[0] == "1" else digits
    return len(digits) == 10 and digits[0] not in "01" and digits[3] not in "01"


def _assigned(digits: str) -> bool:
    """Tell whether ten digits can be a number that the numbering plan has assigned, by its area code."""
    return is_valid_number(PhoneNumber(country_code=1, national_number=int(digits)))


def _personal(reading: Reading, start: int, end: int) -> bool:
    """Tell whether an e-mail address, a date or another telephone number stands on the line as well."""
    line = reading.line_of(start)
    before = reading.text[max(reading.line_starts[line], start - 160) : start]
    after = reading.text[end : min(reading.line_end(line), end + 160)]
    return _PERSON_DATA.search(before) is not None or _PERSON_DATA.search(after) is not None


def _number_of_other(reading: Reading, position: int) -> bool:
    cue = reading.governor(position, 14 if reading.text[position] != "(" else 3)
    return (
        cue is not None
        and not cue.weak
        and cue.role
        in (
            "other",
            "account",
            "routing",
            "licence",
            "passport",
            "alien",
            "medical",
            "card",
            "receipt",
            "i94",
            "ssn",
        )
    )
