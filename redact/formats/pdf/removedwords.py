"""The words of what is removed, to be looked for in what is carried over besides the pages."""

import re
import unicodedata
from collections.abc import Iterable

from redact.formats.pdf.drawing import Glyph
from redact.formats.pdf.pages import Page

SHORTEST, LONG, LONG_IN_NAMES = 3, 4, 6
"""Letters and digits from which a word counts by itself, and from which it counts inside of others: in texts,
and in names of PDF, which hold common words by chance."""
_WORD = re.compile(r"[^\W_]+")


class RemovedWords:
    """Words of what is removed, folded. They are shown to nobody."""

    def __init__(self, values: Iterable[str]) -> None:
        """``values`` are whole: each counts as it is, and each of its words that is long enough."""
        self._words: set[str] = set()
        for value in values:
            words = _words(value)
            self._words |= {"".join(words), *(word for word in words if len(word) >= SHORTEST)}
        self._words.discard("")
        self._long = [word for word in self._words if len(word) >= LONG]

    def __repr__(self) -> str:
        return f"<{len(self._words)} removed words>"

    def in_text(self, text: str) -> bool:
        """Whether a text shares a word with what is removed, run together or in pieces if it is long."""
        words = _words(text)
        joined = "".join(words)
        return (
            joined in self._words
            or not self._words.isdisjoint(words)
            or any(word in joined for word in self._long)
        )

    def in_name(self, name: str) -> bool:
        """Whether a name that PDF itself gives to something is such a word, or holds a long one."""
        plain = name.casefold()
        return plain in self._words or any(len(w) >= LONG_IN_NAMES and w in plain for w in self._long)


def words_with(page: Page, removed: set[Glyph]) -> Iterable[str]:
    """Yield the words of a page that lose a glyph, but for those that no one sees and that all go."""
    for place, text in page.texts.items():
        if place == "unseen":
            continue
        word, loses = "", False
        for character, owners in zip([*text.text, " "], [*text.owners, ()], strict=True):
            if not character.isspace():
                word += character
                loses = loses or not removed.isdisjoint(owners)
                continue
            if loses:
                yield word
            word, loses = "", False


def _words(text: str) -> list[str]:
    return _WORD.findall(unicodedata.normalize("NFKC", text).casefold())
