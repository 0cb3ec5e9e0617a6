"""Recordings out, impacts in: the program's own code finds and prepares them, so training sees what serving sees."""
from __future__ import annotations

import json
import subprocess
from dataclasses import dataclass
from pathlib import Path
from typing import Sequence

import numpy as np

from ..heart_rate.exchange import STEPS_PER_G, read_arrays, vigil_command
from .recording import Recording

RATE, SAMPLES, BEFORE, CHANNELS = 25, 150, 50, 5


@dataclass(frozen=True)
class Candidates:
    """The impacts of one recording."""

    grid: np.ndarray  # samples x 3, g, at 25 Hz from the recording's start
    at: np.ndarray  # n: grid sample of the impact
    peak: np.ndarray  # n: g
    still: np.ndarray  # n: seconds without movement when the decision is due
    held: np.ndarray  # n x 2: samples of the input that were not measured, before and after
    x: np.ndarray  # n x 5 x 150
    logit: np.ndarray | None  # n, with a model


def candidates_of(
    recordings: Sequence[Recording], work: Path, model: str | None = None, models: Path | None = None
) -> dict[str, Candidates]:
    """Runs `vigil fall-features` on all recordings, through a folder that stays for a look."""
    source, target = work / "recordings", work / "features"
    source.mkdir(parents=True, exist_ok=True)
    for old in source.glob("*.recording"):
        old.unlink()
    for recording in recordings:
        _write(source / f"{recording.name}.recording", recording)
    options = [] if model is None or models is None else ["--model", model, "--models", str(models.resolve())]
    subprocess.run([*vigil_command(), "fall-features", str(source), str(target), *options], check=True)
    return {r.name: _candidates(read_arrays(target / f"{r.name}.features")) for r in recordings}


def _candidates(arrays: dict[str, np.ndarray]) -> Candidates:
    at, peak, still, *held = arrays["candidate"].T
    return Candidates(
        arrays["motion"], at.astype(np.int64), peak, still, np.stack(held, axis=1), arrays["input"], arrays.get("logit")
    )


def _write(path: Path, recording: Recording) -> None:
    block = {
        "kind": "accelerometer",
        "unit": "g",
        "sampleRateHz": recording.rate,
        "scale": 1 / STEPS_PER_G,
        "offset": 0,
        "channels": ["x", "y", "z"],
        "length": len(recording.acceleration),
    }
    header = json.dumps({"format": "vigil-recording", "version": 1, "name": recording.name, "blocks": [block]}).encode()
    counts = np.round(recording.acceleration.T * STEPS_PER_G).astype("<i4")
    path.write_bytes(len(header).to_bytes(4, "little") + header + counts.tobytes())
