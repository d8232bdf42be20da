"""Driver's licences and state identification cards, by the formats of the states."""

import re
from collections.abc import Iterator

from recognizers.digits import undamaged
from recognizers.leads import led
from recognizers.licence_formats import CODES, NAMES, SHORT_NAMES, code_of, of_any_state, of_state
from recognizers.licence_rosters import roster
from recognizers.reading import Reading, Slot, read
from recognizers.recognizer import Hit, TextRecognizer
from recognizers.validity import card
from recognizers.values import Value, find_values, shape, trimmed

_BEHIND = (
    r"(?:[ ](?:driver'?s?[ ])?(?:licen[sc]es?|lic\.?|DL|OLN?|ID)\b)?"
    r"(?:[.]?[: ]{1,4}|,[ ]|[ ][-/][ ]|[ ]?\()"
    r"(?=[A-Z]{0,4}[- ]?[0-9OlISBZ])"
)
"""What stands between a state and a number that it gave."""
_NAME_FIRST = led(
    rf"(?<![A-Za-z])(?i:(?P<state>{'|'.join(NAMES)}))\b{_BEHIND}",
    rf"(?<![a-z])(?:{'|'.join(NAMES).lower()})\b",
)
_SHORT_FIRST = re.compile(
    rf"(?<![A-Za-z.])(?P<state>{'|'.join(map(re.escape, SHORT_NAMES))})"
    r"(?:[ ](?:driver'?s?[ ])?(?:licen[sc]es?|lic\.?|DL|OLN?|ID|no\.?)(?![A-Za-z]))?"
    r"(?:,[ ]|:[ ]|[ ]-[ ]|[ ]{1,2}|[ ]\()"
    r"(?=[A-Za-z]{0,4}[- ]?[0-9OlISBZ])"
)
_LONG = 8
"""So many digits behind the name of a state, in its format, are a licence with no further cue."""
_OF_WHAT = re.compile(r"[A-Za-z]{2}[ ]")
"""Before ``ID``: the identification of something, not Idaho."""
_STATE_LAST = re.compile(rf"[ ]{{1,6}}\(?(?P<state>{CODES})\b(?![. ]{{1,2}}\d{{5}})")
_IN_BRACKETS = re.compile(rf"[ ]\({CODES}\)")
_STATE_FIRST = re.compile(rf"(?<![A-Za-z]){CODES}\b{_BEHIND}")
_TAIL = re.compile(r"(?<![A-Za-z0-9-])[A-Z]{1,3}[ ]?\d[\d-]{5,17}$|(?<![A-Za-z0-9-])\d{2}[A-Z]{2,3}\d{4,5}$")
_BARE = re.compile(
    r"(?<![A-Za-z0-9-])(?:WDL[ ]?[A-Z0-9]{4}[ ]?[A-Z0-9]{5}|[A-Z]-?\d{3}-\d{3}-\d{2,3}-\d{3}(?:-\d)?"
    r"|[A-Z]\d{3}-\d{4}-\d{4}-\d{2}|[A-Z]\d{3}-\d{4}-\d{4}|[A-Z]\d{4} \d{5} \d{5}|[A-Z](?: \d{3}){4}"
    r"|NHL\d{8}|\d{2}[A-Z]{3}\d{5}"
    r"|[A-Z]\d{2}-\d{3}-\d{3}|(?=[A-Z]{1,6}\*)[A-Z][A-Z*]{6}\d{3}[A-Z0-9]{2})(?![A-Za-z0-9-])"
)
_LETTERS_FIRST = re.compile(r"(?<![A-Za-z0-9-])(?!PRR|ADU|CHG|REQ|CUP)[A-Z]{3}-\d{2}-\d{4}(?![A-Za-z0-9-])")
_CALIFORNIA = re.compile(r"(?<![A-Za-z0-9-])[A-Za-z]\d{7}(?![A-Za-z0-9-])")
_AAMVA = re.compile(r"\bDAQ(?P<number>[A-Z0-9][A-Z0-9-]{4,18})\b")
_LICENCE = frozenset({"licence"})
_PASSING = frozenset({"ssn", "neutral", "card", "office"})
_OF_PROFESSION = re.compile(
    r"(?:\b(?:Paramedic|EMT|Attendant|Inspector|Adjuster|Assessor|Examiner|Locksmith|Dr\.|Nurse)[:,]?[ ]"
    r"(?:[A-Z][\w.'-]{0,20}[ ]){0,2}[A-Z][\w'-]{1,20}"
    r"|,[ ](?:OTR(?:/L)?|R\.?N|LPN|LVN|M\.?D|N\.?P|Ph\.?D|Psy\.?D|LCSW|LMSW|DDS|DVM)\.?"
    r"|\b(?:RN|LPN|LVN|LCSW)[ ](?:[A-Z][\w.'-]{0,20}[ ]){0,2}[A-Z][\w'-]{1,20}),?[ ]{1,3}"
    rf"(?:(?:{'|'.join(NAMES)}|{CODES})[ ])?\(?$"
)
"""Somebody of a profession, right before the word for a license: it is what they practise by."""
_FORM_NUMBER = re.compile(r"-\d{2,4}\b")
"""Behind ``DMV``: the number of a form."""
_NOT_LICENCE = re.compile(
    r"(?:BIN|NPI)[ ]\d{5,10}|\$?\d{1,3}(?:,\d{3}){0,3}\.\d\d"
    r"|\d{1,2}[/.-]\d{1,2}[/.-]\d{2,4}|(?:19|20)\d\d-\d\d-\d\d|\d{3}[-. ]\d{3}[-. ]\d{4}|\d{5}(?:-\d{4})?"
)
_PUBLIC = re.compile(
    r"\b(?:contractor|cslb|business|marriage|bar|dog|liquor|nursing|notary|hostel|hotel|building|trade"
    r"|software|(?:hunting|fishing|lot|shelter|cruising|kennel|facility|lodging|massage|mortuary|funeral"
    r"|day ?care|child ?care|food|tobacco|cannabis|peddler'?s?|dealer|broker'?s?|appraiser|plumb\w+"
    r"|electric\w+|rental|storage|tribal)(?=[ ](?:licen[sc]e|lic\b|id\b))"
    r"|state(?=[ ]lic(?:en[sc]e)?\.?[ ](?:no\.?[ ])?[a-z]{0,2}-?\d)"
    r"|postage|meter|c-\d{1,2}|class [ab]|disp|sidewalk|vendor|llc|inc|asphalt|alcohol)\b",
    re.IGNORECASE,
)
"""Words before a bare 'license' that make it a public one."""
_NO_LICENCE = re.compile(r"\d\d-(?:[A-Z]-)?\d{3,5}|\d{3}-\d{3}|\d[A-Z]{3}\d{3}")
"""Numbers by year, and plates of cars, after a bare 'license'."""
_NO_SSN = re.compile(r"(?:000|666|9\d\d)-\d\d-\d{4}")
_RIVALS = frozenset({"other", "ssn", "passport", "alien", "medical", "account", "phone", "office", "receipt"})


