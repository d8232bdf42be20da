"""Forms: whether a form asks what it may not (Pasadena AA 2.b, 2.c.iv; Pasadena Police, Procedure 1.A).

It looks for what asks: a blank after a label, a box to tick, a question to the reader, an instruction to
state or to ask. Talk about the matter, and a promise not to ask, is none of these.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cache
from typing import Literal

from redact.authority import BasisKind, LegalBasis
from redact.legal_basis import covers, shortfalls
from redact.parties import Requester
from redact.phrases import compiled, lexicon
from redact.policy import PolicyStack
from redact.request import Request

REQUIRED_BY: tuple[BasisKind, ...] = (
    "federal_statute",
    "state_statute",
    "regulation",
    "court_decision",
    "court_order",
)
"""What can require such a question (Pasadena AA 2.c.iv; an ordinance cannot, nor can consent)."""

_BLANK = r"(?:_{2,}|\.{4,}|…{2,}|[☐☑☒□▢◯○❑❏]|\[[ \t]*\]|\([ \t]*\))"
_FIELD = re.compile(rf"[^.?!\n]{{0,60}}?(?:{_BLANK}|:[ \t]*(?={_BLANK}|\||$)|\|[ \t]*(?:\||$))")
_TICKED = re.compile(rf"{_BLANK}[^.?!\n]{{0,60}}$")
_COLUMN = re.compile(r"\t|\s{3,}|\|")
_SENTENCE = re.compile(r"[^.?!\n]*(?:\n(?![ \t]*\n)[^.?!\n]*)*[.?!]?")


@dataclass(frozen=True, slots=True)
class FormProblem:
    """A place where a form asks what it may not ask without a recorded basis."""

    line: int
    """Counted from 1."""
    topic: str
    entity: str
    severity: Literal["flag", "warn"]
    """``flag``: may not go out; ``warn``: only where it is necessary to perform a public duty."""
    clauses: tuple[str, ...]
    message: str


def check_form(
    text: str,
    basis: Sequence[LegalBasis] = (),
    *,
    stack: PolicyStack,
    on: date,
    name: str = "",
) -> list[FormProblem]:
    """Return what a form asks without a basis, by line; empty if nothing.

    ``basis`` are the recorded legal bases: one counts if it is of a kind that can require the question, is in
    force and verified on the day ``on``, and its scope covers the entity and the form's ``name``.
    """
    problems: dict[tuple[int, str], FormProblem] = {}
    # The dots of "U.S." end no sentence; the text keeps its length.
    plain = re.sub(r"\b(?:[A-Za-z]\.){2,}", lambda m: m[0].replace(".", "·"), text)
    for topic, terms, other in _lexicon().topics:
        if any(_requires(one, topic.entity, stack, on, name) for one in basis):
            continue
        lookalikes = [match.span() for match in other.finditer(plain)] if other else []
        for start in _asking(plain, terms):
            if any(low <= start < high for low, high in lookalikes):
                continue
            line = text.count("\n", 0, start) + 1
            message = (
                f"asks for {topic.title}; record the statute, regulation or court decision that requires it, "
                "or take it out"
            )
            problems.setdefault(
                (line, topic.id),
                FormProblem(line, topic.id, topic.entity, topic.severity, topic.clauses, message),
            )
    return [problems[key] for key in sorted(problems)]


def _requires(basis: LegalBasis, entity: str, stack: PolicyStack, on: date, name: str) -> bool:
    # No person asks here, who could have verified the basis: the form does.
    form = Request(id="form", received=on, decided_on=on, requester=Requester(name="the form"))
    return (
        basis.kind in REQUIRED_BY
        and not any(shortfalls(basis, form, stack))
        and covers(basis, stack, entity=entity, document=name or None, subjects=None)
    )


def _asking(text: str, pattern: re.Pattern[str]) -> Iterator[int]:
    """Yield where a term stands in something that asks."""
    told, promised = _lexicon().told, _lexicon().promised
    lines = [(match.start(), match.end()) for match in re.finditer(r"[^\n]*", text)]
    for sentence in _SENTENCE.finditer(text):
        if not sentence[0].strip():
            continue
        for term in pattern.finditer(sentence[0]):
            start = sentence.start() + term.start()
            begin, end = next((a, b) for a, b in lines if a <= start <= b)
            before, after = text[begin:start], text[sentence.start() + term.end() : end]
            if promised.search(sentence[0]):
                continue
            if (
                _is_field(text, after, end)
                or _TICKED.search(before)
                or _is_column(before, term[0], after)
                or _is_question(sentence[0])
                or told.match(sentence[0].strip())
                or told.match(text[begin:end].strip())
            ):
                yield start


def _is_field(text: str, after: str, end: int) -> bool:
    """Whether a blank to fill in follows; a heading with a colon above a sentence is none."""
    if not _FIELD.match(after):
        return False
    following = text[end:].lstrip("\n").split("\n\n", 1)[0].strip()
    is_heading = after.rstrip().endswith(":") and not re.search(_BLANK, after)
    return not (is_heading and len(following.split()) >= 5 and re.search(r"[.!]\s*$", following))


def _is_column(before: str, term: str, after: str) -> bool:
    """Whether the term is a label of its own in a row of labels."""
    cells = [cell.strip() for cell in _COLUMN.split(f"{before}{term}{after}") if cell.strip()]
    return len(cells) > 1 and term.strip() in cells and all(len(cell.split()) <= 4 for cell in cells)


def _is_question(sentence: str) -> bool:
    lexicon = _lexicon()
    asks = sentence.rstrip().endswith("?") and lexicon.asked.search(sentence)
    return bool(asks) and not lexicon.about.search(sentence)


@dataclass(frozen=True, slots=True)
class _Topic:
    id: str
    title: str
    entity: str
    severity: Literal["flag", "warn"]
    clauses: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class _Lexicon:
    topics: tuple[tuple[_Topic, re.Pattern[str], re.Pattern[str] | None], ...]
    """Each with its terms, and with what only looks like one."""
    told: re.Pattern[str]
    asked: re.Pattern[str]
    about: re.Pattern[str]
    promised: re.Pattern[str]


@cache
def _lexicon() -> _Lexicon:
    data = lexicon("forms")
    topics = (
        (
            _Topic(entry["id"], entry["title"], entry["entity"], entry["severity"], tuple(entry["clauses"])),
            compiled(entry["terms"]),
            compiled(entry["except"]) if "except" in entry else None,
        )
        for entry in data["topic"]
    )
    asking = data["asking"]
    please, told = (compiled(asking[key]).pattern for key in ("please", "told"))
    no, verbs, anyway = (compiled(asking[key]).pattern for key in ("not", "verbs", "anyway"))
    return _Lexicon(
        tuple(topics),
        re.compile(rf"\W*(?:(?:\d+|[a-z])[.)]\s*)?(?:{please}[,\s]+)?{told}", re.IGNORECASE),
        compiled(asking["asked"]),
        compiled(asking["about"]),
        re.compile(rf"{no}\s+(?:\w+\s+){{0,3}}?{verbs}|{anyway}", re.IGNORECASE),
    )
