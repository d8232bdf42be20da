"""What a draft or form says, in whatever format it comes."""

from pathlib import Path


def text_in(path: Path, *, hidden: bool) -> str:
    """Return the text of a document of any format that is read, with what no reader sees if ``hidden``.

    Raises ``InputError`` where not all of it can be read.
    """
    from redact.errors import FormatError, InputError
    from redact.formats.family import read_family

    try:
        parts = list(read_family(path.read_bytes(), path.name))
    except (OSError, FormatError):
        raise InputError(f"{path.name} cannot be read; save it as text, DOCX or PDF") from None
    for part in parts:
        for obstacle in part.document.obstacles:
            raise InputError(f"{path.name} cannot be read completely: {obstacle.reason}")
    segments = (segment for part in parts for segment in part.document.segments)
    return "\n".join(str(segment.text) for segment in segments if hidden or segment.visible)
