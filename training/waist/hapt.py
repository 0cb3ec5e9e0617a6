"""UCI HAPT (Reyes-Ortiz et al. 2016, doi:10.1016/j.neucom.2015.07.085): a phone at the waist, 30 people, 6 activities, 6 transitions."""

from dataclasses import dataclass
from pathlib import Path

import numpy as np

RATE_HZ = 50.0
#: People of the published test set; the other 21 are its training set.
TEST_PEOPLE = frozenset({2, 4, 9, 10, 12, 13, 18, 20, 24})
#: As waist-classes.ts has them. All six transitions are one class.
CLASSES = ("walking", "upstairs", "downstairs", "sitting", "standing", "lying", "transition")
TRANSITION = CLASSES.index("transition")


@dataclass
class Recording:
    name: str
    person: int
    #: samples x 3, g with gravity, and deg/s.
    acceleration: np.ndarray
    rotation: np.ndarray
    #: First sample, sample after the last, index of the class.
    bouts: list[tuple[int, int, int]]


def load(datasets: Path) -> list[Recording]:
    folder = Path(datasets) / "hapt" / "HAPT Data Set" / "RawData"
    labels = np.loadtxt(folder / "labels.txt", dtype=int)
    recordings = []
    for path in sorted(folder.glob("acc_exp*.txt")):
        experiment, person = int(path.name[7:9]), int(path.name[14:16])
        # the published sample ranges count from 1 and include their end
        bouts = [
            (int(first) - 1, int(last), min(int(activity) - 1, TRANSITION))
            for number, _, activity, first, last in labels
            if number == experiment
        ]
        recordings.append(
            Recording(
                name=f"hapt-{experiment:02d}",
                person=person,
                acceleration=np.loadtxt(path),
                rotation=np.degrees(np.loadtxt(folder / path.name.replace("acc", "gyro"))),
                bouts=bouts,
            )
        )
    return recordings
