"""What a model folder says in words: metadata.json and MODEL_CARD.md."""

import math
from dataclasses import dataclass

import torch

from .bins import BPM, PLANES
from .graph import Step, multiply_adds
from .network import parameters_of
from .scores import Scores

INTENDED_USE = (
    "Heart rate of an adult from a wrist-worn sensor with green light and an accelerometer, at rest and in motion, every 2 s "
    "with a 90 % interval, as one input among others to a nurse's judgement. Not a diagnosis; says nothing of rhythm."
)
LIMITS = [
    "Trained and tested on healthy young adults on treadmills and doing arm exercise. Nobody with an arrhythmia, a "
    "pacemaker, poor perfusion, a tattoo under the sensor, or over 60 years; children neither. Expect it to be worse there.",
    "An irregular pulse is reported as its mean over 8 s.",
    "Hard, irregular arm movement is where it errs most, by following the movement or half or double the rate: on 11 recordings "
    "of arm exercise, of a device it was not trained on, hr-bami was off by 3.0 BPM on average and by 8.5 in the worst, and its "
    "90 % interval held the reference in 84 % of the windows.",
    "The first 10 s after a start are the least certain, of a slow pulse most of all: at 34 to 56 BPM the estimate of the first "
    "five windows was 14 BPM too high on average. A third of them showed a number, off by 2.2 BPM. The program shows none before "
    "the second window.",
    "Nothing under 30 or above 220 BPM can be reported; training saw rates from about 33 to 215 BPM, below 60 only slowed-down and computed ones.",
    "Light other than green, and places other than the wrist, were not measured.",
    "Without an accelerometer movement cannot be told from pulse.",
]
LICENCE = (
    "research use: the training data ({data}) is free for academic research with citation, other use needs its "
    "authors' consent"
)
BAMI = {
    "name": "BAMI-1 and BAMI-2",
    "source": "https://doi.org/10.1109/ACCESS.2020.2980132 and https://doi.org/10.1109/JSEN.2018.2883340",
    "licence": "free for academic research, cite",
    "use": "training",
    "people": 48,
    "description": "48 recordings of 12 to 14 min on a treadmill, two devices, three green lights at 50 Hz; labels rebuilt "
    "as means over the window and aligned to the light by one lag per recording",
}
SPC = {
    "name": "IEEE Signal Processing Cup 2015 (TROIKA)",
    "source": "https://doi.org/10.1109/TBME.2014.2359372",
    "licence": "free for academic research, cite",
    "people": 20,
    "description": "23 recordings of 5 min, treadmill and arm exercise, two green lights at 125 Hz",
}


@dataclass(frozen=True)
class Kind:
    """What the two models differ in."""

    data: tuple
    data_name: str
    #: Said of the training data in the card.
    note: str


KINDS = {
    "hr-bami": Kind(
        data=(BAMI, {**SPC, "use": "test"}),
        data_name="BAMI",
        note="Trained on BAMI alone, so that all of SPC 2015 can test it. For daily use take `hr-all`.",
    ),
    "hr-all": Kind(
        data=({**BAMI, "use": "training and test"}, {**SPC, "use": "training and test"}),
        data_name="BAMI and SPC 2015",
        note="Trained on everything there is; each recording had the same chance to be drawn, however long it is. Its figures are "
        "those of networks on the same data that had no teachers, each without the people that it was tested on: the shipped "
        "weights themselves have no test data left. A data set from elsewhere is the test that it needs.",
    ),
}


def metadata_of(
    step: Step, name: str, version: str, digest: str, results: list, run: dict, watched: dict | None = None
) -> dict:
    """`watched`: input statistics and share answered, for the station's watch over drift."""
    kind = KINDS[name]

    def tensor(name, shape, unit, span, description, **more):
        return {
            "name": name,
            "shape": ["batch", *shape],
            "type": "float32",
            "unit": unit,
            "range": span,
            "description": description,
            **more,
        }

    state = [len(BPM), step.state_size]
    return {
        "schema": 1,
        "name": name,
        "version": version,
        "task": "heart-rate",
        "summary": "Heart rate from the spectra of light and motion at the wrist, window after window.",
        "sha256": digest,
        "inputs": [
            tensor(
                "x",
                [PLANES, len(BPM)],
                "1",
                [0, 3.1],
                "log(1 + 2 a / rms(a)) of seven spectra at 30, 32, …, 220 per minute: light (mean, geometric mean, with motion "
                "regressed out, at twice the rate), acceleration (at the rate, twice and half of it)",
            ),
            tensor("h", state, "1", [-1, 1], "hidden state; zero at a start"),
            tensor("c", state, "1", None, "cell state; zero at a start"),
        ],
        "outputs": [
            tensor(
                "logits",
                [len(BPM)],
                "log-odds",
                None,
                "one per heart rate; their softmax, sharpened, is the likelihood that the belief filters",
                bins=[int(bpm) for bpm in BPM],
            ),
            tensor("h_next", state, "1", [-1, 1], "hidden state for the next window"),
            tensor("c_next", state, "1", None, "cell state for the next window"),
        ],
        "state": [{"in": "h", "out": "h_next"}, {"in": "c", "out": "c_next"}],
        "sampleRateHz": 25,
        "windowSeconds": 8,
        "stepSeconds": 2,
        "parameters": sum(parameters_of(network) for network in step.networks),
        "multiplyAdds": multiply_adds(step),
        "position": ["wrist"],
        "intendedUse": INTENDED_USE,
        "limits": LIMITS,
        "weightsLicence": LICENCE.format(data=kind.data_name),
        "data": list(kind.data),
        "results": results,
        **(watched or {}),
        "training": {"code": "training/heart_rate", "torch": torch.__version__, **run},
        "goldenTolerance": 1e-4,
    }


