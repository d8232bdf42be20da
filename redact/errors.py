"""The errors of Redact: each carries the exit code of the command line and says what to do.

No message holds a value that was found, nor text of a document.
"""

from typing import ClassVar


class RedactError(Exception):
    """Root of all errors of this package; never raised itself."""

    exit_code: ClassVar[int] = 2


class RequestError(RedactError):
    """The request file cannot be understood: an unknown key, an unknown category, an impossible date."""


class PolicyError(RedactError):
    """A policy file is missing, malformed or contradicts itself."""


class InputError(RedactError):
    """A document or folder that was named cannot be used."""


class ConfigurationError(RedactError):
    """Something that the program needs is not installed or not what was pinned, such as a model."""


class FormatError(RedactError):
    """A document cannot be read or written completely, so it is withheld."""

    exit_code = 3


class DetectionError(RedactError):
    """A document could not be searched completely, so it is withheld."""

    exit_code = 3


class VerificationError(RedactError):
    """What was written does not hold up when it is read again, so it is withheld."""

    exit_code = 4


class AuditError(RedactError):
    """The audit log cannot be written or does not verify; nothing is released unrecorded."""

    exit_code = 4


class ContactError(RedactError):
    """A contact with a federal immigration authority is not recorded in full, so the case cannot close."""

    exit_code = 3


class LetterError(RedactError):
    """A letter would lack something that it must say, or its template cannot be filled."""
