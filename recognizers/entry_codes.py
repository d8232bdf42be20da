"""Codes of doors, gates, alarms, safes and devices: dialled, keyed or said, behind a cue or in a list."""

import re
from collections.abc import Iterator, Mapping

from recognizers.payment import card_pin
from recognizers.reading import Reading, Slot
from recognizers.recognizer import Hit

QUOTED = re.compile(
    r"\"(?P<value>[^\"\s,;.][^\"\n]{1,47})\"|(?<!\w)'(?P<single>[^'\s,][^'\n]{2,39})'|`(?P<tick>[^`\n]{2,48})`"
    r"|~~(?P<struck>[^~\n]{2,40})~~"
)
_DIAL = re.compile(
    r"(?<![A-Za-z0-9$])(?P<value>[LR][ -]?[0-9OlI]{1,2}"
    r"(?:[ ,-]{1,3}[LR][ -]{0,3}[0-9OlIZ ]{1,4}){1,3}|[0-9OlI]{1,2}[LR]"
    r"(?:[ ,-]{1,3}[0-9OlI]{1,2}[LR]){1,3}"
    r"|[0-9OlIZ]{1,3}(?:[ ]{0,2}[-·+,][ ]{0,2}[0-9OlIZ#*]{1,3}){1,7}(?:-[A-Z])?(?:[ -](?:star"
    r"|pound|then star))?|[#*]{0,2}[0-9OlI]{3,8}[#*A-Z]?(?:[*][0-9]{1,3})?"
    r"|[A-Z]{1,4}[0-9]?-[0-9][0-9A-Z-]{1,8}|[0-9]{1,3}(?:-[0-9]{1,3}){1,4}(?:-[A-Z])?"
    r"|[0-9OlI]{2,3}[ ][0-9OlI]{2,3}#?|[0-9](?:[ ][0-9]){3,5}(?:[ ]?[#*])?|[A-Z][0-9OlI]{3,6}[A-Z]?"
    r"|[0-9]{1,3}[+*#][0-9*#]{1,6})"
    r"(?![A-Za-z0-9/%]|[-.]\d)"
)
_KEYED = re.compile(
    r"(?<![\w#*$.-])(?P<value>[#*]{0,2}\d{3,6}[#*]|\*{1,2}\d{3,6}|(?![934]-1-1\b)\d"
    r"(?:-\d){2,5}(?:-[#*])?)(?![\w#*/-]|[.]\d)"
)
_STAR = re.compile(r"[ ,]{1,3}(?:then[ ])?(?:the[ ])?(?:star|pound|hash)\b", re.IGNORECASE)
_LEADER = re.compile(r"(?:\.{3,60}|(?:[ ]{1,3}\.){3,40})[ ]{1,4}(?:(?:arm|disarm|code)[ ]){0,2}")
_ADDRESS = re.compile(r"\b(?:at|from|in|by)\b[^:=]{0,40}$", re.IGNORECASE)
_STREET = re.compile(r"[ ](?:[NSEW]\.?[ ])?[A-Z][a-z]{2,}")
"""Where the number after a code is that of a house in which it can be had."""
_PARCEL = re.compile(r"\d{2,4}-\d{2,3}-\d{3,4}(?:-\d+)*")
"""A parcel identification number, which is a PIN too."""
_TEN_CODE = re.compile(r"1[01]-\d\d")
"""A police radio code."""
_ALSO_WORDS = frozenset({"code", "door", "gate", "alarm", "safe", "vault", "locker", "unlock", "code for"})
"""Cues that are said of much besides what opens something."""
_NEAR_ONLY = _ALSO_WORDS | {"lockbox", "duress", "keypad", "candado", "con el codigo"}
"""Cues whose code stands right behind them."""
_CODES = frozenset({"code"})
_PINS = frozenset({"pin"})
_ENTRY = re.compile(
    r"\b(?:doors?|gates?|key|entry|lock\w*|alarms?|panel|closet|restrooms?|room|shed|vault|safe"
    r"|showers?|keypad|cooler|freezer|pantry"
    r"|cabinet|copier|printer|elevator|staff|new|garage|access|arm|disarm|guest|lounge"
    r"|studio|box|changed|yard|building|escort|hall|tower|barn|pool|booth|gym|stock ?room|use|tell|is)\b",
    re.IGNORECASE,
)
_LAW = re.compile(
    r"\b(?:evid|evidence|elections?|muni|city|town|fee|overtime|tenant|order|req|class|c1ass"
    r"|penal|vehicle|government|gov|health|civil|labor|municipal|building|fire|zip|area|dress"
    r"|section|of ethics|of conduct|tax|education|welfare|election|evidence|family|probate"
    r"|saf|inst|ed|educ|civ|pen|veh|gov|lab|fam|prob|corp|fin|ins|rev|bus|prof|wat|util|pub|elec|com|proc"
    r"|fund|gl|account|cost|billing|cpt|icd|diagnosis|disposition|object|program|radio|ten|10"
    r"|color|bar|qr|source|error|retention|reason|plan|job|class|state|country|status|resub"
    r"|tpl|hazard|postal|agent|project|unit|client|employer|site|customer|department|dept|pay|earnings|leave"
    r"|course|charge|activity|task|discount|product|offense|clearance|category|bill|rate|short|disease|vendor|payment|transaction|attendance|adjustment|reserve"
    r"|meter|payroll|approval|run|go(?:es)? to|billed to|charged? to|posted to)\.?[\s(]+codes?\s*$",
    re.IGNORECASE,
)


