"""Workers on a Dask cluster, through its executor interface. Needs the extra ``cluster``.

Its workers must see the same folders under the same paths, have the same version installed, and work on one
thing at a time (``dask worker --nthreads 1``); Dask replaces those that are lost.
"""

import faulthandler
import os
import time
from collections.abc import Callable, Iterator
from concurrent.futures import Executor, Future
from contextlib import contextmanager
from functools import cache
from typing import Any, TypeVar

from redact.errors import ConfigurationError, InputError
from redact.pool import Limits, WorkerError, limit_memory

_R = TypeVar("_R")
LOST = "it crashes or holds up the program that works on it; convert it and submit it again"
"""The reason that a document is withheld for where it cost the cluster several workers."""
_OFTEN = 2.0
"""Seconds between two questions to the scheduler how many workers there are: each costs a round trip."""
_PATIENCE = 20.0
"""Seconds to wait for the scheduler to answer."""


class _Cluster(Executor):
    def __init__(self, client: Any, lost: type[Exception], limits: Limits) -> None:
        self._client, self._lost, self._limits = client, lost, limits
        self._executor = client.get_executor(pure=False)
        self._asked, self._workers = -_OFTEN, 0

    @property
    def at_once(self) -> int:
        """One document for each worker: Dask lays the loss of a worker upon all that waits there."""
        if (now := time.monotonic()) - self._asked >= _OFTEN:
            self._asked, self._workers = now, len(_workers(self._client))
        return max(1, self._workers)

    def submit(self, function: Callable[..., _R], /, *args: Any, **kwargs: Any) -> "Future[_R]":
        ours: Future[_R] = Future()

        def pass_on(theirs: "Future[_R]") -> None:
            if ours.cancelled():
                return
            error = theirs.exception()
            if isinstance(error, self._lost):
                ours.set_exception(WorkerError(LOST))
            elif error is not None:
                ours.set_exception(error)
            else:
                ours.set_result(theirs.result())

        self._executor.submit(_within, self._limits, function, *args, **kwargs).add_done_callback(pass_on)
        return ours


@contextmanager
def cluster(address: str, limits: Limits | None = None) -> Iterator[Executor]:
    """Return an executor whose workers are those of the Dask scheduler at ``address`` (``tcp://host:8786``).

    What a document may take is enforced in the workers; one that is lost to it ends them as often as Dask
    tries again. Raises ``ConfigurationError`` where Dask is missing or workers have several threads,
    ``InputError`` where no scheduler answers.
    """
    try:
        from distributed import Client, KilledWorker
    except ImportError:
        raise ConfigurationError("a cluster needs Dask: install redact[cluster]") from None
    try:
        client: Any = Client(  # type: ignore[no-untyped-call]
            address, timeout=_PATIENCE, set_as_default=False
        )
    except (OSError, ValueError):
        raise InputError("no Dask scheduler answers there; check --cluster") from None
    with client:
        if any(worker["nthreads"] != 1 for worker in _workers(client)):
            raise ConfigurationError(
                "start the workers of the cluster with --nthreads 1, more of them instead"
            )
        yield _Cluster(client, KilledWorker, limits or Limits())


def _workers(client: Any) -> list[Any]:
    return list(client.scheduler_info(n_workers=-1)["workers"].values())


def _within(limits: Limits, function: Callable[..., _R], *args: Any, **kwargs: Any) -> _R:
    """Call ``function`` in a worker that ends itself where it takes longer than it may."""
    _limit_once(limits.memory)
    with open(os.devnull, "w", encoding="ascii") as nowhere:  # noqa: PTH123
        # A thread of its own that asks nothing of the interpreter: it also ends what hangs in native code.
        faulthandler.dump_traceback_later(limits.seconds, exit=True, file=nowhere)
        try:
            return function(*args, **kwargs)
        finally:
            faulthandler.cancel_dump_traceback_later()


@cache
def _limit_once(memory: int) -> None:
    limit_memory(memory)
