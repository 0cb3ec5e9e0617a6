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
from .cross_validation import BAMI_AND_SPC, FOLDS, STANDS_FOR, STEPS, fold_tracks, fold_trials, folds_run  # noqa: E402
from .datasets import bami, spc2015  # noqa: E402
from .distilled import Keep, distilled, kept_at, teachers_of  # noqa: E402
from .fit import FitSettings  # noqa: E402
from .folder import metadata_of, model_card, results_of  # noqa: E402
from .graph import Step, export_graph, golden_cases  # noqa: E402
from .recording import Recording  # noqa: E402
from .release import test_model  # noqa: E402
from .scores import logits_of, scores_of, summary_of, track_of  # noqa: E402
from .selection import AT_REST, CONDITIONS, Trial, cross_device, one_each, tracks_of  # noqa: E402
from .served import served_tracks  # noqa: E402
from .statistics import answered_share, input_statistics  # noqa: E402

ROOT = Path(__file__).resolve().parents[2]
BAMI_ALONE, EVERYTHING = "hr-bami", "hr-all"
MOVED_COPIES, EMPTY_COPIES = 2, 2
#: Made-up people at rest.
MADE_UP = 64
LEFT_OUT = (
    "{folds} folds by person over both sets, a network without teachers fitted for {steps} steps without the people of the fold; "
    "corrected labels of BAMI, published ones of SPC; training's own filter, no abstention, one seed"
)
ON_TRAINING = "the shipped network on the people that it was trained on: no test; training's own filter"
CROSS_DEVICE = (
    "networks of this recipe that were trained on one device and tested on the other, both ways; corrected labels; training's own filter, no abstention, one seed; "
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
    copies = _copies(args, bami.load(args.datasets), "copies", say)
    made_up = made_up_copies(MADE_UP, args.seed)
    if args.name == EVERYTHING:
        copies += _copies(args, spc2015.load(args.datasets), "copies-spc", say)
        _run_everything(args, copies, made_up, say)
        return
    trials = _trials(args, copies, made_up, say)
    rows = [(f"BAMI, {c}", scores_of(tracks_of(trials, c))) for c in CONDITIONS]
    rows.append((AT_REST, scores_of(tracks_of(trials, AT_REST))))
    print(summary_of(rows))

    say("fitting on both devices")
    network = _fitted(args, copies + made_up, say)
    results = [r for title, scores in rows for r in results_of(scores, title, CROSS_DEVICE, False)]
    recorded = [trial for trial in trials if trial.condition == "as recorded"]
    watched = {"inputStatistics": input_statistics(copies), "answeredShare": answered_share(recorded)}
    _write(args.models / args.name / args.version, Step([network]).eval(), args, results, watched)
    if args.test:
        say("answers of the served chain to the test set")
        rows += test_model(args.datasets, args.models, args.name, args.version)
    summary = {title: asdict(scores) for title, scores in rows}
    (args.work / "results.json").write_text(json.dumps(summary, indent=1))
    print(summary_of(rows))


def _run_everything(args: argparse.Namespace, copies: list[Copy], made_up: list[Copy], say) -> None:
    """One network from all recordings; its figures come from the folds that `cross_validation` left."""
    network = _fitted(args, copies + made_up, say)
    data, family = BAMI_AND_SPC, STANDS_FOR[BAMI_AND_SPC]
    scored = fold_tracks(args.work, data, family)
    results = []
    if scored:
        people = f"{len(folds_run(args.work, data, [family]))} of {FOLDS}"
        protocol = LEFT_OUT.format(folds=people, steps=STEPS)
        for title, of in (("BAMI", "BAMI"), ("SPC 2015", ("DATA", "TEST"))):
            tracks = [track for track in scored if track.name.startswith(of)]
            results += results_of(scores_of(tracks), f"{title}, {len(tracks)} recordings", protocol, False)
    results += _on_training(network, copies)
    watched = {"inputStatistics": input_statistics(copies)}
    if scored:
        watched["answeredShare"] = answered_share(fold_trials(args.work, data, family))
    _write(args.models / args.name / args.version, Step([network]).eval(), args, results, watched)


def _trials(args: argparse.Namespace, copies: list[Copy], made_up: list[Copy], say) -> list[Trial]:
    """The choice across devices, kept on disk."""
    path = args.work / "trials.pickle"
    if args.reuse and path.exists():
        return pickle.loads(path.read_bytes())
    settings = FitSettings(steps=args.steps)
    trials = cross_device(copies, made_up, args.seed, settings, say, lambda device: _keep(args, f"bami {device}"))
    path.write_bytes(pickle.dumps(trials))
    return trials


def _on_training(network, copies: list[Copy]) -> list[dict]:
    recorded = one_each([copy for copy in copies if copy.kind == "clean"])
    tracks = [track_of(logits_of(network, copy), copy) for copy in recorded]
    return results_of(scores_of(tracks), "BAMI and SPC 2015", ON_TRAINING, False)


def _fitted(args: argparse.Namespace, copies: list[Copy], say) -> torch.nn.Module:
    return distilled(copies, args.seed, FitSettings(steps=args.steps), say, _keep(args, args.name))


def _keep(args: argparse.Namespace, of: str) -> Keep:
    """Weights on disk: `--reuse` takes what an earlier run left."""

    def keep(family: str, seed: int, make) -> torch.nn.Module:
        path = args.work / "weights" / f"{of} {family} seed {seed} {args.steps}.pt".replace(" ", "-")
        path.parent.mkdir(parents=True, exist_ok=True)
        if not args.reuse:
            path.unlink(missing_ok=True)
        return kept_at(path, family, make)

    return keep


def _copies(args: argparse.Namespace, recordings: list[Recording], folder: str, say) -> list[Copy]:
    copies = []
    for recording in recordings:
        path = args.work / folder / f"{recording.name}.npz"
        if not (args.reuse and path.exists()):
            made = copies_of(recording, STRETCHES, MOVED_COPIES, EMPTY_COPIES, args.seed)
            save_copies(path, made)
            say(f"{recording.name}: {len(made)} copies, reference runs {made[0].lag:+.1f} s late")
        copies += load_copies(path)
    return copies


def _write(folder: Path, step: Step, args: argparse.Namespace, results: list, watched: dict | None = None) -> None:
    folder.mkdir(parents=True, exist_ok=True)
    digest = export_graph(step, folder / "model.onnx")
    teachers = ", ".join(f"{family} of seed {seed}" for family, seed in teachers_of(args.seed))
    run = {"seed": args.seed, "steps": args.steps, "teachers": teachers}
    metadata = metadata_of(step, args.name, args.version, digest, results, run, watched)
    for name, value in (("metadata.json", metadata), ("golden.json", golden_cases(step))):
        (folder / name).write_text(json.dumps(value, indent=2, ensure_ascii=False) + "\n")
    (folder / "MODEL_CARD.md").write_text(model_card(metadata))


def _smoke(args: argparse.Namespace, folder: Path, say) -> None:
    """Every stage on three minutes of two recordings: proves that the parts fit, not that the model is good."""
    args.steps = 20
    recordings = [recording.part(180.0) for recording in bami.load(args.datasets)[:30:24]]
    copies = [c for r in recordings for c in copies_of(r, (1.0, 0.9), 1, 1, args.seed)]
    network = distilled(copies, args.seed, FitSettings(steps=args.steps), say)
    tracks = [track_of(logits_of(network, copy), copy) for copy in one_each([c for c in copies if c.kind == "clean"])]
    results = results_of(scores_of(tracks), "two pieces of BAMI", "smoke run", False)
    _write(folder / args.name / args.version, Step([network]).eval(), args, results)
    lags = {copy.source: copy.lag for copy in copies}
    served = served_tracks(recordings, f"{args.name}/{args.version}", folder, lags)
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
    parser.add_argument("--name", choices=(BAMI_ALONE, EVERYTHING), default=BAMI_ALONE, help="trained on BAMI alone, or on everything")
    parser.add_argument("--version", default="1.0.0")
    parser.add_argument("--seed", type=int, default=0)
    parser.add_argument("--steps", type=int, default=FitSettings.steps)
    parser.add_argument("--reuse", action="store_true", help="use copies, fitted weights and trials of an earlier run")
    parser.add_argument("--test", action="store_true", help="run the test set with the finished model (a release)")
    parser.add_argument("--smoke", action="store_true", help="every stage on a little data, under a minute")
    return parser.parse_args()


if __name__ == "__main__":
    main()
