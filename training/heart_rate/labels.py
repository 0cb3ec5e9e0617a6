"""Reference heart rate of each window: the mean over its 8 s, with the reference's clock brought to the device's.

ECG and PPG of BAMI were recorded by two clocks. Per recording one lag is found with which the reference agrees best with the
confident peaks of the motion-reduced spectrum; it is used for labels only, never at run time.
"""

import numpy as np

from .bins import BPM, HOP_S, RESIDUAL, WINDOW_S
from .recording import Recording

LAGS_S = np.arange(-6.0, 14.1, 0.5)


def window_means(recording: Recording, starts: np.ndarray, span: float = WINDOW_S) -> np.ndarray:
    """Mean reference over [start, start + span], constant beyond its ends."""
    times, bpm = recording.reference_times, recording.reference_bpm
    if recording.reference_span > 0:
        inner = max(span - recording.reference_span, 0.0)
        offsets = np.linspace(-inner / 2, inner / 2, 9)
    else:
        offsets = np.linspace(-span / 2, span / 2, 33)
    centres = starts[:, None] + span / 2 + offsets[None, :]
    return np.interp(centres, times, bpm).mean(1)


def lag_of(recording: Recording, planes: np.ndarray, purity: np.ndarray) -> float:
    """How far the reference runs behind the device's samples, s: window [s, s + 8] matches the reference at s - lag."""
    starts = HOP_S * np.arange(len(planes))
    errors = []
    for lag in LAGS_S:
        labels = window_means(recording, starts - lag)
        peaks, near = _peaks_near(planes[:, RESIDUAL], labels)
        chosen = near & (purity > np.quantile(purity, 0.5))
        errors.append(np.mean(np.minimum(np.abs(peaks - labels)[chosen], 10)) if chosen.sum() > 20 else 10.0)
    return float(LAGS_S[int(np.argmin(errors))])


def _peaks_near(spectra: np.ndarray, labels: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """Peak of each spectrum (parabola through its three highest points), and whether it lies within 15 BPM of the label."""
    k = np.clip(spectra.argmax(1), 1, len(BPM) - 2)
    rows = np.arange(len(spectra))
    left, top, right = spectra[rows, k - 1], spectra[rows, k], spectra[rows, k + 1]
    bend = np.maximum(2 * top - left - right, 1e-9)
    peaks = BPM[k] + 2.0 * np.clip((right - left) / (2 * bend), -1, 1)
    return peaks, np.abs(peaks - labels) < 15


def labels_of(
    recording: Recording, windows: np.ndarray, lag: float, stretch: float = 1.0
) -> np.ndarray:
    """Labels of these windows (by number) when the recording is played `stretch` times as fast; NaN outside the bins."""
    starts = HOP_S * windows * stretch - lag
    labels = stretch * window_means(recording, starts, WINDOW_S * stretch)
    return np.where((labels >= BPM[0]) & (labels <= BPM[-1]), labels, np.nan)
