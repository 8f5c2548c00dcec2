"""Rewrite the exported graph, so that a processor has less to do for the same result."""

import re

import numpy as np
import onnx
from onnx import helper, numpy_helper

from helpers.train.network import HEADS

LARGE = 100_000  # numbers in a weight that is worth halving
_PART = re.compile(r"(encoder\.encoder\.layer\.\d+\.attention)\.(self\.(?:query|key|value)|output\.dense)\.bias")


def lean(model: onnx.ModelProto) -> onnx.ModelProto:
    """Give the model with its attention fused and its layer norms in vector steps.

    The fused attention has no mask, which only padding needs: at run time a window comes alone. The runtime's own
    layer norm sums a row number by number, which costs four times as much as sums over whole tables.
    """
    model.opset_import.append(helper.make_opsetid("com.microsoft", 1))
    _attend(model.graph)
    _norm(model.graph)
    _prune(model.graph)
    return model


def halved(model: onnx.ModelProto) -> onnx.ModelProto:
    """Give the model with its large exact weights kept in 16 bits; the runtime makes 32 of them when it loads."""
    nodes = []
    for weight in model.graph.initializer:
        values = numpy_helper.to_array(weight)
        if values.dtype == np.float32 and values.size >= LARGE:
            name = weight.name
            weight.CopyFrom(numpy_helper.from_array(values.astype(np.float16), f"{name}_half"))
            nodes.append(helper.make_node("Cast", [weight.name], [name], to=onnx.TensorProto.FLOAT))
    for node in reversed(nodes):
        model.graph.node.insert(0, node)
    return model


def _attend(graph):
    parts: dict[str, dict[str, onnx.NodeProto]] = {}
    for node in graph.node:
        for name in node.input:
            if node.op_type == "Add" and (part := _PART.fullmatch(name)):
                parts.setdefault(part[1], {})[part[2]] = node
    made = {output: node for node in graph.node for output in node.output}
    for ends in parts.values():
        query, key, value = (ends[f"self.{name}"].output[0] for name in ("query", "key", "value"))
        out = next(made[name] for name in ends["output.dense"].input if name in made)  # the product before the bias
        joined = f"{out.input[0]}_fused"
        fused = helper.make_node(
            "MultiHeadAttention", [query, key, value], [joined], domain="com.microsoft", num_heads=HEADS
        )
        graph.node.insert(list(graph.node).index(out), fused)
        out.input[0] = joined


def _norm(graph):
    nodes, epsilon = [], 1e-12  # as BERT has it
    constants = {"norm_axis": np.array([-1]), "norm_epsilon": np.float32(epsilon)}
    for node in graph.node:
        if node.op_type != "LayerNormalization":
            nodes.append(node)
            continue
        states, scale, bias = node.input
        name = node.output[0]
        steps = (
            ("ReduceMean", (states, "norm_axis"), "mean"),
            ("Sub", (states, f"{name}_mean"), "centred"),
            ("Mul", (f"{name}_centred", f"{name}_centred"), "square"),
            ("ReduceMean", (f"{name}_square", "norm_axis"), "variance"),
            ("Add", (f"{name}_variance", "norm_epsilon"), "kept"),
            ("Sqrt", (f"{name}_kept",), "deviation"),
            ("Div", (f"{name}_centred", f"{name}_deviation"), "normed"),
            ("Mul", (f"{name}_normed", scale), "scaled"),
        )
        nodes += [helper.make_node(kind, inputs, [f"{name}_{output}"]) for kind, inputs, output in steps]
        nodes.append(helper.make_node("Add", [f"{name}_scaled", bias], [name]))
    del graph.node[:]
    graph.node.extend(nodes)
    graph.initializer.extend(numpy_helper.from_array(value, name) for name, value in constants.items())


def _prune(graph):
    """Leave out what nothing uses any more."""
    wanted = {one.name for one in graph.output}
    kept = []
    for node in reversed(graph.node):
        if not wanted.isdisjoint(node.output):
            kept.append(node)
            wanted.update(node.input)
    del graph.node[:]
    graph.node.extend(reversed(kept))
    held = [one for one in graph.initializer if one.name in wanted]
    del graph.initializer[:]
    graph.initializer.extend(held)
