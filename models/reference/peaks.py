"""Largest activation of every model over hostile pictures: `python peaks.py`.

Half precision ends at 65,504, so this says which models may compute in it. Writes `peaks.json`: per model
the peak on each picture.
"""
from __future__ import annotations

import json
from pathlib import Path

import numpy as np
import onnx
import onnxruntime
from pictures import checkerboard, larger_pictures, text_panel, to_tensor

MODELS_DIR = Path(__file__).resolve().parent.parent
WIDTH, HEIGHT = 160, 120


def two_colours(where: np.ndarray, first: tuple[int, int, int], second: tuple[int, int, int]) -> np.ndarray:
    """RGB [H,W,3] uint8, `first` where the mask [H,W] holds."""
    return np.where(where[:, :, None], np.array(first, np.uint8), np.array(second, np.uint8))


def hostile_pictures() -> dict[str, np.ndarray]:
    """One-pixel patterns in the colours that drive the networks farthest, noise, text, and photos to compare."""
    rows, columns = np.indices((HEIGHT, WIDTH))
    board = (rows + columns) % 2 == 0
    random = np.random.default_rng(0)
    black, white = (0, 0, 0), (255, 255, 255)
    hard_noise = random.random((HEIGHT, WIDTH)) < 0.5
    pictures = {
        "checkerboard": checkerboard(WIDTH, HEIGHT),
        "red-green board": two_colours(board, (255, 0, 0), (0, 255, 0)),
        "blue-yellow board": two_colours(board, (0, 0, 255), (255, 255, 0)),
        "cyan-red board": two_colours(board, (0, 255, 255), (255, 0, 0)),
        "columns": two_colours(columns % 2 == 0, black, white),
        "rows": two_colours(rows % 2 == 0, black, white),
        "dots": two_colours((rows % 4 == 0) & (columns % 4 == 0), white, black),
        "hard noise": two_colours(hard_noise, black, white),
        "colour noise": random.integers(0, 256, (HEIGHT, WIDTH, 3), dtype=np.uint8),
        "text": text_panel(WIDTH, HEIGHT),
    }
    return pictures | larger_pictures()


def session_of_every_tensor(file: Path) -> tuple[onnxruntime.InferenceSession, list[str]]:
    """A session that gives what each node makes, and the names of those tensors."""
    model = onnx.load(file)
    names = [node.output[0] for node in model.graph.node if node.op_type != "Cast"]
    del model.graph.output[:]
    float32 = onnx.TensorProto.FLOAT
    model.graph.output.extend(onnx.helper.make_tensor_value_info(name, float32, None) for name in names)
    return onnxruntime.InferenceSession(model.SerializeToString(), providers=["CPUExecutionProvider"]), names


def main() -> None:
    pictures = {name: to_tensor(picture) for name, picture in hostile_pictures().items()}
    peaks: dict[str, dict[str, float]] = {}
    for model in json.loads((MODELS_DIR / "manifest.json").read_text())["models"]:
        session, names = session_of_every_tensor(MODELS_DIR / model["variants"][0]["file"])
        peaks[model["id"]] = {}
        for name, picture in pictures.items():
            tensors = session.run(names, {"input": picture})
            peaks[model["id"]][name] = round(max(float(np.abs(tensor).max()) for tensor in tensors), 1)
        print(model["id"], max(peaks[model["id"]].values()), flush=True)
    (MODELS_DIR / "reference" / "peaks.json").write_text(json.dumps(peaks, indent=2) + "\n")


if __name__ == "__main__":
    main()
