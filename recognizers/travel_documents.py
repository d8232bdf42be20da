"""Passports, machine-readable zones, A-numbers, USCIS receipts and I-94 numbers."""

import re
from collections.abc import Iterator

from recognizers.digits import undamaged
from recognizers.reading import Reading, Slot, read
from recognizers.recognizer import Hit, TextRecognizer
from recognizers.validity import travel_check
from recognizers.values import Value, find_values

_D = r"[0-9OQlISBZ]"
_OFFICES = r"(?:EAC|WAC|[L1][I1l]N|SRC|M[ ]?SC|N[ ]?BC|YSC|[I1l][O0]E|NSC|TSC|VSC|CSC)"
_RECEIPT = re.compile(
    rf"(?<![A-Za-z0-9]){_OFFICES}[ -]{{0,3}}{_D}(?:[ -]{{0,2}}{_D}){{5}}(?:[ -]{{0,3}}"
    rf"(?:\n[ ]{{0,40}})?{_D}){{3,4}}(?![A-Za-z0-9])"
)
_A_NUMBER = re.compile(
    rf"(?<![A-Za-z0-9])A[ ]{{0,2}}[-#]?[ ]{{0,2}}"
    rf"(?:{_D}{{2,3}}[- ]{{1,4}}{_D}{{3}}[- ]{{1,4}}{_D}{{3}}|{_D}{{9}})(?![A-Za-z0-9]|-\d)"
)
_USCIS = re.compile(r"(?<!\w)USCIS[ :#]{1,4}(?P<number>\d{3}[- ]?\d{3}[- ]?\d{3})(?![\w-])")
"""The number of a USCIS card, which is its holder's A-number."""
_CUED_A = re.compile(
    rf"(?<![A-Za-z0-9])(?:A[ ]?[-#]?[ ]{{0,2}}{_D}(?:[ ]{{0,3}}-?[ ]{{0,3}}{_D}){{6,8}}"
    rf"|{_D}(?:[ ]{{0,3}}-?[ ]{{0,3}}{_D}){{7,8}})(?![A-Za-z0-9]|-\d)"
)
_CUED_RECEIPT = re.compile(
    rf"(?<![A-Za-z0-9])[A-Z10]{{1,2}}[ ]?[A-Z10]{{1,2}}[ -]{{0,2}}{_D}"
    rf"(?:[ -]{{0,3}}{_D}){{8,9}}(?![A-Za-z0-9])"
)
_I94 = re.compile(
    rf"(?<![A-Za-z0-9]){_D}(?:[ ]{{0,2}}{_D}|[ ]{{0,2}}A"
    rf"(?=[0-9O])){{7,8}}[ ]{{0,2}}[A-Z0-9]?[ ]{{0,2}}{_D}(?:[ ]{{0,2}}{_D})?(?![A-Za-z0-9])"
)
_MRZ_NAME = re.compile(r"(?<![A-Za-z0-9])P[<A-Z][A-Z<]{3}[A-Z]+<[A-Z<]{4,39}")
_MRZ_DATA = re.compile(
    r"(?<![A-Za-z0-9<])(?P<number>[A-Z0-9<]{9})(?P<check>[0-9<])[A-Z<]{3}(?P<birth>\d{6})(?P<born>[0-9])[MFX<]\d{6}\d[A-Z0-9<]{2,16}"
)
_BOOK = re.compile(
    rf"(?<![A-Za-z0-9-])(?:[A-Z][ ]{{0,2}}{_D}(?:[ ]{{0,2}}{_D}){{7}}|[A-Z]{{2}}[ ]{{0,2}}{_D}"
    rf"(?:[ ]{{0,2}}{_D}){{6}})(?![A-Za-z0-9]|-\d)"
)
_FOREIGN_BOOK = re.compile(
    rf"(?<![A-Za-z0-9-])(?:(?!PO|EJ|NO|WO|RT|CF|SS|DL|CA|ID|RM"
    rf"|RR)[A-HJ-NP-Z][A-Z]?[ ]?{_D}(?:[ ]?{_D}){{5,7}}"
    r"|\d{3}[ ]\d{3}[ ]\d{3})(?![A-Za-z0-9]|-\d)"
)
"""What books of other countries, and older ones, look like; only a document about passports makes it one."""
_LOW_BOOK = re.compile(
    r"\b(?:passport|pasaporte|ppt)(?:[ ](?:no\.?|number|num\.?|nbr\.?|is|was|numero|#))?[ :#]{1,3}"
    r"(?P<value>[a-z]{1,2}[ ]?\d{6,8})(?![\w-])",
    re.IGNORECASE,
)
"""A book's number in small letters, as notes have it."""
_LETTERED_BOOK = re.compile(
    r"(?<![A-Za-z0-9-])(?:\d{2}[A-Z]{2}\d{5}|(?=(?:[A-Z]{0,8}\d){2})[CFGHJK][CFGHJKLMNPRTVWXYZ0-9]{8})(?![A-Za-z0-9-])"
)
"""French books, and German ones, whose numbers have consonants among the digits."""
_HEADING = 300
"""Characters at the start of a document in which its subject stands."""
_PASSPORT = frozenset({"passport"})
_ALIEN = frozenset({"alien"})
_RECEIPTS = frozenset({"receipt", "alien"})
_ADMISSION = frozenset({"i94"})
_PASSING = frozenset({"neutral", "expiry"})
_NOT_NUMBER = re.compile(r"\d{1,2}[/.-]\d{1,2}[/.-]\d{2,4}|\d{3}[-. ]\d{3}[-. ]\d{4}|\d{2}-\d{7}")


