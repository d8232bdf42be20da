"""Social Security numbers and ITINs: whole, spaced, damaged, spoken, masked, or their last four."""

import re
from collections.abc import Iterator

from recognizers.digits import damaged, only_digits, readings
from recognizers.reading import Reading, Slot, read
from recognizers.recognizer import Hit, TextRecognizer
from recognizers.validity import itin, ssn

_D = r"[0-9OoQlISBZz]"
_DASH = r"(?:[ ]{0,3}[-.·][ ]{0,3}(?:\n[ ]{0,40})?)"
_SHAPED = re.compile(
    rf"(?<![\d$])(?<!\d[-.])(?:"
    rf"(?P<dashed>\d{{3}}{_DASH}\d{{2}}{_DASH}\d{{4}})(?!\d|-\d)"
    rf"|(?<![A-Za-z])(?!\d{{2}}-\d{{7}})(?:{_D}[ ]{{0,2}}){{2}}{_D}{_DASH}{_D}[ ]?{_D}{_DASH}"
    rf"(?:{_D}[ ]{{0,2}}){{3}}{_D}(?![A-Za-z0-9]|-\d)"
    rf"|(?<![A-Za-z])(?<!\d[ ])(?P<parted>{_D}{{3}}[ ]{{1,2}}{_D}{{2}}[ ]{{1,2}}{_D}{{4}})"
    rf"(?![A-Za-z0-9]|[ -]\d))"
)
_NINE = re.compile(
    rf"(?<![A-Za-z0-9-])(?!\d\d-\d{{7}}){_D}(?:[ \t._|·-]{{0,4}}(?:\n[ ]{{0,80}})?{_D}){{8}}"
    rf"(?![A-Za-z0-9]|[.-]\d)"
)
_PARTIAL = re.compile(
    r"(?<![\w*])(?:(?:[Xx*#]{3}[-. ]{0,2}[Xx*#]{2}[-. ]{0,2}|[Xx*]{5,6}[- ]?)[0-9OIlS]{4}"
    r"|\d{3}[-. ][\dXx*]{2}[-. ](?=[\dXx*]{4}(?![\w*]))\d{0,3}[Xx*]{1,4}"
    r"|\d[Xx*#]{2}-[\dXx*#]{2}-\d{4}|(?=[\d?_-]{0,10}[?_])"
    r"(?=[?_-]{0,4}\d)[\d?_]{3}-[\d?_]{2}-[\dO?_]{4})(?!\w)"
)
_FOUR = re.compile(rf"(?<![\w$/.-])(?:{_D}[ -]?){{3}}{_D}(?![\w/%]|[-.]\d|,\d{{3}}(?!\d))")
_ENDING = re.compile(
    r"\bend(?:s|ing)(?:[ ](?:in|with))?[ :]{1,3}(?:\d[ -]?){3}\d(?![\w/%]|[-.]\d)", re.IGNORECASE
)
_ENDS = re.compile(r"\bends?(?:ing|s)?\b(?:\s+(?:in|with))?", re.IGNORECASE)
_SSN = frozenset({"ssn", "last4"})
_TAX = frozenset({"itin", "ssn"})
_LAST4 = frozenset({"last4"})
_CLAIMS = frozenset(
    {"other", "phone", "office", "licence", "account", "routing", "passport", "alien", "medical", "i94"}
)


_VAGUE = frozenset(
    {
        "file",
        "case",
        "incident",
        "record",
        "report",
        "sheet",
        "page",
        "form",
        "claim form",
        "section",
        "exhibit",
        "item",
        "log",
    }
)
"""Cues that name no numbering of their own: a number in the shape of an SSN after them is taken for one."""


def _clear(text: str) -> bool:
    """Tell whether enough of ``text`` is real digits to be a number and not a word."""
    return sum(character.isdigit() for character in text) >= 4


def _valid(text: str) -> bool:
    return any(ssn(digits) for digits in readings(text, 16))


def _miskeyed(text: str) -> bool:
    """Tell whether only the group of a number is none that is issued.

    Beside its label such a number is somebody's with a digit or two wrong, and tells the others.
    """
    digits = only_digits(text)
    return digits[3:5] == "00" and ssn(f"{digits[:3]}01{digits[5:]}")


