"""What a model folder says in words: metadata.json, MODEL_CARD.md and the tables of results."""
from __future__ import annotations

from typing import Mapping

import torch

from .evaluate import GROUPS, SET_FOLDS, Run
from .network import Scaled, multiply_adds, parameter_count

SHIPPED = "mean of the seeds"
NAMES = {"weda": "WEDA-FALL", "smartfallmm": "SmartFallMM, wrist sensor", "hifd": "HIFD"}

INTENDED_USE = (
    "Calls attention to a blow at the wrist that looks like a fall, about 4 s after it, so that somebody asks or looks. It "
    "does not replace a call button, a bed sensor or supervision, and silence does not mean that nobody has fallen."
)
LIMITS = [
    "Every fall that it learned from and was tested on is simulated: by healthy people of about 20 to 46 years, on mats, on "
    "purpose. No real fall and no fall of an old person is in any data set. Real falls will be found less often.",
    "A soft fall (sliding from a chair, sinking to the floor, a slow collapse along a wall) has no impact at the wrist and "
    "cannot be found: below 1.2 g the network does not even run.",
    "A fall on which the hand does not strike, or with the arm held, has a weaker impact and is probably found less often.",
    "It reacts to clapping, hitting a table, dropping into a chair, jumping and running: these are the false alarms measured.",
    "How often it calls wrongly in daily life is unknown: the old people's recordings are two and a half hours of short, "
    "chosen tasks. \"At most once a day\" cannot be shown with any public data set.",
    "People with a tremor, a walking frame, a wheelchair, or who clap, drum or play the piano: not tested.",
    "Lying still afterwards is no condition for an alarm (people who fell on mats get up at once); the seconds of stillness "
    "are reported beside it and may only raise its priority.",
    "The threshold depends on the daily life that it was set on. On a data set that was left out it may find far fewer falls "
    "(SmartFallMM below): a ward should watch the first weeks' alarms before trusting either number.",
    "At the wrist only. Acceleration without gravity, in a unit other than the one declared, or slower than 20 Hz makes the "
    "answers worthless.",
]
LICENCE = (
    "research use only: WEDA-FALL and SmartFallMM state no licence, HIFD asks to be cited, BAMI allows academic use, "
    "WISDM is CC BY 4.0"
)
DATA = [
    {
        "name": "WEDA-FALL",
        "source": "https://github.com/joaojtmarques/WEDA-FALL",
        "licence": "none stated",
        "use": "training and test",
        "people": 25,
        "description": "350 simulated falls of 14 people (20 to 46 years), 619 trials of daily life, 11 people of 77 to 95 years; Fitbit Sense",
    },
    {
        "name": "SmartFallMM, wrist sensor",
        "source": "https://github.com/txst-cs-smartfall/SmartFallMM-Dataset",
        "licence": "none stated",
        "use": "training and test",
        "people": 40,
        "description": "319 simulated falls of young people, daily life of young and old people; range of 2 g; its watch is not used",
    },
    {
        "name": "HIFD",
        "source": "https://ieeexplore.ieee.org/document/8970371",
        "licence": "none stated, cite",
        "use": "training and test",
        "people": 21,
        "description": "104 simulated falls, 245 trials of daily life and near-falls, 21 to 32 years; gravity restored from the orientation",
    },
    {
        "name": "WISDM smartwatch subset",
        "source": "https://archive.ics.uci.edu/dataset/507 (subset of a Kaggle competition of FHWS, 2022)",
        "licence": "CC BY 4.0",
        "use": "training and test",
        "people": 51,
        "description": "10 h without falls: walking, jogging, stairs, sitting, standing, kicking a ball",
    },
    {
        "name": "BAMI-1 and BAMI-2",
        "source": "https://sites.google.com/site/bamilab/biosignal-lab",
        "licence": "free for academic research, cite",
        "use": "training and test",
        "people": 47,
        "description": "10 h without falls: rest, walking, running on a treadmill",
    },
]  # fmt: skip