#: Measure in metadata.json, its heading in the card, its field in `Scores`, its unit.
MEASURES = (
    ("mean absolute error, every window, mean over recordings", "MAE, BPM", "mae", "BPM"),
    ("mean absolute error of the worst recording", "worst recording", "worst", "BPM"),
    ("mean absolute error of the first five windows", "first five windows", "first_five_mae", "BPM"),
    ("mean absolute error at 120 BPM and more", "at 120 and more", "fast_mae", "BPM"),
    ("share within max(5 BPM, 10 %), every window", "within max(5 BPM, 10 %)", "within", "1"),
    ("coverage of the 90 % interval, every window", "interval covers", "coverage", "1"),
    ("share of windows answered", "answered", "answered", "1"),
    ("mean absolute error of the windows answered", "MAE, answered", "answered_mae", "BPM"),
    ("share within max(5 BPM, 10 %) of the windows answered", "within, answered", "answered_within", "1"),
)


def results_of(scores: Scores, data: str, protocol: str, abstains: bool) -> list[dict]:
    """`abstains`: some windows were not answered, so that those that were are worth a figure."""
    return [
        {
            "measure": measure,
            "value": round(getattr(scores, field), 3 if unit == "BPM" else 4),
            "unit": unit,
            "data": data,
            "protocol": protocol,
        }
        for measure, _, field, unit in MEASURES
        if not math.isnan(getattr(scores, field)) and (abstains or "answered" not in field)
    ]


def model_card(metadata: dict) -> str:
    limits = "\n".join(f"- {limit}" for limit in metadata["limits"])
    data = "\n".join(
        f"| {d['name']} | {d['people']} | {d['use']} | {d['licence']} | {d['description']} |"
        for d in metadata["data"]
    )
    run = metadata["training"]
    return f"""# {metadata['name']} {metadata['version']}

{metadata['summary']} {KINDS[metadata['name']].note}

## What it is for

{metadata['intendedUse']}

The network itself only says how well each rate explains the last windows. The number, its interval and the decision to
show none come from the program's belief over it (`libs/vitals`).

## When it is wrong

{limits}

## How well it does

"Every window" counts the belief's estimate also where no number was shown; "answered" are the windows that showed one. "Interval
covers" is the share of windows whose 90 % interval held the reference. BAMI and SPC 2015 are described at the end; "corrected labels" are
BAMI's, rebuilt as means over the window and aligned to the light; "half speed" are recordings played at half speed, "made up" computed
pulses of people at rest.

{_results_text(metadata['results'])}

## What it is made of

{metadata['parameters']:,} parameters, {metadata['multiplyAdds']:,} multiply-adds per window: convolutions over frequency, then an LSTM over windows
with the same weights at every frequency, so that no rate is favoured. Trained for {run['steps']} steps (seed {run['seed']}) on
copies played 0.42 to 1.38 times as fast, on some of the light channels, with synthetic arm movement added, on light without a
pulse, and on computed resting pulses from 33 to 115 BPM, because BAMI has hardly any.{_taught(run)}

| data | people | use | licence | |
|---|---|---|---|---|
{data}

What the weights may be used for: {metadata['weightsLicence']}.

Made by `python3 -m training.heart_rate` with torch {run['torch']}. `golden.json` holds made-up spectra and this network's
answers; the program checks them whenever it loads the model.
"""


def _taught(run: dict) -> str:
    teachers = run.get("teachers")
    return f"\nBeside the labels it learned to answer like the mean of three networks that were trained on the same: {teachers}." if teachers else ""


def _results_text(results: list[dict]) -> str:
    """One table per protocol, one line per data."""
    parts = []
    for protocol in dict.fromkeys(r["protocol"] for r in results):
        own = [r for r in results if r["protocol"] == protocol]
        values = {(r["data"], r["measure"]): r for r in own}
        columns = [(m, heading) for m, heading, _, _ in MEASURES if any(r["measure"] == m for r in own)]
        lines = ["| | " + " | ".join(heading for _, heading in columns) + " |"]
        lines.append("|---" * (len(columns) + 1) + "|")
        for data in dict.fromkeys(r["data"] for r in own):
            cells = [_shown(values.get((data, measure))) for measure, _ in columns]
            lines.append(f"| {data} | " + " | ".join(cells) + " |")
        parts.append(f"{protocol[0].upper()}{protocol[1:]}.\n\n" + "\n".join(lines))
    return "\n\n".join(parts)


def _shown(result: dict | None) -> str:
    if result is None:
        return "–"
    return f"{result['value']:.2f}" if result["unit"] == "BPM" else f"{result['value']:.1%}"
