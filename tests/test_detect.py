"""The detector: a whole request at once, nothing skipped in silence, nothing from the network."""

import re
import socket
import subprocess
import sys
import threading
from collections.abc import Callable, Iterator
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st
from presidio_analyzer import EntityRecognizer, Pattern, PatternRecognizer

from recognizers import stretches
from recognizers.recognizer import Hit, TextRecognizer
from recognizers.stretches import LENGTH, OVERLAP, overlapping
from redact import analyzer
from redact.detect import Bounds, Detector
from redact.document import Document, Segment, Span
from redact.errors import ConfigurationError, DetectionError

SSN = re.compile(r"\d{3}-\d{2}-\d{4}")


class Numbers(TextRecognizer):
    ENTITIES = ("US_SSN",)

    def find(self, text: str) -> Iterator[Hit]:
        for match in SSN.finditer(text):
            yield Hit("US_SSN", match.start(), match.end(), 0.9, "dashes", "ssn")


class Names(TextRecognizer):
    ENTITIES = ("PERSON",)

    def find(self, text: str) -> Iterator[Hit]:
        for match in re.finditer("Ana Ruiz", text):
            yield Hit("PERSON", match.start(), match.end(), 0.9, "list")


class LearnedRecognizer(TextRecognizer):
    """Likelier than ``Numbers`` of a longer place, and yet below the threshold of the classifier's name."""

    ENTITIES = ("US_SSN",)

    def find(self, text: str) -> Iterator[Hit]:
        yield Hit("US_SSN", 0, len(text), 0.69, "model")


class Doubtful(TextRecognizer):
    ENTITIES = ("US_SSN",)

    def find(self, text: str) -> Iterator[Hit]:
        yield Hit("US_SSN", 4, 15, 0.6, "rule")


class Fails(TextRecognizer):
    ENTITIES = ("PERSON",)

    def find(self, text: str) -> Iterator[Hit]:
        if "secret value" in text:
            raise ValueError(f"cannot cope with {text}")
        return iter(())


class Undeclared(TextRecognizer):
    ENTITIES = ("PERSON",)

    def find(self, text: str) -> Iterator[Hit]:
        yield Hit("US_SSN", 0, 1, 0.9, "x")


NUMBERS = Detector([Numbers()])


def document(text: str, name: str = "a.txt") -> Document:
    return Document(name, "text", "", (Segment("text", text),))


def test_findings_are_explained_and_never_hold_the_text() -> None:
    [found] = Detector([Numbers()]).detect_text("SSN 123-45-6789.")
    assert (found.span, found.entity, found.recognizer) == (Span(4, 15), "US_SSN", "Numbers")
    assert (found.pattern, found.cue) == ("dashes", "ssn")
    assert "6789" not in repr(found)


def test_a_value_found_in_one_document_is_found_in_the_others() -> None:
    detections = Detector([Numbers(), Names()]).detect(
        [document("Ana Ruiz, SSN 123-45-6789"), document("123 45 6789 is Ruiz's")]
    )
    text = "123 45 6789 is Ruiz's"
    assert [text[f.span.start : f.span.end] for f in detections[1].findings] == ["123 45 6789", "Ruiz"]
    assert {f.subject for f in detections[1].findings} == {1}
    assert detections.subject_of("Ruiz, Ana") == 1


def test_the_name_of_the_document_is_searched() -> None:
    [detection] = Detector([Names()]).detect([document("nothing", "hr/Ana_Ruiz_memo.pdf")])
    assert [(f.locator, f.span) for f in detection.findings] == [("name", Span(3, 11))]


def test_one_failure_is_an_error_that_names_recognizer_and_place_and_loses_no_other_document() -> None:
    good, bad = document("SSN 123-45-6789"), document("secret value 123-45-6789")
    first, second = Detector([Numbers(), Fails()]).detect([good, bad])
    assert len(first.findings) == 1 and first.error is None
    assert second.findings == () and isinstance(second.error, DetectionError)
    assert "Fails" in str(second.error) and "text" in str(second.error)
    assert "secret" not in str(second.error) and second.error.__cause__ is None
    assert second.error.__suppress_context__


def test_what_one_recognizer_holds_likely_is_not_lost_to_the_doubt_of_another() -> None:
    findings = Detector([LearnedRecognizer(), Doubtful()]).detect_text("SSN 078-05-1120 on file")
    assert [(f.recognizer, f.span.start, f.span.end) for f in findings] == [("Doubtful", 4, 15)]


def test_an_entity_that_is_not_declared_fails_loudly() -> None:
    with pytest.raises(DetectionError, match="does not declare"):
        Detector([Undeclared()]).detect_text("x")


def test_reaching_the_bound_of_characters_withholds() -> None:
    detector = Detector([Numbers()], Bounds(characters=10))
    with pytest.raises(DetectionError, match="11 characters"):
        detector.detect_text("123-45-6789")


def test_reaching_the_bound_of_time_withholds() -> None:
    detector = Detector([Numbers()], Bounds(seconds=-1.0, seconds_per_million=0.0))
    with pytest.raises(DetectionError, match="time bound"):
        detector.detect_text("SSN 123-45-6789")


