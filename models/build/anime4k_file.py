"""Reads the Anime4K CNN weights that `@websr/websr` stores as JSON."""
from __future__ import annotations

import json
from dataclasses import dataclass

import numpy as np

CHANNELS_PER_TEXEL = 4
RGB = 3


@dataclass(frozen=True)
class Convolution:
    """weight [O,I,kh,kw], bias [O], float32."""

    weight: np.ndarray
    bias: np.ndarray


def read_anime4k(text: bytes) -> dict[str, Convolution]:
    """Convolutions by layer name, each giving one texel of 4 channels.

    Stored order is [block][tap][4 in][4 out], tap = (dx + 1)·3 + (dy + 1): the columns of the shader's
    4×4 matrices, taken x first. Input channels come out as block·4 + channel, in the file's block order.
    The first layer reads RGB; the weights its alpha would have are dropped.
    """
    layers = {name: layer for name, layer in json.loads(text)["layers"].items() if "weights" in layer}
    return {name: _convolution(name, layer) for name, layer in layers.items()}


def _convolution(name: str, layer: dict) -> Convolution:
    stored = np.array(layer["weights"], np.float32)
    reads_picture = name in ("conv2d_tf", "conv2d_tf1")
    side = 1 if name.startswith("conv2d_last") and len(layer["inputs"]) > 1 else 3
    taps = stored.reshape(-1, side, side, CHANNELS_PER_TEXEL, CHANNELS_PER_TEXEL)
    block_x_y_in_out = taps.transpose(4, 0, 3, 2, 1)  # to out, block, in, y, x
    weight = block_x_y_in_out.reshape(CHANNELS_PER_TEXEL, -1, side, side)
    return Convolution(weight[:, :RGB] if reads_picture else weight, np.array(layer["bias"], np.float32))
