"""Who is meant: signs in a text that a phrase speaks of one person, or of nobody.

A fact is sensitive where it belongs to somebody who can be told apart: a pronoun, a name, a role or kinship
word, the first person. Rules, programmes, statistics and public notices speak of everybody.
"""

from bisect import bisect_left
from dataclasses import dataclass, field
from functools import lru_cache

from recognizers.tokens import Tokens, tokenize
from recognizers.word_classes import vocabulary


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
        """Whether a person is meant near the tokens ``start:end``, in the same paragraph."""
        first, last = self.tokens.sentence(start)
        words = self.tokens.words
        low = start
        while low > max(0, min(first, start - before)) and words[low - 2 : low] != ("\n", "\n"):
            low -= 1
        return self.person_between(low, max(end, min(last, end + after)))

    def subject(self, start: int, end: int, reach: int = 7) -> bool:
        """Whether a person stands in the tokens ``start:end`` or shortly before, in the same sentence."""
        first, _ = self.tokens.sentence(start)
        return self.person_between(max(first, start - reach), end)

    def stated(self, start: int, end: int) -> bool:
        """Whether ``start:end`` stands alone between marks or follows a verb that says what somebody is."""
        words = self.tokens.words
        first, last = self.tokens.sentence(start)
        determiners, copulas = vocabulary()["determiners"], vocabulary()["copulas"]
        while start > first and words[start - 1] in determiners:
            start -= 1
        if start > first and words[start - 1] in copulas:
            return True
        opened = start == first or self.tokens.breaks(start - 1)
        return opened and (end >= last or self.tokens.breaks(end)) and end - start < last - first

    def about(self, name: str, start: int, reach: int = 90) -> bool:
        """Whether a word of class ``name`` stands within ``reach`` tokens of token ``start``."""
        members = vocabulary()[name]
        return any(word in members for word in self.tokens.words[max(0, start - reach) : start + reach])

    def mentions(self, name: str, start: int) -> bool:
        """Whether a word of class ``name`` stands in the sentence of token ``start``."""
        first, last = self.tokens.sentence(start)
        return not vocabulary()[name].isdisjoint(self.tokens.words[first:last])

    def institution(self, start: int, end: int) -> bool:
        """Whether the capitalised tokens ``start:end`` go on as the name of a street, body, event or firm."""
        if not self.tokens.surface(start)[0].isupper():
            return False
        institutions = vocabulary()["institutions"]
        reach = range(end, min(end + 2, len(self.tokens.words)))
        return any(
            self.tokens.words[at] in institutions
            and self.tokens.surface(at)[0].isupper()
            and not any(self.tokens.breaks(between) for between in range(end, at))
            for at in reach
        )

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
    rules, verbs = classes["rules"], classes["acts"]
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
        elif is_name(tokens, index):
            name = True
            if previous_name or (index + 1 < len(words) and words[index + 1] in verbs):
                persons.append(index)
        previous_name = name
    return People(tokens, tuple(persons), tuple(laws))


def is_name(tokens: Tokens, index: int) -> bool:
    """Whether the token is a capitalised word that may be part of a private person's name."""
    surface = tokens.surface(index)
    return (
        len(surface) > 1
        and surface[0].isupper()
        and surface[1:].islower()
        and tokens.words[index] not in vocabulary()["public"]
    )
