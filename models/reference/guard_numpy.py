"""The guard of the SPAN models written at output size, pixel by pixel, from its definition."""
from __future__ import annotations

import numpy as np

ERROR_LIMIT = 0.3


def run_guard(upscaled: np.ndarray, picture: np.ndarray) -> np.ndarray:
    """`upscaled` [1,3,sH,sW] (not clipped) of `picture` [1,3,H,W], with bursts replaced by bicubic; 0..1."""
    small = picture[0].astype(np.float64)
    large = upscaled[0].astype(np.float64)
    _, height, width = small.shape
    scale = large.shape[1] // height
    blocks = large.reshape(3, height, scale, width, scale)
    error = np.abs(blocks.mean(axis=(2, 4)) - small).max(axis=0)
    near = _windows(error, 4, -np.inf).max(axis=(2, 3))
    weight = np.clip((ERROR_LIMIT - near) * 2 / ERROR_LIMIT, 0, 1)
    inside = _windows(np.ones_like(weight), 2, 0).sum(axis=(2, 3))
    smooth = _windows(weight, 2, 0).sum(axis=(2, 3)) / inside
    at_output = resample(smooth[None], scale, lambda distance: max(0.0, 1 - distance))
    bicubic = resample(small, scale, _keys)
    return np.clip(bicubic + at_output * (np.clip(large, 0, 1) - bicubic), 0, 1)[None].astype(np.float32)


def resample(planes: np.ndarray, scale: int, kernel) -> np.ndarray:  # noqa: ANN001
    """`planes` [C,H,W] at `scale` times the size; half-pixel centres, edge samples repeated outside."""
    _, height, width = planes.shape
    rows, columns = _matrix(height, scale, kernel), _matrix(width, scale, kernel)
    return np.einsum("yh,chw,xw->cyx", rows, planes, columns)


def _matrix(size: int, scale: int, kernel) -> np.ndarray:  # noqa: ANN001
    matrix = np.zeros((size * scale, size))
    for output in range(size * scale):
        position = (output + 0.5) / scale - 0.5
        for source in range(int(np.floor(position)) - 1, int(np.floor(position)) + 3):
            matrix[output, min(max(source, 0), size - 1)] += kernel(abs(position - source))
    return matrix


def _keys(distance: float) -> float:
    if distance < 1:
        return 1.5 * distance**3 - 2.5 * distance**2 + 1
    return -0.5 * distance**3 + 2.5 * distance**2 - 4 * distance + 2 if distance < 2 else 0.0


def _windows(plane: np.ndarray, radius: int, outside: float) -> np.ndarray:
    padded = np.pad(plane, radius, constant_values=outside)
    return np.lib.stride_tricks.sliding_window_view(padded, (2 * radius + 1,) * 2)
