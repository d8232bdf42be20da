"""Where a word stands in a text, whatever its case, spaces, hyphens and line ends."""

import re
import unicodedata
from collections.abc import Iterator

from redact.document import Span


def folded(text: str) -> tuple[str, list[int]]:
    """Return letters and digits only, folded, with the position of each in ``text``."""
    characters, positions = [], []
    for position, character in enumerate(text):
        for part in unicodedata.normalize("NFKC", character).lower():
            if part.isalnum():
                characters.append(part)
                positions.append(position)
    return "".join(characters), positions


def spans_of(text: str, word: str) -> Iterator[Span]:
    """Yield every place of a word in a text, over line ends, hyphens and spaces."""
    characters, positions = folded(text)
    for match in re.finditer(re.escape(folded(word)[0]), characters):
        yield Span(positions[match.start()], positions[match.end() - 1] + 1)
