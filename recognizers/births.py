"""Dates of birth: a date in any notation that a cue, a column or the shape of an entry ties to a birth."""

import re
from collections.abc import Iterator

from recognizers.leads import caseless, led
from recognizers.reading import Slot, read
from recognizers.recognizer import Hit, TextRecognizer

_D = r"[0-9OoQlISBZ]"
_MONTHS = (
    r"(?:jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|jun[e3]?|ju[l1][y]?|ju1y|aug(?:ust)?"
    r"|sept?(?:ember)?|[o0]ct(?:ober)?|nov(?:ember)?|dec(?:ember)?"
    r"|enero|febrero|marzo|abril|mayo|junio|julio|agosto|septiembre|octubre|noviembre|diciembre|[ivxl]{1,4})"
)
_YEAR = rf"(?:'?{_D}[ ]?{_D}(?:[ ]?{_D}[ ]?{_D})?)"
_DATE = re.compile(
    rf"(?<![A-Za-z0-9])(?:"
    rf"{_D}[ ]?{_D}?[ ]{{0,2}}(?P<sep>[-/.])[ ]{{0,2}}{_D}[ ]?{_D}?[ ]{{0,2}}(?P=sep)[ ]{{0,2}}{_YEAR}"
    rf"|{_D}{{4}}[ ]{{0,2}}(?P<iso>[-/.])[ ]{{0,2}}{_D}[ ]?{_D}?[ ]{{0,2}}(?P=iso)[ ]{{0,2}}{_D}[ ]?{_D}?"
    rf"|(?:the[ ])?{_D}{{1,2}}(?:st|nd|rd|th)?(?:[ ]?de[ ]|[ ]of[ ]"
    rf"|[ ]{{0,2}}[-./]?[ ]{{0,2}}){_MONTHS}\.?(?:[ ]?de[ ]|[ ]{{0,2}}[-,./]?[ ]{{0,2}}){_YEAR}"
    rf"|{_MONTHS}\.?[ -]{{0,3}}(?:the[ ])?{_D}{{1,2}}(?:st|nd|rd|th)?[ ]{{0,2}}[,-]?[ ]{{0,3}}{_YEAR}"
    rf"|'\d\d[ ]{_MONTHS}[ ]\d{{1,2}}(?:st|nd|rd|th)?"
    rf"|{_D}(?:[ ]{{1,3}}{_D}){{0,1}}[ ]{{2,4}}{_D}[ ]{{0,2}}{_D}?[ ]{{2,4}}{_D}[ ]?{_D}"
    rf"|{_MONTHS}\.?[ ](?:'\d\d|(?:19|20)\d\d)"
    rf"|(?:0?[1-9]|1[0-2])/(?:19|20)\d\d"
    rf"|(?:19|20)\d\d(?:0\d|1[0-2])[0-3]\d|(?:0\d|1[0-2])[0-3]\d(?:19|20)\d\d|\d{{8}}|[01]\d[0-3]\d\d\d"
    rf"|(?:19|2[0O])[0-9O]{{2}}|l9\d\d"
    rf")(?![A-Za-z0-9])",
    re.IGNORECASE,
)
_SAID = re.compile(
    r"\b(?:(?:january|february|march|april|may|june|july|august|september|october|november"
    r"|december)\s(?:the\s)?[a-z]+(?:[ -](?!nine)[a-z]+)?,?\s[a-z]+(?:[- ][a-z]+)?"
    r"|[A-Za-z]+,\s[a-z]+,\s[a-z]+(?:\.{3}\s[a-z]+)?-[a-z]+\.?)",
    re.IGNORECASE,
)
_AAMVA = re.compile(r"\bDBB(?P<date>(?:19|20)\d{6}|[01]\d[0-3]\d(?:19|20)\d\d)(?!\d)")
_HL7 = re.compile(
    r"(?<![A-Z^])[A-Z][A-Z'-]{1,24}(?:[ ][A-Z'-]{2,24})?\^[A-Z][A-Z ]{0,24}(?:\^[A-Z]{0,20})?"
    r"(?:\|{1,2}|[ \t]{1,12})"
    r"(?P<date>(?:19|20)\d\d[01]\d[0-3]\d)(?!\d)"
)
"""A patient's name and date of birth as laboratories send them (HL7 v2, segment PID, fields 5 and 7)."""
_ASKED = led(
    r"(?:date of birth|birth ?date|birthday|d\.?o\.?b\.?|fecha de nacimiento"
    r"|when were you born)\?[\"' ]{0,3}\n"
    r"[\[\]\d:.> ]{0,14}[A-Za-z][\w' ]{0,16}[:.>][ ]{1,3}",
    r"d(?=ate of birth|\.?o\.?b)|b(?=irth ?da)|f(?=echa de nac)|w(?=hen were you)",
    re.IGNORECASE,
)
_SAID_LONG = re.compile(r"(?:[A-Za-z]+[ ,.-]{1,5}){2,7}[A-Za-z]+(?=[.\n\"])")
_SEXED = re.compile(
    r"(?<![A-Za-z])[MFX][ ]?[|,;\t][ ]?(?P<date>\d{1,2}[-/.]\d{1,2}[-/.](?:19|20)?\d\d"
    r"|\d{2}[A-Za-z]{3}(?:19|20)?\d\d)(?!\d)"
)
_HOUSEHOLD = re.compile(
    r"\b(?:child|children|wife|husband|spouse|son|daughter|household|minor|twins?|hija|hijo|hijos|esposa"
    r"|esposo|himself|herself|dependents?|kids?"
    r"|applicant|patient|elder|sibling|brother|sister|mother|father|baby|grandson"
    r"|granddaughter)\b[^\n]{0,60}$",
    re.IGNORECASE,
)
_BRACKETED = re.compile(
    r"(?<=\()(?P<date>(?:19|20)\d\d[-/.]\d{1,2}[-/.]\d{1,2}|\d{1,2}[-/.]\d{1,2}[-/.](?:19|20)\d\d"
    r"|\d{1,2}[ ](?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]{0,6}\.?[ ](?:19|20)\d\d)(?=\))",
    re.IGNORECASE,
)
_LISTED = re.compile(
    r"(?:(?<![A-Z'-])[A-Z]{2,20}(?:['-][A-Z]{1,20})?,[ ]?[A-Z][\w.']{1,20}"
    r"(?:[ ][A-Z][\w.]{0,20})?|(?<![A-Za-z])[MF]|\d-\d\d[ ]\d{3})[ ]{1,3}"
    r"(?P<date>\d{1,2}[-/]\d{1,2}[-/](?:19|20)?\d\d)(?![\d-])"
)
_WRITTEN = (
    r"(?:(?:19[2-9]\d|20[01]\d)[-./]\d{1,2}[-./]\d{1,2}|\d{1,2}[-./]\d{1,2}[-./](?:19[2-9]\d|20[01]\d|[3-9]\d)"
    r"|\d{1,2}[ -](?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]{0,6}\.?[ -](?:19[2-9]\d|20[01]\d)"
    r"|(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]{0,6}\.?[ ]\d{1,2},?[ ](?:19[2-9]\d|20[01]\d))"
)
_ROLES = (
    "applicant|patient|pt|client|elder|victim|vic|child|subject|participant|claimant|decedent|minor"
    "|student|tenant|resident|head|member|mr|mrs|ms|name|suspect|defendant|dependent|guardian"
    "|caller|driver"
)
_OF_SOMEBODY = led(
    rf"\b(?i:{_ROLES})\b\.?(?: is)?[:,]?[ ]{{1,8}}"
    r"(?:[A-ZÀ-Ý][\w.'’-]{0,20},?[ ]{1,3}){1,4}(?:,?[ ]?(?:age[ ])?\d{1,3}[.,][ ]{1,2})?"
    rf"(?P<date>(?i:{_WRITTEN}))(?![\w/-])",
    rf"(?:{_ROLES})\b",
)
"""A person by role and name, and a date right after the name."""
_AGED = re.compile(
    rf"(?<![\w,.])(?:[A-ZÀ-Ý][\w'’-]{{1,20}}[ ]){{0,3}}[A-ZÀ-Ý][\w'’-]{{1,20}},[ ]\d{{1,2}}[.,][ ]{{1,2}}"
    rf"(?P<date>(?i:{_WRITTEN}))(?![\w/-])"
)
"""A name, an age and a date."""
_ROW_OF_PEOPLE = re.compile(
    r"^[ \t]{0,4}(?:[\d:.|)]{1,6}[ \t|]{1,4})?"
    r"(?:[A-ZÀ-Ý][\w'’-]{1,20},[ ]{0,2}[A-ZÀ-Ý][\w.'’-]{1,20}(?:[ ][A-Z]\.?)?)"
    rf"[ ]{{0,20}}(?:[ ]{{2}}|\|[ ]{{0,2}}|\t)(?P<date>(?i:{_WRITTEN}))(?![\w/-])",
    re.MULTILINE,
)
"""A row of a list of people: ``Kowal, Jadwiga  1-30-52``."""
_OLD_YEAR = r"(?:19[3-9]\d|200\d)"
_FULL_DATE = caseless(
    rf"(?<![A-Za-z0-9/.-])(?:{_OLD_YEAR}[-./]\d{{1,2}}[-./]\d{{1,2}}|\d{{1,2}}[-./]\d{{1,2}}[-./]{_OLD_YEAR}"
    rf"|\d{{1,2}}[ -]?(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]{{0,6}}\.?[ -]?{_OLD_YEAR}"
    rf"|(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov"
    rf"|dec)[a-z]{{0,6}}\.?[ -]?\d{{1,2}}[, -]{{1,2}}{_OLD_YEAR})(?![A-Za-z0-9/]|[-.]\d)",
)
_PERSONAL = re.compile(
    r"\b\d{3}[- ]\d{2}[- ]\d{4}\b|\b\d{3}\)?[-. /]{1,2}\d{3}[-. ]\d{4}\b|[\w.]@[\w-]"
    r"|\b[A-Z]{1,2}\d{7,8}\b|\b[xX*]{3}-[xX*]{2}-\d{4}\b"
    r"|\b[A-Z]\d{2,4}[- ]\d{3,5}[- ]\d{3,5}"
)
_OTHER_DATE = re.compile(
    r"\b(?:hire\w*|since|built|filed|dated?|issued?|exp\w*|enter\w*|until|arriv\w*|eff\w*"
    r"|start\w*|retire\w*|died|death|married|wed|appointed|act of|of record|opened|enrolled)\b",
    re.IGNORECASE,
)
_BIRTH = frozenset({"birth"})
_PASSING = frozenset({"other", "neutral", "licence", "medical", "ssn", "office"})


