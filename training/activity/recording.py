"""What a data set looks like to the rest of the training code."""
from __future__ import annotations

from dataclasses import dataclass, field

import numpy as np

# What people in the data sets do, and what the network may say: "unknown" is a rhythm too weak to tell, as a hand on a
# bar leaves it. No data set has that label; training makes it by damping.
CLASSES = ("rest", "walking", "stairs", "running", "other")
SAID = (*CLASSES, "unknown")
G = 9.80665  # m/s2


@dataclass(frozen=True)
class Bout:
    """Seconds [start, end) of a recording with one label."""

    start: float
    end: float
    label: str  # one of CLASSES, or "bar" (a hand on a treadmill's bar: for testing only)


@dataclass(frozen=True)
class Recording:
    """Wrist acceleration of one person, sampled evenly."""

    name: str  # unique over all data sets
    dataset: str
    person: str  # unique over all data sets; what splits go by
    rate: float  # Hz
    acceleration: np.ndarray  # n x 3, g, gravity kept
    bouts: tuple[Bout, ...]
    tags: dict[str, str] = field(default_factory=dict)
