"""Documents as the gate sees them: text with opaque locators, and what stands in the way of a release."""

from dataclasses import dataclass, field

from redact.long_text import LongText


@dataclass(frozen=True, slots=True, order=True)
class Span:
    """A half-open range of characters in a segment's text: ``0 <= start < end``."""

    start: int
    end: int

    def __post_init__(self) -> None:
        if not 0 <= self.start < self.end:
            raise ValueError(f"not a span of characters: {self.start} to {self.end}")

    def __len__(self) -> int:
        return self.end - self.start

    def overlaps(self, other: "Span") -> bool:
        """Whether any character lies in both."""
        return self.start < other.end and other.start < self.end

    def covers(self, other: "Span") -> bool:
        """Whether every character of ``other`` lies in this one."""
        return self.start <= other.start and other.end <= self.end


@dataclass(frozen=True, slots=True)
class Segment:
    """A run of text of a document, in reading order, and where it stands."""

    locator: str
    """Where it stands, in the format's own words: ``page:3``, ``meta:Author``, ``sheet:Pay!B7``. Opaque
    to everything but the format, never a value of the document, unique within the document."""
    text: str | LongText = field(repr=False)
    """Its characters; of a very long one stretches can be had, ``text[start:end]``, and ``str`` of it all."""
    visible: bool = True
    """Whether a reader of the document sees it; false for metadata, comments and hidden layers."""


@dataclass(frozen=True, slots=True)
class Obstacle:
    """Why a document cannot be released as it is: what the format found and does not handle."""

    code: str
    """A short fixed name, such as ``encrypted`` or ``no-text-layer``."""
    reason: str
    """What is the matter and what a clerk can do about it; no text of the document."""
    locator: str = ""
    """Where, if it is not the whole document."""


@dataclass(frozen=True, slots=True)
class Member:
    """A file inside a document: an attachment, an entry of an archive, a picture."""

    locator: str
    """Where it stands, such as ``attachment:2``: unique within the document, never a value of it."""
    name: str = field(repr=False)
    """Its own file name, from which only the ending is taken; what else it says is in a segment of the
    document."""
    data: bytes = field(repr=False)


@dataclass(frozen=True, slots=True)
class Document:
    """A record that was read: its text in segments, and the obstacles to its release."""

    name: str = field(repr=False)
    """Its path relative to the request, with forward slashes. A name can hold a value: see ``gate``."""
    format: str
    """The name of the format that read it."""
    sha256: str
    """Hash of its bytes, in hexadecimal."""
    segments: tuple[Segment, ...]
    obstacles: tuple[Obstacle, ...] = ()
    pages: int = 1
    """Pages, or 1 where the format has none."""
    members: tuple[Member, ...] = ()
    """Files inside it, each a document of its own in the same family."""

    def segment(self, locator: str) -> Segment:
        """Return the segment at ``locator``; raises ``KeyError`` if there is none."""
        for segment in self.segments:
            if segment.locator == locator:
                return segment
        raise KeyError(locator)
