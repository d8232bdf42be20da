"""Who is named in a request: a number for each private person, officials set apart, names found again."""

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from itertools import count
from typing import Any, Protocol, TypeVar

from recognizers.entities import OFFICIAL
from recognizers.name_lexicon import name_words
from redact.blocks import Cover
from redact.document import Segment, Span
from redact.finding import Finding
from redact.mentions import Mention, places
from redact.sought import PERSON as PERSON
from redact.sought import Name, Sought

_T = TypeVar("_T")

_PLACE = re.compile(
    r"\b(?:city|town|village|county) of (?:(?:saint|st\.?|san|santa|mount|mt\.?|fort|new|port) )?\Z", re.I
)
"""What stands before the name of a place that somebody's name may be too."""
_LONGEST_PLACE = 24
"""Characters of it at most."""

_NEUTRAL = 0.65
"""Score up to which a finding of PERSON says that it is a name but not whose."""
_SURE = 0.95
"""Score from which the place where an official is named decides, whatever is said of the person elsewhere."""
_SURELY_PRIVATE = 0.98
"""The same for the place where a private person is named; where both are sure, all that is said decides."""
_STATED = 1.0
"""The score of what the text itself states."""


@dataclass(slots=True, eq=False)
class _Person:
    names: set[Name] = field(default_factory=set, repr=False)
    official: float = 0.0
    """Evidence that the person acts in office, as a sum over the findings."""
    private: float = 0.0
    """Evidence that the person does not."""
    number: int | None = None

    @property
    def is_official(self) -> bool:
        return self.official > self.private

    def is_called(self, name: Name) -> bool:
        return any(_fits(name, known) for known in self.names)


@dataclass(frozen=True, slots=True)
class Known:
    """A person as far as judging needs to know."""

    number: int | None
    """Of a private person."""
    is_official: bool


@dataclass(frozen=True, slots=True)
class Present:
    """Who is meant in one document by names that say it nowhere else."""

    short: Mapping[Name, Known] = field(repr=False)
    """Names that are not full, as they stand in it."""
    words: Mapping[str, int] = field(repr=False)
    """Numbers of those whom a single word means in it."""


_Meant = dict[Name, "Name | _Person"]
"""Whom the short names of a document mean: one of the full names of somebody, or somebody else."""


def _listed(items: Iterable[_T]) -> Sequence[_T]:
    return list(items)


