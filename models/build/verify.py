"""What must hold of every graph before it is written."""
from __future__ import annotations

from math import prod

from onnx import ModelProto
from onnx.shape_inference import infer_shapes

# Operators that onnxruntime-web's native WebGPU provider runs at opset 17 (Cast only of constants or at the ends).
GPU_OPERATORS = frozenset(
    {"Abs", "Add", "AveragePool", "Cast", "Clip", "Concat", "Conv", "DepthToSpace", "MaxPool", "Mul", "Neg", "Pad"}
    | {"PRelu", "ReduceMax", "Relu", "Sigmoid", "Sub"}
)


def check_graph(model: ModelProto) -> None:
    """Raises ValueError when a node is not known to run on the GPU provider, or leaves its padding implicit."""
    for node in model.graph.node:
        attributes = {attribute.name for attribute in node.attribute}
        if node.op_type not in GPU_OPERATORS:
            raise ValueError(f"{model.graph.name}: {node.name} is a {node.op_type}, which the GPU provider does not run")
        if "auto_pad" in attributes:
            raise ValueError(f"{model.graph.name}: {node.name} uses auto_pad, which is wrong in some providers")
        if node.op_type in ("Conv", "MaxPool", "AveragePool") and "pads" not in attributes:
            raise ValueError(f"{model.graph.name}: {node.name} must state its pads")


def macs_per_source_pixel(model: ModelProto) -> int:
    """Multiply-accumulates per source pixel. Every convolution writes at source size, so a kernel's
    element count is its cost."""
    sizes = {tensor.name: prod(tensor.dims) for tensor in model.graph.initializer}
    casts = {node.output[0]: node.input[0] for node in model.graph.node if node.op_type == "Cast"}
    kernels = [node.input[1] for node in model.graph.node if node.op_type == "Conv"]
    return sum(sizes[casts.get(kernel, kernel)] for kernel in kernels)


def peak_values_per_source_pixel(model: ModelProto) -> float:
    """Most values that the graph, run node by node, holds at once per source pixel: what its memory grows with."""
    side = 64
    sized = ModelProto()
    sized.CopyFrom(model)
    for dimension, length in zip(sized.graph.input[0].type.tensor_type.shape.dim, (1, 3, side, side), strict=True):
        dimension.dim_value = length
    for output in sized.graph.output:
        output.type.tensor_type.ClearField("shape")
    graph = infer_shapes(sized).graph
    sizes = {
        value.name: prod(dimension.dim_value for dimension in value.type.tensor_type.shape.dim)
        for value in (*graph.input, *graph.value_info, *graph.output)
    }
    last_use = {name: position for position, node in enumerate(graph.node) for name in node.input}
    last_use |= {output.name: len(graph.node) for output in graph.output}
    live, peak = {graph.input[0].name}, 0
    for position, node in enumerate(graph.node):
        live |= {name for name in node.output if name in sizes}
        peak = max(peak, sum(sizes[name] for name in live))
        live = {name for name in live if last_use[name] > position}
    return peak / side**2
