"""The case: what the gate knows of a request's documents, never their text."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from redact.document import Obstacle
from redact.finding import Finding
from redact.request import Request
from redact.trait import Trait


@dataclass(frozen=True, slots=True)
class Facts:
    """What the gate knows of one document: what was found in it, never its text."""

    name: str
    """The name under which the records speak of it; holds no found value."""
    findings: Sequence[Finding] = ()
    record_type: str | None = None
    obstacles: tuple[Obstacle, ...] = ()
    path: str = field(default="", repr=False)
    """The name that scopes and patterns are matched against; ``name`` if empty."""
    pages: int = 0
    """Pages that are numbered if the request wants that; 0 where it has none of its own."""
    traits: tuple[Trait, ...] = ()
    """What it shows as a whole that an office must decide on."""


@dataclass(frozen=True, slots=True)
class Case:
    """The documents of a request, and which persons in them the request file names."""

    documents: Sequence[Facts] = ()
    persons: Mapping[str, frozenset[int]] = field(default_factory=dict, repr=False)
    """For each name of ``named_persons``, the subject numbers of findings that are about that person."""
    arrested: frozenset[int] = frozenset()
    """Subject numbers of the persons of whom the documents say that they were arrested."""
    victims: frozenset[int] = frozenset()
    """Subject numbers of the persons of whom the documents plainly say that they are victims."""
    recognizers: str = ""
    """Profile and version of what searched the documents; empty where they were not searched here."""


def named_persons(request: Request) -> tuple[str, ...]:
    """The persons in a request file whom findings can be about, each once: the requester, those whom a legal
    basis names or who consent, those who elected that their name stay private, those who were arrested."""
    names = [request.requester.name]
    for basis in request.legal_basis:
        names += basis.scope.subjects
        if basis.kind == "consent":
            names.append(basis.issuer)
    names += [election.person for election in request.elections]
    names += [arrest.person for arrest in request.arrests]
    return tuple(dict.fromkeys(name for name in names if name.strip()))
