"""The network: 5 x 150 -> log-odds of a fall."""
from __future__ import annotations

from typing import Sequence

import numpy as np
import torch
from torch import nn


class FallNetwork(nn.Module):
    """Convolutions 16-32-48 (5 wide, halved after each) and 48 (3 wide), mean and maximum over time, one linear layer."""

    def __init__(self) -> None:
        super().__init__()

        def block(into: int, out: int, width: int, pool: int) -> list[nn.Module]:
            layers: list[nn.Module] = [
                nn.Conv1d(into, out, width, padding=width // 2, bias=False), nn.BatchNorm1d(out), nn.ReLU()
            ]
            return layers + ([nn.MaxPool1d(pool)] if pool > 1 else [])

        self.features = nn.Sequential(*block(5, 16, 5, 2), *block(16, 32, 5, 2), *block(32, 48, 5, 2), *block(48, 48, 3, 1))
        self.drop = nn.Dropout(0.2)
        self.out = nn.Linear(96, 1)

    def forward(self, x: torch.Tensor) -> torch.Tensor:
        y = self.features(x)
        return self.out(self.drop(torch.cat([y.mean(dim=2), y.amax(dim=2)], dim=1)))


class Scaled(nn.Module):
    """Mean of several networks on the scale of the program: 0 at the threshold "suspected", ln 4 at "likely"."""

    LIKELY = float(np.log(4))

    def __init__(self, networks: Sequence[FallNetwork], suspected: float, likely: float) -> None:
        super().__init__()
        self.networks = nn.ModuleList(networks)
        self.suspected = suspected
        self.factor = self.LIKELY / max(1e-3, likely - suspected)

    def forward(self, x: torch.Tensor) -> torch.Tensor:
        mean = torch.cat([network(x) for network in self.networks], dim=1).mean(dim=1, keepdim=True)
        return (mean - self.suspected) * self.factor


@torch.no_grad()
def logits_of(network: nn.Module, x: np.ndarray) -> np.ndarray:
    network.eval()
    parts = [network(torch.tensor(x[i : i + 1024])).numpy()[:, 0] for i in range(0, len(x), 1024)]
    return np.concatenate(parts) if parts else np.zeros(0, np.float32)


def mean_logits(networks: Sequence[nn.Module], x: np.ndarray) -> np.ndarray:
    return np.mean([logits_of(network, x) for network in networks], axis=0)


def parameter_count(network: nn.Module) -> int:
    return sum(parameter.numel() for parameter in network.parameters())


def multiply_adds(network: nn.Module) -> int:
    """Of one row, counted layer by layer."""
    total = 0
    hooks = []

    def count(module: nn.Module, _: object, out: torch.Tensor) -> None:
        nonlocal total
        if isinstance(module, nn.Conv1d):
            total += out.shape[2] * module.weight.numel()
        elif isinstance(module, nn.Linear):
            total += module.weight.numel()

    for module in network.modules():
        hooks.append(module.register_forward_hook(count))
    logits_of(network, np.zeros((1, 5, 150), np.float32))
    for hook in hooks:
        hook.remove()
    return total
