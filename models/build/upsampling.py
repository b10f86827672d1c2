"""Classic resampling written as convolutions over the source grid, in sub-pixel order for DepthToSpace.

A convolution keeps a whole graph on operators every provider has, and gives the same result on each of
them, which Resize does not promise. Sub-pixel order is CRD: channel·scale² + dy·scale + dx.
"""
from __future__ import annotations

from collections.abc import Callable

import numpy as np

RGB = 3


def cubic_weight(distance: float, a: float) -> float:
    """Cubic convolution kernel (Keys 1981) with free parameter `a`; `distance` in samples."""
    x = abs(distance)
    if x <= 1:
        return (a + 2) * x**3 - (a + 3) * x**2 + 1
    return a * x**3 - 5 * a * x**2 + 8 * a * x - 4 * a if x < 2 else 0.0


def linear_weight(distance: float) -> float:
    """Triangle kernel; `distance` in samples."""
    return max(0.0, 1 - abs(distance))


def subpixel_taps(kernel: Callable[[float], float], scale: int, radius: int) -> np.ndarray:
    """Taps [scale, 2·radius + 1] of each sub-pixel, half-pixel centres."""
    centres = (np.arange(scale) + 0.5) / scale - 0.5
    return np.array([[kernel(c - offset) for offset in range(-radius, radius + 1)] for c in centres], np.float32)


def plane_kernel(taps: np.ndarray) -> np.ndarray:
    """Kernel [scale², 1, k, k] that resamples one plane, from its one-dimensional `taps` [scale, k]."""
    scale, side = taps.shape
    return np.einsum("ai,bj->abij", taps, taps).reshape(scale * scale, 1, side, side).astype(np.float32)


def rgb_kernel(plane: np.ndarray) -> np.ndarray:
    """Kernel [3·n, 3, k, k] that applies a one-plane kernel [n, 1, k, k] to R, G and B apart."""
    count, _, side, _ = plane.shape
    weight = np.zeros((RGB, count, RGB, side, side), np.float32)
    for channel in range(RGB):
        weight[channel, :, channel] = plane[:, 0]
    return weight.reshape(RGB * count, RGB, side, side)


def bicubic_upsampling(scale: int) -> np.ndarray:
    """Kernel [3·scale², 3, 5, 5] of bicubic (a = −0.5) upsampling; needs the picture edge-padded by 2."""
    return rgb_kernel(plane_kernel(subpixel_taps(lambda d: cubic_weight(d, -0.5), scale, 2)))


def bilinear_upsampling(scale: int) -> np.ndarray:
    """Kernel [scale², 1, 3, 3] of bilinear upsampling of one plane; needs it edge-padded by 1."""
    return plane_kernel(subpixel_taps(linear_weight, scale, 1))


def cubic_reduction(grid_scale: int, scale: int) -> np.ndarray:
    """Kernel [3·scale², 3, k, k], k = grid_scale + 2, that takes a picture at `grid_scale` down to `scale`.

    Cubic with a = −0.75, half-pixel centres and no antialias, as ncnn's Interp and PyTorch's bicubic do
    it. Used with stride `grid_scale` on the picture edge-padded by 1, one step a source pixel.
    """
    side = grid_scale + 2
    taps = np.zeros((scale, side), np.float32)
    for sub_pixel in range(scale):
        position = (sub_pixel + 0.5) * grid_scale / scale - 0.5
        first = int(np.floor(position)) - 1
        for tap in range(first, first + 4):
            taps[sub_pixel, tap + 1] = cubic_weight(position - tap, -0.75)
    return rgb_kernel(plane_kernel(taps))
