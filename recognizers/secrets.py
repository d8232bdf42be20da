"""Passwords, tokens, keys and the codes of doors, alarms, safes and devices."""

import re
from collections import Counter
from collections.abc import Iterator

from recognizers.leads import caseless, led
from recognizers.logins import coined, dumped, pairs, turns
from recognizers.payment import card_pin
from recognizers.reading import Reading, Slot, read
from recognizers.recognizer import Hit, TextRecognizer

_LINK = (
    r"(?:[ ]{0,3}(?:[:=.|>~*\"'`(\[-]{1,40}|is|was|=>|on|for|the|to|now|still|changed|has|been"
    r"|reset|set|as|it's|its|of|are|says|reads|new|temp|your|be|just|word|default|phrase"
    r"|es|era|nueva|nuevo|del?|la|el|se|apaga|con|wi-?fi|login|admin|aloud|read|that|which|then|also"
    r"|[a-z]+'s)(?=[\s:=.\"'`(\[*#\d~-]|$|(?<=[:=.|>~*\"'`(\[-])))"
)
_AFTER = re.compile(rf"{_LINK}{{0,7}}[ \t]{{0,40}}(?:\n[ ]{{0,12}})?[\"'`(\[~]{{0,3}}", re.IGNORECASE)
_QUOTED = re.compile(
    r"\"(?P<value>[^\"\s,;.][^\"\n]{1,47})\"|(?<!\w)'(?P<single>[^'\s,][^'\n]{2,39})'|`(?P<tick>[^`\n]{2,48})`"
    r"|~~(?P<struck>[^~\n]{2,40})~~"
)
_STRONG = re.compile(
    r"(?P<value>(?=[^\s]{0,40}[0-9!@#$%^&*_+=?\\/.-])[A-Za-z0-9!@#$%^&*_+=?~\\/:.-]{3,80}[A-Za-z0-9!@#$%^&*+=?~])(?=[\s,;)\"'`.\]]|$)"
)
_PLAIN = re.compile(r"(?P<value>[A-Za-z0-9!@#$%^&*_+=?~:-]{4,40})(?=[\s,;)\"'`.\]]|$)")
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
_KEY = caseless(
    r"(?P<key>(?:passw(?:or)?d|passwd|_pass|secret|token|api_?key|apikey|_key|auth|psk|pwd|pin|keypad"
    r"|_pw)[a-z0-9_]{0,12})"
    r"(?P<sep>[\"']?[ ]{0,12}[:=][ ]{0,12})(?P<quote>[\"']?)(?P<value>[^\s\"',}{]{3,120})",
)
_KEY_HEAD = re.compile(r"[\w.-]{0,30}$")
_URL_SECRET = re.compile(r"://[\w.-]{0,40}:(?P<value>[^@\s/:]{3,60})@")
_BEARER = re.compile(r"\b(?:Bearer|Basic)[ ](?P<value>[A-Za-z0-9._~+/-]{12,400})")
_TOKEN = re.compile(
    r"(?<![A-Za-z0-9])(?:(?:sk|pk|rk)_(?:test|live|sandbox)_[A-Za-z0-9]{6,64}"
    r"|gh[pousr]_[A-Za-z0-9]{20,64}|AKIA[A-Z0-9]{16}|xox[abprs]-[A-Za-z0-9-]{10,80}"
    r"|eyJ[A-Za-z0-9_-]{6,400}(?:\.[A-Za-z0-9_-]{2,400}){0,2}|AIza[A-Za-z0-9_-]{30,40})(?![A-Za-z0-9])"
)
_PRIVATE_KEY = re.compile(
    r"-----BEGIN [A-Z ]{0,20}PRIVATE KEY-----[A-Za-z0-9+/=\s]{1,6000}(?:-----END"
    r" [A-Z ]{0,20}PRIVATE KEY-----)?"
)
_LOGIN = led(
    r"\b(?P<label>log-?in|sign-?in|credentials?|creds?|admin|operator|user(?:name)?|root"
    r"|master|viewer|web ui|account)\b[^\n/|]{0,40}?"
    r"(?P<user>\b[A-Za-z][\w.@-]{1,30})[ ]{0,2}/[ ]{0,2}(?P<value>"
    r"(?!\d{1,2}\b)[^\s/,;)]{3,40}[^\s/,;.)])",
    r"log-?in|sign-?in|credential|cred|admin|operator|user|root|master|viewer|web ui|account",
    re.IGNORECASE,
)
_WIFI = re.compile(
    r"\bwi-?fi\b[^\n]{0,30}?(?:\b(?:is|key|pass|pw|password|es)\b|[:=/])[ ]{0,3}"
    r"(?P<value>[A-Za-z0-9!@#$%^&*_+=?.-]{6,40})(?![A-Za-z0-9])",
    re.IGNORECASE,
)
_MIXED = re.compile(
    r"(?<![A-Za-z0-9@.])(?P<value>(?=[A-Za-z0-9_]{0,24}(?:[A-Za-z][0-9!@#$%^&*+=~]|[0-9][A-Za-z]"
    r"|[a-z][A-Z]"
    r"|[0-9A-Za-z][-_./][0-9A-Za-z]))[A-Za-z0-9!@#$%^&*_+=~?./-]{4,60}[A-Za-z0-9!@#$%^&*+=~])(?=[\s,;:)\"'`.\]?]|$)"
)
_USER_PASS = re.compile(
    r"(?<![\w/])[A-Za-z][\w.@-]{1,30}[ ]{0,2}/[ ]{0,2}(?P<value>"
    r"(?=[^\s]{0,20}[A-Za-z0-9])[A-Za-z0-9!@#$%^&*_+=~?.-]{2,40}[A-Za-z0-9!@#$%^&*+=~])"
    r"(?=[\s,;)\"'`.\]]|$)"
)
_SYMBOLIC = re.compile(
    r"(?<![A-Za-z0-9@.:/#&-])(?P<value>(?=[A-Za-z0-9._-]{1,24}[!@#$%^*+~])(?=[^\s]{0,24}[A-Za-z])(?=[^\s]{0,24}\d)"
    r"[A-Za-z0-9][A-Za-z0-9!@#$%^*_+~.-]{4,40}[A-Za-z0-9!#$%*])(?=[\s,;:)\"'`.\]?]|$)"
)
_KEYED = re.compile(
    r"(?<![\w#*$.-])(?P<value>[#*]{0,2}\d{3,6}[#*]|\*{1,2}\d{3,6}|(?![934]-1-1\b)\d"
    r"(?:-\d){2,5}(?:-[#*])?)(?![\w#*/-]|[.]\d)"
)
_STAR = re.compile(r"[ ,]{1,3}(?:then[ ])?(?:the[ ])?(?:star|pound|hash)\b", re.IGNORECASE)
_FILLED = re.compile(
    r"(?:[^\n.:]{0,24})?(?:\.{4,60}|(?:[ ]{1,3}\.){4,40})[ ]{1,4}(?P<value>\S[^\n]{2,40}?)[ ]*(?=\n|$)"
)
_LEADER = re.compile(r"(?:\.{3,60}|(?:[ ]{1,3}\.){3,40})[ ]{1,4}(?:(?:arm|disarm|code)[ ]){0,2}")
_DULL = re.compile(
    r"[\w.+-]+@[\w.-]+|(?:https?:/|www\.).*|\d{1,2}[:/.-]\d{1,2}(?:[:/.-]\d{2,4})?(?:[ap]m?)?|\d+(?:st"
    r"|nd|rd|th|am|pm|hrs?|x|k|gb|mb|ft|in|min|yrs?)|[A-Za-z]+(?:[-/'][A-Za-z]+)+"
    r"|[A-Za-z]+\.[a-z]{2,4}(?:/.*)?|\d{1,3}(?:\.\d{1,3}){3}|(?:19|20)\d\d(?:-\d\d){0,2}"
    r"|[A-Z]{2,5}-?\d{1,4}|(?-i:(?:[A-Z]{2,5}-){2,4}\d{1,3})|\d{2}-\d{4,6}|\d{3}[-.]\d{4}|802\.1x|\$?[\d,.]+",
    re.IGNORECASE,
)
_TOLD = re.compile(r"[ ]{0,3}[:=.>]|[ ]+(?:is|was)\b")
"""What stands after ``PW`` where it is a password and not Public Works."""
_HOST = re.compile(r"[A-Z]{2,12}\d{0,4}")
"""The name of a machine or an office, which stands after a login as a password does."""
_MONEY = re.compile(r"\$?\d{1,3}(?:,?\d{3})*\.\d\d|[A-Z]+(?:[ ][\d.]+%)?")
"""What the columns of an invoice hold."""
_ADDRESS = re.compile(r"\b(?:at|from|in|by)\b[^:=]{0,40}$", re.IGNORECASE)
_STREET = re.compile(r"[ ](?:[NSEW]\.?[ ])?[A-Z][a-z]{2,}")
"""Where the number after a code is that of a house in which it can be had."""
_TEN_CODE = re.compile(r"1[01]-\d\d")
"""A police radio code."""
_BEFORE, _AROUND = 60, 160
"""Characters before and after a cue in which a word coined as a password is one."""
_ACCESS = frozenset({"access"})
_OPEN = frozenset(
    {"office", "neutral", "pin", "secret", "code", "access", "other", "account", "licence", "medical", "card"}
)
_SECRET = frozenset({"secret"})
_CODES = frozenset({"code"})
_PINS = frozenset({"pin"})
_ENTRY = re.compile(
    r"\b(?:doors?|gates?|key|entry|lock\w*|alarms?|panel|closet|restrooms?|room|shed|vault|safe"
    r"|showers?|keypad|cabinet|copier|printer|elevator|staff|new|garage|access|arm|disarm|guest|lounge"
    r"|studio|box|changed|yard|building|escort|hall|tower|barn|pool|use|tell|is)\b",
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
    r"|course|charge|activity|task|discount|product|offense|clearance|category)\.?[\s(]+codes?\s*$",
    re.IGNORECASE,
)
_ORDINARY = frozenset(
    re.findall(
        r"\w+",
        "the and for with from that this have has had been was were not "
        "none blank change changed reset expired protected required prompt policy rules rule manager field "
        "set shown listed written printed removed given also only must may can will would "
        "should never always again today please here there them they their your our his "
        "her its who what when where how why but because before after until till "
        "under over into onto about each every any all some more most other another "
        "same still back down off out left right known unknown wrong correct old new "
        "current former default temporary forgotten lost stolen shared sharing based less ",
    )
)


