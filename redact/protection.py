"""Protection: which findings are about a person whom law or policy protects.

To the public a private person's name is released unless that person is a victim, a witness, a patient, an
assistance recipient or the like. Who cannot be told apart from such a person is protected too.
"""

from collections.abc import Callable, Sequence
from typing import TypeVar

from redact.finding import Finding

PROTECTING = frozenset(
    {
        "HEALTH_INFORMATION",
        "DISABILITY_STATUS",
        "IMMIGRATION_STATUS",
        "VICTIM_STATUS",
        "WITNESS_STATUS",
        "PUBLIC_ASSISTANCE_STATUS",
        "SEXUAL_ORIENTATION",
        "RELIGION",
        "NATIONAL_ORIGIN",
        "PERSONNEL_RECORD",
        "MEDICAL_ID",
        "ALIEN_NUMBER",
    }
)
"""Entities whose subject is protected: Pasadena AA 2.b and 2.d, Cerritos 1.03.020.C, Gov. 7923.600 ff."""

PROTECTED_RECORDS = frozenset({"personnel_file", "medical_record", "benefits_case_file", "juvenile_record"})
"""Record types in which everybody named is protected."""

_T = TypeVar("_T")


def protected(
    documents: Sequence[_T], facts: Callable[[_T], tuple[Sequence[Finding], str | None]]
) -> list[tuple[bool, ...]]:
    """For each document, whether each of its findings is about a protected person.

    A finding is unprotected only where its subject is established, no protecting finding of the request is
    about that subject, and none of its own segment is about nobody in particular.
    """
    known = [facts(document) for document in documents]
    subjects = {
        finding.subject
        for findings, _ in known
        for finding in findings
        if finding.entity in PROTECTING and finding.subject is not None
    }
    result = []
    for findings, record_type in known:
        adrift = {f.locator for f in findings if f.entity in PROTECTING and f.subject is None}
        result.append(
            tuple(
                record_type in PROTECTED_RECORDS
                or finding.subject is None
                or finding.subject in subjects
                or finding.locator in adrift
                for finding in findings
            )
        )
    return result
