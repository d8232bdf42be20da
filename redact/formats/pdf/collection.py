"""The search for cyclic garbage, put off while a file is read."""

import gc
from collections.abc import Iterator
from contextlib import contextmanager


@contextmanager
def uncollected() -> Iterator[None]:
    """Put the search for cyclic garbage off: reading makes some thousands of objects a page, nearly all of
    which stay, and searching through them again and again took 30 % of the time."""
    was_on = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_on:
            gc.enable()
