"""A sensitive-data redaction and disclosure gate for public records.

from redact import Gate, Request, Source
"""

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from redact.detect import Detector
    from redact.determination import Case, Decision, Determination, Facts, determine
    from redact.document import Document, Obstacle, Segment, Span
    from redact.errors import RedactError
    from redact.examination import scan
    from redact.finding import Finding
    from redact.gate import Gate
    from redact.policy import PolicyStack
    from redact.release import ReleasePackage
    from redact.request import Request
    from redact.rule import Action
    from redact.source import Source, sources

__all__ = [
    "Action",
    "Case",
    "Decision",
    "Detector",
    "Determination",
    "Document",
    "Facts",
    "Finding",
    "Gate",
    "Obstacle",
    "PolicyStack",
    "RedactError",
    "ReleasePackage",
    "Request",
    "Segment",
    "Source",
    "Span",
    "determine",
    "scan",
    "sources",
]

_ROOMS = {
    "detect": ("Detector",),
    "determination": ("Case", "Decision", "Determination", "Facts", "determine"),
    "document": ("Document", "Obstacle", "Segment", "Span"),
    "errors": ("RedactError",),
    "finding": ("Finding",),
    "examination": ("scan",),
    "gate": ("Gate",),
    "policy": ("PolicyStack",),
    "release": ("ReleasePackage",),
    "request": ("Request",),
    "rule": ("Action",),
    "source": ("Source", "sources"),
}


def __getattr__(name: str) -> Any:
    """Import a public name when it is first used: the command line's help must not wait for models."""
    for room, names in _ROOMS.items():
        if name in names:
            return getattr(import_module(f"redact.{room}"), name)
    raise AttributeError(f"module 'redact' has no attribute {name!r}")
