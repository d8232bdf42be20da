"""Which telephone numbers and mailboxes are those of an office or a firm, and so public."""

import re
from functools import lru_cache

from recognizers.digits import only_digits
from recognizers.office_lines import beside_office, calls_office
from recognizers.reading import Reading, read

RELATIVES = (
    "wife|husband|spouse|son|daughter|mother|father|mom|dad|sister|brother|aunt|uncle|niece|nephew"
    "|grandma|grandmother|grandpa|cousin|neighbor|partner"
)
_CITY_DOMAIN = re.compile(
    r"@\s*(?:[\w-]+\.)*(?:[\w-]*(?:city(?:of|hall)|cityof|townof|countyof|police|sheriff|library"
    r"|municipal|clerk"
    r"|school|transit|council|borough|village|publicworks|waterdept|parksand)[\w-]*\."
    r"|(?:[\w-]*-)?(?:city|town|county|dept|fire|court|courts|water|parks|state|metro|port|housing|gov"
    r"|ci|co|pd)"
    r"(?:-[\w-]*)?\.|\w*(?<!elo)(?<!tri)(?<!pli)(?<!pa)(?<!bli)(?<!feli)(?:city|county|gov|pd|fd|usd|isd)\."
    r"|[\w.-]+\.(?:gov|mil|us|edu)\b|[\w.-]*\.gov\.)",
    re.IGNORECASE,
)
_OFFICES = frozenset(
    re.findall(
        r"\w+",
        "info clerk cityclerk record records recordsunit prr publicrecords foia help helpdesk support admin"
        " administrator office contact hr humanresources payroll benefits billing account accounts ap ar"
        " finance"
        " purchasing bid bids permit permits planning building code codeenforcement police dispatch fire"
        " library"
        " parks recreation rec council mayor manager attorney noreply no reply donotreply webmaster"
        " postmaster"
        " press media news sales service services order orders tip tips hotline intake job jobs career"
        " careers"
        " privacy security it noc alert alerts notice notices notification notifications mail mailbox team"
        " staff"
        " events rental rentals water utilities publicworks pw risk claims legal election elections vote"
        " registrar"
        " comment comments publiccomment feedback frontdesk desk passport passports animal animals animalcare"
        " shelter transit housing grants volunteer volunteers outreach community engage engagement customer"
        " customerservice care test root cron system postage subscribe unsubscribe update updates"
        " newsletter kiosk"
        " scan scanner fax copier printer streets board rentboard pcard pcards data nobody traffic parking"
        " sewer"
        " refuse recycling stormwater engineering inspections zoning treasurer assessor cityhall townhall"
        " intake access accessibility ada hearings appeals rsvp subpoenas archives museum self selfhelp hello"
        " servicedesk license licenses licensing alarm alarms senior seniors merchants association chamber"
        " market program programs youth camp camps adoption adoptions accounting procurement citymanager"
        " admissions registration compliance ethics complaint complaints ombudsman victim victims"
        " victimservices advocate advocates probation jail coroner evidence property court courts jury juror"
        " jurors interpreter interpreters language clinic immunization immunizations nurse pharmacy referral"
        " referrals scheduling appointments reservations facilities maintenance fleet depot shop store"
        " tickets boxoffice pool golf marina harbor airport wastewater desk line dept division bureau"
        " unit department training recruit recruitment recruiting hiring safety lab language epi publications"
        " ems assist assistance prosecutor enrollment disputes equity lending recovery discipline occupancy"
        " opendata riskmgmt leave landmarks all"
        " cashier stores shots vaccine vaccines prevention education information inquiries enquiries"
        " questions grievances witness witnesses budget smoke free civil citizen citizens",
    )
)
"""Words of which the name of a mailbox that is no person's is made."""
_OFFICES_TOGETHER = re.compile(
    rf"(?:{'|'.join(sorted((w for w in _OFFICES if len(w) > 2), key=len, reverse=True))}){{1,3}}"
)
_SEAT = re.compile(r"(?:ward|district|precinct)[-_.]?\d{1,2}@", re.IGNORECASE)
"""The mailbox of whoever holds a seat."""
_SAID_PUBLIC = re.compile(
    r"[ ,.]{0,2}[ (]{1,2}(?:is[ ])?(?:(?:the|a|our|law|my|her|his|their)[ ])?[*]?"
    r"(?:office|public|shop|store|business|work|front|city)\b|"
    r"[ ,]{1,2}is (?:the )?city's\b",
    re.IGNORECASE,
)
_ENQUIRIES = re.compile(
    r"^\W{0,4}(?:questions|for (?:more |further )?information|staff contact|corrections|appeals|to file"
    r"|americans with dis)",
    re.IGNORECASE,
)
_ASKED = re.compile(
    r"\b(?:interpretation|interpreters?|accommodations?|hearing loops?|asl|large print|lost or stolen"
    r"|by mistake|in error|requests (?:go|may be made|should be made)"
    r"|(?:are|is) asked to call|calls are (?:free|confidential)|reservations by"
    r"|(?:must|may|should|is to) be reported"
    r"|to (?:report|request|schedule|reserve|apply|appeal|register|donate)|requests(?=:)|ahead(?=:)"
    r"|(?:anyone|whoever)\b[^.;?]{0,60} (?:may|can|should) call|for (?:assistance|help|questions|details"
    r"|exceptions|reservations|translation))\b[^.;?]{0,100}$",
    re.IGNORECASE,
)
"""What the public is told to call for."""
_LINE = re.compile(
    r"\b(?:fax|switchboard|(?:clerk'?s?|office|front|main|help|department|secure|program|staff|van|bus|pay|info|public|tip|hot)"
    r"[ ](?:line|desk|counter|fax|number|phone))(?:[ ](?:is|at|on|no\.?))?[ :,(]{0,3}$",
    re.IGNORECASE,
)
"""What only an office has, right before its number."""
_OFFICE_LABEL = re.compile(
    r"\b(?:[Cc]lerk|[Dd]irector|[Cc]oordinator|[Ss]ecretary|[Ss]upervisor|[Mm]anager|[Rr]ecorder|[Ll]iaison"
    r"|[Aa]dministrator|[Ii]nstructor|[Cc]ity contact|[Ss]taff|[Bb]uyer|[Pp]lanner|[Ii]nspector|[Aa]dvocate)"
    r":[ ]{1,3}(?:[A-Z][\w.'-]{0,15}[ ]){0,2}"
    r"[A-Z][\w'-]{1,15},[ ]\(?$"
)
"""The label of an office and who holds it."""
_BESIDE_NUMBER = re.compile(
    r"(?P<number>[(]?\d{3}[)]?[-. ]{1,2}\d{3}[-. ]\d{4})[ ]?(?:\(|,|or|;)[ ]?(?:TTY|TDD)[ :]{1,2}\(?$"
)
"""Another number of the same bearer."""
_AT_HOME = re.compile(r"\b(?:home|personal|private|cell|mobile)\b", re.IGNORECASE)
_MINE = re.compile(
    r"\b(?:my|her|his|their)[ ](?:(?:own|personal|private)[ ])?(?:cell|number|phone|mobile)\b|,[ ]not[ ]\(?$",
    re.IGNORECASE,
)
"""Whose the number is said to be, or that it is not the office's that was just named."""
_TITLED = re.compile(
    r"\b(?:(?:Manager|Specialist|Coordinator|Generalist|Analyst|Attorney|Counsel|Buyer|Recorder|Supt\.|Recruiter"
    r"|Superintendent|Librarian|Treasurer|Auditor|Registrar|Liaison)(?:[ ]I{1,3})?"
    r"|(?:Board|City|Commission) [Ss]ecretary)"
    r"(?:,[ ]City[ ]of(?:[ ][A-Z]\w{1,14}){1,2})?(?:[ ]at)?[ ,(]{1,3}$"
)
_NAMED = re.compile(
    r":[ ]{1,3}(?:[\"'(]?[A-Z][\w.'-]{0,15}[\"')]?[ ]){1,2}"
    r"(?!(?i:towing|line|office|desk|department|dept|fax)\b)"
    r"[A-Z][\w'-]{1,15},[ ]$"
)
_OFFICER = re.compile(
    r"\b(?:Det|Detective|Ofc|Officer|Sgt|Sergeant|Lt|Lieutenant|Capt|Captain|Cpl|Chief|Deputy|Dep|Insp|Inspector"
    r"|Agent|Dir|Director|Hon|Judge)\.?[ ](?:[A-Z][\w.'-]{1,20},?[ ]){1,3}\(?$"
)
"""Somebody in office, by name."""
_MAILBOX = re.compile(r"(?P<box>[\w.+'-]{1,64}@[\w.-]{3,80})")
_TO_MAILBOX = re.compile(
    r"[ ,;.·|/)]{1,4}(?:(?:(?i:room|rm\.?|suite)[ ]\w{1,6},[ ])|or[ ]|and[ ]|(?i:e-?mail)[: ]{1,2})?"
    + _MAILBOX.pattern
)
_BEFORE_NUMBER = re.compile(_MAILBOX.pattern + r"[ ,;.·|/(]{1,4}(?:or[ ]|and[ ])?$")
_SIGNED = re.compile(
    r"\b(?:City|Town|County|Department|Division|Office|Manager|Director|Clerk|Attorney|Analyst|Officer"
    r"|Coordinator|Police|Payroll|Supervisor|Specialist|Secretary|Superintendent|Administrator|Inspector"
    r"|Planner|Engineer|Librarian|Judge)\b"
)
"""What the lines of an official's signature name."""
_IN_A_BUILDING = re.compile(
    r"\b(?:(?:Room|Rm\.?|Suite|Ste\.?|Floor|dock)[ ][\w-]{1,6}|City[ ]Hall|Town[ ]Hall|Courthouse"
    r"|(?:Administration|Civic|County|Municipal)[ ](?:Building|Center|Annex|Complex))"
    r"(?:,[^.;\d]{0,40})?(?:,[^.;]{0,30})?[.;,][ ]"
    r"(?:(?:(?:Tele)?phone|Tel|TTY)[.:]?[ ])?\(?$",
    re.IGNORECASE,
)
"""Where an office is, right before its number."""
_TOLL_FREE = re.compile(r"(?:\+?1[-. ]?)?\(?8(?:00|33|44|55|66|77|88)[)]?[-. ]")
_EMPLOYER = re.compile(r"(?<![\d-])\d{2}-\d{7}(?![\d-])[\w |,:.-]{0,40}$")
"""An employer's tax number in the cells before: the row is a firm's."""
_EMPLOYER_CELL = re.compile(r"(?<![\d-])\d{2}-\d{7}(?:[ ]{2,12}|[ ]?[|\t][ ]?)\(?$")
"""The same right before the number, in the next cell."""
_ALONE = re.compile(r"(?i:tel|phone|t|ph|office|direct)?[.: ]{0,3}[(]?")
_ENDS_LINE = re.compile(
    r"[ .,)]{0,4}(?:[(]?(?:x|ext|direct|office|tel|fax)\b[^\n]{0,30})?(?:\n|\Z)", re.IGNORECASE
)
_TEN_DIGITS = re.compile(r"(?<![\d-])[(]?\d{3}[)]?[-. ]{1,2}\d{3}[-. ]\d{4}(?![\d-])")
_OFFICE_WORDS = re.compile(
    r"\b(?:desk|counter|front|office|ofc|main|dispatch|non-emergency|hotline|tip ?line|crisis"
    r"|help ?line|records|clerk'?s?|city hall|town hall|department|dept|division|bureau|unit"
    r"|station|precinct|fax|business|ext|extension|library|hospital|clinic|center|centre|shop"
    r"|store|company|co\.|inc|llc|corp|vendor|contractor|press|media|questions|info"
    r"|information|customer|service|support|toll|free|lobby|reception|switchboard"
    r"|after[- ]hours|on[- ]call|duty|line|sheriff|police|fire|county|state|federal|school"
    r"|district|church|agency|bank|lockbox|hall|pbx|room|lab|pharmacy|plant|yard|shelter|jail"
    r"|court|oficina|ayuntamiento|l[ií]nea|towing|roofing|plumbing|program|staff|circulation|payroll"
    r"|procurement|purchasing|hr|human resources|benefits|billing|admissions|treasury|finance|services"
    r"|risk management|rectory|parish)\b",
    re.IGNORECASE,
)
_PRIVATE_WORDS = re.compile(
    rf"\b(?:cell|mobile|home|her|his|my|their|{RELATIVES}"
    r"|friend|girlfriend|boyfriend|gf|bf|personal|private|text|call me|reach"
    r"|whatsapp|tty|callback|cb|call back|rp|vic"
    r"|victim(?![- ](?:services|advocate|assistance)\b)|witness|resident|owner|tenant|caller(?![ ]id)"
    r"|works?|worked|employed"
    r"|patient|pt|parent|(?<!non-)emergency|applicant|celular|casa|tel[eé]fono|m[oó]vil|hijo|hija"
    r"|esposa|esposo)\b",
    re.IGNORECASE,
)


