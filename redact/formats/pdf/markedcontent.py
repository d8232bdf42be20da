"""What marked content says of what stands in it: its structure element, its layer (ISO 32000-2, 14.6)."""

from collections.abc import Sequence

from redact.formats.pdf.drawing import ARTIFACT, Tag, Unit
from redact.formats.pdf.objects import get
from redact.formats.pdf.operands import Name, Operand


def tag_of(unit: Unit, operands: Sequence[Operand], outer: Tag | None) -> Tag | None:
    """Return the tag of marked content that begins: its own, or that of what it stands in."""
    if operands[0] == "Artifact":
        return ARTIFACT
    value = operands[-1] if len(operands) == 2 else None
    if isinstance(value, Name):
        found = get(properties_of(unit, value), "MCID")
        return found if isinstance(found, int) and found >= 0 else outer
    identifier = value.get("MCID") if isinstance(value, dict) else None
    return int(identifier) if isinstance(identifier, float) and identifier >= 0 else outer


def properties_of(unit: Unit, value: Operand) -> object:
    """Return the property list that a name stands for, None for anything else."""
    return get(get(unit.resources, "Properties"), value) if isinstance(value, Name) else None
