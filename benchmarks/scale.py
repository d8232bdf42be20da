"""Time and memory of whole batches: ``python -m benchmarks.scale --documents 1000 --workers 2``.

Documents are invented records of the training corpus, each with a line that makes it unlike all others. With
``--quick`` a few patterns search instead of the recognizers, where only what the batch itself takes is asked;
with ``--megabytes`` there is one document of so much text.
"""

import argparse
import os
import re
import resource
import tempfile
import time
from collections.abc import Iterator, Sequence
from contextlib import nullcontext
from pathlib import Path

from benchmarks.corpus import load
from recognizers.record_types import record_type
from recognizers.stretches import Text, overlapping
from redact import Document, Finding, Gate, Request, Segment, Source, Span, sources
from redact.batch import run
from redact.detect import Detector
from redact.findings import Findings
from redact.informants import informants
from redact.judging import Search
from redact.pool import Limits, Pool
from redact.privilege import privileged

REQUEST = {
    "id": "bench",
    "received": "2026-11-02",
    "decided_on": "2026-11-10",
    "policies": ["california", "cerritos"],
    "processed_by": "City Clerk",
    "requester": {"affiliation": "media"},
}
MAIL = re.compile(r"^\W*(?:from|to|cc|bcc)\s*:", re.IGNORECASE | re.MULTILINE)
"""Headers of mail: counsel in those of one record would make another's words their advice."""
PATTERNS = {
    "US_SSN": re.compile(r"\b\d{3}-\d{2}-\d{4}\b"),
    "PHONE_NUMBER": re.compile(r"\b\d{3}-\d{4}\b"),
    "PERSON": re.compile(r"\b[A-Z][a-z]{2,} [A-Z][a-z]{2,}\b"),
}


class Quick:
    """A few patterns in place of all recognizers, that find about as much."""

    version = "quick"

    def ready(self) -> None:
        """Nothing has to be loaded."""

    def search(self, document: Document, seen: dict[Text, Findings]) -> Search:
        """Find what the patterns match."""
        return Search(tuple((segment, Findings.of(self._find(segment))) for segment in document.segments))

    def _find(self, segment: Segment) -> Iterator[Finding]:
        for start, end in overlapping(len(segment.text)):
            window = segment.text[start:end]
            for entity, pattern in PATTERNS.items():
                for match in pattern.finditer(window):
                    span = Span(start + match.start(), start + match.end())
                    yield Finding(segment.locator, span, entity, 0.9, "Quick")


def made(folder: Path, count: int) -> tuple[Source, ...]:
    """Write so many documents, all different, and return them."""
    texts = [record.text for record in load("train")]
    for number in range(count):
        below = folder / f"{number // 500:03}"
        below.mkdir(exist_ok=True)
        (below / f"{number:06}.txt").write_text(f"{texts[number % len(texts)]}\nRecord {number}.\n", "utf-8")
    return sources([folder])


def large(folder: Path, megabytes: int) -> tuple[Source, ...]:
    """Write one document of so many million characters, and return it: one that is not withheld whole."""
    texts = [record.text for record in load("train") if _is_ordinary(record.text)]
    with (folder / "large.txt").open("w", encoding="utf-8") as file:
        written = number = 0
        while written < megabytes * 1_000_000:
            written += file.write(f"{texts[number % len(texts)]}\nRecord {number}.\n\n")
            number += 1
    return sources([folder])


def _is_ordinary(text: str) -> bool:
    """Whether a record is no reason to withhold what it is a part of, nor to ask an office about it."""
    segments = [Segment("text", text)]
    return not (record_type(text) or privileged(segments) or informants(segments) or MAIL.search(text))


def measured(documents: Sequence[Source], out: Path, detector: Detector, workers: int) -> None:
    """Print the times of a batch and the most memory that it took."""
    gate = Gate.load(detector=detector)
    characters = sum(
        source.content.stat().st_size for source in documents if isinstance(source.content, Path)
    )
    pool = Pool(workers, Limits(seconds=86_400), detector.ready) if workers else nullcontext(None)
    passes: dict[str, tuple[float, float, float]] = {}
    last = time.process_time()

    def tell(stage: str, done: int, total: int, pages: int) -> None:
        nonlocal last
        began, _, cpu = passes.get(stage, (time.monotonic(), 0.0, 0.0))
        now = time.process_time()
        passes[stage] = began, time.monotonic(), cpu + now - last
        last = now

    began = time.monotonic()
    with pool as executor:
        package = run(gate, Request.parse(REQUEST), documents, out, executor, progress=tell)
    elapsed = time.monotonic() - began
    own, children = (resource.getrusage(who) for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN))
    cpu = sum(use.ru_utime + use.ru_stime for use in (own, children))
    redactions = sum(account.redactions for account in package.accounts)
    print(f"{len(documents)} documents, {characters:,} bytes, {workers} workers, {redactions:,} redactions")
    print(f"  {elapsed:9.1f} s, processor {cpu:.1f} s (here {own.ru_utime + own.ru_stime:.1f})")
    for stage, (start, end, used) in passes.items():
        print(f"  {stage:6} {end - start:9.1f} s, processor here {used:.1f} s")
    print(
        f"  peak memory {own.ru_maxrss / 1024:.0f} MiB here, {children.ru_maxrss / 1024:.0f} MiB in a worker"
    )


def main() -> None:
    """Make the documents and run the batch."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else None)
    parser.add_argument("--documents", type=int, default=100)
    parser.add_argument("--megabytes", type=int, default=0)
    parser.add_argument("--workers", type=int, default=os.cpu_count() or 1)
    parser.add_argument("--quick", action="store_true")
    parser.add_argument("--fast", action="store_true")
    options = parser.parse_args()
    detector: Detector = Quick() if options.quick else Detector.later(fast=options.fast)  # type: ignore[assignment]
    with tempfile.TemporaryDirectory() as folder:
        place = Path(folder)
        (place / "in").mkdir()
        documents = (
            large(place / "in", options.megabytes)
            if options.megabytes
            else made(place / "in", options.documents)
        )
        measured(documents, place / "out", detector, options.workers)


if __name__ == "__main__":
    main()
