"""Where text is written next: moves are put together, and what removed glyphs advanced is one gap."""

from redact.formats.pdf.geometry import IDENTITY, Matrix, multiply
from redact.formats.pdf.operands import decimal


class Pen:
    """The line matrix of a text object (ISO 32000-2, 9.4.2), as it is and as it was last written."""

    def __init__(self) -> None:
        self.gap = 0.0
        """The advance of removed glyphs since the last that was kept, in text space."""
        self._line: Matrix = IDENTITY
        self._written: Matrix = IDENTITY
        self._moved = False

    def begin(self) -> None:
        """Begin a text object."""
        self.gap, self._line, self._written, self._moved = 0.0, IDENTITY, IDENTITY, False

    def place(self, matrix: Matrix) -> None:
        """Set the line matrix."""
        self._line, self._moved, self.gap = matrix, True, 0.0

    def move(self, x: float, y: float) -> None:
        """Move to another line."""
        self.place(multiply((1.0, 0.0, 0.0, 1.0, x, y), self._line))

    def opened(self) -> None:
        """Note that a text object begins in what is written."""
        self._written = IDENTITY

    def due(self) -> list[bytes]:
        """Return the move that has to be written before a string, if any."""
        if not self._moved:
            return []
        before, after = self._written, self._line
        self._moved, self._written = False, after
        if before[:4] == after[:4]:
            a, b, c, d, e, f = before
            determinant = a * d - b * c
            if abs(determinant) > 1e-12:
                x, y = after[4] - e, after[5] - f
                along, up = (x * d - y * c) / determinant, (y * a - x * b) / determinant
                return [decimal(round(along, 5)) + b" " + decimal(round(up, 5)) + b" Td"]
        return [b" ".join(decimal(round(value, 6)) for value in after) + b" Tm"]