class SecretRecognizer(TextRecognizer):
    """Finds ``PASSWORD``: what lets anyone in who reads it."""

    ENTITIES = ("PASSWORD",)

    def find(self, text: str) -> Iterator[Hit]:
        """Yield the secrets in ``text``, which is in normal form."""
        reading = read(text)
        for pattern, name, score in (
            (_KEY, "assignment", 0.85),
            (_URL_SECRET, "password in an address", 0.95),
            (_BEARER, "bearer token", 0.95),
            (_LOGIN, "login pair", 0.6),
            (_WIFI, "wireless key", 0.7),
        ):
            for match in pattern.finditer(text):
                assigned = pattern is not _KEY or _assigned(match)
                if assigned and (pattern is not _WIFI or _strange(match["value"])):
                    yield Hit("PASSWORD", *_span(match), score, name)
        for match in _TOKEN.finditer(text):
            yield Hit("PASSWORD", match.start(), match.end(), 0.9, "token format")
        for match in _PRIVATE_KEY.finditer(text):
            yield Hit("PASSWORD", match.start(), match.end(), 0.99, "private key")
        roles = Counter(cue.role for cue in reading.cues)
        if roles["secret"] + roles["access"] > 1:
            for match in _SYMBOLIC.finditer(text):
                if not _DULL.fullmatch(match["value"]):
                    yield Hit("PASSWORD", *_span(match), 0.5, "symbols in a word")
        for match in dumped(text):
            yield Hit("PASSWORD", *_span(match), 0.7, "row of logins")
        for match in turns(text):
            yield Hit("PASSWORD", match.start(), match.end(), 0.75, "turns of a dial")
        if roles["secret"] + roles["access"]:
            for match in pairs(text):
                if not _DULL.fullmatch(match["value"]):
                    yield Hit("PASSWORD", *_span(match), 0.65, "login pair")
        yield from self._coined(reading)
        if roles["code"] + roles["secret"] > 1:
            for match in _KEYED.finditer(text):
                yield Hit("PASSWORD", *_span(match), 0.55, "star or pound code")
        if roles["code"] > 2:
            for match in _LEADER.finditer(text):
                dial = _DIAL.match(text, match.end())
                if dial and any(c.isdigit() for c in dial["value"]):
                    yield Hit("PASSWORD", *_span(dial), 0.6, "code in a list")
        yield from self._words(reading)
        yield from self._codes(reading)
        yield from self._spoken(reading)

    def _coined(self, reading: Reading) -> Iterator[Hit]:
        done = 0
        for _, cue in reading.cues_of(_SECRET | _ACCESS):
            start = max(done, cue.end if cue.role == "access" else cue.start - _BEFORE)
            done = cue.end + _AROUND
            for match in coined(reading.text, start, done):
                if _strange(match["value"]):
                    yield Hit("PASSWORD", *_span(match), 0.55, "coined word near", cue.name)

    def _words(self, reading: Reading) -> Iterator[Hit]:
        text = reading.text
        for index, cue in reading.cues_of(_SECRET):
            if text[cue.start : cue.end] == "PW" and not _TOLD.match(text, cue.end):
                continue
            filled = _FILLED.match(text, cue.end)
            if filled and not filled["value"].startswith("("):
                yield Hit("PASSWORD", *filled.span("value"), 0.7, "filled in after", cue.name)
                continue
            link = _AFTER.match(text, cue.end)
            place = link.end() if link else cue.end
            quoted = _QUOTED.search(text, cue.end, min(len(text), place + 50))
            if quoted and _linked(text[cue.end : quoted.start()]):
                yield Hit("PASSWORD", *_span(quoted), 0.85, "quoted after", cue.name)
                continue
            match = _STRONG.match(text, place) or _PLAIN.match(text, place)
            if match and _secretive(match["value"], text[cue.end : place]):
                yield Hit("PASSWORD", *_span(match), 0.8, "word after", cue.name)
                continue
            mixed = self._mixed(reading, reading.after(index, _OPEN, 60))
            if mixed:
                yield Hit("PASSWORD", *_span(mixed), 0.65, "mixed word after", cue.name)
            elif _heads(reading, cue.start):
                yield from self._column(reading, index)
        for index, cue in reading.cues_of(_ACCESS):
            slot = reading.after(index, _OPEN, 60)
            pair = _USER_PASS.search(text, slot.start, min(len(text), slot.limit + 40))
            match = pair if pair and pair.start() <= slot.limit else self._mixed(reading, slot)
            if (
                match
                and (match is pair or re.search(r"[0-9!@#$%^&*+=~]", match["value"]))
                and not _HOST.fullmatch(match["value"])
                and not _DULL.fullmatch(match["value"])
                and _ORDINARY.isdisjoint({match["value"].lower()})
            ):
                yield Hit("PASSWORD", *_span(match), 0.6, "after a login", cue.name)

    def _mixed(self, reading: Reading, slot: Slot) -> "re.Match[str] | None":
        for match in _MIXED.finditer(reading.text, slot.start, min(len(reading.text), slot.limit + 40)):
            if match.start() > slot.limit:
                return None
            if not _DULL.fullmatch(match["value"]):
                return match
        return None

    def _column(self, reading: Reading, index: int) -> Iterator[Hit]:
        cue = reading.cues[index]
        for cell in reading.below(index):
            value = reading.text[cell.start : cell.limit].strip()
            if (
                len(value) >= 4
                and not value.startswith(("(", "--"))
                and len(value) < 40
                and value.lower() not in _ORDINARY
                and not _MONEY.fullmatch(value)
            ):
                yield Hit("PASSWORD", cell.start, cell.limit, 0.6, "column", cue.name)

    def _codes(self, reading: Reading) -> Iterator[Hit]:
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
                return not _TEN_CODE.fullmatch(value) and slot.cue.name not in (
                    "code",
                    "door",
                    "gate",
                    "alarm",
                    "safe",
                    "vault",
                    "locker",
                    "unlock",
                    "code for",
                )
            if slot.cue.name == "code" and not _ENTRY.search(
                reading.text[max(0, slot.cue.start - 50) : match.start()]
            ):
                return value.isdigit() and reading.text[slot.cue.start].islower() and _joined(gap, "code")
            if slot.cue.name in (
                "code",
                "door",
                "gate",
                "alarm",
                "vault",
                "safe",
                "locker",
                "lockbox",
                "unlock",
                "duress",
                "code for",
                "keypad",
            ):
                if re.fullmatch(r"(?:19|20)\d\d|\d{1,3}", value) and slot.cue.name not in (
                    "keypad",
                    "duress",
                ):
                    return False
                return len(gap) < 30 and _joined(gap, slot.cue.name)
            if _ADDRESS.search(gap) and _STREET.match(reading.text, match.end()):
                return False
            return len(gap) < 44 and not re.fullmatch(r"\d{1,2}-\d{1,2}-(?:19|20)\d\d", value)

        for match, slot in reading.find(
            _DIAL, _CODES, code, frozenset({"office", "neutral", "pin", "secret", "code"}), below=True
        ):
            yield Hit("PASSWORD", *_span(match), 0.75, f"code {slot.relation}", slot.cue.name)

        def pin(match: "re.Match[str]", slot: Slot) -> bool:
            near = slot.relation == "below" or match.start() - slot.start < 24
            return near and not card_pin(reading, slot.cue)

        for match, slot in reading.find(_DIAL, _PINS, pin, below=True):
            yield Hit("PASSWORD", *_span(match), 0.7, f"pin {slot.relation}", slot.cue.name)
        for _, cue in reading.cues_of(_CODES):
            quoted = _QUOTED.search(reading.text, cue.end, cue.end + 60)
            if quoted and _joined(reading.text[cue.end : quoted.start()], cue.name) and cue.name != "code":
                yield Hit("PASSWORD", *_span(quoted), 0.7, "quoted after", cue.name)

    def _spoken(self, reading: Reading) -> Iterator[Hit]:
        for number in reading.spoken:
            cue = reading.announcer(number.start, 44)
            if cue and cue.role in ("code", "secret") and 3 <= len(number.digits) <= 8:
                star = _STAR.match(reading.text, number.end)
                end = star.end() if star else number.end
                yield Hit("PASSWORD", number.start, end, 0.7, "code in words", cue.name)


