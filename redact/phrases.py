"""Phrases: word lists of a lexicon as one pattern."""

import re
from collections.abc import Iterable


def compiled(phrases: Iterable[str]) -> re.Pattern[str]:
    """Return a pattern that finds any of ``phrases`` as whole words, in any case and with any spacing.

    A star stands for any ending; a straight apostrophe for either kind. ``phrases`` must not be empty.
    """
    longest_first = sorted(phrases, key=len, reverse=True)
    return re.compile(rf"(?<!\w)(?:{'|'.join(map(_pattern, longest_first))})(?!\w)", re.IGNORECASE)


def _pattern(phrase: str) -> str:
    words = (
        re.escape(word).replace(r"\*", r"\w*").replace("'", "['’]").replace(r"\.", r"\.?")
        for word in phrase.split()
    )
    return r"\s+".join(words)
