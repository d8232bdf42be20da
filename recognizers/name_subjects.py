"""Names that a record itself says to be a private person's: whom it is about, who is no official of the city.

The counterpart of ``name_offices``. An officer who is accused, suspended or on leave, a lawyer for the other
side, a shop's manager and its guard bear titles that officials bear too: what the words beside the name say
of them wins over the title, and holds for the same name everywhere in that text.
"""

import re
from collections import defaultdict
from collections.abc import Mapping, Sequence

from recognizers.name_lexicon import words_of
from recognizers.name_mentions import TITLE_CLASSES, Mention
from recognizers.name_offices import role_words

_REACH = 90
"""Characters on either side of a name in which it is said."""
_MOST_WORDS = 3
"""Words of the longest role."""
_TITLE = re.compile(r"(?:\A|(?<=[ ,;:&/(\n]))(?P<title>[^\W\d_][\w/'’-]{0,14})\.?[ ]{1,2}\Z")
_NUMBER = re.compile(r"[ ]{0,2}(?:,[ ])?\(?(?:#|badge[ ]|ID[ ])?[ ]?\d{1,6}\)?")
"""A badge number after a name."""
_LABEL = re.compile(
    r"(?:\A|[\n.;|(•]|[ ]{2}|[ ]-[ ])[ ]?(?P<label>[^\W\d_][^\n;|:=(]{1,30}?)[ ]{0,2}:[ ]{0,9}"
)
_ROW = re.compile(r"(?:[A-Z][\w'’.-]*\.?(?:[ ]#?\d{1,6})?(?:,|;|[ ]/|[ ]&|[ ]and)?[ ]{1,2})*")
_ROW_END = re.compile(r"(?:[,;/&]|\band)[ ]{1,2}\Z")
_ABOUT = re.compile(
    r"\b(?:suspension|reprimand|termination|demotion|dismissal|discharge|discipline|counsell?ing|write-?up"
    r"|probation)[ ](?:of|for|against)[ ]\Z"
    r"|\b(?:allegations?|complaints?|charges|findings?)[ ](?:filed[ ])?against[ ]\Z"
    r"|\b(?:IA|I\.A\.|internal[ ]affairs|investigation|inquiry)[ ](?:on|of|into|against)[ ]\Z",
    re.IGNORECASE,
)
_DONE_TO = re.compile(
    r",?[ ](?:who[ ])?(?:was|is|has[ ]been|had[ ]been|were|got|to[ ]be|being)[ ](?:[a-z]{3,12}ly[ ])?"
    r"(?:suspended|reprimanded|terminated|demoted|fired|disciplined|counsell?ed|written[ ]up|placed[ ]on"
    r"|let[ ]go|dismissed|discharged|under[ ]investigation|the[ ]subject)\b"
    r"|:?[ ](?:(?:is|was|has[ ]been|will[ ]be|goes|went|remains)[ ])?(?:out[ ])?on[ ](?:[a-z]{3,12}[ ]){0,2}"
    r"(?:leave|FMLA|light[ ]duty|modified[ ]duty|restricted[ ]duty|desk,[ ]modified)\b"
    r"|,?[ ](?:is[ ])?out,?[ ](?:sick|on[ ](?:leave|FMLA|disability|stress)|FMLA)\b"
    r"|:[ ](?!Sustained\.)(?:[a-z]{2,5}[ ])?(?:[Ss]ustained|SUSTAINED|[Uu]nfounded|[Ee]xonerated)\b",
)
_EVENT = "before what the record is about"
"""What happened to somebody makes the place private; that the whole record is about them takes more."""
_DOING = re.compile(r"[ ](?:has[ ]|had[ ])?(?:sustained|overruled|found|concur\w*|recommend\w*)\b")
"""What who decides on others does."""
_OWN = re.compile(
    r"['’]s?[ ](?:[a-z]{3,12}[ ])?(?:suspension|discipline|termination|leave|performance|evaluation"
    r"|personnel[ ]file|reprimand|demotion|fitness|FMLA|grievance|discharge|probation|misconduct)\b"
)
_FOR_PARTY = re.compile(
    r",?[ ](?:for|on[ ]behalf[ ]of)[ ]the[ ](?:[Uu]nion|[Aa]ssociation|[Cc]laimants?|[Gg]rievants?"
    r"|[Rr]espondents?|[Tt]enants?|[Pp]etitioners?|[Aa]ppellants?|[Pp]laintiffs?|[Ff]amily)\b"
)
_OF_FIRM = re.compile(
    r"[ ]{0,2}(?:,[ ]|\()(?:(?:of|with|from)[ ])?"
    r"(?:(?:[A-Z][\w'’.-]{0,20},?|&|and)[ ]){1,5}"
    r"(?:LLP|PLLC|LLC|L\.L\.[PC]\.|Law[ ](?:Offices?|Group|Firm))(?!\w)"
    r"|[ ]{0,2}(?:,[ ]|\()(?:AFSCME|SEIU|IAFF|IBEW|FOP|Teamsters|Local[ ]\d{1,5})\b"
)
"""After a name: the firm or the union whose bearer comes."""
_ASKED = re.compile(
    r"\b(?:interview|statement)[ ](?:of|with|from)[ ](?:(?:Mrs?|Ms|Miss)\.?[ ])?\Z", re.IGNORECASE
)
_COMPANY_POST = re.compile(
    r"(?:,[ ]|[ ]{0,2}\n[ ]{0,9})(?:President|CEO|Owner|Partner|Founder|Proprietor|General[ ]Manager"
    r"|Managing[ ][A-Z]\w{2,12}|Vice[ ]President)(?:[ ](?:and|&)[ ][A-Z]\w{2,12})?[ ]{0,2}(?:\n|\Z)"
)
"""Below a letter: posts that companies have."""
_ROSTER = re.compile(r"[ ]{1,3}(?:\d{1,2}[ ]{2}|(?:DOB|dob)\b|[MFX]/\d|\d{1,2}/\d{1,2}/\d{2})")
"""After ``LAST, FIRST`` on a card or in a roster: an age, a birth date."""


