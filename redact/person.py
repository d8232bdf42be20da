"""Names of people in a request file, compared so that a doubt counts as the same person."""

import re
import unicodedata

_TITLES = frozenset({"mr", "ms", "mrs", "mx", "dr", "hon", "honorable", "judge", "jr", "sr", "esq"})


def words_of(name: str) -> frozenset[str]:
    """Return the telling words of a name: no case, accents, punctuation, titles or initials."""
    plain = "".join(c for c in unicodedata.normalize("NFKD", name.casefold()) if not unicodedata.combining(c))
    words = re.findall(r"\w+", re.sub(r"['’.]", "", plain))
    return frozenset(w for w in words if len(w) > 1 and w not in _TITLES) or frozenset(words)


def same_person(one: str, other: str) -> bool:
    """Whether two names may be one person's: ``Doe, Jane Q.`` is ``Jane Doe``. An empty name is nobody's.

    A doubt counts as the same person: that blocks an approval, it never makes one.
    """
    first, second = words_of(one), words_of(other)
    if first == second:
        return bool(first)
    return min(len(first), len(second)) > 1 and (first < second or second < first)
