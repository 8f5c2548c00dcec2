"""Write the trained network as a small ONNX file: int8 weights, no torch needed to run it."""

import json
import shutil
import tempfile
from pathlib import Path

import onnx
import torch
from onnxruntime.quantization import QuantType, quant_pre_process, quantize_dynamic

from helpers.annotate.tagger.ties import EVIDENCE
from helpers.annotate.tagger.words import LIMIT
from helpers.train import graph
from helpers.train.network import Network, pretrained
from helpers.train.rounding import EXACT


def export(network: Network, folder: Path) -> None:
    """Write statements.onnx (int8), tokenizer.json and the decoder's part of statements.json into `folder`."""
    folder.mkdir(parents=True, exist_ok=True)
    pieces, shapes = torch.ones(1, LIMIT, dtype=torch.long), torch.zeros(1, LIMIT, dtype=torch.long)
    length = {1: torch.export.Dim("length", min=2, max=512)}
    with tempfile.TemporaryDirectory() as work:
        whole, ready = Path(work) / "whole.onnx", Path(work) / "ready.onnx"
        torch.onnx.export(
            network.cpu().eval(),
            (pieces, shapes),
            whole,
            dynamo=True,
            external_data=False,
            input_names=["pieces", "shapes"],
            output_names=["tags", "links", "names"],
            dynamic_shapes={"pieces": length, "shapes": length},
            verbose=False,
        )
        quant_pre_process(whole, ready, skip_symbolic_shape=True)
        onnx.save(graph.lean(onnx.load(ready)), ready)
        # Seven bits, since sums of products of eight overflow on processors without instructions of their own for them,
        # and one text would give other scores on another machine.
        quantize_dynamic(
            ready,
            folder / "statements.onnx",
            weight_type=QuantType.QInt8,
            per_channel=True,
            reduce_range=True,
            nodes_to_exclude=_exact(onnx.load(ready)),
        )
        onnx.save(graph.halved(onnx.load(folder / "statements.onnx")), folder / "statements.onnx")
    shutil.copyfile(pretrained() / "tokenizer.json", folder / "tokenizer.json")
    steps = network.steps.detach().numpy().round(4).tolist()
    # To be settled on text that the network has not seen; until then everything found is kept.
    start = {"steps": steps, "eager": 0.0, "least": 0.0, "confidence": [0.0] * (1 + EVIDENCE)}
    (folder / "statements.json").write_text(json.dumps(start), encoding="utf-8")


def _exact(model: onnx.ModelProto) -> list[str]:
    """Name the products that are not rounded; each is known by the bias that is added to it."""
    biases = {one.name for one in model.graph.initializer if EXACT.fullmatch(one.name.removesuffix(".bias"))}
    found = []
    for product in model.graph.node:
        if product.op_type == "MatMul" and any(
            node.op_type == "Add" and product.output[0] in node.input and biases & set(node.input)
            for node in model.graph.node
        ):
            found.append(product.name)
    return found
