"""The whole table of results, by one command: `python3 -m training.evaluate_all DATASETS` writes docs/models.md.

Heart rate is measured here and now, through the served chain (TypeScript features, ONNX Runtime, belief). Figures of people who
were left out come from networks that are not shipped, so they are read from what the training commands left: the folds of
`training.heart_rate.cross_validation`, and the results in the metadata of the other models.
"""

import os

for variable in ("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS"):
    os.environ.setdefault(variable, "1")

import argparse  # noqa: E402
import json  # noqa: E402
import math  # noqa: E402
import pickle  # noqa: E402
import re  # noqa: E402
import subprocess  # noqa: E402
from dataclasses import dataclass  # noqa: E402
from pathlib import Path  # noqa: E402


from .heart_rate import abstention  # noqa: E402
from .heart_rate.artefacts import artefact_report  # noqa: E402
from .heart_rate.belief import STILL_G  # noqa: E402
from .heart_rate.cross_validation import BAMI, BAMI_AND_SPC, FAMILIES, FOLDS, STANDS_FOR, STEPS, fold_scores, folds_run  # noqa: E402
from .heart_rate.datasets import spc2015  # noqa: E402
from .heart_rate.exchange import vigil_command  # noqa: E402
from .heart_rate.figures import auroc, figures_of, levels_table, windows_of, worst_recording  # noqa: E402
from .heart_rate.served import served_tracks  # noqa: E402

ROOT = Path(__file__).resolve().parents[1]
#: As in signal-quality.ts, with a network.
QUALITY = {"constant": 0.32, "logWidth": -3.1, "purity": 1.0, "skewness": 0.28, "logMotion": -0.35, "agreement": 0.69}

#: Of the measures over the surest windows: what a belief's width is measured in, and what it was before.
NARROWEST = "pooled over windows; by the width in units of max(5 BPM, 10 %), as numbers are withheld since this set was seen; by the width in BPM {:.2f}"


@dataclass
class Row:
    """One line of the table. `least`, `most`: what must be reached; a row without either is a report."""

    measure: str
    value: float
    unit: str = "BPM"
    least: float | None = None
    most: float | None = None
    note: str = ""

    def cells(self) -> list[str]:
        bounds = []
        if self.least is not None:
            bounds.append(f"≥ {shown(self.least, self.unit)}")
        if self.most is not None:
            bounds.append(f"≤ {shown(self.most, self.unit)}")
        return [self.measure, shown(self.value, self.unit), ", ".join(bounds) or "report", self.verdict(), self.note]

    def verdict(self) -> str:
        if self.least is None and self.most is None:
            return ""
        if math.isnan(self.value):
            return "not measured"
        low = self.least is None or round(self.value, 4) >= self.least
        high = self.most is None or round(self.value, 4) <= self.most
        return "reached" if low and high else "**not reached**"


def shown(value: float, unit: str) -> str:
    if math.isnan(value):
        return "–"
    if unit == "%":
        return f"{100 * value:.1f} %"
    return f"{value:.2f} {unit}" if unit in ("BPM", "ms", "KB", "1/h", "s") else f"{value:.3f}"


def heart_rate_rows(tracks: list) -> list[Row]:
    windows = windows_of(tracks)
    all_23 = figures_of(windows)
    groups = [
        figures_of(windows_of([t for t in tracks if t.name in names])) for names in (spc2015.TRAINING, spc2015.OTHER)
    ]
    levels = levels_table(windows)
    moving = windows.where(windows.motion > STILL_G)
    return [
        Row("MAE, all 23, every window", all_23["mae"], most=2.3),
        Row("MAE, 12 treadmill recordings", groups[0]["mae"], most=1.1),
        Row("MAE, 11 arm-exercise recordings", groups[1]["mae"], most=3.4),
        Row("median error of all windows", all_23["medianError"]),
        Row("worst recording", all_23["worst"], most=7.5, note=worst_recording(windows)),
        Row("first five windows (cold start)", all_23["firstFive"], most=8.0),
        Row("MAE with 8 s of delay", all_23["lagged"], most=1.6, note="windows that nothing follows count with the live answer"),
        Row("within max(5 BPM, 10 %)", all_23["within"], "%", least=0.96),
        Row("wrong by > 10 BPM with a deviation < 5 BPM", all_23["sureAndFar"], "%", most=0.015),
        Row("MAE at 120 BPM and more", all_23["fastMae"], most=4.0),
        Row("bias at 120 BPM and more", all_23["fastBias"], least=-3.0, most=3.0),
        Row("90 % interval covers", all_23["coverage"], "%", least=0.85, most=0.95),
        Row(
            "90 % interval covers, worst level of movement",
            min(row["coverage"] for row in levels),
            "%",
            least=0.75,
            note=min(levels, key=lambda row: row["coverage"])["level"],
        ),
        Row("MAE of the 90 % of windows with the narrowest belief", all_23["mae90"], most=1.4, note=NARROWEST.format(all_23["mae90InBpm"])),
        Row("MAE of the 80 % of windows with the narrowest belief", all_23["mae80"], most=1.1, note=NARROWEST.format(all_23["mae80InBpm"])),
        Row("share of windows answered", all_23["answered"], "%"),
        Row("MAE of the answered windows", all_23["answeredMae"]),
        Row("AUROC of quality against `error > max(5 BPM, 10 %)`, in motion", auroc(moving.quality, moving.is_right), "", least=0.7),
    ]


