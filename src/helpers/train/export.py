"""Write the trained network as a small ONNX file: int8 weights, no torch needed to run it."""

import json
import re
import shutil
import tempfile
from pathlib import Path

import onnx
import torch
from onnxruntime.quantization import QuantType, quant_pre_process, quantize_dynamic

from helpers.annotate.tagger import EVIDENCE, LIMIT
from helpers.train.network import Network, pretrained

_EXACT = re.compile(r"(?:tags|links|encoder\.encoder\.layer\.[345]\.output\.dense)\.bias")


def export(network: Network, folder: Path) -> None:
    """Write statements.onnx (int8), tokenizer.json and the decoder's part of statements.json into `folder`."""
    folder.mkdir(parents=True, exist_ok=True)
    pieces, shapes = torch.ones(1, LIMIT, dtype=torch.long), torch.zeros(1, LIMIT, dtype=torch.long)
    length = {1: torch.export.Dim("length", min=2, max=512)}
    with tempfile.TemporaryDirectory() as work:
        whole, ready = Path(work) / "whole.onnx", Path(work) / "ready.onnx"
        torch.onnx.export(
            network.cpu().eval(), (pieces, shapes), whole, dynamo=True, external_data=False,
            input_names=["pieces", "shapes"], output_names=["tags", "links"],
            dynamic_shapes={"pieces": length, "shapes": length}, verbose=False,
        )
        onnx.save(_unmasked(onnx.load(whole)), whole)
        quant_pre_process(whole, ready, skip_symbolic_shape=True)
        # Seven bits, since sums of products of eight overflow on processors without instructions of their own for them,
        # and one text would give other scores on another machine.
        quantize_dynamic(
            ready, folder / "statements.onnx", weight_type=QuantType.QInt8, per_channel=True, reduce_range=True,
            nodes_to_exclude=_exact(onnx.load(ready)),
        )
    shutil.copyfile(pretrained() / "tokenizer.json", folder / "tokenizer.json")
    steps = network.steps.detach().numpy().round(4).tolist()
    # To be settled on text that the network has not seen; until then everything found is kept.
    start = {"steps": steps, "eager": 0.0, "least": 0.0, "confidence": [0.0] * (1 + EVIDENCE)}
    (folder / "statements.json").write_text(json.dumps(start), encoding="utf-8")


def _exact(model: onnx.ModelProto) -> list[str]:
    """Name the products that rounding would hurt most, tried on dev: the heads, and the way out of the last layers."""
    biases = {name for one in model.graph.initializer if _EXACT.fullmatch(name := one.name)}
    found = []
    for product in model.graph.node:
        if product.op_type == "MatMul" and any(
            node.op_type == "Add" and product.output[0] in node.input and biases & set(node.input)
            for node in model.graph.node
        ):
            found.append(product.name)
    return found


def _unmasked(model: onnx.ModelProto) -> onnx.ModelProto:
    """Take out of the attention what only padding needs: at run time a window comes alone, and every piece is real."""
    made = {output: node for node in model.graph.node for output in node.output}
    instead = {}
    for node in model.graph.node:
        sources = [made.get(name) for name in node.input]
        if node.op_type == "Where" and sources[0] is not None and sources[0].op_type == "IsNaN":
            instead[node.output[0]] = node.input[2]  # the guard against a row that is masked altogether
        if node.op_type == "Add":
            masks = [at for at, source in enumerate(sources) if source is not None and source.op_type == "Where"]
            if len(masks) == 1 and made[node.input[masks[0]]].input[0] not in instead:
                instead[node.output[0]] = node.input[1 - masks[0]]
    for node in model.graph.node:
        for at, name in enumerate(node.input):
            while name in instead:
                name = instead[name]
            node.input[at] = name
    used = {name for node in model.graph.node for name in node.input} | {one.name for one in model.graph.output}
    for node in reversed(list(model.graph.node)):
        if used.isdisjoint(node.output):
            model.graph.node.remove(node)
            used = {name for node in model.graph.node for name in node.input} | {one.name for one in model.graph.output}
    return model
