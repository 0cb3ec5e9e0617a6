"""BAMI-1 and BAMI-2 (Chung et al. 2020, doi:10.1109/ACCESS.2020.2980132; Lee et al. 2019).

`hooseok_BAMI1/BAMI-1/Subject_k` is the full recording of `BAMI-1/BAMI1_k` (k <= 24): one recording, taken from there with
its beats. The detector missed many beats of 10, 11, 17 and 19 while they ran, and the published labels were mended there: where
the two are far apart, the published ones count. They are nearly instantaneous, 1 s after the window's start. `BAMI1_25` and all of BAMI-2 come from a second device and have only published 8 s means.
"""

from pathlib import Path

import numpy as np
from scipy.io import loadmat

from ..recording import Recording

RATE_HZ = 50.0
GREEN_NM = 525
#: The accelerometer's counts per g (median resting magnitude of both devices is 4100 to 4200).
COUNTS_PER_G = 4150.0
COUNTS_ZERO = 32768.0
#: Beats and published labels further apart than this in their means over 8 s contradict each other, BPM.
CONTRADICTION_BPM = 6.0
#: Where `BAMI1_k` with 312 labels begins in its full recording, s; with 417 it is whole.
LATE_START_S = 210.0


def load(folder: Path) -> list[Recording]:
    root = Path(folder) / "bami"
    first = [_full(root, k) for k in range(1, 25)]
    second = [_published(root / "BAMI-1" / "BAMI1_25.mat", "BAMI1_25")]
    second += [_published(root / "BAMI-2" / f"BAMI2_{k}.mat", f"BAMI2_{k}") for k in range(1, 24)]
    return first + second


def published_labels(folder: Path, name: str) -> tuple[np.ndarray, int]:
    """The labels as published, mistakes included, and the window of the loaded recording that the first one belongs to."""
    root = Path(folder) / "bami"
    bpm = loadmat(root / name.split("_")[0].replace("BAMI", "BAMI-") / f"{name}.mat")["bpm_ecg"].ravel().astype(float)
    is_cut = name.startswith("BAMI1_") and len(bpm) == 312
    return bpm, int(LATE_START_S / 2) if is_cut else 0


def _full(root: Path, number: int) -> Recording:
    data = loadmat(root / "hooseok_BAMI1" / "BAMI-1" / f"Subject_{number}.mat")
    published = loadmat(root / "BAMI-1" / f"BAMI1_{number}.mat")["bpm_ecg"].ravel().astype(float)
    light, motion = _signals(data["sigPPG"], data["sigAcc"])
    times, bpm = _rate_from_beats(data["timeECG"].ravel().astype(float))
    return Recording(
        name=f"BAMI1_{number}",
        group=f"BAMI1_{number}",
        device="first",
        sample_rate_hz=RATE_HZ,
        light=light,
        motion=motion,
        wavelengths_nm=(GREEN_NM,) * 3,
        reference_times=times,
        reference_bpm=_mended(times, bpm, published),
    )


def _mended(times: np.ndarray, bpm: np.ndarray, published: np.ndarray) -> np.ndarray:
    start = LATE_START_S if len(published) == 312 else 0.0
    known = start + 2.0 * np.arange(len(published)) + 1.0
    other = np.interp(times, known, published)
    inside = (times >= known[0]) & (times <= known[-1])
    apart = np.abs(_mean_around(times, bpm) - _mean_around(times, other)) > CONTRADICTION_BPM
    return np.where(inside & apart, other, bpm)


def _mean_around(times: np.ndarray, values: np.ndarray) -> np.ndarray:
    return np.array([values[np.abs(times - t) <= 4.0].mean() for t in times])


def _published(path: Path, name: str) -> Recording:
    data = loadmat(path)
    bpm = _repair_first(data["bpm_ecg"].ravel().astype(float))
    light, motion = _signals(data["rawPPG"], data["rawAcc"])
    return Recording(
        name=name,
        group=name,
        device="second",
        sample_rate_hz=RATE_HZ,
        light=light,
        motion=motion,
        wavelengths_nm=(GREEN_NM,) * 3,
        reference_times=2.0 * np.arange(len(bpm)) + 4.0,
        reference_bpm=bpm,
        reference_span=8.0,
    )


def _signals(light: np.ndarray, motion: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    if light.shape[0] != 3:
        light, motion = light.T, motion.T
    return light.astype(float), (motion.astype(float) - COUNTS_ZERO) / COUNTS_PER_G


def _repair_first(bpm: np.ndarray) -> np.ndarray:
    """The first label of BAMI-2 nos. 7 to 12 is half the rate: replace by the second what is far from the next five."""
    repaired = bpm.copy()
    if abs(bpm[0] / np.median(bpm[1:6]) - 1) > 0.3:
        repaired[0] = bpm[1]
    return repaired


def _rate_from_beats(beats: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """Instantaneous rate of each interval at its middle; intervals out of line with their neighbours become their median."""
    intervals = np.diff(beats)
    padded = np.pad(intervals, 4, mode="edge")
    local = np.array([np.median(padded[i : i + 9]) for i in range(len(intervals))])
    odd = np.abs(intervals / local - 1) > 0.25
    intervals = np.where(odd, local, intervals)
    return (beats[1:] + beats[:-1]) / 2, 60.0 / intervals
