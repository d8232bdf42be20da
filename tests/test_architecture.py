"""Data flows one way: a module imports only what stands above it; the gate's own rooms join the others."""

import ast
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]

ORDER = """
    errors canonical limits about columns
    long_text document finding blocks findings source trait
    person datafile extension production sampling citation purpose parties authority
    request rule policy requester controlled_copy
    case protection
    legal_basis conditions decision decided terms table determination
    explanation replay
    phrases lexicons
    sought mentions people subjects statements arrests victims incidents shelter privilege informants
    propagation term_search redaction template
    judging vault shelf pool cluster
    analyzer
    detect
    formats
    verify
    journal
    audit
    contacts deadlines letters posts forms authoring closing
    receipt draft withholding_log report
    account
    inventory review_page prior_release delivery
    release
    audit.entries
    examination stamping carrying_out
    run
    writing
    gate
    batch
    cli __main__
"""
"""Modules and packages of ``redact``, from what knows nothing to what knows everything. Those in one line
stand beside each other and may import each other, if only in one direction."""

LINES = [line.split() for line in ORDER.strip().splitlines()]
LEVEL = {name: number for number, line in enumerate(LINES) for name in line}
LAW = {name for line in LINES[LEVEL["request"] : LEVEL["phrases"]] for name in line}
"""The rooms that know law and no files."""
JOINERS = {
    "examination",
    "stamping",
    "carrying_out",
    "run",
    "writing",
    "gate",
    "batch",
    "cli",
    "__main__",
    "__init__",
}
"""The gate's own rooms and what stands below: the only ones that may know both formats and law."""
UNPLACED = LEVEL["release"]
"""Where a module stands that nobody placed yet: nothing that is placed above may import it."""


def room(*names: str) -> str:
    """The name under which a module is placed: its own, or its package's."""
    full = ".".join(names)
    return full if full in LEVEL else names[0]


def modules(package: str) -> dict[Path, str]:
    """Every file of a package with the room that it belongs to."""
    folder = ROOT / package
    paths = sorted(folder.rglob("*.py"))
    return {path: room(*path.relative_to(folder).with_suffix("").parts) for path in paths}


@cache
def imports(path: Path) -> tuple[str, ...]:
    """Full names of what a file imports, anywhere in it, ``TYPE_CHECKING`` included."""
    return tuple(_imports(path))


def _imports(path: Path) -> Iterator[str]:
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            if node.level:
                parts = path.relative_to(ROOT).with_suffix("").parts
                base = ".".join(parts[: len(parts) - node.level])
                yield f"{base}.{node.module}" if node.module else base
            elif node.module == "redact" or node.module == "recognizers":
                yield from (f"{node.module}.{alias.name}" for alias in node.names)
            elif node.module:
                yield node.module


def rooms_imported(path: Path) -> set[str]:
    return {room(*name.split(".")[1:]) for name in imports(path) if name.startswith("redact.")}


OURS = modules("redact")
THEIRS = modules("recognizers")


def test_there_is_something_to_check():
    assert len(OURS) > 20 and len(THEIRS) > 10
    assert any(rooms_imported(path) for path in OURS)


@pytest.mark.parametrize("path", OURS, ids=lambda p: str(p.relative_to(ROOT)))
def test_a_module_imports_only_what_stands_above_it(path):
    own = OURS[path]
    if own == "__init__":
        return
    level = LEVEL.get(own, UNPLACED)
    below = {name for name in rooms_imported(path) - {own} if LEVEL.get(name, UNPLACED + 1) > level}
    assert not below, f"{own} imports {sorted(below)}: place the module in ORDER, or turn it around"


def test_modules_do_not_import_each_other_in_a_circle():
    graph: dict[str, set[str]] = {}
    for path, own in OURS.items():
        graph.setdefault(own, set()).update(rooms_imported(path) - {own})
    graph.pop("__init__", None)
    while free := {own for own, needs in graph.items() if not needs & graph.keys()}:
        graph = {own: needs for own, needs in graph.items() if own not in free}
    assert not graph, f"a circle among {', '.join(sorted(graph))}"


@pytest.mark.parametrize("path", [p for p, r in OURS.items() if r in LAW], ids=lambda p: p.stem)
def test_law_knows_no_files_and_no_models(path):
    known = {name.split(".")[0] for name in imports(path)}
    assert not known & {"pikepdf", "pypdf", "pypdfium2", "docx", "lxml", "PIL", "spacy", "presidio_analyzer"}
    assert not rooms_imported(path) & {"formats", "detect", "verify", "release", "audit"}
    words = {name for name in imports(path) if name.startswith("recognizers")}
    assert words <= {"recognizers.entities"}


@pytest.mark.parametrize(
    "path", [p for p, r in OURS.items() if r == "formats"], ids=lambda p: str(p.relative_to(ROOT))
)
def test_formats_know_no_law(path):
    assert not rooms_imported(path) & (LAW | {"detect", "gate", "release", "audit"})


@pytest.mark.parametrize("path", THEIRS, ids=lambda p: str(p.relative_to(ROOT)))
def test_recognizers_never_import_redact(path):
    assert not any(name.split(".")[0] == "redact" for name in imports(path))


ALONE = [("presidio_analyzer", {"analyzer"}), ("presidio_anonymizer", {"redaction"}), ("typer", {"cli"})]


@pytest.mark.parametrize(("library", "rooms"), ALONE)
def test_a_library_enters_through_one_door(library, rooms):
    doors = {own for path, own in OURS.items() for name in imports(path) if name.split(".")[0] == library}
    assert doors <= rooms


NETWORK = {"requests", "httpx", "urllib3", "aiohttp", "socket", "tldextract", "http", "ftplib"}


@pytest.mark.parametrize("path", [*OURS, *THEIRS], ids=lambda p: str(p.relative_to(ROOT)))
def test_nothing_reaches_for_the_network(path):
    assert not {name.split(".")[0] for name in imports(path)} & NETWORK
    assert "urllib.request" not in set(imports(path))


def test_the_gate_s_rooms_alone_join_formats_and_law():
    both = {
        own
        for path, own in OURS.items()
        if {"formats"} & rooms_imported(path) and {"determination"} & rooms_imported(path)
    }
    assert both <= JOINERS
