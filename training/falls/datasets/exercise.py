"""Daily life and exercise without falls, from the loaders of the activity training: WISDM's watch (51 people: walk, jog,
stairs, sit, stand, kick a ball) and both BAMI devices (treadmill)."""
from __future__ import annotations

from pathlib import Path
from typing import Iterator

from ...activity.datasets import bami, wisdm_watch
from ..recording import Recording


def load_wisdm(folder: Path) -> Iterator[Recording]:
    for own in wisdm_watch.load(folder):
        yield Recording(f"fall-{own.name}", "wisdm", own.person, own.rate, own.acceleration, own.tags["code"])


def load_bami(folder: Path) -> Iterator[Recording]:
    for own in bami.load(folder):
        yield Recording(f"fall-{own.name}", "bami", own.person, own.rate, own.acceleration, own.dataset)
