"""Names that a record itself says to be an official's: ``Councilmember X``, ``Panel: X, Y``, ``X (HR)``.

What other evidence only weighs, these places state. The words are the ``stated_`` classes of
``lexicons/names.toml``: offices whose bearers are hardly ever what the record is about. Where the words
beside the name speak of discipline, illness or a former office nothing is stated: the name is weighed.
"""

import re
from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache

from recognizers.name_lexicon import words_of
from recognizers.name_mentions import TITLE_CLASSES, Mention

_REACH = 90
"""Characters on either side of a name in which its office stands."""
_MOST_WORDS = 4
"""Words of the longest title."""
_LONGEST_ABBREVIATION = 6
"""Letters of the longest abbreviated title: a full stop after a longer word ends a sentence."""
_WORD = re.compile(r"[^\W\d_]+(?:['’/.-][^\W\d_]+)*")
_JOIN = re.compile(
    r"(?P<join>[ ]{1,2}|[ ]?\n[ ]{0,9}(?:\d{1,2}[ ]{1,9})?|,[ ]{1,2}(?:an?[ ]|una?[ ]|el[ ]|la[ ])?)"
    r"(?:(?:Mr|Mrs|Ms|Dr|Sra?|Srta)\.[ ]{1,2}|señora?[ ])?\Z"
)
_LABEL = re.compile(r"(?:\A|[\n.;|(•]|[ ]{2}|[ ]-[ ])[ ]?(?P<label>[^\W\d_][^\n;|:=(]{1,30}?)[ ]{0,9}\Z")
_ROW = re.compile(r"(?:(?:[A-Z][\w'’.-]*|\([\w .,&/'-]{1,24}\)|of|de|and|y)(?:,|;|[ ]/|[ ]&)?[ ]{1,2})*")
_TITLED_ROW = re.compile(
    r"(?<!family )(?<!gang )(?<!union )(?<!crew )(?<!church )(?<!household )\b"
    r"(?i:(?:(?:council|board|commission)[ ]?)?members|commissioners|trustees|inspectors|detectives|ofcs\."
    r"|officers|deputies|alderpersons|selectmen)[ ](?=[A-Z])"
)
"""A title of several who are named in a row."""
_ROW_END = re.compile(r"(?:[,;/&]|\band|\by)[ ]{1,2}(?:(?:Mr|Mrs|Ms|Dr)\.[ ])?\Z")
_BRACKETS = re.compile(r"[ ]{1,2}\((?P<office>[^()\n\d]{1,40})\)")
_COMMA = re.compile(r",[ ]{1,2}(?P<office>(?:[^\W\d_][\w'’/&-]*\.?[ ]?){1,6})(?!:)")
_TAIL = re.compile(r"[ ](?:for|of)[ ](?:the|our)[ ][^\W\d_]{2,15}(?:[ ][^\W\d_]{2,15})?\Z")
"""What may follow a title before the comma: ``the council member for the ward, X``."""
_TITLE_AT_END = re.compile(r"(?:\A|(?<=[ ,&/(]))(?P<title>[^\W\d_][\w/'’-]{0,14})\.?[ ]{1,2}\Z")
"""A title or courtesy that stands before a name in a row."""
_WINDOW = re.compile(
    r"(?:[Pp]erson|[Mm]an|[Ww]oman|[Ll]ady|[Gg]entleman|[Cc]lerk|[Cc]ashier|[Ss]taff|[Ww]orker|[Ss]omeone)"
    r"[ ](?:at|from|of|behind|in)[ ](?:the[ ])?(?:[Ww]indow|[Cc]ounter|[Dd]esk)(?:[ ]#?\d{1,2})?,?[ ]"
    r"(?:(?:named|called)[ ])?(?:(?:Mr|Mrs|Ms|Miss)\.?[ ])?\Z"
)
_YOUR_STAFF = re.compile(
    r"\b[Yy]our[ ](?:clerk|cashier|officer|inspector|worker|caseworker|deputy|lead|supervisor|teller|planner"
    r"|librarian|investigator|assessor|meter[ ]reader|lifeguard),?[ ]"
    r"(?:(?:an?[ ])?(?:Mr|Mrs|Ms|Miss)\.?[ ])?\Z"
)
"""Before a name in a letter to the city, or of the city to who works for it."""
_YOURS = re.compile(
    r"[ ](?:in|from|at|of)[ ](?:your|our|the[ ]City['’]s)[ ]"
    r"(?P<unit>[A-Z][\w'’&]{1,15}(?:[ ][A-Z&][\w'’&]{0,15}){0,2})"
)
_REFERRED = re.compile(
    r"(?:\A|[^\w])(?i:ask|see|call|contact|tell|email|e-mail|per|cc|apply[ ]with)[ ]"
    r"(?:(?:Mr|Mrs|Ms|Miss)\.?[ ])?\Z"
)
_UNIT = re.compile(r"[ ](?:in|at|from|over[ ]in)[ ](?P<unit>[A-Z][\w'’]{1,15}(?:[ ][A-Z][\w'’]{1,15})?)")
_UNIT_LINE = re.compile(
    r"[ ]{0,3}\n[ ]{0,12}(?:[A-Z][\w'’.&-]{0,20}[ ,]{1,2}(?:(?:and|of|&|the)[ ]){0,2}){0,5}"
    r"(?:Division|Department|Dept\b|Bureau|City[ ]Hall|Commission|Office[ ]of)\b"
)
"""The line below a name in an address: a unit of the city."""
_COURTESY_LINE = re.compile(
    r"(?:\A|\n)[ ]{0,12}(?:(?:To|TO|Attn|ATTN):?[ ]{1,3})?(?:(?:Mr|Mrs|Ms|Miss|Dr)\.?[ ])?\Z"
)
_SENDER = re.compile(r"(?:\A|\n)[ ]{0,9}(?i:from|appellant|grievant):[ ]{1,9}\Z|\b[Aa]ppeal[ ]of[ ]\Z")
"""Who writes on their own behalf may do so about themselves, whatever their post."""
_RECEIVING = re.compile(
    r"\b(?:sent|given|made|reported|referred|routed|forwarded|submitted|addressed|complained)[ ]to[ ]"
    r"(?:[A-Z][a-z]{1,9}\.?[ ]){0,2}\Z"
)
"""Before the name of somebody whom a complaint reaches, and is not about."""
_DETERMINERS = frozenset({"al", "the", "our", "your", "my", "his", "her", "this", "el", "la", "su"})
_ADDRESSING = frozenset({"to", "dear", "a"})
"""Words that begin a greeting, which is no label: ``To the Council: X``."""
_PRIVATE = frozenset(f"{place} {kind}" for place in ("after a", "label") for kind in ("private_role", "kin"))
"""Evidence that the bearer of a name has a private part in the record."""


