"""Between Python and the TypeScript features: recordings out, windows back. training/README.md describes both files."""

import json
import os
import shlex
import subprocess
import tempfile
from pathlib import Path

import numpy as np

from .recording import Recording

ROOT = Path(__file__).resolve().parents[2]
#: Columns of the array `window`.
COLUMNS = (
    "window usable motion_rms_g motion_peak_g flat_share clipped_share skewness purity perfusion"
).split()
#: Resolution at which acceleration is written, steps per g.
STEPS_PER_G = 4096


def vigil_command() -> list[str]:
    """How to start the command line; VIGIL_COMMAND replaces it."""
    return shlex.split(os.environ.get("VIGIL_COMMAND", f"node {ROOT / 'scripts' / 'vigil.mjs'}"))


def write_recording(path: Path, recording: Recording) -> None:
    light = np.round(recording.light).astype("<i4")
    motion = np.round(recording.motion * STEPS_PER_G).astype("<i4")
    blocks = [
        _block("ppg", "counts", recording, 1.0, list(recording.wavelengths_nm), light),
        _block("accelerometer", "g", recording, 1.0 / STEPS_PER_G, ["x", "y", "z"], motion),
    ]
    header = json.dumps(
        {"format": "vigil-recording", "version": 1, "name": recording.name, "blocks": blocks}
    ).encode()
    with open(path, "wb") as file:
        file.write(len(header).to_bytes(4, "little"))
        file.write(header)
        file.write(light.tobytes())
        file.write(motion.tobytes())


def read_arrays(path: Path) -> dict[str, np.ndarray]:
    data = path.read_bytes()
    start = 4 + int.from_bytes(data[:4], "little")
    arrays = {}
    for entry in json.loads(data[4:start])["arrays"]:
        size = int(np.prod(entry["shape"]))
        arrays[entry["name"]] = np.frombuffer(data, "<f4", size, start).reshape(entry["shape"])
        start += 4 * size
    return arrays


def features_of(
    recordings: list[Recording], answers: str | None = None, models: Path | None = None
) -> list[dict[str, np.ndarray]]:
    """Windows of each recording: `window` (see COLUMNS) and `heartRate` (7 x 96); with `answers`, a model, also `answer`."""
    options = [] if answers is None else ["--answers", answers, "--models", str(models)]
    with tempfile.TemporaryDirectory(prefix="vigil-features-") as folder:
        source, target = Path(folder, "in"), Path(folder, "out")
        source.mkdir()
        for number, recording in enumerate(recordings):
            write_recording(source / f"{number:05d}.recording", recording)
        subprocess.run([*vigil_command(), "features", str(source), str(target), *options], check=True)
        return [
            read_arrays(target / f"{number:05d}.features") for number in range(len(recordings))
        ]


def _block(kind, unit, recording, scale, channels, samples) -> dict:
    return {
        "kind": kind,
        "unit": unit,
        "sampleRateHz": recording.sample_rate_hz,
        "scale": scale,
        "offset": 0,
        "channels": channels,
        "length": samples.shape[1],
    }
