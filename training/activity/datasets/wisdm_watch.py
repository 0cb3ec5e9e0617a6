"""WISDM smartwatch subset (51 people, six activities of 120 s, 20 Hz, m/s2); CC BY 4.0.

Each activity is a recording of its own: the file does not say what lay between two of them. File 1629 holds its block
twice (the second is left out), 1616 has no jogging, 1642 no stairs. Sitting and standing are both "rest": at the wrist
they differ only by the habit of the arm.
"""
from __future__ import annotations

from itertools import groupby
from pathlib import Path
from typing import Iterator

import numpy as np

from ..recording import G, Bout, Recording

RATE = 20.0
LABELS = {"A": "walking", "B": "running", "C": "stairs", "D": "rest", "E": "rest", "M": "other"}


def load(folder: Path) -> Iterator[Recording]:
    files = sorted((folder / "wisdm_watch_subset" / "Datasets" / "train").glob("data_*_accel_watch.txt"))
    if not files:
        raise FileNotFoundError(f"no WISDM files under {folder}/wisdm_watch_subset")
    for file in files:
        rows = [line.strip().rstrip(";").split(",") for line in file.read_text().splitlines() if line.strip()]
        seen: set[str] = set()
        for code, group in groupby(rows, key=lambda row: row[1]):
            block = list(group)
            if code in seen:
                continue
            seen.add(code)
            person = f"wisdm-{block[0][0]}"
            acceleration = np.array([row[2:5] for row in block], dtype=np.float64) / G
            bout = Bout(0.0, len(block) / RATE, LABELS[code])
            yield Recording(f"{person}-{code}", "wisdm", person, RATE, acceleration, (bout,), {"code": code})
