"""Payment cards and what opens them: security codes, expiry dates, PINs and magnetic tracks."""

import re
from collections.abc import Iterator

from recognizers.card_ends import card_ends
from recognizers.cues import Cue
from recognizers.digits import damaged, only_digits, readings
from recognizers.reading import Reading, Slot, read
from recognizers.recognizer import Hit, TextRecognizer
from recognizers.validity import card, card_network

_D = r"[0-9OQlISBZzDE]"
_RUN = re.compile(
    rf"(?<![\w.,$-])(?<!\d[ ]){_D}(?:(?:[ ]{{0,3}}[-.]?[ ]{{0,3}}(?:\n[ ]{{0,60}})?){_D}){{11,40}}"
)
_CUED_RUN = re.compile(
    rf"(?<![A-Za-z0-9]){_D}(?:(?:[ ]{{0,3}}[-.]?[ ]{{0,3}}(?:\n[ ]{{0,60}})?){_D}){{11,18}}(?![A-Za-z0-9])"
)
_ATTACHED = re.compile(
    r"(?<![0-9.,$-])\d{4}[ -]?\d{4}[ -]?\d{4}[ -]?\d{4}(?![0-9-])|"
    r"(?<![0-9.,$-])3[47]\d{2}[ -]?\d{6}[ -]?\d{5}(?![0-9-])"
)
_TRACKS = re.compile(
    r"%?B\d{12,19}\^[^^\n?]{2,26}\^\d{4}[^?\n]{0,60}\??|;\d{12,19}=\d{4}[0-9]{0,40}\??|(?<=[0-9D])(?!)"
)
_MONTH = r"(?:0?[1-9]|1[0-2]|[OQ][1-9lISBZ]|[lI][0-2lIOZ]|[1-9lISBZ])"
_YEAR = r"(?:[2Z][0O][0-9OlIZSB]{2}|'?[0-9OlIZSB][ ]?[0-9OlIZSB])"
_EXPIRY = re.compile(
    rf"{_MONTH}[ ]{{0,2}}[/.-][ ]{{0,2}}{_YEAR}(?![\w/]|[-.]\d)"
    rf"|[O0-9lIZSB][ ]?[O0-9lIZSB][ ]?[O0-9lIZSB][ ]?[O0-9lIZSB](?![\w/]|[-.]\d)"
    rf"|{_MONTH}[ ]\d\d(?!\w|[./-]\d)"
)
_MONTH_NAME = r"(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]{0,6}\.?"
_WORD_EXPIRY = re.compile(
    rf"(?:(?:in|uh|um),?\s){{0,3}}{_MONTH_NAME},?\s(?:of\s)?"
    r"(?:(?:twenty|two thousand)[ -](?:and )?[a-z]{3,6}(?:[ -](?!and\b)(?:one|two|three|four"
    r"|five|six|seven|eight|nine))?|'?\d{2,4})\b",
    re.IGNORECASE,
)
_MONTH_BESIDE = re.compile(
    rf"[ ,;]{{1,3}}(?P<date>{_MONTH_NAME},?[ ](?:of[ ])?"
    r"(?:20|')?[2-4]\d)\b",
    re.IGNORECASE,
)
_CODE = re.compile(r"(?<![\w$./-])[0-9OlISBZ](?:[ ]{0,2}[0-9OlISBZ]){2,3}(?![\w/%]|[-.,:]\d)")
_PIN_CODE = re.compile(
    r"(?<![\w$./-])(?:[0-9OlISBZ](?:[ ]{0,2}[0-9OlISBZ]){3,5}|[0-9A-F]{6})(?![\w/%]|[-.,:]\d)"
)
_LABEL = re.compile(r"^[ \t,;|/:(\"'-]{0,24}(?:\b[xX][ ]{0,4}|D)?$")
_KEY = re.compile(r"[\s.=:,;/'\"|()-]{0,50}(?:\b[a-z]{1,10}[\"']?[ ]?[:=][ ]?[\"']?)?")
_BESIDE = re.compile(
    r"^(?:\s{0,24}|[ ]?[a-z]=|[ \t]*(?:[,;|/(\"']{1,3}|and|&)[ \t]*(?:\"\w{1,3}\":[ ]?\")?)$"
)
_CARD = frozenset({"card"})
_EXP = frozenset({"expiry"})
_CVV = frozenset({"cvv"})
_PIN = frozenset({"pin"})
PLASTIC = frozenset({"card", "cvv", "account"})
"""Roles of cues near which a PIN is a card's and not a door's or a telephone's."""
NEAR = 400
"""A PIN within this many characters of a card, or half as many of its cue, is the card's."""
_BARE_PINS = frozenset(
    {"pin", "pin number", "pin no", "pin is", "pin code", "nip", "pin entered", "pin chosen"}
)
_DEVICE = re.compile(
    r"\b(?:fax|phone|telephone|voice ?mail|plotter|printer|copier|file|door|gate|app|token|portal|library"
    r"|login|swipe or|mail|panel|tablet|laptop|radio|safe|lunch|meal|cafeteria|inmate|voter|kiosk|fob|keypad)"
    r"\b(?:[ -]\w{1,8})?[ -]{0,2}$",
    re.IGNORECASE,
)
_PLATE = re.compile(r"(?<!\d)(?:\d{4}[ -]?){3}\d{3,4}(?!\d)|(?<!\d)3\d{3}[ -]?\d{6}[ -]?\d{5}(?!\d)")
_THEN = re.compile(r"[ ,;]{1,6}(?:(?:exp|e|x|thru|through)\b[.:= ]{0,3})?", re.IGNORECASE)
_SAID_CODE = re.compile(
    r"(?<![A-Za-z])(?:code|back|front|face)[ :]{1,3}(?:is[ ])?(?P<code>\d{3,4})(?![\w/%]|[-.,:]\d)"
    r"|(?<![\w$./-])(?P<ahead>\d{3})[ ]on[ ](?:the|its)[ ]back\b"
)
_ON_BACK = re.compile(r"[ ]on[ ](?:the|its)[ ]back\b")
_NEXT_LINE = re.compile(r"[ ]?\n[^\n]{0,12}?\d{1,2}:\d{2}(?:[ ]?[ap]m)?[^\w\n]{1,5}", re.IGNORECASE)
"""What stands before the next message of a chat."""
_SAID_LATER = 160
"""Characters after a card within which its date and code are told in words."""


