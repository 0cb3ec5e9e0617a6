"""How far the reference of each recording of BAMI runs behind the light: `python3 -m training.heart_rate.lags DATASETS`.

Writes `bami_lags.json`, for whoever must compare in time without Python. The lags are those that training takes (`labels.lag_of`);
nothing that runs at a bedside reads them.
"""

import argparse
import json
from pathlib import Path

from .datasets import bami
from .exchange import features_of
from .labels import lag_of

OUT = Path(__file__).with_name("bami_lags.json")


def lags_of(datasets: Path) -> dict[str, float]:
    """Lag of each recording, s: what the light shows at t, the reference says at t - lag."""
    lags = {}
    for recording in bami.load(datasets):
        (windows,) = features_of([recording])
        lags[recording.name] = lag_of(recording, windows["heartRate"], windows["window"][:, 7])
    return lags


def main() -> None:
    parser = argparse.ArgumentParser(prog="python3 -m training.heart_rate.lags", description=__doc__)
    parser.add_argument("datasets", type=Path)
    parser.add_argument("--out", type=Path, default=OUT)
    args = parser.parse_args()
    content = {"madeBy": "python3 -m training.heart_rate.lags", "lagSeconds": lags_of(args.datasets)}
    args.out.write_text(json.dumps(content, indent=2) + "\n")


if __name__ == "__main__":
    main()