class People:
    """The people of one request. Holds their names in memory; never prints them."""

    present: Sequence[Present]
    """For each document of the request; stays in the process that learned."""

    def __init__(self, documents: Iterable[Iterable[Mention]], keep: "Keep" = _listed) -> None:
        """Learn who is named from the ``mentions`` of each document, in the order of the request.

        ``documents`` are gone through several times. What is known of each is kept by ``keep``, so that it
        need not be in memory.
        """
        self._full: dict[Name, _Person] = {}
        self._by_word: dict[str, dict[_Person, None]] = defaultdict(dict)
        self._called: dict[Name, set[int | None]] = defaultdict(set)
        self._sought = Sought()
        full = {mention.name for each in documents for mention in each if _is_full(mention.name)}
        for name in sorted(full, key=lambda n: (-len(n), n)):
            self._enter(name)
        for each in documents:
            for mention in each:
                if person := self._full.get(mention.name):
                    self._weigh(person, mention)
        meant = keep(self._meant(each) for each in documents)
        numbers = count(1)
        numbered = keep(self._numbered(*both, numbers) for both in zip(documents, meant, strict=True))
        self._seek_full()
        self.present = keep(self._present(*both) for both in zip(documents, numbered, strict=True))

    def __getstate__(self) -> dict[str, Any]:
        """Travel to another process as what ``resolve`` needs there."""
        known = {person: Known(person.number, person.is_official) for person in self._full.values()}
        full = {name: known[person] for name, person in self._full.items()}
        return {"_full": full, "_sought": self._sought}

    def __repr__(self) -> str:
        return f"<People: {len(set(map(id, self._full.values())))} of a request>"

    def subject_of(self, name: str) -> int | None:
        """Return the number of the private person called ``name``; None if none or several are."""
        words = name_words(name)
        if words in self._full:
            return self._full[words].number
        longest = max(words, key=len, default="")
        numbers = {p.number for p in self._by_word.get(longest, ()) if p.is_called(words)}
        numbers |= self._called.get(words, set())
        return numbers.pop() if len(numbers) == 1 else None

    def sought(self, present: Present, segment: Segment) -> Iterator[Finding]:
        """Yield the places in a segment where known names stand, in their order."""
        for found in self._sought.find(present.words, segment):
            before = segment.text[max(0, found.span.start - _LONGEST_PLACE) : found.span.start]
            if not _PLACE.search(before):
                yield found

    def resolve(
        self,
        present: Present,
        segment: Segment,
        findings: Sequence[Finding],
        again: Iterable[Finding] | None = None,
    ) -> list[Finding]:
        """Decide on the names in a segment, or a block of it, of the document that ``present`` is of;
        ``again`` is what is ``sought`` there, by default in the whole segment.

        Returns the findings without ``OFFICIAL`` and without names of officials; names of private people
        have their number, and places where a known name was not found are added.
        """
        resolved = [f for f in findings if f.entity not in (PERSON, OFFICIAL)]
        taken: list[Span] = []
        for mention, group in places(segment, findings):
            taken += [finding.span for finding in group]
            person = self._full.get(mention.name) or present.short[mention.name]
            if _is_public(person, mention):
                continue
            resolved += [replace(f, subject=person.number) for f in group if f.entity == PERSON]
        covered = Cover(taken)
        again = self.sought(present, segment) if again is None else again
        resolved += [f for f in again if not covered.meets(f.span)]
        return resolved

    def _enter(self, name: Name) -> None:
        """Give a full name to the only person it fits, or to a new one. Longer names come first."""
        fitting = [p for p in self._by_word.get(name[-1], ()) if p.is_called(name)]
        person = fitting[0] if len(fitting) == 1 else _Person()
        person.names.add(name)
        self._full[name] = person
        for word in name:
            self._by_word[word][person] = None

    @staticmethod
    def _weigh(person: _Person, mention: Mention) -> None:
        person.official += max(0.0, mention.official - 0.5)
        person.private += max(0.0, mention.private - _NEUTRAL)

    def _meant(self, mentions: Iterable[Mention]) -> _Meant:
        """Return whom the short names of one document mean."""
        named = self._named(mentions)
        by_word: dict[str, dict[_Person, None]] = defaultdict(dict)
        for person in named:
            for word in {word for name in person.names for word in name}:
                by_word[word][person] = None
        meant: _Meant = {}
        fitting: dict[Name, list[_Person]] = {}
        for mention in mentions:
            short = mention.name
            if _is_full(short):
                continue
            if short not in fitting:
                longest = max(short, key=len)
                fitting[short] = _fitting(short, by_word[longest] if len(longest) > 1 else named)
            self._weigh(self._resolve(meant, mention, fitting[short]), mention)
        return meant

    def _named(self, mentions: Iterable[Mention]) -> dict[_Person, None]:
        """Return those whose full names stand in one document."""
        full = (self._full.get(mention.name) for mention in mentions)
        return {person: None for person in full if person is not None}

    def _resolve(self, meant: _Meant, mention: Mention, fitting: Sequence[_Person]) -> _Person:
        """Return whom a short name means: the only one in the document who is called so, or someone else."""
        name = mention.name
        if len(fitting) == 1 and not (mention.official >= _SURE and fitting[0].private > 0):
            meant.setdefault(name, min(fitting[0].names))
            return fitting[0]
        if name not in meant:
            person = meant[name] = _Person({name})
            elsewhere = self._by_word.get(name[-1], ())
            namesakes = [p for p in elsewhere if any(n[-1] == name[-1] for n in p.names)]
            if namesakes and all(p.is_official for p in namesakes):
                person.official += 0.1
        return self._person(meant, name)

    def _person(self, meant: _Meant, name: Name) -> _Person:
        if person := self._full.get(name):
            return person
        other = meant[name]
        return other if isinstance(other, _Person) else self._full[other]

    def _numbered(self, mentions: Iterable[Mention], meant: _Meant, numbers: Iterator[int]) -> _Meant:
        """Give numbers to the private people of one document who have none yet."""
        for mention in mentions:
            person = self._person(meant, mention.name)
            if person.number is None and not _is_public(person, mention):
                person.number = next(numbers)
        return meant

    def _seek_full(self) -> None:
        self._officials = {n[-1] for p in self._full.values() if p.is_official for n in p.names}
        for name, person in self._full.items():
            if person.number is None:
                continue
            for form in {name, (name[0], name[-1]), (name[-1], *name[:-1]), (name[0][0], name[-1])}:
                self._sought.seek(form, person.number)
            if name[-1] not in self._officials and len(name[-1]) > 3:
                self._sought.seek(name[-1:], person.number)

    def _present(self, mentions: Iterable[Mention], meant: _Meant) -> Present:
        """Return who is meant in one document, and look in all for the short names that tell somebody."""
        called: dict[str, list[_Person]] = defaultdict(list)
        for person in self._named(mentions):
            for word in {w for n in person.names for w in (n[0], n[-1])}:
                called[word].append(person)
        words = {
            word: people[0].number
            for word, people in called.items()
            if len(people) == 1 and people[0].number is not None
        }
        for name in meant:
            number = self._person(meant, name).number
            if len(self._called[name]) < 2:
                self._called[name].add(number)
            if number is None:
                continue
            if len(name) == 1:
                words.setdefault(name[0], number)
                if len(name[0]) > 3 and name[0] not in self._officials:
                    self._sought.seek(name, number)
            elif len(max(name, key=len)) > 2:
                self._sought.seek(name, number)
        people = {name: self._person(meant, name) for name in meant}
        return Present({name: Known(p.number, p.is_official) for name, p in people.items()}, words)


def _is_public(person: "_Person | Known", mention: Mention) -> bool:
    """Whether the name stands here for an official: its own place decides where it is sure."""
    if mention.official >= _SURE and _SURELY_PRIVATE <= mention.private < _STATED:
        return person.is_official
    if mention.official >= _SURE or mention.private >= _SURELY_PRIVATE:
        return mention.official > mention.private
    return person.is_official or mention.private < 0.5


def _fitting(short: Name, among: Iterable[_Person]) -> list[_Person]:
    """Return those of ``among`` who are called so; where several are, the only one by surname."""
    fitting = [p for p in among if p.is_called(short)]
    if len(fitting) > 1:
        by_surname = [p for p in fitting if any(n[-1] == short[-1] for n in p.names)]
        fitting = by_surname if len(by_surname) == 1 else []
    return fitting


class Keep(Protocol):
    """Holds items in their order, in memory or elsewhere."""

    def __call__(self, items: Iterable[_T], /) -> Sequence[_T]:
        """Return ``items`` as something that can be gone through again and again."""
        ...


def _is_full(name: Name) -> bool:
    return len(name) > 1 and len(name[0]) > 1 and len(name[-1]) > 1


def _fits(short: Name, long: Name) -> bool:
    """Whether ``short`` can be a shorter way to write ``long``: its words in order, some as initials."""
    words = iter(long)
    return all(any(word == w or (len(word) == 1 and w[0] == word) for w in words) for word in short)
