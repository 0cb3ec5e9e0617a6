"""Copies on disk: making them takes minutes, fitting on them again should not."""

from pathlib import Path

import numpy as np

from .copies import Copy

_FIELDS = ("source", "device", "kind", "stretch", "lag")


def save_copies(path: Path, copies: list[Copy]) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    arrays = {}
    for number, copy in enumerate(copies):
        arrays |= {f"{name}_{number}": np.array(getattr(copy, name)) for name in _FIELDS}
        arrays |= {f"planes_{number}": copy.planes, f"labels_{number}": copy.labels, f"table_{number}": copy.table}
    np.savez(path, count=len(copies), **arrays)


def load_copies(path: Path, first: bool = False) -> list[Copy]:
    """`first`: only the first, the recording as it is."""
    with np.load(path) as arrays:
        return [
            Copy(
                **{name: arrays[f"{name}_{number}"].item() for name in _FIELDS},
                planes=arrays[f"planes_{number}"],
                labels=arrays[f"labels_{number}"],
                table=arrays[f"table_{number}"],
            )
            for number in range(1 if first else int(arrays["count"]))
        ]
