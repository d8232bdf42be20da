"""Matrices and boxes in the coordinates of a page, in points (ISO 32000-2, 8.3)."""

import math
from typing import NamedTuple, TypeAlias

Matrix: TypeAlias = tuple[float, float, float, float, float, float]
IDENTITY: Matrix = (1.0, 0.0, 0.0, 1.0, 0.0, 0.0)


class Box(NamedTuple):
    """A rectangle with ``x0 <= x1`` and ``y0 <= y1``."""

    x0: float
    y0: float
    x1: float
    y1: float

    @property
    def width(self) -> float:
        """The width in points."""
        return self.x1 - self.x0

    @property
    def height(self) -> float:
        """The height in points."""
        return self.y1 - self.y0

    @property
    def middle(self) -> tuple[float, float]:
        """The point in the middle."""
        return (self.x0 + self.x1) / 2, (self.y0 + self.y1) / 2

    def overlaps(self, other: "Box", margin: float = 0.0) -> bool:
        """Whether the two share an area, after both are shrunk by ``margin``."""
        return (
            self.x0 + margin < other.x1 - margin
            and other.x0 + margin < self.x1 - margin
            and self.y0 + margin < other.y1 - margin
            and other.y0 + margin < self.y1 - margin
        )

    def contains(self, x: float, y: float) -> bool:
        """Whether a point lies inside."""
        return self.x0 <= x <= self.x1 and self.y0 <= y <= self.y1

    def grown(self, margin: float) -> "Box":
        """Return the box with ``margin`` added on all sides."""
        return Box(self.x0 - margin, self.y0 - margin, self.x1 + margin, self.y1 + margin)

    def clipped(self, other: "Box") -> "Box":
        """Return what lies in both; of zero size where they do not meet."""
        x0, y0 = max(self.x0, other.x0), max(self.y0, other.y0)
        return Box(x0, y0, max(x0, min(self.x1, other.x1)), max(y0, min(self.y1, other.y1)))


def multiply(first: Matrix, second: Matrix) -> Matrix:
    """Return the matrix that applies ``first`` and then ``second``."""
    a, b, c, d, e, f = first
    p, q, r, s, t, u = second
    return (a * p + b * r, a * q + b * s, c * p + d * r, c * q + d * s, e * p + f * r + t, e * q + f * s + u)


def apply(matrix: Matrix, x: float, y: float) -> tuple[float, float]:
    """Return the point ``(x, y)`` under ``matrix``."""
    a, b, c, d, e, f = matrix
    return a * x + c * y + e, b * x + d * y + f


def image_of(matrix: Matrix, box: Box) -> Box:
    """Return the smallest upright box around ``box`` under ``matrix``."""
    corners = [apply(matrix, x, y) for x in (box.x0, box.x1) for y in (box.y0, box.y1)]
    return around(corners)


def around(points: list[tuple[float, float]]) -> Box:
    """Return the smallest upright box around points."""
    xs, ys = [x for x, _ in points], [y for _, y in points]
    return Box(min(xs), min(ys), max(xs), max(ys))


def union(boxes: list[Box]) -> Box:
    """Return the smallest box around boxes."""
    left, bottom, right, top = zip(*boxes, strict=True)
    return Box(min(left), min(bottom), max(right), max(top))


def finite(matrix: Matrix) -> bool:
    """Whether all entries are finite and of a size that a page can have."""
    return all(math.isfinite(value) and abs(value) < 1e7 for value in matrix)
