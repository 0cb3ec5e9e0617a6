"""Made-up people at rest: slow and normal pulses of any shape on a nearly still wrist.

BAMI's people rest for one minute in twelve, at 60 to 105 BPM. Slow pulses with strong harmonics are not in it, and a network
that never saw them reports the second harmonic, and is sure of it. What can be said about such a pulse without data can be
computed: lines at the rate and its multiples, breathing, slow drift, noise.
"""

import numpy as np
from scipy.signal import lfilter

from .recording import Recording
from .synthetic_motion import MotionSettings, add_motion

RATE_HZ = 50.0
SECONDS = 200.0
DEVICE = "made up"
#: Turning over, scratching, typing: mostly nothing.
GESTURES = MotionSettings(
    episode_s=(4.0, 15.0), level_g=(0.03, 0.3), light_level=(0.3, 2.0), kinds=(0.1, 0.15, 0.05, 0.7)
)


def make_up(number: int, seed: int) -> Recording:
    rng = np.random.default_rng([seed, 4711, number])
    t = np.arange(int(SECONDS * RATE_HZ)) / RATE_HZ
    breath = 2 * np.pi * np.cumsum(rng.uniform(0.15, 0.35) * (1 + 0.1 * _wander(len(t), 0.05, rng))) / RATE_HZ
    rate = np.exp(_log_rate(t, breath, rng))
    phase = 2 * np.pi * np.cumsum(rate / 60) / RATE_HZ
    recording = Recording(
        name=f"made-up-{number}",
        group=f"made-up-{number}",
        device=DEVICE,
        sample_rate_hz=RATE_HZ,
        light=_light(phase, breath, rng),
        motion=_still_wrist(len(t), rng),
        wavelengths_nm=(525, 525, 525),
        reference_times=t[::10],
        reference_bpm=rate[::10],
    )
    return add_motion(recording, rng, GESTURES) if rng.random() < 0.4 else recording


def _log_rate(t: np.ndarray, breath: np.ndarray, rng: np.random.Generator) -> np.ndarray:
    """Around one rate, with respiratory and slower variability and a drift of a few per cent a minute."""
    respiratory = rng.uniform(0.005, 0.05) * np.sin(breath)
    slow = rng.uniform(0.005, 0.03) * _wander(len(t), 0.1, rng)
    drift = rng.normal(0, 0.03) * (t / 60) + 0.03 * _wander(len(t), 0.01, rng)
    return rng.uniform(np.log(33), np.log(115)) + respiratory + slow + drift


def _light(phase: np.ndarray, breath: np.ndarray, rng: np.random.Generator) -> np.ndarray:
    second, third = rng.uniform(0.05, 1.0), rng.uniform(0.0, 0.6)
    sizes = (1.0, second, third, third * rng.uniform(0, 0.7), third * rng.uniform(0, 0.4))
    offsets = rng.uniform(0, 2 * np.pi, len(sizes))
    pulse = sum(a * np.sin((h + 1) * phase + o) for h, (a, o) in enumerate(zip(sizes, offsets)))
    pulse *= 1 + rng.uniform(0, 0.25) * np.sin(breath + 1)
    base = rng.uniform(0, 1.0) * np.sin(breath) + 0.5 * _wander(len(phase), 0.05, rng)
    noise = rng.uniform(0.02, 0.35)
    return np.stack(
        [
            20_000 + rng.uniform(100, 500) * (pulse + base + noise * rng.normal(size=len(phase)))
            for _ in range(3)
        ]
    )


def _still_wrist(length: int, rng: np.random.Generator) -> np.ndarray:
    gravity = rng.normal(size=3)
    noise = rng.uniform(0.002, 0.01) * rng.normal(size=(3, length))
    return (gravity / np.linalg.norm(gravity))[:, None] + noise


def _wander(length: int, corner_hz: float, rng: np.random.Generator) -> np.ndarray:
    """Slow noise of unit deviation."""
    pole = np.exp(-2 * np.pi * corner_hz / RATE_HZ)
    noise = lfilter([1 - pole], [1, -pole], rng.normal(size=length + 2000))[2000:]
    return noise / max(noise.std(), 1e-9)