class TravelDocumentRecognizer(TextRecognizer):
    """Finds ``US_PASSPORT`` (any country's, and the zones of ICAO Doc 9303) and ``ALIEN_NUMBER``."""

    ENTITIES = ("US_PASSPORT", "ALIEN_NUMBER", "DATE_OF_BIRTH")

    def find(self, text: str) -> Iterator[Hit]:
        """Yield the numbers in ``text``, which is in normal form."""
        reading = read(text)
        yield from self._zones(text)
        yield from self._aliens(reading)
        for value, slot in find_values(
            reading, _PASSPORT, lambda v, s: _is_book(reading, v, s), 10, _PASSING
        ):
            yield Hit("US_PASSPORT", value.start, value.end, 0.85, f"passport {slot.relation}", slot.cue.name)
        named = [cue for cue in reading.cues if cue.role == "passport" and not cue.weak]
        for match in _LOW_BOOK.finditer(text):
            yield Hit("US_PASSPORT", *match.span("value"), 0.85, "passport after", "passport")
        if named:
            for match in _LETTERED_BOOK.finditer(text):
                cue = reading.governor(match.start())
                if not cue or cue.weak or cue.role in ("passport", "neutral", "birth"):
                    yield Hit("US_PASSPORT", match.start(), match.end(), 0.5, "passport format")
            about = len(named) > 1 or named[0].start < _HEADING
            for match in (_FOREIGN_BOOK if about else _BOOK).finditer(text):
                cue = reading.governor(match.start())
                claimed = cue and not cue.weak and cue.role not in ("passport", "neutral", "expiry", "birth")
                if not claimed and sum(c.isdigit() for c in match[0]) >= 4:
                    yield Hit("US_PASSPORT", match.start(), match.end(), 0.5, "passport format")
        for number in reading.spoken:
            cue = reading.announcer(number.start, 40)
            if cue and len(number.digits) >= 6 and cue.role in ("passport", "alien", "receipt", "i94"):
                entity = "US_PASSPORT" if cue.role == "passport" else "ALIEN_NUMBER"
                yield Hit(entity, number.start, number.end, 0.8, "number in words", cue.name)

    def _zones(self, text: str) -> Iterator[Hit]:
        if "<" not in text:
            return
        for match in _MRZ_NAME.finditer(text):
            yield Hit("US_PASSPORT", match.start(), match.end(), 0.95, "machine-readable zone")
        for match in _MRZ_DATA.finditer(text):
            checked = travel_check(match["number"], match["check"]) and travel_check(
                match["birth"], match["born"]
            )
            score = 0.99 if checked else 0.85
            yield Hit("US_PASSPORT", match.start(), match.end(), score, "machine-readable zone")
            yield Hit(
                "DATE_OF_BIRTH", match.start("birth"), match.end("birth"), score, "machine-readable zone"
            )

    def _aliens(self, reading: Reading) -> Iterator[Hit]:
        entity = "ALIEN_NUMBER"
        for match in _RECEIPT.finditer(reading.text):
            if sum(c.isdigit() for c in match[0]) >= 4:
                yield Hit(entity, match.start(), match.end(), 0.95, "USCIS receipt")
        for match in _A_NUMBER.finditer(reading.text):
            cue = reading.governor(match.start())
            file = cue and cue.name in ("file", "file number") and " " in match[0].strip("A ")
            digits = [c for c in match[0] if c.isdigit()]
            issued = len(digits) >= 4 and set(digits) != {"0"}
            if issued and not (cue and cue.role in ("other", "passport", "licence") and not file):
                yield Hit(entity, match.start(), match.end(), 0.85, "A-number", cue.name if cue else "")

        for match in _USCIS.finditer(reading.text):
            yield Hit(entity, *match.span("number"), 0.85, "A-number after", "uscis")

        def nine(match: "re.Match[str]", slot: Slot) -> bool:
            digits = {c for c in match[0] if c.isdigit()}
            if digits == {"0"} or _NOT_NUMBER.fullmatch(match[0]):  # a specimen, another number
                return False
            return sum(c.isdigit() for c in match[0]) >= 3

        for match, slot in reading.find(_CUED_A, _ALIEN, nine, frozenset({"neutral", "passport"})):
            yield Hit(entity, match.start(), match.end(), 0.85, f"A-number {slot.relation}", slot.cue.name)

        def office(match: "re.Match[str]", slot: Slot) -> bool:
            return nine(match, slot) and any(c.isalpha() for c in match[0][:3])

        for match, slot in reading.find(_CUED_RECEIPT, _RECEIPTS, office, _PASSING):
            yield Hit(entity, match.start(), match.end(), 0.85, f"receipt {slot.relation}", slot.cue.name)
        for match, slot in reading.find(_I94, _ADMISSION, nine, _PASSING):
            yield Hit(entity, match.start(), match.end(), 0.85, f"I-94 {slot.relation}", slot.cue.name)


def _is_book(reading: Reading, value: Value, slot: Slot) -> bool:
    found = reading.text[value.start : value.end]
    if not 6 <= len(value.compact) <= 10 or value.digits < 5 or value.clear_digits < 2:
        return False
    if _NOT_NUMBER.fullmatch(found) or re.fullmatch(r"(?:19|20)\d{6}", found):
        return False
    if slot.cue.weak or slot.cue.name in ("pass", "travel", "pp", "book no"):
        near = slot.relation == "below" or (slot.relation == "after" and value.start - slot.start < 14)
        return (
            near and "." not in found and len(value.compact) >= 7 and undamaged(value.compact)[-5:].isdigit()
        )
    return slot.relation == "below" or value.start - slot.start < 40
