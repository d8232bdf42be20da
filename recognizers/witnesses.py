"""Witnesses, reporting parties and informants, and accounts of what a person saw."""

from recognizers.phrases import PhraseRecognizer


class WitnessRecognizer(PhraseRecognizer):
    """Finds phrases that disclose that a person is a witness."""

    ENTITIES = ("WITNESS_STATUS",)
