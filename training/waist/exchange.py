"""Recordings of the waist to `vigil features`, and windows back."""

import json
import subprocess
import tempfile
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from ..heart_rate.exchange import read_arrays, vigil_command
from .hapt import RATE_HZ, Recording

STEPS_PER_G, STEPS_PER_DEGREE = 8192, 64
SAMPLES, GRID_HZ, WINDOW_S, HOP_S = 64, 25, 8, 2


@dataclass
class Served:
    """What the program made of a recording."""

    #: samples x 6 on the 25 Hz grid: g, deg/s.
    grid: np.ndarray
    #: Numbers of the windows, and the network's input of each (6 x 64, NaN without one).
    numbers: np.ndarray
    inputs: np.ndarray
    #: With a model: index of the class said, confidence, cadence, posture, then the network's log-odds.
    answers: np.ndarray | None


def served(recordings: list[Recording], model: str | None = None, models: Path | None = None) -> list[Served]:
    options = [] if model is None else ["--waist", model, "--models", str(models)]
    with tempfile.TemporaryDirectory(prefix="vigil-waist-") as folder:
        source, target = Path(folder, "in"), Path(folder, "out")
        source.mkdir()
        for recording in recordings:
            _write(source / f"{recording.name}.recording", recording)
        subprocess.run([*vigil_command(), "features", str(source), str(target), *options], check=True)
        return [_read(read_arrays(target / f"{recording.name}.features")) for recording in recordings]


def _write(path: Path, recording: Recording) -> None:
    sensors = (
        ("accelerometer", "g", STEPS_PER_G, recording.acceleration),
        ("gyroscope", "deg/s", STEPS_PER_DEGREE, recording.rotation),
    )
    blocks, samples = [], b""
    for kind, unit, steps, values in sensors:
        counts = np.round(values.T * steps).astype("<i4")
        blocks.append(
            {
                "kind": kind,
                "unit": unit,
                "sampleRateHz": RATE_HZ,
                "scale": 1 / steps,
                "offset": 0,
                "channels": ["x", "y", "z"],
                "length": counts.shape[1],
            }
        )
        samples += np.ascontiguousarray(counts).tobytes()
    named = {"format": "vigil-recording", "version": 1, "name": recording.name, "position": "waist"}
    header = json.dumps({**named, "blocks": blocks}).encode()
    path.write_bytes(len(header).to_bytes(4, "little") + header + samples)


def _read(arrays: dict[str, np.ndarray]) -> Served:
    length = min(len(arrays["motion"]), len(arrays["rotation"]))
    return Served(
        grid=np.concatenate([arrays["motion"][:length], arrays["rotation"][:length]], 1),
        numbers=arrays["window"][:, 0].astype(int),
        inputs=arrays["waist"],
        answers=arrays.get("waistAnswer"),
    )
