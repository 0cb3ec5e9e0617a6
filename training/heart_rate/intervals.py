"""Tails of the 90 % interval, per level of movement: `python3 -m training.heart_rate.intervals`.

Split conformal: the score of a window is the probability that the belief leaves on the reference's side of it, and the tail is
the tenth percentile of the scores of people whose device the network never saw (`trials.pickle` of
`python3 -m training.heart_rate`). While the wrist moves only windows with synthetic movement count: a new device and new
movements are what the interval has to hold for. The numbers that it prints stand in libs/vitals/src/interval-tails.ts.
"""

import argparse
import pickle
from collections.abc import Callable
from pathlib import Path

import numpy as np
import torch

from .abstention import MOVED, evidence_of
from .belief import LEVELS, SERVED, SPECTRAL, BeliefSettings, forward_filter, level_of
from .bins import BPM
from .selection import Trial

ROOT = Path(__file__).resolve().parents[2]
MISSED = 0.1
RECORDED = "as recorded"


def side_mass(posteriors: np.ndarray, reference: np.ndarray) -> np.ndarray:
    """Probability below or above the reference, whichever is less; a bin's mass is spread evenly over its 2 BPM."""
    place = (reference - (BPM[0] - 1)) / 2
    index = np.clip(np.floor(place).astype(int), 0, len(BPM) - 1)
    rows = np.arange(len(reference))
    total = posteriors.cumsum(1)
    below = total[rows, index] - posteriors[rows, index] * (1 - np.clip(place - index, 0, 1))
    return np.minimum(below, 1 - below)


def scores_by_level(
    trials: list[Trial], said: Callable[[Trial], torch.Tensor], settings: BeliefSettings
) -> dict[str, dict[str, np.ndarray]]:
    """Level, condition -> scores of its windows. `said`: the log-likelihoods that the belief filters."""
    parts = {level: {RECORDED: [], MOVED: []} for level in LEVELS}
    for trial in trials:
        if trial.condition not in (RECORDED, MOVED):
            continue
        reference = np.asarray(trial.copy.labels)
        known = ~np.isnan(reference)
        posterior = forward_filter(said(trial)[None], settings)[0].numpy()
        scores = side_mass(posterior[known], reference[known])
        level = level_of(trial.copy.table[known, 2])
        for name in LEVELS:
            parts[name][trial.condition].append(scores[level == name])
    return {name: {c: np.concatenate(p) for c, p in of.items()} for name, of in parts.items()}


def tails_of(scores: dict[str, dict[str, np.ndarray]]) -> dict[str, float]:
    tails = {}
    for level, of in scores.items():
        used = np.concatenate(list(of.values())) if level == "still" else of[MOVED]
        tails[level] = float(np.quantile(used, MISSED))
    return tails


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--work", type=Path, default=ROOT / "training" / "work" / "heart_rate")
    args = parser.parse_args()
    trials = pickle.loads((args.work / "trials.pickle").read_bytes())
    for title, said, settings in (
        ("with the network", lambda trial: trial.logits, SERVED),
        ("the spectrum alone", lambda trial: evidence_of(trial.copy), SPECTRAL),
    ):
        scores = scores_by_level(trials, said, settings)
        for level, tail in tails_of(scores).items():
            covered = ", ".join(f"{c}: {(s >= tail).mean():.1%} of {len(s)}" for c, s in scores[level].items())
            print(f"{title}, {level}: tail {tail:.3f}; covers {covered}")


if __name__ == "__main__":
    main()