def entry_codes(reading: Reading, roles: Mapping[str, int]) -> Iterator[Hit]:
    """Yield the codes in a text; ``roles`` says how many cues of each role it has."""
    if roles["code"] + roles["secret"] > 1:
        for match in _KEYED.finditer(reading.text):
            yield Hit("PASSWORD", *value_span(match), 0.55, "star or pound code")
    if roles["code"] > 2:
        for match in _LEADER.finditer(reading.text):
            dial = _DIAL.match(reading.text, match.end())
            if dial and any(c.isdigit() for c in dial["value"]):
                yield Hit("PASSWORD", *value_span(dial), 0.6, "code in a list")
    yield from _codes(reading)
    yield from _spoken(reading)


def _codes(reading: Reading) -> Iterator[Hit]:
    def code(match: "re.Match[str]", slot: Slot) -> bool:
        value = match["value"]
        gap = reading.text[slot.start : match.start()]
        part = reading.text[max(0, match.start() - 2) : match.start()]
        if part[-1:] == "-" and part[0].isdigit():  # the end of a telephone number
            return False
        if not any(character.isdigit() for character in value) or _LAW.search(
            reading.text[max(0, slot.cue.start - 16) : slot.cue.end]
        ):
            return False
        if slot.relation == "below":
            return not _TEN_CODE.fullmatch(value) and slot.cue.name not in _ALSO_WORDS
        if slot.cue.name == "code" and not _ENTRY.search(
            reading.text[max(0, slot.cue.start - 50) : match.start()]
        ):
            return value.isdigit() and reading.text[slot.cue.start].islower() and _joined(gap, "code")
        if slot.cue.name in _NEAR_ONLY:
            if re.fullmatch(r"(?:19|20)\d\d|\d{1,3}", value) and slot.cue.name not in ("keypad", "duress"):
                return False
            return len(gap) < 30 and _joined(gap, slot.cue.name)
        if _ADDRESS.search(gap) and _STREET.match(reading.text, match.end()):
            return False
        return len(gap) < 44 and not re.fullmatch(r"\d{1,2}-\d{1,2}-(?:19|20)\d\d", value)

    for match, slot in reading.find(
        _DIAL, _CODES, code, frozenset({"office", "neutral", "pin", "secret", "code"}), below=True
    ):
        yield Hit("PASSWORD", *value_span(match), 0.8, f"code {slot.relation}", slot.cue.name)

    def pin(match: "re.Match[str]", slot: Slot) -> bool:
        near = slot.relation == "below" or match.start() - slot.start < 24
        if _PARCEL.match(reading.text, match.start()) or reading.text[match.start() - 1] == "-":
            return False
        return near and not card_pin(reading, slot.cue)

    for match, slot in reading.find(_DIAL, _PINS, pin, below=True):
        yield Hit("PASSWORD", *value_span(match), 0.8, f"pin {slot.relation}", slot.cue.name)
    for _, cue in reading.cues_of(_CODES):
        quoted = QUOTED.search(reading.text, cue.end, cue.end + 60)
        if quoted and _joined(reading.text[cue.end : quoted.start()], cue.name) and cue.name != "code":
            yield Hit("PASSWORD", *value_span(quoted), 0.7, "quoted after", cue.name)


def _spoken(reading: Reading) -> Iterator[Hit]:
    for number in reading.spoken:
        cue = reading.announcer(number.start, 44)
        if cue and cue.role in ("code", "secret") and 3 <= len(number.digits) <= 8:
            star = _STAR.match(reading.text, number.end)
            end = star.end() if star else number.end
            yield Hit("PASSWORD", number.start, end, 0.7, "code in words", cue.name)


def value_span(match: "re.Match[str]") -> tuple[int, int]:
    """Where the value of a match stands: its named part, or all of it."""
    for name, value in match.groupdict().items():
        if value is not None and name in ("value", "single", "tick", "struck"):
            return match.span(name)
    return match.span()


def _joined(gap: str, cue: str) -> bool:
    if re.fullmatch(r"[\s:=.#*\"'(>-]{0,30}", gap):
        return cue not in ("door", "gate", "alarm") or bool(gap.strip(" "))
    return (
        re.fullmatch(
            r"(?i)[\s:=.#*\"'(,>-]{0,6}(?:\b(?:is|was|now|still|changed|has|been|to|for|the"
            r"|with|new|until|from|reset|on|this|week|month|only|staff|back|front|north|south|east"
            r"|west|main|pump|side|monday|escorts?|our|it's|its|it|same|disarm|arm|code|combo"
            r"|and|set|que|es|nuevo|con|la|el|apaga|se|in|lockbox|in the|of|cloud"
            r"|file)\b[\s:=.#*\"',(>-]{0,6}){1,7}",
            gap,
        )
        is not None
    )
