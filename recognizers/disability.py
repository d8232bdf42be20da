"""Disability: impairments, aids and accommodations of a person."""

from recognizers.phrases import PhraseRecognizer


class DisabilityRecognizer(PhraseRecognizer):
    """Finds phrases that disclose a person's disability."""

    ENTITIES = ("DISABILITY_STATUS",)
