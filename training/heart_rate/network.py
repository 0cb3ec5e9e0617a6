"""The network: convolutions over frequency, then an LSTM over windows that every bin has of its own with shared weights.

Nothing in it knows where on the frequency axis it is, so it cannot learn which rates are common; the belief does that.
"""

import torch
from torch import nn

from .bins import PLANES, RESIDUAL

HIDDEN = 24
KERNEL = 5
DILATIONS = (1, 1, 2, 4, 8, 1)
#: Planes whose logarithm goes straight to the logits.
SKIPPED = (1, RESIDUAL)


class Convolution(nn.Module):
    def __init__(self, inputs: int, dilation: int):
        super().__init__()
        self.convolution = nn.Conv1d(
            inputs, HIDDEN, KERNEL, dilation=dilation, padding=dilation * (KERNEL // 2)
        )
        self.norm = nn.BatchNorm1d(HIDDEN)
        self.residual = inputs == HIDDEN

    def forward(self, x: torch.Tensor) -> torch.Tensor:
        y = torch.relu(self.norm(self.convolution(x)))
        return x + y if self.residual else y


class HeartRateNetwork(nn.Module):
    def __init__(self) -> None:
        super().__init__()
        self.spectral = nn.Sequential(
            *[
                Convolution(PLANES if i == 0 else HIDDEN, dilation)
                for i, dilation in enumerate(DILATIONS)
            ]
        )
        self.memory = nn.LSTM(HIDDEN, HIDDEN, batch_first=True)
        self.last = Convolution(HIDDEN, 1)
        self.out = nn.Conv1d(HIDDEN, 1, 1)
        self.skip = nn.Parameter(torch.ones(len(SKIPPED)))

    def forward(self, planes: torch.Tensor) -> torch.Tensor:
        """Logits [batch, time, 96] of planes [batch, time, 7, 96], from state zero."""
        batch, time, _, bins = planes.shape
        flat = planes.reshape(batch * time, *planes.shape[2:])
        seen = self.spectral(flat)
        series = seen.reshape(batch, time, HIDDEN, bins).permute(0, 3, 1, 2)
        remembered, _ = self.memory(series.reshape(batch * bins, time, HIDDEN))
        remembered = remembered.reshape(batch, bins, time, HIDDEN).permute(0, 2, 3, 1)
        return self._logits(flat, seen + remembered.reshape_as(seen)).reshape(batch, time, bins)

    def step(self, x: torch.Tensor, h: torch.Tensor, c: torch.Tensor):
        """One window: x [batch, 7, 96], h and c [batch, 96, 24] -> logits [batch, 96], h, c."""
        seen = self.spectral(x)
        memory = self.memory
        gates = (
            seen.transpose(1, 2) @ memory.weight_ih_l0.t()
            + h @ memory.weight_hh_l0.t()
            + (memory.bias_ih_l0 + memory.bias_hh_l0)
        )
        let_in, forget, content, let_out = gates.split(HIDDEN, dim=2)
        c = torch.sigmoid(forget) * c + torch.sigmoid(let_in) * torch.tanh(content)
        h = torch.sigmoid(let_out) * torch.tanh(c)
        return self._logits(x, seen + h.transpose(1, 2)), h, c

    def _logits(self, x: torch.Tensor, seen: torch.Tensor) -> torch.Tensor:
        return self.out(self.last(seen)).squeeze(1) + straight_logits(x, self.skip)


def straight_logits(x: torch.Tensor, weights: torch.Tensor) -> torch.Tensor:
    """What the planes themselves say, past the network: [batch, 7, 96] -> [batch, 96]."""
    straight = torch.log((torch.exp(x[:, list(SKIPPED)]) - 1) / 2 + 0.02)
    return (straight * weights[:, None]).sum(1)


def parameters_of(network: nn.Module) -> int:
    return sum(parameter.numel() for parameter in network.parameters())
