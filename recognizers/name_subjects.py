"""Names that a record itself says to be a private person's: whom it is about, who is no official of the city.

The counterpart of ``name_offices``. An officer who is accused, suspended or on leave, a lawyer for the other
side, a shop's manager and its guard bear titles that officials bear too: what the words beside the name say
of them wins over the title, and holds for the same name everywhere in that text.
"""

import re
from collections import defaultdict
from collections.abc import Mapping, Sequence

from recognizers.name_lexicon import given_names, surnames, words_of
from recognizers.name_mentions import TITLE_CLASSES, Mention
from recognizers.name_offices import role_words
from recognizers.name_outsiders import serves
from recognizers.name_rows import Rows, is_first_in_row, rows

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
    r"|\b(?:allegations?|complaints?|charges|findings?|complain(?:s|ed|ing))[ ](?:filed[ ])?"
    r"(?:against|about)[ ]\Z"
    r"|\bto[ ](?:fire|terminate|suspend|demote|reprimand|discharge|discipline)[ ]\Z"
    r"|\b(?:bullying|harassment|retaliation|harassed|bullied)[ ]by[ ](?:(?:lead|foreman|supervisor)[ ])?\Z"
    r"|\b(?:personnel|disciplinary|evaluation|background)[ ]files?[ ](?:of|for)[ ]\Z"
    r"|\b(?:IA|I\.A\.|internal[ ]affairs|investigation|inquiry)[ ](?:on|of|into|against)[ ]\Z",
    re.IGNORECASE,
)
_DONE_TO = re.compile(
    r",?[ ](?:who[ ])?(?:was|is|has[ ]been|had[ ]been|were|got|to[ ]be|being)[ ](?:[a-z]{3,12}ly[ ])?"
    r"(?:suspended|reprimanded|terminated|demoted|fired|disciplined|counsell?ed|written[ ]up|placed[ ]on"
    r"|let[ ]go|dismissed|discharged|under[ ]investigation|the[ ]subject)\b"
    r"|(?:,[ ][a-z][a-z ]{2,24},)?[ ](?:is|was)[ ]to[ ]be[ ]"
    r"(?:non-?renewed|let[ ]go|terminated|dismissed|suspended)\b"
    r"|,?[ ](?:was|is|has[ ]been|had[ ]been)[ ](?:passed[ ]over|denied[ ]promotion|laid[ ]off"
    r"|released[ ]on[ ]probation|relieved[ ]of[ ]duty|docked|non-?renewed|sent[ ]home|found[ ]asleep)\b"
    r"|[ ](?:received|was[ ]given|got|served|accepted|faces|is[ ]facing)[ ]an?[ ][\w-]{2,10}[ -]"
    r"(?:day[ ]|hour[ ]|shift[ ])?(?:suspension|reprimand|warning)\b"
    r"|:?[ ](?:no[- ]call|NCNS\b)"
    r"|:?[ ](?:tested[ ]positive"
    r"|(?:refused|failed)[ ](?:the|a|his|her)[ ](?:[a-z]{3,10}[ ])?(?:test|screen))\b"
    r"|:[ ](?:post-accident|reasonable[ ]suspicion|random)[ ](?:[a-z]{3,8}[ ])?(?:test|screen|UA)\b"
    r"|:?[ ](?:(?:is|was|has[ ]been|will[ ]be|goes|went|remains)[ ])?(?:out[ ])?on[ ](?:[a-z]{3,14}[ ]){0,2}"
    r"(?:leave|FMLA|light[ ]duty|modified[ ]duty|restricted[ ]duty|desk,[ ]modified)\b"
    r"|,?[ ](?:is[ ])?out,?[ ](?:sick|on[ ](?:leave|FMLA|disability|stress)|FMLA)\b"
    r"|:[ ](?!Sustained\.)(?:[a-z]{2,5}[ ])?(?:[Ss]ustained|SUSTAINED|[Uu]nfounded|[Ee]xonerated"
    r"|(?:[Uu]n)?[Ss]ubstantiated)\b"
    r"|[ ](?:resigned|retired)[ ](?:in[ ]lieu|before[ ]the[ ](?:hearing|interview|investigation))\b"
    r"|[ ](?:starts|began|begins|serves|served|took|takes|got|gets)[ ](?:(?:her|his|an?)[ ])?"
    r"(?:\w{3,6}|\d{1,2})[- ]days?[ ](?:off|suspension|unpaid|without)\b"
    r"|\.[ ](?:She|He)[ ]is[ ]on[ ]day[ ]\d{1,2}[ ]of\b"
    r"|,?[ ](?:is[ ]|was[ ])?(?:being[ ])?(?:put|placed)[ ]on[ ]an?[ ](?:PIP|performance)\b"
    r"|,[ ](?:not[ ])?(?:sustained|unfounded|exonerated)[.;\n]",
)
_ACCUSED_OF = re.compile(
    r"(?:[ ]of[ ][A-Z]\w{2,12}(?:[ ]\d{1,3})?)?[ ]"
    r"(?:harassed|bullied|groped|humiliated|belittled|retaliated[ ]against)[ ](?:him|her|them|me|us)\b"
    r"|[ ]made[ ]the[ ](?:error|mistake)\b"
)
"""What a complaint says that its subject did."""
_HEADING = re.compile(
    r"(?:\A|\n)[ ]{0,3}(?:(?:RE|Re|SUBJECT|Subject|SUBJ|Regarding):[ \t]{1,9}(?:[^\n]{1,60}[,:;-][ ])?"
    r"|(?P<item>(?:(?:ITEM|Item)[ ])?[#(]?\d{1,2}[.):]{0,2}[ ]{1,3}))"
    r"(?P<title>[A-Z][\w/]{1,12}\.?)[ ]\Z"
)
"""Before a name: a letter's subject or the number of an item, and one title."""
_HEADING_END = re.compile(r"(?:[ ]#?\d{2,5})?(?:[ ]{0,3}\n|\.[ ]|\Z)")
_WIDE_LABEL = re.compile(
    r"(?:\A|\n)[ ]{0,9}(?P<label>[A-Z][a-z]{2,12}(?:[ ][A-Za-z]{2,12})?)[ ]{3,30}"
    r"(?=[A-Z])(?P<row>[^\n]{0,80})\Z"
)
"""A label of a form that blanks instead of a colon part from what is filled in."""
_EMPLOYED = re.compile(
    r"(?:,|;|[ ]\(|[ ][-–])?[ ]?(?:[Ee]mp|EMP|[Ee]mployee)\.?[ ]?(?:no\.?|#|[Ii][Dd])?:?[ ]?\d{3}"
    r"|[ ]\(\d{1,2}[ ]y(?:ea)?rs\b|(?:[,;][ ]|[ ]\()[Hh]ired[ ]\d"
)
"""After a name: an employee's number, or how long they are employed."""
_COURTESY_END = re.compile(r"(?:Mr|Mrs|Ms|Miss|Dr)\.?[ ]\Z")
_DEFINED_ROLE = re.compile(r"\b(?:the|a|an|[Tt]he|his|her|my|their|your|new)[ ](?:[\w'’]+[ ]){1,4}\Z")
_DECIDED_BY = re.compile(r"\bby[ ]\Z")
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
_ASKED = re.compile(
    r"\b(?:interview|statement)[ ](?:of|with|from)[ ](?:(?:Mrs?|Ms|Miss)\.?[ ])?\Z"
    r"|\n[ ]{0,9}statement[ ]of:?[ ]{1,9}(?:(?:Ofc|Officer|Sgt|Deputy|Lt|Mr|Mrs|Ms|Miss)\.?[ ])?\Z"
    r"|\bthe[ ](?:worker|driver|attendant|cashier),[ ](?:(?:Mrs?|Ms|Miss)\.?[ ])?\Z",
    re.IGNORECASE,
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
        if not any(word in words_of(name) for name in (*TITLE_CLASSES, "working_titles") for word in parts):
            break
        before = before[: title.start("title")]
    return before


def _is_labelled(before: str) -> bool:
    """Whether a label of whom the record is about stands before a name, or before the row that it goes on."""
    at = before.rfind(":")
    wide = _WIDE_LABEL.search(before)
    if wide is not None and _is("subject_label", role_words(wide["label"])):
        row = _untitled(wide["row"])
        return not row.strip() or (_ROW.fullmatch(row) is not None and _ROW_END.search(row) is not None)
    label = None
    for label in _LABEL.finditer(before, max(0, before.rfind("\n", 0, max(at, 0)))):
        if label.end() > at:
            break
    if label is None or not _is("subject_label", role_words(label["label"])):
        return False
    row = _untitled(before[label.end() :])
    return not row.strip() or (_ROW.fullmatch(row) is not None and _ROW_END.search(row) is not None)


def _is_listed(word: str) -> bool:
    return word in given_names() or word in surnames()


def _has_private_post(before: str) -> bool:
    """Whether a post that no city has stands before a name: ``the hospice nurse, Ms. X``."""
    if not before.endswith((" ", "\n")):
        return False
    if courtesy := _COURTESY_END.search(before):
        before = before[: courtesy.start()]
    last = role_words(before[-40:].rsplit("\n", 1)[-1])
    ahead = before.rstrip(" .")
    if ahead.endswith(","):
        ahead = ahead[:-1]
        if not ahead.rsplit(" ", 1)[-1].islower() or _DEFINED_ROLE.search(f"{ahead} ") is None:
            return False
    return bool(last) and ahead.lower().endswith(last[-1]) and _is("private_posts", last)


def _heads(before: str, after: str) -> bool:
    """Whether a ranked name is the subject of a letter, or alone the heading of a numbered item."""
    heading = _HEADING.search(before)
    if heading is None or heading["title"].lower().rstrip(".") not in words_of("working_titles"):
        return False
    return heading["item"] is None or _HEADING_END.match(after) is not None


def stated(text: str, mention: Mention, table: Rows | None = None) -> str | None:
    """Say how ``text`` states that ``mention`` names a private person; None where it does not.

    ``table`` is the rows of its tables of complaints, if anybody has looked for them.
    """
    if len(mention.words) == 1 and mention.words[0].folded in words_of("openers"):
        return None
    before = text[max(0, mention.start - _REACH) : mention.start]
    after = text[mention.end : mention.end + _REACH]
    if (":" in before or "   " in before) and _is_labelled(before):
        return "after the label of whom the record is about"
    untitled = _untitled(before)
    if _ABOUT.search(untitled):
        return "after what the record is about"
    if _has_private_post(before):
        return "after a private post"
    whole = len(mention.words) > 1
    if whole and _is_listed(mention.first.folded) and _EMPLOYED.match(after):
        return "before an employee's number"
    role = role_words(untitled[-40:])
    if role and untitled.rstrip(" ").lower().endswith(role[-1]) and _is("subject_title", role):
        return "after the part of whom the record is about"
    number = _NUMBER.match(after)
    rest = after[number.end() :] if number else after
    if not _DOING.match(rest) and not _DECIDED_BY.search(untitled):
        if _DONE_TO.match(rest) or _OWN.match(rest):
            return _EVENT
        if _ACCUSED_OF.match(rest):
            return "before what its bearer is accused of"
    if _heads(before, after):
        return "in the heading of what is about its bearer"
    if _FOR_PARTY.match(after):
        return "before whom its bearer speaks for"
    if how := serves(before, after):
        return how
    if _ASKED.search(before):
        return "after the interview of whom it is"
    if whole and table is not None and table.hold(mention.start):
        begun = text.rfind("\n", 0, mention.start) + 1
        if mention.start - begun < _REACH and is_first_in_row(_untitled(text[begun : mention.start]), after):
            return "first in a row of complaints"
    line = before.rsplit("\n", 1)[-1].strip()
    if not line and _COMPANY_POST.match(after):
        return "above a company's post"
    if not line and mention.family_first and _ROSTER.match(after):
        return "in a roster"
    return None


def _given_names(mentions: Sequence[Mention]) -> Mapping[str, set[str]]:
    """Return the given names of each family name; an initial counts where it stands for none of them."""
    given: dict[str, set[str]] = defaultdict(set)
    for mention in sorted(mentions, key=lambda m: -len(m.words[0].folded)):
        first, known = mention.words[0].folded, given[mention.last.folded]
        if len(mention.words) > 1 and not (len(first) == 1 and any(name[0] == first for name in known)):
            known.add(first)
    return given


def subjects(text: str, mentions: Sequence[Mention]) -> Mapping[int, str]:
    """Return how ``text`` states that a mention names a private person, by its index in ``mentions``.

    What is stated in one place holds for the whole name in others, and for the family name alone where
    everybody in the text who has it is called so.
    """
    table = rows(text)
    ways = {index: how for index, mention in enumerate(mentions) if (how := stated(text, mention, table))}
    if not ways:
        return {}
    given = _given_names(mentions)
    known: dict[tuple[str, ...], str] = {}
    for index, how in ways.items():
        mention = mentions[index]
        if how == _EVENT or len(mention.last.folded) < 3:
            continue
        known.setdefault((mention.first.folded, mention.last.folded), how)
        if len(mention.words) > 2:
            known.setdefault((mention.words[-2].folded, mention.last.folded), how)
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
