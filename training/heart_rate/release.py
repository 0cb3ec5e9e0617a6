"""The test set, through the served chain, with a finished model: `python3 -m training.heart_rate.release DATASETS`.

For a release, not while choosing anything. Writes the results into the model's metadata and card.
"""

import argparse
import json
from pathlib import Path

from .datasets import spc2015
from .folder import model_card, results_of
from .scores import Scores, scores_of, summary_of, table_of
from .served import served_tracks

ROOT = Path(__file__).resolve().parents[2]
PROTOCOL = (
    "the program's own chain, causal, every window from the first, published labels; never trained on, every number fitted on BAMI "
    "(but results here were looked at while the method was built: training/README.md)"
)
GROUPS = {"treadmill": spc2015.TRAINING, "arm exercise": spc2015.OTHER}


def test_model(datasets: Path, models: Path, name: str, version: str) -> list[tuple[str, Scores]]:
    """Runs all 23 recordings with the model and with the spectrum alone; returns scores per group."""
    recordings = spc2015.load(datasets)
    rows = []
    for model, suffix in ((f"{name}/{version}", ""), ("spectral", ", spectrum alone")):
        tracks = served_tracks(recordings, model, models)
        print(f"{model}\n{table_of(tracks)}")
        rows.append((f"SPC 2015, all 23{suffix}", scores_of(tracks)))
        for title, names in GROUPS.items():
            group = [track for track in tracks if track.name in names]
            rows.append((f"SPC 2015, {len(names)} {title}{suffix}", scores_of(group)))
    folder = models / name / version
    metadata = json.loads((folder / "metadata.json").read_text())
    kept = [result for result in metadata["results"] if result["protocol"] != PROTOCOL]
    own = [result for title, scores in rows for result in results_of(scores, title, PROTOCOL, abstains=True)]
    metadata["results"] = kept + own
    (folder / "metadata.json").write_text(json.dumps(metadata, indent=2, ensure_ascii=False) + "\n")
    (folder / "MODEL_CARD.md").write_text(model_card(metadata))
    return rows


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("datasets", type=Path)
    parser.add_argument("--models", type=Path, default=ROOT / "models")
    parser.add_argument("--model", default="hr-bami/1.0.0")
    args = parser.parse_args()
    print(summary_of(test_model(args.datasets, args.models, *args.model.split("/"))))


if __name__ == "__main__":
    main()
