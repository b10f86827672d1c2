"""Trains reel-x2: `python train.py --data DATA --minutes 55 --out reel-x2.npz`.

Adam (Kingma & Ba 2015), Charbonnier loss, learning rate by cosine over the minutes given.
"""
from __future__ import annotations

import argparse
import time
from pathlib import Path

import numpy as np
import torch
from net import SCALE, ReelX2
from torch import Tensor

BATCH, PATCH_PX = 16, 48
LEARNING_RATE, WARM_UP_STEPS = 1e-3, 200
CHARBONNIER_EPSILON = 1e-6
# Share of each source in a batch: mostly footage of the qualities that people have.
SOURCES = {
    "clean": 0.1,
    "x264_crf8": 0.1,
    "x264_crf17": 0.2,
    "x264_crf21": 0.2,
    "x264_crf25": 0.2,
    "x264_crf29": 0.1,
    "vp9_crf33": 0.1,
}


class Patches:
    """Random pairs of patches, mirrored and turned."""

    def __init__(self, data: Path, seed: int = 0) -> None:
        self._truth = np.load(data / "truth.npy", mmap_mode="r")
        self._sources = {name: np.load(data / f"source_{name}.npy", mmap_mode="r") for name in SOURCES}
        self._random = np.random.default_rng(seed)

    def batch(self) -> tuple[Tensor, Tensor]:
        """Sources [16,3,48,48] and truth [16,3,96,96], 0..1."""
        pairs = [self._pair() for _ in range(BATCH)]
        return _tensor([source for source, _ in pairs]), _tensor([truth for _, truth in pairs])

    def _pair(self) -> tuple[np.ndarray, np.ndarray]:
        frames = self._sources[self._random.choice(list(SOURCES), p=list(SOURCES.values()))]
        index = self._random.integers(len(frames))
        y, x = (self._random.integers(0, side - PATCH_PX) for side in frames.shape[1:3])
        source = frames[index, y : y + PATCH_PX, x : x + PATCH_PX]
        rows, columns = (slice(SCALE * at, SCALE * (at + PATCH_PX)) for at in (y, x))
        truth = self._truth[index, rows, columns]
        turns, mirrored = self._random.integers(4), self._random.random() < 0.5
        turned = [np.rot90(patch[:, ::-1] if mirrored else patch, turns) for patch in (source, truth)]
        return turned[0], turned[1]


def _tensor(patches: list[np.ndarray]) -> Tensor:
    return torch.from_numpy(np.stack(patches)).permute(0, 3, 1, 2).float().div_(255)


def learning_rate(step: int, progress: float) -> float:
    """Warm-up, then a cosine from the full rate down to a fiftieth of it; `progress` 0..1."""
    cosine = 0.5 * (1 + np.cos(np.pi * progress)) * 0.98 + 0.02
    return LEARNING_RATE * min(1.0, step / WARM_UP_STEPS + 0.01) * float(cosine)


def train(patches: Patches, minutes: float) -> ReelX2:
    torch.manual_seed(0)
    network = ReelX2()
    body = [value for name, value in network.named_parameters() if "skip" not in name]
    # The skip starts as bicubic, which is nearly right: it moves at a tenth of the rate.
    groups = [{"params": body, "share": 1.0}, {"params": list(network.skip.parameters()), "share": 0.1}]
    optimizer = torch.optim.Adam(groups, lr=LEARNING_RATE)
    started, step = time.monotonic(), 0
    while (progress := (time.monotonic() - started) / 60 / minutes) < 1:
        for group in optimizer.param_groups:
            group["lr"] = learning_rate(step, progress) * group["share"]
        source, truth = patches.batch()
        error = network(source) - truth
        loss = torch.sqrt(error * error + CHARBONNIER_EPSILON).mean()
        optimizer.zero_grad(set_to_none=True)
        loss.backward()
        torch.nn.utils.clip_grad_norm_(network.parameters(), 1.0)
        optimizer.step()
        step += 1
        if step % 500 == 0:
            print(f"step {step}, {progress:.0%}, loss {loss.item():.5f}", flush=True)
    return network


def main() -> None:
    arguments = argparse.ArgumentParser(description="Train reel-x2.")
    arguments.add_argument("--data", type=Path, required=True)
    arguments.add_argument("--minutes", type=float, default=55)
    arguments.add_argument("--out", type=Path, required=True)
    options = arguments.parse_args()
    network = train(Patches(options.data), options.minutes)
    np.savez(options.out, **{name: value.numpy() for name, value in network.state_dict().items()})


if __name__ == "__main__":
    main()
