"""Arrests: of whom a text says that they were arrested, so that what Gov. Code § 7923.610 makes public stays.

Only plain statements about a full name count ("Antonio Ferreira was arrested", "Arrestee: Antonio Ferreira"):
"Ferreira was arrested" may be of the victim's husband, and whom a surname by itself belongs to is a guess. A
statement that is denied, wished or possible does not count.
"""

import re
from collections.abc import Iterable

from redact.document import Segment
from redact.finding import Finding
from redact.statements import Statement

_HELD = r"(?:arrested|booked|taken\s+into\s+custody|placed\s+under\s+arrest)"
_ARRESTED = Statement(
    before=re.compile(
        r"""(?:
          \barrestee(?:\s*(?:name|\#?\s*\d))?\s*[:,|\-\u2013]?
         |\b(?:I|we|officers?|deputies|police|detectives?)\s+(?:then\s+|later\s+)?(?:arrested|booked)
         |\bthe\s+arrest\s+of
         |\b(?:person|individual|subject|party)\s+arrested\s*[:\-]
         |\barrested\s*:
        )\s*(?:suspect|defendant|Mr\.?|Ms\.?|Mrs\.?)?\s*$""",
        re.IGNORECASE | re.VERBOSE,
    ),
    after=re.compile(
        rf"""^\s*
        (?:,?\s*\(?(?:age\s+)?\d{{1,3}}\)?(?:\s+years\s+old)?)?\s*      # an age
        (?:[,(]\s*(?:DOB|born)[^.;\n]{{0,30}}?\)?)?                     # a birth date
        \s*,?\s*
        (?:(?:was|were|is|has\s+been|had\s+been)\s+
           (?:(?:then|later|subsequently|also|lawfully|finally|immediately)\s+){{0,2}}{_HELD}
          |\((?:the\s+)?arrestee\)|,\s*(?:the\s+)?arrestee\b)
        """,
        re.IGNORECASE | re.VERBOSE,
    ),
    denied=re.compile(
        r"\b(?:not|never|no\s+one|nobody|without|wants?|wanted|hoped?|demand(?:s|ed)?|asked|if|whether|unless|"
        r"would|should|could|might|may|request(?:s|ed)?)\b[^.;\n]*$",
        re.IGNORECASE,
    ),
    full=True,
)


def arrested(segments: Iterable[Segment], findings: Iterable[Finding]) -> frozenset[int]:
    """Return the subject numbers of those of whom a document says that they were arrested."""
    return _ARRESTED.subjects(segments, findings)
