"""A release package on disk: drafted beside its place, published whole or not at all, checked later."""

import json
import os
import shutil
from collections.abc import Iterable
from hashlib import file_digest, sha256
from pathlib import Path, PurePosixPath
from types import TracebackType
from typing import Self

from redact.errors import InputError

DOCUMENTS = "documents"
"""Folder of a package that holds what is released; everything else in it speaks about the release."""
MANIFEST = "manifest.json"
ANCHOR = "audit-anchor.json"
"""Where the audit log stood once the release was in it; it can be in no manifest that the log speaks of."""


class Draft:
    """A package in the making, beside its final place on the same file system.

    A context manager: what is not published is removed, and only ``publish`` makes it appear, whole.
    """

    def __init__(self, out: Path) -> None:
        self.out = out
        self.folder = out.parent / f".{out.name}.partial"
        self.aside = out.parent / f".{out.name}.aside"
        """Where workers leave what is not, or not yet, in the package; goes with the draft."""

    def __enter__(self) -> Self:
        if self.out.exists() and (not self.out.is_dir() or any(self.out.iterdir())):
            raise InputError(f"{self.out.name} already holds something; name a new folder with --out")
        try:
            self.out.parent.mkdir(parents=True, exist_ok=True)
            for folder in (self.folder, self.aside):
                if folder.exists():
                    shutil.rmtree(folder)
                folder.mkdir(mode=0o700)
            (self.folder / DOCUMENTS).mkdir(mode=0o700)
        except OSError as error:
            raise InputError(f"cannot write beside {self.out.name}: {error.strerror}") from None
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        for folder in (self.folder, self.aside):
            shutil.rmtree(folder, ignore_errors=True)

    def add(self, name: str, pieces: Iterable[bytes]) -> str:
        """Write one file of the package, readable by its owner only; returns its SHA-256 in hexadecimal."""
        path = self._place(name)
        digest = sha256()
        descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        with os.fdopen(descriptor, "wb") as file:
            for piece in pieces:
                digest.update(piece)
                file.write(piece)
            file.flush()
            os.fsync(file.fileno())
        return digest.hexdigest()

    def adopt(self, name: str, file: Path) -> None:
        """Take a file that a worker left on the disk into the package; it stays where it lies as well."""
        path = self._place(name)
        try:
            path.hardlink_to(file)
        except OSError:
            # Another file system, or one without hard links.
            shutil.copy(file, path)
            with path.open("rb") as written:
                os.fsync(written.fileno())

    def _place(self, name: str) -> Path:
        # Where a delivery is unpacked on Windows, a backslash parts folders too.
        if ".." in name.replace("\\", "/").split("/"):
            raise InputError(
                "the name of a document leads out of the package; name it relative to the request"
            )
        path = self.folder / PurePosixPath(name)
        path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        return path

    def publish(self) -> None:
        """Make the package appear at its final place, all at once."""
        if self.out.exists():
            self.out.rmdir()
        self.folder.rename(self.out)


def check_package(folder: Path) -> list[str]:
    """Return what is wrong with a package: files that are missing, changed or not in its manifest.

    Raises ``InputError`` where ``folder`` holds no manifest that can be read.
    """
    try:
        stated = json.loads((folder / MANIFEST).read_bytes())["files"]
        if not isinstance(stated, dict):
            raise TypeError
    except (OSError, ValueError, KeyError, TypeError):
        raise InputError(
            f"{folder.name} holds no manifest.json that can be read: not a release package"
        ) from None
    present = {
        path.relative_to(folder).as_posix(): path
        for path in sorted(folder.rglob("*"))
        if path.is_file() and path.relative_to(folder).as_posix() not in (MANIFEST, ANCHOR)
    }
    problems = [f"{name}: missing" for name in sorted(stated.keys() - present.keys())]
    problems += [f"{name}: not in the manifest" for name in sorted(present.keys() - stated.keys())]
    for name in sorted(stated.keys() & present.keys()):
        with present[name].open("rb") as file:
            there = file_digest(file, "sha256").hexdigest()
        if there != stated[name]:
            problems.append(f"{name}: changed since the release")
    return problems
