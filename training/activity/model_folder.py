"""What a model folder says in words: metadata.json, MODEL_CARD.md, and the table of the three networks."""
from __future__ import annotations

from typing import Mapping

import torch

from .evaluate import STEADY_S, WEIGHTS
from .export import multiply_adds
from .networks import NETWORKS, Merged, parameter_count
from .recording import SAID
from .transition_filter import DEFAULT

Reports = Mapping[str, Mapping]

INTENDED_USE = (
    "Context for a heart rate from the wrist: resting, walking, on stairs, running or moving otherwise, every 2 s. "
    "Not a diagnosis, not a fall detector, no proof that somebody is well."
)
LIMITS = [
    "Healthy people of 18 to 46 years for all activities; 11 people of 77 to 95 for walking, stairs and hand movements only. "
    "Nobody with a tremor, a walking frame, a limp or a wheelchair.",
    "A hand on a bar, a walking frame or a pram moves little at the wrist: walking so is called walking, rest or unknown, "
    "running so mostly unknown. Never conclude from \"rest\" alone that somebody is at rest while the heart rate climbs.",
    "Errors sit in people, not in moments: some people's walking is called stairs or other for minutes, and no filter "
    "mends that. The card says of how many.",
    "Stairs of people over 76 years are named rightly little more than half of the time.",
    "\"Other\" is kicking a ball, clapping, doors, tying shoes: what else there is may be called anything.",
    "Sitting, standing and lying are one class: the wrist does not tell them apart.",
    "A change shows after about 5 s, because the input is 5 s long and the filter waits for a second window.",
    "Acceleration without gravity, or in a unit other than the one declared, makes the answers worthless; a window whose "
    "mean is below 0.1 g is refused.",
]
LICENCE = "research use only: BAMI allows academic use, WEDA-FALL states no licence, WISDM is CC BY 4.0"
DATA = [
    {
        "name": "WISDM smartwatch subset",
        "source": "https://archive.ics.uci.edu/dataset/507 (subset of a Kaggle competition of FHWS, 2022)",
        "licence": "CC BY 4.0",
        "use": "training and test",
        "people": 51,
        "description": "walking, jogging, stairs, sitting, standing, kicking a ball; 20 Hz watch; tested on people left out",
    },
    {
        "name": "BAMI-1, in full",
        "source": "https://doi.org/10.1109/JSEN.2018.2883340",
        "licence": "free for academic research, cite",
        "use": "training and test",
        "people": 24,
        "description": "treadmill: rest, walking 2.5 and 3 km/h, running 6 and 7 km/h; 50 Hz; who walks at 6 km/h counts as walking",
    },
    {
        "name": "WEDA-FALL, daily life",
        "source": "https://github.com/joaojtmarques/WEDA-FALL",
        "licence": "none stated",
        "use": "training and test",
        "people": 25,
        "description": "walking, jogging, stairs, hand movements; Fitbit Sense; 11 people of 77 to 95 years; tested on people left out",
    },
    {
        "name": "BAMI-2",
        "source": "https://sites.google.com/site/bamilab/biosignal-lab",
        "licence": "free for academic research, cite",
        "use": "test",
        "people": 23,
        "description": "treadmill, another device than BAMI-1, with a hand on the bar in two parts",
    },
]  # fmt: skip


def metadata_of(model: Merged, digest: str, reports: Reports, shipped: Mapping, run: Mapping) -> dict[str, object]:
    return {
        "schema": 1,
        "name": "activity-wrist",
        "version": run["version"],
        "task": "activity",
        "summary": "What the wearer is doing, from 5 s of acceleration at the wrist.",
        "sha256": digest,
        "inputs": [
            {
                "name": "x",
                "shape": ["batch", 3, 125],
                "type": "float32",
                "unit": "g",
                "range": [-2, 8],
                "description": "5 s at 25 Hz: acceleration along gravity less 1, length of the part across it, length less 1",
            }
        ],
        "outputs": [
            {
                "name": "logits",
                "shape": ["batch", len(SAID)],
                "type": "float32",
                "unit": "log-odds",
                "range": None,
                "description": "one per class, calibrated: their softmax is the probability on people left out of training",
                "labels": list(SAID),
            }
        ],
        "state": [],
        "sampleRateHz": 25,
        "windowSeconds": 5,
        "stepSeconds": 2,
        "parameters": parameter_count(model),
        "multiplyAdds": multiply_adds(model),
        "position": ["wrist"],
        "intendedUse": INTENDED_USE,
        "limits": LIMITS,
        "weightsLicence": LICENCE,
        "data": DATA,
        "results": _results(reports, shipped, run),
        "training": {
            "code": "training/activity",
            "torch": torch.__version__,
            "seed": run["seed"],
            "steps": run["steps"],
            "temperature": model.temperature,
        },
        "goldenTolerance": 1e-4,
    }


