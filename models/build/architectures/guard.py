"""The guard: falls back to bicubic where a network's output, taken down again, is not the picture it was given.

Works in sub-pixel space (before DepthToSpace), so every operator runs at source size.
"""
from __future__ import annotations

import numpy as np
from graph import Graph
from upsampling import RGB, bicubic_upsampling, bilinear_upsampling

# Error (0..1) from which the network's output is not used at all; below half of it, it is used whole.
ERROR_LIMIT = 0.3
ERROR_WINDOW = 9
SMOOTHING_WINDOW = 5


def guarded(graph: Graph, detail: str, scale: int) -> str:
    """`detail` [N,3·scale²,H,W] blended with bicubic upsampling of `input`, per source pixel.

    weight = clip((limit − e)·2/limit, 0, 1), e the largest error within the window; smoothed, then
    bilinear to output size so that no source pixel shows as a square.
    """
    bicubic = graph.picture_conv(graph.edge_pad("input", "edge", 2), "bicubic", bicubic_upsampling(scale))
    weight = _weight_per_sub_pixel(graph, _error(graph, detail, scale), scale)
    # A burst is clipped before it is weighed: a small weight of a huge value would still show.
    held = graph.clip(detail, "detail_held")
    change = graph.node("Mul", [graph.node("Sub", [held, bicubic], "change"), weight], "weighted_change")
    return graph.node("Add", [bicubic, change], "guarded")


def _error(graph: Graph, detail: str, scale: int) -> str:
    """|mean of each source pixel's sub-pixels − input|, largest of R, G and B, then of the window."""
    mean = np.kron(np.eye(RGB), np.full((1, scale * scale), 1 / scale**2)).astype(np.float32)
    reduced = graph.picture_conv(detail, "taken_down", mean.reshape(RGB, -1, 1, 1))
    apart = graph.node("Abs", [graph.node("Sub", [reduced, "input"], "difference")], "absolute")
    channel = graph.node("ReduceMax", [apart], "error", axes=[1], keepdims=1)
    return graph.node(
        "MaxPool", [channel], "error_near", kernel_shape=[ERROR_WINDOW] * 2, pads=[ERROR_WINDOW // 2] * 4, strides=[1, 1]
    )


def _weight_per_sub_pixel(graph: Graph, error: str, scale: int) -> str:
    limit = graph.constant("error_limit", np.array(ERROR_LIMIT, np.float32))
    slope = graph.constant("slope", np.array(2 / ERROR_LIMIT, np.float32))
    margin = graph.node("Sub", [limit, error], "margin")
    weight = graph.clip(graph.node("Mul", [margin, slope], "margin_scaled"), "weight")
    smooth = graph.node(
        "AveragePool",
        [weight],
        "weight_smooth",
        kernel_shape=[SMOOTHING_WINDOW] * 2,
        pads=[SMOOTHING_WINDOW // 2] * 4,
        strides=[1, 1],
    )
    per_colour = np.tile(bilinear_upsampling(scale), (RGB, 1, 1, 1))
    return graph.picture_conv(graph.edge_pad(smooth, "weight_edge", 1), "weight_per_sub_pixel", per_colour)
