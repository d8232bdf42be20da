"""What kind of record a document is as a whole, told from its first lines and from how it is built.

The gate has rules for whole documents: the minute book of a closed session is confidential (Gov. Code
54957.2) however little is found in it. A type is given only where heading and structure agree; agendas,
notices, policies and reports *about* such records have none.
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

_HEAD = 700
"""Characters at the start of a document in which its heading stands."""
_HEAD_LINES = 7
_LONGEST_HEADING = 130
_TITLE_LINES = 3
"""First lines that say whether a document is *about* such records."""
_SCANNED = str.maketrans("01", "ol")


@dataclass(frozen=True, slots=True)
class _Kind:
    name: RecordType
    heading: re.Pattern[str]
    """Must be found in the first lines."""
    structure: re.Pattern[str]
    """Must be found in the whole text, in as many different words as ``wanted``."""
    wanted: int


def _words(*alternatives: str) -> re.Pattern[str]:
    return re.compile(r"\b(?:" + "|".join(alternatives) + r")", re.IGNORECASE)


_CLOSED = r"(?:closed|executive|exec)\.? ?-?[ -]+ ?(?:sess ?-? ?[il]on|sess\b|meeting)s?"
_WRITTEN = r"(?:m[il]nutes?|notes|recap|summary|account|log|record|report|memo|worksheet|brief\w*|material)"
_KINDS = (
    _Kind(
        "closed_session_minutes",
        _words(
            rf"{_CLOSED}\W{{1,6}}(?:\w+\W+){{0,4}}{_WRITTEN}\b",
            rf"{_WRITTEN}\b(?:\W+\w+){{0,5}}?\W+{_CLOSED}",
            rf"(?:special|confidential) {_CLOSED}",
            rf"(?:attorney[ -]client|confidential|privileged|sealed)\W+(?:\w+\W+){{0,3}}{_CLOSED}",
            rf"{_CLOSED}[,.]? (?:held |of |on )?(?:\d|mon|tue|wed|thu|fri|sat|sun|jan|feb|mar|apr|may|jun|jul|aug"
            r"|sep|oct|nov|dec|item|\(personnel)",
            rf"{_CLOSED}, G\.L\.",
            r"(?:confidential )?minute book",
            r"certified agenda of (?:closed|executive)",
            r"closed (?:portion|hearing|deliberation)\b",
            rf"{_CLOSED} \W ",
            r"conf[il]dent[il]a[il]\W+5495[67]",
            rf"recap [o0]f {_CLOSED}",
            r"negotiator'?s (?:report|briefing)",
        ),
        _words(
            r"(?:motion|moved|second(?:ed)?|carried|vote[ds]?|voting|unanimous(?:ly)?|abstain\w*|straw|direction|directed"
            r"|authori[tz]\w+|offer\w*|settle\w*|counter\w*|mediator|counsel|attorney|advised|cautioned|recommend\w*"
            r"|consensus|appraisal|severance|impasse|finalist\w*|negotiat\w+|recused|deliberat\w+|insurer|demand"
            r"|exposure|discharge|resign\w*|evaluation|litigation|claimant|union|wanted|agreed)\b",
        ),
        3,
    ),
    _Kind(
        "police_report",
        _words(
            r"(?:crime|incident|offense|arrest|police|collision|burglary|robbery|theft|dui|hate crime|domestic violence"
            r"|telephonic|field interview|missing person|use of force)[ -](?:report|supplement|narrative)\b",
            r"arrest / probable cause",
            r"supplement(?:al|ary)? (?:report|narrative)",
            r"(?:pd|police(?: department)?|sheriff'?s?(?: office| department)?)\b[^\n]{0,60}"
            r"\b(?:report|case|incident|inc\.?|narrative|rpt|dr|no\.?)\b",
            r"incident type\b",
            r"\bpc\b[^\n]{0,30}\brpt\b",
        ),
        _words(
            r"(?:victim|vic|suspect|susp|subj|reporting party|rp|officer|ofc|deputy|det|detective|arrested|arrestee"
            r"|booked|narrative|statement|stated|evidence|witness|dispatched|responded|miranda|badge|cr|v-?1|s-?1|w-?1"
            r"|hrs|cited|patrol)\b",
        ),
        4,
    ),
    _Kind(
        "personnel_file",
        _words(
            r"(?:annual |employee |probationary )?performance (?:evaluation|appraisal|report|review)\b",
            r"personnel (?:action|file|jacket|board|record)",
            r"notice of (?:intent|intended|proposed)[^\n]{0,30}(?:discipline|suspen\w+|terminat\w+|dismiss\w+|demot\w+)",
            r"notice of (?:termination|discipline|suspension|separation|demotion)",
            r"(?:letter|notice) of reprimand",
            r"written (?:warning|reprimand)",
            r"skelly",
            r"performance improvement plan",
            r"last[ -]chance agreement",
            r"(?:counseling|disciplinary) (?:memo\w*|action|notice|record)",
            r"background investigation (?:summary|report)",
            r"internal affairs (?:report|investigation|case)",
        ),
        _words(
            r"(?:employee|supervisor|rater|rating|rated|discipline|suspension|reprimand|warning|step|hired?|class(?:ification)?"
            r"|emp|department|sick leave|expectations|improvement|grievance|salary|attendance|appeal|candidate|exceeds|meets"
            r"|title|misconduct|dismissed)\b",
        ),
        4,
    ),
    _Kind(
        "medical_record",
        _words(
            r"(?:patient|medical|clinical) (?:care report|chart|record|history|intake|evaluation|certification|summary)\b",
            r"(?:discharge summary|progress note|history (?:and|&) physical|prehospital care|autopsy report)",
            r"(?:ems|medic \d+|ambulance|pcr|triage|clinic|nurse'?s?|nursing|immunization|lmmun\w+|tb|autopsy|coroner'?s?)"
            r"\b[^\n]{0,30}\b(?:report|notes?|narrative|record|chart|log|roster|export|schedule)\b",
            r"independent medical|qme (?:report|evaluation)|fitness[ -]for[ -]duty (?:report|evaluation|exam)",
        ),
        _words(
            r"(?:patient|pt|dx|diagnosis|hx|rx|meds?|medications?|allerg\w+|vitals|bp|mrn|assessment|physician|dr|symptoms"
            r"|treat\w+|exam|complaint|dob|dose|mg|history|gcs|pain)\b",
        ),
        4,
    ),
    _Kind(
        "benefits_case_file",
        _words(
            r"(?:calworks|calfresh|general (?:assistance|relief)|medi-cal|wic|snap|tanf|liheap|section 8|voucher|hmis"
            r"|public assistance|welfare|benefits?|(?:rental|emergency|utility|energy) assistance|eligibility)\b[^\n]{0,50}"
            r"\b(?:case|application|intake|determination|recert\w*|redetermination|file|narrative|interview|follow-?up"
            r"|sar 7|overpayment|clinic)\b",
            r"case narrative\b[^\n]{0,80}\b(?:cw|calworks)",
            r"notice of action\b",
        ),
        _words(
            r"(?:applicant|appl|household|hh|income|eligib\w+|case|caseworker|worker|wkr|recert\w*|approved|denied|benefits?"
            r"|ebt|ssi|client|participant|verif\w+|rent|aid|assistance|grant|sanction\w*|overpayment)\b",
        ),
        4,
    ),
)
_ABOUT = _words(
    r"agenda\b(?! of (?:closed|executive))",
    r"notice of (?!(?:intent|intended|proposed|termination|discipline|suspension|separation|demotion|reprimand|action)\b)",
    r"call and notice",
    r"(?:staff|annual|quarterly|grant|final) (?:report|narrative|dashboard)",
    r"polic(?:y|ies)\b(?! (?:no|#|\d))",
    r"ordinance|resolution|training|brochure|press release|news release|handbook|guide\b|template|announcement",
    r"how to|frequently asked|class specification|job (?:description|posting|bulletin)|minutes \(approved\)|report[- ]out|action summary|public hearing|regular meeting|statistics|transcript",
)


def record_type(text: str) -> RecordType | None:
    """Tell the kind of record that ``text`` is as a whole, or ``None`` where heading and structure do not say."""
    plain = normalize(text).text
    lines = [_unscanned(line) for line in plain[:_HEAD].splitlines() if line.strip()][:_HEAD_LINES]
    if _ABOUT.search("\n".join(lines[:_TITLE_LINES])):
        return None
    head = "\n".join(line for line in lines if len(line) <= _LONGEST_HEADING)
    for kind in _KINDS:
        if kind.heading.search(head) and _variety(kind.structure, plain) >= kind.wanted:
            return kind.name
    return None


def _variety(structure: re.Pattern[str], text: str) -> int:
    return len({found[0].lower() for found in structure.finditer(text)})


def _unscanned(line: str) -> str:
    """The line with wide gaps closed and with digits that scanning put into words turned back into letters."""
    return " ".join(
        word.translate(_SCANNED) if any(c.isalpha() for c in word) and not word[:1].isdigit() else word
        for word in line.split()
    )
