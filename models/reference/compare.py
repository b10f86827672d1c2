"""Compares every ONNX model with its references: `python compare.py [--cache DIR]`.

Writes `agreement.json` (largest difference in 1/255 per model, precision, reference and picture) and the
fixtures under `../test/fixtures`, whose expected outputs come from the reference, never from the ONNX.
"""
from __future__ import annotations

import argparse
import json
from pathlib import Path

import numpy as np
import onnxruntime
from pictures import fixture_pictures, larger_pictures, to_tensor
from references import MODELS, MODELS_DIR, references

FIXTURES_DIR = MODELS_DIR / "test" / "fixtures"


def session(file: Path) -> onnxruntime.InferenceSession:
    return onnxruntime.InferenceSession(file, providers=["CPUExecutionProvider"])


def write_fixture(name: str, pictures: dict[str, np.ndarray], outputs: dict[str, np.ndarray]) -> None:
    """One file a model: outputs [3,sH,sW] one after another as uint16, 65535 = 1."""
    quantised = [np.round(outputs[key][0] * 65535).astype("<u2").tobytes() for key in pictures]
    (FIXTURES_DIR / f"{name}.bin").write_bytes(b"".join(quantised))


def write_inputs(pictures: dict[str, np.ndarray]) -> None:
    """`pictures.bin`: [H,W,3] uint8 one after another; `pictures.json`: their names and sizes in that order."""
    (FIXTURES_DIR / "pictures.bin").write_bytes(b"".join(picture.tobytes() for picture in pictures.values()))
    sizes = [{"name": name, "width": p.shape[1], "height": p.shape[0]} for name, p in pictures.items()]
    (FIXTURES_DIR / "pictures.json").write_text(json.dumps(sizes, indent=2) + "\n")


def main() -> None:
    arguments = argparse.ArgumentParser(description="Compare the ONNX models with independent references.")
    arguments.add_argument("--cache", type=Path, default=Path.home() / ".cache" / "clearreel-models")
    cache_dir = arguments.parse_args().cache
    FIXTURES_DIR.mkdir(parents=True, exist_ok=True)
    committed = fixture_pictures()
    write_inputs(committed)
    pictures = {name: to_tensor(picture) for name, picture in (committed | larger_pictures()).items()}
    agreement: dict[str, dict] = {}
    for model in MODELS:
        expected = {
            name: {picture: run(values) for picture, values in pictures.items()}
            for name, run in references(model, cache_dir).items()
        }
        write_fixture(model.id, committed, next(iter(expected.values())))
        agreement[model.id] = {}
        for precision in model.precisions:
            suffix = "" if precision == "fp32" else f".{precision}"
            running = session(MODELS_DIR / "onnx" / f"{model.id}{suffix}.onnx")
            outputs = {name: running.run(None, {"input": values})[0] for name, values in pictures.items()}
            agreement[model.id][precision] = {
                reference: {name: round(float(np.abs(outputs[name] - wanted[name]).max() * 255), 4) for name in pictures}
                for reference, wanted in expected.items()
            }
        worst = {p: {r: max(v.values()) for r, v in by.items()} for p, by in agreement[model.id].items()}
        print(model.id, worst)
    (MODELS_DIR / "reference" / "agreement.json").write_text(json.dumps(agreement, indent=2) + "\n")


if __name__ == "__main__":
    main()
