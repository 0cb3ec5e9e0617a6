"""HIFD (KAIST): 104 falls and 245 trials of daily life and near-falls of 21 people, 21 to 32 years; left wrist, 16 g; free,
cite the authors.

Gravity was removed by its authors and is put back here from their orientation: with the quaternion w, x, y, z the
direction "up" in the sensor's frame is u = (2(xz - wy), 2(yz + wx), w2 - x2 - y2 + z2), and the acceleration's axes need
(-ux, +uy, +uz). The signs are inferred, not documented: only with these do falls show a phase of less than 1 g before the
impact and a downward acceleration in it.
"""
from __future__ import annotations

from pathlib import Path
from typing import Iterator

import numpy as np
from scipy.io import loadmat

from ..recording import Recording

LARGEST_G = 20.0


def load(folder: Path) -> Iterator[Recording]:
    root = folder / "hr_imu_fall"
    files = sorted(root.glob("subject_*/*/*.mat"))
    if not files:
        raise FileNotFoundError(f"no HIFD files under {root}")
    for file in files:
        own = {key: value.ravel() for key, value in loadmat(file).items() if key in "ax ay az w x y z".split()}
        time = loadmat(file)["time"]
        clock = time[:, 3] * 3600 + time[:, 4] * 60 + time[:, 5]
        linear = np.stack([own["ax"], own["ay"], own["az"]], axis=1)
        w, x, y, z = (own[key] for key in "wxyz")
        up = np.stack([-2 * (x * z - w * y), 2 * (y * z + w * x), w * w - x * x - y * y + z * z], axis=1)
        acceleration = linear + up / np.maximum(1e-6, np.linalg.norm(up, axis=1, keepdims=True))
        if np.abs(acceleration).max() > LARGEST_G or not np.isfinite(acceleration).all():
            continue
        person = file.parts[-3].removeprefix("subject_")
        fall = file.parts[-2] == "fall"
        rate = (len(clock) - 1) / (clock[-1] - clock[0])
        yield Recording(f"hifd-{person}-{file.stem}", "hifd", f"hifd-{person}", rate, acceleration, file.stem, fall)
