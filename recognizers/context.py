"""Who is meant: signs in a text that a phrase speaks of one person, or of nobody.

A fact is sensitive where it belongs to somebody who can be told apart: a pronoun, a name, a role or kinship
word, the first person. Rules, programmes, statistics and public notices speak of everybody.
"""

from bisect import bisect_left
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import lru_cache

from recognizers.name_lexicon import english_words, fold, given_names, surnames
from recognizers.tokens import BLANK_LINE, Tokens, tokenize
from recognizers.word_classes import vocabulary

_LONGEST_NAME = 3
"""Most capitalised words in a row that are taken for a name; longer rows are titles of things."""


_MODALS = frozenset({"must", "shall", "may"})
_MODAL_REACH = 7
"""Tokens on either side of a role among which a word of obligation makes it anybody's."""
_WHO = frozenset({"who", "whose", "whom"})
_ANY = frozenset({"a", "an", "any", "each", "every", "no", "or"})
_GOES_ON = frozenset({"and", "or", ","})
_SUPPOSED = frozenset({("you", "if"), ("you", "whether"), ("anyone", "if")})
_DUTIES = _MODALS | {"should", "can", "will"}
_CERTAIN = frozenset(
    {"the", "these", "both", "two", "three", "four", "five", "his", "her", "my", "our", "their"}
)
"""Before a plural: these people and no others."""
_RELATIVE = 14
"""Tokens before a fact in which it is said of whom it is true."""
_BEARING = _DUTIES | {
    "with", "without", "using", "on", "in", "receiving", "getting", "living", "needing", "taking", "are",
    "need",
}  # fmt: skip
_NOUNS = frozenset({"deaf", "blind", "disabled", "undocumented", "homeless"})
"""Adjectives that after ``the`` mean all of whom they are true."""
_WANTED = frozenset({("be", "a"), ("be", "an"), ("be", "either"), ("hold", "a"), ("possess", "a")})
"""Words after a ``must`` that begins a sentence, of whoever applies."""
_IMPAIRED = frozenset(
    {
        "and",
        "or",
        "hard",
        "of",
        "hearing",
        "deaf",
        "blind",
        "low",
        "vision",
        "disabled",
        "impaired",
        "visually",
    }
)
"""Words that may stand between ``deaf`` and the plural of those who are."""
_ADJECTIVES = 5
"""Most of them in a row."""
_PRONOUNS = frozenset({"those", "people", "anyone", "everyone", "anybody", "everybody"})
_INCORPORATED = frozenset({"llc", "inc", "llp", "ltd", "corp"})
_DEPENDENT = frozenset({"that", "if", "when", "whether", "because", "where", "unless"})
"""Words before ``an employee`` in a clause that says when a duty holds."""
_GOVERNED = 7
"""Tokens within which a plural bears a fact without a relative clause: ``students with autism and``."""


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
        while low > max(0, min(first, start - before)) and words[low - 1] != BLANK_LINE:
            low -= 1
        high = max(end, min(last, end + after))
        return (
            self.person_between(low, start)
            or self.person_between(end, high)
            or self._own(start, end)
            or self._untold(start)
        )

    def subject(self, start: int, end: int, reach: int = 7) -> bool:
        """Whether a person stands shortly before the tokens ``start:end``, or a pronoun in them."""
        first, _ = self.tokens.sentence(start)
        return (
            self.person_between(max(first, start - reach), start)
            or self._own(start, end)
            or self._untold(start)
        )

    def _untold(self, start: int, reach: int = 8) -> bool:
        """Whether the clause of token ``start`` begins with what somebody does, as notes do that leave the
        subject out: ``Takes insulin``, ``; has asthma``, ``denies any history of``."""
        first, _ = self.tokens.sentence(start)
        low = max(first, start - reach)
        begin = start
        while begin > low and not self.tokens.breaks(begin - 1):
            begin -= 1
        opened = begin == first or self.tokens.breaks(begin - 1)
        return opened and self.tokens.words[begin] in vocabulary()["told"]

    def _own(self, start: int, end: int) -> bool:
        pronouns = vocabulary()["pronouns"]
        return any(word in pronouns for word in self.tokens.words[start:end])

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
        closed = end >= last or self.tokens.breaks(end) or (words[end] == "." and end + 1 >= last)
        return opened and closed and end - start < last - first

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

    def anybody(self, start: int) -> bool:
        """Whether the token ``start`` tells something of whom it is true: ``people who are | deaf``,
        ``whether an employee is | pregnant``, ``if you | use a wheelchair``."""
        first, last = self.tokens.sentence(start)
        words, everybody = self.tokens.words, vocabulary()["everybody"]
        for at in range(start - 1, max(first, start - _RELATIVE) - 1, -1):
            word, before = words[at], words[at - 1] if at > first else ""
            if (word, before) in _SUPPOSED or (word in _ANY and before == "whether"):
                return True
            if word == "must" and at == first and words[at + 1 : at + 3] in _WANTED:
                return True
            if self.person_between(at, at + 1):
                return False
            if word in vocabulary()["roles"] and before in ("a", "an") and words[at - 2] in _DEPENDENT:
                return not _DUTIES.isdisjoint(words[first:last])
            if word in _WHO and before not in _GOES_ON:
                named = before in everybody and (at - 1 == first or words[at - 2] not in _CERTAIN)
                return named or self._any_role(at - 1, first, last)
            if word in everybody and (at == first or before not in _CERTAIN):
                return start - at <= _GOVERNED and words[at + 1] in _BEARING
        return False

    def plural(self, start: int, end: int) -> bool:
        """Whether the tokens ``start:end`` tell of a plural of nobody in particular: ``| deaf | callers``,
        ``readable by the | deaf | or``."""
        first, last = self.tokens.sentence(start)
        words = self.tokens.words
        before = words[start - 1] if start > first else ""
        if before == "the" and end - start == 1 and words[start] in _NOUNS:
            return end >= last or not self.tokens.is_word(end) or words[end] in vocabulary()["function"]
        for _ in range(_ADJECTIVES):
            end += end < last and words[end] in _IMPAIRED
        bearer = words[end] if end < last else ""
        return bearer in vocabulary()["everybody"] and bearer not in _PRONOUNS and before not in _CERTAIN

    def _any_role(self, at: int, first: int, last: int) -> bool:
        """Whether the role at token ``at`` is anybody's, in a sentence that says what is to be done."""
        words = self.tokens.words
        return at > first and words[at - 1] in _ANY and not _DUTIES.isdisjoint(words[first:last])

    def offered(self, start: int, end: int) -> bool:
        """Whether the tokens ``start:end`` name what something is for, ``Walk for | Epilepsy``, or begin its
        name in a sentence that names nobody, ``| Parkinson's | exercise``."""
        first, last = self.tokens.sentence(start)
        words, offers = self.tokens.words, vocabulary()["offers"]
        if start - 1 > first and words[start - 1] == "for" and words[start - 2] in offers:
            return True
        if self.person_between(first, start) or self.person_between(end, last):
            return False
        if end + 1 < last and self.tokens.is_word(end) and words[end] not in vocabulary()["function"]:
            return words[end] in offers or words[end + 1] in offers
        return end < last and words[end] in offers

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
    rules, indefinite = classes["rules"], classes["indefinite"]
    words = tokens.words
    persons: list[int] = []
    laws: list[int] = []
    for index, word in enumerate(words):
        if word in pronouns or word in titles:
            persons.append(index)
        elif word in roles:
            if _thing(words, index):
                continue
            if index == 0 or not (words[index - 1] in indefinite or _anybody(tokens, index)):
                persons.append(index)
        elif word in rules:
            laws.append(index)
    persons += _names(tokens)
    return People(tokens, tuple(sorted(persons)), tuple(laws))


