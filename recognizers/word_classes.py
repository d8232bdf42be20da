"""The word classes of ``lexicons/context.toml``: what stands for a person, a rule, a verb, an opening."""

import re
import tomllib
from functools import lru_cache
from pathlib import Path
from typing import Any

LEXICONS = Path(__file__).resolve().parent / "lexicons"
"""Folder of the data files."""


def table(name: str) -> dict[str, Any]:
    """Return what the data file ``name`` holds."""
    return tomllib.loads((LEXICONS / f"{name}.toml").read_text(encoding="utf-8"))


def listed(text: str) -> list[str]:
    """Return the entries of a list that are set apart by semicolons and line breaks."""
    return [entry for part in re.split(r"[;\n]", text) if (entry := part.strip())]


@lru_cache(maxsize=1)
def vocabulary() -> dict[str, frozenset[str]]:
    """Every class by its name, as single lower-case words and marks."""
    return {name: frozenset(words.split()) for name, words in table("context")["classes"].items()}
