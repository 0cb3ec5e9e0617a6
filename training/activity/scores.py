"""Figures from predictions."""
from __future__ import annotations

import numpy as np

from .recording import CLASSES


def confusion(y: np.ndarray, predicted: np.ndarray) -> np.ndarray:
    """Rows: true class; columns: said class, the last one "unknown"."""
    table = np.zeros((len(CLASSES), len(CLASSES) + 1), np.int64)
    np.add.at(table, (y, predicted), 1)
    return table


def f1_of(table: np.ndarray) -> np.ndarray:
    """Per class; NaN for a class that the data do not have."""
    hit = np.diag(table).astype(float)
    true, said = table.sum(axis=1), table[:, : len(CLASSES)].sum(axis=0)
    return np.where(true > 0, 2 * hit / np.maximum(1, true + said), np.nan)


def recall_of(table: np.ndarray) -> np.ndarray:
    true = table.sum(axis=1)
    return np.where(true > 0, np.diag(table) / np.maximum(1, true), np.nan)


def scores(y: np.ndarray, predicted: np.ndarray, person: np.ndarray) -> dict[str, object]:
    table = confusion(y, predicted)
    by_person = np.array([(predicted[person == p] == y[person == p]).mean() for p in np.unique(person)])
    worst = np.sort(by_person)[: max(1, round(len(by_person) / 10))]
    return {
        "windows": int(len(y)),
        "people": int(len(by_person)),
        "accuracy": float((predicted == y).mean()),
        "macroF1": float(np.nanmean(f1_of(table))),
        "balanced": float(np.nanmean(recall_of(table))),
        "f1": {name: _or_none(value) for name, value in zip(CLASSES, f1_of(table))},
        "recall": {name: _or_none(value) for name, value in zip(CLASSES, recall_of(table))},
        "worstTenthOfPeople": float(worst.mean()),
        "peopleAbove0.9": int((by_person >= 0.9).sum()),
        # people of whom most windows of this class are called something else
        "peopleMostlyWrong": {
            name: sum(
                bool((predicted[own] == index).mean() < 0.5)
                for own in ((person == p) & (y == index) for p in np.unique(person))
                if own.any()
            )
            for index, name in enumerate(CLASSES)
        },
        "confusion": table.tolist(),
    }


def _or_none(value: float) -> float | None:
    return None if np.isnan(value) else round(float(value), 4)
