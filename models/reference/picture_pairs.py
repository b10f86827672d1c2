"""Writes the small pictures of `../test/pictures`: sources and the truth they were made from, as PNG."""
from __future__ import annotations

from pathlib import Path

import numpy as np
from degrade import compressed, reduced
from pictures import bunny_frames, picture_file, text_panel
from PIL import Image

PICTURES_DIR = Path(__file__).resolve().parent.parent / "test" / "pictures"
FRAMES, FRAME = 40, 24


def crop(picture: np.ndarray, box: tuple[int, int, int, int], scale: int = 1) -> np.ndarray:
    """`box` (x, y, width, height) in source pixels of a picture `scale` times that size."""
    x, y, width, height = (side * scale for side in box)
    return picture[y : y + height, x : x + width]


def pairs() -> dict[str, tuple[np.ndarray, np.ndarray]]:
    """By name, a source and its truth, cut after the whole picture was reduced and compressed."""
    astronaut = picture_file("skimage", "data/astronaut.png")
    text = text_panel(320, 240)
    bunny = bunny_frames(FRAMES)
    made = {"text-crf23-x2": (compressed(reduced(text[None], 2), 23)[0], text, (0, 0, 160, 120), 2)}
    for scale, box in ((2, (64, 8, 96, 96)), (4, (32, 4, 48, 48))):
        made[f"photo-x{scale}"] = (reduced(astronaut[None], scale)[0], astronaut, box, scale)
    animations = (
        (23, 2, (160, 40, 160, 96)),
        (28, 2, (160, 40, 160, 96)),
        (28, 3, (100, 30, 96, 64)),
        (28, 4, (80, 20, 80, 48)),
    )
    for crf, scale, box in animations:
        # 528 of 544 lines divide by 3 and leave an even height for 4:2:0.
        truth = bunny[:, :528] if scale == 3 else bunny
        source = compressed(reduced(truth, scale), crf)[FRAME]
        made[f"animation-crf{crf}-x{scale}"] = (source, truth[FRAME], box, scale)
    return {name: (crop(source, box), crop(truth, box, scale)) for name, (source, truth, box, scale) in made.items()}


def main() -> None:
    PICTURES_DIR.mkdir(parents=True, exist_ok=True)
    for name, (source, truth) in pairs().items():
        Image.fromarray(source).save(PICTURES_DIR / f"{name}.source.png", optimize=True)
        Image.fromarray(truth).save(PICTURES_DIR / f"{name}.truth.png", optimize=True)


if __name__ == "__main__":
    main()
