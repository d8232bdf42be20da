"""The request: who asks for what, for which purpose and on which recorded authority.

The names here are the public contract of the request file (TOML, or the same as JSON).
"""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any, ClassVar, Literal

from pydantic import ConfigDict, StrictBool, TypeAdapter, ValidationError

from recognizers.entities import ENTITIES
from redact.authority import Agreement, Authorization, LegalBasis, Review
from redact.datafile import STRICT, Day, Moment, explain, from_json, from_toml
from redact.errors import RequestError
from redact.extension import Extension
from redact.parties import FEDERAL_IMMIGRATION_AUTHORITY, Arrest, Election, Requester, Responsible, Tenure
from redact.production import Bates, Copy, Region
from redact.purpose import PUBLIC_RECORDS, Purpose
from redact.sampling import Sampling


@dataclass(frozen=True, slots=True)
class Contact:
    """The record of a contact with a federal immigration authority (Pasadena Police, Procedure 3.B)."""

    __pydantic_config__: ClassVar[ConfigDict] = STRICT
    at: Moment | None = None
    officer: str = ""
    officials: tuple[str, ...] = ()
    purpose: str = ""
    outcome: str = ""

    @property
    def lacking(self) -> tuple[str, ...]:
        """The names of the fields that are still empty."""
        stated = {
            "at": self.at is not None,
            "officer": bool(self.officer.strip()),
            "officials": bool(self.officials) and all(name.strip() for name in self.officials),
            "purpose": bool(self.purpose.strip()),
            "outcome": bool(self.outcome.strip()),
        }
        return tuple(name for name, known in stated.items() if not known)


@dataclass(frozen=True, slots=True)
class Term:
    """A text to redact, or to keep, wherever it stands."""

    __pydantic_config__: ClassVar[ConfigDict] = STRICT
    text: str = field(repr=False)
    action: Literal["redact", "keep"] = "redact"
    exemption: str = ""
    """Id of the exemption to cite; required for ``redact``."""


@dataclass(frozen=True, slots=True)
class RecordType:
    """What the documents of a name pattern are, where the clerk says so."""

    __pydantic_config__: ClassVar[ConfigDict] = STRICT
    match: str
    """A shell-style pattern of document names."""
    record_type: str


