"""Passwords, tokens, keys and the codes of doors, alarms, safes and devices."""

import re
from collections import Counter
from collections.abc import Iterator
from itertools import filterfalse

from recognizers.code_tables import table_codes
from recognizers.code_words import told_codes, told_words
from recognizers.entry_codes import QUOTED, entry_codes, value_span
from recognizers.leads import caseless, led
from recognizers.logins import coined, dumped, pairs, passed, turns
from recognizers.reading import Reading, Slot, read
from recognizers.recognizer import Hit, TextRecognizer

_LINK = (
    r"(?:[ ]{0,3}(?:[:=.|>~*\"'`(\[-]{1,40}|is|was|=>|on|for|the|to|now|still|changed|has|been"
    r"|reset|set|as|it's|its|of|are|says|reads|new|temp|your|be|just|word|default|phrase"
    r"|acct|account|file|you|chose"
    r"|es|era|nueva|nuevo|del?|la|el|se|apaga|con|wi-?fi|login|admin|aloud|read|that|which|then|also"
    r"|[a-z]+'s)(?=[\s:=.\"'`(\[*#\d~-]|$|(?<=[:=.|>~*\"'`(\[-])))"
)
_AFTER = re.compile(rf"{_LINK}{{0,7}}[ \t]{{0,40}}(?:\n[ ]{{0,12}})?[\"'`(\[~]{{0,3}}", re.IGNORECASE)
_STRONG = re.compile(
    r"(?P<value>(?=[^\s]{0,40}[0-9!@#$%^&*_+=?\\/.-])[\w!@#$%^&*+=?~\\/:.-]{3,80}[\w!@#$%^&*+=?~])(?=[\s,;)\"'`.\]]|$)"
)
_PLAIN = re.compile(r"(?P<value>[\w!@#$%^&*+=?~:-]{4,40})(?=[\s,;)\"'`.\]]|$)")
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
_FILLED = re.compile(
    r"(?:[^\n.:]{0,24})?(?:\.{4,60}|(?:[ ]{1,3}\.){4,40})[ ]{1,4}(?P<value>\S[^\n]{2,40}?)[ ]*(?=\n|$)"
)
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
_BEFORE, _AROUND = 60, 160
"""Characters before and after a cue in which a word coined as a password is one."""
_ACCESS = frozenset({"access"})
_OPEN = frozenset(
    {"office", "neutral", "pin", "secret", "code", "access", "other", "account", "licence", "medical", "card"}
)
_SECRET = frozenset({"secret"})
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
        roles = Counter(cue.role for cue in reading.cues)
        cues = roles["secret"] + roles["access"]
        for matches, score, name in (
            (filter(_assigned, _KEY.finditer(text)), 0.85, "assignment"),
            (_URL_SECRET.finditer(text), 0.95, "password in an address"),
            (_BEARER.finditer(text), 0.95, "bearer token"),
            (_LOGIN.finditer(text), 0.6, "login pair"),
            ((match for match in _WIFI.finditer(text) if _strange(match["value"])), 0.7, "wireless key"),
            (_TOKEN.finditer(text), 0.9, "token format"),
            (_PRIVATE_KEY.finditer(text), 0.99, "private key"),
            (filterfalse(_dull, _SYMBOLIC.finditer(text) if cues > 1 else ()), 0.5, "symbols in a word"),
            (dumped(text), 0.7, "row of logins"),
            (filterfalse(_dull, passed(text)), 0.65, "strange word after pass"),
            (turns(text), 0.75, "turns of a dial"),
            (filterfalse(_dull, pairs(text) if cues else ()), 0.65, "login pair"),
            (told_words(text), 0.8, "word that is told"),
            (told_codes(text), 0.8, "code that is told"),
            (table_codes(reading), 0.8, "column of codes"),
        ):
            for match in matches:
                yield Hit("PASSWORD", *value_span(match), score, name)
        yield from self._coined(reading)
        yield from self._words(reading)
        yield from entry_codes(reading, roles)

    def _coined(self, reading: Reading) -> Iterator[Hit]:
        done = 0
        for _, cue in reading.cues_of(_SECRET | _ACCESS):
            start = max(done, cue.end if cue.role == "access" else cue.start - _BEFORE)
            done = cue.end + _AROUND
            for match in coined(reading.text, start, done):
                if _strange(match["value"]):
                    yield Hit("PASSWORD", *value_span(match), 0.55, "coined word near", cue.name)

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
            quoted = QUOTED.search(text, cue.end, min(len(text), place + 50))
            if quoted and _linked(text[cue.end : quoted.start()]):
                yield Hit("PASSWORD", *value_span(quoted), 0.85, "quoted after", cue.name)
                continue
            match = _STRONG.match(text, place) or _PLAIN.match(text, place)
            if text[cue.end : cue.end + 1] == "_":  # the name of a field, such as ``pw_hash``
                continue
            if match and _secretive(match["value"], text[cue.end : place]):
                yield Hit("PASSWORD", *value_span(match), 0.8, "word after", cue.name)
                continue
            mixed = self._mixed(reading, reading.after(index, _OPEN, 60))
            if mixed:
                yield Hit("PASSWORD", *value_span(mixed), 0.65, "mixed word after", cue.name)
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
                and not _dull(match)
                and _ORDINARY.isdisjoint({match["value"].lower()})
            ):
                yield Hit("PASSWORD", *value_span(match), 0.6, "after a login", cue.name)

    def _mixed(self, reading: Reading, slot: Slot) -> "re.Match[str] | None":
        for match in _MIXED.finditer(reading.text, slot.start, min(len(reading.text), slot.limit + 40)):
            if match.start() > slot.limit:
                return None
            if not _dull(match):
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


def _heads(reading: Reading, position: int) -> bool:
    """Tell whether a line has three or more cells and no figure in them, as headings have."""
    cells = list(reading.cells(reading.line_of(position)))
    return len(cells) >= 3 and not any(character.isdigit() for cell in cells for character in cell[0])


def _dull(match: "re.Match[str]") -> bool:
    """Tell whether the value is a date, an address or another such thing of figures and signs."""
    return _DULL.fullmatch(match["value"]) is not None


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
