"""``redact verify``: is a package what its manifest says, and what does a PDF still hold?"""

import json
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from redact.cli.options import DONE, UNVERIFIED, TextFormat, complain

if TYPE_CHECKING:
    from redact.formats.pdf import Report

Paths = Annotated[list[Path], typer.Argument(metavar="PATH...", help="Release packages, or PDF files.")]
Listing = Annotated[TextFormat, typer.Option("--format", help="How to report; json is one object a path.")]
Passwords = Annotated[
    Path | None,
    typer.Option(
        "--passwords",
        metavar="FILE",
        envvar="REDACT_PDF_PASSWORDS",
        help="Passwords of encrypted PDFs to try, one a line.",
    ),
]
Ocr = Annotated[bool, typer.Option("--ocr/--no-ocr", help="Whether an installed OCR engine reads pictures.")]


def verify(
    paths: Paths, format: Listing = TextFormat.text, passwords: Passwords = None, ocr: Ocr = True
) -> None:
    """Check release packages against their manifests, and PDFs, also redacted elsewhere, for what is left.

    Reports text under boxes, leftovers and side channels, never what they say. Exit code 4 if anything is
    wrong.
    """
    results = [_package(path) if path.is_dir() else _file(path, passwords, ocr) for path in paths]
    for path, result in zip(paths, results, strict=True):
        if format is TextFormat.json:
            typer.echo(json.dumps(result, ensure_ascii=False))
        elif result["clean"]:
            typer.echo("verified" if len(paths) == 1 else f"{path.name}: verified")
        for line in result["problems"]:
            complain(line)
    raise typer.Exit(DONE if all(result["clean"] for result in results) else UNVERIFIED)


def _package(folder: Path) -> dict[str, Any]:
    from redact.draft import check_package

    problems = check_package(folder)
    return {"path": folder.name, "kind": "package", "clean": not problems, "problems": problems}


def _file(path: Path, passwords: Path | None, ocr: bool) -> dict[str, Any]:
    """Report on a PDF; one that cannot be read completely is not clean. Raises ``InputError``."""
    from redact.errors import FormatError, InputError
    from redact.formats.pdf import PdfFormat
    from redact.formats.pdf import verify as inspect
    from redact.formats.pdf.passwords import passwords_in

    try:
        data = path.read_bytes()
    except OSError as error:
        raise InputError(f"{path.name} cannot be read: {error.strerror}") from None
    if not PdfFormat().recognizes(data, path.name):
        raise InputError(f"{path.name} is no PDF; name PDF files or release packages")
    told = {"path": path.name, "kind": "pdf"}
    try:
        report = inspect(data, passwords_in(passwords) if passwords else (), use_ocr=ocr)
    except FormatError as error:
        return {**told, "clean": False, "problems": [f"{path.name}: {error}"]}
    return {**told, **report.as_dict(), "problems": _problems(path.name, report)}


def _problems(name: str, report: "Report") -> list[str]:
    from redact.formats.pdf.verify import MEANINGS

    return [
        f"{name}: {o.locator or 'file'}: {o.count} x {o.code}: {MEANINGS[o.code]}"
        for o in report.observations
    ]
