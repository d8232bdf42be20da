"""Incidents: which findings are an injury or a circumstance of an incident (Gov. Code § 7923.615).

Told from the words of the finding and of what stands around it, and only where that is plain: an injury is a
phrase of words for injuries and for nothing else; what was done is a phrase with a word for that. Whose it is
must be plain as well: of the one private person whom its sentence names, or of a role ("the victim") in a
sentence that names nobody. An official, or a name that belongs to nobody known, leaves it open. What is left
open stays as it was.
"""

import re
from array import array
from bisect import bisect_right
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from functools import cache
from itertools import chain
from typing import Literal

from recognizers.entities import OFFICIAL
from recognizers.name_lexicon import english_words, fold, given_names, surnames
from recognizers.normalization import normalize, normalized
from redact.blocks import BLANK_LINE, Block, blocks
from redact.document import Segment, Span
from redact.finding import Finding
from redact.findings import Findings
from redact.people import PERSON
from redact.phrases import compiled, lexicon

Mark = Literal["", "named", "unnamed"]

_INJURY, _CIRCUMSTANCE = _FACTS = "HEALTH_INFORMATION", "VICTIM_STATUS"
_NOT_DONE_TO = frozenset({"by", "with", "from", "of", "as", "and", "is", "was", "for"})

LONGEST = 4_000
"""Characters of a sentence or paragraph beyond which it is not plain whom it tells of."""

_SENTENCE_END = re.compile(
    r"""(?<=[.!?])\s+(?=[A-Z"'(])     # a sentence ends
      |\n[ \t]*\n                     # a paragraph ends
      |\n(?=[ \t]*(?:[-*•\d]|[A-Z][\w /#()'-]{0,40}:))""",  # a field, an item or an entry of a log begins
    re.VERBOSE,
)
_WORD = re.compile(r"[^\W_]+(?:[-'\u2019/][^\W_]+)*")
_CAPITALIZED = re.compile(r"[^\W\d_a-zà-ÿ][^\W\d_]+")
_SIZE = re.compile(r"\d{1,2}(?:-?(?:inch|inches|in|cm|mm|x|\d{1,2}))*")


def told(segments: Iterable[tuple[Segment, Sequence[Finding]]], findings: Sequence[Finding]) -> Findings:
    """Return ``findings`` with those marked that are a fact of an incident (``Finding.incident``).

    ``segments`` are the texts of the document with what the recognizers found in them before it was judged:
    officials and doubtful names are in there only. In a segment, findings are in the order of their places.
    """
    asked = {finding.locator for finding in findings if finding.entity in _FACTS}
    marks = {
        segment.locator: _marks(segment, found, findings)
        for segment, found in segments
        if segment.locator in asked and segment.visible
    }
    return Findings.of(
        replace(f, incident=next(marks[f.locator])) if f.locator in marks else f for f in findings
    )


def tells_of_sheltered(segments: Iterable[Segment]) -> bool:
    """Whether a document tells of a crime whose victims are protected wholly (Penal Code § 293, Gov. Code
    § 7923.615(b)): sexual offences, domestic violence, stalking, trafficking, hate crimes, offences against
    children. In doubt it does."""
    return any(_sheltered().search(plain) for segment in segments for plain in normalized(segment.text))


def _marks(segment: Segment, found: Iterable[Finding], judged: Iterable[Finding]) -> Iterator[Mark]:
    """Yield the mark of each of those ``judged`` that is in ``segment``."""
    here = (finding for finding in judged if finding.locator == segment.locator)
    for block in blocks(segment.text, Findings.of(found).by_start(), here):
        text = _Text.of(block)
        yield from (_mark(finding, text) for finding in block.findings[1])


def _mark(finding: Finding, text: "_Text") -> Mark:
    if finding.entity not in _FACTS:
        return ""
    words = _words(text.of_span(finding.span))
    if not (_is_injury(words) if finding.entity == _INJURY else _any(words, "circumstance")):
        return ""
    sentence = text.around(finding, text.sentences)
    if len(sentence) > LONGEST:
        return ""
    around = _words(text.of_span(sentence))
    if _any(around, "history" if finding.entity == _INJURY else "private"):
        return ""
    return text.whose(finding, words, sentence, around)