def _heads(reading: Reading, position: int) -> bool:
    """Tell whether a line has three or more cells and no figure in them, as headings have."""
    cells = list(reading.cells(reading.line_of(position)))
    return len(cells) >= 3 and not any(character.isdigit() for cell in cells for character in cell[0])


def _span(match: "re.Match[str]") -> tuple[int, int]:
    for name, value in match.groupdict().items():
        if value is not None and name in ("value", "single", "tick", "struck"):
            return match.span(name)
    return match.span()


def _assigned(match: "re.Match[str]") -> bool:
    value = match["value"]
    if (
        value.startswith(("$", "<", "os.", "|", "(", "*****"))
        or value.lower() in _ORDINARY
        or set(value) <= set("*xX.-_")
    ):
        return False
    before = _KEY_HEAD.search(match.string[max(0, match.start() - 30) : match.start()])
    key = ((before[0] if before else "") + match["key"]).lower()
    if ":" in match["sep"] and " " in match["sep"] and not match["quote"] and "_" not in key:
        return False
    if key.endswith(("_length", "_minutes", "_min", "_max", "_policy", "_age", "_user", "_expires")):
        return False
    return "pin" not in match["key"].lower() or re.search(r"(?:^|_)pin", key) is not None


def _strange(value: str) -> bool:
    """Tell whether ``value`` mixes kinds of characters as no ordinary word does."""
    if re.fullmatch(r"[A-Za-z]+(?:[-'][A-Za-z]+)?[.,?!]?", value) and not value.endswith("!"):
        return re.search(r"[a-z][A-Z]", value) is not None
    return any(character.isdigit() for character in value) or re.search(r"[!@#$%^&*_+=?~]", value) is not None


