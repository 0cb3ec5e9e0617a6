"""Labelled windows of 2.56 s, cut from the grid that the program made; changed copies of them for training."""

from dataclasses import dataclass

import numpy as np

from .exchange import SAMPLES, Served
from .hapt import CLASSES, TRANSITION, Recording

#: Samples from one window to the next inside a bout: half a window, as published; transitions are rare and short.
HOP, TRANSITION_HOP = SAMPLES // 2, SAMPLES // 8
#: A phone sits a little askew each time: turned by this much, standard deviation; gain of its sensors.
ASKEW_DEGREES, GAIN = 6.0, 0.03
COPIES = 4


@dataclass
class Windows:
    #: windows x 6 x 64
    inputs: np.ndarray
    labels: np.ndarray
    people: np.ndarray

    def where(self, chosen: np.ndarray) -> "Windows":
        return Windows(self.inputs[chosen], self.labels[chosen], self.people[chosen])


def windows_of(recordings: list[Recording], parts: list[Served]) -> Windows:
    inputs, labels, people = [], [], []
    for recording, part in zip(recordings, parts):
        for first, end, label in recording.bouts:
            for start in _starts(-(-first // 2), min(end // 2, len(part.grid)), label):
                if 0 <= start and start + SAMPLES <= len(part.grid):
                    inputs.append(part.grid[start : start + SAMPLES].T)
                    labels.append(label)
                    people.append(recording.person)
    return Windows(np.stack(inputs).astype(np.float32), np.array(labels), np.array(people))


def _starts(first: int, end: int, label: int) -> range:
    """Windows inside the bout; around the middle of a transition that is shorter than one."""
    if label == TRANSITION and end - first < SAMPLES:
        middle = (first + end) // 2 - SAMPLES // 2
        return range(middle - TRANSITION_HOP, middle + TRANSITION_HOP + 1, TRANSITION_HOP)
    return range(first, end - SAMPLES + 1, TRANSITION_HOP if label == TRANSITION else HOP)


def augmented(windows: Windows, seed: int) -> tuple[np.ndarray, np.ndarray]:
    """The windows and some copies of them, turned and scaled a little; every class equally often."""
    random = np.random.default_rng(seed)
    each = max(np.bincount(windows.labels, minlength=len(CLASSES)))
    chosen = np.concatenate(
        [random.choice(np.flatnonzero(windows.labels == c), each, replace=True) for c in np.unique(windows.labels)]
    )
    inputs = np.concatenate(
        [windows.inputs, *(_askew(windows.inputs[chosen], random) for _ in range(COPIES))]
    )
    return inputs.astype(np.float32), np.concatenate([windows.labels, *[windows.labels[chosen]] * COPIES])


def _askew(inputs: np.ndarray, random: np.random.Generator) -> np.ndarray:
    axis = random.normal(size=(len(inputs), 3))
    axis /= np.linalg.norm(axis, axis=1, keepdims=True)
    angle = np.radians(random.normal(0, ASKEW_DEGREES, len(inputs)))[:, None, None]
    cross = np.zeros((len(inputs), 3, 3))
    cross[:, 0, 1], cross[:, 0, 2], cross[:, 1, 2] = -axis[:, 2], axis[:, 1], -axis[:, 0]
    cross[:, 1, 0], cross[:, 2, 0], cross[:, 2, 1] = axis[:, 2], -axis[:, 1], axis[:, 0]
    turn = np.eye(3) + np.sin(angle) * cross + (1 - np.cos(angle)) * (cross @ cross)
    gain = random.normal(1, GAIN, (len(inputs), 2, 1, 1))
    return np.concatenate([gain[:, 0] * (turn @ inputs[:, :3]), gain[:, 1] * (turn @ inputs[:, 3:])], 1)
