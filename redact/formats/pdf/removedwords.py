"""The words of what is removed, to be looked for in what is carried over besides the pages."""

import re
import unicodedata
from collections.abc import Iterable
from typing import Any

import ahocorasick
from pdfminer.glyphlist import glyphname2unicode

from redact.formats.pdf.drawing import Glyph
from redact.formats.pdf.pages import Page

SHORTEST, LONG, LONG_IN_NAMES = 3, 4, 6
"""Letters and digits from which a word counts by itself, and from which it counts inside of others: in texts,
and in names of PDF, which hold common words by chance."""
_TYPE_1 = (
    "FontDirectory known findfont UniqueID currentdict readonly FontName Encoding StandardEncoding PaintType "
    "FontType FontMatrix FontBBox FontInfo version Notice Copyright FullName FamilyName Weight ItalicAngle "
    "isFixedPitch UnderlinePosition UnderlineThickness currentfile eexec systemdict Private BlueValues "
    "OtherBlues FamilyBlues FamilyOtherBlues ForceBold LanguageGroup password MinFeature StdHW StdVW "
    "StemSnapH StemSnapV CharStrings definefont closefile cleartomark noaccess executeonly"
)
_OF_ANY_FONT = frozenset(word.casefold() for word in (*glyphname2unicode, *_TYPE_1.split()))
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

        self._bytes = _automaton(word for word in self._long if len(word) >= LONG_IN_NAMES)

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

    def in_bytes(self, data: bytes) -> bool:
        """Whether data hold a long word of it, in one or two bytes a character."""
        if not len(self._bytes):
            return False
        return next(self._bytes.iter(data.decode("latin-1").casefold()), None) is not None

    def in_font(self, data: bytes) -> bool:
        """Whether a font program has a long word of it as a name of its own, such as that of a glyph.

        Words that any font may have do not count.
        """
        text = data.decode("latin-1").casefold()
        return any(
            not text[end + 1 : end + 2].isalnum()
            and not text[end - len(form) : end + 1 - len(form)].isalnum()
            and form not in _OF_ANY_FONT
            for end, form in (self._bytes.iter(text) if len(self._bytes) else ())
        )


def _automaton(words: Iterable[str]) -> Any:
    automaton = ahocorasick.Automaton()
    for word in words:
        for encoding in ("utf-8", "utf-16-be", "utf-16-le"):
            automaton.add_word(
                word.encode(encoding).decode("latin-1"), word.encode(encoding).decode("latin-1")
            )
    automaton.make_automaton()
    return automaton


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