class PaymentRecognizer(TextRecognizer):
    """Finds ``CREDIT_CARD`` by the networks' ranges, and ``CARD_SECURITY_CODE`` beside one."""

    ENTITIES = ("CREDIT_CARD", "CARD_SECURITY_CODE")

    def find(self, text: str) -> Iterator[Hit]:
        """Yield the cards and their codes in ``text``, which is in normal form."""
        reading = read(text)
        cards = self.cards(reading)
        yield from cards
        for track in _TRACKS.finditer(text):
            if len(set(re.sub(r"\D", "", track[0])[:12])) > 1:
                yield Hit("CARD_SECURITY_CODE", track.start(), track.end(), 0.99, "magnetic track")
        yield from self._beside(reading, cards)
        yield from self._cued_codes(reading, cards)

    def cards(self, reading: Reading) -> list[Hit]:
        """Give the cards in ``reading``, in order and without overlaps."""
        found = [
            *self._numbers(reading),
            *self._cued(reading),
            *card_ends(reading),
            *self._spoken(reading),
        ]
        kept: list[Hit] = []
        for hit in sorted(found, key=lambda h: (h.start, -h.score, -h.end)):
            if not kept or hit.start >= kept[-1].end:
                kept.append(hit)
        return kept

    def _numbers(self, reading: Reading) -> Iterator[Hit]:
        for match in _RUN.finditer(reading.text):
            for start, end in _cards_in(match[0], reading.text[match.end() : match.end() + 2]):
                start, end = match.start() + start, match.start() + end
                cue = reading.governor(start)
                rival = cue and cue.role in ("other", "medical", "phone") and start - cue.end <= 14
                embossed = cue and cue.role == "phone" and _PLATE.fullmatch(reading.text, start, end)
                if rival and not embossed and not _dated(reading.text, end):
                    continue
                if not (cue and cue.role == "card") and len(only_digits(reading.text[start:end])) < 13:
                    continue
                name = cue.name if cue and cue.role == "card" else ""
                yield Hit("CREDIT_CARD", start, end, 0.97 if name else 0.85, "card number", name)
        for match in _ATTACHED.finditer(reading.text):
            start, end = match.span()
            edge = reading.text[start - 1 : start] + reading.text[end : end + 1]
            if (edge.replace(" ", "").isalpha() or "_" in edge) and card(only_digits(match[0])):
                yield Hit("CREDIT_CARD", start, end, 0.8, "attached card number")

    def _cued(self, reading: Reading) -> Iterator[Hit]:
        def scanned(match: "re.Match[str]", slot: Slot) -> bool:
            if sum(character.isdigit() for character in match[0]) < 2:
                return False
            digits = only_digits(match[0].replace("E", "3"))
            if card(digits) or _leading(match[0]):
                return True
            return damaged(match[0]) and len(digits) in (15, 16) and card_network(digits) is not None

        for match, slot in reading.find(_CUED_RUN, _CARD, scanned):
            end = match.start() + (_leading(match[0]) or len(match[0]))
            yield Hit("CREDIT_CARD", match.start(), end, 0.9, f"card {slot.relation}", slot.cue.name)

    def _spoken(self, reading: Reading) -> Iterator[Hit]:
        for number in reading.spoken:
            if 13 <= len(number.digits) <= 19 and (
                card(number.digits) or (len(number.digits) in (15, 16) and card_network(number.digits))
            ):
                yield Hit("CREDIT_CARD", number.start, number.end, 0.9, "card number in words")

    def _beside(self, reading: Reading, cards: list[Hit]) -> Iterator[Hit]:
        for plate in cards:
            chat = _NEXT_LINE.match(reading.text, plate.end)
            place = chat.end() if chat else plate.end
            limit = place + 110
            expiry = _EXPIRY.search(reading.text, place, limit)
            if expiry and _expires(expiry[0]) and self._follows(reading, place, expiry.start()):
                yield Hit("CARD_SECURITY_CODE", expiry.start(), expiry.end(), 0.85, "expiry beside a card")
                place = expiry.end()
                told = True
            else:
                told = (month := _MONTH_BESIDE.match(reading.text, place)) is not None
                if month:
                    yield Hit("CARD_SECURITY_CODE", *month.span("date"), 0.8, "expiry in words beside a card")
                    place = month.end()
            code = _CODE.search(reading.text, place, place + 40)
            if code and told and _BESIDE.match(reading.text[place : code.start()]):
                yield Hit("CARD_SECURITY_CODE", code.start(), code.end(), 0.7, "code beside a card")
                continue
            said = _SAID_CODE.search(reading.text, place, place + 80)
            if said and "\n\n" not in reading.text[place : said.start()]:
                span = said.span("code") if said["code"] else said.span("ahead")
                yield Hit("CARD_SECURITY_CODE", *span, 0.7, "code said beside a card")
            yield from self._told(reading, plate.end)

    def _told(self, reading: Reading, end: int) -> Iterator[Hit]:
        """Yield the expiry date told in words after a card that ends at ``end``, and the code behind it."""
        dated = 0
        for number in reading.spoken:
            if not end <= number.start < end + _SAID_LATER:
                continue
            cue = reading.announcer(number.start, 30)
            if not dated and len(number.digits) == 4 and _expires(number.digits):
                dated = number.end
                yield Hit("CARD_SECURITY_CODE", number.start, number.end, 0.8, "expiry in words after a card")
            elif len(number.digits) in (3, 4) and not (cue and cue.role in ("other", "phone", "birth")):
                behind = _ON_BACK.match(reading.text, number.end)
                if behind or (dated and number.start < dated + 60):
                    yield Hit(
                        "CARD_SECURITY_CODE", number.start, number.end, 0.8, "code in words after a card"
                    )

    def _follows(self, reading: Reading, place: int, start: int) -> bool:
        gap = reading.text[place:start]
        if _LABEL.match(gap.replace("\n", " ")) or not gap.strip():
            return True
        if len(gap) < 50 and not re.search(r"\d|\n|[.;]\s", gap) and reading.text[start + 2] == "/":
            return True
        cue = reading.governor(start, 14)
        if cue is None or cue.start < place:
            return len(gap) < 60 and _KEY.fullmatch(gap) is not None
        return cue.role == "expiry"

    def _cued_codes(self, reading: Reading, cards: list[Hit]) -> Iterator[Hit]:
        def any_code(match: "re.Match[str]", slot: Slot) -> bool:
            return any(character.isdigit() for character in match[0])

        def date(match: "re.Match[str]", slot: Slot) -> bool:
            return _expires(match[0]) and _close(cards, match.start(), 160)

        for match, slot in reading.find(_CODE, _CVV, any_code, reach=30, below=bool(cards)):
            if slot.cue.name.startswith(("cv", "card", "3 d", "three", "4")) or _close(
                cards, match.start(), 200
            ):
                start = slot.cue.start if match.start() - slot.cue.end == 1 else match.start()
                yield Hit(
                    "CARD_SECURITY_CODE", start, match.end(), 0.85, f"code {slot.relation}", slot.cue.name
                )
        for match, slot in reading.find(_EXPIRY, _EXP, date, reach=24):
            yield Hit(
                "CARD_SECURITY_CODE",
                match.start(),
                match.end(),
                0.8,
                f"expiry {slot.relation}",
                slot.cue.name,
            )
        for index, cue in reading.cues_of(_EXP):
            slot = reading.after(index)
            month = _WORD_EXPIRY.search(reading.text, slot.start, min(len(reading.text), slot.limit + 40))
            if month and month.start() - cue.end < 12 and _close(cards, month.start(), 200):
                yield Hit("CARD_SECURITY_CODE", month.start(), month.end(), 0.8, "expiry in words", cue.name)
        yield from self._pins(reading)
        for number in reading.spoken:
            spoken = reading.announcer(number.start, 30)
            if spoken and spoken.role in ("cvv", "pin") and len(number.digits) in (3, 4):
                yield Hit("CARD_SECURITY_CODE", number.start, number.end, 0.8, "code in words", spoken.name)

    def _pins(self, reading: Reading) -> Iterator[Hit]:
        def of_card(match: "re.Match[str]", slot: Slot) -> bool:
            if not any(character.isdigit() for character in match[0]):
                return False
            return card_pin(reading, slot.cue)

        for match, slot in reading.find(_PIN_CODE, _PIN, of_card, reach=34):
            start = slot.cue.start if match.start() - slot.cue.end == 1 else match.start()
            yield Hit("CARD_SECURITY_CODE", start, match.end(), 0.8, f"pin {slot.relation}", slot.cue.name)