def public_telephone(text: str, start: int, end: int) -> bool:
    """Tell whether the telephone number at ``start`` is an office's or a firm's, here or elsewhere.

    Somebody who is named between is reached there, not the office: ``Keyholder after hours: "Bo" Lund,``.
    """
    reading = read(text)
    line = reading.line_starts[reading.line_of(start)]
    if _OFFICE_LABEL.search(text, max(line, start - 60), start):
        return True
    if beside := _BESIDE_NUMBER.search(text, max(line, start - 28), start):
        return is_office(reading, *beside.span("number"))
    if _NAMED.search(text, max(line, start - 48), start):
        return False
    return is_office(reading, start, end) or only_digits(text[start:end]) in _told(text)


@lru_cache(maxsize=8)
def _told(text: str) -> frozenset[str]:
    """The numbers that some place of the text says are an office's, and no place that they are somebody's."""
    reading = read(text)
    public: set[str] = set()
    private: set[str] = set()
    for match in _TEN_DIGITS.finditer(text):
        if is_office(reading, *match.span()):
            public.add(only_digits(match[0]))
        elif _PRIVATE_WORDS.search(_clause(reading, match.start())):
            private.add(only_digits(match[0]))
    return frozenset(public - private)


def _clause(reading: Reading, start: int) -> str:
    line = reading.line_starts[reading.line_of(start)]
    before = reading.text[max(line, start - 36) : start]
    return re.split(r"[;|]|\s{3,}|\d{3}[-. ]\d{4}|[a-z0-9]{3}[.!?]{1,3}[ ]|[,\"],", before)[-1]


