"""The causal filter over what the network may say, as libs/vitals/src/activity/transition-filter.ts does it.

Used to choose its settings and for the figures of the folds; `served.py` proves that the program's own filter gives the
same classes on the shipped model.
"""
from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from .recording import SAID

REST = SAID.index("rest")


@dataclass(frozen=True)
class FilterSettings:
    leave_per_second: float = 0.02  # chance of leaving a class
    weight: float = 1.4  # power of the evidence of one window (every 2 s)
    still_g: float = 0.02  # below this standard deviation of |a| the wrist rests
    still_evidence: float = 0.96  # for rest, shared out among the others
    unknown_below: float = 0.6


DEFAULT = FilterSettings()


def filtered(
    x: np.ndarray, logits: np.ndarray, numbers: np.ndarray, settings: FilterSettings = DEFAULT
) -> np.ndarray:
    """Beliefs n x 6 along one recording's windows; `numbers` are the window numbers, gaps are bridged."""
    still = x[:, 2].std(axis=1) < settings.still_g
    log_p = logits - np.logaddexp.reduce(logits, axis=1, keepdims=True)
    classes = len(SAID)
    rest = np.full(classes, (1 - settings.still_evidence) / (classes - 1))
    rest[REST] = settings.still_evidence
    beliefs = np.empty((len(x), classes))
    belief = np.full(classes, 1 / classes)
    for i in range(len(x)):
        seconds = 2 * (numbers[i] - numbers[i - 1]) if i else 2
        kept = (1 - settings.leave_per_second * classes / (classes - 1)) ** seconds
        belief = 1 / classes + (belief - 1 / classes) * kept
        evidence = np.log(rest) if still[i] else settings.weight * log_p[i]
        belief = belief * np.exp(evidence - evidence.max())
        belief /= belief.sum()
        beliefs[i] = belief
    return beliefs
