"""Who is named in a request: a number for each private person, officials set apart, names found again."""

import re
from bisect import bisect_left
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from itertools import accumulate, pairwise
from types import MappingProxyType

from recognizers.entities import OFFICIAL
from recognizers.name_lexicon import is_common, is_public_after, name_words
from recognizers.normalization import normalize
from redact.document import Segment, Span
from redact.finding import Finding, counts

PERSON = "PERSON"
PATTERN = "name found elsewhere in the request"
"""Pattern name of a finding that was made because the same person is named elsewhere."""
Name = tuple[str, ...]
"""Folded words in the order of speech."""
_WORD = re.compile(r"[^\W\d_]+(?:['’`](?![sS]\b)[^\W\d_]+)*")
_NEUTRAL = 0.65
"""Score up to which a finding of PERSON says that it is a name but not whose."""
_SURE = 0.95
"""Score from which a name's own place decides, whatever is said of the person elsewhere."""
_REPEATED = 0.75
"""Score of a name that was found because the same person is named elsewhere."""
_LONGEST = 6
"""Most words of a name that is looked for."""
_NONE: Mapping[Name, int] = MappingProxyType({})
_STRETCH = 100_000
"""Characters that are searched for known names at a time."""
_MARGIN = 2_000
"""Characters at the end of a stretch that are left to the next one, so that no name lies across a seam."""


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
class Mention:
    """What one place where a name stands tells of who that is."""

    name: Name = field(repr=False)
    official: float
    """How sure it is that an official acting in office is named there; 0 where nothing says so."""
    private: float
    """How sure it is that it is the name of a person."""


