"""Public assistance that a person receives, lost, asked for or refused."""

from recognizers.phrases import PhraseRecognizer


class AssistanceRecognizer(PhraseRecognizer):
    """Finds phrases that disclose a person's receipt of public assistance."""

    ENTITIES = ("PUBLIC_ASSISTANCE_STATUS",)
