"""Names of people, and which of them act in office."""

from collections.abc import Iterator
from dataclasses import replace

from recognizers.entities import OFFICIAL
from recognizers.name_evidence import SIGNATURE, Evidence
from recognizers.name_initials import stand_ins
from recognizers.name_lexicon import english_words, given_names, surnames
from recognizers.name_mentions import Mention, mentions, words
from recognizers.name_offices import Office, in_office
from recognizers.name_subjects import subjects
from recognizers.plausibility import plausible
from recognizers.read_twice import SecondReader
from recognizers.recognizer import Hit, TextRecognizer
from recognizers.weighing import weights

PERSON = "PERSON"
KINDS = ("neither", PERSON, OFFICIAL)
"""What a mention can be, in the order of the weights."""
_REPORTED = 0.2
"""Least probability of being an official's at which a name is reported as such beside ``PERSON``."""
_SIGNED = 0.96
"""Score of an official's name in a signature block."""
_STATED = 1.0
"""Score of a name whose bearer the text itself says to be in office: more than any weighing gives."""
_NAMESAKE = 0.985
"""Score of the same name in other places of that text: what is very sure there outweighs it."""
_UNLIKELY = 0.6
"""Probability of being no name above which a mention is not reported."""
_FORMED = 0.62
"""Least score of what has the form of a name, where it is not likelier no name at all."""
_NOTHING = 0.8
"""How sure a second reader must be that a mention discloses nothing, so that it is not reported."""
_CERTAIN = 0.98
"""Probability of being a private person's from which no second reader is heard."""
_SOMETHING = 0.5
"""How sure of nothing a second reader may be where it confirms what lists and shape make a name."""


def _is_formed(mention: Mention) -> bool:
    """Whether a mention is a given name with a surname after it, at least one of them no word besides."""
    first, last = mention.first.folded, mention.last.folded
    named = len(mention.words) > 1 and first in given_names() and last in surnames()
    return named and not {first, last} <= english_words()


class NameRecognizer(TextRecognizer):
    """Finds names by lists, shape and what stands around them; says which are those of officials.

    A name is reported as ``PERSON``, and as ``OFFICIAL`` beside it as far as that is likely: whoever uses the
    recognizer weighs the two scores, also over all places where the same person is named.
    """

    ENTITIES = (PERSON, OFFICIAL)

    def __init__(self, second_reader: SecondReader | None = None) -> None:
        """Take one who is asked, if given, where lists and shape alone make a name likely."""
        super().__init__()
        self._second_reader = second_reader

    def find(self, text: str) -> Iterator[Hit]:
        """Yield a hit for each mention that is likely a name."""
        found = list(mentions(text, words(text)))
        collected = Evidence(text, found)
        private_ones = subjects(text, found)
        stated = in_office(text, found, collected.own, private_ones)
        initials = stand_ins(text, found)
        for index, mention in enumerate(found):
            office, how = stated.get(index), private_ones.get(index)
            for hit in self._hits(text, mention, collected.on(index), office, how):
                yield hit
                for start, end in initials.get(index, ()):
                    yield replace(hit, start=start, end=end)

    def _hits(
        self, text: str, mention: Mention, evidence: list[str], office: Office | None, how: str | None
    ) -> Iterator[Hit]:
        """Yield what a mention is: ``office`` and ``how`` are what the text states of it, if anything."""
        if office is not None:
            score = _STATED if office.is_here else _NAMESAKE
            yield Hit(OFFICIAL, mention.start, mention.end, score, "stated office", office.how)
        weighed = weights("name")
        neither, private, official = weighed.probabilities(evidence)
        if neither > _UNLIKELY or not plausible(text, PERSON, mention.start, mention.end):
            return
        if how is not None:
            yield Hit(PERSON, mention.start, mention.end, _STATED, "stated part", how)
            return
        nothing = self._second_reader(text, mention.start, mention.end) if self._second_reader else None
        if nothing is not None and nothing >= _NOTHING and private < _CERTAIN:
            return
        cue = weighed.weightiest(evidence, 1)
        confirmed = nothing is not None and nothing < _SOMETHING
        formed = _is_formed(mention) or "after a courtesy" in evidence
        least = _FORMED if formed or confirmed else 0.5
        yield Hit(PERSON, mention.start, mention.end, max(private, least), "name", cue)
        if SIGNATURE in evidence:
            yield Hit(OFFICIAL, mention.start, mention.end, _SIGNED, "signature block", SIGNATURE)
        elif official >= _REPORTED:
            cue = weighed.weightiest(evidence, 2)
            yield Hit(OFFICIAL, mention.start, mention.end, official, "official's name", cue)
