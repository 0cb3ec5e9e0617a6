"""The shipped model as the program serves it, against training's own computation."""
from __future__ import annotations

from pathlib import Path
from typing import Sequence

import numpy as np

from .exchange import candidates_of
from .material import Item
from .network import Scaled, logits_of

TOLERANCE = 1e-3


def check_served(items: Sequence[Item], model: Scaled, work: Path, models: Path, reference: str) -> dict[str, float]:
    """Runs recordings through the program with the shipped model; raises when its log-odds are others."""
    chosen = items[:: max(1, len(items) // 150)]
    answers = candidates_of([item.recording for item in chosen], work / "served", reference, models)
    worst, impacts = 0.0, 0
    for item in chosen:
        served = answers[item.recording.name].logit
        own = logits_of(model, item.candidates.x)
        if served is None or len(served) != len(own):
            raise AssertionError(f"{item.recording.name}: {len(own)} impacts in training, others served")
        worst = max(worst, float(np.abs(served - own).max(initial=0)))
        impacts += len(own)
    if not worst <= TOLERANCE:
        raise AssertionError(f"served log-odds differ by {worst}")
    return {"impacts": impacts, "largestDifferenceOfLogOdds": worst}
