"""The model folder of the waist: graph, golden answers, metadata, card."""

import hashlib
from pathlib import Path

import numpy as np
import onnx
import torch

from ..activity.export import tensor
from .evaluate import Figures
from .exchange import SAMPLES
from .hapt import CLASSES
from .model import WaistModel

OPSET = 13
INTENDED_USE = (
    "Context for a heart rate: what somebody with a phone-sized device at the waist or in a pocket is doing, every 2 s, and whether "
    "they sit, stand or lie. Not a diagnosis, not a fall detector, no proof that somebody is well."
)
LIMITS = [
    "Trained and tested on 30 healthy people of 19 to 48 years with a phone fixed at the waist, the same way round for all. A pocket is "
    "accepted but was not measured; a device worn another way round, or upside down, is misread.",
    "Sitting and standing differ by little at the waist: nearly all errors are between these two.",
    "Running is not in the data: it will be called walking or stairs.",
    "Of transitions (sitting down, lying down, getting up) nothing is known but that one takes place.",
    "Needs acceleration with gravity and a gyroscope; without either nothing is said.",
    "Never used for a device that declares another place than waist or pocket.",
]
LICENCE = "research use only: the data set excludes commercial use"
DATA = [
    {
        "name": "HAPT (Smartphone-Based Recognition of Human Activities and Postural Transitions)",
        "source": "https://archive.ics.uci.edu/dataset/341",
        "licence": "no commercial use (readme)",
        "use": "training and test",
        "people": 30,
        "description": "a phone at the waist, 50 Hz; 21 people for training, 9 for the test, as published",
    }
]
SERVED = "official split by person; served windows every 2 s that lie inside a bout, network alone"
CUT = "official split by person; windows of 2.56 s cut half overlapping inside the bouts, network alone"


def export_graph(model: WaistModel, path: Path) -> str:
    """Writes the ONNX graph (x -> logits, any batch); returns its SHA-256."""
    torch.onnx.export(
        model.eval(),
        torch.rand(2, 6, SAMPLES),
        str(path),
        input_names=["x"],
        output_names=["logits"],
        dynamic_axes={"x": {0: "batch"}, "logits": {0: "batch"}},
        opset_version=OPSET,
    )
    graph = onnx.load(str(path))
    graph.producer_name, graph.producer_version = "vigil training.waist", torch.__version__
    onnx.checker.check_model(graph)
    onnx.save(graph, str(path))
    return hashlib.sha256(path.read_bytes()).hexdigest()


def golden_cases(model: WaistModel) -> dict:
    """Made-up samples (no excerpt of any data set) and the answers of the training framework."""
    random = np.random.default_rng(21)
    seconds = np.arange(SAMPLES) / 25
    swing = np.sin(2 * np.pi * 1.8 * seconds)
    upright, lying = np.array([1, -0.1, 0.1]), np.array([0.05, 0.3, 0.95])

    def made(gravity, g, degrees, noise):
        motion = gravity[:, None] + g * swing * random.normal(size=(3, 1)) + noise * random.normal(size=(3, SAMPLES))
        turning = degrees * swing * random.normal(size=(3, 1)) + 60 * noise * random.normal(size=(3, SAMPLES))
        return np.concatenate([motion, turning])

    cases = {
        "upright and still": made(upright, 0, 0, 0.004),
        "lying": made(lying, 0, 0, 0.004),
        "a walking rhythm": made(upright, 0.2, 40, 0.03),
        "noise": made(upright, 0.1, 80, 0.3),
    }
    x = np.stack(list(cases.values())).astype(np.float32)
    with torch.no_grad():
        logits = model(torch.from_numpy(x)).numpy()
    case = {"description": ", ".join(cases), "inputs": {"x": tensor(x)}, "outputs": {"logits": tensor(logits)}}
    return {"schema": 1, "madeBy": f"torch {torch.__version__}", "cases": [case]}


def metadata_of(
    model: WaistModel, version: str, digest: str, compared: dict[str, float], figures: Figures | None, run: dict
) -> dict:
    inputs = {
        "name": "x",
        "shape": ["batch", 6, SAMPLES],
        "type": "float32",
        "unit": "g and deg/s",
        "range": None,
        "description": "2.56 s at 25 Hz: acceleration along x, y and z in g with gravity, then turning about them in deg/s",
    }
    outputs = {
        "name": "logits",
        "shape": ["batch", len(CLASSES)],
        "type": "float32",
        "unit": "log-odds",
        "range": None,
        "description": "one per class; their softmax is the probability on people left out of training",
        "labels": list(CLASSES),
    }
    linear = model.classifier.weight.numel() + model.classifier.bias.numel()
    spectra = 8 * SAMPLES * SAMPLES
    return {
        "schema": 1,
        "name": "activity-waist",
        "version": version,
        "task": "activity",
        "summary": "What the wearer of a device at the waist is doing, and in which posture, from 2.56 s of acceleration and turning.",
        "sha256": digest,
        "inputs": [inputs],
        "outputs": [outputs],
        "state": [],
        "sampleRateHz": 25,
        "windowSeconds": 2.56,
        "stepSeconds": 2,
        "parameters": linear,
        "multiplyAdds": spectra + linear,
        "position": ["waist", "pocket"],
        "intendedUse": INTENDED_USE,
        "limits": LIMITS,
        "weightsLicence": LICENCE,
        "data": DATA,
        "results": _results(compared, figures),
        "training": {"code": "training/waist", **run},
        "goldenTolerance": 1e-3,
    }


def _results(compared: dict[str, float], figures: Figures | None) -> list[dict]:
    def result(measure, value, protocol):
        return {"measure": measure, "value": round(value, 4), "unit": "1", "data": "HAPT", "protocol": protocol}

    results = [result(f"accuracy, 6 classes, {name}", value, CUT) for name, value in compared.items()]
    if figures is None:
        return results
    after = f"official split; served and filtered, from 6 s after a change on, {figures.unknown:.1%} unknown and counted as wrong"
    return [
        result("accuracy, 6 classes", figures.accuracy, SERVED),
        *results,
        *(result(f"recall, {name}", value, SERVED) for name, value in figures.recalls.items()),
        result("accuracy of the class that is said", figures.filtered, after),
        result("accuracy of the posture that is said", figures.posture, after),
    ]


def model_card(metadata: dict) -> str:
    limits = "\n".join(f"- {limit}" for limit in metadata["limits"])
    rows = "\n".join(f"| {r['measure']} | {r['value']:.1%} | {r['protocol']} |" for r in metadata["results"])
    data = "\n".join(f"| {d['name']} | {d['people']} | {d['licence']} | {d['description']} |" for d in metadata["data"])
    return f"""# {metadata['name']} {metadata['version']}

{metadata['summary']}

## What it is for

{metadata['intendedUse']}

The device has to declare that it is worn at the waist or in a pocket; then this model answers in place of the wrist's.

## When it is wrong

{limits}

## How well it does

| | | how measured |
|---|---|---|
{rows}

## What it is made of

The graph itself computes 138 numbers from the samples (means, direction of gravity, spreads, spectra in bands, extremes,
correlations between axes); a linear discriminant of {metadata['parameters']:,} parameters reads them. It was fitted on windows that
were also turned by about 6 degrees, because a phone sits a little askew each time. A hidden layer in its place did no better.

| data | people | licence | |
|---|---|---|---|
{data}

What the weights may be used for: {metadata['weightsLicence']}.

Made by `python3 -m training.waist` with torch {metadata['training']['torch']}. `golden.json` holds made-up samples and this model's
answers; the program checks them whenever it loads the model.
"""
