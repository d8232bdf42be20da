"""Production: what the clerk says of how records go out: parts of pages that go, numbers on pages, copies."""

from dataclasses import dataclass, field
from typing import Annotated, ClassVar

from pydantic import ConfigDict, Field

from redact.datafile import STRICT, Day

LARGEST = 14_400
"""Points: the longest side of a page (ISO 32000-2, Annex C)."""
Count = Annotated[int, Field(strict=True, ge=1)]


@dataclass(frozen=True, slots=True)
class Region:
    """A part of a page to remove, such as a face, a signature or handwriting."""

    __pydantic_config__: ClassVar[ConfigDict] = STRICT
    document: str = field(repr=False)
    """The document's name as ``redact scan`` lists it."""
    page: Count
    exemption: str
    """Id of the exemption to cite."""
    box: tuple[float, float, float, float] | None = None
    """Left, top, right and bottom in points (1/72 inch) from the top left of the page as it is displayed;
    None: the whole page."""

    @property
    def problem(self) -> str:
        """What is wrong with its box; empty if nothing."""
        if self.box is None:
            return ""
        left, top, right, bottom = self.box
        inside = 0 <= left < right <= LARGEST and 0 <= top < bottom <= LARGEST
        return "" if inside else "box is left, top, right, bottom in points from the top left of the page"


@dataclass(frozen=True, slots=True)
class Bates:
    """Numbers in the lower right corner of the pages of every PDF that is released, across the request.

    Every page that was submitted has its number, those of a withheld document too, so that a number says
    which page it is whatever else is decided.
    """

    __pydantic_config__: ClassVar[ConfigDict] = STRICT
    prefix: str = ""
    first: Count = 1
    digits: Annotated[int, Field(strict=True, ge=1, le=12)] = 6

    def label(self, number: int) -> str:
        """Return a number as it is printed."""
        return f"{self.prefix}{number:0{self.digits}d}"


@dataclass(frozen=True, slots=True)
class Copy:
    """That what is released is a controlled copy: stamped, and good until a day.

    ``expires_on`` a day, or ``days`` after the decision; neither: as the policies say.
    """

    __pydantic_config__: ClassVar[ConfigDict] = STRICT
    expires_on: Day | None = None
    """The last day on which it may be used."""
    days: Count | None = None
