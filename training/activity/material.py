"""Recordings with their features, labelled windows for testing, and the division of people into folds."""
from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Iterable

import numpy as np

from .datasets import LOADERS
from .exchange import SAMPLES, Features, export_features
from .invariants import check_against
from .recording import CLASSES, Recording
from .streams import STREAMS, make_streams

INPUT_S = SAMPLES / 25
# A WEDA-FALL trial of "other" has moments in which nothing happens: below this the wrist rests.
WEDA_REST_G = 0.08


@dataclass(frozen=True)
class Item:
    recording: Recording
    features: Features


@dataclass(frozen=True)
class Windows:
    """Served windows whose input lies inside one bout."""

    x: np.ndarray  # n x 3 x 125
    y: np.ndarray  # n: index in CLASSES, or len(CLASSES) for "bar"
    person: np.ndarray  # n: str
    recording: np.ndarray  # n: str
    code: np.ndarray  # n: str, the data set's own code of the activity
    end: np.ndarray  # n: seconds from the recording's start


def load_material(datasets: Path, work: Path, people_per_set: int | None = None) -> list[Item]:
    """All data sets with their features; `people_per_set` takes only the first few people (a smoke run)."""
    recordings: list[Recording] = []
    for load in LOADERS.values():
        recordings += _first_people(load(datasets), people_per_set)
    recordings += make_streams([r for r in recordings if r.dataset == "wisdm"])
    features = export_features(recordings, work)
    for recording in recordings[:: max(1, len(recordings) // 50)]:
        own = features[recording.name]
        check_against(own.windows, own.grid, own.numbers)
    return [Item(recording, features[recording.name]) for recording in recordings]


def _first_people(recordings: Iterable[Recording], count: int | None) -> list[Recording]:
    people: dict[str, set[str]] = {}
    kept = []
    for recording in recordings:
        known = people.setdefault(recording.dataset, set())
        if count is not None and len(known) == count and recording.person not in known:
            continue
        known.add(recording.person)
        kept.append(recording)
    return kept


def windows_of(items: Iterable[Item]) -> Windows:
    x, y, person, name, code, end = [], [], [], [], [], []
    labels = {label: index for index, label in enumerate((*CLASSES, "bar"))}
    for item in items:
        ends = item.features.ends
        for bout in item.recording.bouts:
            inside = (ends - INPUT_S >= bout.start) & (ends <= bout.end)
            chosen = item.features.windows[inside]
            label = np.full(len(chosen), labels[bout.label])
            if item.recording.dataset == "weda" and bout.label == "other":
                label[chosen[:, 2].std(axis=1) < WEDA_REST_G] = labels["rest"]
            x.append(chosen)
            y.append(label)
            end.append(ends[inside])
            person += [item.recording.person] * len(chosen)
            name += [item.recording.name] * len(chosen)
            code += [item.recording.tags.get("code", bout.label)] * len(chosen)
    return Windows(
        np.concatenate(x) if x else np.zeros((0, 3, SAMPLES), np.float32),
        np.concatenate(y) if y else np.zeros(0, np.int64),
        np.array(person),
        np.array(name),
        np.array(code),
        np.concatenate(end) if end else np.zeros(0),
    )


def of_dataset(items: Iterable[Item], *names: str) -> list[Item]:
    return [item for item in items if item.recording.dataset in names]


def streams_of(items: Iterable[Item]) -> list[Item]:
    return of_dataset(items, STREAMS)


def folds_of_people(items: Iterable[Item], count: int, seed: int) -> dict[str, int]:
    """Fold of every person, even within each data set."""
    generator = np.random.default_rng(seed)
    fold: dict[str, int] = {}
    people = sorted({(item.recording.dataset, item.recording.person) for item in items})
    for dataset in sorted({dataset for dataset, _ in people}):
        if dataset == STREAMS:
            continue  # the people of WISDM
        names = [person for own, person in people if own == dataset]
        for index, person in enumerate(generator.permutation(names)):
            fold[str(person)] = index % count
    return fold