def rest_auroc(work: Path) -> Row:
    """At rest SPC has hardly an error, so people of BAMI whose device the network never saw stand in."""
    path = work / "trials.pickle"
    measure = "AUROC of the same, at rest"
    note = "BAMI across devices, windows of a still wrist"
    if not path.exists():
        return Row(measure, float("nan"), "", least=0.85, note=note)
    trials = pickle.loads(path.read_bytes())
    windows = abstention.windows_of([trial for trial in trials if trial.condition in abstention.BAMI])
    score = sum(QUALITY[name] * values for name, values in abstention.predictors(windows, "estimate").items())
    still = windows["motion_rms_g"] <= STILL_G
    right = abstention.is_right(windows)
    note += f": {int((~right[still]).sum())} wrong of {int(still.sum())}"
    return Row(measure, auroc(score[still], right[still]), "", least=0.85, note=note)


def fold_rows(datasets: Path, work: Path) -> list[Row]:
    bami = fold_scores(datasets, work, BAMI, STANDS_FOR[BAMI])
    corrected = bami.corrected["mae"] if bami else float("nan")
    published = bami.published["mae"] if bami else float("nan")
    note = _fold_note(work, BAMI, bami.recordings if bami else 0)
    are_all = len(folds_run(work, BAMI, [STANDS_FOR[BAMI]])) == FOLDS
    rows = [
        Row("BAMI, people left out, labels rebuilt and aligned", corrected, most=0.9 if are_all else None, note=note),
        Row("BAMI, people left out, labels as published", published, most=1.6 if are_all else None, note=note),
    ]
    for of, title in (
        ("BAMI", "`hr-all`'s data, BAMI people left out"),
        (("DATA", "TEST"), "`hr-all`'s data, SPC people left out"),
    ):
        scores = fold_scores(datasets, work, BAMI_AND_SPC, STANDS_FOR[BAMI_AND_SPC], of)
        value = scores.corrected["mae"] if scores else float("nan")
        rows.append(Row(title, value, note=_fold_note(work, BAMI_AND_SPC, scores.recordings if scores else 0)))
    return rows


def _fold_note(work: Path, data: str, recordings: int) -> str:
    family = STANDS_FOR[data]
    run = len(folds_run(work, data, [family]))
    return f"{family}; {run} of {FOLDS} folds by person, {recordings} recordings, {STEPS} steps each"


def families_table(datasets: Path, work: Path) -> str:
    lines = [
        "| family | parameters | MAE, rebuilt labels | worst recording | 8 s of delay | within | MAE, published labels |",
        "|---|---|---|---|---|---|---|",
    ]
    run = folds_run(work, BAMI, FAMILIES)
    for family in FAMILIES:
        scores = fold_scores(datasets, work, BAMI, family, folds=run) if run else None
        if scores is None:
            lines.append(f"| {family} | – | not run | | | | |")
            continue
        of, published = scores.corrected, scores.published
        lines.append(
            f"| {family} | {scores.parameters:,} | {of['mae']:.2f} | {of['worst']:.2f} | {of['lagged']:.2f} "
            f"| {of['within']:.1%} | {published['mae']:.2f} |"
        )
    return "\n".join(lines)


