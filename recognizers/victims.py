"""Victims of crimes: labels, protective orders, accounts of what was done to a person."""

from recognizers.phrases import PhraseRecognizer


class VictimRecognizer(PhraseRecognizer):
    """Finds phrases that disclose that a person is a victim."""

    ENTITIES = ("VICTIM_STATUS",)
