"""A shelf: values on disk in their order, read each time they are asked for, so that they take no memory.

What lies there is encrypted (AES-256-GCM, NIST SP 800-38D) under a key in memory, in a file without a name:
it is gone, and can be read by nobody, once the process is.
"""

import io
import os
import pickle
from array import array
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field, fields, is_dataclass
from functools import cache
from operator import attrgetter
from pathlib import Path
from tempfile import TemporaryFile
from typing import Any, Generic, TypeVar, overload

from cryptography.hazmat.primitives.ciphers.aead import AESGCM

_T = TypeVar("_T")

_NONCE = 12
"""Bytes of a nonce: the number of the writing, so that none occurs twice."""


@cache
def _values(kind: Any) -> Callable[[Any], Any] | None:
    """Return what gives the values of a dataclass in their order; None for other types."""
    names = [field.name for field in fields(kind)] if is_dataclass(kind) else []
    return attrgetter(*names) if len(names) > 1 else None


class _Pickler(pickle.Pickler):
    """Pickles dataclasses by their values alone, several times as fast as those with slots do themselves."""

    def reducer_override(self, value: Any) -> Any:
        kind: Any = type(value)
        values = _values(kind)
        return NotImplemented if values is None else (kind, values(value))


@dataclass(frozen=True, slots=True)
class Packed(Generic[_T]):
    """A value as bytes: it goes between processes, and onto a shelf and off it, without being unpacked."""

    data: bytes = field(repr=False)

    @classmethod
    def of(cls, value: _T) -> "Packed[_T]":
        """Pack a value that pickles."""
        pickled = io.BytesIO()
        _Pickler(pickled, pickle.HIGHEST_PROTOCOL).dump(value)
        return cls(pickled.getvalue())

    def value(self) -> _T:
        """Return the value; it must have been packed by this program."""
        value: _T = pickle.loads(self.data)  # noqa: S301
        return value


class Shelf(Sequence[_T]):
    """A sequence of values that pickle, without a copy of them in memory. What is taken from it is a copy."""

    def __init__(self, folder: Path, items: Iterable[_T] = ()) -> None:
        """Put ``items`` on a new shelf on the disk of ``folder``. Raises ``OSError`` where it cannot."""
        self._file: Any = TemporaryFile(dir=folder, buffering=0)  # noqa: SIM115 - as long as the shelf
        self._cipher = AESGCM(AESGCM.generate_key(256))
        self._end = self._written = 0
        self._starts, self._sizes, self._nonces = array("Q"), array("Q"), array("Q")
        for item in items:
            self.append(item)

    def __repr__(self) -> str:
        return f"<Shelf: {len(self)} values>"

    def append(self, value: "_T | Packed[_T]") -> None:
        """Put a value, or one that is packed, at the end."""
        self.put(len(self), value)

    def put(self, place: int, value: "_T | Packed[_T]") -> None:
        """Put a value at a place from 0, also beyond the end; those between stay empty for now."""
        self._written += 1
        nonce = self._written.to_bytes(_NONCE)
        packed = value if isinstance(value, Packed) else Packed.of(value)
        sealed = self._cipher.encrypt(nonce, packed.data, None)
        if os.pwrite(self._file.fileno(), sealed, self._end) != len(sealed):
            raise OSError("the disk is full")
        for column in (self._starts, self._sizes, self._nonces):
            column.extend([0] * (place + 1 - len(column)))
        self._starts[place], self._sizes[place], self._nonces[place] = self._end, len(sealed), self._written
        self._end += len(sealed)

    def holds(self, place: int) -> bool:
        """Whether there is a value at ``place``."""
        return place < len(self) and self._sizes[place] > 0

    def __len__(self) -> int:
        return len(self._sizes)

    @overload
    def __getitem__(self, index: int) -> _T: ...
    @overload
    def __getitem__(self, index: slice) -> tuple[_T, ...]: ...
    def __getitem__(self, index: int | slice) -> _T | tuple[_T, ...]:
        if isinstance(index, slice):
            return tuple(self[place] for place in range(*index.indices(len(self))))
        return self.packed(range(len(self))[index]).value()

    def packed(self, place: int) -> Packed[_T]:
        """Return the value at a place from 0 as it lies there; raises ``KeyError`` if there is none."""
        if not self.holds(place):
            # No IndexError: that would end a loop as if nothing followed.
            raise KeyError(place)
        sealed = os.pread(self._file.fileno(), self._sizes[place], self._starts[place])
        return Packed(self._cipher.decrypt(self._nonces[place].to_bytes(_NONCE), sealed, None))


def packed(values: Sequence[_T], place: int) -> Packed[_T]:
    """Return one of ``values`` packed: as it lies there, where they lie on a shelf."""
    return values.packed(place) if isinstance(values, Shelf) else Packed.of(values[place])
