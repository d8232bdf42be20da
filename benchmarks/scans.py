"""Recall on scans: records printed on pages, scanned, read by OCR, searched, and blacked out in the pixels.

A gold span counts as caught when the black boxes lie over at least four of five of its printed characters:
the place of each character on the page is known, so that what OCR misreads counts as what it is, a miss.
Two kinds of scan are made: 200 dpi clean, and 150 dpi skewed with blur, noise and specks. Otherwise the
figures are those of ``benchmarks.accuracy``.

Run ``python -m benchmarks.scans --help`` or ``make accuracy``.
"""

import math
import random
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from io import BytesIO

import numpy as np
import pypdfium2
from PIL import Image, ImageFilter
from reportlab.pdfbase.pdfmetrics import stringWidth
from reportlab.pdfgen.canvas import Canvas

from benchmarks.accuracy import Detector, Found, Score, arguments, score, table
from benchmarks.corpus import load
from redact.document import Span
from redact.formats.picture.reading import Page, read_page
from redact.formats.picture.writing import box_of
from redact.redaction import Redaction

FONTS = ("Helvetica", "Times-Roman", "Courier")
SIZE = 11.0
LEADING = 14.0
WIDTH, HEIGHT, MARGIN = 612.0, 792.0, 72.0
"""The page in points: US Letter with margins of an inch."""
KINDS = {"clean": 200, "noisy": 150}
"""Kinds of scan and their resolution in dots per inch."""
STRUCTURED = frozenset(
    {"US_SSN", "US_ITIN", "CREDIT_CARD", "CARD_SECURITY_CODE", "US_BANK_NUMBER", "US_DRIVER_LICENSE"}
    | {"US_PASSPORT", "ALIEN_NUMBER", "MEDICAL_ID", "PASSWORD", "DATE_OF_BIRTH", "PHONE_NUMBER"}
    | {"EMAIL_ADDRESS", "HOME_ADDRESS"}
)
"""Entities that are identifiers; all others but names are told by the sentence alone."""
SKEW = 1.5
"""Degrees, to either side, by which a noisy scan is turned at most."""

Place = tuple[float, float]
"""Middle of a character in pixels from the top left."""


@dataclass(frozen=True, slots=True)
class Scan:
    """One page of a record as pixels."""

    image: Image.Image
    places: dict[int, Place]
    """Where characters of the record stand on this page, by their offset in its text."""


def scanned(detector: Detector, kind: str, pages_read: Counter[str]) -> Detector:
    """Return a detector that sees nothing of a text but its scan of ``kind``, by way of the pixels.

    In ``pages_read`` it counts pages by what stands in the way of their release; those are searched all the
    same.
    """

    def detect(texts: Sequence[str]) -> Iterable[Sequence[Found]]:
        printed = [list(scans(text, kind)) for text in texts]
        read = [[(scan, read_page(scan.image)) for scan in pages] for pages in printed]
        for pages in read:
            pages_read.update(page.obstacle[0] if page.obstacle else "released" for _, page in pages)
        found = iter(detector([page.passage.text for pages in read for _, page in pages]))
        for text, pages in zip(texts, read, strict=True):
            covered: list[Found] = []
            for scan, page in pages:
                for start, end, entity in next(found):
                    under = _under(scan, page, Span(start, end))
                    covered += [(first, last, entity) for first, last in _runs(text, under)]
            yield covered

    return detect


def _under(scan: Scan, page: Page, span: Span) -> list[int]:
    """Return which characters of the record lie under the boxes over a span of what was read."""
    cuts = page.passage.cuts([Redaction("page:1", span, "")])
    boxes = [box_of(page.words[place], scan.image.size) for place in cuts if isinstance(place, int)]
    return [
        index
        for index, (x, y) in sorted(scan.places.items())
        if any(left <= x < right and top <= y < bottom for left, top, right, bottom in boxes)
    ]


def _runs(text: str, indices: Sequence[int]) -> Iterator[tuple[int, int]]:
    """Put characters together that nothing but white space parts."""
    start = end = -1
    for index in indices:
        if end >= 0 and text[end:index].strip() == "":
            end = index + 1
            continue
        if end >= 0:
            yield start, end
        start, end = index, index + 1
    if end >= 0:
        yield start, end


def scans(text: str, kind: str) -> Iterator[Scan]:
    """Print ``text`` and scan its pages; the same text gives the same pixels every time."""
    dpi = KINDS[kind]
    chance = random.Random(text)  # noqa: S311 - reproducible noise, no secret
    font = chance.choice(FONTS)
    pages = list(_pages(_lines(text, font)))
    buffer = BytesIO()
    canvas = Canvas(buffer, pagesize=(WIDTH, HEIGHT))
    for lines in pages:
        canvas.setFont(font, SIZE)
        for number, (_, line) in enumerate(lines):
            canvas.drawString(MARGIN, HEIGHT - _baseline(number), line)
        canvas.showPage()
    canvas.save()
    document = pypdfium2.PdfDocument(buffer.getvalue())
    for index, lines in enumerate(pages):
        image = document[index].render(scale=dpi / 72).to_pil().convert("L")
        places = {
            begin + offset: ((MARGIN + x) * dpi / 72, _baseline(number) * dpi / 72 - SIZE * 0.3 * dpi / 72)
            for number, (begin, line) in enumerate(lines)
            for offset, x in enumerate(_middles(line, font))
        }
        yield _worn(Scan(image, places), chance) if kind == "noisy" else Scan(image, places)