def metadata_of(
    model: Scaled, digest: str, reports: Mapping, left_out: Mapping, run: Run, version: str
) -> dict[str, object]:
    return {
        "schema": 1,
        "name": "fall-wrist",
        "version": version,
        "task": "fall",
        "summary": "Whether a blow at the wrist was a fall, from 2 s before it to 4 s after it.",
        "sha256": digest,
        "inputs": [
            {
                "name": "x",
                "shape": ["batch", 5, 150],
                "type": "float32",
                "unit": "g",
                "range": [-20, 40],
                "description": "6 s at 25 Hz, the impact at sample 50: length of the acceleration less 1, part along the gravity before, part across it, part above 0.5 Hz, and the cosine of the wrist's turn (no unit)",
            }
        ],
        "outputs": [
            {
                "name": "logit",
                "shape": ["batch", 1],
                "type": "float32",
                "unit": "log-odds",
                "range": None,
                "description": "0 (0.50) and more: suspected, a value that 97 % of daily-life trials of people left out stay below; 1.386 (0.80) and more: likely, 99 %. Not the chance of a fall, which depends on how often its wearer falls",
            }
        ],
        "state": [],
        "sampleRateHz": 25,
        "windowSeconds": 6,
        "stepSeconds": 2,
        "parameters": parameter_count(model),
        "multiplyAdds": multiply_adds(model),
        "position": ["wrist"],
        "intendedUse": INTENDED_USE,
        "limits": LIMITS,
        "weightsLicence": LICENCE,
        "data": DATA,
        "results": _results(reports[SHIPPED], left_out, run),
        "training": {
            "code": "training/falls",
            "torch": torch.__version__,
            "seed": run.seed,
            "networks": run.seeds,
            "steps": run.steps,
            "thresholdSuspected": round(model.suspected, 4),
            "scale": round(model.factor, 4),
        },
        "goldenTolerance": 1e-4,
    }  # fmt: skip


def _results(own: Mapping, left_out: Mapping, run: Run) -> list[dict[str, object]]:
    people = f"{run.folds} folds by person, networks of the shipped form that never saw the person"
    alone = f"single networks that never saw the set; threshold from people left out of the other sets; mean of {min(run.folds, SET_FOLDS)}"

    def entry(measure: str, value: float, data: str, protocol: str, unit: str = "1") -> dict[str, object]:
        return {"measure": measure, "value": round(value, 4), "unit": unit, "data": data, "protocol": protocol}

    core = "WEDA-FALL, SmartFallMM wrist sensor, HIFD"
    rows = [
        entry(f"sensitivity at {name} trial specificity", value, core, f"{people}; a fall without an impact is missed")
        for name, value in own["sensitivity"].items()
    ]
    rows.append(entry("area under the curve, trials", own["auc"], core, people))
    rows += [
        entry("false alarms per hour at 90 % sensitivity", own["alarms"][group]["at90"]["perHour"], group, f"{people}; {own['alarms'][group]['at90']['hours']:.2f} h, at most one alarm in 10 s", "1/h")
        for group in GROUPS
        if own["alarms"][group]["at90"]["hours"] > 0
    ]  # fmt: skip
    for dataset, figures in left_out.items():
        for name in own["sensitivity"]:
            found, silent = figures[name]
            rows.append(entry(f"sensitivity at the carried {name} threshold", found, NAMES[dataset], alone))
            rows.append(entry(f"specificity at the carried {name} threshold", silent, NAMES[dataset], alone))
    return rows


