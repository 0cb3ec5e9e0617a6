"""Recordings with their impacts, and one table of all impacts."""
from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Iterable, Sequence

import numpy as np

from .datasets import FALL_SETS, LOADERS
from .exchange import RATE, Candidates, candidates_of
from .invariants import check_against
from .recording import Recording

# An impact this long before or after the marked time of a fall still belongs to it, s: marks were set by hand.
MARK_S = 0.5


@dataclass(frozen=True)
class Item:
    recording: Recording
    candidates: Candidates

    @property
    def fall_rows(self) -> np.ndarray:
        """Which impacts are the fall: those in the marked time, or the largest one where no time is marked."""
        at, peak = self.candidates.at, self.candidates.peak
        if not self.recording.fall or len(at) == 0:
            return np.zeros(len(at), bool)
        if self.recording.fall_at is None:
            return np.arange(len(at)) == peak.argmax()
        start, end = self.recording.fall_at
        return (at / RATE >= start - MARK_S) & (at / RATE <= end + MARK_S)


def load_material(datasets: Path, work: Path, people_per_set: int | None = None) -> list[Item]:
    """All data sets with their impacts; `people_per_set` takes only the first few people (a smoke run)."""
    recordings: list[Recording] = []
    for load in LOADERS.values():
        recordings += _first_people(load(datasets), people_per_set)
    candidates = candidates_of(recordings, work)
    items = [Item(recording, candidates[recording.name]) for recording in recordings]
    for item in items[:: max(1, len(items) // 200)]:
        check_against(item.candidates)
    return items


def _first_people(recordings: Iterable[Recording], count: int | None) -> list[Recording]:
    if count is None:
        return list(recordings)
    own = list(recordings)
    old = [r.person for r in own if r.old][:1]  # so that every figure has somebody
    fallen = [r.person for r in own if r.fall]
    people = list(dict.fromkeys([*old, *fallen, *(r.person for r in own)]))[:count]
    return [r for r in own if r.person in people]


@dataclass(frozen=True)
class Impacts:
    """All impacts of some recordings, with the acceleration that they were cut from."""

    x: np.ndarray  # n x 5 x 150, as served
    fall: np.ndarray  # n: bool
    usable: np.ndarray  # n: bool; an impact of a fall's trial that is not the fall teaches nothing
    recording: np.ndarray  # n: index in `items`
    items: tuple[Item, ...]
    grid: np.ndarray  # samples x 3, all recordings one after the other
    at: np.ndarray  # n: sample of the impact in `grid`
    first: np.ndarray  # n: first and last sample of its recording in `grid`
    last: np.ndarray
    complete: np.ndarray  # n: bool; nothing in the input is held


def impacts_of(items: Sequence[Item]) -> Impacts:
    rows = [len(item.candidates.at) for item in items]
    lengths = np.array([len(item.candidates.grid) for item in items])
    starts = np.concatenate([[0], lengths.cumsum()[:-1]])
    recording = np.repeat(np.arange(len(items)), rows)
    fall = np.concatenate([item.fall_rows for item in items])
    is_fall_trial = np.array([item.recording.fall for item in items])
    return Impacts(
        np.concatenate([item.candidates.x for item in items]),
        fall,
        fall | ~is_fall_trial[recording],
        recording,
        tuple(items),
        np.concatenate([item.candidates.grid for item in items]),
        np.concatenate([item.candidates.at for item in items]) + starts[recording],
        starts[recording],
        (starts + lengths - 1)[recording],
        np.concatenate([item.candidates.held.sum(axis=1) == 0 for item in items]),
    )


def folds_of_people(items: Iterable[Item], count: int, seed: int) -> dict[str, int]:
    """Fold of every person, even within each data set, and apart among those who fell and those who did not."""
    generator = np.random.default_rng(seed)
    fell = {item.recording.person for item in items if item.recording.fall}
    strata: dict[tuple[str, bool], set[str]] = {}
    for item in items:
        person = item.recording.person
        strata.setdefault((item.recording.dataset, person in fell), set()).add(person)
    fold: dict[str, int] = {}
    offset = 0
    for key in sorted(strata):
        for index, person in enumerate(generator.permutation(sorted(strata[key]))):
            fold[str(person)] = (index + offset) % count
        offset += len(strata[key])
    return fold


def is_fall_set(item: Item) -> bool:
    return item.recording.dataset in FALL_SETS
