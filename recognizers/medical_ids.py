"""Medical record and health plan numbers: by cue, or by the format of a public plan."""

import re
from collections.abc import Iterator

from recognizers.digits import undamaged
from recognizers.reading import Reading, Slot, read
from recognizers.recognizer import Hit, TextRecognizer
from recognizers.validity import medicare
from recognizers.values import Value, find_values

_D = r"[0-9OQlISBZ]"
_MBI = re.compile(
    rf"(?<![A-Za-z0-9-])[1-9lIZSB][ ]?[A-Z][ ]?[A-Z0-9][ ]?{_D}[ ]{{0,2}}-?[ ]{{0,2}}"
    rf"[A-Z][ ]?[A-Z0-9][ ]?{_D}[ ]{{0,2}}-?[ ]{{0,2}}[A-Z]{{2}}[ ]?{_D}[ ]?{_D}(?![A-Za-z0-9-])"
)
_MEDI_CAL = re.compile(
    rf"(?<![A-Za-z0-9-])9[ ]{{0,2}}{_D}(?:[ ]{{0,2}}{_D}){{6}}[ ]{{0,2}}[A-HJ-NP-Z]"
    rf"(?:[ ]?\d{{4,5}})?(?![A-Za-z0-9-])"
)
_MEMBER = re.compile(
    r"(?<![A-Za-z0-9-])(?!NPI|FAX|TEL|CID|TIN|EIN|SSN|REF|INV|PHN|CEL|DEA|APN|VIN)"
    r"[A-Z]{3}[ -]?\d{3}[ -]?\d{3}[ -]?\d{3,4}(?:[ -]\d\d)?(?![A-Za-z0-9-])"
)
_INSURED = re.compile(
    r"\b(?:Aetna|Cigna|Humana|Kaiser|Anthem|BCBS\w{0,3}|Blue[ ](?:Cross|Shield)|Florida[ ]Blue|UHC"
    r"|United[ ]?Healthcare|Horizon|Highmark|Molina|Well[Cc]are|Amerigroup|Tricare|TRICARE"
    r"|Priority[ ]Partners|Premera|Regence|HealthPartners|UCare|Geisinger|PacificSource|Moda|Medicare"
    r"|(?:Medicare[ ])?Part[ ][A-D])\b,?(?:[ ](?:ID|no\.|#|member|policy|contract|card))*[,:]?[ ]{1,3}"
    r"(?P<value>(?=[A-Z0-9 -]{0,20}\d{3})(?:[A-Z]{0,4}[0-9][A-Z0-9]*|[A-Z]{2,4})"
    r"(?:[ -](?=[A-Z]{0,2}\d)[A-Z0-9]{2,}){0,3})(?![\w/-]|\.\d)"
)
"""The number behind the name of a health plan: those named in the corpus, and Medicare's parts."""
_DISABILITY_PLAN = re.compile(
    r"\b(?:[Ss]hort-term|[Ll]ong-term|STD|LTD)(?:[ ]disability)?[ ](?:policy|carrier[ ]no\.|claim)"
    r"(?:[ ]for[ ][A-Z]\w{1,20})?:?[ ](?P<value>(?=[A-Z0-9-]{0,12}\d{3})[A-Z]{2,4}-[0-9][0-9A-Z-]{3,12})\b"
)
_TELEPHONE = re.compile(r"[A-Z]{3}[ ]\d{3}-\d{3}-\d{4}")
"""A telephone behind the abbreviation of whose it is: ``TTY 970-446-0134``."""
_PROVIDER_ONE = re.compile(r"(?<![A-Za-z0-9-])\d{3}[ ]?\d{3}[ ]?\d{3}WA(?![A-Za-z0-9-])")
_MEDICAL = frozenset({"medical"})
_PASSING = frozenset({"neutral", "licence"})
_PREFIX = re.compile(r"\b(?:[A-Z]{2,7}[ -]{1,2}|[A-Z][a-z]{1,8}[A-Z-][A-Za-z]{1,6}[ ])$")
_NOT_ID = re.compile(
    r"\d{1,2}[/.]\d{1,2}[/.]\d{2,4}|\d{1,2}-\d{1,2}-(?:19|20)\d\d"
    r"|\(?\d{3}\)?[-. ]\d{3}[-. ]\d{4}|(?:19|20)\d\d(?:-\d\d)?|\d{5}-\d{4}"
    r"|(?:[A-Z]{2,3}[ ])?\d{1,4}\.\d{1,3}(?:[ ]\d{1,4}\.\d{1,3})*|\d\d-\d{7}"
)
_HEALTH = re.compile(
    r"\b(?:health|medical|dental|vision|patient|pt|subscriber|member|medicare|medicaid|medi-cal|hmo|ppo|mrn|dob"
    r"|born|clinic|hospital|doctor|dr|rx|dx|copay|insured'?s?|aetna|kaiser|cigna|anthem|blue)\b",
    re.IGNORECASE,
)
"""Words that tell a health insurance from that of a car or a shop."""
_CASUALTY = re.compile(
    r"\b(?:workers'? comp\w*|homeowner'?s?|renter'?s?|liability|auto|property|hull|marine|bond|the pool)"
    r"\b[^.;\n]{0,24}$",
    re.IGNORECASE,
)
"""Insurance of things and employers, right before its policy."""
_ENDED = re.compile(r"\d[ ]{0,3}\n")
"""Another number that ends the line before."""
_WORDS_ON = re.compile(r"[ ](?:signed|approved|made|agreed|sent|due|reviewed|filed|updated|was|is|to)\b")
"""What follows a cue that is a word of a sentence and heads no column."""
_MONITOR = re.compile(r"\b(?:gps|ankle|monitor\w*|battery|tether|house arrest|evidence)\b", re.IGNORECASE)
"""Words near the bracelet that follows an offender."""
_BROAD = frozenset(
    {
        "plan",
        "policy",
        "member",
        "ins",
        "kaiser",
        "chart",
        "bracelet",
        "quest number",
        "insurance no",
        "mbr",
        "kp",
        "la care",
        "hcp",
        "id card",
        "anthem",
        "buckeye",
        "husky",
        "pmi",
        "fin",
        "har",
    }
)


