"""The model folder: graph, golden answers, metadata."""
from __future__ import annotations

import base64
import hashlib
import json
from pathlib import Path

import numpy as np
import onnx
import torch

from .exchange import SAMPLES
from .invariants import prepare
from .networks import Merged

OPSET = 13


def export_graph(model: Merged, path: Path) -> str:
    """Writes the ONNX graph (x -> logits, any batch); returns its SHA-256."""
    model.eval()
    torch.onnx.export(
        model,
        torch.zeros(2, 3, SAMPLES),
        str(path),
        input_names=["x"],
        output_names=["logits"],
        dynamic_axes={"x": {0: "batch"}, "logits": {0: "batch"}},
        opset_version=OPSET,
    )
    graph = onnx.load(str(path))
    graph.producer_name, graph.producer_version = "vigil training.activity", torch.__version__
    onnx.checker.check_model(graph)
    onnx.save(graph, str(path))
    return hashlib.sha256(path.read_bytes()).hexdigest()


def golden_cases(model: Merged) -> dict[str, object]:
    """Made-up acceleration (no excerpt of any data set) and the answers of the training framework."""
    generator = np.random.default_rng(20)
    seconds = np.arange(SAMPLES) / 25
    noise = lambda scale: generator.normal(0, scale, (SAMPLES, 3))  # noqa: E731
    gravity = np.array([0.5, -0.6, 0.62])

    def rhythm(hz: float, g: float) -> np.ndarray:
        axes = generator.normal(0, 1, (3, 3))
        return g * sum(np.sin(2 * np.pi * hz * k * seconds + k)[:, None] * axes[k - 1] / k for k in (1, 2, 3))

    made = {
        "still": gravity + noise(0.004),
        "walking rhythm": gravity + rhythm(0.9, 0.12) + noise(0.02),
        "running rhythm": gravity + rhythm(2.7, 0.7) + noise(0.05),
        "knocks": gravity + noise(0.02) + (generator.random((SAMPLES, 1)) < 0.05) * noise(1.5),
        "noise": gravity + noise(0.4),
        "turned over": -gravity + noise(0.03),
    }
    x = prepare(np.stack(list(made.values())).astype(np.float64))
    with torch.no_grad():
        logits = model(torch.from_numpy(x)).numpy()
    return {
        "schema": 1,
        "madeBy": f"torch {torch.__version__}",
        "cases": [
            {
                "description": ", ".join(made),
                "inputs": {"x": tensor(x)},
                "outputs": {"logits": tensor(logits)},
            }
        ],
    }


def tensor(values: np.ndarray) -> dict[str, object]:
    encoded = base64.b64encode(np.ascontiguousarray(values, "<f4").tobytes()).decode()
    return {"shape": list(values.shape), "float32": encoded}


def multiply_adds(model: Merged) -> int:
    """Of one row, counted layer by layer."""
    total = 0
    hooks = []

    def count(module: torch.nn.Module, _: object, out: torch.Tensor) -> None:
        nonlocal total
        if isinstance(module, torch.nn.Conv1d):
            total += out.shape[2] * module.weight.numel()
        elif isinstance(module, torch.nn.Linear):
            total += module.weight.numel()

    for module in model.modules():
        hooks.append(module.register_forward_hook(count))
    with torch.no_grad():
        model(torch.zeros(1, 3, SAMPLES))
    for hook in hooks:
        hook.remove()
    return total


def write_json(path: Path, value: object) -> None:
    path.write_text(json.dumps(value, indent=2, ensure_ascii=False) + "\n")


