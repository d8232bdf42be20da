"""Personnel matters of one employee: discipline, evaluation, pay, leave."""

from recognizers.phrases import PhraseRecognizer


class PersonnelRecognizer(PhraseRecognizer):
    """Finds phrases that disclose an employee's personnel matter."""

    ENTITIES = ("PERSONNEL_RECORD",)
