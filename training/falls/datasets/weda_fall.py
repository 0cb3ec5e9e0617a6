"""WEDA-FALL: 350 falls (14 people, 20 to 46 years), 619 trials of daily life (11 of the people 77 to 95 years); Fitbit
Sense, m/s2; no licence stated.

The falls of U01 to U13 were sampled at 39.8 Hz and everything else at 49.7 Hz, in the same "50 Hz" folder; time stamps come
in bursts. So the rate of a file is its number of samples over its length: a network that saw samples by their number would
learn the rate of the falls.
"""
from __future__ import annotations

from pathlib import Path
from typing import Iterator

import numpy as np

from ..recording import G, Recording

SHORTEST_S = 1.5
FIRST_OLD = 21


def load(folder: Path) -> Iterator[Recording]:
    root = folder / "weda_fall" / "dataset"
    if not root.is_dir():
        raise FileNotFoundError(f"no WEDA-FALL files under {root}")
    falls = _fall_times(root / "fall_timestamps.csv")
    for file in sorted((root / "50Hz").glob("*/U*_R*_accel.csv")):
        if file.stem.endswith("vertical_accel"):
            continue
        table = np.loadtxt(file, delimiter=",", skiprows=1)
        seconds = table[:, 0].max() - table[0, 0]
        if seconds < SHORTEST_S:
            continue
        code, trial = file.parent.name, file.stem.removesuffix("_accel")
        user = trial.split("_")[0]
        yield Recording(
            f"weda-{code}-{trial}", "weda", f"weda-{user}", (len(table) - 1) / seconds, table[:, 1:4] / G, code,
            code.startswith("F"), falls.get(f"{code}/{trial}"), int(user[1:]) >= FIRST_OLD,
        )  # fmt: skip


def _fall_times(path: Path) -> dict[str, tuple[float, float]]:
    rows = [line.split(",") for line in path.read_text("utf-8-sig").split()[1:]]
    return {name: (float(start), float(end)) for name, start, end in rows}
