"""Model folders of networks that left people out: `python3 -m training.heart_rate.fold_models DATASETS`.

Takes the weights that `cross_validation` has left for each fold and exports them as `<name>/1.0.0`, with `folds.json`: which
recording is answered by which model, so that the program itself can be tried on people whom the network never saw. They are not
shipped.
"""

import argparse
import json
from pathlib import Path

import torch

from .cross_validation import BAMI, BAMI_AND_SPC, FOLDS, ROOT, STANDS_FOR, STEPS, fold_of, weights_path
from .folder import metadata_of, model_card
from .graph import Step, export_graph, golden_cases
from .network import HeartRateNetwork

VERSION = "1.0.0"
#: Data of `cross_validation`, the model that it stands for, and the beginning of the names of its folds.
RECIPES = {BAMI: ("hr-bami", "bami-fold"), BAMI_AND_SPC: ("hr-all", "all-fold")}


def export_folds(datasets: Path, work: Path, out: Path) -> dict:
    """Writes the folds that there are; returns what `folds.json` says: by recipe, the model of each recording."""
    recipes = {}
    for data, (recipe, prefix) in RECIPES.items():
        models, family = {}, STANDS_FOR[data]
        for name, fold in fold_of(datasets, data).items():
            if weights_path(work, data, family, fold).exists():
                models[name] = f"{prefix}-{fold + 1}/{VERSION}"
        for fold in range(FOLDS):
            weights = weights_path(work, data, family, fold)
            if weights.exists():
                _export(weights, out / f"{prefix}-{fold + 1}" / VERSION, f"{prefix}-{fold + 1}", recipe, fold)
        if models:
            recipes[recipe] = models
    return {"recipes": recipes}


def _export(weights: Path, folder: Path, name: str, recipe: str, fold: int) -> None:
    network = HeartRateNetwork()
    network.load_state_dict(torch.load(weights))
    step = Step([network.eval()]).eval()
    folder.mkdir(parents=True, exist_ok=True)
    digest = export_graph(step, folder / "model.onnx")
    result = {"measure": "fold", "value": fold + 1, "unit": "1", "data": f"{FOLDS} folds by person", "protocol": "not scored here"}
    metadata = metadata_of(step, recipe, VERSION, digest, [result], {"seed": fold, "steps": STEPS, "teachers": "see cross_validation.py" if recipe == RECIPES[BAMI][0] else ""})
    (folder / "MODEL_CARD.md").write_text(model_card(metadata))
    metadata |= {"name": name, "summary": f"{recipe}'s recipe without the people of fold {fold + 1}: for evaluation alone."}
    for file, value in (("metadata.json", metadata), ("golden.json", golden_cases(step))):
        (folder / file).write_text(json.dumps(value, indent=2, ensure_ascii=False) + "\n")


def main() -> None:
    parser = argparse.ArgumentParser(prog="python3 -m training.heart_rate.fold_models", description=__doc__)
    parser.add_argument("datasets", type=Path)
    parser.add_argument("--work", type=Path, default=ROOT / "training" / "work" / "heart_rate")
    parser.add_argument("--out", type=Path, help="default: fold-models in the work folder")
    args = parser.parse_args()
    torch.set_num_threads(1)
    out = args.out or args.work / "fold-models"
    out.mkdir(parents=True, exist_ok=True)
    folds = export_folds(args.datasets, args.work, out)
    (out / "folds.json").write_text(json.dumps(folds, indent=1) + "\n")
    for recipe, models in folds["recipes"].items():
        print(f"{recipe}: {len(set(models.values()))} of {FOLDS} folds, {len(models)} recordings")


if __name__ == "__main__":
    main()