@dataclass(frozen=True, slots=True)
class Office:
    """That the bearer of a name is in office."""

    how: str
    """In which way the text states it."""
    is_here: bool
    """Whether it does so in this very place."""


def role_words(text: str) -> list[str]:
    """Return the words in small letters; full stops stay inside them, as in ``p.o``."""
    return _WORD.findall(text.lower())


def _is(kind: str, words: Sequence[str]) -> bool:
    phrase = " ".join(words)
    return phrase in words_of(kind) or (len(phrase) > 4 and phrase.removesuffix("s") in words_of(kind))


def _ends_in(kind: str, words: Sequence[str]) -> bool:
    return any(_is(kind, words[-size:]) for size in range(1, min(_MOST_WORDS, len(words)) + 1))


def stated(text: str, mention: Mention) -> str | None:
    """Say how ``text`` states that ``mention`` names somebody in office; None where it does not."""
    before = text[max(0, mention.start - _REACH) : mention.start]
    after = text[mention.end : mention.end + _REACH]
    how = _way(before, after, text[mention.start : mention.end])
    if how is None:
        return None
    near = (
        *([] if _RECEIVING.search(before) else role_words(before)[-8:]),
        *role_words(after.split("\n", 1)[0])[:12],
    )
    return how if words_of("record_subject").isdisjoint(near) else None


def _way(before: str, after: str, name: str) -> str | None:
    if " " in name and _is("stated_title", role_words(name.split(" ", 1)[0])):
        return "begins with the title of an office"
    if after.startswith(" handler") or _WINDOW.search(before) or _YOUR_STAFF.search(before):
        return "beside a place of work"
    if "\n" in after and _UNIT_LINE.match(after) and _COURTESY_LINE.search(before):
        return "above a unit of the city"
    if _may_be_titled(before) and _is_titled(before):
        return "after the title of an office"
    if before.endswith((", ", "and ", "& ")) and _in_titled_row(before):
        return "in a row after the title of an office"
    if (":" in before or "=" in before) and _is_labelled(before):
        return "after the label of an office"
    if after.startswith((" (", "  (")):
        brackets = _BRACKETS.match(after)
        if brackets and " ".join(role_words(brackets["office"])) in words_of("stated_brackets"):
            return "before an office in brackets"
    comma = _COMMA.match(after) if after.startswith(", ") and not _SENDER.search(before) else None
    if comma and _is_post(role_words(comma["office"])):
        return "before an office after a comma"
    return _of_unit(before, after)


def _of_unit(before: str, after: str) -> str | None:
    """Say how a unit after a name makes it that of one who works there."""
    if not after.startswith(" "):
        return None
    unit = _YOURS.match(after) or (_UNIT.match(after) if _REFERRED.search(before) else None)
    if unit is None or words_of("departments").isdisjoint(unit["unit"].lower().split(" ")):
        return None
    return "before the unit where its bearer works"


def _is_post(words: Sequence[str]) -> bool:
    """Whether words after a name and a comma begin with a city's post: ``Risk Analyst``, ``the mayor``."""
    defined = bool(words) and words[0] in _DETERMINERS
    words = words[defined:][:_MOST_WORDS]
    if not words or words[0] in words_of("private_offices"):
        return False
    if any(_is("stated_after", words[:size]) for size in range(1, len(words) + 1)):
        return True
    if words[0] in words_of("post_units") and any(word in words_of("post_nouns") for word in words[1:]):
        return True
    return defined and any(_is("stated_title", words[:size]) for size in range(1, len(words) + 1))


