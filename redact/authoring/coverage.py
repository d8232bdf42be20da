"""Coverage: for each clause of the source texts, the rules that enforce it, or what else becomes of it.

The clauses are data (``requirements.csv``). Which rules enforce one is read from the clauses that the policy
files cite, so it cannot drift from them; the rest is stated, with its reason, in ``coverage.toml``.
"""

import csv
import re
import tomllib
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from importlib import resources
from typing import Any, Literal

from redact.errors import PolicyError
from redact.policy import PolicyStack, bundled

_OWN = {"cerritos": "CER", "pasadena": "PAS-AA", "pasadena-police": "PAS-PD", "ramsey": "RAM"}
"""The text that each policy file takes apart: its rules cite that text's clauses by themselves."""
_NAMED = (
    (re.compile(r"Cerritos (1\.03\.\S+)"), "CER", "{}"),
    (re.compile(r"Pasadena AA (\d\S*)"), "PAS-AA", "{}"),
    (re.compile(r"Pasadena Police Procedure (\d\S*)"), "PAS-PD", "PROC.{}"),
    (re.compile(r"Pasadena Police Policy (\d\S*)"), "PAS-PD", "POL.{}"),
    (re.compile(r"Ramsey (\d+)"), "RAM", "{}"),
)
"""How other files cite them."""
_RANGE = re.compile(r"(?P<stem>.*\.)(?P<first>\d+)-(?P<last>\d+)")


@dataclass(frozen=True, slots=True)
class Clause:
    """One clause of a source text and what becomes of it."""

    doc: str
    clause: str
    what: str
    state: Literal["enforced", "supported", "out_of_reach"]
    rules: tuple[str, ...] = ()
    """Ids of the rules and requester categories that enforce it, and the terms of copies."""
    by: tuple[str, ...] = ()
    """What supports it, as ``module:name``."""
    tests: tuple[str, ...] = ()
    """Tests that show it, as ``file::function``."""
    reason: str = ""
    """Why it is out of the program's reach."""


def coverage(stack: PolicyStack | None = None) -> list[Clause]:
    """Return every clause of the source texts in their order, for ``stack`` (all policies if None).

    Raises ``PolicyError`` where a clause has no state, or more than one.
    """
    stack = stack or PolicyStack.load(bundled())
    cited = _cited(stack)
    stated = _stated()
    clauses = []
    for row in _requirements():
        key = row["doc"], row["clause"]
        entry = stated.pop(key, {})
        rules = cited.get((key[0], entry.get("cited_as", key[1])), ())
        if rules and "state" in entry:
            raise PolicyError(
                f"{' '.join(key)} is enforced by {', '.join(rules)}; take it out of coverage.toml"
            )
        if not rules and "state" not in entry:
            raise PolicyError(
                f"{' '.join(key)}: no rule cites it and coverage.toml does not say what becomes of it"
            )
        clauses.append(
            Clause(
                *key,
                row["what"],
                "enforced" if rules else entry["state"],
                rules,
                tuple(entry.get("by", ())),
                tuple(entry.get("tests", ())),
                entry.get("reason", ""),
            )
        )
    if stated:
        raise PolicyError(
            f"coverage.toml speaks of clauses that are none: {', '.join(map(' '.join, stated))}"
        )
    return clauses


def as_table(clauses: list[Clause]) -> str:
    """Return the coverage as a Markdown table, one row a clause."""
    lines = ["| text | clause | what it asks | state | by |", "|---|---|---|---|---|"]
    for one in clauses:
        by = ", ".join(one.rules or one.by) or one.reason
        cells = (one.doc, one.clause, one.what, one.state.replace("_", " "), by)
        lines.append(f"| {' | '.join(cell.replace('|', '/') for cell in cells)} |")
    return "\n".join(lines) + "\n"


def _cited(stack: PolicyStack) -> dict[tuple[str, str], tuple[str, ...]]:
    """The rules, categories and terms of copies that cite each clause."""
    found: dict[tuple[str, str], dict[str, None]] = defaultdict(dict)
    for policy in (stack.vocabulary, stack.floor, *stack.policies):
        for rule in policy.rule:
            for key in _clauses(rule.clause, _OWN.get(policy.id)):
                found[key][rule.id] = None
        if policy.copy:
            for key in _clauses(policy.copy.clause, _OWN.get(policy.id)):
                found[key][f"[copy] of {policy.id}"] = None
        for category in policy.category:
            for key in _clauses(category.clause, _OWN.get(policy.id)):
                found[key][f"category {category.id}"] = None
    return {key: tuple(rules) for key, rules in found.items()}


def _clauses(text: str, own: str | None) -> Iterator[tuple[str, str]]:
    """Yield the clauses that a citation names, ranges one by one."""
    for part in (part.strip() for part in re.split(r"[;,]", text)):
        named = [
            (doc, form.format(m[1].rstrip(":."))) for one, doc, form in _NAMED for m in one.finditer(part)
        ]
        if not named and own:
            named = [(own, part)]
        for doc, clause in named:
            yield doc, clause
            if spanned := _RANGE.fullmatch(clause):
                for number in range(int(spanned["first"]), int(spanned["last"]) + 1):
                    yield doc, f"{spanned['stem']}{number}"


def _requirements() -> list[dict[str, str]]:
    text = (resources.files("redact.authoring") / "requirements.csv").read_text(encoding="utf-8")
    return list(csv.DictReader(text.splitlines()))


def _stated() -> dict[tuple[str, str], dict[str, Any]]:
    data = tomllib.loads((resources.files("redact.authoring") / "coverage.toml").read_text(encoding="utf-8"))
    stated: dict[tuple[str, str], dict[str, Any]] = {}
    for entry in data["clause"]:
        key = entry["doc"], entry["clause"]
        if key in stated:
            raise PolicyError(f"coverage.toml speaks of {' '.join(key)} twice")
        stated[key] = entry
    return stated
