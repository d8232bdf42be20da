"""Private telephone numbers and e-mail addresses; those of offices and businesses are public."""

import re
from collections.abc import Iterator

from phonenumbers import PhoneNumber, is_valid_number

from recognizers.digits import only_digits
from recognizers.name_lexicon import words_of
from recognizers.reading import Reading, read
from recognizers.recognizer import Hit, TextRecognizer

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
_RELATIVES = (
    "wife|husband|spouse|son|daughter|mother|father|mom|dad|sister|brother|aunt|uncle|niece|nephew"
    "|grandma|grandmother|grandpa|cousin|neighbor|partner"
)
_KIN = re.compile(
    rf"\b(?:{_RELATIVES}|husb|dau|sis|bro|grandfather|grandson|granddaughter|nbr|neighbour|next of kin)"
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
_CITY_DOMAIN = re.compile(
    r"@\s*(?:[\w-]+\.)*(?:[\w-]*(?:city(?:of|hall)|cityof|townof|countyof|police|sheriff|library"
    r"|municipal|clerk"
    r"|school|transit|council|borough|village|publicworks|waterdept|parksand)[\w-]*\."
    r"|(?:[\w-]*-)?(?:city|town|county|dept|fire|court|courts|water|parks|state|metro|port|housing|gov"
    r"|ci|co|pd)"
    r"(?:-[\w-]*)?\.|\w*(?<!elo)(?<!tri)(?<!pli)(?<!pa)(?<!bli)(?<!feli)(?:city|county|gov|pd|fd|usd|isd)\."
    r"|[\w.-]+\.(?:gov|mil|us|edu)\b|[\w.-]*\.gov\.)",
    re.IGNORECASE,
)
_OFFICES = frozenset(
    re.findall(
        r"\w+",
        "info clerk cityclerk record records recordsunit prr publicrecords foia help helpdesk support admin"
        " administrator office contact hr humanresources payroll benefits billing account accounts ap ar"
        " finance"
        " purchasing bid bids permit permits planning building code codeenforcement police dispatch fire"
        " library"
        " parks recreation rec council mayor manager attorney noreply no reply donotreply webmaster"
        " postmaster"
        " press media news sales service services order orders tip tips hotline intake job jobs career"
        " careers"
        " privacy security it noc alert alerts notice notices notification notifications mail mailbox team"
        " staff"
        " events rental rentals water utilities publicworks pw risk claims legal election elections vote"
        " registrar"
        " comment comments publiccomment feedback frontdesk desk passport passports animal animals animalcare"
        " shelter transit housing grants volunteer volunteers outreach community engage engagement customer"
        " customerservice care test root cron system postage subscribe unsubscribe update updates"
        " newsletter kiosk"
        " scan scanner fax copier printer streets board rentboard pcard pcards data nobody traffic parking"
        " sewer"
        " refuse recycling stormwater engineering inspections zoning treasurer assessor cityhall townhall"
        " intake access accessibility ada hearings appeals rsvp subpoenas archives museum",
    )
)
"""Words of which the name of a mailbox that is no person's is made."""
_PERSON_DATA = re.compile(
    r"[\w.]@[\w-]|\b(?:19[3-9]\d|200\d|201\d)[-/.]?\d{2}[-/.]?\d{2}\b|\b\d{1,2}/\d{1,2}/(?:19)?\d\d\b"
    r"|\b\d{3}-\d{2}-\d{4}\b"
)
_SAID_PUBLIC = re.compile(
    r"[ ,.]{0,2}[ (]{1,2}(?:is[ ])?(?:(?:the|a|our|law|my)[ ])?[*]?(?:office|public|shop|store|business"
    r"|work|front|city)\b|"
    r"[ ,]{1,2}is (?:the )?city's\b",
    re.IGNORECASE,
)
_ENQUIRIES = re.compile(
    r"^\W{0,4}(?:questions|for (?:more |further )?information|staff contact|corrections|appeals|to file"
    r"|americans with dis)",
    re.IGNORECASE,
)
_OFFICE_WORDS = re.compile(
    r"\b(?:desk|counter|front|office|ofc|main|dispatch|non-emergency|hotline|tip ?line|crisis"
    r"|help ?line|records|clerk'?s?|city hall|town hall|department|dept|division|bureau|unit"
    r"|station|precinct|fax|business|ext|extension|library|hospital|clinic|center|centre|shop"
    r"|store|company|co\.|inc|llc|corp|vendor|contractor|press|media|questions|info"
    r"|information|customer|service|support|toll|free|lobby|reception|switchboard"
    r"|after[- ]hours|on[- ]call|duty|line|sheriff|police|fire|county|state|federal|school"
    r"|district|church|agency|bank|lockbox|hall|pbx|room|lab|pharmacy|plant|yard|shelter|jail"
    r"|court|oficina|ayuntamiento|l[ií]nea)\b",
    re.IGNORECASE,
)
_PRIVATE_WORDS = re.compile(
    rf"\b(?:cell|mobile|home|her|his|my|their|{_RELATIVES}"
    r"|friend|girlfriend|boyfriend|gf|bf|personal|private|text|call me|reach"
    r"|whatsapp|tty|callback|cb|call back|rp|vic|victim|witness|resident|owner|tenant|caller"
    r"|patient|pt|parent|emergency|applicant|celular|casa|tel[eé]fono|m[oó]vil|hijo|hija"
    r"|esposa|esposo)\b",
    re.IGNORECASE,
)


class ContactRecognizer(TextRecognizer):
    """Finds ``PHONE_NUMBER`` and ``EMAIL_ADDRESS`` of private people."""

    ENTITIES = ("PHONE_NUMBER", "EMAIL_ADDRESS")

    def find(self, text: str) -> Iterator[Hit]:
        """Yield the contact points in ``text``, which is in normal form."""
        reading = read(text)
        yield from self._emails(reading)
        yield from self._phones(reading)

    def _phones(self, reading: Reading) -> Iterator[Hit]:
        text = reading.text
        for match in _TEN.finditer(text):
            if sum(c.isdigit() for c in match[0]) < 4 or _number_of_other(reading, match.start()):
                continue
            if _plan(only_digits(match[0])) and not _is_office(reading, match.start(), match.end()):
                yield Hit("PHONE_NUMBER", match.start(), match.end(), 0.75, "telephone number")
        for match, slot in reading.find(
            _PLAIN_TEN, _PHONES, lambda match, slot: not _is_office(reading, match.start(), match.end())
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
            if _is_office(reading, match.start(), match.end()):
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
            if len(number.digits) in (7, 10, 11) and (
                cue is None or cue.role in ("phone", "office", "neutral")
            ):
                yield Hit("PHONE_NUMBER", number.start, number.end, 0.7, "number in words")

    def _emails(self, reading: Reading) -> Iterator[Hit]:
        text = reading.text
        if "@" in text:
            for pattern in (_EMAIL, _SPACED_EMAIL) if reading.spread else (_EMAIL,):
                for match in pattern.finditer(text):
                    if not _is_public_box(match[0]) and re.search(r"@.*[A-Za-z]", match[0]):
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


def _is_office(reading: Reading, start: int, end: int) -> bool:
    """Tell whether the words beside the number say that it is an office's or a business's."""
    line = reading.line_starts[reading.line_of(start)]
    before = reading.text[max(line, start - 36) : start]
    before = re.split(r"[;|]|\s{3,}|\d{3}[-. ]\d{4}|[a-z]{3}\.[ ]|[,\"],", before)[-1]
    after = reading.text[end : end + 24].split("\n")[0]
    if _PRIVATE_WORDS.search(before):
        return False
    if _SAID_PUBLIC.match(after) or _enquiries(reading.text, max(line, start - 160), start):
        return True
    return bool(_OFFICE_WORDS.search(before) or re.match(r"[ ,]{0,2}(?:x|ext)[. ]?\d", after))


def _enquiries(text: str, line: int, start: int) -> bool:
    """Tell whether the sentence in which the number stands tells the public whom to ask."""
    sentence = re.split(r"[.;?][ ]+(?=[A-Z])", text[line:start])[-1]
    return _ENQUIRIES.match(sentence) is not None


def _is_public_box(address: str) -> bool:
    if _CITY_DOMAIN.search(address):
        return not re.search(r"mail\.|post\.", address)
    words = re.split(r"[._+\d-]+", address.partition("@")[0].strip().lower())
    return _OFFICES.issuperset(word for word in words if word) and any(words)
