"""Every figure of a heart-rate model over some recordings, from what was answered in each window."""

from dataclasses import dataclass

import numpy as np

from .belief import LEVELS, level_of
from .scores import Track, tolerance_of

#: Wrong by more than this with a belief narrower than that is confidently wrong, BPM.
FAR_BPM, SURE_BPM = 10.0, 5.0
FAST_BPM = 120.0
FIRST_WINDOWS = 5


@dataclass
class Windows:
    """All windows with a label of some tracks, side by side."""

    recording: np.ndarray
    number: np.ndarray
    reference: np.ndarray
    estimate: np.ndarray
    low: np.ndarray
    high: np.ndarray
    deviation: np.ndarray
    answered: np.ndarray
    motion: np.ndarray
    quality: np.ndarray
    lagged: np.ndarray

    @property
    def error(self) -> np.ndarray:
        return np.abs(self.estimate - self.reference)

    @property
    def is_right(self) -> np.ndarray:
        return self.error <= tolerance_of(self.reference)

    @property
    def is_covered(self) -> np.ndarray:
        return (self.low <= self.reference) & (self.reference <= self.high)

    def where(self, chosen: np.ndarray) -> "Windows":
        return Windows(*(getattr(self, name)[chosen] for name in self.__dataclass_fields__))

    def mean_of_recordings(self, values: np.ndarray) -> float:
        return float(np.mean(list(self.by_recording(values).values())))

    def by_recording(self, values: np.ndarray) -> dict[str, float]:
        return {name: float(values[self.recording == name].mean()) for name in np.unique(self.recording)}


def windows_of(tracks: list[Track]) -> Windows:
    parts: dict[str, list] = {name: [] for name in Windows.__dataclass_fields__}
    for track in tracks:
        known = ~np.isnan(track.reference) & ~np.isnan(track.estimate)
        count = len(track.reference)
        parts["recording"].append(np.full(known.sum(), track.name))
        parts["number"].append(np.arange(count)[known])
        for name in ("reference", "estimate", "low", "high", "deviation", "answered", "motion", "quality", "lagged"):
            values = np.asarray(getattr(track, name))
            parts[name].append(values[known] if len(values) else np.full(known.sum(), np.nan))
    return Windows(**{name: np.concatenate(values) for name, values in parts.items()})


def figures_of(windows: Windows) -> dict[str, float]:
    """MAE are means over recordings of each recording's mean where nothing else is said; shares are of all windows."""
    error, lagged = windows.error, np.abs(windows.lagged - windows.reference)
    fast = windows.where(windows.reference >= FAST_BPM)
    worst = windows.by_recording(error)
    first = windows.where(windows.number < FIRST_WINDOWS)
    return {
        "mae": windows.mean_of_recordings(error),
        "medianError": float(np.median(error)),
        "worst": max(worst.values()),
        "firstFive": first.mean_of_recordings(first.error),
        "lagged": windows.mean_of_recordings(lagged),
        "within": float(windows.is_right.mean()),
        "sureAndFar": float(((error > FAR_BPM) & (windows.deviation < SURE_BPM)).mean()),
        "fastMae": float(fast.error.mean()) if len(fast.error) else float("nan"),
        "fastBias": float((fast.estimate - fast.reference).mean()) if len(fast.error) else float("nan"),
        "coverage": float(windows.is_covered.mean()),
        "answered": float(windows.answered.mean()),
        "answeredMae": float(error[windows.answered].mean()),
        "mae90": _of_the_surest(windows, 0.9, tolerance_of(windows.estimate)),
        "mae80": _of_the_surest(windows, 0.8, tolerance_of(windows.estimate)),
        "mae90InBpm": _of_the_surest(windows, 0.9),
        "mae80InBpm": _of_the_surest(windows, 0.8),
    }


def worst_recording(windows: Windows) -> str:
    errors = windows.by_recording(windows.error)
    return max(errors, key=errors.__getitem__)


def _of_the_surest(windows: Windows, share: float, unit: np.ndarray | float = 1.0) -> float:
    """Error of this share of all windows, those with the narrowest belief in this unit."""
    width = windows.deviation / unit
    return float(windows.error[width <= np.quantile(width, share)].mean())


def levels_table(windows: Windows) -> list[dict[str, float | str]]:
    """Per level of movement: windows, error, coverage, and how well quality tells right from wrong numbers."""
    rows = []
    level = level_of(windows.motion)
    for name in LEVELS:
        here = windows.where(level == name)
        if len(here.error) == 0:
            continue
        rows.append(
            {
                "level": name,
                "windows": len(here.error),
                "mae": float(here.error.mean()),
                "within": float(here.is_right.mean()),
                "coverage": float(here.is_covered.mean()),
                "halfWidth": float(((here.high - here.low) / 2).mean()),
                "auroc": auroc(here.quality, here.is_right),
                "wrong": int((~here.is_right).sum()),
            }
        )
    return rows


def auroc(score: np.ndarray, good: np.ndarray) -> float:
    """Chance that a good one has a higher score than a bad one; ties count half; NaN without one of either kind."""
    positives, negatives = int(good.sum()), int((~good).sum())
    if positives == 0 or negatives == 0:
        return float("nan")
    values, places = np.unique(score, return_inverse=True)
    counts = np.bincount(places, minlength=len(values))
    ranks = np.cumsum(counts) - (counts - 1) / 2
    total = ranks[places][good].sum()
    return float((total - positives * (positives + 1) / 2) / (positives * negatives))
