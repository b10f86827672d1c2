"""What is known of a model before it is built."""
from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from graph import Precision
from onnx import ModelProto
from packages import Package

MODELS_DIR = Path(__file__).resolve().parent.parent
ReadFile = Callable[[str], bytes]


@dataclass(frozen=True)
class Model:
    """One entry. `package` is None for weights of our own; `files` are paths inside the package, or
    inside `models/`. `receptive_field` is the halo in source pixels that makes a tile equal the whole."""

    id: str
    name: str
    summary: str
    good_at: tuple[str, ...]
    scale: int
    receptive_field: int
    precisions: tuple[Precision, ...]
    licence: str
    licence_file: str
    package: Package | None
    files: tuple[str, ...]
    build: Callable[[ReadFile, Precision], ModelProto]
