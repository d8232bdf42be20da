"""Speed of detection beside stock Presidio, in one process and one run, on the same texts.

Machines differ and are noisy, so the figure to quote is the ratio: the detectors take turns over the same
texts, processor time is counted, and of each text the least of the rounds, which others lengthen least. None
is searched twice in a row: what a detector remembers of the last few texts must not count.

Run ``python -m benchmarks.speed --help`` or ``make bench``.
"""

import argparse
import math
import time
from collections.abc import Sequence

from benchmarks.accuracy import Detector, stock_presidio
from benchmarks.corpus import load


def seconds(detector: Detector, text: str) -> float:
    """Processor seconds that ``detector`` takes over a text as a request of its own."""
    start = time.process_time()
    for _ in detector([text]):
        pass
    return time.process_time() - start


def rates(detectors: dict[str, Detector], texts: Sequence[str], rounds: int) -> dict[str, float]:
    """Characters a processor second of each detector, by the least of ``rounds`` turns at each text."""
    for detector in detectors.values():
        for text in texts[:3]:
            seconds(detector, text)
    least = {name: [math.inf] * len(texts) for name in detectors}
    for _ in range(rounds):
        for name, detector in detectors.items():
            for number, text in enumerate(texts):
                least[name][number] = min(least[name][number], seconds(detector, text))
    return {name: sum(map(len, texts)) / sum(values) for name, values in least.items()}


def determinations(count: int = 200, findings: int = 100, rounds: int = 3) -> float:
    """Milliseconds that the determination takes a document with so many findings, by the least of ``rounds``:
    one search for garbage through all that the detectors hold takes as long as the rest of a round."""
    from recognizers.entities import ENTITIES
    from redact import Case, Facts, Finding, PolicyStack, Request, Span, determine

    entities = list(ENTITIES)
    facts = tuple(
        Facts(
            f"document-{number}",
            tuple(
                Finding(
                    "text",
                    Span(10 * n, 10 * n + 5),
                    entities[(n + number) % len(entities)],
                    0.9,
                    "bench",
                    subject=n,
                )
                for n in range(findings)
            ),
        )
        for number in range(count)
    )
    stack = PolicyStack.load(["california", "cerritos", "pasadena"])
    request = Request.parse(
        {
            "id": "bench",
            "received": "2026-11-02",
            "decided_on": "2026-11-10",
            "processed_by": "City Clerk",
            "requester": {"affiliation": "media"},
        }
    )
    least = math.inf
    for _ in range(rounds):
        start = time.process_time()
        determine(request, Case(facts), stack)
        least = min(least, time.process_time() - start)
    return 1000 * least / count


def main() -> None:
    """Print the table."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else None)
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--records", type=int, default=50)
    options = parser.parse_args()
    from redact.detect import benchmark, fast_benchmark

    texts = [record.text for record in load("dev")][: options.records]
    detectors: dict[str, Detector] = {
        "redact": benchmark(),
        "redact --fast": fast_benchmark(),
        "stock Presidio": stock_presidio(),
    }
    result = rates(detectors, texts, options.rounds)
    for name, rate in result.items():
        ratio = rate / result["stock Presidio"]
        print(f"{name:16}{rate:12,.0f} characters a processor second, {ratio:.2f} times stock")
    print(f"{'determination':16}{determinations():12.3f} ms a document of 100 findings")


if __name__ == "__main__":
    main()
