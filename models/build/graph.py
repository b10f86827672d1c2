"""A small writer of ONNX graphs: opset 17, explicit pads, half-precision kernels.

`precision` is the precision a graph computes in. Learned kernels are stored as float16 either way: for
"fp32" a Cast widens each (runtimes fold it at load), for "fp16" they are used as they are. Biases, slopes
and the kernels that carry the picture itself are few and keep the precision they are used in.
"""
from __future__ import annotations

from typing import Literal

import numpy as np
from onnx import ModelProto, TensorProto, checker, helper, numpy_helper

Precision = Literal["fp32", "fp16"]
OPSET = 17
IR_VERSION = 8


class Graph:
    """Nodes in order of calls; every method returns the name of the tensor it makes."""

    def __init__(self, name: str, precision: Precision) -> None:
        self.name = name
        self.precision: Precision = precision
        self._nodes: list = []
        self._initializers: list = []
        self._names: set[str] = set()

    def node(self, kind: str, inputs: list[str], name: str, **attributes: object) -> str:
        if name in self._names:
            raise ValueError(f"{self.name}: two tensors are named {name}")
        self._names.add(name)
        self._nodes.append(helper.make_node(kind, inputs, [name], name=name, **attributes))
        return name

    def constant(self, name: str, values: np.ndarray) -> str:
        self._initializers.append(numpy_helper.from_array(np.ascontiguousarray(values), name))
        return name

    def body_constant(self, name: str, values: np.ndarray) -> str:
        """A small constant in the precision the graph computes in."""
        return self.constant(name, values.astype(np.float16 if self.precision == "fp16" else np.float32))

    def kernel(self, name: str, values: np.ndarray) -> str:
        """A learned kernel: float16 in the file, widened on load where the graph computes in fp32."""
        if self.precision == "fp16":
            return self.constant(name, values.astype(np.float16))
        stored = self.constant(f"{name}_fp16", values.astype(np.float16))
        return self.cast(stored, name, "fp32")

    def cast(self, tensor: str, name: str, precision: Precision) -> str:
        return self.node("Cast", [tensor], name, to=TensorProto.FLOAT16 if precision == "fp16" else TensorProto.FLOAT)

    def body_input(self) -> str:
        """The picture in the precision the graph computes in."""
        return "input" if self.precision == "fp32" else self.cast("input", "input_fp16", "fp16")

    def body_output(self, tensor: str) -> str:
        """`tensor` back in fp32: the picture itself is added in fp32 and never rounded to half."""
        return tensor if self.precision == "fp32" else self.cast(tensor, f"{tensor}_fp32", "fp32")

    def conv(self, tensor: str, name: str, weight: np.ndarray, bias: np.ndarray) -> str:
        """Learned convolution with zero padding that keeps the size; weight [O,I,k,k], bias [O]."""
        inputs = [tensor, self.kernel(f"{name}_weight", weight), self.body_constant(f"{name}_bias", bias)]
        side = weight.shape[2]
        return self.node("Conv", inputs, name, kernel_shape=[side] * 2, pads=[side // 2] * 4, strides=[1, 1])

    def picture_conv(self, tensor: str, name: str, weight: np.ndarray, stride: int = 1) -> str:
        """Convolution of a picture-like tensor, always in fp32 and without padding; weight [O,I,k,k]."""
        stored = self.constant(f"{name}_weight", weight.astype(np.float32))
        side = weight.shape[2]
        return self.node("Conv", [tensor, stored], name, kernel_shape=[side] * 2, pads=[0] * 4, strides=[stride] * 2)

    def prelu(self, tensor: str, name: str, slope: np.ndarray) -> str:
        return self.node("PRelu", [tensor, self.body_constant(f"{name}_slope", slope.reshape(-1, 1, 1))], name)

    def edge_pad(self, tensor: str, name: str, pad: int) -> str:
        pads = self.constant(f"{name}_pads", np.array([0, 0, pad, pad] * 2, np.int64))
        return self.node("Pad", [tensor, pads], name, mode="edge")

    def depth_to_space(self, tensor: str, name: str, scale: int) -> str:
        return self.node("DepthToSpace", [tensor], name, blocksize=scale, mode="CRD")

    def clip(self, tensor: str, name: str) -> str:
        """`tensor` (fp32) held to 0..1."""
        low, high = (self.constant(f"{name}_{bound}", np.array(bound, np.float32)) for bound in (0, 1))
        return self.node("Clip", [tensor, low, high], name)

    def model(self) -> ModelProto:
        """The checked model: `input` [N,3,H,W] to `output` [N,3,scale·H,scale·W], both fp32, 0..1."""
        picture = lambda name, h, w: helper.make_tensor_value_info(name, TensorProto.FLOAT, ["N", 3, h, w])  # noqa: E731
        body = helper.make_graph(
            self._nodes, self.name, [picture("input", "H", "W")], [picture("output", "scaled_H", "scaled_W")], self._initializers
        )
        opset = helper.make_opsetid("", OPSET)
        model = helper.make_model(body, opset_imports=[opset], ir_version=IR_VERSION, producer_name="clearreel")
        checker.check_model(model, full_check=True)
        return model
