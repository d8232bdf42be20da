"""Who a person is: sexual orientation and gender identity, religion, national origin."""

from recognizers.phrases import PhraseRecognizer


class IdentityRecognizer(PhraseRecognizer):
    """Finds phrases that disclose a person's orientation, religion or origin."""

    ENTITIES = ("SEXUAL_ORIENTATION", "RELIGION", "NATIONAL_ORIGIN")
