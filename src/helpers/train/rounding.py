"""Let a network feel, while it learns, the rounding to int8 that its export will bring (Jacob et al. 2018)."""

import re

import torch
from torch import nn

from helpers.train.network import Network

STEPS = 64  # of a weight on either side of zero: seven bits, as in the exported file
# The products that rounding would hurt most, tried on dev: the heads, each layer's way out, its attention.
_LAYER = r"encoder\.encoder\.layer\.\d\.(?:output\.dense|attention\.self\.(?:query|key|value))"
EXACT = re.compile(rf"tags|links|names|{_LAYER}")


def felt(network: Network) -> Network:
    """Make every product that the export rounds be rounded from now on; slopes pass as if it were not."""
    for name, module in network.named_modules():
        if isinstance(module, nn.Linear) and not EXACT.fullmatch(name):
            module.forward = _rounded(module)
    return network


def _rounded(module):
    def forward(states):
        return nn.functional.linear(_passing(states, _activations), _passing(module.weight, _weights), module.bias)

    return forward


def _passing(value, rounding):
    with torch.no_grad():
        change = rounding(value) - value
    return value + change


def _weights(weight):
    scale = weight.abs().amax(1, keepdim=True).clamp_min(1e-12) / STEPS
    return (weight / scale).round() * scale


def _activations(states):
    """Round to 255 steps between a window's least and greatest number, as the runtime does."""
    low = states.amin((1, 2), keepdim=True).clamp_max(0)
    high = states.amax((1, 2), keepdim=True).clamp_min(0)
    scale = (high - low).clamp_min(1e-12) / 255
    zero = (-low / scale).round()
    return (((states / scale).round() + zero).clamp(0, 255) - zero) * scale
