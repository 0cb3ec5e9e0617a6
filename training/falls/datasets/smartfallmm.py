"""SmartFallMM, the wrist sensor ("meta_wrist", +-2 g, 25 or 50 Hz): falls of young people, daily life of young and old; no
licence stated.

Its watch is left out: a fifth of the watch's falls have no impact in the file, and most of the others are cut short. A file
of the wrist sensor is taken by its column of elapsed seconds. Where that jumps back, or forth by more than 2 s, the longest
stretch between jumps is kept (subject 13 has all files glued from pieces in disorder); shorter holes are bridged by a line.
Files beyond 20 g are left out: most of subject 6 (old) stand at 125 g, far beyond the sensor's range.
"""
from __future__ import annotations

from pathlib import Path
from typing import Iterator

import numpy as np

from ..recording import Recording

SHORTEST_S, LONGEST_HOLE_S, LARGEST_G = 1.5, 2.0, 20.0
FIRST_FALL = 10


def load(folder: Path) -> Iterator[Recording]:
    root = folder / "smartfallmm"
    if not root.is_dir():
        raise FileNotFoundError(f"no SmartFallMM files under {root}")
    for file in sorted(root.glob("*/accelerometer/meta_wrist/S??A??T??.csv")):
        table = np.genfromtxt(file, delimiter=",", usecols=(2, 3, 4, 5))
        if table.ndim < 2:
            continue
        seconds, acceleration = _longest_stretch(table[np.isfinite(table).all(axis=1)])
        if len(seconds) < 3 or seconds[-1] - seconds[0] < SHORTEST_S:
            continue
        if np.abs(acceleration).max() > LARGEST_G:
            continue
        rate = 50.0 if np.median(np.diff(seconds)) < 0.03 else 25.0
        even = np.arange(seconds[0], seconds[-1] + 1e-6, 1 / rate)
        columns = [np.interp(even, seconds, axis) for axis in acceleration.T]
        person, activity = file.stem[:3], int(file.stem[4:6])
        old = file.relative_to(root).parts[0] == "old"
        yield Recording(
            f"smartfallmm-{file.stem}-{'old' if old else 'young'}", "smartfallmm", f"smartfallmm-{person}",
            rate, np.stack(columns, axis=1), f"A{activity:02d}", activity >= FIRST_FALL, None, old,
        )  # fmt: skip


def _longest_stretch(table: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    step = np.diff(table[:, 0])
    cuts = np.flatnonzero((step <= 0) | (step > LONGEST_HOLE_S)) + 1
    longest = max(np.split(table, cuts), key=len)
    return longest[:, 0], longest[:, 1:]
