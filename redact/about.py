"""What a finding is about, as far as rules ask: whose it is, and what is known of that person."""

from typing import NamedTuple


class About(NamedTuple):
    """What is known of a finding beside its entity and its place. By default nothing, so it is protected.

    A tuple, for one is made and looked up for every finding of a request.
    """

    about_requester: bool = False
    """Whether it is the requester's own."""
    protected: bool = True
    """Whether it is about a person whom law or policy protects (a victim, witness, patient ...)."""
    arrested: bool = False
    """Whether it is about a person whose arrest is public (Gov. Code § 7923.610)."""
    victim: bool = False
    """Whether it is about a person of whom the documents plainly say that they are a victim."""
    incident: bool = False
    """Whether it is an injury or circumstance of an incident, tied to nobody whose name is public (Gov. Code
    § 7923.615)."""


NOTHING_KNOWN = About()
FACTS = About._fields
"""What rules can ask of it; a ``Rule`` has a field of the same name for each."""
