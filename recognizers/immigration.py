"""Immigration and citizenship status of a person."""

from recognizers.phrases import PhraseRecognizer


class ImmigrationRecognizer(PhraseRecognizer):
    """Finds phrases that disclose a person's immigration or citizenship status."""

    ENTITIES = ("IMMIGRATION_STATUS",)