@dataclass(frozen=True, slots=True)
class _Text:
    """A block of a text with the places where names stand in it."""

    first: int
    """Where it begins."""
    text: str = field(repr=False)
    known: "_Places"
    """Names of private people who are known, each with the person's number."""
    other: "_Places"
    """Names of anybody, as far as the recognizers saw one."""
    sentences: Sequence[int]
    """Where each begins."""
    paragraphs: Sequence[int]

    @classmethod
    def of(cls, block: Block) -> "_Text":
        found, judged = block.findings
        names = [f for f in judged if f.entity == PERSON]
        return cls(
            block.start,
            block.text,
            _Places((f.span, f.subject) for f in names if f.subject is not None),
            _Places((f.span, f.subject) for f in (*found, *names) if f.entity in (PERSON, OFFICIAL)),
            _starts(_SENTENCE_END, block),
            _starts(BLANK_LINE, block),
        )

    def of_span(self, span: Span) -> str:
        return self.text[span.start - self.first : span.end - self.first]

    def around(self, finding: Finding, starts: Sequence[int]) -> Span:
        """Return the sentences or paragraphs that a finding touches."""
        first = bisect_right(starts, finding.span.start) - 1
        after = bisect_right(starts, finding.span.end - 1)
        return Span(starts[first], starts[after] if after < len(starts) else self.first + len(self.text))

    def whose(self, finding: Finding, words: Sequence[str], sentence: Span, around: Sequence[str]) -> Mark:
        """Return whether it is about the one person who is named there, or about nobody named."""
        named = self._named(sentence)
        if named is None:
            return ""
        if named:
            if finding.entity == _CIRCUMSTANCE and _is_done_to_a_role(words):
                return "unnamed"
            return "named" if named == {finding.subject} else ""
        if finding.entity == _INJURY and _any(around, "others"):
            return ""
        if _any(around, "victims"):
            return "unnamed"
        paragraph = self.around(finding, self.paragraphs)
        named = self._named(paragraph) if len(paragraph) <= LONGEST else None
        if named is None:
            return ""
        if named:
            return "named" if named == {finding.subject} else ""
        return "" if _any(around, "pronouns") else "unnamed"

    def _named(self, stretch: Span) -> set[int | None] | None:
        """Return the numbers of those who are named in a stretch; None where anybody else may be."""
        known = self.known.within(stretch)
        others = [span for span, _ in self.other.within(stretch)]
        others += _likely(self, stretch)
        if any(not any(place.overlaps(span) for place, _ in known) for span in others):
            return None
        return {number for _, number in known}


class _Places:
    """Spans with a number each, to ask which meet a stretch of text."""

    def __init__(self, places: Iterable[tuple[Span, int | None]]) -> None:
        self._places = sorted(set(places), key=lambda place: place[0])
        self._starts = [span.start for span, _ in self._places]
        self._longest = max((len(span) for span, _ in self._places), default=0)

    def within(self, stretch: Span) -> list[tuple[Span, int | None]]:
        first = bisect_right(self._starts, stretch.start - self._longest)
        last = bisect_right(self._starts, stretch.end - 1)
        return [place for place in self._places[first:last] if place[0].overlaps(stretch)]


def _is_done_to_a_role(words: Sequence[str]) -> bool:
    """Whether a phrase says what was done to somebody whom it calls the victim: "punched the victim"."""
    first = next((n for n, word in enumerate(words) if _is(word, "victims")), 0)
    before = [word for word in words[:first] if word not in ("the", "a", "an", "our", "said")]
    return bool(before) and _any(before, "circumstance") and before[-1] not in _NOT_DONE_TO


def _starts(end: re.Pattern[str], block: Block) -> Sequence[int]:
    return array("Q", chain((block.start,), (block.start + m.end() for m in end.finditer(block.text))))


def _likely(text: _Text, stretch: Span) -> Iterator[Span]:
    """Yield words that look like names of people: the recognizers may have missed one."""
    for match in _CAPITALIZED.finditer(text.text, stretch.start - text.first, stretch.end - text.first):
        word = fold(match[0])
        if word not in english_words() and (word in given_names() or word in surnames()):
            yield Span(text.first + match.start(), text.first + match.end())


def _words(text: str) -> tuple[str, ...]:
    return tuple(word.replace("\u2019", "'").lower() for word in _WORD.findall(normalize(text).text))


def _is_injury(words: Sequence[str]) -> bool:
    return _any(words, "injury") and all(_is(word, "injury", "body", "beside") for word in words)


def _any(words: Sequence[str], kind: str) -> bool:
    return any(_is(word, kind) for word in words)


def _is(word: str, *kinds: str) -> bool:
    if any(_kinds()[kind].fullmatch(word) for kind in kinds):
        return True
    if "beside" not in kinds:
        return False
    # "knee/shin" and "left-hand" are what their parts are.
    parts = re.split(r"[-/]", word)
    return bool(_SIZE.fullmatch(word)) or (len(parts) > 1 and all(_is(part, *kinds) for part in parts))


@cache
def _kinds() -> dict[str, re.Pattern[str]]:
    tables = lexicon("incidents")
    lists = {kind: words for kind, words in tables.items() if isinstance(words, str)} | tables["roles"]
    return {kind: compiled(words.split()) for kind, words in lists.items()}


@cache
def _sheltered() -> re.Pattern[str]:
    """Return what gives away a crime whose victims are protected wholly."""
    sheltered = lexicon("incidents")["sheltered"]
    ending = r"(?:\s?\(?[a-z0-9]\)?){0,3}"
    sections = "|".join(re.escape(number) for number in sorted(sheltered["sections"], key=len, reverse=True))
    numbers = "|".join(re.escape(number) for number in sorted(sheltered["numbers"], key=len, reverse=True))
    code = r"(?:p\.?\s?c\.?|penal(?:\s+code)?|sec(?:tions?|\.)?|§+|code|class|chg|charge[sd]?|viol(?:ation)?)"
    return re.compile(
        rf"""{compiled(sheltered["words"]).pattern}
        |(?<![\d.]){code}\W{{0,4}}(?:{sections})(?![\d])
        |(?<![\d.,$-])(?:{sections}){ending}\W{{0,3}}(?:p\.?\s?c\b|penal|c\.?p\.?c)
        |(?<![\d.,$-])(?:{numbers})(?![\d])
        |\b(?:\d|1[0-7])[\s-]?(?:y/?o\b|(?:years?|yrs?\.?)[\s-]old)|\bage[ds]?\W{{1,3}}(?:\d|1[0-7])\b(?![.,]?\d)""".replace(
            "\n        ", ""
        ),
        re.IGNORECASE,
    )
