"""reel-x2: this project's network for compressed footage (recipe in ../../train/reel-x2)."""
from __future__ import annotations

import numpy as np
from graph import Graph, Precision
from onnx import ModelProto

SCALE = 2
BLOCKS = 6


def build(weights: dict[str, np.ndarray], model_id: str, precision: Precision) -> ModelProto:
    """Graph of the trained network; `weights` by the parameter names of the recipe's `net.py`."""
    graph = Graph(model_id, precision)
    features = graph.conv(graph.body_input(), "head", weights["head.weight"], weights["head.bias"])
    features = graph.prelu(features, "head_act", weights["head_act.weight"])
    for index in range(BLOCKS):
        weight = _with_identity(weights[f"blocks.{index}.conv.weight"])
        features = graph.conv(features, f"block_{index}", weight, weights[f"blocks.{index}.conv.bias"])
        features = graph.prelu(features, f"block_{index}_act", weights[f"blocks.{index}.act.weight"])
    detail = graph.body_output(graph.conv(features, "tail", weights["tail.weight"], weights["tail.bias"]))
    skip = graph.picture_conv(graph.edge_pad("input", "edge", 2), "skip", weights["skip.weight"])
    total = graph.node("Add", [detail, skip], "sub_pixels")
    graph.clip(graph.depth_to_space(total, "picture", SCALE), "output")
    return graph.model()


def _with_identity(weight: np.ndarray) -> np.ndarray:
    """conv(x) + x as one convolution: +1 at the centre tap of each channel."""
    folded = weight.copy()
    channels = np.arange(len(weight))
    folded[channels, channels, 1, 1] += 1
    return folded
