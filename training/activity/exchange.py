"""Recordings out, features in: the program's own code makes the features, so training sees what serving sees.

The files and the command are those of the heart-rate training; only the acceleration is written here.
"""
from __future__ import annotations

import json
import subprocess
from dataclasses import dataclass
from pathlib import Path
from typing import Sequence

import numpy as np

from ..heart_rate.exchange import STEPS_PER_G, read_arrays, vigil_command
from .recording import Recording

RATE = 25  # Hz, of the grid
SAMPLES = 125  # in one input of the network
STEP_S, WINDOW_S = 2, 8  # windows: k covers [2k, 2k + 8) s; the input is its last 5 s


@dataclass(frozen=True)
class Features:
    grid: np.ndarray  # n x 3, g, at 25 Hz from the recording's start
    windows: np.ndarray  # k x 3 x 125: rows of the network's input
    numbers: np.ndarray  # k: window numbers

    @property
    def ends(self) -> np.ndarray:
        """Seconds from the recording's start to the end of each window."""
        return self.numbers * STEP_S + WINDOW_S


@dataclass(frozen=True)
class Served:
    """What the program itself says of a recording's windows, with a model."""

    said: np.ndarray  # k: index in SAID, after the filter
    confidence: np.ndarray  # k
    logits: np.ndarray  # k x 6


def export_features(recordings: Sequence[Recording], work: Path) -> dict[str, Features]:
    """Runs `vigil features` on all recordings, through a folder that stays for a look."""
    arrays = _run(recordings, work, [])
    return {name: _features(own) for name, own in arrays.items()}


def served(recordings: Sequence[Recording], work: Path, models: Path, model: str) -> dict[str, Served]:
    """The same with `<name>/<version>` of the folder `models` answering, and the program's filter."""
    arrays = _run(recordings, work / "served", ["--activity", model, "--models", str(models.resolve())])
    result = {}
    for name, own in arrays.items():
        answer = own["activityAnswer"][_with_input(own)]
        result[name] = Served(answer[:, 0].astype(np.int64), answer[:, 1], answer[:, 3:])
    return result


def _run(recordings: Sequence[Recording], work: Path, options: Sequence[str]) -> dict[str, dict[str, np.ndarray]]:
    source, target = work / "recordings", work / "features"
    source.mkdir(parents=True, exist_ok=True)
    for old in source.glob("*.recording"):
        old.unlink()
    for recording in recordings:
        _write(source / f"{recording.name}.recording", recording)
    subprocess.run([*vigil_command(), "features", str(source), str(target), *options], check=True)
    return {recording.name: read_arrays(target / f"{recording.name}.features") for recording in recordings}


def _features(arrays: dict[str, np.ndarray]) -> Features:
    there = _with_input(arrays)
    numbers = arrays["window"][:, 0].astype(np.int64)
    return Features(arrays["motion"], arrays["activity"][there], numbers[there])


def _with_input(arrays: dict[str, np.ndarray]) -> np.ndarray:
    """A row without an input is zero; a real one never is (its third row would be exactly 1 g throughout)."""
    return np.abs(arrays["activity"]).max(axis=(1, 2), initial=0) > 0


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
    header = json.dumps(
        {"format": "vigil-recording", "version": 1, "name": recording.name, "blocks": [block]}
    ).encode()
    counts = np.round(recording.acceleration.T * STEPS_PER_G).astype("<i4")
    path.write_bytes(len(header).to_bytes(4, "little") + header + counts.tobytes())
