"""The network of the waist: features that the graph itself computes from the samples, and one linear layer, fitted as a
discriminant; and a second one with a hidden layer, to compare."""

import numpy as np
import torch
from torch import nn

from .exchange import SAMPLES
from .hapt import CLASSES

BANDS = 12


class WaistFeatures(nn.Module):
    """138 numbers of [batch, 6, 64] samples: means, direction of gravity, spreads, spectra in bands, extremes, correlations."""

    def __init__(self) -> None:
        super().__init__()
        n = torch.arange(SAMPLES)
        turns = torch.arange(1, SAMPLES // 2 + 1)[:, None] * n / SAMPLES
        window = torch.hann_window(SAMPLES, periodic=False)
        self.register_buffer("cosines", (torch.cos(2 * np.pi * turns) * window).T.contiguous())
        self.register_buffer("sines", (torch.sin(2 * np.pi * turns) * window).T.contiguous())
        edges = np.unique(np.round(np.geomspace(1, SAMPLES // 2 + 1, BANDS + 1)).astype(int))
        bands = torch.zeros(SAMPLES // 2, len(edges) - 1)
        for band, (first, end) in enumerate(zip(edges, edges[1:])):
            bands[first - 1 : end - 1, band] = 1
        self.register_buffer("bands", bands)
        # turning comes in deg/s; in rad/s its numbers are of the size of g
        self.register_buffer("units", torch.tensor([1.0, 1, 1, *[np.pi / 180] * 3])[:, None])
        pairs = [(i, j) for i in range(6) for j in range(i + 1, 6)]
        self.pairs = ([i for i, _ in pairs], [j for _, j in pairs])

    def forward(self, x: torch.Tensor) -> torch.Tensor:
        x = x * self.units
        lengths = [(part * part).sum(1, keepdim=True).sqrt() for part in (x[:, :3], x[:, 3:])]
        z = torch.cat([x, *lengths], 1)
        mean = z.mean(2, keepdim=True)
        centred = z - mean
        spread = ((centred * centred).mean(2) + 1e-6).sqrt()
        power = ((centred @ self.cosines) ** 2 + (centred @ self.sines) ** 2) @ self.bands
        step = z[:, :, 1:] - z[:, :, :-1]
        gravity = mean[:, :3, 0] / ((mean[:, :3, 0] ** 2).sum(1, keepdim=True) + 1e-6).sqrt()
        first, second = self.pairs
        correlation = (centred[:, first] * centred[:, second]).mean(2) / (spread[:, first] * spread[:, second])
        parts = [
            mean[:, :, 0],
            gravity,
            torch.log(spread),
            torch.log(power + 1e-5).flatten(1),
            torch.log((step * step).mean(2) + 1e-6),
            centred.amax(2),
            centred.amin(2),
            correlation,
        ]
        return torch.cat(parts, 1)


class WaistModel(nn.Module):
    """Standardised features and a classifier: log-odds of `CLASSES`, at a temperature."""

    def __init__(self, features: WaistFeatures, mean: np.ndarray, spread: np.ndarray, classifier: nn.Module):
        super().__init__()
        self.features = features
        self.register_buffer("mean", torch.from_numpy(mean.astype(np.float32)))
        self.register_buffer("spread", torch.from_numpy(spread.astype(np.float32)))
        self.classifier = classifier
        self.temperature = 1.0

    def forward(self, x: torch.Tensor) -> torch.Tensor:
        return self.classifier((self.features(x) - self.mean) / self.spread) / self.temperature


def discriminant(features: np.ndarray, labels: np.ndarray, shrinkage: float = 1e-3) -> nn.Linear:
    """Linear discriminant of standardised features, all classes as likely."""
    count = len(CLASSES)
    means = np.stack([features[labels == c].mean(0) for c in range(count)])
    centred = features - means[labels]
    within = centred.T @ centred / len(features) + shrinkage * np.eye(features.shape[1])
    weights = np.linalg.solve(within, means.T)
    layer = nn.Linear(features.shape[1], count)
    with torch.no_grad():
        layer.weight.copy_(torch.from_numpy(weights.T.astype(np.float32)))
        layer.bias.copy_(torch.from_numpy((-0.5 * (means.T * weights).sum(0)).astype(np.float32)))
    return layer


def hidden_layer(features: np.ndarray, labels: np.ndarray, seed: int, steps: int = 1500) -> nn.Module:
    """48 hidden units, for comparison."""
    torch.manual_seed(seed)
    random = np.random.default_rng(seed)
    network = nn.Sequential(nn.Linear(features.shape[1], 48), nn.ReLU(), nn.Dropout(0.3), nn.Linear(48, len(CLASSES)))
    optimizer = torch.optim.AdamW(network.parameters(), 3e-3, weight_decay=1e-2)
    schedule = torch.optim.lr_scheduler.OneCycleLR(optimizer, 3e-3, total_steps=steps)
    rows = [np.flatnonzero(labels == c) for c in range(len(CLASSES))]
    for _ in range(steps):
        chosen = np.concatenate([random.choice(of, 36) for of in rows])
        loss = nn.functional.cross_entropy(
            network(torch.from_numpy(features[chosen].astype(np.float32))),
            torch.from_numpy(labels[chosen]),
            label_smoothing=0.05,
        )
        optimizer.zero_grad()
        loss.backward()
        optimizer.step()
        schedule.step()
    return network.eval()