class People:
    """The people of one request. Holds their names in memory; never prints them."""

    def __init__(self, documents: Iterable[Iterable[Mention]]) -> None:
        """Learn who is named from the ``mentions`` of each document, in the order of the request."""
        self._full: dict[Name, _Person] = {}
        self._short: dict[tuple[int, Name], _Person] = {}
        self._by_word: dict[str, list[_Person]] = defaultdict(list)
        self._present: dict[int, dict[_Person, None]] = defaultdict(dict)
        mentions = [(number, mention) for number, each in enumerate(documents) for mention in each]
        for name in sorted({m.name for _, m in mentions if _is_full(m.name)}, key=lambda n: (-len(n), n)):
            self._enter(name)
        for document, mention in mentions:
            if person := self._full.get(mention.name):
                self._present[document][person] = None
                self._weigh(person, mention)
        short = {(document, m.name) for document, m in mentions if not _is_full(m.name)}
        fitting = {key: self._fitting(*key) for key in short}
        for document, mention in mentions:
            if not _is_full(mention.name):
                person = self._resolve(document, mention, fitting[document, mention.name])
                self._weigh(person, mention)
        numbers = 0
        for document, mention in mentions:
            person = self._person(document, mention)
            if person.number is None and not self._is_public(person, mention):
                numbers += 1
                person.number = numbers
        self._sought, self._sought_here = self._forms()

    def __repr__(self) -> str:
        return f"<People: {len(set(map(id, self._full.values()))) + len(self._short)} of a request>"

    def subject_of(self, name: str) -> int | None:
        """Return the number of the private person called ``name``; None if none or several are."""
        words = name_words(name)
        if words in self._full:
            return self._full[words].number
        fitting = [p for p in self._by_word.get(max(words, key=len, default=""), ()) if p.is_called(words)]
        fitting += [person for (_, short), person in self._short.items() if short == words]
        numbers = {person.number for person in fitting}
        return numbers.pop() if len(numbers) == 1 else None

    def resolve(self, document: int, segment: Segment, findings: Sequence[Finding]) -> list[Finding]:
        """Decide on the names in one segment of the ``document``-th of the request.

        Returns the findings without ``OFFICIAL`` and without names of officials; names of private people
        have their number, and places where a known name was not found are added.
        """
        resolved = [f for f in findings if f.entity not in (PERSON, OFFICIAL)]
        taken: list[Span] = []
        for mention, group in _places(segment, findings):
            taken += [finding.span for finding in group]
            person = self._person(document, mention)
            if self._is_public(person, mention):
                continue
            resolved += [replace(f, subject=person.number) for f in group if f.entity == PERSON]
        covered = _Cover(taken)
        resolved += [f for f in self._repeated(document, segment) if not covered.meets(f.span)]
        return resolved

    def _enter(self, name: Name) -> None:
        """Give a full name to the only person it fits, or to a new one. Longer names come first."""
        fitting = [p for p in self._by_word.get(name[-1], ()) if p.is_called(name)]
        person = fitting[0] if len(fitting) == 1 else _Person()
        person.names.add(name)
        self._full[name] = person
        for word in name:
            if person not in self._by_word[word]:
                self._by_word[word].append(person)

    def _weigh(self, person: _Person, mention: Mention) -> None:
        person.official += max(0.0, mention.official - 0.5)
        person.private += max(0.0, mention.private - _NEUTRAL)

    def _fitting(self, document: int, short: Name) -> list[_Person]:
        """Return those in the document who are called so; where several are, the only one by surname."""
        fitting = [p for p in self._present.get(document, ()) if p.is_called(short)]
        if len(fitting) > 1:
            by_surname = [p for p in fitting if any(n[-1] == short[-1] for n in p.names)]
            fitting = by_surname if len(by_surname) == 1 else []
        return fitting

    def _resolve(self, document: int, mention: Mention, fitting: Sequence[_Person]) -> _Person:
        """Return whom a short name means: the only one in the document who is called so, or someone else."""
        key = document, mention.name
        if len(fitting) == 1 and not (mention.official >= _SURE and fitting[0].private > 0):
            self._short.setdefault(key, fitting[0])
            return fitting[0]
        if key not in self._short:
            person = self._short[key] = _Person({mention.name})
            elsewhere = self._by_word.get(mention.name[-1], ())
            namesakes = [p for p in elsewhere if any(n[-1] == mention.name[-1] for n in p.names)]
            if namesakes and all(p.is_official for p in namesakes):
                person.official += 0.1
        return self._short[key]

    def _person(self, document: int, mention: Mention) -> _Person:
        return self._full.get(mention.name) or self._short[document, mention.name]

    @staticmethod
    def _is_public(person: _Person, mention: Mention) -> bool:
        """Whether the name stands here for an official: its own place decides where it is sure."""
        if mention.official >= _SURE or mention.private >= _SURE:
            return mention.official > mention.private
        return person.is_official or mention.private < 0.5

    def _forms(self) -> tuple[dict[str, dict[Name, int]], dict[int, dict[str, int]]]:
        """Return what is looked for in every document, by first word, and single words by document."""
        sought: dict[str, dict[Name, int]] = defaultdict(dict)
        here: dict[int, dict[str, int]] = defaultdict(dict)
        official = {n[-1] for p in self._full.values() if p.is_official for n in p.names}

        def seek(name: Name, number: int) -> None:
            if 1 < len(name) <= _LONGEST or (len(name) == 1 and _is_telling(name[0])):
                # Of several who are called so the first: a name is looked for once, however many have it.
                sought[name[0]].setdefault(name, number)

        for name, person in self._full.items():
            if person.number is None:
                continue
            for form in {name, (name[0], name[-1]), (name[-1], *name[:-1]), (name[0][0], name[-1])}:
                seek(form, person.number)
            if name[-1] not in official and len(name[-1]) > 3:
                seek(name[-1:], person.number)
        for document, present in self._present.items():
            called: dict[str, list[_Person]] = defaultdict(list)
            for person in present:
                for word in {w for n in person.names for w in (n[0], n[-1])}:
                    called[word].append(person)
            for word, people in called.items():
                if len(people) == 1 and people[0].number is not None:
                    here[document][word] = people[0].number
        for (document, name), person in self._short.items():
            if person.number is None:
                continue
            if len(name) == 1:
                here[document].setdefault(name[0], person.number)
                if len(name[0]) > 3 and name[0] not in official:
                    seek(name, person.number)
            elif len(max(name, key=len)) > 2:
                seek(name, person.number)
        return sought, here

    def _repeated(self, document: int, segment: Segment) -> Iterator[Finding]:
        """Yield the places where a known name stands; takes time linear in the text, and bounded memory."""
        here = self._sought_here.get(document, {})
        if not here and not self._sought:
            return
        start = 0
        while start < len(segment.text):
            stretch = segment.text[start : start + _STRETCH]
            margin = _MARGIN if start + _STRETCH < len(segment.text) else 0
            places, following = self._in_stretch(here, stretch, margin)
            for span, number in places:
                place = Span(start + span.start, start + span.end)
                yield Finding(segment.locator, place, PERSON, _REPEATED, "People", PATTERN, subject=number)
            start += following

    def _in_stretch(
        self, here: dict[str, int], stretch: str, margin: int
    ) -> tuple[list[tuple[Span, int]], int]:
        """Return where known names stand in a stretch of text, and where the next stretch begins."""
        normal = normalize(stretch)
        text = normal.text
        words = [(name_words(m[0]), m) for m in _WORD.finditer(text)]
        folded = [name[0] if name else "" for name, _ in words]
        places: list[tuple[Span, int]] = []
        at = 0
        while at < len(words):
            if words[at][1].start() >= len(text) - margin:
                return places, normal.original(*words[at][1].span())[0]
            length, number = self._longest_form(text, folded, words, at)
            if not length and folded[at] in here and _is_telling(folded[at]):
                length, number = 1, here[folded[at]]
            start, end = words[at][1].start(), words[at + max(length, 1) - 1][1].end()
            if length == 1 and not _stands_as_name(text, start, end):
                length = 0
            if length:
                places.append((Span(*normal.original(start, end)), number))
            at += max(length, 1)
        return places, len(stretch)

    def _longest_form(
        self, text: str, folded: list[str], words: list[tuple[Name, "re.Match[str]"]], at: int
    ) -> tuple[int, int]:
        length, number = 0, 0
        for name, owner in self._sought.get(folded[at], _NONE).items():
            if length < len(name) and folded[at : at + len(name)] == list(name):
                pieces = [m for _, m in words[at : at + len(name)]]
                gaps = [text[a.end() : b.start()] for a, b in pairwise(pieces)]
                if all(len(gap) <= 3 and gap.count("\n") <= 1 for gap in gaps) and (
                    any(m[0][0].isupper() for m in pieces) or not all(map(is_common, name))
                ):
                    length, number = len(name), owner
        return length, number


