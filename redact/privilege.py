"""Privilege: which documents are marked as privileged, or are counsel's advice asked or given by mail.

Gov. Code § 7927.705 with Evid. Code § 954 and Code Civ. Proc. § 2018.030. A mark stands in a heading, a
subject or a line of its own. A policy, a footer ("may contain privileged information"), a letter or a
report that speaks of privilege bears none.
"""

import re
from collections.abc import Iterable, Iterator
from functools import cache, partial

from recognizers.normalization import normalize
from recognizers.stretches import Text, lines
from redact.document import Segment
from redact.phrases import lexicon, listed
from redact.trait import Trait

_pattern = partial(listed, "privilege")
HEAD = 12
"""Lines at the start of a document, and of each of its pages, in which a heading stands."""
LONGEST = 140
"""Characters of a line beyond which it is prose, no mark."""

_WORD = re.compile(r"[^\W\d_]+(?:['’-][^\W\d_]+)*")
_SEPARATOR = r"[^\w\s]"
_HEADING = re.compile(
    rf"""
     ^\W*(?:strictly\s+|highly\s+)?privileged\s*(?:$|{_SEPARATOR}|and\s+confidential)
    |(?:{_SEPARATOR}|\s{{3}})\s*privileged\s*(?:$|{_SEPARATOR}|
        (?:draft|notes?|worksheets?|memo\w*|communications?|materials?|documents?|files?|reports?)\b)
    |\b(?:attorneys?|atty|lawyer)(?:'s)?[\s/-]{{1,3}}(?:client)\b
    |\b(?:attorneys?|atty|counsel)(?:'s)?\s+work[\s-]product\b|\(\s*work\s+product\s*\)
    """,
    re.IGNORECASE | re.VERBOSE,
)
_CAPITALS = re.compile(r"(?<![\w'\"-])PRIVILEGED(?![\w'\"])")
_ITSELF = re.compile(
    r"\bthis\s+(?:memo(?:randum)?|e-?mail|message|letter|document|communication|report|opinion|draft|note|file)\b"
    r"[^.\n]{0,40}\b(?:is|are|contains?|constitutes?)\b[^.\n]{0,60}(?<!not )"
    r"\b(?:privileged|attorney work product)\b",
    re.IGNORECASE,
)
_SUBJECT = re.compile(r"^\W*(?:subj(?:ect)?|re)\s*:", re.IGNORECASE)
_ADDRESS = re.compile(r"^\W*(?:from|to|cc|bcc)\s*:", re.IGNORECASE)


def privileged(segments: Iterable[Segment]) -> Trait | None:
    """Return where a document shows that it is privileged; None where it does not.

    In doubt it does: an office then looks at it.
    """
    counsel = mail = advice = ""
    line_number = 0
    for segment in segments:
        top = 0
        for line in _lines(segment.text):
            line_number, top = line_number + 1, top + 1
            heading = segment.visible and (line_number <= HEAD or (top <= HEAD and "page" in segment.locator))
            if _is_mark(line, heading=heading or bool(_SUBJECT.match(line))):
                return Trait("privileged", segment.locator)
            if _ADDRESS.match(line):
                mail = mail or segment.locator
                if _has("counsel", line) and not _has("others", line):
                    counsel = counsel or segment.locator
            if mail and _has("relayed", line) and not _has("about", _without_orders(line)):
                return Trait("privileged", segment.locator)
            if not advice and _has("advice", line) and not _ADDRESS.match(line):
                advice = segment.locator
    return Trait("privileged", advice) if counsel and advice else None


def _is_mark(line: str, *, heading: bool) -> bool:
    if len(line) > LONGEST:
        return False
    plain = line.replace("’", "'").replace("–", "-").replace("—", "-")
    if _has("about", _without_orders(plain)):
        return False
    if heading and (_HEADING.search(plain) or _CAPITALS.search(plain) or _ITSELF.search(plain)):
        return True
    words = [word.lower() for word in _WORD.findall(plain.replace("/", " ").replace("-", " "))]
    joined = " ".join(words)
    marked = any(core in joined for core in lexicon("privilege")["core"])
    return bool(words) and marked and _beside().issuperset(words)


def _lines(text: Text) -> Iterator[str]:
    for line in lines(text):
        if line.strip():
            yield normalize(line).text if not line.isascii() else line


def _without_orders(line: str) -> str:
    return _pattern("orders").sub(" ", line)


def _has(kind: str, line: str) -> bool:
    return bool(_pattern(kind).search(line))


@cache
def _beside() -> frozenset[str]:
    return frozenset(lexicon("privilege")["beside"].split())
