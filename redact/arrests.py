"""Arrests: of whom a text says that they were arrested, so that what Gov. Code § 7923.610 makes public stays.

Only plain statements about a full name count ("Antonio Ferreira was arrested", "Arrestee: Antonio Ferreira"):
"Ferreira was arrested" may be of the victim's husband, and whom a surname by itself belongs to is a guess. A
statement that is denied, wished or possible does not count.
"""

import re
from collections.abc import Iterable

from recognizers.normalization import normalize
from redact.document import Segment
from redact.finding import Finding
from redact.people import PERSON

WINDOW = 80
"""Characters before and after a name in which its arrest is stated."""

_HELD = r"(?:arrested|booked|taken\s+into\s+custody|placed\s+under\s+arrest)"
_AFTER = re.compile(
    rf"""^\s*
    (?:,?\s*\(?(?:age\s+)?\d{{1,3}}\)?(?:\s+years\s+old)?)?\s*      # an age
    (?:[,(]\s*(?:DOB|born)[^.;\n]{{0,30}}?\)?)?                     # a birth date
    \s*,?\s*
    (?:(?:was|were|is|has\s+been|had\s+been)\s+
       (?:(?:then|later|subsequently|also|lawfully|finally|immediately)\s+){{0,2}}{_HELD}
      |\((?:the\s+)?arrestee\)|,\s*(?:the\s+)?arrestee\b)
    """,
    re.IGNORECASE | re.VERBOSE,
)
_BEFORE = re.compile(
    r"""(?:
      \barrestee(?:\s*(?:name|\#?\s*\d))?\s*[:,|\-\u2013]?
     |\b(?:I|we|officers?|deputies|police|detectives?)\s+(?:then\s+|later\s+)?(?:arrested|booked)
     |\bthe\s+arrest\s+of
     |\b(?:person|individual|subject|party)\s+arrested\s*[:\-]
     |\barrested\s*:
    )\s*(?:suspect|defendant|Mr\.?|Ms\.?|Mrs\.?)?\s*$""",
    re.IGNORECASE | re.VERBOSE,
)
_DENIED = re.compile(
    r"\b(?:not|never|no\s+one|nobody|without|wants?|wanted|hoped?|demand(?:s|ed)?|asked|if|whether|unless|"
    r"would|should|could|might|may|request(?:s|ed)?)\b[^.;\n]*$",
    re.IGNORECASE,
)
_NAME = re.compile(r"[^\W\d_]{2,}")
_SENTENCE = re.compile(r"[.!?;]\s|\n")


def arrested(segments: Iterable[Segment], findings: Iterable[Finding]) -> frozenset[int]:
    """Return the subject numbers of those of whom a document says that they were arrested."""
    texts = {segment.locator: segment.text for segment in segments if segment.visible}
    return frozenset(
        finding.subject
        for finding in findings
        if finding.entity == PERSON
        and finding.subject is not None
        and finding.locator in texts
        and _is_full(texts[finding.locator], finding)
        and _stated(texts[finding.locator], finding)
    )


def _is_full(text: str, finding: Finding) -> bool:
    return len(_NAME.findall(text[finding.span.start : finding.span.end])) > 1


def _stated(text: str, finding: Finding) -> bool:
    before = normalize(text[max(0, finding.span.start - WINDOW) : finding.span.start]).text
    after = normalize(text[finding.span.end : finding.span.end + WINDOW]).text
    sentence = _SENTENCE.split(before)[-1]
    if _DENIED.search(sentence):
        return False
    return bool(_AFTER.match(after) or _BEFORE.search(before))
