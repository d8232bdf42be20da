"""Mentions: the places where names stand, and what each tells of whose name it is."""

from array import array
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from typing import Self

from recognizers.entities import OFFICIAL
from recognizers.name_lexicon import name_words
from recognizers.normalization import normalize
from redact.blocks import blocks
from redact.columns import Columns
from redact.document import Segment, Span
from redact.finding import Finding, counts
from redact.findings import Findings
from redact.sought import PERSON, Name


@dataclass(frozen=True, slots=True)
class Mention:
    """What one place where a name stands tells of who that is."""

    name: Name = field(repr=False)
    official: float
    """How sure it is that an official acting in office is named there; 0 where nothing says so."""
    private: float
    """How sure it is that it is the name of a person."""


@dataclass(frozen=True, slots=True, eq=False)
class Mentions(Columns[Mention]):
    """Mentions in the order of the text, in columns: a long document has very many of few people."""

    names: tuple[Name, ...] = field(default=(), repr=False)
    """Each once."""
    which: bytes = field(default=b"", repr=False)
    """Which of them each mention has (C ``unsigned int``)."""
    sure: bytes = field(default=b"", repr=False)
    """For each how sure it is of an official, and that it is a name (two C ``double``)."""

    @classmethod
    def of(cls, mentions: Iterable[Mention]) -> Self:
        """Put mentions into columns."""
        names: dict[Name, int] = {}
        which, sure = array("I"), array("d")
        for mention in mentions:
            which.append(names.setdefault(mention.name, len(names)))
            sure.extend((mention.official, mention.private))
        return cls(tuple(names), which.tobytes(), sure.tobytes())

    def __len__(self) -> int:
        return len(self.which) // 4

    def __iter__(self) -> Iterator[Mention]:
        sure = iter(memoryview(self.sure).cast("d"))
        for number, official, private in zip(memoryview(self.which).cast("I"), sure, sure, strict=True):
            yield Mention(self.names[number], official, private)

    def value(self, place: int) -> Mention:
        """Return the mention at a place."""
        sure = memoryview(self.sure).cast("d")
        number = memoryview(self.which).cast("I")[place]
        return Mention(self.names[number], sure[2 * place], sure[2 * place + 1])


def mentions(segment: Segment, findings: Iterable[Finding]) -> Iterator[Mention]:
    """Yield what each place in a segment where names were found tells of them."""
    for block in blocks(segment.text, Findings.of(findings).by_start()):
        [found] = block.findings
        yield from (mention for mention, _ in places(segment, found))


def places(segment: Segment, findings: Sequence[Finding]) -> Iterator[tuple[Mention, tuple[Finding, ...]]]:
    """Yield the places in a segment where names were found: overlapping findings are one place."""
    group: list[Finding] = []
    end = -1
    named = [f for f in findings if f.entity == OFFICIAL or (f.entity == PERSON and counts(f))]
    for finding in sorted(_in_lines(segment, named), key=lambda f: (f.span, -f.score)):
        if finding.span.start >= end and group:
            yield _mention(segment, group), tuple(group)
            group = []
        group.append(finding)
        end = max(end, finding.span.end)
    if group:
        yield _mention(segment, group), tuple(group)


def _in_lines(segment: Segment, named: Sequence[Finding]) -> Iterator[Finding]:
    """Cut what says of two names in two lines that both are an official's: it holds for the upper one.

    A full name that begins a line is another's: ``Ofc. Doe`` above ``ROE, JANE``. A surname that begins one
    may go on with a name that is wrapped.
    """
    full = {f.span.start for f in named if " " in segment.text[f.span.start : f.span.end].strip()}
    for finding in named:
        start, end = finding.span.start, finding.span.end
        upper, line_break, lower = segment.text[start:end].partition("\n")
        if finding.entity == OFFICIAL and upper and line_break and end - len(lower.lstrip()) in full:
            yield replace(finding, span=Span(start, start + len(upper)))
        else:
            yield finding


def _mention(segment: Segment, group: Sequence[Finding]) -> Mention:
    best = max(group, key=lambda f: (len(f.span), f.score))
    name = name_words(normalize(segment.text[best.span.start : best.span.end]).text) or ("",)

    def score(entity: str) -> float:
        return max((f.score for f in group if f.entity == entity), default=0.0)

    return Mention(name, score(OFFICIAL), score(PERSON))
