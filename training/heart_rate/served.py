"""Answers of the served chain (TypeScript features, ONNX Runtime, belief) to whole recordings."""

from pathlib import Path

import numpy as np

from .exchange import features_of
from .labels import labels_of
from .recording import Recording
from .scores import Track

#: Columns of the array `answer`.
ESTIMATE, LOW, HIGH, SHOWN, SECOND, QUALITY, BY_NETWORK, DEVIATION, LAGGED = range(9)
#: Windows by which the lagged answer comes late.
LAG = 4


def served_tracks(recordings: list[Recording], model: str, models: Path, lags: dict | None = None) -> list[Track]:
    """`model`: `<name>/<version>` in the folder `models`, or `spectral`. `lags`: of the reference, per recording."""
    answers = features_of(recordings, answers=model, models=models)
    return [
        _track(recording, arrays, (lags or {}).get(recording.name, 0.0))
        for recording, arrays in zip(recordings, answers)
    ]


def _track(recording: Recording, arrays: dict, lag: float) -> Track:
    windows, answer = arrays["window"][:, 0], arrays["answer"]
    published = recording.reference_span > 0
    count = len(recording.reference_bpm) if published else len(windows)
    return Track(
        name=recording.name,
        reference=labels_of(recording, windows, lag)[:count],
        estimate=answer[:count, ESTIMATE],
        low=answer[:count, LOW],
        high=answer[:count, HIGH],
        deviation=answer[:count, DEVIATION],
        answered=~np.isnan(answer[:count, SHOWN]),
        by_network=answer[:count, BY_NETWORK] > 0,
        motion=arrays["window"][:count, 2],
        quality=answer[:count, QUALITY],
        lagged=_lagged(windows, answer)[:count],
    )


def _lagged(windows: np.ndarray, answer: np.ndarray) -> np.ndarray:
    """The answer that came four windows later; the live one where none did: the last windows, and before a gap."""
    lagged = answer[:, ESTIMATE].copy()
    place = {int(window): row for row, window in enumerate(windows)}
    for window, value in zip(windows, answer[:, LAGGED]):
        row = place.get(int(window) - LAG)
        if row is not None and not np.isnan(value):
            lagged[row] = value
    return lagged
