"""Speed and side channels of the PDF format: milliseconds a page, and how often a gap names a surname.

    python -m benchmarks.pdf [FILE...]

Without files it makes a report of twelve pages. Times are those of the processor, the median of three runs in
one process: PDFium's text and pypdf's ``extract_text`` beside reading, excision with rebuilding (without the
comparison of what pages look like, and with it) and verification. The guess rate is of someone who knows the
font, the list of surnames and how common each is, and guesses the most common name that leaves such a gap.
"""

import resource
import sys
from collections import Counter, defaultdict
from collections.abc import Callable
from io import BytesIO
from pathlib import Path
from statistics import median

import pypdf

from redact.document import Span
from redact.formats.pdf import PdfFormat
from redact.formats.pdf.boxes import text_width
from redact.formats.pdf.channels import STEP, stepped
from redact.formats.pdf.intake import read_model
from redact.formats.pdf.pdfium import opened
from redact.formats.pdf.rebuild import rebuild
from redact.formats.pdf.selection import select
from redact.redaction import Redaction

RUNS = 3
SURNAMES = (
    "Smith Johnson Williams Brown Jones Garcia Miller Davis Rodriguez Martinez Hernandez Lopez Gonzalez "
    "Wilson Anderson Thomas Taylor Moore Jackson Martin Lee Perez Thompson White Harris Sanchez Clark "
    "Ramirez Lewis Robinson Walker Young Allen King Wright Scott Torres Nguyen Hill Flores Green Adams "
    "Nelson Baker Hall Rivera Campbell Mitchell Carter Roberts Gomez Phillips Evans Turner Diaz Parker "
    "Cruz Edwards Collins Reyes Stewart Morris Morales Murphy Cook Rogers Gutierrez Ortiz Morgan Cooper "
    "Peterson Bailey Reed Kelly Howard Ramos Kim Cox Ward Richardson Watson Brooks Chavez Wood James "
    "Bennett Gray Mendoza Ruiz Hughes Price Alvarez Castillo Sanders Patel Myers Long Ross Foster "
    "Jimenez"
)
"""The hundred most common surnames of the United States census of 2010, in order."""


def processor_time() -> float:
    """Return the seconds that processors have worked for this process and its children, which other work on
    the machine does not lengthen as it does the time on the clock."""
    used = [resource.getrusage(who) for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)]
    return sum(each.ru_utime + each.ru_stime for each in used)


def milliseconds(action: Callable[[], object], pages: int) -> float:
    """Return the median processor time of an action in milliseconds a page."""
    times = []
    for _ in range(RUNS):
        started = processor_time()
        action()
        times.append(processor_time() - started)
    return median(times) * 1000 / pages


def report() -> bytes:
    """Return a report of twelve pages of prose, as a word processor would write it."""
    words = [
        "On",
        "12",
        "March",
        "the",
        "officer",
        "met",
        "the",
        "witness,",
        "who",
        "lives",
        "nearby,",
        "and",
        "took",
        "down",
        "what",
        "she",
        "had",
        "seen.",
    ]
    with BytesIO() as out:
        writer = pypdf.PdfWriter()
        for _ in range(12):
            page = writer.add_blank_page(612, 792)
            lines = [b"BT /F 11 Tf 14 TL 72 720 Td"]
            for row in range(44):
                text = " ".join(words[(row * 5 + k) % len(words)] for k in range(15))
                lines.append(b"(%s) Tj T*" % text.encode())
            content = pypdf.generic.StreamObject()
            content.set_data(b"\n".join([*lines, b"ET"]))
            name = pypdf.generic.NameObject
            font = pypdf.generic.DictionaryObject(
                {
                    name("/Type"): name("/Font"),
                    name("/Subtype"): name("/Type1"),
                    name("/BaseFont"): name("/Helvetica"),
                }
            )
            fonts = pypdf.generic.DictionaryObject({name("/F"): font})
            page[name("/Resources")] = pypdf.generic.DictionaryObject({name("/Font"): fonts})
            page[name("/Contents")] = writer._add_object(content.flate_encode())
        writer.write(out)
        return out.getvalue()


def times(name: str, data: bytes) -> None:
    """Print the times of one file."""
    reader = PdfFormat(use_ocr=False, inspected=True)
    document = reader.read(data, name)
    pages = document.pages
    redactions = [
        Redaction(segment.locator, Span(start, start + 5), "Gov. 7922.200")
        for segment in document.segments
        if segment.visible
        for start in range(0, len(segment.text) - 5, 160)
        if segment.text[start : start + 5].strip()
    ]

    def pdfium() -> None:
        with opened(data) as rendering:
            for index in range(len(rendering)):
                rendering.text(index)

    def excise() -> None:
        model = read_model(data, (), False, True)
        cuts = [select(p, [r for r in redactions if r.locator == p.locator]) for p in model.pages]
        with opened(data) as rendering:
            rebuild(model.pages, model.resources, rendering, cuts, {})

    def fresh() -> None:
        read_model.__globals__["_local"].models.clear()
        reader.read(data, name)

    written = reader.write(data, document, redactions).data
    rows = {
        "PDFium text": pdfium,
        "pypdf extract_text": lambda: [p.extract_text() for p in pypdf.PdfReader(BytesIO(data)).pages],
        "read": fresh,
        "excise and rebuild": excise,
        "excise, rebuild and compare": lambda: reader.write(data, document, redactions),
        "read again (all readers, raw)": lambda: list(reader.reread(written)),
    }
    print(f"{name}: {pages} pages, {len(redactions)} redactions, size {len(written) / len(data):.2f}")
    for label, action in rows.items():
        print(f"  {label:34} {milliseconds(action, pages):8.1f} ms a page")


def guess_rate(gap: Callable[[float], float]) -> float:
    """Return how often the most common surname for a gap is the right one, weighted by how common names
    are."""
    names = SURNAMES.split()
    weights = {name: 1 / (rank + 3) for rank, name in enumerate(names)}
    groups: dict[float, list[float]] = defaultdict(list)
    for name in names:
        groups[round(gap(text_width(name) * 12), 2)].append(weights[name])
    return sum(max(group) for group in groups.values()) / sum(weights.values())


def main() -> None:
    """Print times and guess rates."""
    files = [Path(argument) for argument in sys.argv[1:]]
    for path in files:
        times(path.name, path.read_bytes())
    if not files:
        times("report", report())
    print(f"surname from the gap, {len(SURNAMES.split())} names, 12 pt Helvetica, first guess right:")
    print(f"  nothing known          {guess_rate(lambda width: 0.0):6.1%}")
    print(f"  exact gap              {guess_rate(lambda width: width):6.1%}")
    print(f"  box in whole ems       {guess_rate(lambda width: stepped(width, 12)):6.1%}")
    print(f"  strict, {STEP:g} ems         {guess_rate(lambda width: stepped(width, 12, STEP)):6.1%}")
    counts = Counter(round(stepped(text_width(name) * 12, 12, STEP)) for name in SURNAMES.split())
    print(f"  gaps that strict leaves: {dict(sorted(counts.items()))} (points: names)")


if __name__ == "__main__":
    main()