#: Model, measure in its metadata, data there, part of the protocol there, bounds.
OTHERS = [
    ("activity-wrist", "macro-F1, 5 classes", "WISDM", "filter", "", 0.92, None, "activity, WISDM, people left out, filtered: macro-F1"),
    ("activity-wrist", "accuracy", "WISDM", "6 s after", "", 0.93, None, "activity, bouts of 15–60 s, from 6 s after a change: accuracy"),
    ("activity-wrist", "balanced recall, rest, walking, running", "BAMI-2", "as the program serves", "", 0.95, None, "activity, BAMI-2 (device never seen): balanced recall"),
    ("activity-wrist", "balanced recall, 5 classes", "WEDA-FALL", "filter", "", 0.8, None, "activity, WEDA-FALL daily life, people left out: balanced recall"),
    ("activity-waist", "accuracy, 6 classes", "HAPT", "official", "", 0.95, None, "activity at the waist, HAPT, official split: accuracy"),
    ("fall-wrist", "sensitivity at 97% trial specificity", None, "", "", 0.93, None, "falls, people left out: sensitivity at 97 % trial specificity"),
    ("fall-wrist", "sensitivity at 99% trial specificity", None, "", "", 0.84, None, "falls, people left out: sensitivity at 99 % trial specificity"),
    ("fall-wrist", "false alarms per hour at 90 % sensitivity", "exercise (BAMI)", "", "1/h", None, 0.2, "falls: false alarms per hour of exercise (BAMI)"),
    ("fall-wrist", "false alarms per hour at 90 % sensitivity", "daily activities (WISDM)", "", "1/h", None, 1.0, "falls: false alarms per hour of daily activities (WISDM)"),
    ("fall-wrist", "false alarms per hour at 90 % sensitivity", "elderly", "", "1/h", None, 1.0, "falls: false alarms per hour, elderly"),
]


def other_rows(models: Path) -> list[Row]:
    rows = []
    for model, measure, data, protocol, unit, least, most, title in OTHERS:
        found = [
            r
            for path in sorted((models / model).glob("*/metadata.json"))
            for r in json.loads(path.read_text())["results"]
            if r["measure"] == measure and (data is None or r["data"] == data) and protocol in r["protocol"]
        ]
        value = found[-1]["value"] if found else float("nan")
        rows.append(Row(title, value, unit, least, most, found[-1]["protocol"] if found else ""))
    return rows


def cost_rows(node: str) -> list[Row]:
    """What test/bench/window-cost.mjs prints; of the built program."""
    bench = ROOT / "test" / "bench" / "window-cost.mjs"
    text = subprocess.run([node, str(bench)], check=True, capture_output=True, text=True).stdout

    def of(name: str) -> float:
        found = re.search(rf"([\d.]+) ms/window  {re.escape(name)}", text)
        return float(found.group(1)) if found else float("nan")

    features, network = of("features: spectra, evidence, quality"), of("network, batch 64")
    state = sum(float(kb) for kb in re.findall(r"([\d.]+) KB", text))
    return [
        Row("features and network, per heart-rate window", features + network, "ms", most=0.25, note=f"{features:.3f} and {network:.3f}"),
        Row("the same with resampling and filters", of("lane: filters, window, features") + network, "ms"),
        Row("activity window", of("activity network, batch 64"), "ms", most=0.1),
        Row("belief, live and with 8 s of delay", of("belief: heart rate twice, quality, activity filter"), "ms"),
        Row("state per wearable", state, "KB", most=64.0),
    ]


def table(rows: list[Row]) -> str:
    lines = ["| measure | reached | must | | |", "|---|---|---|---|---|"]
    return "\n".join([*lines, *("| " + " | ".join(row.cells()) + " |" for row in rows)])


def levels_text(tracks: list) -> str:
    lines = ["| movement | windows | MAE | within | interval covers | half width | wrong | AUROC of quality |", "|---|---|---|---|---|---|---|---|"]
    for row in levels_table(windows_of(tracks)):
        area = "–" if math.isnan(row["auroc"]) else f"{row['auroc']:.3f}"
        lines.append(
            f"| {row['level']} | {row['windows']} | {row['mae']:.2f} | {row['within']:.1%} | {row['coverage']:.1%} "
            f"| {row['halfWidth']:.1f} BPM | {row['wrong']} | {area} |"
        )
    return "\n".join(lines)


def recordings_text(tracks: list) -> str:
    lines = ["| recording | MAE | 8 s of delay | first five | within | answered |", "|---|---|---|---|---|---|"]
    for track in tracks:
        f = figures_of(windows_of([track]))
        lines.append(
            f"| {track.name} | {f['mae']:.2f} | {f['lagged']:.2f} | {f['firstFive']:.2f} | {f['within']:.1%} | {f['answered']:.1%} |"
        )
    return "\n".join(lines)


