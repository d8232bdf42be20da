"""Columns: a sequence of small values held side by side, made anew as they are asked for."""

from abc import abstractmethod
from collections.abc import Sequence
from typing import TypeVar, overload

T_co = TypeVar("T_co", covariant=True)


class Columns(Sequence[T_co]):
    """A sequence that knows the value at each place. Equal to any sequence of equal values."""

    __slots__ = ()

    @abstractmethod
    def value(self, place: int) -> T_co:
        """Return the value at a ``place`` from 0, less than the length."""

    @overload
    def __getitem__(self, index: int) -> T_co: ...
    @overload
    def __getitem__(self, index: slice) -> tuple[T_co, ...]: ...
    def __getitem__(self, index: int | slice) -> T_co | tuple[T_co, ...]:
        places = range(len(self))
        if isinstance(index, slice):
            return tuple(map(self.value, places[index]))
        return self.value(places[index])

    def __eq__(self, other: object) -> bool:
        if not isinstance(other, Sequence):
            return NotImplemented
        return len(self) == len(other) and all(mine == its for mine, its in zip(self, other, strict=True))

    def __hash__(self) -> int:
        return hash(tuple(self))
