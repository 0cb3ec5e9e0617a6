"""The estimator without a network, as something to fit: its log-likelihood of a rate is a weighted sum of five planes there."""

import torch
from torch import nn

from .bins import RESIDUAL

#: The planes that count: the first five.
USED = 5


class PlaneWeights(nn.Module):
    def __init__(self) -> None:
        super().__init__()
        start = torch.zeros(USED)
        start[RESIDUAL] = 3.0
        self.weights = nn.Parameter(start)

    def forward(self, planes: torch.Tensor) -> torch.Tensor:
        return (planes[..., :USED, :] * self.weights[:, None]).sum(-2)