def card_pin(reading: Reading, cue: Cue) -> bool:
    """Tell whether a PIN that ``cue`` announces opens a payment card and not a door, telephone or file."""
    if cue.name not in _BARE_PINS:
        return True
    line = reading.line_starts[reading.line_of(cue.start)]
    if _DEVICE.search(reading.text[max(line, cue.start - 24) : cue.start]):
        return False
    window = reading.text[max(0, cue.start - NEAR) : cue.end + NEAR]
    return _PLATE.search(window) is not None or reading.near(cue.start, PLASTIC, NEAR // 2)


def _dated(text: str, end: int) -> bool:
    """Tell whether an expiry date follows right after a card, which no other number has."""
    joint = _THEN.match(text, end)
    date = joint and _EXPIRY.match(text, joint.end())
    return bool(date and re.search(r"[/.-]", date[0]) and _expires(date[0]))


def _leading(run: str) -> int:
    """Give the length of the card that a ``run`` of groups of digits begins with, 0 if with none."""
    ends = [place.end() for place in re.finditer(r"[^ \n.-]+", run)]
    return next((end for end in reversed(ends) if card(only_digits(run[:end].replace("E", "3")))), 0)


def _close(cards: list[Hit], position: int, reach: int) -> bool:
    return any(card_.start - reach < position < card_.end + reach for card_ in cards)


def _expires(text: str) -> bool:
    """Tell whether ``text`` reads as a month and a year from 2020 to 2049, in either order."""
    digits = only_digits(text)
    if len(digits) in (5, 6) and digits[-4:-2] == "20":
        digits = digits[:-4] + digits[-2:]
    digits = digits.zfill(4)
    if len(digits) != 4:
        return False
    first, last = int(digits[:2]), int(digits[2:])
    return (1 <= first <= 12 and 20 <= last <= 49) or (20 <= first <= 49 and 1 <= last <= 12)


def _cards_in(run: str, following: str) -> Iterator[tuple[int, int]]:
    """Yield where cards stand in a ``run`` of digits; each begins with a group of them and ends with one."""
    places = [index for index, character in enumerate(run) if character not in " -.\n"]
    if sum(character.isdigit() for character in run) < 3:
        return
    done = 0
    for first, place in enumerate(places):
        if place < done or (first and place == places[first - 1] + 1):
            continue
        wide = not first or place - places[first - 1] > 2 or "\n" in run[places[first - 1] : place]
        if not wide and (
            place - _group(run, place) == _group(run, place, 1) - place
            or not run[place : place + 3].isalnum()
        ):
            continue
        for count in (19, 18, 17, 16, 15, 14, 13, 12):
            last = first + count - 1
            if last >= len(places):
                continue
            after = run[places[last] + 1 : places[last] + 3] or following
            if after[:1].isalnum() and not re.match(r"D\d", after):
                continue
            if re.match(r"[-.]\d", after) and not run[place : places[last]].isalnum():
                continue
            if _is_card(run[place : places[last] + 1]):
                yield place, places[last] + 1
                done = places[last] + 1
                break


def _group(run: str, place: int, ahead: int = 0) -> int:
    """Give where the group of digits that ends before ``place`` begins, or the one at ``place`` ends."""
    if ahead:
        end = place
        while run[end : end + 1].isalnum():
            end += 1
        return end
    begin = place - 1
    while begin and run[begin - 1].isalnum():
        begin -= 1
    return begin + 1


def _is_card(text: str) -> bool:
    if card_network(only_digits(text.replace("E", "3"))) is None:
        return False
    return any(card(digits) for digits in readings(text))
