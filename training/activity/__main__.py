"""From unpacked data sets to a model folder, with every figure: `python3 -m training.activity DATASETS`."""
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

import torch  # noqa: E402

from .evaluate import fit_temperature, outside_report, report, run_folds, train_on  # noqa: E402
from .export import export_graph, golden_cases, write_json  # noqa: E402
from .fit import logits_of  # noqa: E402
from .material import Item, load_material, of_dataset, windows_of  # noqa: E402
from .model_folder import metadata_of, model_card, results_table  # noqa: E402
from .networks import NETWORKS  # noqa: E402
from .served import served_report  # noqa: E402

ROOT = Path(__file__).resolve().parents[2]
SHIPPED = "convolutional"


def main() -> None:
    args = _arguments()
    torch.set_num_threads(1)
    started = time.time()

    def say(text: str) -> None:
        print(f"{time.time() - started:6.0f} s  {text}", flush=True)

    if args.smoke:
        with tempfile.TemporaryDirectory(prefix="vigil-activity-") as folder:
            models = args.models or Path(folder, "models")
            _run(args, Path(folder), models / "activity-wrist" / args.version, say, people=2)
    else:
        args.work.mkdir(parents=True, exist_ok=True)
        models = args.models or ROOT / "models"
        _run(args, args.work, models / "activity-wrist" / args.version, say, people=None)
    say("done")


def _run(args: argparse.Namespace, work: Path, folder: Path, say, people: int | None) -> None:
    items = _material(args, work, people, say)
    reports = {}
    for network in NETWORKS:
        kept = work / f"folds-{network.replace(' ', '-')}.pickle"
        if args.reuse_folds and kept.exists():
            found = pickle.loads(kept.read_bytes())
        else:
            found = run_folds(items, network, args.folds, args.steps, args.seed, say)
            kept.write_bytes(pickle.dumps(found))
        reports[network] = report(items, found, fit_temperature(items, found))
    temperature = reports[SHIPPED]["temperature"]

    model = train_on(items, SHIPPED, args.steps, args.seed + 1000)
    model.temperature = temperature
    outside = windows_of(of_dataset(items, "bami2"))
    # the graph divides by the temperature already
    shipped = outside_report(outside, [logits_of(model, outside.x)], temperature=1.0)

    folder.mkdir(parents=True, exist_ok=True)
    digest = export_graph(model, folder / "model.onnx")
    write_json(folder / "golden.json", golden_cases(model))
    run = {"folds": args.folds, "steps": args.steps, "seed": args.seed, "version": args.version}
    metadata = metadata_of(model, digest, reports, shipped, run)
    write_json(folder / "metadata.json", metadata)
    # the program refuses a folder without metadata, so the figures from it come second
    reference = f"activity-wrist/{args.version}"
    served = served_report(items, model, work, folder.parents[1], reference)
    metadata = metadata_of(model, digest, reports, served, run)
    write_json(folder / "metadata.json", metadata)
    (folder / "MODEL_CARD.md").write_text(model_card(metadata, reports, served, run))
    (work / "results.json").write_text(json.dumps({"folds": reports, "shippedAlone": shipped, "shippedServed": served}, indent=1))
    print(results_table(reports, served))


def _material(args: argparse.Namespace, work: Path, people: int | None, say) -> list[Item]:
    cache = work / "material.pickle"
    if args.reuse_features and cache.exists():
        return pickle.loads(cache.read_bytes())
    items = load_material(args.datasets, work, people)
    if people is None:
        cache.write_bytes(pickle.dumps(items))
    say(f"features of {len(items)} recordings")
    return items


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python3 -m training.activity", description=__doc__)
    parser.add_argument("datasets", type=Path, help="folder with bami/, wisdm_watch_subset/ and weda_fall/")
    parser.add_argument("--models", type=Path, help="where the model folder goes (default: models/)")
    parser.add_argument("--work", type=Path, default=ROOT / "training" / "work" / "activity")
    parser.add_argument("--version", default="1.0.0")
    parser.add_argument("--folds", type=int, default=5)
    parser.add_argument("--steps", type=int, default=3000)
    parser.add_argument("--seed", type=int, default=0)
    parser.add_argument("--reuse-features", action="store_true", help="features of the last run, when they are there")
    parser.add_argument("--reuse-folds", action="store_true", help="the last run's answers of the folds' networks")
    parser.add_argument("--smoke", action="store_true", help="two people of each set, a few steps, kept only with --models: does it run?")
    args = parser.parse_args()
    if args.smoke:
        args.folds, args.steps = 2, 30
    if not args.datasets.is_dir():
        sys.exit(f"{args.datasets} is not a folder; give the folder of the unpacked data sets")
    return args


if __name__ == "__main__":
    main()
