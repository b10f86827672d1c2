"""SPAN, 48 channels (Wan et al. 2024, "Swift Parameter-free Attention Network", arXiv:2311.12770).

Computed in fp32 only: on hard-edged patterns its activations pass what half precision holds.
"""
from __future__ import annotations

import numpy as np
from graph import Graph, Precision
from ncnn_file import NcnnLayer
from onnx import ModelProto

from architectures.guard import guarded

BLOCKS = 6


def build(layers: dict[str, NcnnLayer], scale: int, model_id: str, precision: Precision) -> ModelProto:
    """Graph of the ncnn network's `layers`, with the guard that takes its bursts of noise away."""
    graph = Graph(model_id, precision)
    graph.constant("half", np.array(0.5, np.float32))
    first = _conv(graph, layers, _centred(graph, layers), "/conv_1/eval_conv/Conv", "conv_1")
    block_outputs, last_activation = [first], ""
    for index in range(1, BLOCKS + 1):
        output, last_activation = _block(graph, layers, block_outputs[-1], index)
        block_outputs.append(output)
    end = _conv(graph, layers, block_outputs[-1], "/conv_2/eval_conv/Conv", "conv_2")
    joined = graph.node("Concat", [first, end, block_outputs[1], last_activation], "joined", axis=1)
    mixed = _conv(graph, layers, joined, "/conv_cat/Conv", "conv_cat")
    detail = _conv(graph, layers, mixed, "/upsampler/upsampler.0/Conv", "upsampler")
    graph.clip(graph.depth_to_space(guarded(graph, detail, scale), "picture", scale), "output")
    return graph.model()


def _centred(graph: Graph, layers: dict[str, NcnnLayer]) -> str:
    # The mean goes before the first convolution pads with zeros, so it cannot fold into that one's bias.
    mean = graph.constant("mean", layers["/Constant_output_0"].arrays["data"].reshape(1, 3, 1, 1))
    centred = graph.node("Sub", ["input", mean], "less_mean")
    return graph.node("Mul", [centred, graph.constant("range", np.array(255, np.float32))], "centred")


def _block(graph: Graph, layers: dict[str, NcnnLayer], tensor: str, index: int) -> tuple[str, str]:
    """The block's output and its first activation (the last block's is read again at the end)."""
    name = lambda part: f"block_{index}_{part}"  # noqa: E731
    conv = lambda source, part: _conv(graph, layers, source, f"/block_{index}/{part}_r/eval_conv/Conv", name(part))  # noqa: E731
    activation = _silu(graph, conv(tensor, "c1"))
    third = conv(_silu(graph, conv(activation, "c2")), "c3")
    attention = graph.node("Sub", [graph.node("Sigmoid", [third], name("sigmoid")), "half"], name("attention"))
    return graph.node("Mul", [graph.node("Add", [third, tensor], name("sum")), attention], name("out")), activation


def _silu(graph: Graph, tensor: str) -> str:
    return graph.node("Mul", [tensor, graph.node("Sigmoid", [tensor], f"{tensor}_gate")], f"{tensor}_silu")


def _conv(graph: Graph, layers: dict[str, NcnnLayer], tensor: str, layer: str, name: str) -> str:
    arrays = layers[layer].arrays
    return graph.conv(tensor, name, arrays["weight"], arrays["bias"])
