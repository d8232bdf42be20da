"""A vault: what a run puts aside between its passes, on disk, so that memory does not grow with the request.

It holds text of documents. So it is encrypted (AES-256-GCM, NIST SP 800-38D) under a key that lies in memory
only: whatever a killed run leaves behind can be read by nobody.
"""

import os
import pickle
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from cryptography.hazmat.primitives.ciphers.aead import AESGCM

_NONCE = 12
"""Bytes of the random nonce that a file begins with."""


@dataclass(frozen=True, slots=True)
class Vault:
    """A folder of encrypted values; workers in other processes that see the folder may share it."""

    folder: Path
    key: bytes = field(default_factory=lambda: AESGCM.generate_key(256), repr=False)

    def put(self, name: str, value: object) -> None:
        """Put ``value``, which must pickle, aside under ``name``. Raises ``OSError`` where it cannot."""
        nonce = os.urandom(_NONCE)
        sealed = AESGCM(self.key).encrypt(nonce, pickle.dumps(value, pickle.HIGHEST_PROTOCOL), name.encode())
        write(self.folder / name, nonce, sealed)

    def get(self, name: str) -> Any:
        """Return what was put aside under ``name``, by this run and unchanged.

        Raises ``OSError`` where it is not there, ``cryptography.exceptions.InvalidTag`` where it is not ours.
        """
        data = AESGCM(self.key).decrypt(*self._sealed(name), name.encode())
        return pickle.loads(data)  # noqa: S301

    def _sealed(self, name: str) -> tuple[memoryview, memoryview]:
        data = memoryview((self.folder / name).read_bytes())
        return data[:_NONCE], data[_NONCE:]


def write(path: Path, *parts: bytes, synced: bool = False) -> None:
    """Write a file of ``parts`` that only its owner may read, whole or not at all. Raises ``OSError``.

    Where ``synced``, it is on the disk before this returns.
    """
    beside = path.with_name(f"{path.name}.{os.getpid()}")
    descriptor = os.open(beside, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
    with os.fdopen(descriptor, "wb") as file:
        file.writelines(parts)
        if synced:
            file.flush()
            os.fsync(file.fileno())
    beside.replace(path)