def _is(kind: str, words: Sequence[str]) -> bool:
    return any(
        " ".join(words[-size:]) in words_of(kind) for size in range(1, min(_MOST_WORDS, len(words)) + 1)
    )


def _untitled(before: str) -> str:
    """Leave out the titles that end what stands before a name."""
    while title := _TITLE.search(before):
        parts = title["title"].lower().split("/")
        if not any(word in words_of(name) for name in TITLE_CLASSES for word in parts):
            break
        before = before[: title.start("title")]
    return before


def _is_labelled(before: str) -> bool:
    """Whether a label of whom the record is about stands before a name, or before the row that it goes on."""
    at = before.rfind(":")
    label = None
    for label in _LABEL.finditer(before, max(0, before.rfind("\n", 0, max(at, 0)))):
        if label.end() > at:
            break
    if label is None or not _is("subject_label", role_words(label["label"])):
        return False
    row = _untitled(before[label.end() :])
    return not row.strip() or (_ROW.fullmatch(row) is not None and _ROW_END.search(row) is not None)


def stated(text: str, mention: Mention) -> str | None:
    """Say how ``text`` states that ``mention`` names a private person; None where it does not."""
    if len(mention.words) == 1 and mention.words[0].folded in words_of("openers"):
        return None
    before = text[max(0, mention.start - _REACH) : mention.start]
    after = text[mention.end : mention.end + _REACH]
    if ":" in before and _is_labelled(before):
        return "after the label of whom the record is about"
    untitled = _untitled(before)
    if _ABOUT.search(untitled):
        return "after what the record is about"
    last = role_words(before[-40:].rsplit("\n", 1)[-1]) if before.endswith((" ", "\n")) else []
    if last and before.rstrip(" .").lower().endswith(last[-1]) and _is("private_posts", last):
        return "after a private post"
    role = role_words(untitled[-40:])
    if role and untitled.rstrip(" ").lower().endswith(role[-1]) and _is("subject_title", role):
        return "after the part of whom the record is about"
    number = _NUMBER.match(after)
    rest = after[number.end() :] if number else after
    if not _DOING.match(rest) and (_DONE_TO.match(rest) or _OWN.match(rest)):
        return _EVENT
    if _FOR_PARTY.match(after):
        return "before whom its bearer speaks for"
    if after.startswith((", ", " (", "  (")) and _OF_FIRM.match(after):
        return "before the firm or union of its bearer"
    if _ASKED.search(before):
        return "after the interview of whom it is"
    line = before.rsplit("\n", 1)[-1].strip()
    if not line and _COMPANY_POST.match(after):
        return "above a company's post"
    if not line and mention.family_first and _ROSTER.match(after):
        return "in a roster"
    return None


def subjects(text: str, mentions: Sequence[Mention]) -> Mapping[int, str]:
    """Return how ``text`` states that a mention names a private person, by its index in ``mentions``.

    What is stated in one place holds for the whole name in others, and for the family name alone where
    everybody in the text who has it is called so.
    """
    ways = {index: how for index, mention in enumerate(mentions) if (how := stated(text, mention))}
    if not ways:
        return {}
    given: dict[str, set[str]] = defaultdict(set)
    for mention in mentions:
        if len(mention.words) > 1:
            given[mention.last.folded].add(mention.first.folded)
    known: dict[tuple[str, ...], str] = {}
    for index, how in ways.items():
        mention = mentions[index]
        if how == _EVENT or len(mention.last.folded) < 3:
            continue
        known.setdefault((mention.first.folded, mention.last.folded), how)
        if len(given[mention.last.folded]) < 2 or len(mention.words) == 1:
            known.setdefault((mention.last.folded, mention.last.folded), how)
            known.setdefault((mention.last.folded,), how)
    found = dict(ways)
    for index, mention in enumerate(mentions):
        if index in found:
            continue
        names = (mention.first.folded, mention.last.folded)
        how_known = known.get(names)
        if how_known is None and len(mention.words) > 1 and len(mention.words[0].folded) == 1:
            how_known = known.get(names[1:])
        if how_known is not None:
            found[index] = how_known
    return found
