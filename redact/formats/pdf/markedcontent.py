"""What marked content says of what stands in it: its structure element, its layer (ISO 32000-2, 14.6)."""

from collections.abc import Sequence

from redact.formats.pdf.drawing import ARTIFACT, Tag, Unit
from redact.formats.pdf.objects import get, identity
from redact.formats.pdf.operands import Name, Operand


def tag_of(unit: Unit, operands: Sequence[Operand], outer: Tag | None) -> Tag | None:
    """Return the tag of marked content that begins: its own, or that of what it stands in."""
    if operands[0] == "Artifact":
        return ARTIFACT
    inside = identity(unit.source) if unit.kind == "form" else None
    if unit.kind == "form" and inside is None:
        return outer
    value = operands[-1] if len(operands) == 2 else None
    if isinstance(value, Name):
        identifier = get(properties_of(unit, value), "MCID")
    else:
        identifier = value.get("MCID") if isinstance(value, dict) else None
    if not isinstance(identifier, int | float) or isinstance(identifier, bool) or identifier < 0:
        return outer
    return (*inside, int(identifier)) if inside is not None else int(identifier)


def properties_of(unit: Unit, value: Operand) -> object:
    """Return the property list that a name stands for, None for anything else."""
    return get(get(unit.resources, "Properties"), value) if isinstance(value, Name) else None
