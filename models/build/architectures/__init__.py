"""One module an architecture; each turns weights into an ONNX graph."""