def is_office(reading: Reading, start: int, end: int) -> bool:
    """Tell whether the words beside the number say that it is an office's or a business's."""
    text = reading.text
    line = reading.line_starts[reading.line_of(start)]
    before = _clause(reading, start)
    after = text[end : end + 24].split("\n")[0]
    if _of_line(before) or _TOLL_FREE.match(text, start) or calls_office(text, line, start):
        return True
    if _PRIVATE_WORDS.search(before) or _MINE.search(text, max(line, start - 72), start):
        return False
    if _SAID_PUBLIC.match(after) or _enquiries(text, max(line, start - 160), start):
        return True
    return bool(
        _OFFICE_WORDS.search(before)
        or beside_office(text, line, start, end)
        or _TITLED.search(text, max(line, start - 36), start)
        or _OFFICER.search(text, max(line, start - 60), start)
        or _in_a_building(text, line, start)
        or _EMPLOYER.search(text, max(line, start - 60), start)
        or _with_mailbox(text, line, start, end)
        or _signed(text, line, start, end)
    )


def office_line(text: str, start: int) -> bool:
    """Tell whether what only an office or a firm has, such as a fax, stands right before the number."""
    reading = read(text)
    line = reading.line_starts[reading.line_of(start)]
    return (
        _of_line(_clause(reading, start))
        or _EMPLOYER_CELL.search(text, max(line, start - 30), start) is not None
    )


