"""From unpacked data sets to a model folder, with every figure: `python3 -m training.falls DATASETS`."""
from __future__ import annotations

import os

# before numpy and torch are loaded: one thread, so that a run is repeatable and leaves the machine alone
for variable in ("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS"):
    os.environ.setdefault(variable, "1")

import argparse  # noqa: E402
import json  # noqa: E402
import pickle  # noqa: E402
import sys  # noqa: E402
import tempfile  # noqa: E402
import time  # noqa: E402
from pathlib import Path  # noqa: E402
from typing import Callable, TypeVar  # noqa: E402

import numpy as np  # noqa: E402
import torch  # noqa: E402

from ..activity.export import write_json  # noqa: E402
from .datasets import FALL_SETS  # noqa: E402
from .evaluate import Run, fold_left_out, joined, networks_of, report, set_left_out  # noqa: E402
from .export import export_graph, golden_cases  # noqa: E402
from .material import Impacts, Item, impacts_of, load_material  # noqa: E402
from .model_folder import SHIPPED, metadata_of, model_card, results_tables  # noqa: E402
from .network import Scaled  # noqa: E402
from .served import check_served  # noqa: E402

Kept = TypeVar("Kept")
ROOT = Path(__file__).resolve().parents[2]


def main() -> None:
    args = _arguments()
    torch.set_num_threads(1)
    started = time.time()

    def say(text: str) -> None:
        print(f"{time.time() - started:6.0f} s  {text}", flush=True)

    if args.smoke:
        with tempfile.TemporaryDirectory(prefix="vigil-falls-") as folder:
            _run(args, Path(folder), args.models or Path(folder, "models"), say, people=3)
    else:
        args.work.mkdir(parents=True, exist_ok=True)
        _run(args, args.work, args.models or ROOT / "models", say, people=None)
    say("done")


def _run(args: argparse.Namespace, work: Path, models: Path, say, people: int | None) -> None:
    run = Run(args.folds, args.seeds, args.steps, args.seed)
    items = _material(args, work, people, say)
    impacts = impacts_of(items)
    reports, left_out = _measured(args, run, impacts, work, say)
    thresholds = reports[SHIPPED]["thresholds"]

    everybody = np.arange(len(impacts.at))
    networks = _kept(args, work / "networks.pickle", lambda: networks_of(impacts, everybody, run, 1000 * run.seed + 9000))
    model = Scaled(networks, *thresholds.values()).eval()
    say("trained on everybody")

    reference = f"fall-wrist/{args.version}"
    folder = models / reference
    folder.mkdir(parents=True, exist_ok=True)
    digest = export_graph(model, folder / "model.onnx")
    write_json(folder / "golden.json", golden_cases(model))
    metadata = metadata_of(model, digest, reports, left_out, run, args.version)
    write_json(folder / "metadata.json", metadata)
    (folder / "MODEL_CARD.md").write_text(model_card(metadata, reports, left_out, run))
    # the program refuses a folder that is not complete, so this comes last
    served = check_served(items, model, work, models, reference)
    (work / "results.json").write_text(json.dumps({"forms": reports, "leftOut": left_out, "served": served}, indent=1))
    print(results_tables(reports, left_out))
    say(f"served alike: {served}")


def _measured(args: argparse.Namespace, run: Run, impacts: Impacts, work: Path, say) -> tuple[dict, dict]:
    answers = []
    for number in range(run.folds):
        answers.append(_kept(args, work / f"fold-{number}.pickle", lambda: fold_left_out(impacts, run, number)))
        say(f"people left out: fold {number + 1} of {run.folds}")
    left_out = {}
    for dataset in FALL_SETS:
        left_out[dataset] = _kept(args, work / f"set-{dataset}.pickle", lambda: set_left_out(impacts, dataset, run))
        say(f"{dataset} left out")
    return {form: report(impacts, logits) for form, logits in joined(impacts, run, answers).items()}, left_out


def _kept(args: argparse.Namespace, path: Path, compute: Callable[[], Kept]) -> Kept:
    if args.reuse_measured and path.exists():
        return pickle.loads(path.read_bytes())
    result = compute()
    path.write_bytes(pickle.dumps(result))
    return result


def _material(args: argparse.Namespace, work: Path, people: int | None, say) -> list[Item]:
    cache = work / "material.pickle"
    if args.reuse_features and cache.exists():
        return pickle.loads(cache.read_bytes())
    items = load_material(args.datasets, work, people)
    if people is None:
        cache.write_bytes(pickle.dumps(items))
    say(f"impacts of {len(items)} recordings")
    return items


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python3 -m training.falls", description=__doc__)
    parser.add_argument("datasets", type=Path, help="folder with weda_fall/, smartfallmm/, hr_imu_fall/, wisdm_watch_subset/ and bami/")
    parser.add_argument("--models", type=Path, help="where the model folder goes (default: models/)")
    parser.add_argument("--work", type=Path, default=ROOT / "training" / "work" / "falls")
    parser.add_argument("--version", default="1.0.0")
    parser.add_argument("--folds", type=int, default=5)
    parser.add_argument("--seeds", type=int, default=3, help="networks whose mean is shipped")
    parser.add_argument("--steps", type=int, default=1000)
    parser.add_argument("--seed", type=int, default=0)
    parser.add_argument("--reuse-features", action="store_true", help="impacts of the last run, when they are there")
    parser.add_argument("--reuse-measured", action="store_true", help="the last run's answers of the folds' networks")
    parser.add_argument("--smoke", action="store_true", help="three people of each set, a few steps, kept only with --models: does it run?")
    args = parser.parse_args()
    if args.smoke:
        args.folds, args.seeds, args.steps = 2, 1, 20
    if not args.datasets.is_dir():
        sys.exit(f"{args.datasets} is not a folder; give the folder of the unpacked data sets")
    return args


if __name__ == "__main__":
    main()