class BirthRecognizer(TextRecognizer):
    """Finds ``DATE_OF_BIRTH``."""

    ENTITIES = ("DATE_OF_BIRTH",)

    def find(self, text: str) -> Iterator[Hit]:
        """Yield the dates of birth in ``text``, which is in normal form."""
        reading = read(text)
        entity = self.ENTITIES[0]

        def stands(match: "re.Match[str]", slot: Slot) -> bool:
            if slot.relation == "beside" or not any(character.isdigit() for character in match[0]):
                return False
            gap = match.start() - slot.start
            if slot.relation == "below":
                return True
            if slot.cue.name == "b":
                before = text[slot.cue.start - 1 : slot.cue.start]
                return (
                    gap <= 4
                    and before in ("", " ", "(", ",", ";", "\n", "\t")
                    and text[slot.cue.end : slot.cue.end + 1] in ". :"
                )
            short = len(match[0]) < 6
            return gap <= (8 if short else 30)

        for match, slot in reading.find(_DATE, _BIRTH, stands, _PASSING, reach=34):
            yield Hit(entity, match.start(), match.end(), 0.85, f"date {slot.relation}", slot.cue.name)
        for index, cue in reading.cues_of(_BIRTH):
            if cue.name == "b":
                continue
            slot = reading.after(index, _PASSING, 16)
            said = _SAID.search(text, slot.start, min(len(text), slot.limit + 50))
            if said and said.start() <= slot.limit and not any(c.isdigit() for c in said[0]):
                yield Hit(entity, said.start(), said.end(), 0.7, "date in words", cue.name)
        for match in _FULL_DATE.finditer(text):
            line = reading.line_of(match.start())
            row = text[
                reading.line_starts[line] : min(reading.line_end(line), reading.line_starts[line] + 400)
            ]
            before = text[max(reading.line_starts[line], match.start() - 24) : match.start()]
            if _PERSONAL.search(row) and not _OTHER_DATE.search(before):
                yield Hit(entity, match.start(), match.end(), 0.5, "date beside an identifier")
        for pattern, name in (
            (_AAMVA, "AAMVA element DBB"),
            (_HL7, "date of birth in HL7"),
            (_SEXED, "date after a sex"),
        ):
            for match in pattern.finditer(text):
                yield Hit(entity, match.start("date"), match.end("date"), 0.75, name)
        for match in _BRACKETED.finditer(text):
            if _HOUSEHOLD.search(text, max(0, match.start() - 100), match.start()):
                yield Hit(
                    entity, match.start("date"), match.end("date"), 0.6, "date after a member of a household"
                )
        for asked in _ASKED.finditer(text):
            answer = _DATE.match(text, asked.end()) or _SAID_LONG.match(text, asked.end())
            if answer:
                yield Hit(entity, answer.start(), answer.end(), 0.75, "date in answer to a question")
        for entry, name in (
            (_OF_SOMEBODY, "date after a person"),
            (_AGED, "date after name and age"),
            (_ROW_OF_PEOPLE, "date in a list of people"),
        ):
            for match in entry.finditer(text):
                yield Hit(entity, *match.span("date"), 0.6, name)
        for match in _LISTED.finditer(text):
            yield Hit(entity, match.start("date"), match.end("date"), 0.5, "date after a name in a list")
