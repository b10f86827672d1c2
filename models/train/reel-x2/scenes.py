"""Makes true pictures: short pans and zooms over photos and rendered text, as video shows them.

`python scenes.py --pictures FOLDER --out DATA` writes DATA/truth.npy and DATA/source_clean.npy.
"""
from __future__ import annotations

import argparse
import random
from pathlib import Path

import numpy as np
from PIL import Image
from rendered_text import text_page

WIDTH, HEIGHT, FRAMES_PER_SCENE = 448, 336, 5
SCALE = 2
MARGIN_PX = 24
TEXT_SHARE = 0.15
PICTURE_SUFFIXES = {".jpg", ".png", ".webp"}
SMALLEST_FILE_BYTES = 150_000
SMALLEST_SIDE_PX = 700
# How a picture was made smaller is not known of real footage, so training sees several ways.
REDUCTIONS = [
    Image.Resampling.BICUBIC,
    Image.Resampling.BICUBIC,
    Image.Resampling.BOX,
    Image.Resampling.LANCZOS,
    Image.Resampling.BILINEAR,
]


def read_pictures(folder: Path) -> list[np.ndarray]:
    """RGB [H,W,3] uint8 with a longer side of at most 1500–2200 pixels, each subject once."""
    pictures: list[np.ndarray] = []
    thumbnails: list[np.ndarray] = []
    for path in sorted(folder.rglob("*")):
        if path.suffix.lower() not in PICTURE_SUFFIXES or path.stat().st_size <= SMALLEST_FILE_BYTES:
            continue
        picture = Image.open(path).convert("RGB")
        if min(picture.size) < SMALLEST_SIDE_PX:
            continue
        factor = random.uniform(1500, 2200) / max(picture.size)
        if factor < 1:
            size = (int(picture.width * factor), int(picture.height * factor))
            picture = picture.resize(size, Image.Resampling.LANCZOS)
        thumbnail = np.asarray(picture.resize((16, 16))).astype(int)
        if any(np.abs(thumbnail - other).mean() < 4 for other in thumbnails):
            continue  # the same picture in another size
        thumbnails.append(thumbnail)
        pictures.append(np.asarray(picture))
    return pictures


def pan(picture: np.ndarray) -> list[Image.Image]:
    """Frames of a moving window over `picture`, its edges at fractions of a pixel."""
    height, width = picture.shape[:2]
    fits = min((width - 2 * MARGIN_PX) / WIDTH, (height - 2 * MARGIN_PX) / HEIGHT)
    zoom = min(random.uniform(0.9, 1.6), fits)
    window_width, window_height = WIDTH * zoom, HEIGHT * zoom
    left = random.uniform(MARGIN_PX, width - window_width - MARGIN_PX)
    top = random.uniform(MARGIN_PX, height - window_height - MARGIN_PX)
    moves = random.random() < 0.8
    speed_x, speed_y = (random.gauss(0, 2.5), random.gauss(0, 1.5)) if moves else (0.0, 0.0)
    growth = random.gauss(1, 0.003)
    method = Image.Resampling.BICUBIC if zoom >= 1 else Image.Resampling.LANCZOS
    frames = []
    for index in range(FRAMES_PER_SCENE):
        w, h = window_width * growth**index, window_height * growth**index
        x = min(max(left + speed_x * index, 0), max(width - w, 0))
        y = min(max(top + speed_y * index, 0), max(height - h, 0))
        box = (x, y, min(x + w, width), min(y + h, height))
        frames.append(Image.fromarray(picture).resize((WIDTH, HEIGHT), method, box=box))
    return frames


def main() -> None:
    arguments = argparse.ArgumentParser(description="Make the true pictures of the training set.")
    arguments.add_argument("--pictures", type=Path, required=True)
    arguments.add_argument("--out", type=Path, required=True)
    arguments.add_argument("--scenes", type=int, default=260)
    options = arguments.parse_args()
    random.seed(1)
    pictures = read_pictures(options.pictures)
    fonts = sorted(path for path in options.pictures.rglob("*.ttf") if path.stat().st_size < 2e6)[:200]
    truth, small = [], []
    for _ in range(options.scenes):
        picture = text_page(fonts, pictures) if random.random() < TEXT_SHARE else random.choice(pictures)
        reduction = random.choice(REDUCTIONS)
        for frame in pan(picture):
            truth.append(np.asarray(frame))
            small.append(np.asarray(frame.resize((WIDTH // SCALE, HEIGHT // SCALE), reduction)))
    options.out.mkdir(parents=True, exist_ok=True)
    np.save(options.out / "truth.npy", np.stack(truth))
    np.save(options.out / "source_clean.npy", np.stack(small))


if __name__ == "__main__":
    main()
