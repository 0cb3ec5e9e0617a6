"""Leave-people-out figures of one network, from the windows that serving would see."""
from __future__ import annotations

from dataclasses import dataclass
from typing import Callable, Sequence

import numpy as np

from .crops import CropSampler
from .fit import fit, logits_of
from .material import INPUT_S, Item, Windows, folds_of_people, of_dataset, streams_of, windows_of
from .networks import NETWORKS, Merged
from .recording import CLASSES, SAID
from .scores import scores
from .transition_filter import DEFAULT, FilterSettings, filtered

# Share of each data set in a training batch. BAMI-2 is never trained on: it is the test on another device.
WEIGHTS = {"wisdm": 0.65, "bami1": 0.15, "weda": 0.20}
STEADY_S = 6  # seconds after a change from which a stream counts as steady


@dataclass(frozen=True)
class FoldLogits:
    """What nets that never saw a person said of that person's recordings; BAMI-2 gets the answers of all folds."""

    by_recording: dict[str, np.ndarray]
    outside: list[np.ndarray]  # per fold, of `outside_windows`
    outside_windows: Windows


def train_on(items: Sequence[Item], network: str, steps: int, seed: int) -> Merged:
    chosen = of_dataset(items, *WEIGHTS)
    return fit(NETWORKS[network](), CropSampler(chosen, WEIGHTS, seed), steps, seed)


def run_folds(
    items: Sequence[Item], network: str, folds: int, steps: int, seed: int, say: Callable[[str], None]
) -> FoldLogits:
    fold = folds_of_people(items, folds, seed=0)
    outside = windows_of(of_dataset(items, "bami2"))
    by_recording: dict[str, np.ndarray] = {}
    answers = []
    for number in range(folds):
        model = train_on([i for i in items if fold[i.recording.person] != number], network, steps, 100 * seed + number)
        for item in items:
            if fold[item.recording.person] == number and item.recording.dataset != "bami2":
                by_recording[item.recording.name] = logits_of(model, item.features.windows)
        answers.append(logits_of(model, outside.x))
        say(f"{network}: fold {number + 1} of {folds}")
    return FoldLogits(by_recording, answers, outside)


def fit_temperature(items: Sequence[Item], found: FoldLogits) -> float:
    """Temperature with the least log-loss on people that were left out, data sets weighted equally."""
    losses = []
    grid = np.arange(0.4, 2.01, 0.05)
    for dataset in WEIGHTS:
        own = of_dataset(items, dataset)
        windows = windows_of(own)
        logits = np.concatenate([_inside(item, found.by_recording[item.recording.name]) for item in own])
        known = windows.y < len(CLASSES)
        losses.append([_log_loss(logits[known] / t, windows.y[known]) for t in grid])
    return float(grid[np.argmin(np.mean(losses, axis=0))])


def _inside(item: Item, logits: np.ndarray) -> np.ndarray:
    """Rows of the windows that `windows_of` gives for this recording, in its order."""
    ends = item.features.ends
    return np.concatenate(
        [logits[(ends - INPUT_S >= bout.start) & (ends <= bout.end)] for bout in item.recording.bouts]
    )


def _log_loss(logits: np.ndarray, y: np.ndarray) -> float:
    log_p = logits - np.logaddexp.reduce(logits, axis=1, keepdims=True)
    return float(-log_p[np.arange(len(y)), y].mean())


def report(
    items: Sequence[Item], found: FoldLogits, temperature: float, settings: FilterSettings = DEFAULT
) -> dict[str, object]:
    """All figures of one network."""
    result: dict[str, object] = {"temperature": temperature}
    for dataset in WEIGHTS:
        result[dataset] = _dataset_report(of_dataset(items, dataset), found, temperature, settings)
    aged = [item for item in of_dataset(items, "weda") if item.recording.tags["age"] == "aged"]
    result["wedaAged"] = _dataset_report(aged, found, temperature, settings) if aged else None
    result["stream"] = _stream_report(streams_of(items), found, temperature, settings)
    result["bami2"] = outside_report(found.outside_windows, found.outside, temperature)
    return result


