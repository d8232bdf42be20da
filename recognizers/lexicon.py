"""Lexicons of phrases: data files read into cues, and one pass that finds every cue in a text.

A lexicon is a TOML file with ``[classes]`` (named word lists) and ``[[cue]]`` tables. A cue's ``terms`` are
phrases, one to a line or set apart by semicolons, of these elements:

* ``word`` or ``one|other``: one of these words, in any case; a hyphen counts as a space;
* ``=SSI|SSDI``: one of these words, in this case only;
* ``<class>``: a word of that class; ``<num>`` is any number, ``<reading>`` one of at most three digits that
  no hyphen makes part of a code, ``<name>`` a capitalised word and ``<bearer>`` a word that people bear as a
  name, in capitals too: both stay outside the finding;
* a ``?`` at the end: the element may be missing;
* ``~3``: up to three words of any kind.
"""

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, fields
from functools import lru_cache
from typing import Any, Literal, get_args

from recognizers.context import is_bearer, is_name
from recognizers.tokens import Tokens
from recognizers.word_classes import table, vocabulary

NAME = "<name>"
"""The class of capitalised words that may be part of a private person's name."""
NUMBER = "<num>"
"""The class of all tokens that begin with a digit."""
READING = "<reading>"
"""The class of numbers that an instrument may show."""
BEARER = "<bearer>"
"""The class of words that people bear as a name, in whatever case they are written but small letters."""
_OPEN = frozenset({NAME, NUMBER, READING, BEARER})
_LONGEST_READING = 3
"""Most digits of a number that an instrument shows."""
Who = Literal["anyone", "person", "subject", "stated", "ticked"]
Left = Literal["cue", "noun", "verb", "clause", "sentence"]
Right = Literal["cue", "noun", "phrase", "clause", "sentence"]

FILES = (
    "health", "disability", "immigration", "victims", "witnesses", "assistance", "identity",
    "personnel",
)  # fmt: skip
"""The lexicons, by the noun that each one owns."""


@dataclass(frozen=True, slots=True)
class Cue:
    """A named group of phrases that disclose the same kind of fact."""

    entity: str
    name: str
    score: float
    who: Who
    """``anyone``: discloses wherever it stands; ``person``: a person must be near; ``subject``: a person
    must stand shortly before it; ``stated``: a person must be near, and the phrase stand alone between marks
    (as in a log or a form) or follow a verb that says what somebody is; ``ticked``: a ticked box must stand
    before it."""
    left: Left
    """How far the finding reaches to the left of the phrase."""
    right: Right
    """How far the finding reaches to the right of the phrase."""
    near: str
    """Word class of which a word must stand within some lines of the phrase; empty where none is needed."""
    unless: str
    """Word class of which no word may stand in the sentence; empty where any may."""
    not_after: frozenset[str]
    """Words that take the phrase's meaning away where they stand just before it."""
    not_before: frozenset[str]
    """Words that take the phrase's meaning away where they stand just after it."""


@dataclass(frozen=True, slots=True)
class _Element:
    words: frozenset[str]
    exact: frozenset[str]
    optional: bool = False
    gap: int = 0

    @property
    def wanted(self) -> frozenset[str] | None:
        """The words of which one must stand for this element; None where that cannot be told by a word."""
        open_ended = self.optional or self.gap or self.exact or not self.words.isdisjoint(_OPEN)
        return None if open_ended else self.words


@dataclass(frozen=True, slots=True)
class Match:
    """A cue's phrase in a text, as a half-open range of tokens."""

    cue: Cue
    phrase: str
    """The phrase as the lexicon writes it."""
    start: int
    end: int


class LexiconError(ValueError):
    """A lexicon file breaks the rules of its format: the message names file and cue."""


Phrase = tuple[Cue, str, tuple[_Element, ...], frozenset[str] | None]
"""A cue, one of its phrases as the lexicon writes it, the phrase's elements, and the words of which one must
follow the first; None where that cannot be told by a word."""
_KEYS = {field.name for field in fields(Cue)} | {"terms"}


def _element(part: str, classes: dict[str, frozenset[str]], where: str) -> _Element:
    if part.startswith("~"):
        return _Element(frozenset(), frozenset(), True, int(part[1:]))
    optional, as_written = part.endswith("?"), part.startswith("=")
    words: set[str] = set()
    exact: set[str] = set()
    for choice in filter(None, part.removesuffix("?").removeprefix("=").split("|")):
        if choice in _OPEN:
            words.add(choice)
        elif "-" in choice.strip("-"):
            raise LexiconError(f"{where}: {choice} stands among alternatives, which are single words")
        elif choice.startswith("<"):
            if choice[1:-1] not in classes:
                raise LexiconError(f"{where}: no class {choice}")
            words |= classes[choice[1:-1]]
        elif as_written:
            exact.add(choice)
        else:
            words.add(choice.lower())
    return _Element(frozenset(words), frozenset(exact), optional)


