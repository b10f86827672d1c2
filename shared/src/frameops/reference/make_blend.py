"""Makes blend.json, the reference for `blend`: Pillow's Lanczos as the plain upscale, NumPy for the mixture.

    python -m pip install pillow numpy && python make_blend.py
"""

import json
import pathlib

import numpy as np
from PIL import Image

CASES = [(9, 7, 18, 14, 0.5), (11, 5, 22, 10, 0.25), (8, 6, 24, 18, 0.99), (7, 9, 10, 13, 0.01)]
PAD = 32

cases = []
for index, (width, height, target_width, target_height, share) in enumerate(CASES):
    random = np.random.default_rng(100 + index)
    source = random.integers(0, 256, (height, width))
    over = random.integers(0, 256, (target_height, target_width))
    padded = np.pad((source / 255).astype(np.float32), PAD, mode="edge")
    plain = Image.fromarray(padded, mode="F").resize(
        (target_width, target_height),
        Image.Resampling.LANCZOS,
        box=(PAD, PAD, PAD + width, PAD + height),
    )
    plain = np.clip(np.asarray(plain, np.float64), 0, 1)
    cases.append(
        {
            "width": width,
            "height": height,
            "targetWidth": target_width,
            "targetHeight": target_height,
            "share": share,
            "source": source.ravel().tolist(),
            "over": over.ravel().tolist(),
            "output": (plain + share * (over / 255 - plain)).round(5).ravel().tolist(),
        }
    )

path = pathlib.Path(__file__).with_name("blend.json")
path.write_text(json.dumps(cases, separators=(",", ":")) + "\n")
