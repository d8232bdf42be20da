"""How far readers agree: what others than the author would mark in the same records, beside the software.

``recognizers/corpus/readers`` holds records that were marked a second time, by readers who knew the
conventions and a few records of ``train`` but not the author's marks. Their marks are scored here as if they
were findings, by the words of ``benchmarks.accuracy``: no software can be held to more than they agree on.
Below the table stands how the software does where they agree: how many of the marks that every reader covers
it catches, and what it covers and finds where neither the author nor a reader marks anything.

Run ``python -m benchmarks.agreement --help`` or ``make agreement``.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

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
    covered = [{i for start, end, _ in found_by(other) for i in range(start, end)} for other in others]

    def shared(mark: Mark) -> bool:
        ink = record.ink(mark)
        return all(sum(i in inside for i in ink) >= COVERED * len(ink) for inside in covered)

    return replace(record, marks=tuple(m for m in record.marks if m.category != OFFICIAL and shared(m)))


def united(record: Record, others: Sequence[Record]) -> Record:
    """Return ``record`` with what ``others`` mark beside its own marks."""
    return replace(record, marks=tuple(mark for each in (record, *others) for mark in each.marks))


@dataclass(frozen=True, slots=True)
class Agreement:
    """Scores over the records that every reader marked."""

    columns: dict[str, Score]
    """The software's and each reader's, against the author's marks."""
    agreed: Score
    """The software's against what is ``agreed``."""
    united: Score
    """The software's against what is ``united``."""

    def __str__(self) -> str:
        """Tell how the software does where readers agree."""
        return (
            f"marks that every reader covers: {sum(self.agreed.gold.values())}, "
            f"caught {self.agreed.recall(self.agreed.caught):.3f}\n"
            f"covered of what nobody marks: {self.united.over_redaction:.2%}\n"
            f"findings where nobody marks anything: {self.united.false_findings:.2%}"
        )


def agreement(records: Sequence[Record], detector: Detector, corpus: str) -> Agreement:
    """Score the software and each reader of ``corpus`` on those of ``records`` that every reader marked.

    Raises ``ValueError`` where nobody marked the corpus again, or a reader's text is another.
    """
    read = dict(readings(corpus))
    if not read:
        raise ValueError(f"nobody marked {corpus} a second time")
    scores = Agreement({name: Score() for name in ("redact", *read)}, Score(), Score())
    for record in records:
        others = {name: by_name[record.name] for name, by_name in read.items() if record.name in by_name}
        if others.keys() != read.keys():
            continue
        for name, other in others.items():
            if other.text != record.text:
                raise ValueError(f"{name} has another text of {record.name}")
            scores.columns[name].add(record, found_by(other))
        again = list(others.values())
        for found in detector([record.text]):
            scores.columns["redact"].add(record, found)
            scores.agreed.add(agreed(record, again), found)
            scores.united.add(united(record, again), found)
    return scores


def main() -> None:
    """Print the table for one corpus, and below it how the software does where readers agree."""
    options = arguments(__doc__).parse_args()
    scores = agreement(list(load(options.corpus)), options.detector, options.corpus)
    print(table(scores.columns), scores, sep="\n\n")


if __name__ == "__main__":
    main()
