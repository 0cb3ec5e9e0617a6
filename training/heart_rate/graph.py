"""The exported graph: one window per call, state in and out, any batch; and its golden answers."""

import base64
import hashlib
from pathlib import Path

import numpy as np
import onnx
import torch
from torch import nn

from .bins import BPM, PLANES
from .network import HIDDEN, HeartRateNetwork

OPSET = 15
INPUTS = ("x", "h", "c")
OUTPUTS = ("logits", "h_next", "c_next")


class Step(nn.Module):
    """One window through one network, or through several whose logits are averaged; their states lie side by side."""

    def __init__(self, networks: list[HeartRateNetwork]):
        super().__init__()
        self.networks = nn.ModuleList(networks)

    def forward(self, x: torch.Tensor, h: torch.Tensor, c: torch.Tensor):
        steps = [
            network.step(x, *[state[..., i * HIDDEN : (i + 1) * HIDDEN] for state in (h, c)])
            for i, network in enumerate(self.networks)
        ]
        logits, hidden, cell = zip(*steps)
        return sum(logits) / len(steps), torch.cat(hidden, -1), torch.cat(cell, -1)

    @property
    def state_size(self) -> int:
        return HIDDEN * len(self.networks)


def export_graph(step: Step, path: Path) -> str:
    """Writes the ONNX graph; returns its SHA-256."""
    step.eval()
    state = torch.zeros(2, len(BPM), step.state_size)
    torch.onnx.export(
        step,
        (torch.rand(2, PLANES, len(BPM)), state, state),
        str(path),
        input_names=list(INPUTS),
        output_names=list(OUTPUTS),
        dynamic_axes={name: {0: "batch"} for name in INPUTS + OUTPUTS},
        opset_version=OPSET,
    )
    graph = onnx.load(str(path))
    graph.producer_name, graph.producer_version = "vigil training.heart_rate", torch.__version__
    onnx.checker.check_model(graph)
    onnx.save(graph, str(path))
    return hashlib.sha256(path.read_bytes()).hexdigest()


def golden_cases(step: Step) -> dict:
    """Made-up spectra (no excerpt of any data set), the second window in a row, and the answers of the training framework."""
    rng = np.random.default_rng(9)
    h = c = torch.zeros(2, len(BPM), step.state_size)
    with torch.no_grad():
        _, h, c = step(torch.from_numpy(_spectra(rng, 0)), h, c)
        x = torch.from_numpy(_spectra(rng, 1))
        logits, h_next, c_next = step(x, h, c)
    case = {
        "description": "pulses at 61 and 151 with movement at 100 and 160, state of one window before",
        "inputs": {"x": _tensor(x), "h": _tensor(h), "c": _tensor(c)},
        "outputs": {
            "logits": _tensor(logits),
            "h_next": _tensor(h_next),
            "c_next": _tensor(c_next),
        },
    }
    return {"schema": 1, "madeBy": f"torch {torch.__version__}", "cases": [case]}


def _spectra(rng: np.random.Generator, window: int) -> np.ndarray:
    planes = []
    for pulse, cadence in ((60, 100), (150, 160)):
        pulse += window

        def lines(*peaks):
            size = 0.1 * rng.rayleigh(1, len(BPM))
            for bpm, height in peaks:
                size += height * np.exp(-0.5 * ((BPM - bpm) / 7) ** 2)
            return np.log1p(2 * size / np.sqrt((size**2).mean()))

        motion = [lines((cadence, 1.0)), lines((cadence / 2, 1.0)), lines((2 * cadence, 1.0))]
        light = [lines((pulse, 1.0), (cadence, 0.8)) for _ in range(2)]
        rest = [lines((pulse, 1.0)), lines((pulse, 0.7), (cadence, 0.4))]
        planes.append(np.stack(light + rest + motion))
    return np.stack(planes).astype(np.float32)


def _tensor(values: torch.Tensor) -> dict:
    data = np.ascontiguousarray(values.numpy(), "<f4")
    return {"shape": list(data.shape), "float32": base64.b64encode(data.tobytes()).decode()}


def multiply_adds(step: Step) -> int:
    """Of one window, counted layer by layer."""
    total = 0
    bins = len(BPM)
    for network in step.networks:
        convolutions = [m for m in network.modules() if isinstance(m, nn.Conv1d)]
        total += bins * sum(m.weight.numel() for m in convolutions)
        total += bins * (network.memory.weight_ih_l0.numel() + network.memory.weight_hh_l0.numel())
    return total
