"""Makes small, compressed sources of true pictures, and enlarges them by classic resampling."""
from __future__ import annotations

import subprocess
import tempfile
from pathlib import Path

import numpy as np
from pictures import FFMPEG
from PIL import Image

BICUBIC, LANCZOS = Image.Resampling.BICUBIC, Image.Resampling.LANCZOS


def reduced(pictures: np.ndarray, scale: int) -> np.ndarray:
    """[n,H,W,3] uint8 to [n,H/scale,W/scale,3] by antialiased bicubic."""
    height, width = pictures.shape[1:3]
    size = (width // scale, height // scale)
    return np.stack([np.asarray(Image.fromarray(picture).resize(size, BICUBIC)) for picture in pictures])


def compressed(frames: np.ndarray, crf: int) -> np.ndarray:
    """Frames [n,H,W,3] after x264 (preset medium, BT.709, 4:2:0) at constant rate factor `crf`.

    Odd sides are repeated by one pixel for 4:2:0 and cut again.
    """
    height, width = frames.shape[1:3]
    even = np.pad(frames, ((0, 0), (0, height % 2), (0, width % 2), (0, 0)), mode="edge")
    size = f"{even.shape[2]}x{even.shape[1]}"
    raw = ["-f", "rawvideo", "-pix_fmt", "rgb24"]
    to_video = ["-vf", "scale=out_color_matrix=bt709:out_range=tv", "-pix_fmt", "yuv420p", "-c:v", "libx264"]
    to_rgb = ["-vf", "scale=in_color_matrix=bt709:in_range=tv"]
    with tempfile.TemporaryDirectory() as folder:
        clip = Path(folder) / "clip.mp4"
        encode = [FFMPEG, "-v", "error", *raw, "-s", size, "-r", "25", "-i", "-", *to_video]
        subprocess.run([*encode, "-preset", "medium", "-crf", str(crf), clip], check=True, input=even.tobytes())
        decode = [FFMPEG, "-v", "error", "-i", clip, *to_rgb, *raw, "-"]
        decoded = subprocess.run(decode, check=True, stdout=subprocess.PIPE).stdout
    return np.frombuffer(decoded, np.uint8).reshape(even.shape)[:, :height, :width]


def enlarged(picture: np.ndarray, scale: int, method: Image.Resampling) -> np.ndarray:
    """[H,W,3] uint8 to [scale·H,scale·W,3] float, 0..255, not rounded to 8 bit (as the models' output is not)."""
    height, width = picture.shape[:2]
    planes = [Image.fromarray(picture[:, :, channel].astype(np.float32)) for channel in range(3)]
    large = [np.asarray(plane.resize((width * scale, height * scale), method)) for plane in planes]
    return np.clip(np.stack(large, axis=2), 0, 255)
