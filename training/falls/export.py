"""The model folder's graph and golden answers."""
from __future__ import annotations

import hashlib
from pathlib import Path

import numpy as np
import onnx
import torch

from ..activity.export import OPSET, tensor
from .exchange import BEFORE, CHANNELS, RATE, SAMPLES
from .invariants import prepare
from .network import Scaled


def export_graph(model: Scaled, path: Path) -> str:
    """Writes the ONNX graph (x -> logit, any batch); returns its SHA-256."""
    model.eval()
    torch.onnx.export(
        model,
        torch.zeros(2, CHANNELS, SAMPLES),
        str(path),
        input_names=["x"],
        output_names=["logit"],
        dynamic_axes={"x": {0: "batch"}, "logit": {0: "batch"}},
        opset_version=OPSET,
    )
    graph = onnx.load(str(path))
    graph.producer_name, graph.producer_version = "vigil training.falls", torch.__version__
    onnx.checker.check_model(graph)
    onnx.save(graph, str(path))
    return hashlib.sha256(path.read_bytes()).hexdigest()


def golden_cases(model: Scaled) -> dict[str, object]:
    """Made-up acceleration (no excerpt of any data set) and the answers of the training framework."""
    generator = np.random.default_rng(30)
    seconds = (np.arange(SAMPLES) - BEFORE) / RATE
    upright, lying = np.array([0.2, 0.1, 0.97]), np.array([0.1, 0.98, 0.1])
    noise = lambda g: generator.normal(0, g, (SAMPLES, 3))  # noqa: E731
    blow = lambda g: g * np.exp(-((seconds / 0.06) ** 2))[:, None] * np.array([0.6, 0.5, 0.6])  # noqa: E731
    after = (seconds > 0)[:, None]
    drop = ((seconds > -0.45) & (seconds < -0.08))[:, None]
    swing = 0.4 * np.sin(2 * np.pi * 0.9 * seconds)[:, None] * np.array([1.0, 0.2, 0.4])
    made = {
        "drop, blow, lying still": np.where(after, lying, upright) * np.where(drop, 0.3, 1) + blow(4) + noise(0.01),
        "drop, blow, moving on": np.where(after, lying, upright) * np.where(drop, 0.4, 1) + blow(3) + after * noise(0.3),
        "knock on a table": upright + blow(3) + noise(0.01),
        "clapping": upright + sum(np.roll(blow(2), k * 8, axis=0) for k in range(-4, 5)) + noise(0.05),
        "walking": upright + swing + blow(0.9) + noise(0.05),
        "held end": np.where(after, lying, upright) + blow(3) * (seconds < 0.5)[:, None],
    }
    x = prepare(np.stack(list(made.values())))
    with torch.no_grad():
        logit = model(torch.from_numpy(x)).numpy()
    case = {"description": ", ".join(made), "inputs": {"x": tensor(x)}, "outputs": {"logit": tensor(logit)}}
    return {"schema": 1, "madeBy": f"torch {torch.__version__}", "cases": [case]}
