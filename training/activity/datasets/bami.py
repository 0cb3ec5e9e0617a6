"""BAMI-1 (in full, 24 people) and BAMI-2 (23 people): treadmill protocols, 50 Hz, counts; free for academic research.

Labels follow the published protocol, 20 to 30 s clear of its changes because people start late. In BAMI-1 some people
walk where the protocol says that they run: at 6 km/h subjects 17, 18, 22, 23, 24 have a cadence of 124 to 139 steps per
minute (all others 146 to 180), at 7 km/h subjects 22 and 24 of 131 to 137. They are labelled as walking.
In BAMI-2 two parts are done with a hand on the bar: label "bar", never used for training. Its last minute is walking by
the protocol, but from 690 s on the wrist of all 23 people is still (standard deviation of |a| about 0.01 g): left out.
"""
from __future__ import annotations

from pathlib import Path
from typing import Iterator

import numpy as np
from scipy.io import loadmat

from ..recording import Bout, Recording

RATE = 50.0
COUNTS_PER_G = 4150.0  # from |a| at rest; six files gave 4100 to 4253
WALK_AT_6 = {17, 18, 22, 23, 24}
WALK_AT_7 = {22, 24}


def load(folder: Path) -> Iterator[Recording]:
    root = folder / "bami"
    first = sorted((root / "hooseok_BAMI1" / "BAMI-1").glob("Subject_*.mat"))
    second = sorted((root / "BAMI-2").glob("BAMI2_*.mat"))
    if not first or not second:
        raise FileNotFoundError(f"no BAMI files under {root}")
    for file in first:
        number = int(file.stem.split("_")[1])
        yield _recording(file, "sigAcc", "bami1", number, _protocol_1(number))
    for file in second:
        number = int(file.stem.split("_")[1])
        yield _recording(file, "rawAcc", "bami2", number, PROTOCOL_2)


def _protocol_1(number: int) -> tuple[Bout, ...]:
    return (
        Bout(5, 50, "rest"),
        Bout(85, 165, "walking"),
        Bout(205, 345, "walking" if number in WALK_AT_6 else "running"),
        Bout(385, 465, "walking"),
        Bout(505, 645, "walking" if number in WALK_AT_7 else "running"),
        Bout(685, 765, "walking"),
        Bout(805, 835, "rest"),
    )


PROTOCOL_2 = (
    Bout(5, 45, "rest"),
    Bout(85, 160, "walking"),
    Bout(215, 280, "running"),
    Bout(325, 400, "bar"),
    Bout(445, 520, "walking"),
    Bout(565, 640, "bar"),
)


def _recording(file: Path, key: str, dataset: str, number: int, bouts: tuple[Bout, ...]) -> Recording:
    counts = np.asarray(loadmat(file)[key], dtype=np.float64).T
    acceleration = (counts - 32768) / COUNTS_PER_G
    end = len(acceleration) / RATE
    kept = tuple(bout for bout in bouts if bout.end <= end)
    return Recording(f"{dataset}-{number}", dataset, f"{dataset}-{number}", RATE, acceleration, kept)
