"""Names of people in a request file, compared so that a doubt never gives anything.

Whether two names may be one person's blocks an approval: there a doubt counts as the same person. Whether
they surely are makes somebody an official or an agreement theirs: there a doubt counts as another.
"""

import re
import unicodedata
from collections.abc import Sequence
from functools import cache
from importlib import resources
from itertools import permutations

_TITLES = frozenset(
    {"mr", "ms", "mrs", "mx", "dr", "hon", "honorable", "judge", "jr", "sr", "esq", "ii", "iii"}
)
_LONGEST = 5
"""Words of a name that are compared one by one."""


def words_of(name: str) -> tuple[str, ...]:
    """Return the words of a name in their order: no case, accents, punctuation or titles."""
    plain = "".join(c for c in unicodedata.normalize("NFKD", name.casefold()) if not unicodedata.combining(c))
    words = re.findall(r"[^\W_]+", re.sub(r"['’.](?=\w)(?<=\w['’.])", "", plain))
    return tuple(word for word in words if word not in _TITLES) or tuple(words)


def may_be_same(one: str, other: str) -> bool:
    """Whether two names may be one person's: ``Doe, Jane Q.``, ``J. Doe`` and ``Janey Doe`` are ``Jane Doe``.

    Words may stand in another order, be left out, misspelt by a letter, initials or usual short forms. An
    empty name is nobody's.
    """
    first, second = words_of(one), words_of(other)
    if not first or not second:
        return False
    few, many = sorted((_full(first), _full(second)), key=len)
    if not few:
        return set(first) <= set(second) or set(second) <= set(first)
    if len(few) == 1:
        return any(_alike(few[0], word) for word in many) and _initials_fit(first, second)
    return any(
        all(map(_alike, few, order)) for order in permutations(many[:_LONGEST], min(len(few), _LONGEST))
    )


def surely_same(one: str, other: str) -> bool:
    """Whether two names are written alike but for order, case, accents, titles and initials left out."""
    first, second = words_of(one), words_of(other)
    if set(_full(first)) != set(_full(second)):
        return False
    initials = set(first) - set(_full(first)), set(second) - set(_full(second))
    return initials[0] == initials[1] or (len(_full(first)) > 1 and not all(initials))


def _full(words: Sequence[str]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(word for word in words if len(word) > 1))


def _initials_fit(one: Sequence[str], other: Sequence[str]) -> bool:
    """Whether initials of a name that has one word beside them can be of the words of another."""
    few, many = sorted((one, other), key=lambda words: len(_full(words)))
    initials = {word for word in few if len(word) == 1}
    rest = [word for word in many if not any(_alike(word, full) for full in _full(few))]
    return not initials or not rest or any(word[0] in initials for word in rest)


def _alike(one: str, other: str) -> bool:
    if one == other or one in _short_forms().get(other, ()):
        return True
    short, long = sorted((one, other), key=len)
    if len(short) < 3 or len(long) - len(short) > 1:
        return len(short) > 2 and long.startswith(short)
    if len(short) == len(long):
        return len(short) > 4 and sum(a != b for a, b in zip(short, long, strict=True)) < 2
    return any(long[:n] + long[n + 1 :] == short for n in range(len(long)))


@cache
def _short_forms() -> dict[str, frozenset[str]]:
    """For each given name, those that are used for it."""
    text = (resources.files("redact") / "lexicons" / "short_names.txt").read_text(encoding="utf-8")
    forms: dict[str, set[str]] = {}
    for line in text.splitlines():
        names = [] if line.startswith("#") else line.split()
        for name in names:
            forms.setdefault(name, set()).update(names)
    return {name: frozenset(names) for name, names in forms.items()}
