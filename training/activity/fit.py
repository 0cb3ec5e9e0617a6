"""Training of one network."""
from __future__ import annotations

import numpy as np
import torch
from torch import nn

from .crops import SITTING, STANDING, CropSampler
from .networks import Merged

BATCH = 128
RATE, WEIGHT_DECAY, SMOOTHING = 4e-3, 1e-2, 0.1


def fit(network: nn.Module, sampler: CropSampler, steps: int, seed: int) -> Merged:
    """AdamW, one cycle; loss: cross-entropy against smoothed targets, over the sum of both rests where a recording
    does not say whether its person sat or stood."""
    torch.manual_seed(seed)
    # the network was made before the seed was set
    for module in network.modules():
        if hasattr(module, "reset_parameters"):
            module.reset_parameters()
    optimizer = torch.optim.AdamW(network.parameters(), RATE, weight_decay=WEIGHT_DECAY)
    schedule = torch.optim.lr_scheduler.OneCycleLR(optimizer, RATE, total_steps=steps)
    network.train()
    for _ in range(steps):
        x, target = sampler.batch(BATCH)
        loss = masked_loss(network(torch.from_numpy(x)), torch.from_numpy(target))
        optimizer.zero_grad()
        loss.backward()
        nn.utils.clip_grad_norm_(network.parameters(), 2.0)
        optimizer.step()
        schedule.step()
    network.eval()
    return Merged(network)


def masked_loss(logits: torch.Tensor, target: torch.Tensor) -> torch.Tensor:
    log_p = torch.log_softmax(logits, dim=1)
    either = (target[:, SITTING] == target[:, STANDING]) & (target[:, SITTING] > 0)
    rest = torch.logsumexp(log_p[:, [SITTING, STANDING]], dim=1, keepdim=True)
    log_p = torch.where(
        either[:, None] & (torch.arange(log_p.shape[1]) < 2)[None, :], rest.expand_as(log_p[:, :1]), log_p
    )
    smoothed = target * (1 - SMOOTHING) + SMOOTHING / target.shape[1]
    return -(smoothed * log_p).sum(dim=1).mean()


@torch.no_grad()
def logits_of(network: nn.Module, x: np.ndarray) -> np.ndarray:
    """n x 6."""
    network.eval()
    parts = [network(torch.from_numpy(x[i : i + 1024])).numpy() for i in range(0, len(x), 1024)]
    return np.concatenate(parts) if parts else np.zeros((0, 6), np.float32)
