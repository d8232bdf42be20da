"""Victims: of whom a text plainly says that they are one ("Victim: Maria Ortega", "Ortega (V-1)").

It only ever protects: what is denied or possible counts too, and so does a surname by itself.
"""

import re
from collections.abc import Iterable

from redact.document import Segment
from redact.finding import Finding
from redact.statements import Statement

_LABEL = r"(?:victims?|vict|vic|V[-\s#]{0,2}\d{1,2}|complaining\s+(?:witness|party)|protected\s+party)\.?"
_VICTIM = Statement(
    before=re.compile(
        rf"""\b{_LABEL}(?:\s*(?:name|\(?\#?\s*\d{{1,2}}\)?))?
        \s*(?:[:,|/(\-\u2013]\s*|(?:was|is)\s+(?:identified\s+as\s+|named\s+)?|identified\s+as\s+|named\s+)?
        (?:Mr\.?|Ms\.?|Mrs\.?)?\s*$""",
        re.IGNORECASE | re.VERBOSE,
    ),
    after=re.compile(
        rf"""^\s*(?:,?\s*\(?(?:age\s+)?\d{{1,3}}\)?(?:\s+years\s+old)?)?\s*
        (?:[,(/|\-\u2013]\s*(?:(?:the|a|also\s+(?:the|a))\s+)?{_LABEL}
          |(?:was|is)\s+(?:also\s+)?(?:(?:identified|listed|named)\s+as\s+)?(?:the|a|an?\s+\w+)\s+{_LABEL})
        (?!['\u2019\w])""",
        re.IGNORECASE | re.VERBOSE,
    ),
)


def victims(segments: Iterable[Segment], findings: Iterable[Finding]) -> frozenset[int]:
    """Return the subject numbers of those of whom a document says that they are a victim."""
    return _VICTIM.subjects(segments, findings)
