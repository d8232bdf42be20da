"""The words that names are made of, and the words that only look like names."""

import re
import unicodedata
from functools import lru_cache

from recognizers.word_classes import LEXICONS, listed, table

_APOSTROPHES = str.maketrans("", "", "'’`")


def fold(word: str) -> str:
    """Bring one word of a name to the form in which names are compared: no case, accents or apostrophes."""
    decomposed = unicodedata.normalize("NFD", word.casefold())
    return "".join(c for c in decomposed if not unicodedata.combining(c)).translate(_APOSTROPHES)


@lru_cache(maxsize=8)
def _lines(name: str) -> frozenset[str]:
    lines = (LEXICONS / name).read_text(encoding="utf-8").splitlines()
    return frozenset(line for line in lines if line and not line.startswith("#"))


@lru_cache(maxsize=1)
def given_names() -> frozenset[str]:
    """Given names, folded."""
    return _lines("given_names.txt") | {fold(name) for name in words_of("given_names")}


@lru_cache(maxsize=1)
def surnames() -> frozenset[str]:
    """Surnames, folded."""
    return _lines("surnames.txt")


@lru_cache(maxsize=1)
def english_words() -> frozenset[str]:
    """English words that are written in lower case."""
    return _lines("words.txt")


@lru_cache(maxsize=4)
def _classes(lexicon: str) -> dict[str, frozenset[str]]:
    return {
        name: frozenset(entry.lower() for entry in listed(entries))
        for name, entries in table(lexicon)["classes"].items()
    }


@lru_cache(maxsize=128)
def words_of(name: str, lexicon: str = "names") -> frozenset[str]:
    """Return the class ``name`` of ``lexicons/<lexicon>.toml``; raises ``KeyError`` if there is none."""
    return _classes(lexicon)[name]


@lru_cache(maxsize=65536)
def name_words(text: str) -> tuple[str, ...]:
    """Take a name apart into folded words in the order of speech: ``VANG, Tou Ger Jr.`` is tou ger vang.

    Titles and generational suffixes are left out; a hyphen parts two words.
    """
    family, comma, given = text.partition(",")
    if comma and fold(given.strip(" .")) in words_of("suffixes"):
        text = family
    elif comma:
        text = f"{given} {family}"
    words = [fold(word) for word in re.findall(r"[^\W\d_]+(?:['’`][^\W\d_]+)*", text)]
    kept = [word for word in words if word not in words_of("suffixes")]
    while len(kept) > 1 and kept[0] in words_of("name_titles"):
        kept.pop(0)
    return tuple(kept)


@lru_cache(maxsize=65536)
def is_common(word: str) -> bool:
    """Whether a folded name is also a common word, month or place, so that it must not be sought alone."""
    return word in english_words() or word in words_of("not_alone")


_NEXT_WORD = re.compile(r"[ ]([A-Z][A-Za-z]+\b|&|v\.)")


def is_public_after(text: str, at: int) -> bool:
    """Whether the word after ``at`` makes what stands before it a street, company, place or the like."""
    following = _NEXT_WORD.match(text, at)
    return following is not None and following[1].lower() in words_of("public_after")
