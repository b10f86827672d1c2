"""realesr-animevideov3: the compact VGG-style network of Real-ESRGAN (Wang et al. 2021, arXiv:2107.10833).

One ×4 network; ×2 and ×3 are its picture taken down by a cubic resize, as its authors publish them.
"""
from __future__ import annotations

import numpy as np
from graph import Graph, Precision
from ncnn_file import NcnnLayer
from onnx import ModelProto
from upsampling import RGB, cubic_reduction

NETWORK_SCALE = 4


def build(layers: dict[str, NcnnLayer], scale: int, model_id: str, precision: Precision) -> ModelProto:
    """Graph of the ncnn network's `layers`, for `scale` 2, 3 or 4."""
    graph = Graph(model_id, precision)
    body = [layer for layer in layers.values() if layer.kind in ("Convolution", "PReLU")]
    *hidden, last = body
    tensor = graph.body_input()
    for index, layer in enumerate(hidden):
        if layer.kind == "PReLU":
            tensor = graph.prelu(tensor, f"act_{index // 2}", layer.arrays["slope"])
        else:
            tensor = _conv(graph, tensor, f"conv_{index // 2}", layer)
    detail = graph.body_output(_conv(graph, tensor, "last", last))
    total = graph.node("Add", [detail, _nearest(graph)], "sub_pixels")
    picture = graph.depth_to_space(total, "picture_x4", NETWORK_SCALE)
    if scale != NETWORK_SCALE:
        picture = _reduced(graph, picture, scale)
    graph.clip(picture, "output")
    return graph.model()


def _conv(graph: Graph, tensor: str, name: str, layer: NcnnLayer) -> str:
    return graph.conv(tensor, name, layer.arrays["weight"], layer.arrays["bias"])


def _nearest(graph: Graph) -> str:
    """The picture at every sub-pixel: nearest-neighbour upsampling, exact in fp32."""
    copies = np.repeat(np.eye(RGB, dtype=np.float32), NETWORK_SCALE**2, axis=0)
    return graph.picture_conv("input", "nearest", copies.reshape(-1, RGB, 1, 1))


def _reduced(graph: Graph, picture: str, scale: int) -> str:
    kernel = cubic_reduction(NETWORK_SCALE, scale)
    padded = graph.edge_pad(picture, "picture_edge", 1)
    sub_pixels = graph.picture_conv(padded, "reduction", kernel, stride=NETWORK_SCALE)
    return graph.depth_to_space(sub_pixels, "picture", scale)
