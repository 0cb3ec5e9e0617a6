"""Figures of the waist: of windows inside bouts, and of the program's own answers along whole recordings."""

from dataclasses import dataclass

import numpy as np
import torch

from .exchange import GRID_HZ, HOP_S, SAMPLES, WINDOW_S, Served
from .hapt import CLASSES, TEST_PEOPLE, TRANSITION, Recording
from .material import Windows

#: What the program says of each class: index in its `ACTIVITY_CLASSES` (rest, walking, stairs, running, other, unknown).
SAID = {"walking": 1, "upstairs": 2, "downstairs": 2, "sitting": 0, "standing": 0, "lying": 0, "transition": 4}
UNKNOWN = 5
STEADY_S = 6.0
FIRST_LOGIT = 4
TOLERANCE = 1e-3


@dataclass
class Figures:
    """Of the official test people, as the program serves them."""

    #: Six classes, network alone, every window that lies wholly inside a bout.
    accuracy: float
    recalls: dict[str, float]
    windows: int
    #: Class and posture after the filter, from 6 s after a change on, "unknown" counted as wrong.
    filtered: float
    posture: float
    unknown: float
    #: Largest difference between the program's log-odds and training's.
    difference: float


def temperature_of(windows: Windows, seed: int) -> float:
    """At which the log-odds of people left out are calibrated: three folds of the training people."""
    from .__main__ import fit

    people = np.unique(windows.people)
    logits, labels = [], []
    for fold in range(3):
        held_out = np.isin(windows.people, people[fold::3])
        if not held_out.any() or held_out.all():
            continue
        model = fit(windows.where(~held_out), seed)
        with torch.no_grad():
            logits.append(model(torch.from_numpy(windows.inputs[held_out])))
        labels.append(torch.from_numpy(windows.labels[held_out]))
    told, true = torch.cat(logits), torch.cat(labels)
    tried = np.geomspace(0.5, 8, 40)
    losses = [torch.nn.functional.cross_entropy(told / t, true).item() for t in tried]
    return float(tried[int(np.argmin(losses))])


def figures_of(model: torch.nn.Module, recordings: list[Recording], answers: list[Served]) -> Figures:
    said, true, steady, posture_right, unknown = [], [], [], [], []
    difference = 0.0
    for recording, part in zip(recordings, answers):
        usable = ~np.isnan(part.inputs).any((1, 2))
        with torch.no_grad():
            own = model(torch.from_numpy(part.inputs[usable])).numpy()
        difference = max(difference, float(np.abs(own - part.answers[usable, FIRST_LOGIT:]).max(initial=0)))
        if recording.person not in TEST_PEOPLE:
            continue
        for row in np.flatnonzero(usable):
            end = (HOP_S * part.numbers[row] + WINDOW_S) * GRID_HZ
            bout = _bout_of(recording, end)
            if bout is None or bout[2] == TRANSITION:
                continue
            logits = part.answers[row, FIRST_LOGIT:]
            said.append(int(logits.argmax()))
            true.append(bout[2])
            if end - bout[0] / 2 < STEADY_S * GRID_HZ:
                continue
            name = CLASSES[bout[2]]
            steady.append(part.answers[row, 0] == SAID[name])
            unknown.append(part.answers[row, 0] == UNKNOWN)
            if SAID[name] == 0:
                posture_right.append(part.answers[row, 3] == bout[2])
    if difference > TOLERANCE:
        raise AssertionError(f"served log-odds differ by {difference}")
    said, true = np.array(said), np.array(true)
    return Figures(
        accuracy=float((said == true).mean()),
        recalls={CLASSES[c]: float((said == true)[true == c].mean()) for c in np.unique(true)},
        windows=len(true),
        filtered=float(np.mean(steady)),
        posture=float(np.mean(posture_right)),
        unknown=float(np.mean(unknown)),
        difference=difference,
    )


def _bout_of(recording: Recording, end: float) -> tuple[int, int, int] | None:
    """The bout that holds the 2.56 s up to this grid sample."""
    for first, last, label in recording.bouts:
        if first / 2 <= end - SAMPLES and end <= last / 2:
            return first, last, label
    return None
