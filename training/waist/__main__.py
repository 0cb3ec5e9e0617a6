"""From the unpacked data set to a model folder, with every figure: `python3 -m training.waist DATASETS`; about two minutes."""

import os

# before numpy and torch are loaded: one thread, so that a run is repeatable and leaves the machine alone
for variable in ("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS"):
    os.environ.setdefault(variable, "1")

import argparse  # noqa: E402
import json  # noqa: E402
import tempfile  # noqa: E402
import time  # noqa: E402
from pathlib import Path  # noqa: E402

import numpy as np  # noqa: E402
import torch  # noqa: E402

from . import hapt  # noqa: E402
from .evaluate import figures_of, temperature_of  # noqa: E402
from .exchange import served  # noqa: E402
from .folder import golden_cases, export_graph, metadata_of, model_card  # noqa: E402
from .material import Windows, augmented, windows_of  # noqa: E402
from .model import WaistFeatures, WaistModel, discriminant, hidden_layer  # noqa: E402

ROOT = Path(__file__).resolve().parents[2]
NAME = "activity-waist"


def main() -> None:
    args = _arguments()
    torch.set_num_threads(1)
    started = time.time()

    def say(text: str) -> None:
        print(f"{time.time() - started:6.0f} s  {text}", flush=True)

    if args.smoke:
        with tempfile.TemporaryDirectory(prefix="vigil-waist-models-") as folder:
            _run(args, args.models or Path(folder), say)
    else:
        _run(args, args.models or ROOT / "models", say)
    say("done")


def _run(args: argparse.Namespace, models: Path, say) -> None:
    recordings = hapt.load(args.datasets)
    if args.smoke:
        recordings = [r for r in recordings if r.person in (1, 2, 3, 4)]
    parts = served(recordings)
    windows = windows_of(recordings, parts)
    training = ~np.isin(windows.people, list(hapt.TEST_PEOPLE))
    say(f"{len(windows.labels)} windows of {len(recordings)} recordings")

    seen, tested = windows.where(training), windows.where(~training)
    temperature = temperature_of(seen, args.seed)
    model = fit(seen, args.seed)
    model.temperature = temperature
    compared = {"discriminant": _accuracy(model, tested)}
    compared["hidden layer of 48"] = _accuracy(fit(seen, args.seed, hidden=True), tested)
    say(f"six classes on the test people: {compared}")

    folder = models / NAME / args.version
    folder.mkdir(parents=True, exist_ok=True)
    digest = export_graph(model, folder / "model.onnx")
    (folder / "golden.json").write_text(json.dumps(golden_cases(model), indent=2) + "\n")
    run = {"seed": args.seed, "torch": torch.__version__, "temperature": round(temperature, 2)}
    # the program refuses a folder without metadata, so the figures from it come second
    _write(folder, metadata_of(model, args.version, digest, compared, None, run))
    answers = served(recordings, f"{NAME}/{args.version}", models)
    figures = figures_of(model, recordings, answers)
    _write(folder, metadata_of(model, args.version, digest, compared, figures, run))
    say(str(figures))


def fit(windows: Windows, seed: int, hidden: bool = False) -> WaistModel:
    features = WaistFeatures()
    inputs, labels = augmented(windows, seed)
    with torch.no_grad():
        values = features(torch.from_numpy(inputs)).double().numpy()
    mean, spread = values.mean(0), values.std(0) + 1e-6
    standard = (values - mean) / spread
    classifier = hidden_layer(standard, labels, seed) if hidden else discriminant(standard, labels)
    return WaistModel(features, mean, spread, classifier).eval()


def _accuracy(model: WaistModel, windows: Windows) -> float:
    six = windows.where(windows.labels != hapt.TRANSITION)
    with torch.no_grad():
        said = model(torch.from_numpy(six.inputs)).argmax(1).numpy()
    return round(float((said == six.labels).mean()), 4)


def _write(folder: Path, metadata: dict) -> None:
    (folder / "metadata.json").write_text(json.dumps(metadata, indent=2, ensure_ascii=False) + "\n")
    (folder / "MODEL_CARD.md").write_text(model_card(metadata))


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python3 -m training.waist", description=__doc__)
    parser.add_argument("datasets", type=Path, help="folder with hapt/")
    parser.add_argument("--models", type=Path, help="where the model folder goes (default: models/)")
    parser.add_argument("--version", default="1.0.0")
    parser.add_argument("--seed", type=int, default=0)
    parser.add_argument("--smoke", action="store_true", help="four people, into a folder that is thrown away: does it run?")
    return parser.parse_args()


if __name__ == "__main__":
    main()
