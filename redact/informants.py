"""Informants: which documents tell of a confidential informant, whose identity the City may keep.

Evid. Code § 1041. A number that only informants have, or a sentence in which one is said to have done or told
something. A manual on the handling of informants tells of nobody.
"""

import re
from collections.abc import Iterable, Iterator
from functools import cache, partial

from recognizers.normalization import normalized
from redact.document import Segment
from redact.phrases import lexicon, listed
from redact.trait import Trait

_pattern = partial(listed, "informants")
NEAR = 300
"""Characters before and after an abbreviation in which words of police work must stand."""

_SENTENCE = re.compile(r"(?<=[.!?;])\s+(?=[A-Z\"'(])|\n\s*\n|\n(?=\s*(?:[-*•\d]|[A-Z][\w ]{0,30}:))")


def informants(segments: Iterable[Segment]) -> Trait | None:
    """Return where a document first tells of an informant; None where it does not."""
    for segment in segments:
        if any(_tells(plain) for plain in normalized(segment.text)):
            return Trait("informant", segment.locator)
    return None


def _tells(text: str) -> bool:
    if not _anything().search(text):
        return False
    if any(_is_police(text, match) for match in _numbered().finditer(text)):
        return True
    return any(map(_is_of_somebody, _sentences(text)))


def _sentences(text: str) -> Iterator[tuple[str, str]]:
    """Yield each sentence with what stands around it."""
    start = 0
    for end in (*(match.start() for match in _SENTENCE.finditer(text)), len(text)):
        yield text[start:end], text[max(0, start - NEAR) : end + NEAR]
        start = end


def _is_of_somebody(sentence: tuple[str, str]) -> bool:
    said, around = sentence
    if _pattern("certain").search(said):
        return True
    named = _pattern("called").search(said)
    if not named and not ((_short().search(said) or _pattern("bare").search(said)) and _police(around) > 1):
        return False
    return bool(_pattern("deed").search(said)) and not _pattern("about").search(said)


def _is_police(text: str, match: re.Match[str]) -> bool:
    around = text[max(0, match.start() - NEAR) : match.end() + NEAR]
    return _police(around.replace(match[0], " ")) > 0


def _police(text: str) -> int:
    """Return how many different words of police work stand in a text."""
    return len({match[0].lower() for match in _pattern("police").finditer(text)})


def _abbreviations() -> str:
    return "|".join(map(re.escape, lexicon("informants")["short"]))


@cache
def _short() -> re.Pattern[str]:
    return re.compile(rf"(?<![\w./-])(?:{_abbreviations()})(?![\w/-])")


@cache
def _numbered() -> re.Pattern[str]:
    """Three digits or more behind what an informant is called in short, or two behind the words."""
    link = r"\s{0,2}(?:no\.?|number|num\.?)?\s{0,2}[#:-]{0,2}\s?"
    return re.compile(
        rf"(?<![\w./-])(?:{_abbreviations()}){link}(?=(?:\d-?){{3}})\d[\d-]*(?![\w-]*[A-Za-z])"
        rf"|(?<![\w./-])(?:CRI|SOI|CHS)[ -]?#?\d{{1,3}}(?![\w-])"
        rf"|(?<!\w)(?i:informant|confidential source){link}\d{{2}}[\d-]*"
    )


@cache
def _anything() -> re.Pattern[str]:
    """Return what must stand in a text for more to be asked of it."""
    return re.compile(rf"{_short().pattern}|{_numbered().pattern}|(?i:inform|source|cooperating|snitch)")
