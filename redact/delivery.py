"""The delivery: all that leaves to the requester as one file to hand over, and nothing that stays here.

Besides what is released and the pages that stand for or cover documents: the letter, the withholding log and
the load file, without what only the office needs. What speaks to the office and its auditor stays: the
determination, proofs, exceptions, queues, the receipt to be signed, manifest and anchor. So does the notice
of an extension, which was sent before.
"""

import zipfile
from collections.abc import Iterable, Iterator, Mapping
from hashlib import sha256
from pathlib import Path, PurePosixPath

from redact.errors import VerificationError

DELIVERY = "delivery.zip"
LOAD_FILE = "load-file.csv"
_EPOCH = (1980, 1, 1, 0, 0, 0)
"""The first moment that a ZIP can tell."""
_UNIX, _PLAIN_FILE = 3, 0o100644
_PIECE = 2**18
"""Bytes that are read at a time."""


def delivery(folder: Path, files: Mapping[str, str], load_file: Iterable[bytes]) -> Iterator[bytes]:
    """Yield a ZIP of ``files`` of the package in ``folder``, each name with the SHA-256 that it was released
    under, and of ``load_file``; the same bytes for the same content, whenever and wherever.

    Raises ``VerificationError`` where a file is not what was released, ``OSError`` where it cannot be read.
    """
    passing = _Passing()
    with zipfile.ZipFile(passing, "w") as archive:
        for name in sorted({*files, LOAD_FILE}):
            entry = zipfile.ZipInfo(name, _EPOCH)
            entry.create_system, entry.external_attr = _UNIX, _PLAIN_FILE << 16
            entry.compress_type = zipfile.ZIP_DEFLATED
            content = load_file
            if name in files:
                path = folder / PurePosixPath(name)
                # By it the archive knows whether lengths must have 64 bits.
                entry.file_size = path.stat().st_size
                content = _released(path, files[name])
            with archive.open(entry, "w") as target:
                for piece in content:
                    target.write(piece)
                    yield passing.taken()
    yield passing.taken()


def _released(path: Path, stated: str) -> Iterator[bytes]:
    digest = sha256()
    with path.open("rb") as file:
        while piece := file.read(_PIECE):
            digest.update(piece)
            yield piece
    if digest.hexdigest() != stated:
        raise VerificationError(
            "a file of the package changed while it was put into the delivery; run it again"
        )


class _Passing:
    """A file to write to that holds what was written until that is taken from it."""

    def __init__(self) -> None:
        self._waiting = bytearray()

    def write(self, data: bytes) -> int:
        self._waiting += data
        return len(data)

    def flush(self) -> None:
        """Nothing waits for it."""

    def close(self) -> None:
        """There is nothing to close."""

    def taken(self) -> bytes:
        data = bytes(self._waiting)
        self._waiting.clear()
        return data
