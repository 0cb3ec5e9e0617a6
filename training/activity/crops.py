"""Random training windows: any offset inside a bout, slightly changed in tempo, gain and noise."""
from __future__ import annotations

from typing import Sequence

import numpy as np

from .invariants import prepare
from .material import WEDA_REST_G, Item
from .recording import CLASSES, SAID
from .exchange import RATE, SAMPLES

# The network has two outputs for rest (sitting, standing); their sum is "rest".
OUTPUTS = ("sitting", "standing", *SAID[1:])
SITTING, STANDING, UNKNOWN = 0, 1, len(OUTPUTS) - 1
TEMPO, GAIN, NOISE_G = 0.10, 0.05, 0.03
# Share of walking and running crops that are damped to what a hand on a bar leaves of them, the gain, and what remains:
# the standard deviation of |a|, g. Below, it is rest to the gate before the network; above, it could be slow walking.
DAMPED_SHARE = 0.25
DAMPED_GAIN = (0.05, 0.35)
DAMPED_G = {"walking": (0.02, 0.065), "running": (0.02, 0.22)}


class CropSampler:
    """Batches balanced over data sets, then over classes, then over people."""

    def __init__(self, items: Sequence[Item], weights: dict[str, float], seed: int):
        self.generator = np.random.default_rng(seed)
        self.grid = np.concatenate([item.features.grid for item in items]).astype(np.float32)
        first = 0
        strata: dict[tuple[str, str], dict[str, list[tuple[int, int, str]]]] = {}
        for item in items:
            length = len(item.features.grid)
            for bout in item.recording.bouts:
                start, end = int(np.ceil(bout.start * RATE)), min(int(bout.end * RATE), length)
                # room for the slowest tempo
                if bout.label in CLASSES and end - start > SAMPLES * (1 + TEMPO) + 2:
                    key = (item.recording.dataset, bout.label)
                    people = strata.setdefault(key, {})
                    code = item.recording.tags.get("code", "")
                    people.setdefault(item.recording.person, []).append((first + start, first + end, code))
            first += length
        self.strata = {key: list(people.values()) for key, people in strata.items()}
        self.keys = list(self.strata)
        classes = {dataset: len({label for own, label in self.keys if own == dataset}) for dataset, _ in self.keys}
        chance = np.array([weights[dataset] / classes[dataset] for dataset, _ in self.keys])
        self.chance = chance / chance.sum()

    def batch(self, size: int) -> tuple[np.ndarray, np.ndarray]:
        """Inputs size x 3 x 125 and allowed-output weights size x 7 (rows sum to one)."""
        random = self.generator
        target = np.zeros((size, len(OUTPUTS)), np.float32)
        positions = np.empty((size, SAMPLES))
        weda = np.zeros(size, bool)
        still_means_rest = np.zeros(size, bool)
        damp = np.ones(size)
        least, most = np.zeros(size), np.zeros(size)
        tempo = 1 + random.uniform(-TEMPO, TEMPO, size)
        for i, choice in enumerate(random.choice(len(self.keys), size, p=self.chance)):
            dataset, label = self.keys[choice]
            people = self.strata[self.keys[choice]]
            bouts = people[random.integers(len(people))]
            start, end, code = bouts[random.integers(len(bouts))]
            offset = random.uniform(start, end - SAMPLES * tempo[i] - 1)
            positions[i] = offset + np.arange(SAMPLES) * tempo[i]
            target[i] = _target(label, code)
            weda[i] = dataset == "weda"
            still_means_rest[i] = weda[i] and label == "other"
            if label in DAMPED_G and random.random() < DAMPED_SHARE:
                damp[i] = random.uniform(*DAMPED_GAIN)
                least[i], most[i] = DAMPED_G[label]
        low = positions.astype(np.int64)
        share = (positions - low)[..., None].astype(np.float32)
        a = self.grid[low] * (1 - share) + self.grid[low + 1] * share
        still = np.linalg.norm(a, axis=2).std(axis=1) < WEDA_REST_G
        target[still_means_rest & still] = _target("rest", "")
        self._damp(a, target, damp, least, most)
        a *= (1 + random.uniform(-GAIN, GAIN, size))[:, None, None]
        noise = NOISE_G * random.uniform(0, 1, size) ** 2
        a += random.standard_normal(a.shape) * noise[:, None, None]
        return prepare(a), target

    def _damp(
        self, a: np.ndarray, target: np.ndarray, gain: np.ndarray, least: np.ndarray, most: np.ndarray
    ) -> None:
        """Shrinks the movement of the chosen crops in place; what then is a weak rhythm gets the label "unknown"."""
        mean = a.mean(axis=1, keepdims=True)
        smaller = mean + (a - mean) * gain[:, None, None]
        left = np.linalg.norm(smaller, axis=2).std(axis=1)
        chosen = (gain < 1) & (left >= least) & (left <= most)
        a[chosen] = smaller[chosen]
        target[chosen] = 0
        target[chosen, UNKNOWN] = 1




def _target(label: str, code: str) -> np.ndarray:
    target = np.zeros(len(OUTPUTS), np.float32)
    if label == "rest":
        if code == "D":
            target[SITTING] = 1
        elif code == "E":
            target[STANDING] = 1
        else:
            target[[SITTING, STANDING]] = 0.5
    else:
        target[OUTPUTS.index(label)] = 1
    return target
