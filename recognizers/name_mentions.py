"""Places in a text where a name may stand: runs of words that can be parts of one name."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import lru_cache
from typing import NamedTuple

from recognizers.name_lexicon import english_words, fold, given_names, surnames, words_of

_WORD = re.compile(r"[^\W_]+(?:['’`](?!s\b|S\b)[^\W\d_]+)*", re.UNICODE)
_CONTRACTED = re.compile(
    r"(?i:i|we|you|they|he|she|it|that|who|what|there|ma|y)['’`](?i:ve|ll|re|d|m|am|all)|.+n['’`]t"
)
_OCR_LETTERS = str.maketrans("015|8", "olslb")
_JOIN = re.compile(r" {1,2}|-|\. {0,2}")
_CELL_START = re.compile(r"(?:\A|[\n|\t;\"“(\[]|  |: ?|\d[.)]? |[-•*☐☑☒—–] ?)\Z")
_CELL_END = re.compile(r"\Z|[\n|\t\"”)\],;:<(]|  |\.(?:\s|\Z)| [-—–(#$\d]| (?:DOB|SSN|aka|AKA|and|dob|v\.)")
_TITLED = re.compile(r"\b(?:[Mm]rs?|[Mm]s|[Mm]iss|[Dd]r|[Oo]fc|[Dd]et|[Ss]gt)\.? $")
_PLACE = re.compile(r"\b(?:[ce][ifl1]ty|town|county|village|borough) of\s*(?:<br ?/?>\s*)?$", re.IGNORECASE)
_MOST_WORDS = 6

TITLE_CLASSES = ("courtesy", "doctor", "clergy", "rank", "elected", "court", "office", "job")
"""Classes of words that stand before a name and are no part of it."""
ROLE_CLASSES = ("private_role", "kin", "private_label", "by", "header", "sign_off", "roll")
"""Classes of words that say what part a person has, and are no part of a name either."""


class Word(NamedTuple):
    """One word of a text; a tuple, as very many are made."""

    start: int
    end: int
    folded: str
    shape: str
    """``C`` capitalised, ``A`` all capitals, ``I`` a single capital, ``l`` lower case, ``0`` not a word."""

    def __repr__(self) -> str:
        return f"<Word: {self.start} to {self.end}>"


@dataclass(frozen=True, slots=True)
class Mention:
    """A run of words that may be a name."""

    words: tuple[Word, ...] = field(repr=False)
    start: int
    end: int
    family_first: bool = False
    """Whether it is written as ``LAST, FIRST``."""

    @property
    def first(self) -> Word:
        """The given name, or the only word."""
        return next((w for w in self._spoken if len(w.folded) > 1), self.words[0])

    @property
    def last(self) -> Word:
        """The family name, or the only word."""
        return next((w for w in reversed(self._spoken) if len(w.folded) > 1), self.words[-1])

    @property
    def _spoken(self) -> tuple[Word, ...]:
        return (*self.words[1:], self.words[0]) if self.family_first else self.words


@lru_cache(maxsize=1)
def _prefixes() -> frozenset[str]:
    """Words that end a name where they stand inside a run and go where they begin it."""
    classes = (words_of(name) for name in (*TITLE_CLASSES, *ROLE_CLASSES))
    return frozenset(fold(word) for entries in classes for word in entries if " " not in word)


@lru_cache(maxsize=65536)
def _shape(text: str) -> str:
    if _CONTRACTED.fullmatch(text):
        return "0"
    letters = [character for character in text if character.isalpha()]
    if not letters or len(letters) * 2 < len(text) or (len(letters) < len(text) and len(letters) < 3):
        return "0"
    if len(letters) == 1:
        return "I" if text.isupper() and len(text) == 1 else "l"
    if text.isupper():
        return "A"
    return "C" if text[0].isupper() or (text[0].isdigit() and not text[1:].islower()) else "l"


@lru_cache(maxsize=65536)
def folded(text: str) -> str:
    """Fold a word; a digit in it is taken for the letter that a scanner mistook for it."""
    return fold(text if text.isalpha() else text.lower().translate(_OCR_LETTERS))


def words(text: str) -> tuple[Word, ...]:
    """Take ``text`` apart into words; numbers and codes among them have the shape ``0``."""
    return tuple(Word(m.start(), m.end(), folded(m[0]), _shape(m[0])) for m in _WORD.finditer(text))


@lru_cache(maxsize=65536)
def is_name(word: str) -> bool:
    """Whether a folded word is in a list of names, or in no list at all."""
    return word in given_names() or word in surnames() or word not in english_words()


def _can_be_part(word: Word) -> bool:
    if word.shape in "CA":
        return is_name(word.folded)
    return word.shape == "I"


def _is_low_name(word: Word) -> bool:
    """Whether a lower-case word is a given name and nothing else."""
    return (
        word.shape == "l"
        and len(word.folded) > 2
        and word.folded not in english_words()
        and word.folded in given_names()
        and word.folded not in words_of("not_names")
    )


def mentions(text: str, parts: tuple[Word, ...]) -> Iterator[Mention]:
    """Yield the runs of words in ``text`` that may be names, in order, none overlapping."""
    found = [mention for run in _runs(text, parts) for mention in _trimmed(text, run)]
    at = 0
    while at < len(found):
        mention = found[at]
        if at + 1 < len(found) and _is_family_first(text, mention, found[at + 1]):
            given = found[at + 1]
            yield Mention((*mention.words, *given.words), mention.start, given.end, family_first=True)
            at += 2
            continue
        alone = mention.words[0] if len(mention.words) == 1 else None
        if alone is None or (alone.shape != "I" and not _is_institution(text, alone)):
            yield mention
        at += 1


def _is_institution(text: str, word: Word) -> bool:
    """Whether a lone word is an institution: ``the City Official``, ``Surgeon General``, not ``Mr. City``."""
    titled = _TITLED.search(text, max(0, word.start - 12), word.start)
    if word.folded in words_of("institutions"):
        return titled is None
    return _PLACE.search(text, max(0, word.start - 24), word.start) is not None


def _trimmed(text: str, run: list[Word]) -> Iterator[Mention]:
    while run and run[0].shape != "I" and run[0].folded in _prefixes() and not _opens_name(run):
        run = run[1:]
    while len(run) > 1 and _is_code(text, run):
        run = run[1:]
    while len(run) > 1 and run[-1].shape == "l" and run[0].shape != "l" and text[run[-2].end] != "-":
        run = run[:-1]
    while len(run) > 1 and run[0].shape == "C" and run[0].folded in words_of("openers"):
        run = run[1:]
    if len(run) > 1 and text[run[-1].start - 1] == "(" and run[-1].folded in words_of("departments"):
        run = run[:-1]
    if not run:
        return
    end = run[-1].end
    if text[end : end + 1] == "." and (run[-1].shape == "I" or run[-1].folded in words_of("suffixes")):
        end += 1
    yield Mention(tuple(run), run[0].start, end)


def _is_code(text: str, run: list[Word]) -> bool:
    """Whether a run begins with a code in capitals of another column: a name goes on after a gap."""
    code, following = run[:2]
    return (
        code.shape == "A"
        and following.shape != "A"
        and len(code.folded) < 5
        and text[code.end : following.start] == "  "
        and code.folded not in given_names()
        and (code.folded in words_of("record_codes") or code.folded not in surnames())
    )


def _opens_name(run: list[Word]) -> bool:
    """Whether a word that can be a title is a given name here."""
    word = run[0].folded
    return (
        len(run) > 1
        and word in given_names()
        and word not in english_words()
        and not any(word in words_of(name) for name in ("courtesy", "kin", "rank", "header"))
    )


def _runs(text: str, parts: tuple[Word, ...]) -> Iterator[list[Word]]:
    """Yield runs of words that stand together and can each be a part of a name."""
    run: list[Word] = []
    for index, word in enumerate(parts):
        if run and len(run) < _MOST_WORDS and _extends(text, parts, index, run):
            run.append(word)
            continue
        if run:
            yield run
        run = [word] if _opens(text, parts, index) else []
    if run:
        yield run


def _opens(text: str, parts: tuple[Word, ...], index: int) -> bool:
    word = parts[index]
    if word.shape in "CAI":
        return _can_be_part(word) or (word.folded in words_of("particles") and _continues(text, parts, index))
    if word.shape != "l":
        return False
    if word.folded in words_of("leading_particles"):
        return _continues(text, parts, index)
    before = parts[index - 1] if index else None
    titled = (
        before is not None
        and before.shape == "l"
        and text[before.end : word.start] in (" ", ". ")
        and any(
            before.folded in words_of(name) for name in ("courtesy", "rank", "doctor", "clergy", "elected")
        )
    )
    if titled:
        return len(word.folded) > 1 and word.folded not in english_words()
    if _is_low_name(word):
        return True
    after = parts[index + 1] if index + 1 < len(parts) else None
    return (
        after is not None
        and after.shape == "l"
        and text[word.end : after.start] == " "
        and word.folded in given_names()
        and len(word.folded) > 2
        and after.folded in surnames()
        and len(after.folded) > 3
        and after.folded not in english_words()
    )


def _extends(text: str, parts: tuple[Word, ...], index: int, run: list[Word]) -> bool:
    """Whether the word at ``index`` goes on with the name that ``run`` begins."""
    word, last = parts[index], run[-1]
    gap = text[last.end : word.start]
    if gap in (' "', " (", ' ("', " '"):
        return (
            word.shape == "C"
            and is_name(word.folded)
            and text[word.end : word.end + 1] in ('"', ")", "'")
            and last.shape != "l"
        )
    if gap in ('" ', ") ", '") ', "' "):
        opened = text[last.start - 1 : last.start] in ('"', "(", "'")
        return opened and len(run) > 1 and word.shape in "CA" and is_name(word.folded)
    if _JOIN.fullmatch(gap) is None:
        return False
    if gap.startswith(".") and last.shape != "I" and last.folded not in _prefixes() | {"st"}:
        return False
    if word.folded in words_of("suffixes") and gap != "-":
        return True
    if gap == "-":
        return word.shape in "CAl" and last.shape in "CA" and len(word.folded) > 1
    if run[0].shape == "l" and last.shape == "l" and last.folded not in words_of("leading_particles"):
        low = word.folded in surnames() and word.folded not in english_words() and len(word.folded) > 2
        return word.shape == "l" and (low or (len(word.folded) == 1 and word.folded not in "aioy"))
    if word.shape == "l":
        return word.folded in words_of("particles") and _continues(text, parts, index)
    if not _can_be_part(word):
        return False
    if word.shape == "A" and last.shape == "C" and not (word.folded in surnames() and len(word.folded) > 3):
        return False
    if word.shape == "A" and len(word.folded) < 4 and word.folded in words_of("not_names"):
        return False
    if word.folded in _prefixes() and word.shape in "CA":
        return last.folded in given_names() and word.folded in surnames() and last.folded not in _prefixes()
    return True


def _continues(text: str, parts: tuple[Word, ...], index: int) -> bool:
    """Whether a capitalised name follows the particle at ``index``, perhaps after another particle."""
    last = parts[index]
    for word in parts[index + 1 : index + 3]:
        if text[last.end : word.start].strip(" '’"):
            return False
        if word.shape in "CA" and is_name(word.folded):
            return True
        if word.folded not in words_of("particles"):
            return False
        last = word
    return False


def _is_family_first(text: str, family: Mention, given: Mention) -> bool:
    if text[family.end : given.start] not in (", ", ",", " , ", ",  "):
        return False
    if len(family.words) > 2 or len(given.words) > 3 or family.words[0].shape == "I":
        return False
    name = given.words[0]
    quoted = text[family.start - 1 : family.start] == '"' == text[given.end : given.end + 1]
    shouted = family.words[0].shape == "A" and name.shape == "A"
    likely = name.shape == "I" or name.folded in given_names() or name.folded not in surnames()
    if not (likely or shouted or quoted):
        return False
    if (
        len(family.words) == 2
        and family.words[0].folded in given_names()
        and text[family.words[0].end] != "-"
    ):
        return False
    # With what ends the line before, so that the start of a line is told from the middle of one.
    before = text[max(0, family.start - 4) : family.start]
    return _CELL_START.search(before) is not None and _CELL_END.match(text, given.end) is not None
