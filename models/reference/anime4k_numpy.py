"""What the Anime4K CNN shaders compute, texel by texel, in NumPy (read from their WGSL in `@websr/websr`).

Features stay in texels [H,W,4] as on the GPU; matrices multiply column vectors as WGSL's mat4x4f does.
A texel outside the picture is zero.
"""
from __future__ import annotations

import json
from pathlib import Path

import numpy as np

TAPS = [(dx, dy) for dx in (-1, 0, 1) for dy in (-1, 0, 1)]


def run_anime4k(weights: Path, picture: np.ndarray) -> np.ndarray:
    """Picture [1,3,2H,2W], clipped to 0..1, for `picture` [1,3,H,W] float32."""
    layers = json.loads(weights.read_text())["layers"]
    rgb = picture[0].transpose(1, 2, 0).astype(np.float64)
    texture = np.concatenate([rgb, np.ones((*rgb.shape[:2], 1))], axis=2)
    large = "conv2d_tf1" in layers
    detail = _large(layers, texture) if large else _small(layers, texture)
    height, width, _ = rgb.shape
    output = np.empty((2 * height, 2 * width, 3))
    for y in range(2 * height):
        for x in range(2 * width):
            texels = detail[y // 2, x // 2]
            value = texels[:, x % 2 + 2 * (y % 2)]
            output[y, x] = _sample_linear(rgb, (x + 0.5) / 2 - 0.5, (y + 0.5) / 2 - 0.5) + value
    return np.clip(output, 0, 1).transpose(2, 0, 1)[None].astype(np.float32)


def _small(layers: dict, texture: np.ndarray) -> np.ndarray:
    texel = _gather(layers["conv2d_tf"], [texture])
    for name in ("conv2d_1_tf", "conv2d_2_tf", "conv2d_last_tf"):
        texel = _gather(layers[name], [np.maximum(texel, 0), np.maximum(-texel, 0)])
    return texel[:, :, None]  # one value for R, G and B


def _large(layers: dict, texture: np.ndarray) -> np.ndarray:
    first, second = _gather(layers["conv2d_tf"], [texture]), _gather(layers["conv2d_tf1"], [texture])
    every = _both_signs(first, second)
    for index in range(1, 7):
        blocks = _both_signs(first, second)
        first, second = (_gather(layers[f"conv2d_{index}_{end}"], blocks) for end in ("tf", "tf1"))
        every += _both_signs(first, second)
    last = [_at_texel(layers[f"conv2d_last_{end}"], every) for end in ("tf", "tf1", "tf2")]
    return np.stack(last, axis=2)


def _both_signs(first: np.ndarray, second: np.ndarray) -> list[np.ndarray]:
    return [np.maximum(texel, 0) for texel in (first, second, -first, -second)]


def _gather(layer: dict, blocks: list[np.ndarray]) -> np.ndarray:
    matrices = np.array(layer["weights"]).reshape(len(blocks), len(TAPS), 4, 4)
    height, width, _ = blocks[0].shape
    total = np.zeros((height, width, 4)) + np.array(layer["bias"])
    for block, columns_of_taps in zip(blocks, matrices, strict=True):
        # The picture's alpha would be zero outside as well, and its column is zero in the file.
        padded = np.pad(block, ((1, 1), (1, 1), (0, 0)))
        for (dx, dy), columns in zip(TAPS, columns_of_taps, strict=True):
            total += padded[1 + dy : 1 + dy + height, 1 + dx : 1 + dx + width] @ columns
    return total


def _at_texel(layer: dict, blocks: list[np.ndarray]) -> np.ndarray:
    matrices = np.array(layer["weights"]).reshape(len(blocks), 4, 4)
    return sum(block @ columns for block, columns in zip(blocks, matrices, strict=True)) + np.array(layer["bias"])


def _sample_linear(rgb: np.ndarray, x: float, y: float) -> np.ndarray:
    height, width, _ = rgb.shape
    left, top = int(np.floor(x)), int(np.floor(y))
    total = np.zeros(3)
    for row, row_weight in ((top, 1 - (y - top)), (top + 1, y - top)):
        for column, column_weight in ((left, 1 - (x - left)), (left + 1, x - left)):
            texel = rgb[min(max(row, 0), height - 1), min(max(column, 0), width - 1)]
            total += row_weight * column_weight * texel
    return total
