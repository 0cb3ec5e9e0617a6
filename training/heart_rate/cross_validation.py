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
from collections.abc import Iterable  # noqa: E402
from dataclasses import dataclass, replace  # noqa: E402
from pathlib import Path  # noqa: E402

import numpy as np  # noqa: E402
import torch  # noqa: E402

from .belief import SERVED, SPECTRAL as SPECTRAL_SETTINGS  # noqa: E402
from .copies import Copy, made_up_copies  # noqa: E402
from .copy_cache import load_copies  # noqa: E402
from .datasets import bami, spc2015  # noqa: E402
from .distilled import distilled, fitted, kept_at  # noqa: E402
from .families import CNN, CNN_LSTM, DISTILLED, FAMILIES, SPECTRAL  # noqa: E402
from .figures import figures_of, windows_of  # noqa: E402
from .fit import FitSettings  # noqa: E402
from .scores import Track, lagged_by, logits_of, track_of  # noqa: E402
from .selection import Trial, one_each  # noqa: E402
from .spectral import fit_weights  # noqa: E402

ROOT = Path(__file__).resolve().parents[2]
FOLDS = 6
#: As many as the shipped models get.
STEPS = FitSettings.steps
BAMI, BAMI_AND_SPC = "BAMI", "BAMI and SPC 2015"
#: Name of the data, folders with its copies.
DATA = {BAMI: ("copies",), BAMI_AND_SPC: ("copies", "copies-spc")}
#: The family that stands for the shipped model: with SPC 2015 the one without teachers, which takes a quarter of the time.
STANDS_FOR = {BAMI: DISTILLED, BAMI_AND_SPC: CNN_LSTM}


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
    path = _path(work, data, family, fold)
    if path.exists():
        return pickle.loads(path.read_bytes())
    copies = copies_in(work, data)
    training = [c for c in copies if folds[c.source] != fold] + made_up_copies(64, 0)
    say(f"{data}, {family}, fold {fold + 1} of {FOLDS}")
    path.parent.mkdir(parents=True, exist_ok=True)
    network = _network(work, data, family, training, fold, say)
    held_out = [c for c in copies if folds[c.source] == fold and c.kind == "clean"]
    logits = {c.source: logits_of(network.eval(), c) for c in one_each(held_out)}
    path.write_bytes(pickle.dumps(logits))
    return logits


def _network(work: Path, data: str, family: str, training: list[Copy], fold: int, say) -> torch.nn.Module:
    if family == SPECTRAL:
        return fit_weights(training, fold)
    settings = FitSettings(steps=STEPS)

    def keep(family: str, seed: int, make) -> torch.nn.Module:
        path = weights_path(work, data, family, fold)
        return kept_at(path.with_suffix(".second.pt") if seed == fold + FOLDS else path, family, make)

    if family == DISTILLED:
        teachers = ((CNN_LSTM, fold), (CNN_LSTM, fold + FOLDS), (CNN, fold))
        return distilled(training, fold + 2 * FOLDS, settings, say, keep, teachers)
    return keep(family, fold, lambda: fitted(family, training, fold, settings, say))


def _path(work: Path, data: str, family: str, fold: int) -> Path:
    return work / "folds" / f"{data}-{family}-{fold}.pickle".replace(" ", "-")


def weights_path(work: Path, data: str, family: str, fold: int) -> Path:
    """Where the network of a fold lies."""
    return _path(work, data, family, fold).with_suffix(".pt")


def copies_in(work: Path, data: str) -> list[Copy]:
    return [c for name in DATA[data] for p in sorted((work / name).glob("*.npz")) for c in load_copies(p)]


def published_bami(datasets: Path, name: str) -> np.ndarray:
    """The labels as published, one per window of the recording as it is loaded; NaN where there is none."""
    labels, first = bami.published_labels(datasets, name)
    return np.concatenate([np.full(first, np.nan), labels])


@dataclass
class FoldScores:
    """Of people who were left out: training's own filter over the features as served, no abstention."""

    data: str
    family: str
    parameters: int
    recordings: int
    #: Scored against rebuilt and aligned labels, and BAMI against the published ones too.
    corrected: dict[str, float]
    published: dict[str, float] | None


def folds_run(work: Path, data: str, families: Iterable[str]) -> list[int]:
    """The folds that every one of these families was run on."""
    return [fold for fold in range(FOLDS) if all(_path(work, data, f, fold).exists() for f in families)]


def fold_scores(
    datasets: Path, work: Path, data: str, family: str, of: str | tuple = "", folds: list[int] | None = None
) -> FoldScores | None:
    """Of the folds that were run; null without any. `of`: only recordings whose name begins so."""
    tracks = [t for t in fold_tracks(work, data, family, folds) if t.name.startswith(of)]
    if not tracks:
        return None
    as_published = []
    for track in tracks:
        if track.name.startswith("BAMI"):
            labels = published_bami(datasets, track.name)
            padded = np.full(len(track.estimate), np.nan)
            padded[: len(labels)] = labels[: len(padded)]
            as_published.append(replace(track, reference=padded))
    return FoldScores(
        data=data,
        family=family,
        parameters=sum(p.numel() for p in FAMILIES[family]().parameters()),
        recordings=len(tracks),
        corrected=figures_of(windows_of(tracks)),
        published=figures_of(windows_of(as_published)) if as_published else None,
    )


def fold_tracks(work: Path, data: str, family: str, folds: list[int] | None = None) -> list[Track]:
    """What people who were left out got, with training's own filter; of the folds that were run."""
    settings = SPECTRAL_SETTINGS if family == SPECTRAL else SERVED
    tracks = []
    for trial in fold_trials(work, data, family, folds):
        track = track_of(trial.logits, trial.copy, settings)
        track.lagged = lagged_by(trial.logits, settings)
        tracks.append(track)
    return tracks


def fold_trials(work: Path, data: str, family: str, folds: list[int] | None = None) -> list[Trial]:
    paths = [_path(work, data, family, fold) for fold in (range(FOLDS) if folds is None else folds)]
    return [
        Trial("left out", _as_recorded(work, data, name), logits)
        for path in paths
        if path.exists()
        for name, logits in pickle.loads(path.read_bytes()).items()
    ]


def _as_recorded(work: Path, data: str, name: str) -> Copy:
    path = next(p for f in DATA[data] if (p := work / f / f"{name}.npz").exists())
    return load_copies(path, first=True)[0]


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("datasets", type=Path)
    parser.add_argument("--work", type=Path, default=ROOT / "training" / "work" / "heart_rate")
    parser.add_argument("--data", choices=list(DATA), action="append", help="default: both")
    parser.add_argument("--family", choices=list(FAMILIES), action="append", help="default: all of BAMI, and with SPC 2015 the one that stands for hr-all")
    parser.add_argument("--fold", type=int, action="append", help="counted from 0; default: all")
    args = parser.parse_args()
    torch.set_num_threads(1)
    started = time.time()

    def say(text: str) -> None:
        print(f"{time.time() - started:6.0f} s  {text}", flush=True)

    for data in args.data or DATA:
        folds = fold_of(args.datasets, data)
        families = args.family or (list(FAMILIES) if data == BAMI else [STANDS_FOR[data]])
        for family in families:
            for fold in args.fold or range(FOLDS):
                answers(args.work, data, family, folds, fold, say)
    say("done")


if __name__ == "__main__":
    main()
