"""Letters: what the requester is told, as a Word document.

A letter that denies anything names the person responsible and their title, and cites for each thing withheld
the law on which it is withheld (Gov. Code §§ 7922.000, 7922.535, 7922.540); without these it is not written.
It holds no found value, and nothing of a document but the name under which the records speak of it.
"""

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from importlib import resources
from pathlib import Path
from typing import Literal, get_args

from redact.citation import is_law
from redact.deadlines import deadlines, determination_due, extended_until
from redact.decision import Decision
from redact.determination import Determination, DocumentDetermination
from redact.errors import LetterError
from redact.extension import CIRCUMSTANCES
from redact.parties import RECORD_SUBJECT
from redact.policy import PolicyStack
from redact.request import Request
from redact.rule import Action
from redact.template import Value, fill

Kind = Literal["granted", "partly_denied", "denied", "referral", "extension"]
KINDS: tuple[Kind, ...] = get_args(Kind)
"""The kinds of letters; each has a template of that name."""

_REDACTED = (Action.mask, Action.redact)


def kind_of(determination: Determination) -> Kind:
    """Return which letter a determination takes."""
    if determination.decision.action >= Action.refer:
        return "referral" if determination.decision.action is Action.refer else "denied"
    documents = determination.documents
    if any(document.outcome < Action.refer for document in documents):
        whole = all(document.outcome is Action.release for document in documents)
        return "granted" if whole else "partly_denied"
    if any(document.outcome is Action.withhold and document.decision.rules for document in documents):
        return "denied"
    return "referral" if documents else "granted"


def letter(
    determination: Determination,
    request: Request,
    stack: PolicyStack,
    templates: Path | None = None,
    *,
    city: str = "City",
    available_on: date | None = None,
) -> bytes:
    """Return the letter about a determination as a DOCX: the same bytes for the same arguments.

    ``templates`` is a folder of the city's own templates, named after the kinds; where it has none, ours is
    used. ``available_on`` is when the records can be had, if they do not come with the letter.

    Raises ``LetterError`` where something is missing that the letter must say, or a template cannot be
    filled.
    """
    values = common_values(request, city)
    values |= _Grounds(determination, request, stack).values(available_on)
    template = template_of(kind_of(determination), templates)
    title = f"Determination of {request.id}"
    return fill(template, values, dated=request.decided_on, author=city, title=title)


def extension_notice(request: Request, templates: Path | None = None, *, city: str = "City") -> bytes:
    """Return the notice of a request's extension as a DOCX; no determination is needed.

    Raises ``LetterError`` as ``letter`` does, and where the request has no extension; ``RequestError`` where
    the extension is one that the law does not allow.
    """
    extension = request.extension
    if extension is None:
        raise LetterError("no notice without an extension: add [extension] to the request file")
    values = common_values(request, city)
    until = extended_until(request.received, extension, request.closures)
    values["date"] = _long(extension.noticed_on)
    expected = [f"The determination is expected to be dispatched on {_long(until)}."]
    values["extended_until"] = [*expected, _installments(request.rolling)] if request.rolling else expected
    reasons = [CIRCUMSTANCES[reason] for reason in dict.fromkeys(extension.reasons)]
    values["reasons"] = [f"{reason[0].upper()}{reason[1:]}." for reason in reasons]
    template, title = template_of("extension", templates), f"Extension of {request.id}"
    return fill(template, values, dated=extension.noticed_on, author=city, title=title)


def common_values(request: Request, city: str) -> dict[str, Value]:
    """Return what every letter says; raises ``LetterError`` where nobody is responsible for it."""
    responsible = request.responsible
    if responsible is None or not responsible.name.strip() or not responsible.title.strip():
        raise LetterError(
            "no letter without the person responsible for the determination (Gov. Code § 7922.540): add "
            'responsible = { name = "...", title = "..." } to the request file'
        )
    return {
        "city": city,
        "office": request.processed_by or "City Clerk",
        "date": _long(request.decided_on),
        "requester": request.requester.name or "Requester",
        "request_id": request.id,
        "received": _long(request.received),
        "responsible_name": responsible.name,
        "responsible_title": responsible.title,
        "due": _long(determination_due(request.received, request.closures)),
        "due_clause": _due_clause(request),
        **dict.fromkeys(_LISTS, ()),
    }


def _due_clause(request: Request) -> str:
    """Say by when the determination is due, where the Public Records Act says so."""
    for deadline in deadlines(request, request.decided_on):
        if deadline.matter == "determination":
            extended = " as extended" if request.extension else ""
            return f"; the determination{extended} was due by {_long(deadline.due)}"
    return ""


_LISTS = (
    "exemption", "available", "grounds", "withheld", "referred", "offices", "pending", "needed", "reasons",
    "extended_until", "rights", "withheld_heading", "referred_heading", "pending_heading", "needed_heading",
)  # fmt: skip