def _of_line(before: str) -> bool:
    return _LINE.search(before) is not None and _AT_HOME.search(before) is None


def _with_mailbox(text: str, line: int, start: int, end: int) -> bool:
    """Tell whether a mailbox that is nobody's stands right beside the number."""
    after = _TO_MAILBOX.match(text, end)
    if after and is_public_box(after["box"]):
        return True
    before = _BEFORE_NUMBER.search(text, max(line, start - 90), start)
    return before is not None and is_public_box(before["box"])


def _in_a_building(text: str, line: int, start: int) -> bool:
    """Tell whether the place of an office stands right before the number, and no private person's."""
    before = text[max(line, start - 90) : start]
    return _IN_A_BUILDING.search(before) is not None and _PRIVATE_WORDS.search(before) is None


def _signed(text: str, line: int, start: int, end: int) -> bool:
    """Tell whether the number stands alone on its line under an official's signature."""
    if not _ALONE.fullmatch(text, line, start) or not _ENDS_LINE.match(text, end):
        return False
    above = text[max(0, line - 200) : max(0, line - 1)].split("\n\n")[-1].split("\n")[-3:]
    return any(":" not in row and len(row) < 80 and _SIGNED.search(row) for row in above)


def _enquiries(text: str, line: int, start: int) -> bool:
    """Tell whether the sentence in which the number stands tells the public whom to ask."""
    sentence = re.split(r"[.;?][ ]+(?=[A-Z])", text[line:start])[-1]
    return _ENQUIRIES.match(sentence) is not None or _ASKED.search(sentence) is not None


def is_public_box(address: str) -> bool:
    """Tell whether a mailbox is an authority's, or by its name no person's."""
    if _CITY_DOMAIN.search(address):
        return not re.search(r"mail\.|post\.", address)
    if _SEAT.match(address):
        return True
    words = re.split(r"[._+\d-]+", address.partition("@")[0].strip().lower())
    made = [word for word in words if word]
    return bool(made) and all(word in _OFFICES or _OFFICES_TOGETHER.fullmatch(word) for word in made)
