"""Sharper and blunter pulses. People on a treadmill have fast, nearly sinusoidal pulses; a slow pulse at rest has strong harmonics,
and a network that never saw them takes the second one for the pulse."""

import numpy as np
from scipy.signal import butter, sosfiltfilt

from .recording import Recording


def reshape_pulse(recording: Recording, rng: np.random.Generator) -> Recording:
    """A copy whose pulse has other second and third harmonics, the same ones in all light channels."""
    rate = recording.sample_rate_hz
    band = sosfiltfilt(butter(2, [0.5, 4.0], "bandpass", fs=rate, output="sos"), recording.light)
    level = np.sqrt(np.maximum(_smooth(band**2, rate), 1e-9))
    unit = band / level
    second, third = rng.uniform(-0.6, 1.2), rng.uniform(-0.5, 0.5)
    added = second * (unit**2 - 1) + third * (unit**3 - 1.5 * unit)
    light = recording.light + level * np.clip(added, -4, 4)
    return Recording(**{**recording.__dict__, "light": light})


def _smooth(values: np.ndarray, rate: float) -> np.ndarray:
    """Running mean over about 4 s."""
    sos = butter(1, 0.08, fs=rate, output="sos")
    return np.maximum(sosfiltfilt(sos, values), 0)
