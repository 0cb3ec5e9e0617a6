"""The shipped model as the program serves it, against training's own computation."""
from __future__ import annotations

from pathlib import Path
from typing import Sequence

import numpy as np

from .evaluate import outside_table
from .exchange import served
from .fit import logits_of
from .material import Item, of_dataset
from .networks import Merged
from .recording import SAID
from .transition_filter import DEFAULT, filtered

UNKNOWN = SAID.index("unknown")


def served_report(
    items: Sequence[Item], model: Merged, work: Path, models: Path, reference: str
) -> dict[str, object]:
    """Figures on BAMI-2 from what the program says; raises when it says anything else than training's code.

    Beliefs on the edge of being named may fall either way by rounding: one window in a thousand may differ.
    """
    chosen = [*of_dataset(items, "bami2"), *of_dataset(items, "weda", "wisdm-stream")[::20]]
    answers = served([item.recording for item in chosen], work, models, reference)
    worst, same, windows = 0.0, 0, 0
    for item in chosen:
        features, answer = item.features, answers[item.recording.name]
        logits = logits_of(model, features.windows)
        belief = filtered(features.windows, logits, features.numbers)
        said = np.where(belief.max(axis=1) < DEFAULT.unknown_below, UNKNOWN, belief.argmax(axis=1))
        worst = max(worst, float(np.abs(logits - answer.logits).max(initial=0)))
        same += int((said == answer.said).sum())
        windows += len(said)
    if worst > 1e-3 or same < 0.999 * windows:
        raise AssertionError(f"served log-odds differ by {worst}, {windows - same} of {windows} classes differ")
    return outside_table(
        of_dataset(items, "bami2"), {name: answer.said for name, answer in answers.items()}
    ) | {"largestDifferenceOfLogOdds": worst, "windowsCompared": windows, "classesThatDiffer": windows - same}