def document(args: argparse.Namespace) -> str:
    recordings = spc2015.load(args.datasets)
    tracks = served_tracks(recordings, args.model, args.models)
    spectral = figures_of(windows_of(served_tracks(recordings, "spectral", args.models)))
    artefacts = artefact_report(args.datasets, recordings, tracks)
    heart_rate = [*heart_rate_rows(tracks), rest_auroc(args.work)]
    folds, others, cost = fold_rows(args.datasets, args.work), other_rows(args.models), cost_rows(args.node)
    missed = [row for row in (*heart_rate, *folds, *others, *cost) if row.verdict() not in ("", "reached")]
    return TEXT.format(
        model=args.model,
        missed="\n".join(f"- {row.measure}: {shown(row.value, row.unit)} ({row.cells()[2]})" for row in missed) or "- none",
        heart_rate=table(heart_rate),
        levels=levels_text(tracks),
        recordings=recordings_text(tracks),
        spectral=f"{spectral['mae']:.2f}",
        artefacts=(
            f"{artefacts['found']} of {artefacts['pieces']} pieces of 30 s were found again in the recordings by their shape, with "
            f"{artefacts['windows']} windows. Quality tells windows that are mostly artefact ({artefacts['artefact']:.0%}) from mostly "
            f"clean ones with an AUROC of {artefacts['auroc']:.3f}. It is not made for that: it says whether the number is right, and "
            f"the number is right in {artefacts['rightInArtefact']:.1%} of the windows labelled artefact and in "
            f"{artefacts['rightInClean']:.1%} of the clean ones, because movement is regressed out."
        ),
        folds=table(folds),
        families=families_table(args.datasets, args.work),
        family_note=f"{len(folds_run(args.work, BAMI, FAMILIES))} of {FOLDS} folds by person, {STEPS} steps, one seed, the same copies, loss and belief for all",
        others=table(others),
        cost=table(cost),
    )


TEXT = """# What the models reach

Written by `python3 -m training.evaluate_all DATASETS`; do not edit. How each model is made, on whom, and when it is wrong: the model
cards in `models/`. How training works: [training/README.md](../training/README.md).

Every figure is strictly causal except where 8 s of delay are named, of people or devices that the network never saw, with no
recording and no window left out. MAE is the mean over recordings of each recording's mean absolute error.

Not reached, of what was asked for:

{missed}

## Heart rate: `{model}` on SPC 2015

Through the served chain: TypeScript features, ONNX Runtime, belief. Trained on BAMI alone; all 23 recordings of SPC 2015, published
labels, every window from the first. Every number was fitted on BAMI, but results here were looked at while the program was built
(training/README.md says when, and what came of it), so take differences of 0.2 BPM as noise. The spectrum without a network: {spectral} BPM.

{heart_rate}

By level of movement (acceleration without gravity, root mean square over the window: still up to 0.06 g, moderate up to 0.3 g):

{levels}

Hand-drawn artefact labels of TROIKA (Segade): {artefacts}

{recordings}

## Heart rate: people left out

Networks that are not shipped, one per fold, through training's own filter over served features (the test of `training.heart_rate
--smoke` holds the two together).

{folds}

The families of networks on the same folds of BAMI ({family_note}):

{families}

## Activity and falls

As measured by `python3 -m training.activity`, `training.waist` and `training.falls`; the last column is the protocol.

{others}

## Cost

One core of the machine of [performance.md](performance.md), by `test/bench/window-cost.mjs`.

{cost}
"""


def main() -> None:
    parser = argparse.ArgumentParser(prog="python3 -m training.evaluate_all", description=__doc__)
    parser.add_argument("datasets", type=Path)
    parser.add_argument("--models", type=Path, default=ROOT / "models")
    parser.add_argument("--model", default="hr-bami/1.0.0", help="the one that was trained on BAMI alone")
    parser.add_argument("--work", type=Path, default=ROOT / "training" / "work" / "heart_rate")
    parser.add_argument("--out", type=Path, default=ROOT / "docs" / "models.md")
    parser.add_argument("--node", default=vigil_command()[0], help="Node that runs the built program")
    args = parser.parse_args()
    text = document(args)
    args.out.write_text(text)
    print(text)


if __name__ == "__main__":
    main()
