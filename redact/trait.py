"""Traits: what a document shows as a whole that an office must decide on, whatever is found in it."""

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Literal, get_args

TraitKind = Literal["privileged", "informant"]
"""``privileged``: marked as a privileged communication or work product, or counsel's advice asked or given.
``informant``: tells of a confidential informant."""
TRAITS: tuple[TraitKind, ...] = get_args(TraitKind)
TITLES: Mapping[TraitKind, str] = MappingProxyType(
    {
        "privileged": "marked as privileged, or counsel's advice",
        "informant": "tells of a confidential informant",
    }
)
"""In words for a clerk."""


@dataclass(frozen=True, slots=True)
class Trait:
    """A trait of a document, and where it shows."""

    kind: TraitKind
    locator: str
    """Of the first segment that shows it."""
