"""How far readers agree: what others than the author would mark in the same records, beside the software.

``recognizers/corpus/readers`` holds records that were marked a second time, by readers who knew the
conventions and a few records of ``train`` but not the author's marks. Their marks are scored here as if they
were findings, by the words of ``benchmarks.accuracy``: no software can be held to more than they agree on.
Below the table stands how the software does where they agree: how many of the marks that every reader covers
it catches, and what it covers and finds where neither the author nor a reader marks anything.

Run ``python -m benchmarks.agreement --help`` or ``make agreement``.
"""

from collections.abc import Iterator, Sequence
from dataclasses import replace

from benchmarks.accuracy import COVERED, Detector, Found, Score, arguments, table
from benchmarks.corpus import CATEGORY_TO_ENTITY, CORPORA, OFFICIAL, Mark, Record, load

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


def agreed(record: Record, others: Sequence[Record]) -> Record:
    """Return ``record`` with those of its marks only that every one of ``others`` covers."""

    def covers(other: Record, mark: Mark) -> bool:
        inside = {i for start, end, _ in found_by(other) for i in range(start, end)}
        ink = [i for i in range(mark.start, mark.end) if not record.text[i].isspace()]
        return sum(i in inside for i in ink) >= COVERED * len(ink)

    marks = (m for m in record.marks if m.category != OFFICIAL and all(covers(o, m) for o in others))
    return replace(record, marks=tuple(marks))


def united(record: Record, others: Sequence[Record]) -> Record:
    """Return ``record`` with what ``others`` mark beside its own marks."""
    return replace(record, marks=tuple(mark for each in (record, *others) for mark in each.marks))


def agreement(records: Sequence[Record], detector: Detector, corpus: str) -> dict[str, Score]:
    """Score the software and each reader of ``corpus`` against the marks of ``records``, and the software
    against what is ``agreed`` and ``united`` as well.

    The records are those that every reader marked. Raises ``ValueError`` where a reader's text is another.
    """
    read = dict(readings(corpus))
    columns = {name: Score() for name in ("redact", *read, "agreed", "united")}
    for record in records:
        others = {name: by_name[record.name] for name, by_name in read.items() if record.name in by_name}
        if others.keys() != read.keys():
            continue
        for found in detector([record.text]):
            columns["redact"].add(record, found)
            columns["agreed"].add(agreed(record, list(others.values())), found)
            columns["united"].add(united(record, list(others.values())), found)
        for name, other in others.items():
            if other.text != record.text:
                raise ValueError(f"{name} has another text of {record.name}")
            columns[name].add(record, found_by(other))
    return columns


def summary(common: Score, joint: Score) -> str:
    """Tell how the software does where readers agree, from its scores against what is agreed and united."""
    return (
        f"marks that every reader covers: {sum(common.gold.values())}, "
        f"caught {common.recall(common.caught):.3f}\n"
        f"covered of what nobody marks: {joint.over_redaction:.2%}\n"
        f"findings where nobody marks anything: {joint.false_findings:.2%}"
    )


def main() -> None:
    """Print the table for one corpus, and below it the summary."""
    options = arguments(__doc__).parse_args()
    columns = agreement(list(load(options.corpus)), options.detector, options.corpus)
    common, joint = columns.pop("agreed"), columns.pop("united")
    print(table(columns), summary(common, joint), sep="\n\n")


if __name__ == "__main__":
    main()
