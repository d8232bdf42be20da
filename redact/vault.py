"""A vault: what a run puts aside between its passes, on disk, so that memory does not grow with the request.

It holds text of documents. So it is encrypted (AES-256-GCM, NIST SP 800-38D) under a key that lies in memory
only: whatever a killed run leaves behind can be read by nobody.
"""

import io
import os
import pickle
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from cryptography.hazmat.primitives.ciphers.aead import AESGCM

_RANDOM, _NUMBER = 8, 4
"""Bytes of a nonce: random ones that a file begins with, and the number of a part of it."""
_PART = 2**20
"""Bytes that are encrypted at a time, so that a large value is not in memory several times."""
_TAG = 16


@dataclass(frozen=True, slots=True)
class Vault:
    """A folder of encrypted values; workers in other processes that see the folder may share it."""

    folder: Path
    key: bytes = field(default_factory=lambda: AESGCM.generate_key(256), repr=False)

    def put(self, name: str, value: object) -> None:
        """Put ``value``, which must pickle, aside under ``name``. Raises ``OSError`` where it cannot."""
        path = self.folder / name
        beside = _beside(path)
        with _created(beside) as file:
            sealing = _Sealing(file, AESGCM(self.key), name)
            pickle.dump(value, sealing, pickle.HIGHEST_PROTOCOL)
            sealing.end()
        beside.replace(path)

    def get(self, name: str) -> Any:
        """Return what was put aside under ``name``, by this run and unchanged.

        Raises ``OSError`` where it is not there, ``cryptography.exceptions.InvalidTag`` where it is not ours.
        """
        with (self.folder / name).open("rb") as file:
            return pickle.load(io.BufferedReader(_Unsealing(file, AESGCM(self.key), name), _PART))  # noqa: S301


def _told(name: str, number: int, *, last: bool) -> bytes:
    """What is authenticated with a part: of which value it is, and whether it is the last: none can be
    left out."""
    return f"{name} {number} {last}".encode()


class _Sealing:
    """A file to write to; what is written is encrypted part by part."""

    def __init__(self, file: io.BufferedWriter, cipher: AESGCM, name: str) -> None:
        self._file, self._cipher, self._name = file, cipher, name
        self._random, self._number = os.urandom(_RANDOM), 0
        self._waiting = bytearray()
        file.write(self._random)

    def write(self, data: bytes | memoryview | pickle.PickleBuffer) -> int:
        view = memoryview(data).cast("B")
        for start in range(0, len(view), _PART):
            self._waiting += view[start : start + _PART]
            if len(self._waiting) >= _PART:
                self._seal(self._waiting[:_PART], last=False)
                del self._waiting[:_PART]
        return len(view)

    def end(self) -> None:
        self._seal(self._waiting, last=True)

    def _seal(self, part: bytearray, *, last: bool) -> None:
        nonce = self._random + self._number.to_bytes(_NUMBER)
        self._file.write(self._cipher.encrypt(nonce, part, _told(self._name, self._number, last=last)))
        self._number += 1


class _Unsealing(io.RawIOBase):
    """What was written to a ``_Sealing``, to be read."""

    def __init__(self, file: io.BufferedReader, cipher: AESGCM, name: str) -> None:
        self._file, self._cipher, self._name = file, cipher, name
        self._random, self._number = file.read(_RANDOM), 0
        self._part, self._sealed = memoryview(b""), file.read(_PART + _TAG)

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: Any) -> int:
        if not self._part and self._sealed:
            following = self._file.read(_PART + _TAG)
            nonce = self._random + self._number.to_bytes(_NUMBER)
            told = _told(self._name, self._number, last=not following)
            self._part = memoryview(self._cipher.decrypt(nonce, self._sealed, told))
            self._number += 1
            self._sealed = following
        size = min(len(buffer), len(self._part))
        buffer[:size] = self._part[:size]
        self._part = self._part[size:]
        return size


def write(path: Path, *parts: bytes, synced: bool = False) -> None:
    """Write a file of ``parts`` that only its owner may read, whole or not at all. Raises ``OSError``.

    Where ``synced``, it is on the disk before this returns.
    """
    beside = _beside(path)
    with _created(beside) as file:
        file.writelines(parts)
        if synced:
            file.flush()
            os.fsync(file.fileno())
    beside.replace(path)


def _beside(path: Path) -> Path:
    return path.with_name(f"{path.name}.{os.getpid()}")


def _created(path: Path) -> io.BufferedWriter:
    return os.fdopen(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "wb")
