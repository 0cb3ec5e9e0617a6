"""Random training inputs: the impact a little off its place, tempo, gain, sensor range, noise, ends that are missing."""
from __future__ import annotations

import numpy as np

from .datasets import EXERCISE_SETS
from .exchange import BEFORE, SAMPLES
from .invariants import prepare
from .material import Impacts

SHIFT, TEMPO, GAIN, NOISE_G = 6.25, 0.10, 0.10, 0.02
RANGES_G = (2.0, 4.0, 8.0, np.inf)
# Share of crops with a missing beginning, and with a missing end; the fall itself is never cut off.
CUT_SHARE = 0.25
# Shares of falls, daily life of the sets with falls, and exercise in a batch.
SHARES = (0.3, 0.5, 0.2)


class CropSampler:
    def __init__(self, impacts: Impacts, rows: np.ndarray, seed: int):
        """`rows`: the impacts to train on."""
        self.impacts = impacts
        self.generator = np.random.default_rng(seed)
        rows = rows[impacts.usable[rows]]
        exercise = np.array([item.recording.dataset in EXERCISE_SETS for item in impacts.items])[impacts.recording[rows]]
        fall = impacts.fall[rows]
        groups = [rows[fall], rows[~fall & ~exercise], rows[exercise]]
        kept = [(group, share) for group, share in zip(groups, SHARES) if len(group)]
        self.groups = [group for group, _ in kept]
        self.shares = np.array([share for _, share in kept]) / sum(share for _, share in kept)

    def batch(self, size: int) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
        """Inputs size x 5 x 150, whether each is a fall, and its row among the impacts."""
        counts = self.generator.multinomial(size, self.shares)
        rows = np.concatenate([self.generator.choice(g, n) for g, n in zip(self.groups, counts)])
        return prepare(self._acceleration(rows)), self.impacts.fall[rows].astype(np.float32), rows

    def _acceleration(self, rows: np.ndarray) -> np.ndarray:
        draw, own, n = self.generator, self.impacts, len(rows)
        tempo = draw.uniform(1 - TEMPO, 1 + TEMPO, (n, 1))
        shift = draw.uniform(-SHIFT, SHIFT, (n, 1))
        place = np.arange(-BEFORE, SAMPLES - BEFORE) * tempo + shift
        start = np.where(draw.random((n, 1)) < CUT_SHARE, -draw.uniform(0.1, 1, (n, 1)) * BEFORE, -np.inf)
        end = np.where(draw.random((n, 1)) < CUT_SHARE, draw.uniform(0.1, 1, (n, 1)) * (SAMPLES - BEFORE), np.inf)
        place = np.clip(place, start, end) + own.at[rows][:, None]
        place = np.clip(place, own.first[rows][:, None], own.last[rows][:, None])
        lower = np.minimum(place.astype(np.int64), own.last[rows][:, None])
        upper = np.minimum(lower + 1, own.last[rows][:, None])
        part = (place - lower)[:, :, None]
        acceleration = own.grid[lower] * (1 - part) + own.grid[upper] * part
        acceleration *= draw.uniform(1 - GAIN, 1 + GAIN, (n, 1, 1))
        limit = draw.choice(RANGES_G, (n, 1, 1))
        acceleration = np.clip(acceleration, -limit, limit)
        return acceleration + draw.normal(0, 1, acceleration.shape) * draw.uniform(0, NOISE_G, (n, 1, 1))
