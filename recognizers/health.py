"""Health information: diagnoses, injuries, medicines, treatment of a person."""

from recognizers.phrases import PhraseRecognizer


class HealthRecognizer(PhraseRecognizer):
    """Finds phrases that disclose a person's health."""

    ENTITIES = ("HEALTH_INFORMATION",)
