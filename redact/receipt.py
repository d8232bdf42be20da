"""The receipt of delivery, which whoever asks for their own records signs, and nobody else does."""

from collections.abc import Iterable
from pathlib import Path

from redact.letters import common_values, template_of
from redact.request import Request
from redact.template import fill


def receipt(
    request: Request, records: Iterable[str], templates: Path | None = None, *, city: str = "City"
) -> bytes:
    """Return the receipt to be signed for ``records``, in words without any value, as a DOCX: the same bytes
    for the same arguments.

    It says nothing of what the records tell. ``templates`` are as for ``letters.letter``. Raises
    ``LetterError`` where nobody is responsible for the request, or a template cannot be filled.
    """
    values = common_values(request, city) | {"records": list(records)}
    title = f"Receipt of {request.id}"
    return fill(template_of("receipt", templates), values, dated=request.decided_on, author=city, title=title)
