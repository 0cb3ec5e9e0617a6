"""Weights of the estimator without a network: `python3 -m training.heart_rate.spectral`.

Its log-likelihood of a rate is a weighted sum of five planes there: the light's four, and movement at the rate itself, which
gives back what the regression took where pulse and movement coincide. Movement at half and twice the rate would lower the error
on BAMI, but only because its people run at certain speeds. The five numbers stand in spectral-evidence.ts.
Fitted like the network, on the copies that `python3 -m training.heart_rate` left in training/work.
"""

import os

for variable in ("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS"):
    os.environ.setdefault(variable, "1")

import argparse  # noqa: E402
from pathlib import Path  # noqa: E402

import numpy as np  # noqa: E402
import torch  # noqa: E402

from .belief import SPECTRAL  # noqa: E402
from .copies import Copy, made_up_copies  # noqa: E402
from .copy_cache import load_copies  # noqa: E402
from .fit import FitSettings, fit  # noqa: E402
from .plane_weights import PlaneWeights  # noqa: E402
from .scores import logits_of, scores_of, track_of  # noqa: E402
from .selection import CONDITIONS, one_each  # noqa: E402


def fit_weights(copies: list[Copy], seed: int = 0) -> PlaneWeights:
    settings = FitSettings(steps=200, learning_rate=0.1, weight_decay=0.0)
    return fit(copies, seed, settings, network=PlaneWeights())


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    root = Path(__file__).resolve().parents[2]
    parser.add_argument("--work", type=Path, default=root / "training" / "work" / "heart_rate")
    args = parser.parse_args()
    torch.set_num_threads(1)
    copies = [c for path in sorted((args.work / "copies").glob("*.npz")) for c in load_copies(path)]
    made_up = made_up_copies(64, 0)
    for device in ("first", "second"):
        weights = fit_weights([c for c in copies if c.device == device] + made_up)
        for condition, (kind, stretch) in CONDITIONS.items():
            others = [c for c in copies if c.device != device and c.kind == kind]
            tested = one_each(others, stretch)
            scores = scores_of([track_of(logits_of(weights, copy), copy, SPECTRAL) for copy in tested])
            print(f"fitted on the {device} device, the other {condition}: MAE {scores.mae:.2f}")
    final = fit_weights(copies + made_up)
    print("weights:", np.round(final.weights.detach().numpy(), 2).tolist())


if __name__ == "__main__":
    main()
