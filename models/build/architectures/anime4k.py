"""Anime4K CNN ×2, sizes S and VL (bloc97, https://github.com/bloc97/Anime4K, GLSL `Upscale_CNN_x2_*`).

Convolutions run at source size with zero padding; each reader sees CReLU [relu(x), relu(−x)] of the
features before it; their result is the detail over a bilinear ×2 of the picture.
"""
from __future__ import annotations

import numpy as np
from anime4k_file import Convolution
from graph import Graph, Precision
from onnx import ModelProto
from upsampling import bilinear_upsampling, rgb_kernel

SCALE = 2


def build_s(layers: dict[str, Convolution], model_id: str, precision: Precision) -> ModelProto:
    """Size S: one texel of 4 channels; its last four values are added to R, G and B alike."""
    graph = Graph(model_id, precision)
    features = _conv(graph, graph.body_input(), "conv_0", [layers["conv2d_tf"]])
    for index in (1, 2):
        features = _conv(graph, _crelu(graph, features), f"conv_{index}", [layers[f"conv2d_{index}_tf"]])
    grey = _conv(graph, _crelu(graph, features), "last", [layers["conv2d_last_tf"]])
    return _finish(graph, graph.node("Concat", [grey] * 3, "grey_to_rgb", axis=1))


def build_vl(layers: dict[str, Convolution], model_id: str, precision: Precision) -> ModelProto:
    """Size VL: two texels a layer; the last 1×1 convolution reads the features of all seven layers."""
    graph = Graph(model_id, precision)
    pair = lambda name: [layers[name], layers[f"{name}1"]]  # noqa: E731
    features = _conv(graph, graph.body_input(), "conv_0", pair("conv2d_tf"))
    readable = [_crelu(graph, features)]
    for index in range(1, 7):
        features = _conv(graph, readable[-1], f"conv_{index}", pair(f"conv2d_{index}_tf"))
        readable.append(_crelu(graph, features))
    every = graph.node("Concat", readable, "every_feature", axis=1)
    return _finish(graph, _conv(graph, every, "last", [*pair("conv2d_last_tf"), layers["conv2d_last_tf2"]]))


def _conv(graph: Graph, tensor: str, name: str, texels: list[Convolution]) -> str:
    weight = np.concatenate([texel.weight for texel in texels])
    bias = np.concatenate([texel.bias for texel in texels])
    return graph.conv(tensor, name, weight, bias)


def _crelu(graph: Graph, tensor: str) -> str:
    negative = graph.node("Neg", [tensor], f"{tensor}_neg")
    both = graph.node("Concat", [tensor, negative], f"{tensor}_both", axis=1)
    return graph.node("Relu", [both], f"{tensor}_crelu")


def _finish(graph: Graph, detail: str) -> ModelProto:
    bilinear = rgb_kernel(bilinear_upsampling(SCALE))
    skip = graph.picture_conv(graph.edge_pad("input", "edge", 1), "bilinear", bilinear)
    total = graph.node("Add", [graph.body_output(detail), skip], "sub_pixels")
    graph.clip(graph.depth_to_space(total, "picture", SCALE), "output")
    return graph.model()
