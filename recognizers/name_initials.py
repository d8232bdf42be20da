"""Initials that stand for a name in a transcript: ``Present: Jane Roe (JR)``, and ``JR: At home.`` below.

Where a transcript defines none, they stand for the only one in it whose name begins so.
"""

import re
from collections import defaultdict
from collections.abc import Mapping, Sequence

from recognizers.name_mentions import Mention

Place = tuple[int, int]
"""Start and end of initials in the text."""

_DEFINED = re.compile(r"[ ]\(([A-Z]{2,3})\)")
_TURN = re.compile(
    r"^[ ]{0,9}(?:\[?\d[\d/:.-]{2,10}\]?,?(?:[ ]?[AaPp]\.?[Mm]\.?)?[ ]{1,3}){0,2}([A-Z]{2,3})[ ]?:(?=\s)",
    re.MULTILINE,
)
"""Where somebody's words begin, perhaps after the day and the time."""
_FEWEST_TURNS = 3
"""Turns that tell a speaker's initials from a label of two letters."""


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
    turns: dict[str, list[Place]] = defaultdict(list)
    for turn in _TURN.finditer(text):
        turns[turn[1]].append(turn.span(1))
    for letters, places in turns.items():
        who = bearers.get(letters) or (_only(letters, mentions) if len(places) >= _FEWEST_TURNS else ())
        for index in who:
            found.setdefault(index, []).extend(places)
    return found


def _only(letters: str, mentions: Sequence[Mention]) -> Sequence[int]:
    """Return where the only one in a text is named whose whole name has the initials; nothing if several."""
    named = [
        index
        for index, mention in enumerate(mentions)
        if len(mention.words) >= len(letters) and _are_initials(letters.lower(), mention)
    ]
    names = {(mentions[index].first.folded, mentions[index].last.folded) for index in named}
    return named if len(names) == 1 else ()


def _are_initials(letters: str, mention: Mention) -> bool:
    return letters[0] == mention.first.folded[:1] and letters[-1] == mention.last.folded[:1]