class SocialSecurityRecognizer(TextRecognizer):
    """Finds ``US_SSN`` by the Social Security Administration's rules and ``US_ITIN`` by the IRS's."""

    ENTITIES = ("US_SSN", "US_ITIN")

    def find(self, text: str) -> Iterator[Hit]:
        """Yield the numbers in ``text``, which is in normal form."""
        reading = read(text)
        yield from self._shaped(reading)
        yield from self._cued(reading)
        yield from self._partial(reading)
        yield from self._last_four(reading)
        yield from self._spoken(reading)

    def _shaped(self, reading: Reading) -> Iterator[Hit]:
        for match in _SHAPED.finditer(reading.text):
            found = match[0]
            if not _clear(found) or (damaged(found) and sum(c.isdigit() for c in found) < 5):
                continue
            cue = reading.governor(match.start())
            role = cue.role if cue else ""
            follower = reading.follower(match.end(), 2)
            announced = reading.named(match.start(), _SSN, 60)
            if _valid(found):
                claimed = cue and role in _CLAIMS and not cue.weak and cue.name not in _VAGUE
                if claimed and cue and not announced and match.start() - cue.end <= 14:
                    continue
                if not role and follower and follower.role == "other":
                    continue
                score = 0.95 if role in _SSN or announced else 0.7 if match["dashed"] else 0.55
                name = cue.name if cue and role in _SSN else ""
                yield Hit("US_SSN", match.start(), match.end(), score, "social security number", name)
            elif (role in _SSN or announced) and _miskeyed(found):
                yield Hit(
                    "US_SSN", match.start(), match.end(), 0.8, "number never issued", cue.name if cue else ""
                )
            elif (role in _TAX or announced or (follower and follower.role == "itin")) and itin(
                only_digits(found)
            ):
                name = cue.name if cue else "itin"
                yield Hit("US_ITIN", match.start(), match.end(), 0.9, "taxpayer number", name)

    def _cued(self, reading: Reading) -> Iterator[Hit]:
        def whole(match: "re.Match[str]", slot: Slot) -> bool:
            return sum(character.isdigit() for character in match[0]) >= 2 and _valid(match[0])

        def taxpayer(match: "re.Match[str]", slot: Slot) -> bool:
            return _clear(match[0]) and itin(only_digits(match[0]))

        for match, slot in reading.find(_NINE, _SSN, whole):
            yield Hit(
                "US_SSN", match.start(), match.end(), 0.95, f"nine digits {slot.relation}", slot.cue.name
            )
        for match, slot in reading.find(_NINE, _TAX, taxpayer):
            yield Hit(
                "US_ITIN", match.start(), match.end(), 0.9, f"nine digits {slot.relation}", slot.cue.name
            )

    def _partial(self, reading: Reading) -> Iterator[Hit]:
        for match in _PARTIAL.finditer(reading.text):
            cue = reading.governor(match.start())
            if cue and cue.role in ("card", "account") and "-" not in match[0] and " " not in match[0]:
                continue
            if match[0].endswith("0000"):  # never issued: an example
                continue
            yield Hit("US_SSN", match.start(), match.end(), 0.85, "masked number", cue.name if cue else "")

    def _last_four(self, reading: Reading) -> Iterator[Hit]:
        def four(match: "re.Match[str]", slot: Slot) -> bool:
            return any(character.isdigit() for character in match[0])

        for match, slot in reading.find(_FOUR, _LAST4, four, frozenset({"ssn", "neutral"})):
            yield Hit("US_SSN", match.start(), match.end(), 0.85, f"last four {slot.relation}", slot.cue.name)
        for match, slot in reading.find(_ENDING, _SSN, lambda match, slot: slot.relation == "below"):
            yield Hit("US_SSN", match.start(), match.end(), 0.8, "last four below", slot.cue.name)
        for index, cue in reading.cues_of(frozenset({"ssn"})):
            slot = reading.after(index)
            ends = _ENDS.search(reading.text, slot.start, slot.limit)
            if not ends:
                continue
            last = _FOUR.search(reading.text, ends.end(), min(len(reading.text), ends.end() + 12))
            if last and four(last, slot):
                yield Hit("US_SSN", last.start(), last.end(), 0.8, "last four", cue.name)

    def _spoken(self, reading: Reading) -> Iterator[Hit]:
        for number in reading.spoken:
            if len(number.digits) not in (4, 9):
                continue
            whole = len(number.digits) == 9
            cue = reading.announcer(number.start, 90 if whole else 40)
            if cue and (cue.role in _SSN or (whole and cue.role == "itin" and ssn(number.digits))):
                yield Hit("US_SSN", number.start, number.end, 0.85, "number in words", cue.name)
