"""Three small networks of the same input (3 x 125) and output (log-odds)."""
from __future__ import annotations

import torch
from torch import nn

from .crops import OUTPUTS


class Convolutional(nn.Module):
    """Four convolutions (7/2 x 16, 5/2 x 32, 5/2 x 48, 3 x 48), mean and maximum over time, one linear layer."""

    def __init__(self) -> None:
        super().__init__()

        def block(into: int, out: int, kernel: int, stride: int) -> nn.Sequential:
            return nn.Sequential(
                nn.Conv1d(into, out, kernel, stride, kernel // 2, bias=False), nn.BatchNorm1d(out), nn.ReLU()
            )

        self.features = nn.Sequential(block(3, 16, 7, 2), block(16, 32, 5, 2), block(32, 48, 5, 2), block(48, 48, 3, 1))
        self.drop = nn.Dropout(0.3)
        self.out = nn.Linear(96, len(OUTPUTS))

    def forward(self, x: torch.Tensor) -> torch.Tensor:
        y = self.features(x)
        return self.out(self.drop(torch.cat([y.mean(dim=2), y.amax(dim=2)], dim=1)))


class FullyConnected(nn.Module):
    """375-64-32."""

    def __init__(self) -> None:
        super().__init__()
        self.layers = nn.Sequential(
            nn.Flatten(), nn.Linear(375, 64), nn.BatchNorm1d(64), nn.ReLU(), nn.Dropout(0.3),
            nn.Linear(64, 32), nn.BatchNorm1d(32), nn.ReLU(), nn.Linear(32, len(OUTPUTS)),
        )  # fmt: skip

    def forward(self, x: torch.Tensor) -> torch.Tensor:
        return self.layers(x)


class Recurrent(nn.Module):
    """Patches of 5 samples (0.2 s), LSTM of 48 units, its last output."""

    PATCH = 5

    def __init__(self) -> None:
        super().__init__()
        self.embed = nn.Linear(3 * self.PATCH, 32)
        self.lstm = nn.LSTM(32, 48, batch_first=True)
        self.drop = nn.Dropout(0.3)
        self.out = nn.Linear(48, len(OUTPUTS))

    def forward(self, x: torch.Tensor) -> torch.Tensor:
        patches = x.reshape(-1, 3, 125 // self.PATCH, self.PATCH).permute(0, 2, 1, 3).flatten(2)
        y, _ = self.lstm(torch.relu(self.embed(patches)))
        return self.out(self.drop(y[:, -1]))


NETWORKS: dict[str, type[nn.Module]] = {
    "convolutional": Convolutional,
    "fully connected": FullyConnected,
    "LSTM": Recurrent,
}


class Merged(nn.Module):
    """Log-odds of `SAID` at a temperature: sitting and standing are summed to rest."""

    def __init__(self, network: nn.Module, temperature: float = 1.0) -> None:
        super().__init__()
        self.network = network
        self.temperature = temperature

    def forward(self, x: torch.Tensor) -> torch.Tensor:
        logits = self.network(x)
        rest = torch.logsumexp(logits[:, :2], dim=1, keepdim=True)
        return torch.cat([rest, logits[:, 2:]], dim=1) / self.temperature


def parameter_count(network: nn.Module) -> int:
    return sum(parameter.numel() for parameter in network.parameters())
