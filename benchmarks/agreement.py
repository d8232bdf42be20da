"""How far readers agree: what others than the author would mark in the same records, beside the software.

``recognizers/corpus/readers`` holds records that were marked a second time, by readers who knew the
conventions and a few records of ``train`` but not the author's marks. Their marks are scored here as if they
were findings, by the words of ``benchmarks.accuracy``: no software can be held to more than they agree on.

Run ``python -m benchmarks.agreement --help`` or ``make agreement``.
"""

from collections.abc import Iterator, Sequence

from benchmarks.accuracy import Detector, Found, Score, arguments, score, table
from benchmarks.corpus import CATEGORY_TO_ENTITY, CORPORA, Record, load

READERS = "readers"
"""The folder of what readers marked; a folder in it is called by its corpus and a number: ``dev-1``."""


def readings(corpus: str) -> Iterator[tuple[str, dict[str, Record]]]:
    """Yield each reader of ``corpus`` with the records as that reader marked them, by their names."""
    for folder in sorted((CORPORA / READERS).glob(f"{corpus}-*")):
        yield folder.name, {record.name: record for record in load(f"{READERS}/{folder.name}")}


def found_by(reading: Record) -> list[Found]:
    """Return a reader's marks as findings; officials' names are none."""
    return [
        (mark.start, mark.end, CATEGORY_TO_ENTITY[mark.category])
        for mark in reading.marks
        if mark.category in CATEGORY_TO_ENTITY
    ]


def agreement(records: Sequence[Record], detector: Detector, corpus: str) -> dict[str, Score]:
    """Score the software and each reader of ``corpus`` against the marks of ``records``.

    The records are those that every reader marked. Raises ``ValueError`` where a reader's text is another.
    """
    read = dict(readings(corpus))
    both = [r for r in records if all(r.name in by_name for by_name in read.values())]
    columns = {"redact": score(both, detector)}
    for reader, by_name in read.items():
        columns[reader] = Score()
        for record in both:
            reading = by_name[record.name]
            if reading.text != record.text:
                raise ValueError(f"{reader} has another text of {record.name}")
            columns[reader].add(record, found_by(reading))
    return columns


def main() -> None:
    """Print the table for one corpus."""
    options = arguments(__doc__).parse_args()
    print(table(agreement(list(load(options.corpus)), options.detector, options.corpus)))


if __name__ == "__main__":
    main()