class DriverLicenceRecognizer(TextRecognizer):
    """Finds ``US_DRIVER_LICENSE``: by a cue, by a state beside its format, or by a telling format."""

    ENTITIES = ("US_DRIVER_LICENSE",)

    def find(self, text: str) -> Iterator[Hit]:
        """Yield the licences in ``text``, which is in normal form."""
        reading = read(text)
        entity = self.ENTITIES[0]
        for value, slot in find_values(
            reading, _LICENCE, lambda v, s: _fits(reading, v, s), 17, _PASSING, reach=64
        ):
            state = _IN_BRACKETS.match(text, value.end)
            end = state.end() if state else value.end
            yield Hit(entity, value.start, end, 0.85, f"licence {slot.relation}", slot.cue.name)
        for match in _AAMVA.finditer(text):
            yield Hit(entity, match.start("number"), match.end("number"), 0.95, "AAMVA element DAQ")
        for match in _BARE.finditer(text):
            cue = reading.governor(match.start())
            if not (cue and cue.role in _RIVALS and not cue.weak and match.start() - cue.end < 14):
                yield Hit(entity, match.start(), match.end(), 0.6, "state format")
        yield from self._by_state(reading)
        for value in roster(reading):
            yield Hit(entity, value.start, value.end, 0.75, "roster of licences")
        if any(cue.role == "licence" and not cue.weak for cue in reading.cues):
            for match in _LETTERS_FIRST.finditer(text):
                if not reading.governor(match.start()):
                    yield Hit(entity, match.start(), match.end(), 0.6, "state format")
            for match in _CALIFORNIA.finditer(text):
                cue = reading.governor(match.start())
                if not (cue and cue.role in _RIVALS - {"office", "phone"} and not cue.weak):
                    yield Hit(entity, match.start(), match.end(), 0.5, "California format")
        for number in reading.spoken:
            cue = reading.announcer(number.start, 40)
            if cue and cue.role == "licence" and len(number.digits) >= 5:
                yield Hit(entity, number.start, number.end, 0.8, "licence in words", cue.name)

    def _by_state(self, reading: Reading) -> Iterator[Hit]:
        pattern = shape(reading)
        for state in _STATE_FIRST.finditer(reading.text):
            match = pattern.match(reading.text, state.end())
            value = match and trimmed(match, 17)
            if state[0].startswith("ID") and _OF_WHAT.fullmatch(
                reading.text[max(0, state.start() - 3) : state.start()]
            ):
                continue
            if value and _issued(reading, value, state[0][:2]) and not _rival(reading, value):
                yield Hit(self.ENTITIES[0], value.start, value.end, 0.6, "state before number")
        for state in (*_NAME_FIRST.finditer(reading.text), *_SHORT_FIRST.finditer(reading.text)):
            match = pattern.match(reading.text, state.end())
            value = match and trimmed(match, 17)
            if (
                value
                and _issued(reading, value, code_of(state["state"]), named=True)
                and not _rival(reading, value)
            ):
                yield Hit(self.ENTITIES[0], value.start, value.end, 0.6, "state before number")
        for state in _STATE_LAST.finditer(reading.text):
            before = _TAIL.search(reading.text, max(0, state.start() - 20), state.start())
            if not before or not any(c.isalpha() for c in before[0]) or reading.governor(before.start()):
                continue
            compact = re.sub(r"[ -]", "", before[0])
            if len(compact) > 7 and of_state(compact, state["state"]):
                yield Hit(self.ENTITIES[0], before.start(), before.end(), 0.6, "state after number")


