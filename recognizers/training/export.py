"""Write a fitted network as one small ONNX file: weights of 7 bits, activations of 8, attention in floats.

The graph is laid out by hand from ONNX Runtime's fused operators, which is faster on a CPU than what a
tracer gives. Weights keep to 7 bits so that no processor saturates an intermediate sum: results do not
depend on whether it has the newer dot-product instructions.
"""

# torch, onnx and safetensors are there for training only, so their types may be unknown.
# mypy: disable-error-code="import-not-found,misc,untyped-decorator,no-any-return,unused-ignore"

from pathlib import Path

import numpy as np
import onnx
from numpy.typing import NDArray
from onnx import TensorProto, helper, numpy_helper
from torch import Tensor, nn

from recognizers.training.network import EPSILON, Tagger

Array = NDArray[np.float32]
_MICROSOFT = "com.microsoft"
_LONGEST = 512
"""Places that are kept: the longest window, special tokens included."""


class _Graph:
    """Nodes and weights in the order in which they are said."""

    def __init__(self) -> None:
        self.nodes: list[onnx.NodeProto] = []
        self.weights: list[onnx.TensorProto] = []

    def weight(self, name: str, array: NDArray[np.generic]) -> str:
        self.weights.append(numpy_helper.from_array(np.ascontiguousarray(array), name))
        return name

    def node(self, kind: str, inputs: list[str], output: str, domain: str = "", **attributes: object) -> str:
        self.nodes.append(helper.make_node(kind, inputs, [output], domain=domain, **attributes))
        return output

    def product(self, name: str, x: str, weight: Tensor, bias: Tensor) -> str:
        """``x`` times the transposed ``weight``, in integers, with one scale for each output."""
        matrix = weight.detach().float().numpy().T
        scale = np.maximum(np.abs(matrix).max(axis=0), 1e-8) / 63
        whole = np.clip(np.rint(matrix / scale), -63, 63).astype(np.int8)
        inputs = [
            x,
            self.weight(f"{name}.weight", whole),
            self.weight(f"{name}.scale", scale.astype(np.float32)),
            self.weight(f"{name}.zero", np.zeros(len(scale), dtype=np.int8)),
            self.weight(f"{name}.bias", _floats(bias)),
        ]
        return self.node("DynamicQuantizeMatMul", inputs, name, _MICROSOFT)

    def embedding(self, name: str, ids: str, table: Tensor) -> str:
        """Rows of ``table``, kept in 8 bits with one scale a row."""
        rows = _floats(table)
        scale = np.maximum(np.abs(rows).max(axis=1, keepdims=True), 1e-8) / 127
        whole = np.rint(rows / scale).astype(np.int8)
        row = self.node("Gather", [self.weight(f"{name}.rows", whole), ids], f"{name}.row")
        of = self.node("Gather", [self.weight(f"{name}.scales", scale.astype(np.float32)), ids], f"{name}.of")
        return self.node("Mul", [self.node("Cast", [row], f"{name}.cast", to=TensorProto.FLOAT), of], name)


def _floats(tensor: Tensor) -> Array:
    return tensor.detach().float().cpu().numpy()


def export(tagger: Tagger, path: Path, temperature: float = 1.0) -> None:
    """Write ``tagger`` to ``path``; its scores are divided by ``temperature`` before the softmax.

    Inputs are ``ids`` and ``shapes`` (int64, batch × length, special tokens included); the output is
    ``probabilities`` (float, batch × length × labels).
    """
    graph, size = _Graph(), tagger.size
    words = graph.embedding("tokens", "ids", tagger.tokens.weight)
    shapes = graph.node(
        "Gather", [graph.weight("shape_table", _floats(tagger.shapes.weight)), "shapes"], "shape"
    )
    length = graph.node("Shape", ["ids"], "length", start=1, end=2)
    places = graph.node(
        "Slice",
        [
            graph.weight("place_table", _floats(tagger.places.weight)[:_LONGEST]),
            graph.weight("zero", np.zeros(1, dtype=np.int64)),
            length,
        ],
        "places",
    )
    placed = graph.node("Add", [shapes, places], "placed")

    def normalised(name: str, x: str, skip: str, norm: nn.LayerNorm) -> str:
        gamma = graph.weight(f"{name}.gamma", _floats(norm.weight))
        beta = graph.weight(f"{name}.beta", _floats(norm.bias))
        total = graph.node("Add", [x, skip], f"{name}.sum")
        return graph.node("LayerNormalization", [total, gamma, beta], name, epsilon=EPSILON)

    x = normalised("embedded", words, placed, tagger.norm)
    for index, layer in enumerate(tagger.layers):
        at = f"layer{index}"
        whole = graph.product(f"{at}.qkv", x, layer.qkv.weight, layer.qkv.bias)
        qkv = [f"{at}.{part}" for part in "qkv"]
        graph.nodes.append(helper.make_node("Split", [whole], qkv, axis=-1))
        attended = graph.node("MultiHeadAttention", qkv, f"{at}.attended", _MICROSOFT, num_heads=size.heads)
        attended = graph.product(f"{at}.out", attended, layer.out.weight, layer.out.bias)
        x = normalised(f"{at}.norm1", attended, x, layer.norm1)
        up = graph.node(
            "Gelu", [graph.product(f"{at}.up", x, layer.up.weight, layer.up.bias)], f"{at}.gelu", _MICROSOFT
        )
        x = normalised(
            f"{at}.norm2", graph.product(f"{at}.down", up, layer.down.weight, layer.down.bias), x, layer.norm2
        )
    head = graph.weight("head.weight", _floats(tagger.head.weight).T / np.float32(temperature))
    bias = graph.weight("head.bias", _floats(tagger.head.bias) / np.float32(temperature))
    scores = graph.node("Add", [graph.node("MatMul", [x, head], "product"), bias], "scores")
    graph.node("Softmax", [scores], "probabilities", axis=-1)

    def value(name: str, kind: int, *more: int) -> onnx.ValueInfoProto:
        return helper.make_tensor_value_info(name, kind, ["batch", "length", *more])

    model = helper.make_model(
        helper.make_graph(
            graph.nodes,
            "tagger",
            [value("ids", TensorProto.INT64), value("shapes", TensorProto.INT64)],
            [value("probabilities", TensorProto.FLOAT, tagger.head.out_features)],
            graph.weights,
        ),
        opset_imports=[helper.make_opsetid("", 17), helper.make_opsetid(_MICROSOFT, 1)],
        ir_version=8,
    )
    path.write_bytes(model.SerializeToString(deterministic=True))
