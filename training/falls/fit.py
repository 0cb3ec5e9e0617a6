"""Training of one network, alone or as the pupil of several."""
from __future__ import annotations

from typing import Sequence

import numpy as np
import torch
from torch import nn

from .crops import CropSampler
from .network import FallNetwork

BATCH = 128
RATE, WEIGHT_DECAY, SMOOTHING = 4e-3, 1e-2, 0.02
# Weight of the teachers' word against the label's.
TEACHERS = 0.7


def fit(sampler: CropSampler, steps: int, seed: int, teachers: Sequence[FallNetwork] = ()) -> FallNetwork:
    """AdamW, one cycle; cross-entropy against smoothed labels and, with teachers, against the mean of their log-odds on
    the very same crops."""
    torch.manual_seed(seed)
    network = FallNetwork()
    optimizer = torch.optim.AdamW(network.parameters(), RATE, weight_decay=WEIGHT_DECAY)
    schedule = torch.optim.lr_scheduler.OneCycleLR(optimizer, RATE, total_steps=steps)
    loss_of = nn.BCEWithLogitsLoss()
    network.train()
    for _ in range(steps):
        x, fall, _ = sampler.batch(BATCH)
        inputs = torch.from_numpy(x)
        target = torch.from_numpy(fall)[:, None] * (1 - 2 * SMOOTHING) + SMOOTHING
        if teachers:
            with torch.no_grad():
                said = torch.stack([teacher(inputs) for teacher in teachers]).mean(dim=0).sigmoid()
            target = TEACHERS * said + (1 - TEACHERS) * target
        loss = loss_of(network(inputs), target)
        optimizer.zero_grad()
        loss.backward()
        nn.utils.clip_grad_norm_(network.parameters(), 2.0)
        optimizer.step()
        schedule.step()
    network.eval()
    return network
