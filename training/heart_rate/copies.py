"""Augmented copies of recordings, made before the features: speed, pulse shape, channel subsets, synthetic motion."""

import zlib
from dataclasses import dataclass

import numpy as np

from .exchange import features_of
from .labels import lag_of, labels_of
from .made_up_rest import make_up
from .pulse_shape import reshape_pulse
from .recording import Recording
from .synthetic_motion import add_motion, pulse_level

#: Played this many times as fast: pulse and movement together. 1 comes first.
STRETCHES = (1.0, 0.42, 0.5, 0.6, 0.7, 0.8, 0.9, 1.1, 1.22, 1.38)
#: Up to this speed the pulse gets another shape, for slow pulses are sharp.
SLOW = 0.6


@dataclass
class Copy:
    """Windows of one copy of one recording."""

    source: str
    device: str
    #: `clean`, `moved` (synthetic motion), `empty` (no pulse in the light) or `made up`.
    kind: str
    stretch: float
    #: Of the reference behind the recording, s.
    lag: float
    #: windows x 7 x 96
    planes: np.ndarray
    #: BPM; NaN where unknown or outside the bins.
    labels: np.ndarray
    #: windows x columns of the array `window`.
    table: np.ndarray


def copies_of(
    recording: Recording, stretches: tuple, moved: int, empty: int, seed: int
) -> list[Copy]:
    """One clean and `moved` moved copies at each stretch, and `empty` copies without a pulse; the first is the original."""
    rng = np.random.default_rng([seed, zlib.crc32(recording.name.encode())])
    plan = [("clean", 1.0, recording)]
    for stretch in stretches:
        if stretch != 1.0:
            plan.append(("clean", stretch, _some_channels(_shaped(recording, stretch, rng), rng)))
        for _ in range(moved):
            shaped = _shaped(recording, stretch, rng)
            plan.append(("moved", stretch, _some_channels(add_motion(shaped, rng), rng)))
    for _ in range(empty):
        stretch = float(rng.choice(stretches))
        plan.append(("empty", stretch, _some_channels(_without_pulse(recording, rng), rng)))
    windows = features_of([_played(copy, stretch) for _, stretch, copy in plan])
    lag = lag_of(recording, windows[0]["heartRate"], windows[0]["window"][:, 7])
    return [
        _copy(recording, kind, stretch, arrays, lag)
        for (kind, stretch, _), arrays in zip(plan, windows)
    ]


def made_up_copies(count: int, seed: int) -> list[Copy]:
    """One copy each of made-up people at rest, on some of their light channels; the first is number 0."""
    people = [make_up(number, seed) for number in range(count)]
    rng = np.random.default_rng([seed, 4712])
    windows = features_of([_some_channels(person, rng) for person in people])
    return [_copy(p, "made up", 1.0, arrays, 0.0) for p, arrays in zip(people, windows)]


def _copy(recording, kind, stretch, arrays, lag) -> Copy:
    table = arrays["window"]
    labels = labels_of(recording, table[:, 0], lag, stretch)
    if kind == "empty":
        labels = np.full(len(table), np.nan)
    return Copy(
        source=recording.name,
        device=recording.device,
        kind=kind,
        stretch=stretch,
        lag=lag,
        planes=arrays["heartRate"].astype(np.float16),
        labels=np.where(table[:, 1] > 0, labels, np.nan).astype(np.float32),
        table=table,
    )


def _played(recording: Recording, stretch: float) -> Recording:
    """Stretching is a matter of the stated sample rate; the program resamples."""
    return Recording(
        **{**recording.__dict__, "sample_rate_hz": recording.sample_rate_hz * stretch}
    )


def _shaped(recording: Recording, stretch: float, rng: np.random.Generator) -> Recording:
    return reshape_pulse(recording, rng) if stretch <= SLOW else recording


def _some_channels(recording: Recording, rng: np.random.Generator) -> Recording:
    count = int(rng.integers(1, len(recording.light) + 1))
    chosen = np.sort(rng.choice(len(recording.light), count, replace=False))
    return Recording(
        **{
            **recording.__dict__,
            "light": recording.light[chosen],
            "wavelengths_nm": tuple(recording.wavelengths_nm[c] for c in chosen),
        }
    )


def _without_pulse(recording: Recording, rng: np.random.Generator) -> Recording:
    """The movement of a recording with light that holds none of its pulse: noise, and in most the movement's trace."""
    level = pulse_level(recording)
    shape = recording.light.shape
    white = rng.normal(size=shape)
    wander = np.cumsum(rng.normal(size=shape), axis=1) * rng.uniform(0.0, 0.2)
    noise = white * rng.uniform(0.2, 1.0) + wander
    quiet = Recording(**{**recording.__dict__, "light": level[:, None] * noise})
    return add_motion(quiet, rng) if rng.random() < 0.6 else quiet
