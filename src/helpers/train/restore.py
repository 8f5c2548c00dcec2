"""Take the weights back out of an exported model, so that training can go on from it."""

import json
from pathlib import Path

import onnx
import torch
from onnx import numpy_helper

from helpers.train.network import Network


def restore(folder: Path) -> dict[str, torch.Tensor]:
    """Give the weights of the model in `folder` for `fit`; what was int8 comes back rounded to it.

    The word embeddings are those of the encoder, which no training changes. Raises FileNotFoundError where there is
    no model, ValueError where it is of another make.
    """
    path = folder / "statements.onnx"
    if not path.exists():
        raise FileNotFoundError(f"{path}: not found; name a folder that make train wrote, or start without one")
    graph = onnx.load(path).graph
    held = {one.name: numpy_helper.to_array(one) for one in graph.initializer}
    held |= {node.output[0]: held[node.input[0]].astype("float32") for node in graph.node if _widens(node, held)}
    weights = Network().state_dict()
    found = {"encoder.embeddings.word_embeddings.weight"}
    for name in weights.keys() - found:
        if name in held:
            weights[name] = torch.from_numpy(held[name].copy())
            found.add(name)
        elif f"{name}_quantized" in held:
            weights[name] = _whole(held, name)
            found.add(name)
    uses = {}
    for node in graph.node:
        for used in node.input:
            uses.setdefault(used, node)
    for node in graph.node:
        if node.op_type == "MatMulInteger" or (node.op_type == "MatMul" and node.input[1] in held):
            after = node
            while after.op_type != "Add":  # the bias, whose name tells whose weight this is
                after = uses[after.output[0]]
            name = next(name for name in after.input if name in weights).removesuffix("bias") + "weight"
            weight = node.input[1]
            whole = (
                torch.from_numpy(held[weight].copy())
                if node.op_type == "MatMul"
                else _whole(held, weight.removesuffix("_quantized"))
            )
            weights[name] = whole.T.contiguous()
            found.add(name)
    weights["steps"] = torch.tensor(json.loads((folder / "statements.json").read_text(encoding="utf-8"))["steps"])
    if missing := weights.keys() - found - {"steps"}:
        raise ValueError(f"{path} lacks {', '.join(sorted(missing)[:3])}: another version made it; start without")
    return weights


def _widens(node, held):
    return node.op_type == "Cast" and node.input[0] in held


def _whole(held, name):
    """Undo the quantization: (number - zero point) x scale, a scale for each column."""
    number, zero = held[f"{name}_quantized"].astype("float32"), held[f"{name}_zero_point"].astype("float32")
    return torch.from_numpy((number - zero) * held[f"{name}_scale"])
