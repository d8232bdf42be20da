"""What the pages of a file share, read once: fonts, content streams, layers."""

from redact.formats.pdf.fonts import Font, load_font
from redact.formats.pdf.layers import Layers
from redact.formats.pdf.objects import NotUnderstoodError, decoded, identity
from redact.formats.pdf.operators import Instruction
from redact.formats.pdf.tokens import parse


class Resources:
    """Fonts and parsed streams of one file, read once each."""

    def __init__(self, layers: Layers) -> None:
        self.layers = layers
        self._fonts: dict[object, tuple[Font | NotUnderstoodError, object]] = {}
        self._streams: dict[tuple[int, int], list[Instruction]] = {}

    def font(self, source: object) -> Font:
        """Return the font of a dictionary; raises ``NotUnderstoodError``, each time, if it cannot be read."""
        key = identity(source) or id(source)
        if key not in self._fonts:
            try:
                self._fonts[key] = load_font(source), source
            except NotUnderstoodError as error:
                self._fonts[key] = error, source
        found = self._fonts[key][0]
        if isinstance(found, NotUnderstoodError):
            raise found
        return found

    def fonts(self) -> list[Font]:
        """Return the fonts that were read."""
        return [font for font, _ in self._fonts.values() if isinstance(font, Font)]

    def instructions(self, stream: object) -> list[Instruction]:
        """Return a stream's parsed content."""
        key = identity(stream)
        if key is None:
            return parse(decoded(stream))
        if key not in self._streams:
            self._streams[key] = parse(decoded(stream))
        return self._streams[key]
