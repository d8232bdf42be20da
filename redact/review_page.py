"""The page for whoever reads before anything leaves: counts that add up, queues, and what was drawn."""

import html
from collections.abc import Iterator

from redact.inventory import Inventory


def review_page(request_id: str, decided_on: str, inventory: Inventory) -> Iterator[bytes]:
    """Yield the page (HTML, no script, nothing fetched); it names documents as the records do."""
    counts, sample = inventory.counts(), inventory.sample
    outcomes = counts["outcomes"]
    total = " + ".join(f"{number} {name}" for name, number in outcomes.items())
    yield f"""<!doctype html>
<html lang="en">
<meta charset="utf-8">
<title>Review {html.escape(request_id)}</title>
<style>
body {{ font: 10pt/1.4 sans-serif; margin: 1.5cm; max-width: 45em }}
table {{ border-collapse: collapse }} th, td {{ border: 1px solid #888; padding: 2pt 6pt; text-align: left }}
</style>
<h1>Before it leaves</h1>
<p>Request {html.escape(request_id)}, decided on {html.escape(decided_on)}.</p>
<h2>What came in and what became of it</h2>
<p>{counts["submitted"]} files were submitted, which hold {counts["documents"]} documents, each message and
attachment counted: {total} = {counts["documents"]}. {counts["duplicates"]} of them are the same, byte for
byte, as one before (load-file.csv says of which). What could not be processed is in exceptions.csv.</p>
<h2>Who reads what</h2>
<table><thead><tr><th scope=col>queue</th><th scope=col>documents</th></tr></thead><tbody>
""".encode()
    for queue, number in counts["queues"].items():
        yield f"<tr><td>{html.escape(queue)}</td><td>{number}</td></tr>\n".encode()
    yield f"""</tbody></table>
<p>Which these are, for which office and why is in review-queues.csv.</p>
<h2>The sample of what leaves as it is</h2>
<p>{html.escape(sample.statement)}</p>
<ol>
""".encode()
    for name in sample.names:
        yield f"<li>{html.escape(name)}\n".encode()
    yield b"</ol>\n</html>\n"