def results_tables(reports: Mapping, left_out: Mapping) -> str:
    """Everything that a run measured, as Markdown."""
    own = reports[SHIPPED]
    lines = [
        f"People left out, {own['falls']} falls and {own['trials']} trials of daily life; false alarms per hour where 90 % of the falls are found:",
        "",
        "| form | AUC | found at 97 % | found at 99 % | BAMI | WISDM | elderly | young, provoking |",
        "|---|---|---|---|---|---|---|---|",
    ]
    for form, figures in reports.items():
        alarms = [figures["alarms"][group]["at90"]["perHour"] for group in GROUPS]
        values = [figures["auc"], *figures["sensitivity"].values()]
        lines.append(f"| {form} | " + " | ".join(f"{v:.3f}" for v in values) + " | " + " | ".join(f"{v:.2f}" for v in alarms) + " |")
    lines += [
        "",
        f"The form that is shipped ({SHIPPED}); the interval is 90 % over people drawn again:",
        "",
        "| | at 97 % | at 99 % |",
        "|---|---|---|",
        _pair("sensitivity", own, lambda name: f"{own['sensitivity'][name]:.3f} ({own['interval'][name][0]:.2f} to {own['interval'][name][1]:.2f})"),
        _pair("per person who fell: median, lowest tenth, worst", own, lambda name: ", ".join(f"{own['worstPeople'][name][k]:.2f}" for k in ("median", "tenth", "worst"))),
    ]
    for dataset, figures in own["bySet"].items():
        lines.append(_pair(f"{NAMES[dataset]}: sensitivity / specificity", own, lambda name: f"{figures[name][0]:.3f} / {figures[name][1]:.3f}"))
    for group, figures in own["alarms"].items():
        def cell(name: str) -> str:
            rate = figures[name]
            return f"{rate['perHour']:.2f} (at most {rate['upperBound']:.2f}; {rate['alarms']} in {rate['hours']:.1f} h)"

        lines.append(_pair(f"false alarms per hour, {group}", own, cell))
    complete = own["complete"]
    lines += [
        "",
        "Is it the missing ends of short files? Area under the curve by impact: "
        + ", ".join(f"{label} {complete[key]['auc']:.3f} ({complete[key]['falls']} falls)" for key, label in (("complete", "nothing missing"), ("cut", "ends missing"), ("missingEndsAlone", "told by the length of the missing ends alone"))) + ".",
        "",
        "A data set left out; threshold carried over from people left out of the other sets (sensitivity / specificity):",
        "",
        "| left out | AUC | found at its own 97 % | at its own 99 % | carried 97 % | carried 99 % |",
        "|---|---|---|---|---|---|",
    ]
    for dataset, figures in left_out.items():
        carried = " | ".join(f"{figures[name][0]:.3f} / {figures[name][1]:.3f}" for name in own["sensitivity"])
        at_own = " | ".join(f"{v:.3f}" for v in figures["ownThreshold"].values())
        lines.append(f"| {NAMES[dataset]} | {figures['auc']:.3f} | {at_own} | {carried} |")
    return "\n".join(lines) + "\n"  # fmt: skip


def _pair(label: str, own: Mapping, cell) -> str:
    return f"| {label} | " + " | ".join(cell(name) for name in own["sensitivity"]) + " |"


def model_card(metadata: Mapping, reports: Mapping, left_out: Mapping, run: Run) -> str:
    limits = "\n".join(f"- {limit}" for limit in metadata["limits"])
    data = "\n".join(f"| {d['name']} | {d['people']} | {d['licence']} | {d['description']} |" for d in metadata["data"])
    return f"""# fall-wrist {metadata['version']}

{metadata['summary']}

**All falls in the data are simulated by young, healthy people on mats.** Nobody knows from these figures how many real falls
of old people it finds.

## What it is for

{metadata['intendedUse']}

Two stages: an impact of more than 1.2 g at the wrist (acceleration above 0.5 Hz), the largest within 2 s on both sides; then
this network on the 6 s around it. The answer comes 4 s after the impact, on a scale from 0 to 1: from 0.5 on a fall is
suspected ("ask the wearer"), from 0.8 on it is likely ("call"). The scale is fixed by false alarms: 97 % and 99 % of the
daily-life trials of people left out stay below. It is not the chance that somebody has fallen.

## When it is wrong

{limits}

## How well it does

Trial by trial: a fall counts as found only if its own impact passes both stages; a trial of daily life counts as wrong if any
impact in it passes. Inputs are made by the program that serves. Thresholds are set on the scores of people left out, pooled
over the three sets, and judged on the same scores ("found at 97 %"); the mean of several networks was chosen over the taught
one by these figures. A data set left out was tried with single networks. "Young, provoking": short trials one after another of
clapping, hitting a table, dropping into a chair, jumping: no rate of a life.

{results_tables(reports, left_out)}
No alarm in so few hours proves little: the upper bound (95 %) stands beside each rate.

## What it is made of

{metadata['parameters']} parameters, {metadata['multiplyAdds']:,} multiply-adds per impact: four convolutions over time, their mean and maximum, one
linear layer; {run.seeds} such networks of different seeds in one graph, whose mean counts ("taught": one network that learned
to say what they say; it was compared and is not shipped). Trained with the impact up to 0.25 s off its place,
tempo and gain ±10 %, a range of 2, 4, 8 g or none, noise, and ends that are missing. Turning the watch, or wearing it on the
other wrist, changes nothing: the input does not depend on it.

| data | people | licence | |
|---|---|---|---|
{data}

The weights: {metadata['weightsLicence']}.

Made by `python3 -m training.falls` with seed {run.seed}, {run.steps} steps, {metadata['training']['torch']} (torch). `golden.json` holds made-up inputs and
this network's answers to them; the program checks them whenever it loads the model.
"""
