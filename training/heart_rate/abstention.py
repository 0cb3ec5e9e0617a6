"""Thresholds and weights of abstention and quality: `python3 -m training.heart_rate.abstention`.

Works on the trials across devices that `python3 -m training.heart_rate` left in training/work: recordings of BAMI, as they are and
with synthetic movement, answered by a network that never saw their device. The numbers that are chosen from what this
prints stand in libs/vitals: abstention.ts and signal-quality.ts.
"""

import argparse
import pickle
from pathlib import Path

import numpy as np
import torch

from .belief import SERVED, SPECTRAL, deviation, forward_filter, median
from .bins import BPM
from .copies import Copy
from .exchange import COLUMNS
from .scores import tolerance_of
from .selection import EMPTY, LOST, LOST_AFTER, Trial

#: As in spectral-evidence.ts.
SPECTRAL_WEIGHTS = torch.tensor([0.22, 0.38, 2.91, -0.15, 0.55])
QUIET_G = 0.01
#: As in abstention.ts.
LEAST_SUPPORT, FIRST_WINDOWS = 0.4, 2
MOVED = "with synthetic movement"
BAMI = ("as recorded", MOVED)


def windows_of(trials: list[Trial], labelled: bool = True) -> dict[str, np.ndarray]:
    """All windows of some trials (with a label), one value per window and name."""
    parts = []
    for trial in trials:
        copy = trial.copy
        posterior = forward_filter(trial.logits[None], SERVED)[0]
        second = forward_filter(evidence_of(copy)[None], SPECTRAL)[0]
        estimate = median(posterior).numpy()
        part = {
            "support": _support(trial.logits, estimate),
            "reference": copy.labels,
            "estimate": estimate,
            "deviation": deviation(posterior).numpy(),
            "second": median(second).numpy(),
            "second_deviation": deviation(second).numpy(),
            "informed": np.arange(1, len(copy.labels) + 1),
            "moved": np.full(len(copy.labels), trial.condition == MOVED),
        }
        part |= {name: copy.table[:, i] for i, name in enumerate(COLUMNS)}
        known = ~np.isnan(copy.labels) if labelled else copy.table[:, 1] > 0
        parts.append({name: np.asarray(values)[known] for name, values in part.items()})
    return {name: np.concatenate([part[name] for part in parts]) for name in parts[0]}


def evidence_of(copy: Copy) -> torch.Tensor:
    """What the estimator without a network says, as in spectral-evidence.ts: windows x 96."""
    planes = torch.from_numpy(copy.planes.astype(np.float32))
    return (planes[:, : len(SPECTRAL_WEIGHTS)] * SPECTRAL_WEIGHTS[:, None]).sum(1)


def _support(logits: torch.Tensor, estimate: np.ndarray, windows: int = 4) -> np.ndarray:
    """As in evidence-support.ts, mean over the last windows."""
    own = torch.softmax(logits, -1).numpy()
    near = np.abs(BPM[None] - estimate[:, None]) <= np.maximum(5, 0.1 * estimate)[:, None]
    support = (own * near).sum(1)
    return np.array([support[max(0, i - windows + 1) : i + 1].mean() for i in range(len(support))])


def is_right(windows: dict, name: str = "estimate") -> np.ndarray:
    error = np.abs(windows[name] - windows["reference"])
    return error <= tolerance_of(windows["reference"])


def widest_of(bpm: np.ndarray, share: float = 0.06, least: float = 4.0) -> np.ndarray:
    """The widest belief that is shown, standard deviation in BPM: as in abstention.ts."""
    return np.maximum(least, share * bpm)


def predictors(windows: dict, estimate: str) -> dict[str, np.ndarray]:
    """As in signal-quality.ts; `estimate` is `estimate` (network) or `second` (spectrum alone, which has no second opinion)."""
    width = windows["deviation" if estimate == "estimate" else "second_deviation"]
    allowed = tolerance_of(windows[estimate])
    agrees = np.abs(windows["second"] - windows["estimate"]) <= allowed
    return {
        "constant": np.ones(len(width)),
        "logWidth": np.log(width / allowed + 0.1),
        "purity": windows["purity"],
        "skewness": np.abs(windows["skewness"]),
        "logMotion": np.log(np.maximum(windows["motion_rms_g"], QUIET_G)),
        "agreement": agrees.astype(float) if estimate == "estimate" else np.zeros(len(width)),
    }


def fit_quality(windows: dict, estimate: str) -> dict[str, float]:
    """Logistic regression by Newton's method, a little ridge; both conditions weigh the same."""
    named = predictors(windows, estimate)
    x = np.stack(list(named.values()), 1)
    y = is_right(windows, estimate).astype(float)
    share = windows["moved"].mean()
    weight = np.where(windows["moved"], 0.5 / share, 0.5 / (1 - share))
    beta = np.zeros(x.shape[1])
    for _ in range(30):
        p = 1 / (1 + np.exp(-x @ beta))
        gradient = x.T @ (weight * (y - p)) - 1e-3 * beta
        hessian = (x.T * (weight * p * (1 - p))) @ x + 1e-3 * np.eye(len(beta))
        beta = beta + np.linalg.solve(hessian, gradient)
    return dict(zip(named, beta.round(2).tolist()))


