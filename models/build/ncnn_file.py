"""Reads the weights of an ncnn model (`.param` text and `.bin` data).

Format: https://github.com/Tencent/ncnn/wiki/param-and-model-file-structure
"""
from __future__ import annotations

from dataclasses import dataclass, field

import numpy as np

PARAM_MAGIC = "7767517"
FP16_TAG = 0x01306B47
FP32_TAG = 0


@dataclass
class NcnnLayer:
    """One layer; `arrays` holds weight [O,I,kh,kw], bias [O], slope [C] or data, where the layer has them."""

    kind: str
    name: str
    arrays: dict[str, np.ndarray] = field(default_factory=dict)


class _BinReader:
    def __init__(self, data: bytes) -> None:
        self._data = data
        self._offset = 0

    def raw(self, count: int) -> np.ndarray:
        """`count` float32 values without a tag."""
        values = np.frombuffer(self._data, "<f4", count, self._offset)
        self._offset += count * 4
        return values.astype(np.float32)

    def tagged(self, count: int) -> np.ndarray:
        """`count` values behind a u32 tag that says float16 (padded to 4 bytes) or float32."""
        (tag,) = np.frombuffer(self._data, "<u4", 1, self._offset)
        self._offset += 4
        if tag == FP32_TAG:
            return self.raw(count)
        if tag != FP16_TAG:
            raise ValueError(f"weights at byte {self._offset - 4} have tag {tag:#x}, which is neither fp16 nor fp32")
        values = np.frombuffer(self._data, "<f2", count, self._offset)
        self._offset += (count * 2 + 3) // 4 * 4
        return values.astype(np.float32)

    def end(self) -> None:
        if self._offset != len(self._data):
            raise ValueError(f".bin has {len(self._data)} bytes, its .param describes {self._offset}")


def _layer_arrays(kind: str, options: dict[int, str], data: _BinReader) -> dict[str, np.ndarray]:
    number = lambda key, default: int(options.get(key, default))  # noqa: E731
    if kind == "Convolution":
        out, kernel = number(0, 0), number(1, 1)
        weight = data.tagged(number(6, 0)).reshape(out, -1, kernel, kernel)
        return {"weight": weight, "bias": data.raw(out) if number(5, 0) else np.zeros(out, np.float32)}
    if kind == "PReLU":
        return {"slope": data.raw(number(0, 0))}
    if kind == "MemoryData":
        return {"data": data.raw(number(0, 1) * max(number(1, 0), 1) * max(number(2, 0), 1))}
    return {}


def read_ncnn(param: bytes, data: bytes) -> dict[str, NcnnLayer]:
    """Layers by name, in file order.

    Raises ValueError when the magic is wrong, a tag is unknown, or the description does not end exactly
    where the data ends (the sign of a wrong parse).
    """
    lines = param.decode().splitlines()
    if lines[0].strip() != PARAM_MAGIC:
        raise ValueError(f".param begins with {lines[0]!r}, must be {PARAM_MAGIC}")
    reader = _BinReader(data)
    layers: dict[str, NcnnLayer] = {}
    for line in lines[2:]:
        if not line.strip():
            continue
        kind, name, *rest = line.split()
        options = {int(key): value for key, value in (entry.split("=") for entry in rest if "=" in entry)}
        layers[name] = NcnnLayer(kind, name, _layer_arrays(kind, options, reader))
    reader.end()
    return layers
