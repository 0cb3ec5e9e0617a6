"""What a data set looks like to the rest of the training code."""
from __future__ import annotations

from dataclasses import dataclass

import numpy as np

G = 9.80665  # m/s2


@dataclass(frozen=True)
class Recording:
    """Wrist acceleration of one trial of one person, sampled evenly."""

    name: str  # unique over all data sets
    dataset: str
    person: str  # unique over all data sets; what splits go by
    rate: float  # Hz
    acceleration: np.ndarray  # n x 3, g, gravity kept
    code: str  # the data set's own name of what is done
    fall: bool = False  # one simulated fall is in it
    fall_at: tuple[float, float] | None = None  # seconds from the start, where the data set says it
    old: bool = False  # of a person of 65 years or more

    @property
    def hours(self) -> float:
        return len(self.acceleration) / self.rate / 3600