def auroc(score: np.ndarray, good: np.ndarray) -> float:
    order = score.argsort().argsort() + 1.0
    positives, negatives = good.sum(), (~good).sum()
    return float((order[good].sum() - positives * (positives + 1) / 2) / max(positives * negatives, 1))


def is_shown(windows: dict, least_support: float = LEAST_SUPPORT) -> np.ndarray:
    """Whether a number would be shown by its belief's width and the network's support, from the second window on."""
    narrow = windows["deviation"] <= widest_of(windows["estimate"])
    return narrow & (windows["support"] >= least_support) & (windows["informed"] >= FIRST_WINDOWS)


def report(windows: dict, estimate: str, width: str, thresholds, share: bool = False) -> None:
    """`share`: the thresholds are shares of the rate, 4 BPM at least."""
    unit = "share of the rate" if share else "BPM"
    print(f"{estimate:>10}, widest {width}, {unit} | answered | misleading | MAE answered (as recorded; with movement)")
    for threshold in thresholds:
        widest = widest_of(windows[estimate], threshold) if share else threshold
        cells = []
        for moved in (False, True):
            here = windows["moved"] == moved
            shown = (windows[width] <= widest)[here]
            error = np.abs(windows[estimate] - windows["reference"])[here]
            good = is_right(windows, estimate)[here]
            cells.append(f"{shown.mean():.1%} {(shown & ~good).mean():.2%} {error[shown].mean():.2f}")
        print(f"{threshold:27.2f} | " + " ; ".join(cells))


def main() -> None:
    root = Path(__file__).resolve().parents[2]
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--work", type=Path, default=root / "training" / "work" / "heart_rate")
    args = parser.parse_args()
    trials = pickle.loads((args.work / "trials.pickle").read_bytes())
    windows = windows_of([trial for trial in trials if trial.condition in BAMI])
    report(windows, "estimate", "deviation", (4, 5, 6, 7, 8, 10, 12, 15, 99))
    report(windows, "estimate", "deviation", (0.04, 0.05, 0.06, 0.07, 0.08, 0.1), share=True)
    report(windows, "second", "second_deviation", (3, 4, 5, 6, 8, 10, 99))
    report(windows, "second", "second_deviation", (0.03, 0.04, 0.05, 0.06, 0.08, 0.1), share=True)
    for estimate in ("estimate", "second"):
        weights = fit_quality(windows, estimate)
        print(f"quality of {estimate}:", weights)
        score = sum(weights[n] * values for n, values in predictors(windows, estimate).items())
        for moved in (False, True):
            here = windows["moved"] == moved
            print(f"  AUROC, moved {moved}: {auroc(score[here], is_right(windows, estimate)[here]):.3f}")
    print(disagreement_report(windows))
    print(start_report(windows))
    empty = windows_of([t for t in trials if t.condition == EMPTY], False)
    lost = windows_of([t for t in trials if t.condition == LOST], False)
    print(support_report(windows, empty, lost))


def support_report(windows: dict, empty: dict, lost: dict) -> str:
    """What the least support costs, and how often it shows a number where there is no pulse (belief as narrow as for a number)."""
    lines = [
        "least support | answered as recorded; with movement | misleading with movement "
        "| shown without a pulse | from 10 s, from 30 s after it was lost"
    ]
    for least in (0.0, 0.1, 0.2, 0.25, 0.3, 0.35, 0.4, 0.5):

        def shown(of):
            return (of["deviation"] <= widest_of(of["estimate"])) & (of["support"] >= least)

        def after(hops):
            return shown(lost)[lost["informed"] > LOST_AFTER + hops].mean()

        moved = windows["moved"]
        wrong = (shown(windows) & ~is_right(windows))[moved].mean()
        lines.append(
            f"{least} | {shown(windows)[~moved].mean():.1%} ; {shown(windows)[moved].mean():.1%} | {wrong:.2%} "
            f"| {shown(empty).mean():.1%} | {after(5):.1%} {after(15):.1%}"
        )
    return "\n".join(lines)


def start_report(windows: dict) -> str:
    """The first windows of a recording, by how narrow the belief must be to show a number."""
    lines = ["window, widest deviation | answered | wrong of those"]
    for informed in range(1, 9):
        here = windows["informed"] == informed
        for threshold in (3, 4, 5, 6, 8):
            shown = here & (windows["deviation"] <= threshold)
            wrong = (~is_right(windows))[shown].mean() if shown.any() else 0.0
            lines.append(f"{informed} {threshold} | {shown.sum() / here.sum():.1%} | {wrong:.1%}")
    return "\n".join(lines)


def disagreement_report(windows: dict) -> str:
    """Of the numbers that the other rules show: how often one is wrong where a narrow second opinion is far away."""
    estimate = windows["estimate"]
    far = is_shown(windows) & (np.abs(estimate - windows["second"]) > np.maximum(15, 0.15 * estimate))
    lines = ["second narrower than, BPM; own deviation from, share of the rate | windows | estimate wrong"]
    for narrow in (3, 4, 6):
        for own in (0, 0.02, 0.03, 0.04, 0.05):
            hit = far & (windows["second_deviation"] < narrow) & (windows["deviation"] > own * estimate)
            if hit.any():
                lines.append(f"{narrow} {own} | {hit.mean():.2%} | {(~is_right(windows))[hit].mean():.1%}")
    return "\n".join(lines)


if __name__ == "__main__":
    main()
