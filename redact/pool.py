"""Workers: processes of which one may crash, hang or run out of memory without harm to the others."""

import os
import resource
import signal
import sys
import threading
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import Executor, Future, ProcessPoolExecutor, ThreadPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from contextlib import suppress
from functools import partial
from itertools import islice
from multiprocessing import get_context
from pathlib import Path
from queue import SimpleQueue
from typing import Any, ParamSpec, TypeVar

from redact.limits import Limits as Limits

_P = ParamSpec("_P")
_R = TypeVar("_R")


IN_FLIGHT = 256
"""Documents that are given to an executor at once, for its workers to choose from."""
_LEFT = "ignore:resource_tracker:UserWarning"
"""What the tracker of resources says of a process that was killed, and that it cleans up behind it: the user
was told why that was."""
CRASHED = "it crashes the program that works on it; convert it and submit it again"
"""The reason that a document is withheld for where its worker was lost."""


class WorkerError(Exception):
    """The worker was lost while it worked on a document; says how, and what to do."""


class Pool(Executor):
    """Processes that each work on one thing at a time, within ``Limits``.

    A worker that is lost costs what it worked on, whose future raises ``WorkerError``, and is replaced.
    """

    def __init__(self, workers: int, limits: Limits | None = None, ready: Callable[[], object] = int) -> None:
        """Start so many processes as they are needed; ``ready`` is called in each before it works."""
        self._limits, self._ready = limits or Limits(), ready
        # One thread a process, so that it is known what a process worked on when it was lost.
        self._threads = ThreadPoolExecutor(workers)
        self._own = threading.local()
        self._processes: dict[int, ProcessPoolExecutor] = {}
        if _LEFT not in sys.warnoptions:
            sys.warnoptions.append(_LEFT)

    def submit(self, function: Callable[_P, _R], /, *args: _P.args, **kwargs: _P.kwargs) -> "Future[_R]":
        """Have ``function`` called in a process."""
        return self._threads.submit(self._run, partial(function, *args, **kwargs))

    def shutdown(self, wait: bool = True, *, cancel_futures: bool = False) -> None:
        """End the processes when they have done what was submitted."""
        self._threads.shutdown(wait=wait, cancel_futures=cancel_futures)
        processes = list(self._processes.values())
        # Each takes most of a second to take down what it had loaded, all of them together no longer.
        with ThreadPoolExecutor(len(processes) or 1) as ending:
            for process in processes:
                ending.submit(process.shutdown, wait)

    def kill(self) -> None:
        """End the processes at once, whatever they are doing."""
        self._threads.shutdown(wait=False, cancel_futures=True)
        for number in list(self._processes):
            self._lose(number)

    def _run(self, function: Callable[[], _R]) -> _R:
        number: int | None = getattr(self._own, "number", None)
        if number is None or number not in self._processes:
            number = self._own.number = self._start()
        future = self._processes[number].submit(function)
        try:
            return future.result(self._limits.seconds)
        except BrokenProcessPool:
            self._lose(number)
            raise WorkerError(CRASHED) from None
        except TimeoutError:
            if future.done():
                raise
            self._lose(number)
            raise WorkerError(
                f"it takes longer than the {self._limits.seconds:g} seconds that a document may; split it"
            ) from None

    def _start(self) -> int:
        # Forked children would share locks and threads of native libraries in an unknown state. Ctrl-C
        # reaches every process of a terminal: only the first answers it, and stops the others.
        process = ProcessPoolExecutor(
            1,
            mp_context=get_context("spawn"),
            initializer=signal.signal,
            initargs=(signal.SIGINT, signal.SIG_IGN),
        )
        number = process.submit(_begin, self._limits.memory, self._ready).result()
        self._processes[number] = process
        return number

    def _lose(self, number: int) -> None:
        process = self._processes.pop(number, None)
        if process is None:
            return
        with suppress(ProcessLookupError):
            os.kill(number, signal.SIGKILL)
        process.shutdown(wait=False, cancel_futures=True)


def _begin(memory: int, ready: Callable[[], object]) -> int:
    ready()
    limit_memory(memory)
    return os.getpid()


def limit_memory(more: int) -> None:
    """Let this process take ``more`` bytes of address space beside what it has; more is a ``MemoryError``.

    Does nothing where the system does not tell how much it has (elsewhere than on Linux).
    """
    try:
        pages = int(Path("/proc/self/statm").read_text(encoding="ascii").split()[0])
    except OSError:
        return
    _, hard = resource.getrlimit(resource.RLIMIT_AS)
    soft = pages * resource.getpagesize() + more
    resource.setrlimit(resource.RLIMIT_AS, (soft if hard < 0 else min(soft, hard), hard))


def spread(
    executor: Executor | None, function: Callable[..., _R], items: Iterable[tuple[Any, ...]]
) -> "Iterator[tuple[Any, _R | WorkerError]]":
    """Call ``function`` with each of ``items`` by ``executor``, or here if it is None.

    ``items`` are taken as they are needed, so that they need not all be in memory; an executor may say how
    many it takes ``at_once``. Yields the first value of each with its result, as they come, or with how its
    worker was lost. Raises whatever else goes wrong with ``function`` or the executor.
    """
    if executor is None:
        for item in items:
            yield item[0], function(*item)
        return
    waiting = iter(items)
    done: SimpleQueue[Future[_R]] = SimpleQueue()
    futures: dict[Future[_R], Any] = {}
    try:
        while True:
            at_once: int = getattr(executor, "at_once", IN_FLIGHT)
            for item in islice(waiting, max(0, at_once - len(futures))):
                future = executor.submit(function, *item)
                futures[future] = item[0]
                future.add_done_callback(done.put)
            if not futures:
                return
            future = done.get()
            try:
                result: _R | WorkerError = future.result()
            except WorkerError as lost:
                result = lost
            yield futures.pop(future), result
    finally:
        for future in futures:
            future.cancel()
