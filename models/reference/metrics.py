"""PSNR and SSIM of luma, the border left out because methods differ there by what they assume outside."""
from __future__ import annotations

import numpy as np
from skimage.metrics import structural_similarity

BORDER_PX = 8
# ITU-R BT.601 luma of RGB, studio range: the measure that super-resolution papers report.
LUMA_WEIGHTS = np.array([65.481, 128.553, 24.966]) / 255
LUMA_OFFSET = 16.0


def luma(picture: np.ndarray) -> np.ndarray:
    """[H,W] in 16..235, border removed, of a picture [H,W,3], 0..255."""
    plane = picture.astype(np.float64) @ LUMA_WEIGHTS + LUMA_OFFSET
    return plane[BORDER_PX:-BORDER_PX, BORDER_PX:-BORDER_PX]


def psnr_db(picture: np.ndarray, truth: np.ndarray) -> float:
    """Peak signal-to-noise ratio in dB of two pictures [H,W,3], 0..255."""
    error = np.mean((luma(picture) - luma(truth)) ** 2)
    return float(10 * np.log10(255**2 / error))


def ssim(picture: np.ndarray, truth: np.ndarray) -> float:
    """Structural similarity (Wang et al. 2004: Gaussian window, σ 1.5) of two pictures [H,W,3], 0..255."""
    settings = {"data_range": 255, "gaussian_weights": True, "sigma": 1.5, "use_sample_covariance": False}
    return float(structural_similarity(luma(picture), luma(truth), **settings))
