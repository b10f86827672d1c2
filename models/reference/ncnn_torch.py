"""Runs an ncnn `.param`/`.bin` pair layer by layer in PyTorch.

It walks the file's own graph, so it shares nothing with the builders, which know each network's shape.
"""
from __future__ import annotations

from pathlib import Path

import numpy as np
import torch
from torch import Tensor
from torch.nn import functional

BINARY_OPERATIONS = {0: torch.add, 1: torch.sub, 2: torch.mul, 3: torch.div}
INTERPOLATION_MODES = {1: "nearest", 3: "bicubic"}


class NcnnNetwork:
    """`run` takes a picture [1,3,H,W] and gives the value of the last layer, not clipped."""

    def __init__(self, param: Path) -> None:
        self._data = param.with_suffix(".bin").read_bytes()
        self._offset = 0
        self._layers = [self._read_layer(line) for line in param.read_text().splitlines()[2:] if line.strip()]
        if self._offset != len(self._data):
            raise ValueError(f"{param.name}: {len(self._data) - self._offset} bytes of weights are left over")

    @torch.no_grad()
    def run(self, picture: Tensor) -> Tensor:
        values: dict[str, Tensor] = {}
        result = picture
        for kind, options, weights, inputs, outputs in self._layers:
            arguments = [picture] if kind == "Input" else [values[name] for name in inputs]
            result = _evaluate(kind, options, weights, arguments)
            values.update(dict.fromkeys(outputs, result))
        return result

    def _read_layer(self, line: str) -> tuple[str, dict[int, float], list[Tensor], list[str], list[str]]:
        kind, _, input_count, output_count, *rest = line.split()
        inputs, outputs = rest[: int(input_count)], rest[int(input_count) : int(input_count) + int(output_count)]
        pairs = (entry.split("=") for entry in rest[int(input_count) + int(output_count) :])
        options = {int(key): float(value) for key, value in pairs}
        return kind, options, self._read_weights(kind, options), inputs, outputs

    def _read_weights(self, kind: str, options: dict[int, float]) -> list[Tensor]:
        if kind == "Convolution":
            out, kernel, count = (int(options[key]) for key in (0, 1, 6))
            self._offset += 4  # the tag: every kernel of these files is half precision
            weight = self._take("<f2", count)
            self._offset += -self._offset % 4
            return [weight.reshape(out, count // (out * kernel * kernel), kernel, kernel), self._take("<f4", out)]
        if kind == "PReLU":
            return [self._take("<f4", int(options[0]))]
        if kind == "MemoryData":
            return [self._take("<f4", int(options[0] * options[1] * options[2])).reshape(1, -1, 1, 1)]
        return []

    def _take(self, dtype: str, count: int) -> Tensor:
        values = np.frombuffer(self._data, dtype, count, self._offset)
        self._offset += values.nbytes
        return torch.from_numpy(values.astype(np.float32))


def _evaluate(kind: str, options: dict[int, float], weights: list[Tensor], inputs: list[Tensor]) -> Tensor:
    match kind:
        case "Input" | "Split":
            return inputs[0]
        case "MemoryData":
            return weights[0]
        case "Convolution":
            return functional.conv2d(inputs[0], weights[0], weights[1], padding=int(options.get(4, 0)))
        case "PReLU":
            return functional.prelu(inputs[0], weights[0])
        case "Swish":
            return functional.silu(inputs[0])
        case "Sigmoid":
            return torch.sigmoid(inputs[0])
        case "Concat":
            return torch.cat(inputs, dim=1)
        case "PixelShuffle":
            return functional.pixel_shuffle(inputs[0], int(options[0]))
        case "BinaryOp":
            second = options[2] if options.get(1) else inputs[1]
            return BINARY_OPERATIONS[int(options.get(0, 0))](inputs[0], second)
        case "Interp":
            return functional.interpolate(inputs[0], scale_factor=options[1], mode=INTERPOLATION_MODES[int(options[0])])
    raise ValueError(f"no rule for ncnn layer {kind}")
