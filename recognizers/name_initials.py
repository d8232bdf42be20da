"""Initials that stand for a name in a transcript: ``Present: Jane Roe (JR)``, and ``JR: At home.`` below."""

import re
from collections import defaultdict
from collections.abc import Mapping, Sequence

from recognizers.name_mentions import Mention

Place = tuple[int, int]
"""Start and end of initials in the text."""

_DEFINED = re.compile(r"[ ]\(([A-Z]{2,3})\)")
_TURN = re.compile(r"^[ ]{0,9}(?:\[?\d{1,2}(?::\d\d){1,2}\]?[ ]{1,3})?([A-Z]{2,3})[ ]?:(?=\s)", re.MULTILINE)
"""Where somebody's words begin, perhaps after the time."""


def stand_ins(text: str, mentions: Sequence[Mention]) -> Mapping[int, Sequence[Place]]:
    """Return where initials stand for a mention, by its index in ``mentions``.

    That is in brackets after the whole name, and where a line of that text begins with them and a colon.
    Nothing else is taken: ``PD`` in the middle of a sentence is the police.
    """
    found: dict[int, list[Place]] = {}
    bearers: dict[str, list[int]] = defaultdict(list)
    for index, mention in enumerate(mentions):
        defined = _DEFINED.match(text, mention.end)
        if defined and len(mention.words) > 1 and _are_initials(defined[1].lower(), mention):
            found[index] = [defined.span(1)]
            bearers[defined[1]].append(index)
    if bearers:
        for turn in _TURN.finditer(text):
            for index in bearers.get(turn[1], ()):
                found[index].append(turn.span(1))
    return found


def _are_initials(letters: str, mention: Mention) -> bool:
    return letters[0] == mention.first.folded[:1] and letters[-1] == mention.last.folded[:1]
