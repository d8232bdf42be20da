"""Presidio recognizers for what public records must not disclose.

``recognizers()`` is the one list of them. They depend on presidio-analyzer and spaCy and on nothing of
``redact``, so any Presidio user can register them.
"""

from presidio_analyzer import EntityRecognizer

from recognizers.entities import ENTITIES, Entity

__all__ = ["ENTITIES", "Entity", "recognizers"]


def recognizers() -> list[EntityRecognizer]:
    """Make one of each recognizer, in the order of the vocabulary."""
    return []
