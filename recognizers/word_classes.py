"""The word classes of ``lexicons/context.toml``: what stands for a person, a rule, a verb, an opening."""

import tomllib
from functools import lru_cache
from pathlib import Path

LEXICONS = Path(__file__).resolve().parent / "lexicons"
"""Folder of the data files."""


@lru_cache(maxsize=1)
def vocabulary() -> dict[str, frozenset[str]]:
    """Every class by its name, as single lower-case words and marks."""
    table = tomllib.loads((LEXICONS / "context.toml").read_text(encoding="utf-8"))
    return {name: frozenset(words.split()) for name, words in table["classes"].items()}
