"""What stands right beside the telephone number of an office: a department, a title, an official by name."""

import re

_NAME = r"(?:[A-Z][\w.'-]{0,20}[ ]){0,2}[A-Z][\w'-]{1,20}"
_TO = r"(?:,?[ ](?:is|at|on))?[ ,:(]{1,3}$"
"""What stands between an office and its number."""
_PLACES = (
    r"(?i:window|lot|site|barn|docket|supv\.|branch|board|commission|town|pool|city|carrier|ward|facility"
    r"|navigators'?|courthouse|garage|property rm|adjuster'?s?|victim[- ]services|liaison'?s|dss|agency'?s?"
    r"|program|clerk'?s?|front|service|permit)"
)
_LINE_OF = re.compile(
    rf"\b{_PLACES}[ ](?i:(?:tele)?phone|tel\b\.?|number|no\.|counter|window)(?:[ ]is)?[ ,:(]{{0,3}}$"
)
_WINDOW = re.compile(r"\b(?:Window|Courthouse|Substation|Non-emergency|Switchboard)[ :]{1,2}\(?$")
_DEPARTMENT = re.compile(
    r"\b(?:Human[ ](?:Resources|Rights|Relations)(?:[ ](?:Dept\.?|Commission|Division))?"
    r"|(?:(?<=call )|(?<=to )|(?<=at )|(?<=[.;:] ))(?:Risk|Code|Law|Legal)|Legal[ ]Aid|City[ ]Health"
    r"|Facilities|Stormwater|(?:Control|Comptrol)ler|Accounts[ ]Payable|Registration|Reservations"
    r"|(?:Victim|Family|Tenant)[ ]Services|Purchasing|Personnel|Treasury|Planning(?:[ ]Division)?"
    rf"|Labor[ ]Relations|Outreach|Transit|Housing|[A-Z]{{2,5}}[ ]team){_TO}"
)
_OF_CITY = re.compile(
    r"\b(?:City|Town|County|Village|Borough)[ ]of(?:[ ][A-Z]\w{1,20}){1,3}"
    r"(?:(?:,[ ]|[ ]\()[A-Z][\w.]{1,20}\)?)?[ ,:]{1,3}\(?$"
)
_TITLE = re.compile(
    r"\b(?:[A-Z][a-z]{1,16}[ ](?:Officer|Lead|Clerk|Director|Worker|Coordinator|Administrator|Manager"
    r"|Adjuster|Inspector|Investigator|Planner|Engineer|Engineering)|Recruiter|Ombudsman|Navigator|[Bb]uyer"
    r"|[Aa]ccounts[ ]payable|accountant|Prosecutor|Solicitor)(?:[ ]at)?[ ,(]{1,3}$"
)
_TITLED = re.compile(
    r"\b(?:Advocate|Adv\.|Recruiter|Investigator|Coordinator|Supervisor|Attorney|Prosecutor|Navigator|Caseworker"
    r"|Principal|Buyer|Planner|(?:Control|Comptrol)ler|Maj\.|Major|Paramedic|Commissioner|Council(?:member|wom[ae]n|man)"
    r"|Clerk|Registrar|[Aa]djuster|Administrator|Manager|Specialist|Secretary|Treasurer|Worker|Liaison"
    rf"|Nurse):?[ ]{_NAME}{_TO}"
)
_OF_UNIT = re.compile(
    r"\b(?:[Oo]utreach|[Tt]ransit|[Pp]ayroll|[Bb]enefits|[Pp]lanning|[Pp]urchasing|[Ff]inance"
    rf"|[Ff]acilities),[ ]{_NAME},[ ]\(?$"
)
_INVITED = re.compile(
    r"\b(?:By (?:tele)?phone:|may be (?:filed|made|reported) (?:at|by calling))[ ]{1,2}\(?$"
)
"""What tells the public how to reach an office."""
_CALLED = re.compile(
    r"\b(?:(?:my|our|this|the)[ ]office(?:[ ]line)?[ ](?:at|on)|call[ ](?:the|your|our)[ ](?:ranger|clerk"
    r"|office|desk|nurse|dispatcher|supervisor|inspector|front[ ]desk|hotline|department|court)[ ](?:at|on)"
    r"|[Oo]ffice[ ](?:tele)?phone:?"
    r"|(?:[Nn]umber|[Ll]ine|[Pp]hone)[ ]for[ ](?:appeals?|questions|appointments?|information|hearings?):?"
    r"|(?:Questions|Appeals|Information|RSVP|[Rr]esets|Scheduling):(?:[ ][Cc]all)?)[ ]\(?$"
)
"""Where somebody is asked to call."""
_GIVEN = re.compile(
    r"\b(?:[Gg]ave|[Gg]iven)\b[^.\n]{0,30}?\b(?:[Ll]egal[ ][Aa]id|hotline|warm ?line|crisis|[A-Z]{3,6}"
    r"|[A-Z][a-z]+[ ][A-Z][a-z]+|shelter)(?:'s)?[ ](?:number|line),?[ ]\(?$"
)
"""Where somebody is given the number of a body."""
_OFFICER = re.compile(
    r"\b(?:[Cc]oordinator|[Dd]irector|[Cc]lerk|[Ss]upervisor|[Mm]anager|[Ll]iaison|[Ss]pecialist),[ ]"
    rf"{_NAME},?[ ](?:at[ ])?\(?$|\bContact:?[ ]{_NAME},[ ][A-Z][\w &-]{{1,30}},[ ]\(?$"
)
_SO_CALLED = re.compile(r"[ ]\((?:[Cc]ity|[Cc]ounty|[Oo]ffice|[Dd]esk|[Dd]ept)\b[^)\n]{0,10}\)")
_FAX_NEXT = re.compile(r"[ ]?[,;.|/)]{1,3}[ ](?:or[ ])?(?:fax|TTY|TDD)\b", re.IGNORECASE)
_EXTENSION = re.compile(r"[ ,]{0,2}(?:x|ext)[. ]{0,2}\d", re.IGNORECASE)
_REACH = 96
"""Characters before a number in which the words for its office stand."""


def calls_office(text: str, line: int, start: int) -> bool:
    """Tell whether an office to be called stands right before ``start``, in a line that begins at ``line``.

    ``my office`` is one, though it is mine.
    """
    return _CALLED.search(text[max(line, start - _REACH) : start]) is not None


def beside_office(text: str, line: int, start: int, end: int) -> bool:
    """Tell whether an office, or somebody by the title of one, stands right beside ``text[start:end]``.

    ``line`` is where its line begins. Only what touches the number tells: an office that is named further
    before it may have somebody between.
    """
    if any(after.match(text, end) for after in (_FAX_NEXT, _EXTENSION, _SO_CALLED)):
        return True
    before = text[max(line, start - _REACH) : start]
    return any(
        pattern.search(before)
        for pattern in (
            _LINE_OF,
            _WINDOW,
            _DEPARTMENT,
            _OF_CITY,
            _TITLE,
            _TITLED,
            _OF_UNIT,
            _INVITED,
            _GIVEN,
            _OFFICER,
        )
    )
