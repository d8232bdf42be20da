"""The learned recognizer: a small token classifier, run by ONNX Runtime over overlapping windows.

What it was made from, how, and how well it does is told in ``training/MODEL.md``.
"""

import hashlib
import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from threading import Lock, local
from typing import Any

import numpy as np
import onnxruntime  # type: ignore[import-untyped]
from tokenizers import Tokenizer

from recognizers.entities import ENTITIES, TOLD
from recognizers.extent import complete
from recognizers.read_twice import trimmed
from recognizers.recognizer import Hit, TextRecognizer
from recognizers.tagging import OFFICIAL, OTHER, Probabilities, Tokens, spans, tokenize, windows
from recognizers.tokens import tokenize as words

MODEL = Path(__file__).parent / "model"
"""The folder of the model that comes with the package."""
_BATCH = 2
"""Windows in one run: more are no faster on a processor and hold more memory."""


class ModelError(RuntimeError):
    """The model cannot be used: a file is missing, or is not the one that was recorded."""


@dataclass(frozen=True, slots=True)
class Model:
    """A loaded classifier; it may be shared by threads."""

    labels: tuple[str, ...]
    """The columns of its answer."""
    thresholds: Mapping[str, float]
    """For each label the least score at which it is reported."""
    window: int
    """Tokens that it sees at a time, the two special ones apart."""
    overlap: int
    """Tokens that neighbouring windows share at least."""
    special: tuple[int, int]
    """Ids of the tokens that begin and end a window."""
    tokenizer: Tokenizer = field(repr=False)
    session: Any = field(repr=False)

    def probabilities(self, tokens: Tokens) -> Probabilities:
        """The probability of every label for every token."""
        out = np.zeros((len(tokens.ids), len(self.labels)), dtype=np.float32)
        cut = list(windows(len(tokens.ids), self.window, self.overlap))
        for at in range(0, len(cut), _BATCH):
            batch = cut[at : at + _BATCH]
            ids = np.zeros((len(batch), batch[0][1] - batch[0][0] + 2), dtype=np.int64)
            shapes = np.zeros_like(ids)
            ids[:, 0], ids[:, -1] = self.special
            for row, (start, end, _, _) in enumerate(batch):
                ids[row, 1:-1], shapes[row, 1:-1] = tokens.ids[start:end], tokens.shapes[start:end]
            answer = self.session.run(None, {"ids": ids, "shapes": shapes})[0]
            for row, (start, _, begin, after) in enumerate(batch):
                out[begin:after] = answer[row, begin - start + 1 : after - start + 1]
        return out


_loaded: dict[tuple[Path, int], Model] = {}
_loading = Lock()


def load_model(folder: Path = MODEL, threads: int = 1) -> Model:
    """Load the model in ``folder``, once in a process; ``threads`` is how many one run may use.

    Raises ``ModelError`` where a file is missing or its SHA-256 is not the one in ``model.json``.
    """
    with _loading:
        key = (folder, threads)
        if key not in _loaded:
            _loaded[key] = _read(folder, threads)
        return _loaded[key]


def _read(folder: Path, threads: int) -> Model:
    try:
        card = json.loads((folder / "model.json").read_text(encoding="utf-8"))
        content = {name: (folder / name).read_bytes() for name in card["sha256"]}
    except (OSError, ValueError, KeyError) as error:
        raise ModelError(f"no complete model in {folder}: {type(error).__name__}") from error
    for name, recorded in card["sha256"].items():
        if hashlib.sha256(content[name]).hexdigest() != recorded:
            raise ModelError(f"{folder / name} is not the file that model.json records")
    unknown = set(card["labels"]) - {OTHER, OFFICIAL, *ENTITIES}
    if unknown or card["labels"][:2] != [OTHER, OFFICIAL]:
        raise ModelError(f"{folder / 'model.json'} names labels that are not in the vocabulary")
    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = threads
    options.inter_op_num_threads = 1
    # The graph is fused already; a further fusion would put a slower normalisation in.
    options.graph_optimization_level = onnxruntime.GraphOptimizationLevel.ORT_ENABLE_BASIC
    tokenizer = Tokenizer.from_str(content["tokenizer.json"].decode("utf-8"))
    tokenizer.no_truncation()
    tokenizer.no_padding()
    begin, end = tokenizer.token_to_id("[CLS]"), tokenizer.token_to_id("[SEP]")
    if begin is None or end is None:
        raise ModelError(f"{folder / 'tokenizer.json'} lacks the tokens that begin and end a window")
    return Model(
        labels=tuple(card["labels"]),
        thresholds={label: float(card["thresholds"][label]) for label in card["labels"]},
        window=card["window"],
        overlap=card["overlap"],
        special=(begin, end),
        tokenizer=tokenizer,
        session=onnxruntime.InferenceSession(
            content["model.onnx"], options, providers=["CPUExecutionProvider"]
        ),
    )


class LearnedRecognizer(TextRecognizer):
    """Finds what only the sentence discloses, names and the rest, by a learned classifier.

    It also reports ``OFFICIAL``, the name of an official acting in office: nothing to be redacted, but
    a veto on names that other recognizers find there.
    """

    ENTITIES = (*(name for name in ENTITIES if name != "US_ITIN"), OFFICIAL)

    def __init__(self, folder: Path = MODEL, threads: int = 1) -> None:
        """Take the model in ``folder``; it is loaded when the first text comes, once in a process."""
        super().__init__()
        self._folder, self._threads = folder, threads
        self._last = local()

    def find(self, text: str) -> Iterable[Hit]:
        """Yield the hits in ``text``, in its order; raises ``ModelError`` where there is no model."""
        model = load_model(self._folder, self._threads)
        tokens, probabilities = self._read(text)
        for span in spans(tokens, probabilities, model.labels, model.thresholds):
            start, end = span.start, span.end
            if span.label in TOLD:
                start, end = trimmed(self.nothing, text, *complete(words(text), start, end))
            yield Hit(span.label, start, end, span.score, "model")

    def nothing(self, text: str, start: int, end: int) -> float:
        """Return how likely it is that ``text[start:end]`` discloses nothing and names no official.

        That is the mean over its words, 0 where there is none. Raises ``ModelError`` where there is no model.
        """
        tokens, probabilities = self._read(text)
        first, after = np.searchsorted(tokens.ends, start, "right"), np.searchsorted(tokens.starts, end)
        return float(probabilities[first:after, 0].mean()) if first < after else 0.0

    def _read(self, text: str) -> tuple[Tokens, Probabilities]:
        """Read ``text``, or return what was read of it if it is the last text of this thread."""
        last: tuple[str, Tokens, Probabilities] | None = getattr(self._last, "reading", None)
        if last is None or last[0] != text:
            model = load_model(self._folder, self._threads)
            tokens = tokenize(model.tokenizer, text)
            last = self._last.reading = (text, tokens, model.probabilities(tokens))
        return last[1:]
