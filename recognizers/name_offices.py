"""Names that a record itself says to be an official's: ``Councilmember X``, ``Panel: X, Y``, ``X (HR)``.

What other evidence only weighs, these places state. The words are the ``stated_`` classes of
``lexicons/names.toml``: offices whose bearers are hardly ever what the record is about. Where the words
beside the name speak of discipline, illness or a former office nothing is stated: the name is weighed.
"""

import re
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache

from recognizers.name_lexicon import words_of
from recognizers.name_mentions import Mention

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
_ROW = re.compile(r"(?:(?:[A-Z][\w'’.-]*|\([\w .&/'-]{1,24}\)|of|de|and|y)(?:,|;|[ ]/|[ ]&)?[ ]{1,2})*")
_ROW_END = re.compile(r"(?:[,;/&]|\band|\by)[ ]{1,2}(?:(?:Mr|Mrs|Ms|Dr)\.[ ])?\Z")
_BRACKETS = re.compile(r"[ ]{1,2}\((?P<office>[^()\n\d]{1,40})\)")
_COMMA = re.compile(r",[ ]{1,2}(?P<office>(?:[^\W\d_][\w'’/&-]*\.?[ ]?){1,6})(?!:)")
_DETERMINERS = frozenset({"the", "our", "your", "my", "his", "her", "this", "el", "la", "su"})
_PRIVATE = frozenset(f"{place} {kind}" for place in ("after a", "label") for kind in ("private_role", "kin"))
"""Evidence that the bearer of a name has a private part in the record."""


@dataclass(frozen=True, slots=True)
class Office:
    """That the bearer of a name is in office."""

    how: str
    """In which way the text states it."""
    is_here: bool
    """Whether it does so in this very place."""


def _words(text: str) -> list[str]:
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
    if how is None or not words_of("record_subject").isdisjoint((*_words(before)[-8:], *_words(after)[:12])):
        return None
    return how


def _way(before: str, after: str, name: str) -> str | None:
    if " " in name and _is("stated_title", _words(name.split(" ", 1)[0])):
        return "begins with the title of an office"
    if _may_be_titled(before) and _is_titled(before):
        return "after the title of an office"
    if (":" in before or "=" in before) and _is_labelled(before):
        return "after the label of an office"
    if after.startswith((" (", "  (")):
        brackets = _BRACKETS.match(after)
        if brackets and " ".join(_words(brackets["office"])) in words_of("stated_brackets"):
            return "before an office in brackets"
    if after.startswith(", ") and (comma := _COMMA.match(after)):
        words = _words(comma["office"])[:_MOST_WORDS]
        if any(_is("stated_after", words[:size]) for size in range(1, len(words) + 1)):
            return "before an office after a comma"
    return None


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
    return last.lower().strip(".,(") in _last_words()


def _is_titled(before: str) -> bool:
    """Whether what stands before a name ends in a title, right before it or as in ``the mayor, Ms. X``."""
    join = _JOIN.search(before)
    if join is None:
        return False
    ahead = before[: join.start()]
    words = _words(ahead)
    if join["join"].startswith(","):
        return any(
            words[-size - 1] in _DETERMINERS and _is("stated_title", words[-size:])
            for size in range(1, min(_MOST_WORDS + 1, len(words)))
        )
    if not words or not ahead.lower().endswith((words[-1], f"{words[-1]}.")):
        return False
    if ahead.endswith(".") and "." not in words[-1] and len(words[-1]) > _LONGEST_ABBREVIATION:
        return False
    return _ends_in("stated_title", words)


def _is_labelled(before: str) -> bool:
    """Whether a label of an office stands before a name, or before the row of names that it goes on."""
    at = max(before.rfind(":"), before.rfind("="))
    label = _LABEL.search(before, 0, at) if at > 0 else None
    if label is None or not _ends_in("stated_label", _words(label["label"])):
        return False
    row = before[at + 1 :].lstrip(" ")
    return not row or (_ROW.fullmatch(row) is not None and _ROW_END.search(row) is not None)


def in_office(
    text: str, mentions: Sequence[Mention], evidence: Sequence[Sequence[str]]
) -> Mapping[int, Office]:
    """Return how ``text`` states that a mention names somebody in office, by its index in ``mentions``.

    What is stated in one place holds for the same name in others: the whole of it, the family name, or the
    given name if it is no other's. It holds nowhere for a name that somebody with a private part in the
    record bears too; ``evidence`` is that on each mention.
    """
    ways = {index: how for index, mention in enumerate(mentions) if (how := stated(text, mention))}
    if not ways:
        return {}
    private = {
        name
        for mention, items in zip(mentions, evidence, strict=True)
        if not _PRIVATE.isdisjoint(items)
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
    return {index: Office(how, index in ways) for index, how in named if how is not None}


def _names(mention: Mention) -> tuple[str, ...]:
    """Return the words of a name that are no initials, and no title that it begins with."""
    words = tuple(word.folded for word in mention.words if len(word.folded) > 1)
    return words[1:] if len(words) > 1 and _is("stated_title", words[:1]) else words
