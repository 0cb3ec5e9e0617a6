"""The families of networks, for comparison on the same folds: those beside the shipped one have no memory, or no convolution.

Both answer from one window; what the last windows said reaches the number through the belief alone.
"""

import torch
from torch import nn

from .bins import BPM, PLANES
from .network import DILATIONS, HIDDEN, Convolution, HeartRateNetwork, straight_logits
from .plane_weights import PlaneWeights


class ConvolutionalNetwork(nn.Module):
    """The shipped network without its memory: a 1D-CNN over frequency."""

    def __init__(self) -> None:
        super().__init__()
        self.spectral = nn.Sequential(
            *[Convolution(PLANES if i == 0 else HIDDEN, d) for i, d in enumerate((*DILATIONS, 1))]
        )
        self.out = nn.Conv1d(HIDDEN, 1, 1)
        self.skip = nn.Parameter(torch.ones(2))

    def forward(self, planes: torch.Tensor) -> torch.Tensor:
        flat = planes.reshape(-1, *planes.shape[2:])
        logits = self.out(self.spectral(flat)).squeeze(1) + straight_logits(flat, self.skip)
        return logits.reshape(*planes.shape[:2], -1)


class FullyConnectedNetwork(nn.Module):
    """All planes at once through two hidden layers: it knows where on the axis it is, and can learn which rates are common."""

    WIDTHS = (96, 64)

    def __init__(self) -> None:
        super().__init__()
        widths = (PLANES * len(BPM), *self.WIDTHS)
        hidden = [
            layer
            for inputs, outputs in zip(widths, widths[1:])
            for layer in (nn.Linear(inputs, outputs), nn.ReLU(), nn.Dropout(0.2))
        ]
        self.layers = nn.Sequential(*hidden, nn.Linear(widths[-1], len(BPM)))

    def forward(self, planes: torch.Tensor) -> torch.Tensor:
        return self.layers(planes.flatten(2))


CNN, CNN_LSTM, DISTILLED = "1D-CNN", "CNN-LSTM", "CNN-LSTM, distilled (shipped)"
SPECTRAL = "spectral tracker (no network)"
#: Name in the results, what to fit; all with the same copies, loss and number of steps.
FAMILIES = {
    "fully connected": FullyConnectedNetwork,
    CNN: ConvolutionalNetwork,
    CNN_LSTM: HeartRateNetwork,
    DISTILLED: HeartRateNetwork,
    SPECTRAL: PlaneWeights,
}
