"""WEDA-FALL, daily life (25 people, 11 of them 77 to 95 years old), Fitbit Sense, m/s2; no licence stated.

Time stamps come in bursts, so the rate of a file is its number of samples over its length (49.7 Hz, not 50). D04 and D05
(sitting down and up again) and D07 (stumbling) mix activities and are left out. The tags say which trial it was.
"""
from __future__ import annotations

from pathlib import Path
from typing import Iterator

import numpy as np

from ..recording import G, Bout, Recording

LABELS = {
    "D01": "walking",
    "D02": "running",
    "D03": "stairs",
    "D06": "other",
    "D08": "other",
    "D09": "other",
    "D10": "other",
    "D11": "other",
}


def load(folder: Path) -> Iterator[Recording]:
    root = folder / "weda_fall" / "dataset" / "50Hz"
    if not root.is_dir():
        raise FileNotFoundError(f"no WEDA-FALL files under {root}")
    for code, label in LABELS.items():
        for file in sorted((root / code).glob("U*_R*_accel.csv")):
            if file.stem.endswith("vertical_accel"):
                continue
            table = np.loadtxt(file, delimiter=",", skiprows=1)
            seconds = table[:, 0].max() - table[0, 0]
            if seconds < 6:
                continue
            rate = (len(table) - 1) / seconds
            user = file.stem.split("_")[0]
            name = f"weda-{code}-{file.stem.removesuffix('_accel')}"
            bout = Bout(0.0, len(table) / rate, label)
            tags = {"code": code, "age": "aged" if int(user[1:]) >= 21 else "young"}
            yield Recording(name, "weda", f"weda-{user}", rate, table[:, 1:4] / G, (bout,), tags)
