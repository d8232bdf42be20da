"""Who is meant: signs in a text that a phrase speaks of one person, or of nobody.

A fact is sensitive where it belongs to somebody who can be told apart: a pronoun, a name, a role or kinship
word, the first person. Rules, programmes, statistics and public notices speak of everybody.
"""

import tomllib
from bisect import bisect_left
from dataclasses import dataclass, field
from functools import lru_cache
from pathlib import Path

from recognizers.tokens import Tokens, tokenize

LEXICONS = Path(__file__).resolve().parent / "lexicons"


@lru_cache(maxsize=1)
def vocabulary() -> dict[str, frozenset[str]]:
    """The word classes of ``lexicons/context.toml``: what stands for a person, a rule, a public body."""
    table = tomllib.loads((LEXICONS / "context.toml").read_text(encoding="utf-8"))
    return {name: frozenset(words.split()) for name, words in table["classes"].items()}


@dataclass(frozen=True, slots=True)
class People:
    """Where a text speaks of a person and where it lays down a rule, as rising token indices."""

    tokens: Tokens = field(repr=False)
    persons: tuple[int, ...] = field(repr=False)
    rules: tuple[int, ...] = field(repr=False)

    def person_between(self, start: int, end: int) -> bool:
        """Whether a token in ``start:end`` stands for a person."""
        return _any_between(self.persons, start, end)

    def rule_between(self, start: int, end: int) -> bool:
        """Whether a token in ``start:end`` is a sign of rules, programmes or statistics."""
        return _any_between(self.rules, start, end)

    def near(self, start: int, end: int, before: int = 30, after: int = 14) -> bool:
        """Whether a person is meant near the tokens ``start:end``."""
        first, last = self.tokens.sentence(start)
        return self.person_between(max(0, min(first, start - before)), start) or self.person_between(
            start, min(max(last, end), end + after)
        )

    def subject(self, start: int, reach: int = 7) -> bool:
        """Whether a person stands shortly before token ``start`` in its own sentence."""
        first, _ = self.tokens.sentence(start)
        return self.person_between(max(first, start - reach), start)

    def policy(self, start: int) -> bool:
        """Whether the sentence of token ``start`` lays down a rule and names nobody."""
        first, last = self.tokens.sentence(start)
        return self.rule_between(first, last) and not self.person_between(first, last)


def _any_between(indices: tuple[int, ...], start: int, end: int) -> bool:
    at = bisect_left(indices, start)
    return at < len(indices) and indices[at] < end


@lru_cache(maxsize=4)
def people(text: str) -> People:
    """Find the signs of persons and of rules in ``text``, which is in normal form."""
    tokens = tokenize(text)
    classes = vocabulary()
    pronouns, roles, titles = classes["pronouns"], classes["roles"], classes["titles"]
    rules, public = classes["rules"], classes["public"]
    words = tokens.words
    persons: list[int] = []
    laws: list[int] = []
    previous_name = False
    for index, word in enumerate(words):
        name = False
        if word in pronouns:
            persons.append(index)
        elif word in roles:
            if index == 0 or words[index - 1] not in classes["indefinite"]:
                persons.append(index)
        elif word in titles:
            persons.append(index)
        elif word in rules:
            laws.append(index)
        elif word not in public and _capitalized(tokens.surface(index)):
            name = True
            if previous_name:
                persons.append(index)
        previous_name = name
    return People(tokens, tuple(persons), tuple(laws))


def _capitalized(surface: str) -> bool:
    return len(surface) > 1 and surface[0].isupper() and surface[1:].islower()
