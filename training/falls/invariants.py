"""The network's input from acceleration, as libs/vitals/src/falls/prepare-fall-input.ts does it.

Serving's own code makes the inputs that figures come from; this copy exists only because training changes the
acceleration (noise, gain, tempo, cuts) before it is prepared. `check_against` proves that both agree.
"""
from __future__ import annotations

import numpy as np
from scipy.signal import butter, sosfilt, sosfilt_zi

from .exchange import BEFORE, RATE, SAMPLES, Candidates

GRAVITY_SAMPLES, ATTITUDE_SAMPLES = 38, 13
HIGH_PASS = butter(2, 0.5, "high", output="sos", fs=RATE)
SETTLED = sosfilt_zi(HIGH_PASS)  # sections x 2, for an input of 1


def prepare(acceleration: np.ndarray) -> np.ndarray:
    """Batch x 150 x 3 in g -> batch x 5 x 150: length less 1, along gravity, across it, above 0.5 Hz, cosine of the turn."""
    mean = acceleration[:, :GRAVITY_SAMPLES].mean(axis=1)
    up = mean / np.maximum(1e-6, np.linalg.norm(mean, axis=1, keepdims=True))
    along = np.einsum("bnc,bc->bn", acceleration, up)
    square = (acceleration**2).sum(axis=2)
    state = SETTLED[:, None, :, None] * mean[None, :, None, :]
    fast, _ = sosfilt(HIGH_PASS, acceleration, axis=1, zi=state)
    total = np.concatenate([np.zeros_like(acceleration[:, :1]), acceleration.cumsum(axis=1)], axis=1)
    first = np.maximum(0, np.arange(SAMPLES) + 1 - ATTITUDE_SAMPLES)
    count = (np.arange(SAMPLES) + 1 - first)[None, :, None]
    attitude = (total[:, 1:] - total[:, first]) / count
    turn = np.einsum("bnc,bc->bn", attitude, up) / np.maximum(0.05, np.linalg.norm(attitude, axis=2))
    across = np.sqrt(np.maximum(0, square - along**2))
    return np.stack([np.sqrt(square) - 1, along, across, np.linalg.norm(fast, axis=2), turn], axis=1).astype(np.float32)


def held(grid: np.ndarray, at: np.ndarray) -> np.ndarray:
    """n x 150 x 3 around the grid samples `at`; what lies outside the recording is held."""
    index = at[:, None] + np.arange(-BEFORE, SAMPLES - BEFORE)
    return grid[np.clip(index, 0, len(grid) - 1)]


def check_against(own: Candidates, tolerance: float = 1e-4) -> float:
    """Largest difference between served inputs and this copy; raises when beyond the tolerance.

    The part across gravity is a root near zero at rest, so it is compared as a square.
    """
    if len(own.at) == 0:
        return 0.0
    mine = prepare(held(own.grid.astype(np.float64), own.at))
    difference = np.abs(mine - own.x)
    difference[:, 2] = np.abs(mine[:, 2] ** 2 - own.x[:, 2] ** 2)
    worst = float(difference.max())
    if not worst <= tolerance:
        raise AssertionError(f"the program's input differs from training's by {worst}")
    return worst
