"""Payment cards of which only the end is shown: masked numbers, and last fours behind a card."""

import re
from collections.abc import Iterator

from recognizers.leads import led
from recognizers.reading import Reading
from recognizers.recognizer import Hit

_MASKED = re.compile(r"(?<![\w*])(?:[Xx*#•]{4}[ -]?){2,3}[Xx*#•]{0,3}\d{4}(?!\w)")
_NO_PAYMENT = ("library", "security", "ss", "ssn", "ebt", "wic", "gas", "snap", "bus")
"""Words right before a card that pays for nothing, or as public assistance only."""
_ENDING = led(
    "".join(f"(?<!{word}[ ])" for word in _NO_PAYMENT)
    + r"\b(?:card|visa|amex|mastercard|token)\b[^\n\d.;…*]{0,24}?"
    r"(?:\b(?:end(?:s|ing|ed)?|tail)[ ](?:in[ ]|with[ ])?[*xX.…]{0,4}|[ ](?:\.{2,3}|…|\*{1,4}|[xX]{1,4}))"
    r"(?P<tail>\d{4})(?![\w/%]|[-.,]\d|[ ](?:cards?|library)\b)",
    r"card|visa|amex|mastercard|token",
    re.IGNORECASE,
)
_TAIL = re.compile(r"(?<![\w$/.])[-*xX#.…]{0,12}(\d{4})(?![\w/%]|[-.,]\d)")
_CARD = frozenset({"card"})
_ENDS = re.compile(r"\bend|tail|last", re.IGNORECASE)


def card_ends(reading: Reading) -> Iterator[Hit]:
    """Yield them, kind by kind: ``XXXX-XXXX-XXXX-7719``, ``card on file ends 7719``, ``card ending 7719``."""
    for match in _MASKED.finditer(reading.text):
        yield Hit("CREDIT_CARD", match.start(), match.end(), 0.8, "masked card number")
    for match in _ENDING.finditer(reading.text):
        yield Hit("CREDIT_CARD", *match.span("tail"), 0.8, "last four behind a card")
    for index, cue in reading.cues_of(_CARD):
        if not _ENDS.search(cue.name):
            continue
        slot = reading.after(index, reach=16)
        tail = _TAIL.search(reading.text, slot.start, slot.limit + 8)
        if tail:
            yield Hit("CREDIT_CARD", tail.start(), tail.end(), 0.8, "last four of card", cue.name)