def _thing(words: tuple[str, ...], index: int) -> bool:
    """Whether the role at ``index`` is part of what a thing is called: ``nurse | station``, ``driver's |
    license``."""
    after = words[index + 1 : index + 3]
    if after[:1] == ("'s",):
        return after[1:] == ("license",)
    return not vocabulary()["desks"].isdisjoint(after[:1])


def _anybody(tokens: Tokens, index: int) -> bool:
    """Whether the role at ``index`` stands in a rule: ``an employee who is``, ``may place a tenant``, ``if a
    resident depends on ..., a doctor may``."""
    words = tokens.words
    if words[index - 1] not in ("a", "an"):
        return False
    if words[index - 2] in _DEPENDENT:
        first, last = tokens.sentence(index)
        return not _DUTIES.isdisjoint(words[first:last])
    if words[index + 1 : index + 3] in (("who", "is"), ("who", "has")):
        return True
    around = words[max(0, index - _MODAL_REACH) : index + _MODAL_REACH]
    return not _MODALS.isdisjoint(around)


def _names(tokens: Tokens) -> Iterator[int]:
    """First tokens of what may be names: two or three capitalised words, or one with a verb after it."""
    acts, classes = vocabulary()["acts"], vocabulary()
    index, length = 0, len(tokens.words)
    while index < length:
        if not _capitalized(tokens, index):
            index += 1
            continue
        end = index + 1
        while end < length and _capitalized(tokens, end):
            end += 1
        plain = all(tokens.words[at] not in classes["public"] for at in range(index, end))
        plain = plain and tokens.words[end - 1] not in classes["firms"] and not _incorporated(tokens, end)
        followed = end < length and tokens.words[end] in acts
        if plain and (2 <= end - index <= _LONGEST_NAME or (end - index == 1 and followed)):
            yield index
        index = end


def _incorporated(tokens: Tokens, at: int) -> bool:
    """Whether the token after a name makes it a firm's: ``Platte Rides | LLC``."""
    if at >= len(tokens.words) or tokens.words[at] not in _INCORPORATED:
        return False
    return tokens.text[tokens.starts[at]].isupper()


def is_name(tokens: Tokens, index: int) -> bool:
    """Whether the token is a capitalised word that may be part of a private person's name."""
    return _capitalized(tokens, index) and tokens.words[index] not in vocabulary()["public"]


def _capitalized(tokens: Tokens, index: int) -> bool:
    if not tokens.text[tokens.starts[index]].isupper():
        return False
    surface = tokens.surface(index)
    return len(surface) > 1 and surface[1:].islower()


def is_bearer(tokens: Tokens, index: int) -> bool:
    """Whether the token is a given name, or a surname that is no other word, and begins with a capital."""
    word = tokens.words[index]
    if len(word) < 2 or not tokens.text[tokens.starts[index]].isupper() or word in vocabulary()["public"]:
        return False
    word = fold(word)
    return word in given_names() or (word in surnames() and word not in english_words())
