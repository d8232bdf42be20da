"""The network: BERT's encoder, which also sees the shape of each token, and its loader.

The shape (case and line breaks, which an uncased vocabulary loses) enters where BERT has its segment
embedding.
"""

# torch, onnx and safetensors are there for training only, so their types may be unknown.
# mypy: disable-error-code="import-not-found,misc,untyped-decorator,no-any-return,unused-ignore"

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import torch
from safetensors.torch import load_file
from torch import Tensor, nn
from torch.nn import functional

from recognizers.tagging import SHAPES

PAD, UNKNOWN, CLS, SEP = 0, 100, 101, 102
"""Ids of the special tokens in BERT's uncased vocabulary."""


@dataclass(frozen=True, slots=True)
class Size:
    """The dimensions of an encoder."""

    hidden: int
    layers: int
    heads: int
    feed_forward: int


EPSILON = 1e-12
"""What BERT's normalisation adds to the variance."""
DROPPED = 0.1
"""Share of the values that are left out in training."""


class Layer(nn.Module):
    """One transformer layer, normalised after each sum."""

    def __init__(self, size: Size, epsilon: float = EPSILON) -> None:
        super().__init__()
        self.heads = size.heads
        self.qkv = nn.Linear(size.hidden, 3 * size.hidden)
        self.out = nn.Linear(size.hidden, size.hidden)
        self.norm1 = nn.LayerNorm(size.hidden, eps=epsilon)
        self.up = nn.Linear(size.hidden, size.feed_forward)
        self.down = nn.Linear(size.feed_forward, size.hidden)
        self.norm2 = nn.LayerNorm(size.hidden, eps=epsilon)

    def forward(self, x: Tensor, bias: Tensor | None) -> Tensor:
        """Map ``batch × length × hidden``; ``bias`` is added to the attention scores."""
        batch, length, hidden = x.shape
        q, k, v = (
            part.view(batch, length, self.heads, hidden // self.heads).transpose(1, 2)
            for part in self.qkv(x).chunk(3, dim=-1)
        )
        bias = None if bias is None else bias.to(q.dtype)
        attended = functional.scaled_dot_product_attention(q, k, v, attn_mask=bias)
        attended = self.out(attended.transpose(1, 2).reshape(batch, length, hidden))
        x = self.norm1(x + functional.dropout(attended, DROPPED, self.training))
        fed = self.down(functional.gelu(self.up(x)))
        return self.norm2(x + functional.dropout(fed, DROPPED, self.training))


def absence(mask: Tensor) -> Tensor:
    """What attention scores are lowered by where ``mask`` has no token, ``batch × 1 × 1 × length``."""
    return torch.zeros(mask.shape, device=mask.device).masked_fill(~mask, -1e4)[:, None, None, :]


class Tagger(nn.Module):
    """Scores of every label for every token."""

    def __init__(self, size: Size, vocabulary: int, labels: int, positions: int = 512) -> None:
        super().__init__()
        self.size = size
        self.tokens = nn.Embedding(vocabulary, size.hidden)
        self.places = nn.Embedding(positions, size.hidden)
        self.shapes = nn.Embedding(SHAPES, size.hidden)
        self.norm = nn.LayerNorm(size.hidden, eps=EPSILON)
        self.layers = nn.ModuleList(Layer(size) for _ in range(size.layers))
        self.head = nn.Linear(size.hidden, labels)

    def forward(self, ids: Tensor, shapes: Tensor, mask: Tensor | None = None) -> Tensor:
        """Map ids and shapes, ``batch × length`` each, to ``batch × length × labels``.

        ``mask`` is true where there is a token; without it every place holds one.
        """
        return self.head(self.encode(ids, shapes, mask))

    def encode(self, ids: Tensor, shapes: Tensor, mask: Tensor | None = None) -> Tensor:
        """The last hidden states, ``batch × length × hidden``."""
        places = self.places.weight[: ids.shape[1]]
        x = self.norm(self.tokens(ids) + places + self.shapes(shapes))
        x = functional.dropout(x, DROPPED, self.training)
        away = None if mask is None else absence(mask)
        for layer in self.layers:
            x = layer(x, away)
        return x


def minilm(weights: Path, labels: int, keep: tuple[int, ...] = (0, 1, 2, 3, 4, 5)) -> Tagger:
    """MiniLM-L6 with a fresh head; ``keep`` names the layers that stay."""
    source = {k: v.float() for k, v in load_file(weights).items()}
    tagger = Tagger(Size(384, len(keep), 12, 1536), len(source["embeddings.word_embeddings.weight"]), labels)
    names = {
        "qkv": ("attention.self.query", "attention.self.key", "attention.self.value"),
        "out": ("attention.output.dense",),
        "norm1": ("attention.output.LayerNorm",),
        "up": ("intermediate.dense",),
        "down": ("output.dense",),
        "norm2": ("output.LayerNorm",),
    }
    state = {
        "tokens.weight": source["embeddings.word_embeddings.weight"],
        "places.weight": source["embeddings.position_embeddings.weight"],
        "shapes.weight": source["embeddings.token_type_embeddings.weight"][:1].repeat(SHAPES, 1),
    }
    fill(tagger, state, source, names, keep)
    return tagger


def fill(
    network: nn.Module,
    tables: Mapping[str, Tensor],
    source: Mapping[str, Tensor],
    names: Mapping[str, tuple[str, ...]],
    keep: Sequence[int],
) -> None:
    """Give ``network`` its ``tables`` and, from ``source``, the layers that ``keep`` names; its head stays.

    ``names`` says for each part of a layer which parts of the source's it is, one after the other. Raises
    ``ValueError`` where the weights are not those of the network.
    """
    state = dict(tables)
    for kind in ("weight", "bias"):
        state[f"norm.{kind}"] = source[f"embeddings.LayerNorm.{kind}"]
        for index, layer in enumerate(keep):
            for ours, theirs in names.items():
                parts = [source[f"encoder.layer.{layer}.{name}.{kind}"] for name in theirs]
                state[f"layers.{index}.{ours}.{kind}"] = torch.cat(parts)
    rest = network.load_state_dict(state, strict=False)
    if rest.unexpected_keys or set(rest.missing_keys) != {"head.weight", "head.bias"}:
        raise ValueError("the weights do not fit the encoder")
