"""Makes lanczos.json, the reference for `resample`, with Pillow's own Lanczos.

Pillow drops taps outside the picture; ours repeat the edge. So the picture is padded with its edge
pixels first and only its box is resampled.

    python -m pip install pillow numpy && python make_lanczos.py
"""

import json
import pathlib

import numpy as np
from PIL import Image

CASES = [(12, 7, 24, 14), (9, 6, 27, 18), (17, 11, 10, 6), (16, 9, 21, 9), (21, 20, 5, 20), (13, 8, 13, 3)]
PAD = 32

cases = []
for index, (width, height, target_width, target_height) in enumerate(CASES):
    random = np.random.default_rng(index)
    picture = random.integers(0, 256, (height, width)).astype(np.float32) / 255
    padded = Image.fromarray(np.pad(picture, PAD, mode="edge"), mode="F")
    box = (PAD, PAD, PAD + width, PAD + height)
    resized = padded.resize((target_width, target_height), Image.Resampling.LANCZOS, box=box)
    cases.append(
        {
            "width": width,
            "height": height,
            "targetWidth": target_width,
            "targetHeight": target_height,
            "input": (picture * 255).round().astype(int).ravel().tolist(),
            "output": np.clip(np.asarray(resized, np.float64), 0, 1).round(5).ravel().tolist(),
        }
    )

path = pathlib.Path(__file__).with_name("lanczos.json")
path.write_text(json.dumps(cases, separators=(",", ":")) + "\n")