def _first_words(elements: tuple[_Element, ...]) -> Iterator[str]:
    for element in elements:
        yield from element.words | {word.lower() for word in element.exact}
        if not element.optional:
            return


def _parts(phrase: str) -> Iterator[str]:
    for part in phrase.split():
        if part.startswith(("<", "=", "~")) or "|" in part:
            yield part
        else:
            yield from part.replace("-", " ").replace("'s", " 's").split()


def phrase_table(file: str, table: dict[str, Any]) -> dict[str, list[Phrase]]:
    """Read the parsed lexicon ``table`` of ``file`` into its phrases by each word that may begin them.

    Raises ``LexiconError`` where the table breaks the rules of the format.
    """
    index: dict[str, list[Phrase]] = defaultdict(list)
    classes = dict(vocabulary())
    classes |= {key: frozenset(words.split()) for key, words in table.get("classes", {}).items()}
    for row in table["cue"]:
        where = f"{file}, cue {row.get('name')}"
        if unknown := row.keys() - _KEYS:
            raise LexiconError(f"{where}: no key {', '.join(sorted(unknown))}")
        cue = _cue(row, table.get("entity", ""))
        if wrong := {cue.near, cue.unless} - {""} - classes.keys():
            raise LexiconError(f"{where}: no class {', '.join(sorted(wrong))}")
        if cue.who not in get_args(Who) or cue.left not in get_args(Left) or cue.right not in get_args(Right):
            raise LexiconError(f"{where}: who, left or right is none of its kinds")
        for phrase in row["terms"].replace("\n", ";").split(";"):
            elements = tuple(_element(part, classes, where) for part in _parts(phrase))
            second = elements[1].wanted if len(elements) > 1 and not elements[0].optional else None
            for word in _first_words(elements):
                index[word].append((cue, phrase.strip(), elements, second))
    return dict(index)


def _cue(row: dict[str, Any], entity: str) -> Cue:
    return Cue(
        row.get("entity", entity),
        row["name"],
        float(row.get("score", 0.6)),
        row.get("who", "person"),
        row.get("left", "cue"),
        row.get("right", "cue"),
        row.get("near", ""),
        row.get("unless", ""),
        frozenset(row.get("not_after", "").split()),
        frozenset(row.get("not_before", "").split()),
    )


@lru_cache(maxsize=1)
def _index() -> dict[str, list[Phrase]]:
    index: dict[str, list[Phrase]] = defaultdict(list)
    for name in FILES:
        for word, phrases in phrase_table(f"{name}.toml", table(name)).items():
            index[word] += phrases
    return dict(index)


def _match(tokens: Tokens, at: int, elements: tuple[_Element, ...]) -> int:
    """End of the longest match of ``elements`` at token ``at``, or -1."""
    if not elements:
        return at
    element, rest = elements[0], elements[1:]
    if element.gap:
        best = -1
        for reach in range(element.gap + 1):
            best = max(best, _match(tokens, at + reach, rest))
            if at + reach >= len(tokens.words) or not (
                tokens.is_word(at + reach) or tokens.words[at + reach] == "'s"
            ):
                break
        return best
    best = _match(tokens, at, rest) if element.optional else -1
    if at < len(tokens.words) and (
        tokens.words[at] in element.words
        or (element.exact and tokens.surface(at) in element.exact)
        or (NAME in element.words and is_name(tokens, at))
        or (BEARER in element.words and is_bearer(tokens, at))
        or (NUMBER in element.words and tokens.words[at][0].isdigit())
        or (READING in element.words and _reading(tokens, at))
    ):
        best = max(best, _match(tokens, at + 1, rest))
    return best


def _reading(tokens: Tokens, at: int) -> bool:
    start, end = tokens.starts[at], tokens.ends[at]
    digits = sum(character.isdigit() for character in tokens.text[start:end])
    return tokens.words[at][0].isdigit() and digits <= _LONGEST_READING and tokens.text[start - 1] != "-"


def matches(tokens: Tokens) -> Iterator[Match]:
    """Yield every cue's phrases in ``tokens``, the longest one of a cue at each place."""
    index = _index()
    words = tokens.words
    for at, word in enumerate(words):
        found: dict[int, Match] = {}
        phrases = index.get(word, ())
        if word[0].isdigit():
            phrases = [*phrases, *index[NUMBER]]
        following = words[at + 1] if at + 1 < len(words) else ""
        for cue, phrase, elements, second in phrases:
            if second is not None and following not in second:
                continue
            end = _match(tokens, at, elements)
            if end <= at:
                continue
            if at and words[at - 1] in cue.not_after:
                continue
            if end < len(words) and words[end] in cue.not_before:
                continue
            if id(cue) not in found or found[id(cue)].end < end:
                found[id(cue)] = Match(cue, phrase, at, end)
        yield from found.values()
