"""Redactions: what is taken out of a document and what is printed in its place."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from recognizers.stretches import LENGTH, Text, at_spaces
from redact.determination import Decision
from redact.document import Document, Span
from redact.finding import Finding
from redact.policy import Action

_AT_ONCE = 100
"""Redactions that Presidio gets at a time: it compares each with each, and copies the text for each."""
LAST_DIGITS = 4
"""Digits of a card number that masking leaves (PCI DSS 3.4.1 allows no more at its end)."""


@dataclass(frozen=True, slots=True)
class Redaction:
    """The removal of a span of a segment, once the gate has decided it."""

    locator: str
    """The segment's locator."""
    span: Span
    """The characters that go. For a masked card number, all but the last four digits."""
    marking: str
    """What is printed in their place: the exemption, such as ``Gov. 7922.200``."""


@dataclass(frozen=True, slots=True)
class Grounded:
    """A redaction with the findings and decisions that it carries out: one row of the withholding log."""

    redaction: Redaction
    grounds: tuple[tuple[Finding, Decision], ...]


def redactions(document: Document, decided: Iterable[tuple[Finding, Decision]]) -> tuple[Grounded, ...]:
    """Turn the decisions about a document's findings into redactions that do not overlap.

    What overlaps becomes one redaction, marked with each of its exemptions. Adding a decision that removes
    something never uncovers a character.
    """
    texts = {segment.locator: segment.text for segment in document.segments}
    removals: dict[str, list[tuple[Span, Finding, Decision]]] = {}
    for finding, decision in decided:
        if decision.action is Action.release or finding.locator not in texts:
            continue
        span: Span | None = finding.span
        if decision.action is Action.mask:
            span = _all_but_last_digits(texts[finding.locator], finding.span)
        if span is not None:
            removals.setdefault(finding.locator, []).append((span, finding, decision))
    return tuple(
        grounded
        for locator, group in removals.items()
        for grounded in _united(locator, texts[locator], group)
    )


def _united(locator: str, text: Text, group: list[tuple[Span, Finding, Decision]]) -> list[Grounded]:
    united: list[tuple[Span, list[tuple[Finding, Decision]]]] = []
    for span, finding, decision in sorted(group, key=lambda g: g[0]):
        if united and span.start < united[-1][0].end:
            last, grounds = united[-1]
            united[-1] = (Span(last.start, max(last.end, span.end)), [*grounds, (finding, decision)])
        else:
            united.append((span, [(finding, decision)]))
    return [Grounded(Redaction(locator, span, _marking(grounds)), tuple(grounds)) for span, grounds in united]


def _marking(grounds: Sequence[tuple[Finding, Decision]]) -> str:
    return (
        "; ".join(dict.fromkeys(decision.marking for _, decision in grounds if decision.marking))
        or "Withheld"
    )


def _all_but_last_digits(text: Text, span: Span) -> Span | None:
    """The part of a card number that masking removes, or all of it where it shows no more than the rest."""
    value = text[span.start : span.end]
    places = [index for index, character in enumerate(value, span.start) if character.isdigit()]
    if len(places) <= 2 * LAST_DIGITS:
        return span
    return Span(span.start, places[-LAST_DIGITS])


def apply(text: Text, redactions: Sequence[Redaction]) -> str:
    """Return ``text`` with each redaction's span replaced by its marking in brackets.

    Redactions must lie within ``text`` and not overlap; raises ``ValueError`` otherwise.
    """
    return "".join(applied(text, redactions))


def applied(text: Text, redactions: Sequence[Redaction]) -> Iterator[str]:
    """Yield what ``apply`` returns, a piece at a time."""
    ordered = sorted(redactions, key=lambda r: r.span)
    if not ordered:
        yield from at_spaces(text)
        return
    limits = [*(redaction.span.start for redaction in ordered[1:]), len(text)]
    if any(redaction.span.end > limit for redaction, limit in zip(ordered, limits, strict=True)):
        raise ValueError("redactions overlap or lie outside the text")
    # Imported here: it brings a cryptography library that only a run with redactions needs.
    from presidio_anonymizer import AnonymizerEngine
    from presidio_anonymizer.entities import OperatorConfig, RecognizerResult

    engine = AnonymizerEngine()  # type: ignore[no-untyped-call]
    done = 0
    for group in _near(ordered):
        begin, end = group[0].span.start, group[-1].span.end
        yield from at_spaces(text, done, begin)
        results = [
            RecognizerResult(str(n), r.span.start - begin, r.span.end - begin, 1.0)
            for n, r in enumerate(group)
        ]
        operators = {
            str(n): OperatorConfig("replace", {"new_value": f"[{r.marking}]"}) for n, r in enumerate(group)
        }
        yield str(engine.anonymize(text[begin:end], results, operators).text)
        done = end
    yield from at_spaces(text, done)


def _near(ordered: Sequence[Redaction]) -> Iterator[list[Redaction]]:
    """Yield redactions in groups of which none is long, nor reaches far."""
    group: list[Redaction] = []
    for redaction in ordered:
        if group and (len(group) == _AT_ONCE or redaction.span.end - group[0].span.start > LENGTH):
            yield group
            group = []
        group.append(redaction)
    yield group