def _secretive(value: str, gap: str) -> bool:
    if value.lower().strip(".:") in _ORDINARY or set(value) <= set("*xX.-_"):
        return False
    if _strange(value):
        return not re.fullmatch(r"\d{1,2}/\d{1,2}(?:/\d{2,4})?|\d{1,2}:\d\d", value)
    return bool(re.search(r"[:=/]\s*$|\bis\s+$|[\"'`~(]\s*$", gap)) and len(value) >= 4


def _linked(gap: str) -> bool:
    """Tell whether ``gap`` is short and ends as the introduction of a value does."""
    return len(gap) < 46 and '"' not in gap and "\n\n" not in gap and not re.search(r"[.;][ ]", gap)


def _joined(gap: str, cue: str) -> bool:
    if re.fullmatch(r"[\s:=.#*\"'(>-]{0,30}", gap):
        return cue not in ("door", "gate", "alarm") or bool(gap.strip(" "))
    return (
        re.fullmatch(
            r"(?i)[\s:=.#*\"'(,>-]{0,6}(?:\b(?:is|was|now|still|changed|has|been|to|for|the"
            r"|with|new|until|from|reset|on|this|week|only|staff|back|front|north|south|east"
            r"|west|main|pump|side|monday|escorts?|our|it's|its|it|same|disarm|arm|code|combo"
            r"|and|set|es|con|la|el|apaga|se|in|lockbox|in the|of|cloud"
            r"|file)\b[\s:=.#*\"',(>-]{0,6}){1,7}",
            gap,
        )
        is not None
    )