def _results(reports: Reports, shipped: Mapping, run: Mapping) -> list[dict[str, object]]:
    own = reports["convolutional"]
    left_out = f"{run['folds']} folds by person, one seed, nets that never saw the person, served windows every 2 s"
    filtered = f"{left_out}; then the causal filter, "

    def entry(measure: str, value: float, data: str, protocol: str, unit: str = "1") -> dict[str, object]:
        return {"measure": measure, "value": round(value, 4), "unit": unit, "data": data, "protocol": protocol}

    stream = own["stream"]
    glued = "bouts of 15 to 60 s of one person glued together, label at the window's end"
    return [
        entry("macro-F1, 5 classes", own["wisdm"]["raw"]["macroF1"], "WISDM", f"{left_out}; network alone"),
        entry("macro-F1, 5 classes", own["wisdm"]["filtered"]["macroF1"], "WISDM", f"{filtered}along each person's blocks"),
        entry("accuracy", own["wisdm"]["filtered"]["accuracy"], "WISDM", f"{filtered}along each person's blocks"),
        entry("accuracy, worst tenth of people", own["wisdm"]["filtered"]["worstTenthOfPeople"], "WISDM", f"{filtered}along each person's blocks"),
        entry("accuracy", stream.get("filtered", 0), "WISDM", f"{filtered}{glued}; all windows"),
        entry("accuracy", stream.get("filteredSteady", 0), "WISDM", f"{filtered}{glued}; from {STEADY_S} s after a change"),
        entry("median delay of a change", stream.get("latencyMedianS", 0), "WISDM", f"{filtered}{glued}; to the first of two right windows", "s"),
        entry("balanced recall, rest, walking, running", own["bami1"]["filtered"]["balanced"], "BAMI-1", f"{filtered}along each recording, 20 to 30 s clear of changes"),
        entry("balanced recall, 5 classes", own["weda"]["raw"]["balanced"], "WEDA-FALL", f"{left_out}; network alone"),
        entry("balanced recall, 5 classes", own["weda"]["filtered"]["balanced"], "WEDA-FALL", f"{filtered}along each trial"),
        entry("balanced recall, rest, walking, running", shipped["balanced"], "BAMI-2", "the shipped weights as the program serves them, filtered; no recording of this device in training; 20 to 30 s clear of changes; unknown counts as wrong"),
        entry("balanced recall, rest, walking, running", own["bami2"]["balanced"], "BAMI-2", "mean of the fold nets, network alone"),
    ]  # fmt: skip


def results_table(reports: Reports, shipped: Mapping) -> str:
    rows = [
        "| network | parameters | WISDM macro-F1 raw | filtered | worst tenth of people | stream, all | stream, steady | BAMI-1 balanced | WEDA balanced raw | filtered | BAMI-2 balanced |",
        "|---|---|---|---|---|---|---|---|---|---|---|",
    ]
    for name, own in reports.items():
        wisdm, stream = own["wisdm"], own["stream"]
        figures = [
            wisdm["raw"]["macroF1"],
            wisdm["filtered"]["macroF1"],
            wisdm["filtered"]["worstTenthOfPeople"],
            stream.get("filtered", float("nan")),
            stream.get("filteredSteady", float("nan")),
            own["bami1"]["filtered"]["balanced"],
            own["weda"]["raw"]["balanced"],
            own["weda"]["filtered"]["balanced"],
            own["bami2"]["balanced"],
        ]
        count = parameter_count(NETWORKS[name]())
        rows.append(f"| {name} | {count} | " + " | ".join(f"{value:.3f}" for value in figures) + " |")
    return "\n".join(rows) + f"\n\nThe shipped weights on BAMI-2, as the program serves them (filtered): {shipped['balanced']:.3f}.\n"


