"""What kind of record a document is as a whole, told from its first lines and headings.

The gate has rules for whole documents (the minute book of a closed session, Gov. Code 54957.2, is confidential
however little is found in it). A type is given only where heading and structure agree; agendas, notices, policies
and reports *about* such records have none.
"""

import re
from dataclasses import dataclass
from typing import Literal, get_args

from recognizers.normalization import normalize

RecordType = Literal[
    "closed_session_minutes", "police_report", "personnel_file", "medical_record", "benefits_case_file"
]
RECORD_TYPES: tuple[RecordType, ...] = get_args(RecordType)
"""The fixed vocabulary."""

_HEAD_LINES = 8
_HEAD_CHARACTERS = 900


@dataclass(frozen=True, slots=True)
class _Signs:
    kind: RecordType
    heading: re.Pattern[str]
    """Must be found in the first lines."""
    structure: re.Pattern[str]
    """Must be found in the text, in as many different words as ``wanted``."""
    wanted: int


def _pattern(source: str) -> re.Pattern[str]:
    return re.compile(source, re.IGNORECASE | re.MULTILINE)


_CLOSED = r"(?:closed|executive|exec\.?|confidential)[ -](?:session|sess|meeting)s?"
_TYPES = (
    _Signs(
        "closed_session_minutes",
        _pattern(
            rf"{_CLOSED}\W{{1,4}}(?:item \w+\W+)?(?:minutes|notes|recap|summary|log|record|report|memo|worksheet|brief\w*|"
            rf"claim|liability|personnel|material|item|public employee|labor|\(personnel\))"
            rf"|minutes?\b[^\n]{{0,40}}{_CLOSED}|minute book|certified agenda of (?:closed|executive)"
            rf"|(?:notes|recap|recollection|summary|log|record|brief|minutes)[^\n]{{0,40}}\b{_CLOSED}"
            rf"|^\W*(?:special |regular )?{_CLOSED},? (?:held |of )?(?:on )?(?:mon|tue|wed|thu|fri|sat|sun|jan|feb|mar|apr|"
            rf"may|jun|jul|aug|sep|oct|nov|dec|\d)"
            rf"|closed portion|negotiator's (?:report|brief)|attorney[ -](?:client)?[^\n]{{0,20}}{_CLOSED}"
        ),
        _pattern(
            r"\b(?:motion|moved|second(?:ed)?|carried|vote[ds]?|unanimous\w*|abstain\w*|straw poll|direction|directed|"
            r"authority|authoriz\w+|offer\w*|settle\w*|counter\w*|mediator|counsel|advised|cautioned|recommend\w*|"
            r"consensus|appraisal|severance|impasse|finalist|negotiat\w+|recused|deliberat\w+|insurer|demand|exposure|"
            r"discharge|resign\w*|censure|evaluation|litigation|claimant)\b"
        ),
        3,
    ),
    _Signs(
        "police_report",
        _pattern(
            r"\b(?:incident|offen[sc]e|arrest|crime|police|supplement\w*|collision|traffic collision|burglary|domestic violence|"
            r"dv|field interview|investigat\w+|cad|call for service|use of force|theft|missing person|stolen vehicle)"
            r" (?:\w+ )?(?:report|narrative|rpt|detail|incident|card|log)\b|\bnarrative supplement|suppl\. narr|"
            r"\bcase (?:no|number|#)[^\n]{0,40}(?:pd|police|sheriff)"
        ),
        _pattern(
            r"\b(?:victim|vic|suspect|susp|subj|reporting (?:officer|party)|rp|officer|ofc|deputy|detective|arrestee|"
            r"booked|narrative|statement|evidence|witness|dispatched|responded|miranda|badge|v-?1|s-?1|w-?1)\b"
        ),
        4,
    ),
    _Signs(
        "personnel_file",
        _pattern(
            r"\b(?:performance (?:evaluation|appraisal|review)|personnel (?:action|file|jacket)|"
            r"notice of (?:intent|proposed|termination|discipline|suspension|separation)|letter of reprimand|skelly|"
            r"counseling memo\w*|performance improvement plan|last chance agreement|employee (?:evaluation|history|file)|"
            r"disciplin\w+ (?:action|notice|memo)|probation\w* (?:report|evaluation)|internal affairs)\b"
        ),
        _pattern(
            r"\b(?:employee|supervisor|rating|rated|discipline|suspension|reprimand|warning|step|hire date|classification|"
            r"emp(?:loyee)? (?:id|no|#)|department|sick leave|expectations|improvement|grievan\w+|salary|attendance)\b"
        ),
        4,
    ),
    _Signs(
        "medical_record",
        _pattern(
            r"\b(?:patient (?:care|chart|record|history|intake)|medical (?:record|history|report|certification|evaluation)|"
            r"discharge (?:summary|instructions)|progress note|history and physical|prehospital|ambulance|"
            r"(?:ems|paramedic|pcr|triage|clinic|nurse\w*|immunization|vaccination|lab\w*|autopsy|coroner\w*|fitness for duty)"
            r"[^\n]{0,20}(?:report|note|record|log|sheet|result|evaluation|exam))\b"
        ),
        _pattern(
            r"\b(?:patient|pt|dx|diagnosis|hx|rx|meds|medications?|allergies|vitals|bp|mrn|assessment|physician|dr|symptoms|"
            r"treatment|exam|chief complaint|dob|dose)\b"
        ),
        4,
    ),
    _Signs(
        "benefits_case_file",
        _pattern(
            r"\b(?:calworks|calfresh|general (?:assistance|relief)|medi-cal|wic|snap|tanf|liheap|section 8|voucher|"
            r"public assistance|welfare|benefits?|rental assistance|emergency assistance|utility assistance)"
            r"[^\n]{0,40}\b(?:case|application|intake|determination|recert\w*|notice of action|redetermination|file|narrative|"
            r"interview|applicants?)\b|\bnotice of action\b"
        ),
        _pattern(
            r"\b(?:applicant|household|income|eligib\w+|case (?:no|number|worker|#)|caseworker|recert\w*|approved|denied|"
            r"benefit|ebt|ssi|hh|size|worker|client|verified|rent|aid)\b"
        ),
        4,
    ),
)
_ABOUT = _pattern(
    r"\b(?:notice of|agenda|staff report|policy|ordinance|resolution no|training|brochure|press release|news release|"
    r"frequently asked|how to|handbook|guide to|job announcement|call and notice|annual report|template|sample form|"
    r"public hearing|report out)\b"
)
_NOTICES = _pattern(
    r"notice of (?:intent|proposed|termination|discipline|suspension|separation|action|claim)"
)
_INSIDE_AGENDA = _pattern(r"certified agenda of|agenda\W{1,3}(?:item|no)")


def record_type(text: str) -> RecordType | None:
    """Tell the kind of record that ``text`` is as a whole, or ``None`` where heading and structure do not say."""
    plain = normalize(text).text
    head = "\n".join(plain[: 4 * _HEAD_CHARACTERS].splitlines()[:_HEAD_LINES])[:_HEAD_CHARACTERS]
    for signs in _TYPES:
        heading = signs.heading.search(head)
        if heading is None:
            continue
        title = "\n".join(head.splitlines()[:4])
        title = _INSIDE_AGENDA.sub(" ", _NOTICES.sub(" ", title))
        if _ABOUT.search(title):
            continue
        if len({found[0].lower() for found in signs.structure.finditer(plain)}) >= signs.wanted:
            return signs.kind
    return None