def _lines(text: str, font: str) -> Iterator[tuple[int, str]]:
    """Break ``text`` into printed lines, each with its offset; a character for a character."""
    position = 0
    for paragraph in text.split("\n"):
        # The standard fonts of PDF have the characters of Windows-1252 only.
        printed = paragraph.replace("\t", " ").encode("cp1252", "replace").decode("cp1252")
        start = 0
        while start < len(printed) or start == 0:
            end = _line_end(printed, start, font)
            yield position + start, printed[start:end]
            start = end
            if not printed:
                break
        position += len(paragraph) + 1


def _line_end(text: str, start: int, font: str) -> int:
    end = start
    while end < len(text) and stringWidth(text[start : end + 1], font, SIZE) <= WIDTH - 2 * MARGIN:
        end += 1
    if end == len(text):
        return end
    blank = text.rfind(" ", start, end)
    return blank + 1 if blank > start else end


def _pages(lines: Iterator[tuple[int, str]]) -> Iterator[list[tuple[int, str]]]:
    found = list(lines)
    on_a_page = int((HEIGHT - 2 * MARGIN) // LEADING)
    for start in range(0, len(found), on_a_page):
        yield found[start : start + on_a_page]


def _baseline(number: int) -> float:
    """Return how far from the top of the page a line stands, in points."""
    return MARGIN + (number + 1) * LEADING


def _middles(text: str, font: str) -> Iterator[float]:
    x = 0.0
    for character in text:
        width = stringWidth(character, font, SIZE)
        yield x + width / 2
        x += width


def _worn(scan: Scan, chance: random.Random) -> Scan:
    """Turn a page a little, blur it, add noise and specks, and compress it as an office scanner does."""
    angle = chance.uniform(-SKEW, SKEW)
    image = scan.image.rotate(angle, Image.Resampling.BICUBIC, fillcolor=255)
    image = image.filter(ImageFilter.GaussianBlur(0.6))
    noise = np.random.default_rng(chance.randrange(2**32))
    pixels = np.asarray(image, dtype=np.float32)
    pixels = pixels * 0.85 + 25 + noise.normal(0, 14, pixels.shape)
    pixels[noise.random(pixels.shape) < 0.001] = 40
    buffer = BytesIO()
    Image.fromarray(pixels.clip(0, 255).astype(np.uint8)).save(buffer, "JPEG", quality=60)
    cosine, sine = math.cos(math.radians(angle)), math.sin(math.radians(angle))
    middle_x, middle_y = image.width / 2, image.height / 2
    places = {
        index: (
            middle_x + (x - middle_x) * cosine + (y - middle_y) * sine,
            middle_y - (x - middle_x) * sine + (y - middle_y) * cosine,
        )
        for index, (x, y) in scan.places.items()
    }
    return Scan(Image.open(BytesIO(buffer.getvalue())), places)


def groups(columns: dict[str, Score]) -> str:
    """Lay recall side by side for identifiers, for names, and for what only the sentence tells."""
    gold = next(iter(columns.values())).gold
    members = {
        "structured": [entity for entity in gold if entity in STRUCTURED],
        "names": ["PERSON"],
        "contextual": [entity for entity in gold if entity not in STRUCTURED and entity != "PERSON"],
    }
    rows = [f"{'':26}{'gold':>7}" + "".join(f"{name + ' caught':>18}{'typed':>8}{'':7}" for name in columns)]
    for label, entities in members.items():
        spans = sum(gold[entity] for entity in entities)
        row = f"{label:26}{spans:7d}"
        for column in columns.values():
            caught, typed = (
                sum(c[e] for e in entities) / max(1, spans) for c in (column.caught, column.typed)
            )
            row += f"{caught:18.3f}{typed:8.3f}{'':7}"
        rows.append(row)
    return "\n".join(rows)


def main() -> None:
    """Print the table for one corpus: from its text, and from each kind of scan."""
    parser = arguments(__doc__)
    parser.add_argument("--sample", type=int, metavar="N", help="records, evenly spaced; all where left out")
    parser.add_argument(
        "--kind", action="append", choices=[*KINDS], help="kinds of scan; both where left out"
    )
    options = parser.parse_args()
    records = list(load(options.corpus))
    if options.sample:
        step = max(1, len(records) // options.sample)
        records = records[::step][: options.sample]
    columns = {"text": score(records, options.detector)}
    outcomes: dict[str, Counter[str]] = defaultdict(Counter)
    for kind in options.kind or KINDS:
        columns[kind] = score(records, scanned(options.detector, kind, outcomes[kind]))
    print(f"{len(records)} records of {options.corpus}")
    print(table(columns))
    print(groups(columns))
    for kind, pages in outcomes.items():
        print(f"pages {kind}: " + ", ".join(f"{count} {outcome}" for outcome, count in sorted(pages.items())))


if __name__ == "__main__":
    main()
