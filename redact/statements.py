"""Statements: of whom a text plainly says something, right beside their name."""

import re
from collections.abc import Iterable
from dataclasses import dataclass

from recognizers.normalization import normalize
from recognizers.stretches import Text
from redact.document import Segment
from redact.finding import Finding
from redact.people import PERSON

WINDOW = 80
"""Characters before and after a name in which something is stated of it."""

_NAME = re.compile(r"[^\W\d_]{2,}")
_SENTENCE = re.compile(r"[.!?;]\s|\n")


@dataclass(frozen=True, slots=True)
class Statement:
    """Something that a text can plainly say of a person."""

    before: re.Pattern[str]
    """What says it right before a name; searched in what stands before, and must reach the name."""
    after: re.Pattern[str]
    """What says it right after a name."""
    denied: re.Pattern[str] | None = None
    """What, before the name in its sentence, takes it back."""
    full: bool = False
    """Whether it counts of full names only: whom a surname by itself belongs to is a guess."""

    def subjects(self, segments: Iterable[Segment], findings: Iterable[Finding]) -> frozenset[int]:
        """Return the subject numbers of those of whom what a reader sees of a document says it."""
        texts = {segment.locator: segment.text for segment in segments if segment.visible}
        return frozenset(
            finding.subject
            for finding in findings
            if finding.entity == PERSON
            and finding.subject is not None
            and finding.locator in texts
            and self._is_of(texts[finding.locator], finding)
        )

    def _is_of(self, text: Text, finding: Finding) -> bool:
        start, end = finding.span.start, finding.span.end
        if self.full and len(_NAME.findall(text[start:end])) < 2:
            return False
        before = normalize(text[max(0, start - WINDOW) : start]).text
        after = normalize(text[end : end + WINDOW]).text
        if self.denied and self.denied.search(_SENTENCE.split(before)[-1]):
            return False
        return bool(self.after.match(after) or self.before.search(before))
