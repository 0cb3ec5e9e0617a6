"""The network's input from acceleration, as libs/vitals/src/activity/prepare-activity-input.ts does it.

Serving's own code makes the windows that figures come from; this copy exists only because training changes the
acceleration (noise, gain, tempo) before it is prepared. `check_against` proves that both agree.
"""
from __future__ import annotations

import numpy as np


def prepare(acceleration: np.ndarray) -> np.ndarray:
    """Batch x samples x 3 in g -> batch x 3 x samples: along gravity less 1, across it, length less 1."""
    mean = acceleration.mean(axis=1)
    direction = mean / np.linalg.norm(mean, axis=1, keepdims=True)
    along = np.einsum("bnc,bc->bn", acceleration, direction)
    square = (acceleration**2).sum(axis=2)
    across = np.sqrt(np.maximum(0, square - along**2))
    return np.stack([along - 1, across, np.sqrt(square) - 1], axis=1).astype(np.float32)


def check_against(windows: np.ndarray, grid: np.ndarray, numbers: np.ndarray, tolerance: float = 2e-5) -> float:
    """Largest difference between served windows and this copy; raises when beyond the tolerance (g).

    The part across gravity is a root near zero at rest, so float32 grid samples limit it to about 1e-4 there; it is
    compared as a square.
    """
    if len(numbers) == 0:
        return 0.0
    starts = numbers * 50 + 75
    mine = prepare(np.stack([grid[s : s + 125] for s in starts]).astype(np.float64))
    difference = np.abs(mine - windows)
    difference[:, 1] = np.abs(mine[:, 1] ** 2 - windows[:, 1] ** 2)
    worst = float(difference.max())
    if not worst <= tolerance:
        raise AssertionError(f"the program's input differs from training's by {worst} g")
    return worst
