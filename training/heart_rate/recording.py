"""A recording with its reference heart rate, as every loader returns it."""

from dataclasses import dataclass, field

import numpy as np


@dataclass
class Recording:
    name: str
    #: Recordings of one person or session that must stay on one side of a split.
    group: str
    #: Device that recorded it: the cross-device selection trains on one and tests on the other.
    device: str
    sample_rate_hz: float
    #: Light, channels x samples, counts.
    light: np.ndarray
    #: Acceleration with gravity, 3 x samples, g.
    motion: np.ndarray
    #: Wavelength of each light channel, nm.
    wavelengths_nm: tuple
    #: Reference heart rate as a curve: times (s since the first sample, on the reference's clock) and BPM there.
    reference_times: np.ndarray = field(default_factory=lambda: np.zeros(0))
    reference_bpm: np.ndarray = field(default_factory=lambda: np.zeros(0))
    #: Length of the mean that each point of the curve already is, s: 0 for beats.
    reference_span: float = 0.0

    @property
    def seconds(self) -> float:
        return self.light.shape[1] / self.sample_rate_hz

    def part(self, seconds: float) -> "Recording":
        """The first seconds of it."""
        end = int(seconds * self.sample_rate_hz)
        return Recording(
            **{**self.__dict__, "light": self.light[:, :end], "motion": self.motion[:, :end]}
        )
