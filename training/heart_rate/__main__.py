"""From unpacked data sets to a model folder, with every figure: `python3 -m training.heart_rate DATASETS`."""

import os

# before numpy and torch are loaded: one thread, so that a run is repeatable and leaves the machine alone
for variable in ("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS"):
    os.environ.setdefault(variable, "1")

import argparse  # noqa: E402
import json  # noqa: E402
import pickle  # noqa: E402
import tempfile  # noqa: E402
import time  # noqa: E402
from dataclasses import asdict  # noqa: E402
from pathlib import Path  # noqa: E402

import torch  # noqa: E402

from .copies import STRETCHES, Copy, copies_of, made_up_copies  # noqa: E402
from .copy_cache import load_copies, save_copies  # noqa: E402
from .datasets import bami  # noqa: E402
from .fit import FitSettings, fit  # noqa: E402
from .folder import metadata_of, model_card, results_of  # noqa: E402
from .graph import Step, export_graph, golden_cases  # noqa: E402
from .release import test_model  # noqa: E402
from .scores import logits_of, scores_of, summary_of, track_of  # noqa: E402
from .selection import AT_REST, CONDITIONS, cross_device, one_each, tracks_of  # noqa: E402
from .served import served_tracks  # noqa: E402

ROOT = Path(__file__).resolve().parents[2]
NAME = "hr-bami"
MOVED_COPIES, EMPTY_COPIES = 2, 2
#: Made-up people at rest.
MADE_UP = 64
CROSS_DEVICE = (
    "trained on one device, tested on the other, both ways; corrected labels; training's own filter, no abstention, one seed; "
    "used for choices"
)


def main() -> None:
    args = _arguments()
    torch.set_num_threads(1)
    started = time.time()

    def say(text: str) -> None:
        print(f"{time.time() - started:6.0f} s  {text}", flush=True)

    if args.smoke:
        with tempfile.TemporaryDirectory(prefix="vigil-heart-rate-") as folder:
            _smoke(args, args.models or Path(folder), say)
    else:
        args.models = args.models or ROOT / "models"
        _run(args, say)
    say("done")


def _run(args: argparse.Namespace, say) -> None:
    copies = _copies(args, say)
    made_up = made_up_copies(MADE_UP, args.seed)
    trials = cross_device(copies, made_up, args.seed, FitSettings(steps=args.steps), say)
    (args.work / "trials.pickle").write_bytes(pickle.dumps(trials))
    rows = [(f"BAMI, {c}", scores_of(tracks_of(trials, c))) for c in CONDITIONS]
    rows.append((AT_REST, scores_of(tracks_of(trials, AT_REST))))
    print(summary_of(rows))

    say("fitting on both devices")
    network = fit(copies + made_up, args.seed, FitSettings(steps=args.steps), say)
    results = [r for title, scores in rows for r in results_of(scores, title, CROSS_DEVICE, False)]
    _write(args.models / NAME / args.version, Step([network]).eval(), args, results)
    if args.test:
        say("answers of the served chain to the test set")
        rows += test_model(args.datasets, args.models, NAME, args.version)
    summary = {title: asdict(scores) for title, scores in rows}
    (args.work / "results.json").write_text(json.dumps(summary, indent=1))
    print(summary_of(rows))


def _copies(args: argparse.Namespace, say) -> list[Copy]:
    copies = []
    for recording in bami.load(args.datasets):
        path = args.work / "copies" / f"{recording.name}.npz"
        if not (args.reuse and path.exists()):
            made = copies_of(recording, STRETCHES, MOVED_COPIES, EMPTY_COPIES, args.seed)
            save_copies(path, made)
            say(f"{recording.name}: {len(made)} copies, reference runs {made[0].lag:+.1f} s late")
        copies += load_copies(path)
    return copies


def _write(folder: Path, step: Step, args: argparse.Namespace, results: list) -> None:
    folder.mkdir(parents=True, exist_ok=True)
    digest = export_graph(step, folder / "model.onnx")
    run = {"seed": args.seed, "steps": args.steps}
    metadata = metadata_of(step, args.version, digest, results, run)
    for name, value in (("metadata.json", metadata), ("golden.json", golden_cases(step))):
        (folder / name).write_text(json.dumps(value, indent=2, ensure_ascii=False) + "\n")
    (folder / "MODEL_CARD.md").write_text(model_card(metadata))


def _smoke(args: argparse.Namespace, folder: Path, say) -> None:
    """Every stage on three minutes of two recordings: proves that the parts fit, not that the model is good."""
    args.steps = 20
    recordings = [recording.part(180.0) for recording in bami.load(args.datasets)[:30:24]]
    copies = [c for r in recordings for c in copies_of(r, (1.0, 0.9), 1, 1, args.seed)]
    network = fit(copies, args.seed, FitSettings(steps=args.steps), say)
    tracks = [track_of(logits_of(network, copy), copy) for copy in one_each([c for c in copies if c.kind == "clean"])]
    results = results_of(scores_of(tracks), "two pieces of BAMI", "smoke run", False)
    _write(folder / NAME / args.version, Step([network]).eval(), args, results)
    lags = {copy.source: copy.lag for copy in copies}
    served = served_tracks(recordings, f"{NAME}/{args.version}", folder, lags)
    for mine, theirs in zip(tracks, served):
        apart = abs(mine.estimate - theirs.estimate)[theirs.by_network].max()
        say(f"{mine.name}: served and training's estimates at most {apart:.3f} BPM apart")
        if apart > 0.1:
            raise SystemExit("the served chain disagrees with training's evaluation")


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python3 -m training.heart_rate", description=__doc__)
    default = os.environ.get("VIGIL_DATASETS")
    parser.add_argument(
        "datasets",
        type=Path,
        nargs="?" if default else None,
        default=default and Path(default),
        help="folder with the unpacked data sets (bami, spcup2015); default VIGIL_DATASETS",
    )
    parser.add_argument("--work", type=Path, default=ROOT / "training" / "work" / "heart_rate")
    parser.add_argument("--models", type=Path, help="default: the repository's, with --smoke a folder that is thrown away")
    parser.add_argument("--version", default="1.0.0")
    parser.add_argument("--seed", type=int, default=0)
    parser.add_argument("--steps", type=int, default=FitSettings.steps)
    parser.add_argument("--reuse", action="store_true", help="use the copies of an earlier run")
    parser.add_argument("--test", action="store_true", help="run the test set with the finished model (a release)")
    parser.add_argument("--smoke", action="store_true", help="every stage on a little data, under a minute")
    return parser.parse_args()


if __name__ == "__main__":
    main()
