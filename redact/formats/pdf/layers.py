"""Optional content: which layers a reader of the page does not see (ISO 32000-2, 8.11)."""

from typing import Literal

import pikepdf

from redact.formats.pdf.objects import NotUnderstoodError, get, identity, name_of


class Layers:
    """The default visibility of a document's layers."""

    def __init__(self, root: object) -> None:
        properties = get(root, "OCProperties")
        default = get(properties, "D")
        self.exist = properties is not None
        self._base_off = name_of(get(default, "BaseState")) == "OFF"
        self._on = _members(get(default, "ON"))
        self._off = _members(get(default, "OFF"))

    def off(self, value: object) -> bool:
        """Whether content on a layer, or of a membership dictionary, is not shown by default."""
        if value is None:
            return False
        kind = name_of(get(value, "Type"))
        if kind == "OCMD":
            return not self._shown(value)
        return self._group_off(value)

    def _group_off(self, group: object) -> bool:
        key = identity(group)
        if key is None:
            raise NotUnderstoodError("a layer is not an object of its own")
        return key not in self._on if self._base_off else key in self._off

    def _shown(self, membership: object) -> bool:
        expression = get(membership, "VE")
        if expression is not None:
            return self._evaluate(expression, 0)
        groups = get(membership, "OCGs")
        listed = list(groups) if isinstance(groups, pikepdf.Array) else [groups] if groups is not None else []
        states = [not self._group_off(group) for group in listed if isinstance(group, pikepdf.Dictionary)]
        if not states:
            return True
        policy = name_of(get(membership, "P")) or "AnyOn"
        if policy == "AllOn":
            return all(states)
        if policy == "AnyOff":
            return not all(states)
        if policy == "AllOff":
            return not any(states)
        return any(states)

    def _evaluate(self, expression: object, depth: int) -> bool:
        if isinstance(expression, pikepdf.Dictionary):
            return not self._group_off(expression)
        if not isinstance(expression, pikepdf.Array) or len(expression) < 2 or depth > 16:
            raise NotUnderstoodError("a layer's visibility is malformed")
        operator: Literal["And", "Or", "Not"] | str | None = name_of(expression[0])
        values = [self._evaluate(item, depth + 1) for item in list(expression)[1:]]
        if operator == "Not":
            return not values[0]
        if operator in ("And", "Or"):
            return all(values) if operator == "And" else any(values)
        raise NotUnderstoodError("a layer's visibility is malformed")


def _members(value: object) -> set[tuple[int, int]]:
    if not isinstance(value, pikepdf.Array):
        return set()
    return {key for key in map(identity, value) if key is not None}
