"""Errors of the belief over a network, per recording and in total."""

from dataclasses import dataclass, field

import numpy as np
import torch
from torch import nn

from .belief import SERVED, BeliefSettings, deviation, fixed_lag, forward_filter, median, quantile, tails_at
from .copies import Copy


@dataclass
class Track:
    """What was answered in the windows of one recording, with the reference."""

    name: str
    reference: np.ndarray
    estimate: np.ndarray
    low: np.ndarray
    high: np.ndarray
    #: Standard deviation of the belief, BPM, where it is known.
    deviation: np.ndarray
    #: Whether the number was shown.
    answered: np.ndarray
    #: Whether the network gave the estimate, and not the spectrum in its place.
    by_network: np.ndarray
    #: Acceleration without gravity over the window, root mean square, g.
    motion: np.ndarray
    #: The chance that the estimate is right, as served, and what was said of the window 8 s later; empty where not known.
    quality: np.ndarray = field(default_factory=lambda: np.zeros(0))
    lagged: np.ndarray = field(default_factory=lambda: np.zeros(0))


def tolerance_of(bpm: np.ndarray) -> np.ndarray:
    """How far an estimate may be off and still counts as right, BPM."""
    return np.maximum(5, 0.1 * bpm)


def logits_of(network: nn.Module, copy: Copy) -> torch.Tensor:
    """windows x 96"""
    with torch.no_grad():
        return network(torch.from_numpy(copy.planes.astype(np.float32))[None])[0]


def track_of(logits: torch.Tensor, copy: Copy, settings: BeliefSettings = SERVED) -> Track:
    """Every window from the first, by training's own filter, without abstention."""
    posterior = forward_filter(logits[None], settings)[0]
    motion = copy.table[:, 2]
    tails = torch.from_numpy(tails_at(motion, settings))
    return Track(
        name=copy.source,
        reference=copy.labels,
        estimate=median(posterior).numpy(),
        low=quantile(posterior, tails).numpy(),
        high=quantile(posterior, 1 - tails).numpy(),
        deviation=deviation(posterior).numpy(),
        answered=np.ones(len(copy.labels), bool),
        by_network=np.ones(len(copy.labels), bool),
        motion=motion,
    )


def lagged_by(logits: torch.Tensor, settings: BeliefSettings = SERVED) -> np.ndarray:
    """What is believed of each window once four more are known."""
    posterior = forward_filter(logits[None], settings)[0]
    return median(fixed_lag(logits, posterior, settings)).numpy()


@dataclass
class Scores:
    #: Mean over recordings of the mean absolute error in all windows, the worst recording's, and over all windows, BPM.
    mae: float
    worst: float
    worst_name: str
    pooled_mae: float
    #: Shares of all windows, 0 to 1.
    within: float
    coverage: float
    answered: float
    #: In the windows that were answered.
    answered_mae: float
    answered_within: float
    #: Share of all windows that were answered and wrong by more than max(5 BPM, 10 %).
    misleading: float
    first_five_mae: float
    fast_mae: float
    recordings: int
    windows: int


def scores_of(tracks: list[Track]) -> Scores:
    known = [~np.isnan(t.reference) & ~np.isnan(t.estimate) for t in tracks]
    per_recording = [float(np.mean(_errors(t)[k])) for t, k in zip(tracks, known)]

    def pooled(values):
        return np.concatenate([value[k] for value, k in zip(values, known)])

    reference = pooled([t.reference for t in tracks])
    error = pooled([_errors(t) for t in tracks])
    good = error <= tolerance_of(reference)
    shown = pooled([t.answered for t in tracks])
    covered = pooled([(t.low <= t.reference) & (t.reference <= t.high) for t in tracks])
    fast = reference >= 120
    worst = int(np.argmax(per_recording))
    return Scores(
        mae=float(np.mean(per_recording)),
        worst=per_recording[worst],
        worst_name=tracks[worst].name,
        pooled_mae=float(error.mean()),
        within=float(good.mean()),
        coverage=float(covered.mean()),
        answered=float(shown.mean()),
        answered_mae=float(error[shown].mean()),
        answered_within=float(good[shown].mean()),
        misleading=float((shown & ~good).mean()),
        first_five_mae=float(np.mean([_errors(t)[:5][k[:5]].mean() for t, k in zip(tracks, known)])),
        fast_mae=float(error[fast].mean()) if fast.any() else float("nan"),
        recordings=len(tracks),
        windows=len(error),
    )


def table_of(tracks: list[Track]) -> str:
    """One line per recording, as Markdown."""
    rows = ["| recording | windows | MAE, all | within | coverage | answered | MAE, answered |"]
    rows.append("|---|---|---|---|---|---|---|")
    for track in tracks:
        s = scores_of([track])
        rows.append(
            f"| {track.name} | {s.windows} | {s.mae:.2f} | {s.within:.1%} | {s.coverage:.1%} "
            f"| {s.answered:.1%} | {s.answered_mae:.2f} |"
        )
    return "\n".join(rows)


def _errors(track: Track) -> np.ndarray:
    return np.abs(track.estimate - track.reference)


def summary_of(rows: list[tuple[str, Scores]]) -> str:
    """One line per group of recordings, as Markdown."""
    lines = [
        "| | recordings | MAE | worst | within | interval covers | answered | MAE answered | within, answered |",
        "|---|---|---|---|---|---|---|---|---|",
    ]
    for name, s in rows:
        lines.append(
            f"| {name} | {s.recordings} | {s.mae:.2f} | {s.worst:.2f} ({s.worst_name}) | {s.within:.1%} | {s.coverage:.1%} "
            f"| {s.answered:.1%} | {s.answered_mae:.2f} | {s.answered_within:.1%} |"
        )
    return "\n".join(lines)
