"""What training's windows look like, so that a station can watch whether its own still do (drift-watch.ts)."""

import numpy as np

from .abstention import is_shown, windows_of
from .copies import Copy
from .exchange import COLUMNS
from .selection import Trial, one_each

QUIET_G = 0.001


def input_statistics(copies: list[Copy]) -> dict[str, dict[str, float]]:
    """Mean and standard deviation over the recordings as they are; windows without light do not count."""
    table = np.concatenate([copy.table for copy in one_each([c for c in copies if c.kind == "clean"])])
    table = table[table[:, 1] > 0]
    column = {name: table[:, i] for i, name in enumerate(COLUMNS)}
    inputs = {
        "logMotionG": np.log(np.maximum(column["motion_rms_g"], QUIET_G)),
        "spectralPurity": column["purity"],
        "skewness": np.abs(column["skewness"]),
    }
    return {
        name: {"mean": round(float(np.nanmean(values)), 4), "deviation": round(float(np.nanstd(values)), 4)}
        for name, values in inputs.items()
    }


def answered_share(trials: list[Trial]) -> float:
    """Share of windows with light that would have shown a number, of people that the network never saw."""
    return round(float(is_shown(windows_of(trials, labelled=False)).mean()), 4)