def _issued(reading: Reading, value: Value, state: str, named: bool = False) -> bool:
    if not of_state(value.compact, state) or _NOT_LICENCE.fullmatch(reading.text[value.start : value.end]):
        return False
    if any(c.isalpha() for c in undamaged(value.compact)) or (named and value.digits >= _LONG):
        return True
    return reading.near(value.start, _LICENCE, 160)


def _rival(reading: Reading, value: Value) -> bool:
    cue = reading.governor(value.start, 14)
    return cue is not None and cue.role in _RIVALS and not cue.weak


def _fits(reading: Reading, value: Value, slot: Slot) -> bool:
    found = reading.text[value.start : value.end]
    if not 5 <= len(value.compact) <= 17 or value.digits < 4 or value.clear_digits < 2:
        return False
    if _NOT_LICENCE.fullmatch(found) or _NO_SSN.fullmatch(found) or card(value.compact):
        return False
    if slot.cue.name == "dmv" and _FORM_NUMBER.match(reading.text, slot.cue.end):
        return False
    strange = slot.cue.weak or slot.cue.name in ("license", "licence", "lic", "id", "dmv", "pass")
    if strange:
        line = reading.line_starts[reading.line_of(slot.cue.start)]
        if _PUBLIC.search(reading.text[max(line, slot.cue.start - 60) : value.start]):
            return False
        if _OF_PROFESSION.search(reading.text, max(line, slot.cue.start - 80), slot.cue.start):
            return False
    if strange and _NO_LICENCE.fullmatch(found):
        return False
    if strange and slot.relation == "below":
        return slot.cue.name != "ol" and len(value.compact) > 6 and of_any_state(value.compact)
    if slot.cue.weak:
        return of_any_state(value.compact) and value.start - slot.start < 20
    near = 60 if reading.text[slot.start : value.start].endswith(": ") else 34
    return slot.relation == "below" or value.start - slot.start < near
