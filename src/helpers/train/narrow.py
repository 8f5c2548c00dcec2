"""Make a network narrower: fewer neurons in the middle of each layer, those that matter most."""

from collections.abc import Iterable

import torch

from helpers.train.network import Network


@torch.no_grad()
def narrowed(teacher: Network, width: int, batches: Iterable[dict]) -> dict[str, torch.Tensor]:
    """Give a network's weights with the `width` neurons of each layer that move its output most.

    What the others do on average is left in the bias.
    """
    layers = teacher.encoder.encoder.layer
    fired: dict[int, torch.Tensor] = {}
    hooks = [
        layer.intermediate.register_forward_hook(lambda _, __, out, at=at: fired.__setitem__(at, out))
        for at, layer in enumerate(layers)
    ]
    sums, count = torch.zeros(len(layers), 2, layers[0].intermediate.dense.out_features), 0
    for batch in batches:
        teacher.states(batch["seen"], batch["shapes"], batch["present"])
        present = batch["present"].bool()
        count += int(present.sum())
        sums += torch.stack([torch.stack([x[present].sum(0), x[present].square().sum(0)]) for x in fired.values()])
    for hook in hooks:
        hook.remove()
    weights = dict(teacher.state_dict())
    for at, (layer, held) in enumerate(zip(layers, sums, strict=True)):
        mean, square = held / count
        moves = (square - mean.square()).clamp(0).sqrt() * layer.output.dense.weight.norm(dim=0)
        kept = moves.topk(width).indices.sort().values
        gone = torch.ones(len(mean), dtype=torch.bool)
        gone[kept] = False
        name = f"encoder.encoder.layer.{at}."
        out = layer.output.dense
        weights[f"{name}intermediate.dense.weight"] = layer.intermediate.dense.weight[kept].clone()
        weights[f"{name}intermediate.dense.bias"] = layer.intermediate.dense.bias[kept].clone()
        weights[f"{name}output.dense.weight"] = out.weight[:, kept].clone()
        weights[f"{name}output.dense.bias"] = out.bias + out.weight[:, gone] @ mean[gone]
    return weights