@pytest.mark.parametrize("at", [LENGTH - 12, LENGTH - 5, LENGTH - 1, LENGTH, LENGTH - OVERLAP - 4])
def test_nothing_is_lost_at_the_seam_of_two_windows(at: int) -> None:
    text = "x" * (at - 1) + " 123-45-6789 " + "x" * LENGTH
    [found] = Detector([Numbers()]).detect_text(text)
    assert found.span == Span(at, at + 11)


@given(st.lists(st.integers(1, 60), min_size=1, max_size=12))
def test_nothing_is_lost_wherever_the_seams_fall(gaps: list[int]) -> None:
    text, places = "", []
    for gap in gaps:
        text += "x" * gap + " "
        places.append(Span(len(text), len(text) + 11))
        text += "123-45-6789 "
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(stretches, "LENGTH", 50)
        patch.setattr(stretches, "OVERLAP", 14)
        assert [found.span for found in NUMBERS.detect_text(text)] == places


@pytest.mark.parametrize("length", [0, 1, LENGTH - 1, LENGTH, LENGTH + 1, 5 * LENGTH])
def test_windows_cover_the_text_and_overlap(length: int) -> None:
    cut = list(overlapping(length))
    assert (cut == []) == (length == 0)
    if cut:
        assert cut[0][0] == 0 and cut[-1][1] == length
    for (_, end), (start, _) in pairwise(cut):
        assert end - start >= OVERLAP


def test_identical_texts_are_searched_once() -> None:
    searched: list[str] = []

    class Counting(Numbers):
        def find(self, text: str) -> Iterator[Hit]:
            searched.append(text)
            return super().find(text)

    Detector([Counting()]).detect([document("SSN 123-45-6789", "") for _ in range(5)])
    assert len(searched) == 1


def test_no_recognizer_is_a_mistake_and_not_all_of_presidio() -> None:
    with pytest.raises(ConfigurationError, match="no recognizer"):
        Detector([])


class Contextual(Numbers):
    def __init__(self) -> None:
        super().__init__()
        self.context = ["social"]


class Foreign(Numbers):
    def __init__(self) -> None:
        super().__init__()
        self.supported_language = "es"


class Strange(Numbers):
    ENTITIES = ("SHOE_SIZE",)


REFUSED: list[tuple[Callable[[], EntityRecognizer], str]] = [
    (Contextual, "context words"),  # Presidio drops the boost in silence where no tagger runs
    (Foreign, "would not run"),  # Presidio leaves recognizers of other languages out in silence
    (Strange, "outside the vocabulary"),
    (lambda: PatternRecognizer("US_SSN", patterns=[Pattern("x", "x", 1.0)]), "time-out"),  # swallowed there
]


@pytest.mark.parametrize(("make", "reason"), REFUSED)
def test_what_presidio_would_not_run_in_full_is_refused(
    make: Callable[[], EntityRecognizer], reason: str
) -> None:
    with pytest.raises(ConfigurationError, match=reason):
        Detector([Numbers(), make()])


def test_the_standard_detector_is_loaded_once_also_by_many_threads(monkeypatch: pytest.MonkeyPatch) -> None:
    made: list[int] = []
    import recognizers

    monkeypatch.setattr(recognizers, "recognizers", lambda **_: made.append(1) or [Numbers()])
    analyzer.standard_engine.cache_clear()
    try:
        found: list[int] = []

        def work() -> None:
            found.append(len(Detector.load().detect_text("SSN 123-45-6789")))

        threads = [threading.Thread(target=work) for _ in range(8)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        assert (made, found) == ([1], [1] * 8)
    finally:
        analyzer.standard_engine.cache_clear()


def test_nothing_is_asked_of_the_network(monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*_: object, **__: object) -> None:
        raise AssertionError("the network was asked")

    monkeypatch.setattr(socket, "getaddrinfo", refuse)
    monkeypatch.setattr(socket.socket, "connect", refuse)
    Detector.load().detect_text("Write to ana.ruiz@post.example or see https://www.example.co.uk/x?y=1")


def test_importing_the_detector_does_not_load_presidio() -> None:
    code = "import sys, redact.detect; print('presidio_analyzer' in sys.modules, 'spacy' in sys.modules)"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.split() == ["False", "False"]


def test_what_a_recognizer_needs_is_missed_when_it_is_loaded(monkeypatch: pytest.MonkeyPatch) -> None:
    class NeedsModel(Numbers):
        def find(self, text: str) -> Iterator[Hit]:
            raise FileNotFoundError("model.onnx")

    import recognizers

    monkeypatch.setattr(recognizers, "recognizers", lambda **_: [NeedsModel()])
    analyzer.standard_engine.cache_clear()
    try:
        with pytest.raises(ConfigurationError, match=r"NeedsModel failed with FileNotFoundError.*install"):
            Detector.load()
    finally:
        analyzer.standard_engine.cache_clear()
