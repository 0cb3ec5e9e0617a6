"""Errors of the belief over a network, per recording and in total."""

import numpy as np
import torch

from .belief import SERVED, BeliefSettings, deviation, expectation, forward_filter, quantile
from .copies import Copy
from .network import HeartRateNetwork


def logits_of(network: HeartRateNetwork, copy: Copy) -> torch.Tensor:
    with torch.no_grad():
        return network(torch.from_numpy(copy.planes.astype(np.float32))[None])[0]


def track(logits: torch.Tensor, settings: BeliefSettings = SERVED) -> dict[str, np.ndarray]:
    """Estimate, deviation and 90 % interval of every window."""
    posterior = forward_filter(logits[None], settings)[0]
    return {
        "bpm": expectation(posterior).numpy(),
        "deviation": deviation(posterior).numpy(),
        "low": quantile(posterior, 0.05).numpy(),
        "high": quantile(posterior, 0.95).numpy(),
    }


def mean_error(tracks: list[dict], copies: list[Copy]) -> float:
    """Mean over recordings of the mean absolute error, BPM."""
    errors = [np.nanmean(np.abs(t["bpm"] - copy.labels)) for t, copy in zip(tracks, copies)]
    return float(np.mean(errors))
