"""What the tests share: requests, a detector that is loaded once, documents in memory."""

from collections.abc import Callable
from typing import Any

import pytest
from hypothesis import HealthCheck, settings

from redact import Detector, Gate, Request, Source

# On a busy machine examples come slowly; that says nothing about what is tested.
settings.register_profile("redact", deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.load_profile("redact")

JOURNALIST: dict[str, Any] = {
    "id": "PRR-1",
    "received": "2026-11-02",
    "decided_on": "2026-11-10",
    "policies": ["california", "cerritos"],
    "processed_by": "City Clerk",
    "responsible": {"name": "Marisol Tran", "title": "City Clerk"},
    "requester": {"affiliation": "media"},
}


@pytest.fixture(scope="session")
def gate() -> Gate:
    """A gate with the real recognizers."""
    return Gate.load(["california", "cerritos"], detector=Detector.load())


@pytest.fixture
def asking() -> Callable[..., Request]:
    """Makes a journalist's request, with changes."""

    def make(**changes: Any) -> Request:
        return Request.parse({**JOURNALIST, **changes})

    return make


def text(name: str, content: str) -> Source:
    """A text document in memory."""
    return Source(name, content.encode())