def model_card(metadata: Mapping, reports: Reports, shipped: Mapping, run: Mapping) -> str:
    own = reports["convolutional"]
    limits = "\n".join(f"- {limit}" for limit in metadata["limits"])
    data = "\n".join(
        f"| {d['name']} | {d['people']} | {d['use']} | {d['licence']} | {d['description']} |" for d in metadata["data"]
    )
    return f"""# activity-wrist {metadata['version']}

{metadata['summary']} It names one of: {', '.join(SAID)}. Every 2 s.

## What it is for

{metadata['intendedUse']}

## When it is wrong

{limits}

## How well it does

Leave people out: {run['folds']} folds, split by person within each data set; one seed; every window of 8 s (one each 2 s)
that serving would make, by serving's own code, of which the network sees the last 5 s. "Filtered": after the causal
filter (chance of leaving a class {DEFAULT.leave_per_second} per second, weight {DEFAULT.weight}); the filter's settings were looked at on two
of the same folds, where the optimum is flat. BAMI-2 was recorded with another device and is in no training.

{results_table(reports, shipped)}
"Stream": bouts of 15 to 60 s glued together, every window counted by the activity at its end; "steady": from {STEADY_S} s after a
change. WISDM's blocks are 120 s of one activity, the friendly case. The convolutional network is the one shipped.

Of the shipped kind (filtered, people left out), share of windows named rightly:

| | {' | '.join(SAID[:-1])} |
|---|{'---|' * (len(SAID) - 1)}
{_recall_rows(own)}

{_people(own)}

With a hand on the bar (BAMI-2, the shipped weights as served; nothing of the kind was in training but walking and running
damped by computation):

| | {' | '.join(SAID)} |
|---|{'---|' * len(SAID)}
{_bar_rows(shipped)}

## What it is made of

{metadata['parameters']} parameters, {metadata['multiplyAdds']:,} multiply-adds per window: four convolutions over time, their mean and maximum, one
linear layer. Trained on windows of any offset, balanced over data sets ({', '.join(f'{name} {share:.0%}' for name, share in WEIGHTS.items())}), classes and people,
with tempo ±10 %, gain ±5 % and noise. Turning the watch, or wearing it on the other wrist, changes nothing: the input
does not depend on it. "Unknown" is trained on walking and running damped to a weak rhythm.

| data | people | use | licence | |
|---|---|---|---|---|
{data}

The weights: {metadata['weightsLicence']}.

Made by `python3 -m training.activity` with seed {run['seed']}, {run['steps']} steps, {metadata['training']['torch']} (torch). `golden.json` holds
made-up inputs and this network's answers to them; the program checks them whenever it loads the model.
"""


def _people(own: Mapping) -> str:
    wisdm = own["wisdm"]["filtered"]
    wrong = ", ".join(f"{name} of {count}" for name, count in wisdm["peopleMostlyWrong"].items() if count)
    return (
        f"Of {wisdm['people']} people of WISDM, {wisdm['peopleAbove0.9']} are named rightly in at least 90 % of their windows; "
        f"most windows of one activity are called something else for: {wrong or 'nobody'}."
    )


def _recall_rows(own: Mapping) -> str:
    names = {"wisdm": "WISDM", "bami1": "BAMI-1", "weda": "WEDA-FALL", "wedaAged": "WEDA-FALL, over 76 years"}
    rows = []
    for key, name in names.items():
        if own[key] is None:
            continue
        recall = own[key]["filtered"]["recall"]
        cells = ["–" if recall[c] is None else f"{recall[c]:.2f}" for c in SAID[:-1]]
        rows.append(f"| {name} | " + " | ".join(cells) + " |")
    return "\n".join(rows)


def _bar_rows(shipped: Mapping) -> str:
    names = {"barWalking": "walking", "barRunning": "running"}
    rows = []
    for key, name in names.items():
        if key in shipped:
            said = shipped[key]
            rows.append(f"| {name} | " + " | ".join(f"{said[c]:.2f}" for c in SAID) + " |")
    return "\n".join(rows)
