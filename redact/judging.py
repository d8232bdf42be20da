"""Judging: what was found in all documents of a request is settled together.

A document leaves traces: who is named in it, which values stand in it. The traces of all documents are the
knowledge of the request, and with that each document is judged by itself, in any order and process.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import overload

from redact.blocks import blocks
from redact.document import Segment
from redact.errors import DetectionError
from redact.finding import Finding, counts, settle
from redact.findings import Findings
from redact.mentions import Mention, Mentions, mentions
from redact.people import Keep, People, Present
from redact.propagation import Values, letters_of
from redact.subjects import with_subjects


@dataclass(frozen=True, slots=True)
class Search:
    """What the recognizers found in one document by itself, with the text that it was found in."""

    segments: tuple[tuple[Segment, Sequence[Finding]], ...] = ()
    error: DetectionError | None = None


@dataclass(frozen=True, slots=True)
class Detection:
    """What was found in one document, or why it could not be searched completely."""

    findings: Findings = field(default_factory=Findings)
    """Settled findings in the order of their places; empty where there is an error."""
    error: DetectionError | None = None


@dataclass(frozen=True, slots=True)
class Traces:
    """What one document tells about the others of its request; kept in memory only."""

    mentions: Sequence[Mention] = field(default=(), repr=False)
    values: tuple[tuple[str, Finding], ...] = field(default=(), repr=False)
    """Letters and digits of each value that is looked for elsewhere, once, with its likeliest finding."""


class Knowledge:
    """Who is named and which values stand in a request; kept in memory only."""

    def __init__(self, documents: Iterable[Traces], keep: Keep | None = None) -> None:
        """Take the traces of every document, in the order of the request; they are gone through several
        times. ``keep`` holds what is known of each of them, a list if it is None."""
        mentioned = _Mentioned(documents)
        self._people = People(mentioned, keep) if keep else People(mentioned)
        self._values = Values(value for traces in documents for value in traces.values)

    @property
    def present(self) -> Sequence[Present]:
        """For each document who is meant in it; stays in the process that learned."""
        return self._people.present

    def __repr__(self) -> str:
        return f"<Knowledge: {self._people!r}, {self._values!r}>"

    def subject_of(self, name: str) -> int | None:
        """Return the number of the person called ``name`` in this request; None if none or several are."""
        return self._people.subject_of(name)

    def judge(self, present: Present, search: Search) -> Detection:
        """Settle what was found in the document of ``present``, and find again what others told of."""
        if search.error is not None:
            return Detection(error=search.error)
        return Detection(Findings.of(self._settled(present, search)))

    def _settled(self, present: Present, search: Search) -> Iterator[Finding]:
        for segment, findings in search.segments:
            for block in blocks(
                segment.text,
                Findings.of(findings).by_start(),
                self._values.find(segment.locator, segment.text),
                self._people.sought(present, segment),
            ):
                found, elsewhere, again = block.findings
                resolved = self._people.resolve(present, segment, [*found, *elsewhere], again)
                yield from settle(with_subjects(block.text, resolved, block.start))


@dataclass(frozen=True, slots=True)
class _Mentioned(Iterable[Sequence[Mention]]):
    """The mentions of each document, to be gone through more than once."""

    documents: Iterable[Traces]

    def __iter__(self) -> Iterator[Sequence[Mention]]:
        return (traces.mentions for traces in self.documents)


@dataclass(frozen=True, slots=True)
class Detections(Sequence[Detection]):
    """One detection for each document of a request, in the order of the documents."""

    items: tuple[Detection, ...]
    knowledge: Knowledge = field(repr=False)

    def __len__(self) -> int:
        return len(self.items)

    @overload
    def __getitem__(self, index: int) -> Detection: ...
    @overload
    def __getitem__(self, index: slice) -> tuple[Detection, ...]: ...
    def __getitem__(self, index: int | slice) -> Detection | tuple[Detection, ...]:
        return self.items[index]

    def subject_of(self, name: str) -> int | None:
        """Return the number of the person called ``name`` in this request; None if none or several are."""
        return self.knowledge.subject_of(name)


def traces(search: Search) -> Traces:
    """Return what a search tells about other documents; nothing where it failed."""
    if search.error is not None:
        return Traces()
    named = Mentions.of(m for segment, findings in search.segments for m in mentions(segment, findings))
    values: dict[str, Finding] = {}
    for segment, findings in search.segments:
        for finding in filter(counts, findings):
            letters = letters_of(segment.text[finding.span.start : finding.span.end], finding)
            if letters is None:
                continue
            other = values.get(letters)
            if other is None or (finding.score, finding.entity) > (other.score, other.entity):
                values[letters] = finding
    return Traces(named, tuple(values.items()))


def judge(searches: Sequence[Search]) -> Detections:
    """Judge all documents of one request, in the order of ``searches``. Pure."""
    knowledge = Knowledge([traces(search) for search in searches])
    judged = zip(knowledge.present, searches, strict=True)
    return Detections(tuple(knowledge.judge(present, search) for present, search in judged), knowledge)
