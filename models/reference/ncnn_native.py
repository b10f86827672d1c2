"""Runs an ncnn `.param`/`.bin` pair in ncnn itself, in fp32."""
from __future__ import annotations

from pathlib import Path

import ncnn
import numpy as np


def run_ncnn(param: Path, picture: np.ndarray) -> np.ndarray:
    """Output [1,3,sH,sW], not clipped, for `picture` [1,3,H,W] float32."""
    network = ncnn.Net()
    for option in ("fp16_packed", "fp16_storage", "fp16_arithmetic", "bf16_storage", "vulkan_compute"):
        setattr(network.opt, f"use_{option}", False)
    network.load_param(str(param))
    network.load_model(str(param.with_suffix(".bin")))
    # ncnn.Mat borrows the array's memory, so the array has to outlive the run.
    planes = np.ascontiguousarray(picture[0])
    extractor = network.create_extractor()
    extractor.input("data", ncnn.Mat(planes))
    status, output = extractor.extract("output")
    if status != 0:
        raise RuntimeError(f"ncnn could not run {param.name}: {status}")
    return np.array(output)[None]
