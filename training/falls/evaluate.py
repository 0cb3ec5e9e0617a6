"""Figures of people, and of data sets, that were left out of training."""
from __future__ import annotations

from dataclasses import dataclass
from typing import Callable, Mapping, Sequence

import numpy as np

from .crops import CropSampler
from .datasets import FALL_SETS
from .fit import fit
from .material import Impacts, Item, folds_of_people, is_fall_set
from .network import FallNetwork, logits_of, mean_logits
from .scores import (
    Trials, alarms_per_hour, area_under_curve, sensitivity, specificity, subset, threshold_at, threshold_for, trials_of,
)  # fmt: skip

SPECIFICITIES = (0.97, 0.99)
SENSITIVITY = 0.90
# Divisions of the people when a data set is left out: each costs a network per set.
SET_FOLDS = 3
GROUPS: Mapping[str, Callable[[Item], bool]] = {
    "exercise (BAMI)": lambda item: item.recording.dataset == "bami",
    "daily activities (WISDM)": lambda item: item.recording.dataset == "wisdm",
    "elderly": lambda item: item.recording.old,
    "young, provoking trials": lambda item: is_fall_set(item) and not item.recording.old,
}


@dataclass(frozen=True)
class Run:
    folds: int
    seeds: int
    steps: int
    seed: int


def networks_of(impacts: Impacts, rows: np.ndarray, run: Run, seed: int) -> list[FallNetwork]:
    """The form that is shipped: several networks of different seeds, whose mean counts."""
    return [fit(CropSampler(impacts, rows, seed + k), run.steps, seed + k) for k in range(run.seeds)]


def pupil_of(networks: Sequence[FallNetwork], impacts: Impacts, rows: np.ndarray, run: Run, seed: int) -> FallNetwork:
    """For comparison: one network that learns what several say, on the same people."""
    return fit(CropSampler(impacts, rows, seed + 50), run.steps, seed + 50, networks)


def forms_of(run: Run) -> list[str]:
    """What is compared, beside the bare impact."""
    return [*(f"one network, seed {k}" for k in range(run.seeds)), "mean of the seeds", "taught by the seeds"]


def fold_left_out(impacts: Impacts, run: Run, number: int) -> dict[str, np.ndarray]:
    """Log-odds of the impacts of one fold's people, by networks that never saw these people, for each form."""
    fold = fold_of_impacts(impacts, run.folds)
    rows, seed = np.flatnonzero(fold != number), 1000 * run.seed + 100 * number
    networks = networks_of(impacts, rows, run, seed)
    pupil = pupil_of(networks, impacts, rows, run, seed)
    x = impacts.x[fold == number]
    answers = [*(logits_of(network, x) for network in networks), mean_logits(networks, x), logits_of(pupil, x)]
    return dict(zip(forms_of(run), answers))


def joined(impacts: Impacts, run: Run, answers: Sequence[Mapping[str, np.ndarray]]) -> dict[str, np.ndarray]:
    """Log-odds of all impacts by form, from those of each fold; and the impact's own size as a form."""
    fold = fold_of_impacts(impacts, run.folds)
    found = {"threshold on the impact": np.concatenate([item.candidates.peak for item in impacts.items])}
    for form in forms_of(run):
        found[form] = np.full(len(fold), np.nan)
        for number, answer in enumerate(answers):
            found[form][fold == number] = answer[form]
    return found


def report(impacts: Impacts, logits: np.ndarray) -> dict[str, object]:
    """All figures of one form from log-odds of people left out."""
    trials = trials_of(impacts, logits, [k for k, item in enumerate(impacts.items) if is_fall_set(item)])
    thresholds = {f"{share:.0%}": threshold_at(trials, share) for share in SPECIFICITIES}
    found = threshold_for(trials, SENSITIVITY)
    result: dict[str, object] = {
        "falls": int(trials.fall.sum()),
        "trials": int((~trials.fall).sum()),
        "auc": area_under_curve(trials),
        "thresholds": thresholds,
        "sensitivity": {name: sensitivity(trials, at) for name, at in thresholds.items()},
        "interval": {name: _interval(trials, share) for name, share in zip(thresholds, SPECIFICITIES)},
        "specificityAt90": specificity(trials, found),
        "alarms": {
            group: {
                "at90": alarms_per_hour(impacts, logits, found, chosen),
                **{name: alarms_per_hour(impacts, logits, at, chosen) for name, at in thresholds.items()},
            }
            for group, chosen in GROUPS.items()
        },
        "bySet": {},
        "worstPeople": {name: _people(trials, at) for name, at in thresholds.items()},
        "complete": _complete(impacts, logits),
    }
    for dataset in FALL_SETS:
        own = subset(trials, lambda item: item.recording.dataset == dataset)
        result["bySet"][dataset] = {
            "auc": area_under_curve(own),
            **{name: [sensitivity(own, at), specificity(own, at)] for name, at in thresholds.items()},
        }
    return result


