"""Measures every model against bicubic and Lanczos: `python quality.py --vtest vtest.avi`.

`vtest.avi` is in Debian's opencv-doc; every other picture ships inside a PyPI package. Writes
`../quality.json`: luma PSNR in dB and SSIM, means over each set.
"""
from __future__ import annotations

import argparse
import json
from pathlib import Path

import numpy as np
import onnxruntime
from degrade import BICUBIC, LANCZOS, compressed, enlarged, reduced
from metrics import psnr_db, ssim
from pictures import bikes_frames, bunny_frames, clip_frames, picture_file, text_panel, to_tensor

MODELS_DIR = Path(__file__).resolve().parent.parent
MEASURE = "luma PSNR in dB and SSIM, means over the set, 8 pixels at every border left out"
FRAMES, FRAME_STEP = 40, 12
CRFS = (18, 23, 28)
PHOTOS = {
    "skimage": "astronaut.png brick.png camera.png chelsea.png coffee.png grass.png gravel.png motorcycle_left.png rocket.jpg",
    "sklearn": "china.jpg flower.jpg",
}


def photos(scale: int) -> list[np.ndarray]:
    """Photos as [1,H,W,3], cut to whole multiples of `scale` and of 4:2:0."""
    folders = {"skimage": "data", "sklearn": "datasets/images"}
    files = [(package, f"{folders[package]}/{name}") for package, names in PHOTOS.items() for name in names.split()]
    step = 2 * scale
    pictures = (picture_file(*file) for file in files)
    return [p[None, : p.shape[0] // step * step, : p.shape[1] // step * step] for p in pictures]


def clip_sets(vtest: Path) -> dict[str, list[np.ndarray]]:
    """Three clips, each [40,H,W,3]: they are compressed whole, and four frames of each are measured."""
    street = clip_frames(vtest, 5, FRAMES, (640, 480))
    return {"film": [bikes_frames(FRAMES)], "animation": [bunny_frames(FRAMES)], "street": [street]}


def upscalers(scale: int) -> dict:
    """By name, functions from [H,W,3] uint8 to the enlarged picture, float 0..255."""
    methods = {
        "bicubic": lambda picture: enlarged(picture, scale, BICUBIC),
        "lanczos": lambda picture: enlarged(picture, scale, LANCZOS),
    }
    for model in json.loads((MODELS_DIR / "manifest.json").read_text())["models"]:
        if model["scale"] == scale:
            file = MODELS_DIR / model["variants"][0]["file"]
            session = onnxruntime.InferenceSession(file, providers=["CPUExecutionProvider"])
            methods[model["id"]] = lambda picture, session=session: _run(session, picture)
    return methods


def _run(session: onnxruntime.InferenceSession, picture: np.ndarray) -> np.ndarray:
    return session.run(None, {"input": to_tensor(picture)})[0][0].transpose(1, 2, 0) * 255


def measure(name: str, source: str, scale: int, pairs: list[tuple[np.ndarray, np.ndarray]]) -> dict:
    """One row; `pairs` are (small source, truth)."""
    results = {}
    for method, upscale in upscalers(scale).items():
        outputs = [(upscale(small), truth) for small, truth in pairs]
        psnr, similarity = (float(np.mean([score(*pair) for pair in outputs])) for score in (psnr_db, ssim))
        results[method] = {"psnrDb": round(psnr, 2), "ssim": round(similarity, 4)}
    print(name, f"×{scale}", source, results, flush=True)
    return {"set": name, "pictures": len(pairs), "scale": scale, "source": source, "results": results}


def pairs_of(stacks: list[np.ndarray], scale: int, crf: int | None) -> list[tuple[np.ndarray, np.ndarray]]:
    pairs = []
    for truth in stacks:
        small = reduced(truth, scale)
        small = small if crf is None else compressed(small, crf)
        pairs += list(zip(small, truth, strict=True))[::FRAME_STEP]
    return pairs


def main() -> None:
    arguments = argparse.ArgumentParser(description="Measure the models on pictures that packages ship.")
    arguments.add_argument("--vtest", type=Path, required=True, help="vtest.avi of Debian's opencv-doc")
    clips = clip_sets(arguments.parse_args().vtest)
    sets = [("photos", photos(2), 2, (None, 28)), ("text", [text_panel(640, 480)[None]], 2, (None, 23))]
    sets += [(name, stacks, 2, (None, *CRFS)) for name, stacks in clips.items()]
    sets += [("photos", photos(3), 3, (None,)), ("photos", photos(4), 4, (None, 28))]
    sets += [(name, stacks, 4, (None, 23)) for name, stacks in clips.items()]
    rows = []
    for name, stacks, scale, crfs in sets:
        for crf in crfs:
            source = "clean" if crf is None else f"x264 CRF {crf}"
            rows.append(measure(name, source, scale, pairs_of(stacks, scale, crf)))
    (MODELS_DIR / "quality.json").write_text(json.dumps({"measure": MEASURE, "rows": rows}, indent=2) + "\n")


if __name__ == "__main__":
    main()
