"""The graphics state of content streams, with what text is shown in (ISO 32000-2, 8.4 and 9.3)."""

from dataclasses import dataclass

from redact.formats.pdf.fonts import Font
from redact.formats.pdf.geometry import IDENTITY, Box, Matrix

TEXT_STATE = frozenset(["Tc", "Tw", "Tz", "TL", "Ts", "Tr"])
"""Operators that set one number of the text state."""


@dataclass(slots=True)
class State:
    """The graphics state at one point of a stream."""

    ctm: Matrix = IDENTITY
    """From user space to the page."""
    clip: Box | None = None
    """The box around what is not clipped away."""
    font: Font | None = None
    size: float = 0.0
    spacing: float = 0.0
    word_spacing: float = 0.0
    stretch: float = 1.0
    """The horizontal scaling."""
    leading: float = 0.0
    rise: float = 0.0
    mode: int = 0
    """The rendering mode of text (9.3.6)."""
    fill: tuple[float, ...] | None = (0.0,)
    """The components of the colour in a device space, None for any other."""

    def copy(self) -> "State":
        """Return a state that changes by itself."""
        return State(
            self.ctm,
            self.clip,
            self.font,
            self.size,
            self.spacing,
            self.word_spacing,
            self.stretch,
            self.leading,
            self.rise,
            self.mode,
            self.fill,
        )

    def set(self, operator: str, value: float) -> None:
        """Apply an operator of the text state."""
        if operator == "Tc":
            self.spacing = value
        elif operator == "Tw":
            self.word_spacing = value
        elif operator == "Tz":
            self.stretch = value / 100
        elif operator == "TL":
            self.leading = value
        elif operator == "Ts":
            self.rise = value
        else:
            self.mode = int(value)
