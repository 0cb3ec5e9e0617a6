"""Hand-drawn artefact labels of TROIKA (Segade, Guo et al. 2021): 30 s pieces of its first light channel at 64 Hz.

The pieces carry no names, so each is found again in the recordings by its shape; the served quality of the recording's own
windows, with both channels and acceleration, is then held against the labels.
"""

from pathlib import Path

import numpy as np
from scipy.signal import resample_poly

from .figures import auroc
from .recording import Recording
from .scores import Track

RATE_HZ = 64
FOLDER = Path("troika_artifact_labels/data/TROIKA_channel_1/processed_dataset")
#: A piece counts as found from this correlation on.
LEAST_CORRELATION = 0.95
WINDOW, HOP = 8 * RATE_HZ, 2 * RATE_HZ


def artefact_report(datasets: Path, recordings: list[Recording], tracks: list[Track]) -> dict[str, float]:
    """How well quality tells windows that are mostly artefact from those that are mostly clean."""
    folder = Path(datasets) / FOLDER
    pieces, labels = np.load(folder / "scaled_ppgs.npy"), np.load(folder / "seg_labels.npy")
    lights = [resample_poly(r.light[0], RATE_HZ, int(r.sample_rate_hz)) for r in recordings]
    quality, shares, right, found = [], [], [], 0
    for piece, label in zip(pieces, labels):
        recording, start, correlation = _found(piece, lights)
        if correlation < LEAST_CORRELATION:
            continue
        found += 1
        track = tracks[recording]
        first, last = -(-start // HOP), (start + len(piece) - WINDOW) // HOP
        for window in range(first, min(last + 1, len(track.reference))):
            at = window * HOP - start
            shares.append(label[at : at + WINDOW].mean())
            quality.append(track.quality[window])
            error = abs(track.estimate[window] - track.reference[window])
            right.append(error <= max(5, 0.1 * track.reference[window]))
    quality, shares = np.array(quality), np.array(shares)
    right = np.array(right, bool)
    return {
        "pieces": len(pieces),
        "found": found,
        "windows": len(shares),
        "artefact": float((shares > 0.5).mean()),
        "auroc": auroc(quality, shares <= 0.5),
        "rightInArtefact": float(right[shares > 0.5].mean()),
        "rightInClean": float(right[shares <= 0.5].mean()),
    }


def _found(piece: np.ndarray, lights: list[np.ndarray]) -> tuple[int, int, float]:
    """The recording, the sample and the correlation at which a piece fits best."""
    size = len(piece)
    unit = (piece - piece.mean()) / (piece.std() + 1e-12)
    best = (0, 0, -1.0)
    for number, light in enumerate(lights):
        if len(light) < size:
            continue
        length = 1 << int(np.ceil(np.log2(len(light) + size)))
        spectrum = np.fft.rfft(light - light.mean(), length)
        products = np.fft.irfft(spectrum * np.conj(np.fft.rfft(unit, length)), length)[: len(light) - size + 1]
        sums = np.cumsum(np.concatenate([[0.0], light - light.mean()]))
        squares = np.cumsum(np.concatenate([[0.0], (light - light.mean()) ** 2]))
        mean = (sums[size:] - sums[:-size]) / size
        deviation = np.sqrt(np.maximum((squares[size:] - squares[:-size]) / size - mean**2, 1e-9))
        correlation = products / (size * deviation)
        at = int(correlation.argmax())
        if correlation[at] > best[2]:
            best = (number, at, float(correlation[at]))
    return best