@dataclass(frozen=True)
class _Grounds:
    """What a determination withholds, and on which grounds, in the words of a letter."""

    determination: Determination
    request: Request
    stack: PolicyStack

    def values(self, available_on: date | None) -> dict[str, Value]:
        """Return the values of the placeholders that depend on the determination."""
        whole = self.determination.decision
        values: dict[str, Value] = {"exemption": (), "offices": self._offices()}
        needed = tuple(dict.fromkeys((*whole.missing, *self.determination.requester.missing)))
        if whole.action >= Action.refer:
            # The documents of a request that is refused or referred as a whole are not spoken of one by one.
            if whole.action is Action.withhold:
                values["grounds"] = [self._ground(whole, "the request"), *whole.reasons]
                values["rights"] = self._rights()
        else:
            values |= self._documents(available_on)
        # The contact record is the office's own to complete, not the requester's.
        values["needed"] = [
            f"{item[0].upper()}{item[1:]}" for item in needed if "record of the contact" not in item
        ]
        for name, heading in _HEADINGS.items():
            values[f"{name}_heading"] = [heading] if values.get(name) else []
        return values

    def _documents(self, available_on: date | None) -> dict[str, Value]:
        some_released = False
        counts: Counter[str] = Counter()
        withheld: list[str] = []
        referred: list[str] = []
        pending: list[str] = []
        for document in self.determination.documents:
            decision = document.decision
            why = " ".join(decision.reasons)
            if document.outcome < Action.refer:
                some_released = True
                self._count(document, counts)
            elif document.outcome is Action.refer:
                referred.append(f"{document.name}: to be decided by {_and(decision.referrals)}. {why}")
            elif decision.rules:
                withheld.append(f"{document.name}: {self._ground(decision, document.name)}. {why}")
            else:
                pending.append(f"{document.name}: {why}")
        values: dict[str, Value] = {
            "exemption": self._redactions(counts),
            "withheld": withheld,
            "referred": referred,
            "pending": pending,
        }
        if some_released:
            values["available"] = list(self._available(available_on))
        if withheld or values["exemption"]:
            values["rights"] = self._rights()
        return values

    def _available(self, available_on: date | None) -> Iterator[str]:
        if available_on:
            yield f"The records will be available on {_long(available_on)}."
        else:
            yield "The records accompany this letter."
        if copy := self.determination.copy:
            yield (
                "They are a controlled copy for the purpose that was stated, stamped so, and expire on "
                f"{_long(copy.expires_on)}: return or destroy them by then, and pass them on to nobody."
            )

        further = [day for day in self.request.rolling if day > self.request.decided_on]
        if further:
            yield _installments(further)

    def _count(self, document: DocumentDetermination, counts: Counter[str]) -> None:
        """Count how often a released document needed each exemption."""
        for _, decision in document.findings:
            if decision.action in _REDACTED:
                self._ground(decision, document.name)
                counts.update(decision.exemptions)

    def _redactions(self, counts: Counter[str]) -> list[dict[str, str]]:
        """One row for each exemption, in the order of the policies, with how often it was used."""
        order = list(self.stack.exemptions)
        return [
            {
                "citation": self.stack.exemptions[exemption].citation,
                "subject": self.stack.exemptions[exemption].subject,
                "marking": self.stack.exemptions[exemption].marking,
                "count": str(counts[exemption]),
            }
            for exemption in sorted(counts, key=order.index)
        ]

    def _ground(self, decision: Decision, what: str) -> str:
        """Say on what something is withheld; raises ``LetterError`` where that does not suffice."""
        unknown = [exemption for exemption in decision.exemptions if exemption not in self.stack.exemptions]
        if unknown:
            raise LetterError(
                f"{what}: the exemption {unknown[0]!r} is in no policy of the stack; declare it"
            )
        if decision.exemptions:
            citations = [self.stack.exemptions[exemption].citation for exemption in decision.exemptions]
            if self._public and not any(map(is_law, citations)):
                raise LetterError(
                    f"{what}: withheld from the public under {_and(citations)} alone; a city's policy is no "
                    "exemption: add the statute to the policies, or ask the City Attorney"
                )
            return "; ".join(citations)
        if decision.clauses and not self._public:
            return "; ".join(
                f"{policy.title}, {rule.clause}"
                for policy in (*self.stack.policies, self.stack.floor)
                for rule in policy.rule
                if rule.id in decision.rules
            )
        raise LetterError(
            f"{what}: something is withheld and no exemption is cited; find the ground or release it, and "
            "say so in the policies or in [[terms]]"
        )

    @property
    def _public(self) -> bool:
        """Whether the Public Records Act governs the answer."""
        return (
            self.determination.requester.category in ("general_public", RECORD_SUBJECT)
            or self.request.purpose.kind == "public_records"
        )

    def _rights(self) -> list[str]:
        return [_RIGHTS] if self._public else []

    def _offices(self) -> list[str]:
        return list(self.determination.referrals)


_RIGHTS = (
    "If you disagree, you may write to this office, or ask a court to review this determination (Gov. Code § "
    "7923.000)."
)
_HEADINGS = {
    "withheld": "The following records are withheld in full:",
    "referred": "The following records were referred and are still to be decided:",
    "pending": "The following records could not yet be examined in full and are being reviewed:",
    "needed": "What stands in the way, and what would be needed:",
}


def _installments(days: Sequence[date]) -> str:
    return (
        f"Further records are expected to be made available as they are ready, on {_and(map(_long, days))}."
    )


def template_of(kind: str, folder: Path | None) -> bytes:
    """Return a template, the city's own or ours; raises ``LetterError`` where it cannot be read."""
    if folder is not None:
        if not folder.is_dir():
            raise LetterError(f"{folder.name} is not a folder of templates; name one, or leave it out")
        own = folder / f"{kind}.docx"
        if own.exists():
            try:
                return own.read_bytes()
            except OSError as error:
                raise LetterError(f"cannot read the template {own.name}: {error.strerror}") from None
    return (resources.files("redact") / "templates" / f"{kind}.docx").read_bytes()


def _and(items: Iterable[str]) -> str:
    listed = list(items)
    return " and ".join([", ".join(listed[:-1]), listed[-1]] if len(listed) > 1 else listed)


def _long(day: date) -> str:
    """Write a date as American letters do, whatever the locale."""
    months = (
        "January", "February", "March", "April", "May", "June", "July", "August", "September", "October",
        "November", "December",
    )  # fmt: skip
    return f"{months[day.month - 1]} {day.day}, {day.year}"
