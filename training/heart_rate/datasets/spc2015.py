"""IEEE Signal Processing Cup 2015 / TROIKA (Zhang et al. 2015, doi:10.1109/TBME.2014.2359372): a test set, never trained on."""

from pathlib import Path

import numpy as np
from scipy.io import loadmat

from ..recording import Recording

RATE_HZ = 125.0
WAVELENGTH_NM = 515
#: The light is stored in halves: twice its value is a whole count.
COUNTS_PER_UNIT = 2
TRAINING = [f"DATA_{k:02d}_TYPE{1 if k == 1 else 2:02d}" for k in range(1, 13)]
OTHER = [
    "DATA_S04_T01",
    "TEST_S01_T01",
    "TEST_S02_T01",
    "TEST_S02_T02",
    "TEST_S03_T02",
    "TEST_S04_T02",
    "TEST_S05_T02",
    "TEST_S06_T01",
    "TEST_S06_T02",
    "TEST_S07_T02",
    "TEST_S08_T01",
]


def load(folder: Path) -> list[Recording]:
    root = Path(folder) / "spcup2015"
    return [_load(root, name) for name in TRAINING + OTHER]


def _load(root: Path, name: str) -> Recording:
    signals = loadmat(root / f"{name}.mat")["sig"].astype(float)
    light, motion = COUNTS_PER_UNIT * signals[-5:-3], signals[-3:]
    bpm = loadmat(root / _labels_of(name))["BPM0"].ravel()
    return Recording(
        name=name,
        group=_person(name),
        device="spc",
        sample_rate_hz=RATE_HZ,
        light=light,
        motion=motion,
        wavelengths_nm=(WAVELENGTH_NM,) * 2,
        reference_times=2.0 * np.arange(len(bpm)) + 4.0,
        reference_bpm=bpm,
        reference_span=8.0,
    )


def _labels_of(name: str) -> str:
    if name in TRAINING:
        return f"{name}_BPMtrace.mat"
    return "BPM_S04_T01.mat" if name == "DATA_S04_T01" else f"True_{name[5:]}.mat"


def _person(name: str) -> str:
    return f"train-{name[5:7]}" if name in TRAINING else f"person-{name[5:8]}"
