"""Figures of a detector from the log-odds of impacts: by trial, and false alarms per hour."""
from __future__ import annotations

from dataclasses import dataclass
from typing import Callable, Sequence

import numpy as np

from .exchange import RATE
from .material import Impacts, Item

# After an alarm the detector's user is busy with it for so long, s: another alarm in this time is not counted.
REFRACTORY_S = 10


@dataclass(frozen=True)
class Trials:
    """The highest log-odds of each trial: of the fall's own impacts for a fall, of any impact for daily life."""

    score: np.ndarray  # -inf where no impact passed the gate
    fall: np.ndarray
    items: tuple[Item, ...]


def trials_of(impacts: Impacts, logits: np.ndarray, chosen: Sequence[int]) -> Trials:
    """`chosen`: indices in `impacts.items`."""
    best = np.full(len(impacts.items), -np.inf)
    counts = impacts.usable  # a fall's trial is judged by its fall alone
    np.maximum.at(best, impacts.recording[counts], logits[counts])
    items = tuple(impacts.items[i] for i in chosen)
    return Trials(best[list(chosen)], np.array([item.recording.fall for item in items], bool), items)


def threshold_at(trials: Trials, specificity: float) -> float:
    """The lowest threshold (log-odds, beyond which there is an alarm) that leaves this share of the daily-life trials
    without an alarm."""
    own = np.sort(trials.score[~trials.fall])
    return float(own[min(len(own) - 1, int(np.ceil(specificity * len(own))) - 1)])


def threshold_for(trials: Trials, sensitivity: float) -> float:
    """The highest threshold that still finds this share of the falls."""
    own = np.sort(trials.score[trials.fall])[::-1]
    found = int(np.ceil(sensitivity * len(own)))
    return float(np.nextafter(own[found - 1], -np.inf))


def sensitivity(trials: Trials, threshold: float) -> float:
    return float((trials.score[trials.fall] > threshold).mean()) if trials.fall.any() else float("nan")


def specificity(trials: Trials, threshold: float) -> float:
    return float((trials.score[~trials.fall] <= threshold).mean()) if (~trials.fall).any() else float("nan")


def area_under_curve(trials: Trials) -> float:
    falls, others = trials.score[trials.fall], np.sort(trials.score[~trials.fall])
    if len(falls) == 0 or len(others) == 0:
        return float("nan")
    below, upto = np.searchsorted(others, falls, "left"), np.searchsorted(others, falls, "right")
    return float(((below + upto) / 2).mean() / len(others))


def subset(trials: Trials, chosen: Callable[[Item], bool]) -> Trials:
    keep = np.array([chosen(item) for item in trials.items], bool)
    return Trials(trials.score[keep], trials.fall[keep], tuple(i for i, k in zip(trials.items, keep) if k))


def alarms_per_hour(
    impacts: Impacts, logits: np.ndarray, threshold: float, chosen: Callable[[Item], bool]
) -> dict[str, float]:
    """Alarms on recordings without a fall: how many, in how many hours, and the rate with its upper bound (95 %)."""
    alarms, hours = 0, 0.0
    for index, item in enumerate(impacts.items):
        if item.recording.fall or not chosen(item):
            continue
        hours += item.recording.hours
        own = impacts.recording == index
        last = -np.inf
        for at in np.sort(impacts.at[own & (logits > threshold)]):
            if (at - last) / RATE >= REFRACTORY_S:
                alarms, last = alarms + 1, at
    if hours == 0:
        return {"alarms": 0, "hours": 0.0, "perHour": float("nan"), "upperBound": float("nan")}
    return {"alarms": alarms, "hours": hours, "perHour": alarms / hours, "upperBound": _poisson_upper(alarms) / hours}


def _poisson_upper(count: int) -> float:
    """The largest mean of a Poisson variable that gives `count` or fewer with a chance of 5 %."""
    from scipy.stats import chi2

    return float(chi2.ppf(0.95, 2 * count + 2) / 2)
