"""Leave people out: `python3 -m training.heart_rate.cross_validation DATASETS`.

Every family of networks on the same folds of BAMI, and the shipped one on folds of BAMI and SPC 2015 together. Works on the
copies that `python3 -m training.heart_rate` left in training/work, and on those of SPC 2015, which it makes when they are
missing. What a fold answered is kept, so that a run that was stopped goes on.
"""

import os

for variable in ("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS"):
    os.environ.setdefault(variable, "1")

import argparse  # noqa: E402
import pickle  # noqa: E402
import time  # noqa: E402
from pathlib import Path  # noqa: E402

import numpy as np  # noqa: E402
import torch  # noqa: E402

from .copies import Copy, made_up_copies  # noqa: E402
from .copy_cache import load_copies  # noqa: E402
from .datasets import bami, spc2015  # noqa: E402
from .families import FAMILIES  # noqa: E402
from .fit import FitSettings, fit  # noqa: E402
from .scores import logits_of  # noqa: E402
from .selection import one_each  # noqa: E402
from .spectral import fit_weights  # noqa: E402

ROOT = Path(__file__).resolve().parents[2]
FOLDS = 6
#: A quarter of what the shipped models get: two dozen fits in place of one.
STEPS = 260
SHIPPED = "CNN-LSTM (shipped)"
SPECTRAL = "spectral tracker (no network)"
#: Name of the data, folders with its copies.
DATA = {"BAMI": ("copies",), "BAMI and SPC 2015": ("copies", "copies-spc")}


def fold_of(datasets: Path, data: str) -> dict[str, int]:
    """Fold of each recording: people are dealt out in turn, device by device."""
    recordings = bami.load(datasets) + (spc2015.load(datasets) if "SPC" in data else [])
    folds, dealt = {}, {}
    for recording in recordings:
        person = dealt.setdefault(recording.group, len(dealt) % FOLDS)
        folds[recording.name] = person
    return folds


def answers(work: Path, data: str, family: str, folds: dict[str, int], fold: int, say) -> dict[str, torch.Tensor]:
    """Logits of the recordings of one fold, as recorded, by a network that was fitted on the others; kept on disk."""
    path = work / "folds" / f"{data}-{family}-{fold}.pickle".replace(" ", "-")
    if path.exists():
        return pickle.loads(path.read_bytes())
    copies = copies_in(work, data)
    training = [c for c in copies if folds[c.source] != fold] + made_up_copies(64, 0)
    say(f"{data}, {family}, fold {fold + 1} of {FOLDS}")
    if family == SPECTRAL:
        network = fit_weights(training, fold)
    else:
        network = fit(training, fold, FitSettings(steps=STEPS), say, network=_new(family, fold))
    held_out = [c for c in copies if folds[c.source] == fold and c.kind == "clean"]
    logits = {c.source: logits_of(network.eval(), c) for c in one_each(held_out)}
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(pickle.dumps(logits))
    return logits


def copies_in(work: Path, data: str) -> list[Copy]:
    return [c for name in DATA[data] for p in sorted((work / name).glob("*.npz")) for c in load_copies(p)]


def _new(family: str, seed: int) -> torch.nn.Module:
    torch.manual_seed(seed)
    return FAMILIES[family]()


def published_bami(datasets: Path, name: str) -> np.ndarray:
    """The labels as published, one per window of the recording as it is loaded; NaN where there is none."""
    labels, first = bami.published_labels(datasets, name)
    return np.concatenate([np.full(first, np.nan), labels])


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("datasets", type=Path)
    parser.add_argument("--work", type=Path, default=ROOT / "training" / "work" / "heart_rate")
    parser.add_argument("--data", choices=list(DATA), action="append", help="default: both")
    parser.add_argument("--family", choices=list(FAMILIES), action="append", help="default: all, on both data the shipped one")
    parser.add_argument("--fold", type=int, action="append", help="counted from 0; default: all")
    args = parser.parse_args()
    torch.set_num_threads(1)
    started = time.time()

    def say(text: str) -> None:
        print(f"{time.time() - started:6.0f} s  {text}", flush=True)

    for data in args.data or DATA:
        folds = fold_of(args.datasets, data)
        families = args.family or (list(FAMILIES) if data == "BAMI" else [SHIPPED])
        for family in families:
            for fold in args.fold or range(FOLDS):
                answers(args.work, data, family, folds, fold, say)
    say("done")


if __name__ == "__main__":
    main()