def set_left_out(impacts: Impacts, dataset: str, run: Run) -> dict[str, object]:
    """Single networks that never saw this data set, with the threshold from people of the other sets that they never saw
    either; the mean over the folds' networks."""
    folds = min(run.folds, SET_FOLDS)
    fold = fold_of_impacts(impacts, folds)
    outside = np.array([item.recording.dataset == dataset for item in impacts.items])[impacts.recording]
    others = [k for k, i in enumerate(impacts.items) if is_fall_set(i) and i.recording.dataset != dataset]
    own = [k for k, item in enumerate(impacts.items) if item.recording.dataset == dataset]
    logits = np.full(len(fold), np.nan)
    answers = []
    for number in range(folds):
        seed = 7000 + 1000 * run.seed + 100 * FALL_SETS.index(dataset) + number
        network = fit(CropSampler(impacts, np.flatnonzero((fold != number) & ~outside), seed), run.steps, seed)
        rows = (fold == number) & ~outside
        logits[rows] = logits_of(network, impacts.x[rows])
        answer = np.full(len(fold), np.nan)
        answer[outside] = logits_of(network, impacts.x[outside])
        answers.append(trials_of(impacts, answer, own))
    known = trials_of(impacts, logits, others)
    result: dict[str, object] = {
        "auc": float(np.mean([area_under_curve(a) for a in answers])),
        "ownThreshold": {
            f"{s:.0%}": float(np.mean([sensitivity(a, threshold_at(a, s)) for a in answers])) for s in SPECIFICITIES
        },
    }
    for share in SPECIFICITIES:
        carried = threshold_at(known, share)
        result[f"{share:.0%}"] = [
            float(np.mean([sensitivity(a, carried) for a in answers])),
            float(np.mean([specificity(a, carried) for a in answers])),
        ]
    return result


def fold_of_impacts(impacts: Impacts, folds: int) -> np.ndarray:
    fold = folds_of_people(impacts.items, folds, seed=0)
    return np.array([fold[item.recording.person] for item in impacts.items])[impacts.recording]


def _interval(trials: Trials, share: float, draws: int = 500) -> list[float]:
    """90 % interval of the sensitivity when other people had been recorded: people drawn with replacement."""
    generator = np.random.default_rng(0)
    people, index = np.unique([item.recording.person for item in trials.items], return_inverse=True)
    values = []
    for _ in range(draws):
        weight = np.bincount(generator.integers(0, len(people), len(people)), minlength=len(people))[index]
        drawn = Trials(np.repeat(trials.score, weight), np.repeat(trials.fall, weight), ())
        values.append(sensitivity(drawn, threshold_at(drawn, share)))
    return [float(v) for v in np.nanpercentile(values, (5, 95))]


def _people(trials: Trials, threshold: float) -> dict[str, float]:
    """Sensitivity per person who fell."""
    person = np.array([item.recording.person for item in trials.items])
    own = [float((trials.score[trials.fall & (person == p)] > threshold).mean()) for p in np.unique(person[trials.fall])]
    return {"people": len(own), "median": float(np.median(own)), "tenth": float(np.percentile(own, 10)), "worst": min(own)}


def _complete(impacts: Impacts, logits: np.ndarray) -> dict[str, float]:
    """Impact by impact, those with nothing held at the ends of their input: so that a missing end cannot tell."""
    core = np.array([is_fall_set(item) for item in impacts.items])[impacts.recording] & impacts.usable
    result = {}
    for name, rows in (("complete", core & impacts.complete), ("cut", core & ~impacts.complete)):
        own = Trials(logits[rows], impacts.fall[rows], ())
        result[name] = {"falls": int(own.fall.sum()), "auc": area_under_curve(own)}
    ends = np.concatenate([item.candidates.held.sum(axis=1) for item in impacts.items])
    alone = area_under_curve(Trials(-ends[core], impacts.fall[core], ()))
    result["missingEndsAlone"] = {"falls": int(impacts.fall[core].sum()), "auc": alone}
    return result