class MedicalIdRecognizer(TextRecognizer):
    """Finds ``MEDICAL_ID``."""

    ENTITIES = ("MEDICAL_ID",)

    def find(self, text: str) -> Iterator[Hit]:
        """Yield the numbers in ``text``, which is in normal form."""
        reading = read(text)
        entity = self.ENTITIES[0]
        for match in _MBI.finditer(text):
            if _is_medicare(match[0]):
                yield Hit(entity, match.start(), match.end(), 0.95, "Medicare Beneficiary Identifier")
        for pattern, name in ((_MEDI_CAL, "Medi-Cal number"), (_PROVIDER_ONE, "ProviderOne number")):
            for match in pattern.finditer(text):
                cue = reading.governor(match.start())
                rival = (
                    cue and not cue.weak and cue.role in ("other", "account") and match.start() - cue.end < 10
                )
                if not rival and sum(c.isdigit() for c in match[0]) >= 4:
                    yield Hit(entity, match.start(), match.end(), 0.75, name, cue.name if cue else "")
        for pattern, name in (
            (_INSURED, "number behind a plan's name"),
            (_DISABILITY_PLAN, "disability plan"),
        ):
            for match in pattern.finditer(text):
                digits = sum(c.isdigit() for c in match["value"])
                if digits >= 5 and not _NOT_ID.fullmatch(match["value"]):
                    yield Hit(entity, *match.span("value"), 0.7, name)
        if any(cue.role == "medical" for cue in reading.cues):
            for match in _MEMBER.finditer(text):
                if _TELEPHONE.fullmatch(match[0]):
                    continue
                cue = reading.governor(match.start())
                if not (cue and not cue.weak and cue.role in ("other", "receipt", "alien", "licence")):
                    yield Hit(entity, match.start(), match.end(), 0.5, "member number with a plan's letters")
        for value, slot in find_values(reading, _MEDICAL, lambda v, s: _is_id(reading, v, s), 16, _PASSING):
            yield Hit(
                entity, _begin(reading, value), value.end, 0.8, f"record {slot.relation}", slot.cue.name
            )
        for number in reading.spoken:
            cue = reading.announcer(number.start, 40)
            if cue and cue.role == "medical" and len(number.digits) >= 5:
                yield Hit(entity, number.start, number.end, 0.8, "number in words", cue.name)


def _is_medicare(found: str) -> bool:
    compact = re.sub(r"[ -]", "", found)
    fixed = "".join(
        undamaged(character) if place in (0, 3, 6, 9, 10) else character
        for place, character in enumerate(compact)
    )
    return len(compact) == 11 and sum(c.isdigit() for c in compact) >= 3 and medicare(fixed)


def _begin(reading: Reading, value: Value) -> int:
    """Take the plan's letters before the number with it: they tell where the person is insured."""
    line = reading.line_starts[reading.line_of(value.start)]
    prefix = _PREFIX.search(reading.text, max(line, value.start - 12), value.start)
    return prefix.start() if prefix else value.start


def _is_id(reading: Reading, value: Value, slot: Slot) -> bool:
    found = reading.text[value.start : value.end]
    if (
        not 5 <= len(value.compact) <= 18
        or value.digits < 4
        or value.clear_digits < 2
        or _NOT_ID.fullmatch(found)
    ):
        return False
    gap = value.start - slot.start
    if slot.cue.name in ("policy", "ins") and not _HEALTH.search(
        reading.text[max(0, slot.cue.start - 160) : value.end + 80]
    ):
        return False
    before = reading.text[max(0, slot.cue.start - 60) : slot.cue.start]
    if slot.cue.name in ("policy", "ins") and _CASUALTY.search(before):
        return False
    if slot.cue.name == "bracelet" and _MONITOR.search(before):
        return False
    if slot.cue.name in _BROAD and not reading.spread:
        if _ENDED.search(reading.text, slot.cue.end, value.end) and slot.relation == "after":
            return False
        if slot.relation == "below" and _WORDS_ON.match(reading.text, slot.cue.end):
            return False
    if slot.cue.name in _BROAD:
        return value.digits >= 5 and slot.relation != "beside" and (slot.relation == "below" or gap < 14)
    return slot.relation == "below" or gap < 36
