"""Writes `manifest.json`, the list of models that the engine reads."""
from __future__ import annotations

import json
from pathlib import Path

from model import Model
from onnx import ModelProto
from packages import sha256_of
from verify import macs_per_source_pixel, peak_values_per_source_pixel


def variant_file(model: Model, precision: str) -> str:
    """Path of a variant inside `models/`."""
    return f"onnx/{model.id}.onnx" if precision == "fp32" else f"onnx/{model.id}.{precision}.onnx"


def entry(model: Model, graph: ModelProto, models_dir: Path) -> dict:
    """One model's entry; `graph` is any of its variants, all of which cost about the same."""
    package = model.package
    return {
        "id": model.id,
        "name": model.name,
        "task": "upscale",
        "summary": model.summary,
        "goodAt": list(model.good_at),
        "scale": model.scale,
        "input": {"name": "input", "channels": 3, "range": [0, 1]},
        "output": {"name": "output", "channels": 3, "range": [0, 1]},
        "receptiveField": model.receptive_field,
        "multipleOf": 1,
        "kMacPerOutputPixel": round(macs_per_source_pixel(graph) / model.scale**2 / 1000, 2),
        "peakValuesPerInputPixel": round(peak_values_per_source_pixel(graph)),
        "stateIn": [],
        "stateOut": [],
        "window": {"first": 1, "step": 1},
        "lookAhead": 0,
        "warmUp": 0,
        "variants": [_variant(variant_file(model, precision), precision, models_dir) for precision in model.precisions],
        "licence": model.licence,
        "licenceFile": model.licence_file,
        "source": {
            "registry": package.registry if package else "own",
            "package": package.name if package else "@clearreel/models",
            "version": package.version if package else "0.1.0",
            "files": list(model.files),
        },
    }


def write_manifest(entries: list[dict], path: Path) -> None:
    path.write_text(json.dumps({"version": 1, "models": entries}, indent=2, ensure_ascii=False) + "\n")


def _variant(file: str, precision: str, models_dir: Path) -> dict:
    path = models_dir / file
    return {"precision": precision, "file": file, "sha256": sha256_of(path), "bytes": path.stat().st_size}
