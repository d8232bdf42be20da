"""Names of those who speak or work for somebody other than the city: lawyers, unions, firms.

Their titles are an official's too (``counsel``, ``representative``, ``manager``): what the words right beside
the name say of whom they serve tells them apart.
"""

import re

_COURTESY = r"(?:(?:Mr|Mrs|Ms|Miss|Dr)\.?[ ])?"
_PARTIES = (
    r"(?:claimant|plaintiff|defendant|respondent|applicant|appellant|petitioner|licensee|tenant|landlord|owner"
    r"|union|employee|grievant|officer|family)s?(?:['’]s?)?"
)
_LAWYER = re.compile(
    r"\b(?:lawyer|abogad[oa])(?:[ ]is|,)?[ ]" + _COURTESY + r"\Z"
    r"|\b(?:[Hh]is|[Hh]er|[Mm]y|[Tt]heir)[ ](?:attorney|counsel)(?:[ ]is|,)?[ ]" + _COURTESY + r"\Z"
    r"|\b(?:with|through)[ ](?:(?:his|her|its|their)[ ])?counsel,?[ ]" + _COURTESY + r"\Z"
    r"|\b(?i:" + _PARTIES + r"|outside|special|defense|opposing)[ ]"
    r"(?i:counsel|attorney|lawyer|atty\.?)(?::|,)?[ ]{1,3}" + _COURTESY + r"\Z"
    r"|\b(?i:counsel|attorney)[ ]for[ ](?:the[ ])?(?i:" + _PARTIES + r"),?:?[ ]{1,3}" + _COURTESY + r"\Z"
)
_ATTORNEY = re.compile(r"(?P<ahead>[\w'’.]{0,15})[ ]{1,2}attorney,?[ ]" + _COURTESY + r"\Z")
_PUBLIC_ATTORNEYS = re.compile(
    r"(?:our|city|county|town|village|district|state|borough|school|deputy|assistant|asst|prosecuting"
    r"|municipal|staff|legal|police)(?:['’]s)?\.?\Z",
    re.IGNORECASE,
)
_UNION = (
    r"(?:[Uu]nion|SEIU|AFSCME|POA|PBA|FOP|IAFF|IBEW|UFCW|CWA|ATU|NAGE|AFT|Teamsters|Local(?:[ ]\d{1,5})?"
    r"|[Aa]ssociation|[Aa]ssn\.?)"
)
_UNION_PERSON = re.compile(
    r"\b(?:[Ss]teward|(?:SEIU|AFSCME|POA|PBA|FOP|IAFF|IBEW|UFCW|CWA|ATU|Teamsters)(?:[ ]Local)?"
    r"(?:[ ]\d{1,5})?[ ](?:rep\.?|[Rr]epresentative|[Bb]usiness[ ][Aa]gent|[Pp]resident|counsel|attorney))"
    r",?[ ]" + _COURTESY + r"\Z"
    r"|(?:\A|\n[ ]{0,9}|[ ]{3})(?:(?:Union|Employee(?:['’]s)?|Grievant(?:['’]s)?)[ ])?"
    r"[Rr]ep(?:resentative|\.)?:[ ]{1,9}" + _COURTESY + r"\Z"
    r"|\b(?:Local[ ]\d{1,5}(?:['’]s)?|[Uu]nion|[Aa]ssociation|[Tt]enants['’]?|[Nn]eighborhood|HOA|[Cc]lub)[ ]"
    r"(?:president|vice[ ]president|secretary|treasurer|chairperson|steward|rep\.?|business[ ]agent),?[ ]"
    + _COURTESY
    + r"\Z"
    r"|\b[Uu]nion[ ](?:notified|informed|called|present),[ ]" + _COURTESY + r"\Z"
)
_FIRM_PERSON = re.compile(
    r"\b(?i:the|his|her|their|my)[ ](?:plant|store|company|hotel|motel|restaurant|shop|bank|practice|firm"
    r"|factory|salon|mill|farm|church|landlord|insurer|contractor|vendor|builder)['’]s[ ]"
    r"(?:[\w-]{2,14}[ ]){0,2}"
    r"(?:manager|director|supervisor|clerk|secretary|rep|representative|administrator|president|agent|guard"
    r"|foreman|bookkeeper|inspector|engineer),?[ ]" + _COURTESY + r"\Z"
)
"""Before a name: whose of a firm its bearer is."""
_FIRM = (
    r"(?:LLP|PLLC|LLC|L\.L\.[PC]\.|Law[ ](?:Offices?|Group|Firm)|Legal[ ](?:Aid|Services))"
    r"(?:[ ]of(?:[ ][A-Z][\w'’.-]{0,20}){1,3})?"
)
_OF_FIRM = re.compile(
    r"[ ]{0,2}(?:,[ ]|\()(?:(?:counsel|of|with|from)[ ]\(?)?"
    r"(?:(?:[A-Z][\w'’.-]{0,20},?|&|and)[ ]){0,5}" + _FIRM + r"(?!\w)"
    r"|[ ]{0,2}(?:,[ ]|\()(?:AFSCME|SEIU|IAFF|IBEW|FOP|POA|PBA|UFCW|CWA|ATU|Teamsters|Local[ ]\d{1,5})\b"
)
"""After a name: the firm or the union whose bearer comes."""
_SPEAKING = re.compile(
    r",?[ ](?:attorney|counsel|lawyer)[ ]for[ ](?!the[ ](?:[Cc]ity|[Tt]own|[Cc]ounty|[Dd]istrict|[Bb]oard)\b)"
    r"|,[ ](?:the[ ])?"
    + _UNION
    + r"[ ](?:\d{1,5}[ ])?(?:rep\b|representative|steward|president|business[ ]agent)"
    r"|[ ]\((?:(?:for|counsel[ ]for)[ ])?(?:the[ ])?(?:plaintiff|claimant|defendant|respondent"
    r"|petitioner|union|grievant|applicant|appellant|tenant|landlord|owner|family|estate|insurer)s?\)"
    r"|[ ]\((?:outside|special|defense|opposing|trial)[ ](?:[a-z]{3,10}[ ])?counsel\b"
    r"|,[ ](?:defense|opposing|outside)[ ](?:counsel|attorney)\b(?![ ][A-Z])"
    r"|,?[ ]Esq\b|,[ ](?:RPR|CSR|CCR|CRR)\b|,[ ]Attorney,[ ]\d"
    r"|,?(?:[ ]Esq\.?,?)?[ ]{0,3}(?:\n[ ]{0,12}|,[ ])Attorneys?[ ]at[ ]Law\b"
)


def _is_attorney(before: str) -> bool:
    """Whether ``attorney`` stands before a name and no word that makes it a public post."""
    match = _ATTORNEY.search(before)
    return match is not None and _PUBLIC_ATTORNEYS.search(match["ahead"]) is None


def serves(before: str, after: str) -> str | None:
    """Say whom somebody serves who is no official of the city; None where the text does not say so."""
    if before.endswith((" ", "\n")):
        if _LAWYER.search(before) or _is_attorney(before):
            return "after a party's lawyer"
        if _UNION_PERSON.search(before):
            return "after who speaks for a union"
        if _FIRM_PERSON.search(before):
            return "after a firm's post"
    if after.startswith((", ", " (", "  (")) and _OF_FIRM.match(after):
        return "before the firm or union of its bearer"
    if _SPEAKING.match(after):
        return "before whom its bearer speaks for"
    return None
