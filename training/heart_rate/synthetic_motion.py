"""Synthetic arm motion, in the time domain: what the wrist's accelerometer would show, and what it would do to the light.

A treadmill moves arms in one way only, and a network that has seen nothing else fails on boxing. So episodes of invented
movement are added to real recordings: to the acceleration, and, through random filters, to the light.
"""

from dataclasses import dataclass

import numpy as np
from scipy.signal import butter, sosfilt, sosfiltfilt

from .recording import Recording

#: Three sources reach the accelerometer; a fourth disturbs the light only (pressure, skin, tendons).
SOURCES = 4


@dataclass(frozen=True)
class MotionSettings:
    #: Shortest and longest episode, s.
    episode_s: tuple = (4.0, 25.0)
    #: Level on the acceleration, g (log-uniform).
    level_g: tuple = (0.05, 1.5)
    #: Level on the light, in pulse levels (log-uniform).
    light_level: tuple = (0.7, 4.0)
    #: Share of the disturbance that is peculiar to one light channel.
    channel_share: tuple = (0.2, 0.6)
    #: Chances of periodic movement, noise, punches, rest.
    kinds: tuple = (0.45, 0.15, 0.2, 0.2)


def add_motion(
    recording: Recording, rng: np.random.Generator, settings: MotionSettings = MotionSettings()
) -> Recording:
    """A copy of the recording with episodes of synthetic movement from start to end."""
    rate = recording.sample_rate_hz
    light, motion = recording.light.copy(), recording.motion.copy()
    pulse = pulse_level(recording)
    total = light.shape[1]
    at = 0
    while at < total:
        length = min(int(rng.uniform(*settings.episode_s) * rate), total - at)
        kind = rng.choice(4, p=settings.kinds)
        if kind < 3 and length > rate:
            sources = _SOURCES_OF_KIND[kind](length, rate, rng) * _ramp(length, rate)
            motion[:, at : at + length] += _seen_by_accelerometer(sources, rng, settings)
            light[:, at : at + length] += pulse[:, None] * _seen_by_light(
                sources, len(light), rate, rng, settings
            )
        at += length
    return Recording(**{**recording.__dict__, "light": light, "motion": motion})


def pulse_level(recording: Recording) -> np.ndarray:
    """Median over 8 s windows of the band-passed light's deviation, per channel, counts."""
    rate = recording.sample_rate_hz
    band = sosfiltfilt(butter(2, [0.4, 4], "bandpass", fs=rate, output="sos"), recording.light)
    size = int(8 * rate)
    pieces = band[:, : band.shape[1] // size * size].reshape(len(band), -1, size)
    return np.median(pieces.std(2), axis=1)


def _periodic(length: int, rate: float, rng: np.random.Generator) -> np.ndarray:
    """Swinging with a drifting frequency (0.4 to 3.3 Hz) and five harmonics."""
    base = np.log(rng.uniform(0.4, 3.3))
    drift = np.cumsum(rng.normal(0, 0.03 / np.sqrt(rate), length))
    frequency = np.clip(np.exp(base + drift), 0.3, 4.0)
    phase = 2 * np.pi * np.cumsum(frequency) / rate
    strength = rng.rayleigh(1, (SOURCES, 5)) * rng.uniform(0.4, 1.0) ** np.arange(5)
    offset = rng.uniform(0, 2 * np.pi, (SOURCES, 5))
    waves = np.sin(phase * np.arange(1, 6)[:, None] + offset[..., None])
    swell = 1 + 0.4 * _slow_noise(length, rate, 0.3, rng)
    return (strength[..., None] * waves).sum(1) * swell


def _noise(length: int, rate: float, rng: np.random.Generator) -> np.ndarray:
    """Restless hands: noise in a random band."""
    low = rng.uniform(0.3, 2.0)
    sos = butter(2, [low, low + rng.uniform(0.5, 4.0)], "bandpass", fs=rate, output="sos")
    return sosfilt(sos, rng.normal(size=(SOURCES, length)))


def _punches(length: int, rate: float, rng: np.random.Generator) -> np.ndarray:
    """Jittered impulses of 0.15 to 0.4 s that ring."""
    interval = rng.uniform(0.35, 1.6)
    steps = interval * (1 + rng.normal(0, 0.15, int(length / rate / interval) + 4))
    times = np.cumsum(np.maximum(steps, 0.15)) - interval
    ring_s, ring_hz = rng.uniform(0.15, 0.4), rng.uniform(1.5, 6.0)
    t = np.arange(int(3 * ring_s * rate)) / rate
    out = np.zeros((SOURCES, length))
    shape = [np.exp(-t / ring_s) * np.sin(2 * np.pi * ring_hz * t + p) for p in rng.uniform(0, 6.3, SOURCES)]
    for time in times:
        first = int(time * rate)
        if not 0 <= first < length:
            continue
        end = min(length, first + len(t))
        strength = rng.lognormal(0, 0.3)
        for s in range(SOURCES):
            out[s, first:end] += strength * shape[s][: end - first]
    return out


_SOURCES_OF_KIND = (_periodic, _noise, _punches)


def _seen_by_accelerometer(sources, rng, settings) -> np.ndarray:
    mixing = np.linalg.qr(rng.normal(size=(3, 3)))[0] * rng.uniform(0.2, 1, 3)
    seen = mixing @ sources[:3]
    return _log_uniform(rng, settings.level_g) * seen / _rms(seen)


def _seen_by_light(sources, channels, rate, rng, settings) -> np.ndarray:
    """Every source through a filter of 0.5 s that the channels share in part; of unit level on average."""
    taps = int(0.5 * rate)
    share = rng.uniform(*settings.channel_share)
    weight = rng.rayleigh(1, SOURCES)
    weight[3] *= rng.uniform(0, 0.8)
    common = [_response(taps, rng) for _ in range(SOURCES)]
    seen = np.zeros((channels, sources.shape[1]))
    for c in range(channels):
        for s in range(SOURCES):
            response = np.sqrt(1 - share) * common[s] + np.sqrt(share) * _response(taps, rng)
            seen[c] += weight[s] * np.convolve(sources[s], response)[: sources.shape[1]]
    return _log_uniform(rng, settings.light_level) * seen / _rms(seen)


def _response(taps: int, rng: np.random.Generator) -> np.ndarray:
    fade = np.exp(-np.arange(taps) / (taps * rng.uniform(0.1, 0.4)))
    response = rng.normal(size=taps) * fade
    return response / np.linalg.norm(response)


def _slow_noise(length, rate, corner_hz, rng) -> np.ndarray:
    noise = sosfilt(butter(1, corner_hz, fs=rate, output="sos"), rng.normal(size=length))
    return noise / max(noise.std(), 1e-9)


def _ramp(length: int, rate: float) -> np.ndarray:
    edge = np.arange(length) / (0.3 * rate)
    return np.clip(np.minimum(edge, edge[::-1]), 0, 1)


def _log_uniform(rng, bounds) -> float:
    return float(np.exp(rng.uniform(*np.log(bounds))))


def _rms(values: np.ndarray) -> float:
    return float(np.sqrt(np.mean(values**2)) + 1e-9)