@dataclass(frozen=True, slots=True)
class Request:
    """One request for records, as its request file states it."""

    __pydantic_config__: ClassVar[ConfigDict] = STRICT
    id: str
    received: Day
    requester: Requester
    decided_on: Day = field(default_factory=date.today)
    policies: tuple[str, ...] = ()
    """The stack of policies; empty: the site's default."""
    roster: tuple[Tenure, ...] = ()
    """Who works for the City and until when; empty: the request's own word is taken."""
    processed_by: str = ""
    responsible: Responsible | None = None
    purpose: Purpose = PUBLIC_RECORDS
    legal_basis: tuple[LegalBasis, ...] = ()
    authorization: tuple[Authorization, ...] = ()
    agreement: tuple[Agreement, ...] = ()
    review: tuple[Review, ...] = ()
    contact: Contact | None = None
    terms: tuple[Term, ...] = ()
    elections: tuple[Election, ...] = ()
    arrests: tuple[Arrest, ...] = ()
    """Persons arrested, beside those of whom the documents say so."""
    documents: tuple[RecordType, ...] = ()
    regions: tuple[Region, ...] = ()
    bates: Bates | None = None
    copy: Copy | None = None
    strict: StrictBool = False
    """Whether pages also hide how wide the removed words were: what follows on their line moves."""
    slip_sheets: StrictBool = False
    """Whether a page that says why takes the place of each document that is withheld."""
    delivery: StrictBool = False
    """Whether what leaves to the requester also lies in the package as one file."""
    extension: Extension | None = None
    rolling: tuple[Day, ...] = ()
    """Days on which further records are expected to be made available, where they are not ready at once."""
    sample: Sampling | None = None
    """How sure to be of the documents that leave as they are; a person reads those that are drawn."""
    closures: tuple[Day, ...] = ()
    """Days on which the office is closed all day, beside weekends and judicial holidays."""

    def is_enforcement(self, category: str | None = None) -> bool:
        """Whether a federal immigration authority asks, or somebody for its purposes.

        It asks where the request declares so, and where ``category``, as what the requester was found to be,
        is that authority: neither takes the other back.
        """
        return (
            FEDERAL_IMMIGRATION_AUTHORITY in (self.requester.category, category)
            or self.purpose.kind == "immigration_enforcement"
        )

    def check_terms(self, category: str | None = None) -> None:
        """Raise ``RequestError`` where a term keeps something and ``is_enforcement`` of ``category``."""
        for index, term in enumerate(self.terms, 1):
            if term.action == "keep" and self.is_enforcement(category):
                raise RequestError(
                    f"terms {index}: nothing is kept for immigration enforcement beyond a judge's order; "
                    "state the order as a legal basis"
                )

    @classmethod
    def load(cls, path: Path | str, *, today: date | None = None) -> "Request":
        """Read a request file, TOML or JSON by its ending.

        Raises ``RequestError`` where it cannot be read or understood; nothing else is read before that.
        """
        path = Path(path)
        try:
            text = path.read_text(encoding="utf-8")
        except (OSError, UnicodeDecodeError) as error:
            raise RequestError(f"cannot read the request file {path.name}: {_reason(error)}") from None
        return cls.parse(from_json(text) if path.suffix.lower() == ".json" else from_toml(text), today=today)

    @classmethod
    def parse(cls, data: Mapping[str, Any], *, today: date | None = None) -> "Request":
        """Check a request given as a mapping; ``today`` stands in for an omitted ``decided_on``.

        Raises ``RequestError`` naming the key that is unknown, missing or impossible.
        """
        if not isinstance(data, Mapping):
            raise RequestError("a request file holds one table of keys; see the README")
        try:
            request = _adapter().validate_python(dict(data))
        except ValidationError as error:
            raise RequestError(explain(error, Request)) from None
        if "decided_on" not in data and today is not None:
            request = replace(request, decided_on=today)
        request._check()
        return request

    def _check(self) -> None:
        if not self.id.strip() or not set(self.id) <= _ID_CHARACTERS:
            raise RequestError(
                "id: use letters, digits, dots, dashes and underscores only; it names the release folder"
            )
        if self.decided_on < self.received:
            raise RequestError("decided_on lies before received; correct one of the dates")
        for index, basis in enumerate(self.legal_basis, 1):
            if basis.issued_on and basis.expires_on and basis.expires_on < basis.issued_on:
                raise RequestError(
                    f"legal_basis {index}: expires_on lies before issued_on; correct one of the dates"
                )
            if not set(basis.scope.entities) <= ENTITIES.keys():
                raise RequestError(
                    f"legal_basis {index}: scope names an unknown entity; use those of the vocabulary, "
                    "such as IMMIGRATION_STATUS"
                )
        for index, election in enumerate(self.elections, 1):
            if not election.person.strip():
                raise RequestError(f"elections {index}: name the person who elected")
        for index, arrest in enumerate(self.arrests, 1):
            if not arrest.person.strip():
                raise RequestError(f"arrests {index}: name the person who was arrested")
        for index, region in enumerate(self.regions, 1):
            if region.problem:
                raise RequestError(f"regions {index}: {region.problem}")
        if self.bates and not set(self.bates.prefix) <= _ID_CHARACTERS:
            raise RequestError("bates: use letters, digits, dots, dashes and underscores for the prefix")
        if self.copy and self.copy.expires_on and self.copy.days:
            raise RequestError("copy: say until which day, or how many days; one of the two")
        if self.copy and self.copy.expires_on and self.copy.expires_on < self.decided_on:
            raise RequestError(
                "copy: expires_on lies before decided_on; a copy that has expired is not released"
            )
        if any(
            later <= day for day, later in zip((self.received, *self.rolling), self.rolling, strict=False)
        ):
            raise RequestError("rolling: name days after received, each later than the one before")
        if self.sample and bool(self.sample.read_by.strip()) is not bool(self.sample.read_on):
            raise RequestError("sample: say who read the drawn documents and when: read_by and read_on")
        if self.extension and (self.extension.until is None) is (self.extension.days is None):
            raise RequestError("extension: say until which day, or how many days; one of the two")
        self.check_terms()
        for index, term in enumerate(self.terms, 1):
            if not any(c.isalnum() for c in term.text):
                raise RequestError(f"terms {index}: text has no letter or digit to look for")
            if term.action == "redact" and not term.exemption:
                raise RequestError(f"terms {index}: name the exemption under which it is redacted")


_ID_CHARACTERS = frozenset("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789._-")


@cache
def _adapter() -> TypeAdapter[Request]:
    return TypeAdapter(Request)


def _reason(error: Exception) -> str:
    return (error.strerror or "not readable") if isinstance(error, OSError) else "it is not UTF-8 text"
