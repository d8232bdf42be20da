"""Text that holds something encoded: a search of its characters would not see what it says."""

import re
from collections.abc import Iterator

from recognizers.stretches import Text

REASON = (
    "It holds something encoded (base64, uuencode, yEnc or an encrypted message), which cannot be searched: "
    "decode it and submit it alone, or take it out."
)
"""For a clerk."""

_KNOWN = re.compile(
    r"\bhttps?://[^\s<>\"']+"
    r"|-----BEGIN [A-Z0-9 ]*(?:KEY|CERTIFICATE|SIGNATURE|PARAMETERS)[A-Z ]*-----[^-]{0,20000}-----END "
)
"""Links, which hold long keys in newsletters, and keys in PEM (RFC 7468), which are looked for as such."""
_RUN = re.compile(r"[A-Za-z0-9+/_-]{400,}")
_LINES = re.compile(r"^(?:[ >\t]*[A-Za-z0-9+/]{60,76}\r?\n){4,}", re.M)
_MARKS = re.compile(
    r"^begin(?:-base64)? [0-7]{3,4} \S+\r?\n(?:M[\x20-\x60]{60}|[A-Za-z0-9+/=]{4,})"
    r"|^=ybegin line=\d"
    r"|^-----BEGIN PGP MESSAGE-----"
    r"|^[ >]*content-transfer-encoding:[ \t]*(?:base64|x-uuencode)"
    r"|=\?[\w-]{1,40}\?b\?[A-Za-z0-9+/=]{8,}\?="
    r"|\bdata:[\w.+-]*/?[\w.+-]*(?:;[\w.=+-]+)*;base64,[A-Za-z0-9+/]{40}",
    re.M | re.I,
)
"""uuencode (POSIX), yEnc, OpenPGP (RFC 9580), MIME (RFC 2045, 6.1; RFC 2047), data addresses (RFC 2397)."""


_PART = 500_000
"""Characters, about, that are searched at once."""
_PROSE = re.compile(r"^(?!begin|-----|=ybegin)[^\n]*[^\s>] [^\n]*\n", re.M | re.I)
"""A line that is part of nothing encoded, as it has a space in it."""
_LONGEST_KNOWN = 21_000
"""Characters that a key in PEM takes, about, within which no text is cut."""


def holds_encoded(text: Text) -> bool:
    """Whether ``text`` holds a file, message or value in an encoding that is not text any more."""
    return any(map(_is_encoded, _parts(text)))


def _is_encoded(text: str) -> bool:
    if _MARKS.search(text):
        return True
    unknown = _KNOWN.sub(" ", text)
    return any(_is_mixed(match[0]) for pattern in (_RUN, _LINES) for match in pattern.finditer(unknown))


def _parts(text: Text) -> Iterator[str]:
    """Yield ``text`` in parts, a short one as it is; nothing encoded goes on from one to the next."""
    start, size = 0, _PART
    while start + size < len(text):
        part = text[start : start + size]
        if end := _end_of_prose(part):
            yield part[:end]
            start, size = start + end, _PART
        else:
            size *= 2
    yield text[start : len(text)]


def _end_of_prose(part: str) -> int:
    """Where the last line ends that is part of nothing encoded; 0 if none is known."""
    end = 0
    for line in _PROSE.finditer(part, part.rfind("\n", 0, len(part) // 2) + 1):
        end = line.end()
    begun = part.rfind("-----BEGIN ", max(0, end - _LONGEST_KNOWN), end)
    return 0 if begun > part.rfind("-----END ", 0, end) else end


def _is_mixed(run: str) -> bool:
    """Whether letters of both cases and digits stand in it, as in base64, but not in rulers or hashes."""
    return bool(re.search("[a-z]", run) and re.search("[A-Z]", run) and re.search(r"\d", run))
