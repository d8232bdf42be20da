"""What the tests share: requests, a detector that is loaded once, documents in memory."""

import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any, NamedTuple

import pytest
from hypothesis import HealthCheck, settings

from redact import Detector, Gate, Request, Source
from redact.cli import main

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


class Ended(NamedTuple):
    """How a command ended."""

    code: int
    out: str
    err: str

    @property
    def said(self) -> str:
        """All that it printed."""
        return self.out + self.err


@pytest.fixture
def command(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> Callable[..., Ended]:
    """Runs the command line in this process, with an audit log of its own."""
    monkeypatch.setenv("REDACT_AUDIT_LOG", str(tmp_path / "audit.sqlite"))

    def run(*arguments: str) -> Ended:
        monkeypatch.setattr(sys, "argv", ["redact", *arguments])
        with pytest.raises(SystemExit) as exit:
            main()
        assert isinstance(exit.value.code, int | None)
        return Ended(exit.value.code or 0, *capsys.readouterr())

    return run


@pytest.fixture
def redact(command: Callable[..., Ended]) -> Callable[..., tuple[int, str]]:
    """Runs the command line; returns its exit code and all that it printed."""

    def run(*arguments: str) -> tuple[int, str]:
        ended = command(*arguments)
        return ended.code, ended.said

    return run


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