def _dataset_report(
    items: Sequence[Item], found: FoldLogits, temperature: float, settings: FilterSettings
) -> dict[str, object]:
    """Raw and filtered. The filter runs along a recording; WISDM's blocks of one person follow each other."""
    rows: dict[str, list[Item]] = {}
    for item in items:
        whole = item.recording.person if item.recording.dataset == "wisdm" else item.recording.name
        rows.setdefault(whole, []).append(item)
    y, raw, smooth, sure, person = [], [], [], [], []
    for group in rows.values():
        x = np.concatenate([item.features.windows for item in group])
        logits = np.concatenate([found.by_recording[item.recording.name] for item in group])
        joined = len(group) > 1
        numbers = np.arange(len(x)) if joined else group[0].features.numbers
        belief = filtered(x, logits / temperature, numbers, settings)
        first = 0
        for item in group:
            own = slice(first, first + len(item.features.windows))
            first = own.stop
            y.append(windows_of([item]).y)
            raw.append(_inside(item, logits[own].argmax(axis=1)))
            smooth.append(_inside(item, belief[own].argmax(axis=1)))
            sure.append(_inside(item, belief[own].max(axis=1)) >= settings.unknown_below)
            person += [item.recording.person] * len(y[-1])
    everything = [np.concatenate(part) for part in (y, raw, smooth, sure)]
    return _both(*everything, np.array(person))


def _both(
    y: np.ndarray, raw: np.ndarray, smooth: np.ndarray, sure: np.ndarray, person: np.ndarray
) -> dict[str, object]:
    return {
        "raw": scores(y, raw, person),
        "filtered": scores(y, smooth, person),
        "unknown": float(1 - sure.mean()),
        "accuracyWhenKnown": float((smooth == y)[sure].mean()),
    }


def _stream_report(
    items: Sequence[Item], found: FoldLogits, temperature: float, settings: FilterSettings
) -> dict[str, object]:
    """Every window of the glued bouts, labelled by the activity at its end."""
    y, raw, smooth, since, latency, missed, bouts = [], [], [], [], [], 0, 0
    for item in items:
        logits = found.by_recording[item.recording.name]
        belief = filtered(item.features.windows, logits / temperature, item.features.numbers, settings)
        ends, said = item.features.ends, belief.argmax(axis=1)
        for number, bout in enumerate(item.recording.bouts):
            inside = (ends > bout.start) & (ends <= bout.end)
            label = CLASSES.index(bout.label)
            y.append(np.full(inside.sum(), label))
            raw.append(logits[inside].argmax(axis=1))
            smooth.append(said[inside])
            since.append(ends[inside] - bout.start)
            if number > 0 and inside.any():
                bouts += 1
                right = said[inside] == label
                twice = np.flatnonzero(right[:-1] & right[1:])
                if len(twice):
                    latency.append(ends[inside][twice[0]] - bout.start)
                else:
                    missed += 1
    if not y:
        return {}
    truth, plain, filtered_said, after = (np.concatenate(part) for part in (y, raw, smooth, since))
    steady = after >= STEADY_S
    return {
        "windows": len(truth),
        "raw": float((plain == truth).mean()),
        "filtered": float((filtered_said == truth).mean()),
        "rawSteady": float((plain == truth)[steady].mean()),
        "filteredSteady": float((filtered_said == truth)[steady].mean()),
        # until the first of two right answers in a row
        "latencyMedianS": float(np.median(latency)),
        "latencyP90S": float(np.percentile(latency, 90)),
        "boutsNeverFound": missed / bouts,
    }


BAR_S = {"barRunning": 325, "barWalking": 565}


def outside_report(windows: Windows, answers: Sequence[np.ndarray], temperature: float) -> dict[str, object]:
    """BAMI-2: mean over nets of the figures of each, network alone; what they say when a hand is on the bar."""
    known = windows.y < len(CLASSES)
    each = [scores(windows.y[known], a[known].argmax(axis=1), windows.person[known]) for a in answers]
    result: dict[str, object] = {
        "windows": int(known.sum()),
        "balanced": float(np.mean([e["balanced"] for e in each])),
        "recall": {c: float(np.mean([e["recall"][c] or 0 for e in each])) for c in ("rest", "walking", "running")},
    }
    for name, start in BAR_S.items():
        there = ~known & (windows.end > start) & (windows.end < start + 80)
        if there.any():
            shares = [np.bincount(a[there].argmax(1), minlength=len(SAID)) / there.sum() for a in answers]
            result[name] = dict(zip(SAID, np.mean(shares, axis=0).round(4).tolist()))
    return result


def outside_table(items: Sequence[Item], said: dict[str, np.ndarray]) -> dict[str, object]:
    """BAMI-2 from final answers (indices in SAID; "unknown" counts as wrong)."""
    windows = windows_of(items)
    answers = np.concatenate([_inside(item, said[item.recording.name]) for item in items])
    known = windows.y < len(CLASSES)
    own = scores(windows.y[known], answers[known], windows.person[known])
    result: dict[str, object] = {key: own[key] for key in ("windows", "balanced", "recall")}
    for name, start in BAR_S.items():
        there = ~known & (windows.end > start) & (windows.end < start + 80)
        if there.any():
            share = np.bincount(answers[there], minlength=len(SAID)) / there.sum()
            result[name] = dict(zip(SAID, share.round(4).tolist()))
    return result
