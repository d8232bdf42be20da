"""Phrases: the lexicons of words, and word lists of them as one pattern."""

import re
import tomllib
from collections.abc import Iterable
from functools import cache
from importlib import resources
from typing import Any


@cache
def lexicon(name: str) -> dict[str, Any]:
    """Return the tables of ``lexicons/<name>.toml``, read once."""
    return tomllib.loads(
        (resources.files("redact") / "lexicons" / f"{name}.toml").read_text(encoding="utf-8")
    )


@cache
def listed(name: str, kind: str) -> re.Pattern[str]:
    """Return the pattern of the list ``kind`` of a lexicon, made once: see ``compiled``."""
    return compiled(lexicon(name)[kind])


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
