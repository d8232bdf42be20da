"""Measures what can be recovered of removed words from redacted PDFs, and what their redaction takes.

    python -m benchmarks.pdf_leaks FOLDER [--word WORD] [--share 0.1] [--seed 7] [--ocr] [--inspected]
[--name PART] [--results FILE]

With ``--word`` that word is removed from each file wherever it is found; without, a random share of the
words of each file. ``--inspected`` takes pictures as looked at by a person, so that OCR does not read them
first. Each file is worked on in a process of its own, which may take 20 s a page, and so much again for
measuring, and 1 GiB of address space beside what it has when it begins. With ``--results`` each outcome is
appended to a file of JSON lines, and files that it has are not measured again.

Removed words are looked for in the text that PDFium, pypdf, poppler (where it is installed) and pdfminer
find, in the bytes, in all objects and decoded streams, and with ``--ocr`` in what OCR reads on the written
pages; what it reads outside of all boxes, where no text says so, is told apart: ``--inspected`` leaves that
to a person.
Prints a line a file and a table by reason; ends with 1 if anything was recoverable or a process was lost.
"""

import argparse
import json
import sys
from collections import Counter
from collections.abc import Iterable
from dataclasses import asdict
from pathlib import Path

import pikepdf

from benchmarks.pdf_outcome import Outcome, Task, measure
from redact.pool import Limits, Pool, WorkerError

SECONDS = 20.0
"""For a page."""
MEMORY = 1 << 30


def pages_of(path: Path) -> int:
    """Return how many pages a file has; 1 if it cannot be opened."""
    try:
        with pikepdf.open(path) as pdf:
            return max(1, len(pdf.pages))
    except (pikepdf.PdfError, pikepdf.PasswordError, ValueError, RuntimeError):
        return 1


def alone(task: Task) -> Outcome:
    """Measure a file in a process of its own, within the limits."""
    with Pool(1, Limits(2 * SECONDS * pages_of(task.path), MEMORY)) as pool:
        try:
            return pool.submit(measure, task).result()
        except (WorkerError, MemoryError) as error:
            return Outcome(task.path.name, "crashed", f"{type(error).__name__}: {error}")


def line(found: Outcome) -> str:
    """Return an outcome as a line."""
    recovered = ",".join(f"{reader} {count}" for reader, count in sorted(found.recovered.items())) or "-"
    changed = ",".join(f"{share:.3%}" for share in found.changed.values()) or "-"
    return (
        f"{found.outcome:9} {found.name[:48]:48} pages {found.pages:3} removed {found.removed:4} "
        f"recovered {recovered} lost {found.lost}/{found.kept} images {sum(found.images.values())} "
        f"changed {changed} size {found.size:.2f} {found.seconds:.1f} s {found.peak:.0f} MiB "
        f"{found.why}{'; '.join(found.images)}"
    )


def counted(reasons: Iterable[str]) -> dict[str, int]:
    """Return how often each reason is given, the most frequent first."""
    return dict(Counter(reasons).most_common())


def table(outcomes: list[Outcome]) -> dict[str, object]:
    """Return what all outcomes come to."""
    written = [found for found in outcomes if found.outcome == "written"]
    images: Counter[str] = Counter()
    cpu: Counter[str] = Counter()
    for found in written:
        images.update(found.images)
        cpu.update(found.cpu)
    pages = sum(found.pages for found in written)
    digital = [found for found in written if not found.images]
    paced = [(found.seconds / max(1, found.pages), found.name) for found in outcomes]
    return {
        "files": len(outcomes),
        "written": len(written),
        "others by reason": counted(f"{o.outcome}: {o.why}" for o in outcomes if o.outcome != "written"),
        "places removed": sum(found.removed for found in written),
        "files of which something was removed": sum(found.removed > 0 for found in written),
        "files with a recoverable word": [found.name for found in written if found.recovered],
        "files with a removed word that only OCR reads": {o.name: o.unread for o in written if o.unread},
        "letters kept": sum(found.kept for found in written),
        "letters lost": sum(found.lost for found in written),
        "files that lost 0.1 % or more": [o.name for o in written if o.lost >= 0.001 * max(1, o.kept) > 0],
        "pages": pages,
        "pages as images by reason": dict(images.most_common()),
        "largest changed share": {
            program: max(found.changed.get(program, 0.0) for found in written)
            for program in sorted({program for found in written for program in found.changed})
        },
        "files over 1.1 times their size": {o.name: round(o.size, 2) for o in written if o.size > 1.1},
        "of these without pages as images": sum(found.size > 1.1 for found in digital),
        "slowest seconds a page": max(paced),
        "processor ms a page": {step: round(1000 * used / max(1, pages)) for step, used in cpu.items()},
        "peak MiB": max(found.peak for found in outcomes),
    }


def main() -> int:
    """Run over a folder and print the table."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("folder", type=Path)
    parser.add_argument("--word")
    parser.add_argument("--share", type=float, default=0.1)
    parser.add_argument("--seed", type=int, default=7)
    parser.add_argument("--ocr", action="store_true", help="also read the rendered result by OCR")
    parser.add_argument(
        "--inspected", action="store_true", help="pictures count as looked at; no OCR on reading"
    )
    parser.add_argument("--name", default="", help="only files whose name holds this")
    parser.add_argument("--results", type=Path, help="a file of outcomes, to go on with")
    options = parser.parse_args()
    known: dict[str, Outcome] = {}
    if options.results is not None and options.results.exists():
        lines = options.results.read_text(encoding="utf-8").splitlines()
        known = {outcome.name: outcome for outcome in (Outcome(**json.loads(text)) for text in lines)}
    outcomes = []
    for path in sorted(options.folder.glob("*.pdf")):
        if options.name not in path.name:
            continue
        found = known.get(path.name)
        if found is None:
            task = Task(path, options.word, options.share, options.seed, options.ocr, options.inspected)
            found = alone(task)
            if options.results is not None:
                with options.results.open("a", encoding="utf-8") as out:
                    out.write(json.dumps(asdict(found)) + "\n")
        outcomes.append(found)
        print(line(found), flush=True)
    if not outcomes:
        print("there is no such file")
        return 2
    print(json.dumps(table(outcomes), indent=1))
    return int(any(found.recovered or found.outcome == "crashed" for found in outcomes))


if __name__ == "__main__":
    sys.exit(main())
