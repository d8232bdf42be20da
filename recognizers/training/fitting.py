"""Fitting a network to examples, and asking it for probabilities."""

# torch, onnx and safetensors are there for training only, so their types may be unknown.
# mypy: disable-error-code="import-not-found,misc,untyped-decorator,no-any-return,unused-ignore"

import math
import random
from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np
import torch
from torch import Tensor
from torch.nn import functional

from recognizers.tagging import Probabilities, windows
from recognizers.training.examples import Cut, Example, batches
from recognizers.training.network import CLS, PAD, SEP, UNKNOWN, Tagger
from recognizers.training.teacher import Teacher

Network = Tagger | Teacher
"""What can be fitted: the network that is shipped, or the one that teaches it."""

IGNORED = -100
"""Label of the places that hold no token of the text."""


@dataclass(frozen=True, slots=True)
class Plan:
    """How to fit."""

    epochs: int
    """Epochs in which the learning rate falls to nothing."""
    until: int
    """Epochs that are run: fewer break off while it is still high, for another stage to go on from."""
    rate: float
    """Highest learning rate; it rises over the first twentieth and falls to nothing."""
    first: int = 0
    """Number of the first epoch."""
    size: int = 254
    """Tokens in a window, the two special ones apart."""
    tokens: int = 2048
    """Tokens in a batch, about."""
    hidden: float = 0.1
    """Share of tokens that are hidden, so that none is learned by heart."""
    seed: int = 1
    taught: float = 0.0
    """Weight of the teacher's answers beside the marks, between 0 and 1."""


def collate(group: Sequence[Cut], device: torch.device) -> tuple[Tensor, Tensor, Tensor, Tensor]:
    """Pad windows to one length, between the special tokens: ids, shapes, labels and mask."""
    length = max(len(ids) for ids, *_ in group) + 2
    out = np.full((3, len(group), length), PAD, dtype=np.int64)
    out[2] = IGNORED
    mask = np.zeros((len(group), length), dtype=bool)
    for row, (ids, shapes, labels, _) in enumerate(group):
        n = len(ids)
        out[0, row, 0], out[0, row, n + 1] = CLS, SEP
        out[0, row, 1 : n + 1], out[1, row, 1 : n + 1], out[2, row, 1 : n + 1] = ids, shapes, labels
        mask[row, : n + 2] = True
    ids, shapes, labels = (torch.from_numpy(part).to(device, non_blocking=True) for part in out)
    return ids, shapes, labels, torch.from_numpy(mask).to(device, non_blocking=True)


def _targets(group: Sequence[Cut], labels: Tensor, answers: int, share: float) -> Tensor:
    """What to answer, ``batch × length × answers``: the marks and, by ``share``, what the teacher says."""
    marks = functional.one_hot(labels.clamp(min=0), answers).float()
    for row, (ids, _, _, taught) in enumerate(group):
        if taught is not None:
            own = marks[row, 1 : len(ids) + 1]
            own.lerp_(torch.from_numpy(taught).to(own), share)
    return marks


def fit(
    tagger: Network,
    epoch: Callable[[int], Sequence[Example]],
    plan: Plan,
    report: Callable[[int, float], None] = lambda number, loss: None,
) -> None:
    """Fit ``tagger`` in place to the examples that ``epoch`` gives for each number from ``plan.first``.

    Products are computed in bfloat16, in half the time where the processor has them.
    """
    device = next(tagger.parameters()).device
    chance = random.Random(plan.seed)  # noqa: S311 (seeded, to be repeated)
    torch.manual_seed(plan.seed)
    fresh = [*tagger.head.parameters(), *tagger.shapes.parameters()]
    rest = [p for p in tagger.parameters() if p.requires_grad and all(p is not f for f in fresh)]
    optimizer = torch.optim.AdamW(
        [{"params": rest}, {"params": fresh, "lr": 5 * plan.rate}],
        lr=plan.rate,
        weight_decay=0.01,
        fused=True,
    )
    examples = epoch(plan.first)
    per_epoch = sum(1 for _ in batches(examples, plan.size, plan.tokens, random.Random(0)))  # noqa: S311
    total = plan.epochs * per_epoch
    schedule = torch.optim.lr_scheduler.LambdaLR(
        optimizer, lambda step: min((step + 1) / (total / 20), max(0.0, 1.02 - step / total))
    )
    for number in range(plan.first, plan.first + plan.until):
        if number > plan.first:
            examples = epoch(number)
        tagger.train()
        losses = []
        for group in batches(examples, plan.size, plan.tokens, chance):
            ids, shapes, labels, mask = collate(group, device)
            there = labels != IGNORED
            hidden = torch.rand(ids.shape, device=device) < plan.hidden
            ids = ids.masked_fill(hidden & there, UNKNOWN)
            with torch.autocast(device.type, dtype=torch.bfloat16):
                scores = tagger(ids, shapes, mask).float()
            targets = _targets(group, labels, scores.shape[-1], plan.taught)
            loss = functional.cross_entropy(scores[there], targets[there], label_smoothing=0.02)
            optimizer.zero_grad(set_to_none=True)
            loss.backward()
            torch.nn.utils.clip_grad_norm_(tagger.parameters(), 1.0)
            optimizer.step()
            schedule.step()
            losses.append(loss.detach())
        mean = float(torch.stack(losses).mean())
        if not math.isfinite(mean):
            raise ArithmeticError("the loss is no longer a number")
        report(number, mean)


@torch.no_grad()
def probabilities(tagger: Network, example: Example, size: int, overlap: int) -> Probabilities:
    """Probability of every label for every token of an example, as run time computes it.

    A teacher answers in bfloat16.
    """
    tagger.eval()
    device = next(tagger.parameters()).device
    out = np.zeros((len(example.ids), tagger.head.out_features), dtype=np.float32)
    cut = list(windows(len(example.ids), size, overlap))
    for at in range(0, len(cut), 64):
        group = cut[at : at + 64]
        ids, shapes, _, mask = collate(
            [(example.ids[a:b], example.shapes[a:b], example.labels[a:b], None) for a, b, _, _ in group],
            device,
        )
        with torch.autocast(device.type, dtype=torch.bfloat16, enabled=isinstance(tagger, Teacher)):
            scores = tagger(ids, shapes, mask).float()
        p = functional.softmax(scores, -1).cpu().numpy()
        for row, (a, _, first, after) in enumerate(group):
            out[first:after] = p[row, first - a + 1 : after - a + 1]
    return out
