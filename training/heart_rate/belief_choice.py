"""What the settings of the belief over the network cost: `python3 -m training.heart_rate.belief_choice`.

On the trials across devices that `python3 -m training.heart_rate` left in training/work: recordings of BAMI, as they are and with
synthetic movement, answered by a network that never saw their device. training/README.md says what was chosen, and why; it stands in
belief.py and in libs/vitals/src/belief-settings.ts.
"""

import argparse
import pickle
from dataclasses import replace
from pathlib import Path

from .belief import SERVED, BeliefSettings
from .figures import figures_of, windows_of
from .selection import CONDITIONS, Trial, tracks_of

ROOT = Path(__file__).resolve().parents[2]
TRIED = [
    *({"temperature": t} for t in (0.5, 0.6, 0.7, 0.8, 0.9, 1.0, 1.2)),
    *({"sigma": s} for s in (0.02, 0.025, 0.035, 0.04)),
    *({"leak": p} for p in (1e-3, 1e-5)),
    *({"tail": share} for share in (0.05, 0.2)),
]


def line(trials: list[Trial], settings: BeliefSettings) -> str:
    cells = []
    for condition in CONDITIONS:
        f = figures_of(windows_of(tracks_of(trials, condition, settings)))
        cells.append(f"{f['mae']:.2f} {f['within']:6.1%} {f['sureAndFar']:5.2%} {f['mae90']:.2f}")
    return " | ".join(cells)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--work", type=Path, default=ROOT / "training" / "work" / "heart_rate")
    args = parser.parse_args()
    trials = pickle.loads((args.work / "trials.pickle").read_bytes())
    print("MAE, within, sure and wrong, MAE of the surest 90 %: " + " | ".join(CONDITIONS))
    print(f"{'as served':>20}: {line(trials, SERVED)}")
    for changed in TRIED:
        name = ", ".join(f"{key} {value}" for key, value in changed.items())
        print(f"{name:>20}: {line(trials, replace(SERVED, **changed))}")


if __name__ == "__main__":
    main()