class _Cover:
    """Spans, to ask whether another one meets any of them."""

    def __init__(self, spans: Iterable[Span]) -> None:
        ordered = sorted(spans)
        self._starts = [span.start for span in ordered]
        self._furthest = list(accumulate((span.end for span in ordered), max))

    def meets(self, span: Span) -> bool:
        before = bisect_left(self._starts, span.end)
        return before > 0 and self._furthest[before - 1] > span.start


def mentions(segment: Segment, findings: Sequence[Finding]) -> Iterator[Mention]:
    """Yield what each place in a segment where names were found tells of them."""
    return (mention for mention, _ in _places(segment, findings))


def _places(segment: Segment, findings: Sequence[Finding]) -> Iterator[tuple[Mention, tuple[Finding, ...]]]:
    """Yield the places in a segment where names were found: overlapping findings are one place."""
    group: list[Finding] = []
    end = -1
    for finding in sorted(findings, key=lambda f: (f.span, -f.score)):
        if finding.entity not in (PERSON, OFFICIAL) or not (finding.entity == OFFICIAL or counts(finding)):
            continue
        if finding.span.start >= end and group:
            yield _mention(segment, group), tuple(group)
            group = []
        group.append(finding)
        end = max(end, finding.span.end)
    if group:
        yield _mention(segment, group), tuple(group)


def _mention(segment: Segment, group: Sequence[Finding]) -> Mention:
    best = max(group, key=lambda f: (len(f.span), f.score))
    name = name_words(normalize(segment.text[best.span.start : best.span.end]).text) or ("",)

    def score(entity: str) -> float:
        return max((f.score for f in group if f.entity == entity), default=0.0)

    return Mention(name, score(OFFICIAL), score(PERSON))


def _is_full(name: Name) -> bool:
    return len(name) > 1 and len(name[0]) > 1 and len(name[-1]) > 1


def _is_telling(word: str) -> bool:
    """Whether a single word may be looked for elsewhere."""
    return len(word) > 2 and not is_common(word)


def _stands_as_name(text: str, start: int, end: int) -> bool:
    """Whether a single word is capitalised and not the beginning of a street, company or the like."""
    return text[start].isupper() and not is_public_after(text, end)


def _fits(short: Name, long: Name) -> bool:
    """Whether ``short`` can be a shorter way to write ``long``: its words in order, some as initials."""
    words = iter(long)
    return all(any(word == w or (len(word) == 1 and w[0] == word) for w in words) for word in short)
