"""Compresses the clean sources as video, at several qualities and with two codecs.

`python compress.py --data DATA` reads DATA/source_clean.npy and writes DATA/source_<name>.npy for each.
"""
from __future__ import annotations

import argparse
import subprocess
import tempfile
from pathlib import Path

import numpy as np

FPS = "25"
KEY_INTERVAL = "25"


def _x264(preset: str, crf: int) -> list[str]:
    return ["-c:v", "libx264", "-preset", preset, "-crf", str(crf)]


ENCODERS = {
    "x264_crf8": _x264("fast", 8),
    **{f"x264_crf{crf}": _x264("medium", crf) for crf in (17, 21, 25, 29)},
    "vp9_crf33": ["-c:v", "libvpx-vp9", "-crf", "33", "-b:v", "0", "-deadline", "realtime", "-cpu-used", "5"],
}


def compressed(frames: np.ndarray, encoder: list[str]) -> np.ndarray:
    """Frames [n,H,W,3] uint8 (even sides) after encoding to BT.709 4:2:0 and decoding again."""
    _, height, width, _ = frames.shape
    raw = ["-f", "rawvideo", "-pix_fmt", "rgb24"]
    to_video = ["-pix_fmt", "yuv420p", "-vf", "scale=out_color_matrix=bt709:out_range=tv", *encoder, "-g", KEY_INTERVAL]
    to_rgb = ["-vf", "scale=in_color_matrix=bt709:in_range=tv"]
    with tempfile.TemporaryDirectory() as folder:
        clip = Path(folder) / "clip.mkv"
        encode = ["ffmpeg", "-v", "error", *raw, "-s", f"{width}x{height}", "-r", FPS, "-i", "-", *to_video, clip]
        subprocess.run(encode, check=True, input=frames.tobytes())
        decode = ["ffmpeg", "-v", "error", "-i", clip, *to_rgb, *raw, "-"]
        decoded = subprocess.run(decode, check=True, stdout=subprocess.PIPE).stdout
    return np.frombuffer(decoded, np.uint8).reshape(frames.shape)


def main() -> None:
    arguments = argparse.ArgumentParser(description="Compress the sources of the training set.")
    arguments.add_argument("--data", type=Path, required=True)
    data = arguments.parse_args().data
    clean = np.load(data / "source_clean.npy")
    for name, encoder in ENCODERS.items():
        np.save(data / f"source_{name}.npy", compressed(clean, encoder))


if __name__ == "__main__":
    main()