@lru_cache(maxsize=1)
def _last_words() -> frozenset[str]:
    """The words right before a name that can end a title, or stand between a title and a name."""
    ends = {phrase.rsplit(" ", 1)[-1] for phrase in words_of("stated_title")}
    return frozenset(ends | {f"{word}s" for word in ends} | words_of("courtesy") | words_of("doctor"))


def _may_be_titled(before: str) -> bool:
    """Tell cheaply that nothing before a name can be a title; ``_is_titled`` tells whether something is."""
    words = before[-32:].split()
    if not words:
        return False
    last = words[-2] if words[-1].isdigit() and len(words) > 1 else words[-1]
    return last.lower().strip(".,(") in _last_words() or words[-1].endswith(",") or ", " in before[-12:]


def _is_titled(before: str) -> bool:
    """Whether what stands before a name ends in a title, right before it or as in ``the mayor, Ms. X``."""
    join = _JOIN.search(before)
    if join is None:
        return False
    ahead = before[: join.start()]
    words = role_words(ahead)
    if join["join"].startswith(","):
        words = role_words(ahead[: tail.start()]) if (tail := _TAIL.search(ahead)) else words
        return any(
            words[-size - 1] in _DETERMINERS and _is("stated_title", words[-size:])
            for size in range(1, min(_MOST_WORDS + 1, len(words)))
        )
    if not words or not ahead.lower().endswith((words[-1], f"{words[-1]}.")):
        return False
    if ahead.endswith(".") and "." not in words[-1] and len(words[-1]) > _LONGEST_ABBREVIATION:
        return False
    return any(
        _is("stated_title", words[-size:])
        and not (len(words) > size and words[-size - 1] in words_of("private_offices"))
        for size in range(1, min(_MOST_WORDS, len(words)) + 1)
    )


def _in_titled_row(before: str) -> bool:
    """Whether a name goes on a row that a title begins: ``Councilmembers X and | Y``."""
    return any(
        _ROW.fullmatch(before, title.end()) and _ROW_END.search(before, title.end())
        for title in _TITLED_ROW.finditer(before)
    )


def _is_title(word: str) -> bool:
    return any(part in words_of(name) for name in TITLE_CLASSES for part in (word, *word.split("/")))


def _is_labelled(before: str) -> bool:
    """Whether a label of an office stands before a name, or before the row of names that it goes on."""
    at = max(before.rfind(":"), before.rfind("="))
    label = _LABEL.search(before, 0, at) if at > 0 else None
    words = role_words(label["label"]) if label else []
    if not words or words[0] in _ADDRESSING or not _ends_in("stated_label", words):
        return False
    row = before[at + 1 :].lstrip(" ")
    while (title := _TITLE_AT_END.search(row)) and _is_title(title["title"].lower()):
        row = row[: title.start()]
    return not row or (_ROW.fullmatch(row) is not None and _ROW_END.search(row) is not None)


def in_office(
    text: str,
    mentions: Sequence[Mention],
    evidence: Sequence[Sequence[str]],
    subjects: Collection[int] = (),
) -> Mapping[int, Office]:
    """Return how ``text`` states that a mention names somebody in office, by its index in ``mentions``.

    What is stated in one place holds for the same name in others: the whole of it, the family name, or the
    given name if it is no other's. It holds nowhere for a name that somebody with a private part in the
    record bears too; ``evidence`` is that on each mention, and ``subjects`` those of whom it is stated.
    """
    ways = {
        index: how
        for index, mention in enumerate(mentions)
        if index not in subjects and (how := stated(text, mention))
    }
    if not ways:
        return {}
    private = {
        name
        for index, (mention, items) in enumerate(zip(mentions, evidence, strict=True))
        if index in subjects or not _PRIVATE.isdisjoint(items)
        for name in _names(mention)
    }
    families: dict[str, set[str]] = defaultdict(set)
    for mention in mentions:
        if len(mention.words) > 1:
            families[mention.first.folded].add(mention.last.folded)
    known: dict[tuple[str, ...], str] = {}
    for index, how in ways.items():
        names = _names(mentions[index])
        if names and private.isdisjoint(names):
            known[names] = known[names[-1:]] = how
            if families[names[0]] <= {names[-1]}:
                known[names[:1]] = how
    named = ((index, known.get(_names(mention))) for index, mention in enumerate(mentions))
    return {
        index: Office(how, index in ways) for index, how in named if how is not None and index not in subjects
    }


def _names(mention: Mention) -> tuple[str, ...]:
    """Return the words of a name that are no initials, and no title that it begins with."""
    words = tuple(word.folded for word in mention.words if len(word.folded) > 1)
    return words[1:] if len(words) > 1 and _is("stated_title", words[:1]) else words
