"""How choices are made without the test set: train on one device, test on the other, as recorded and with synthetic movement."""

from collections.abc import Callable
from dataclasses import dataclass, replace

import numpy as np
import torch

from .belief import SERVED, BeliefSettings
from .copies import Copy
from .distilled import Keep, distilled
from .fit import FitSettings
from .scores import Track, logits_of, track_of

#: What the other device's recordings are tried with: kind of copy and speed.
CONDITIONS = {
    "as recorded": ("clean", 1.0),
    "with synthetic movement": ("moved", 1.0),
    "at half speed, sharper pulse": ("clean", 0.5),
}
#: Light in which there is no pulse: no label, and no number is right.
EMPTY = "without a pulse"
#: The same after 200 s with one: the network and the belief remember it.
LOST = "pulse lost after 200 s"
LOST_AFTER = 100
#: Made-up people at rest that no network of the selection is trained on.
AT_REST = "made up, at rest"


@dataclass
class Trial:
    """One recording and what the network made of it that never saw its device."""

    condition: str
    copy: Copy
    logits: torch.Tensor


def cross_device(
    copies: list[Copy], made_up: list[Copy], seed: int, settings: FitSettings, say, keep_on: Callable[[str], Keep]
) -> list[Trial]:
    """`made_up`: the first quarter is held out, the rest trained on, with either device. `keep_on`: what keeps the networks of a device."""
    trials = []
    held_out, shared = made_up[: len(made_up) // 4], made_up[len(made_up) // 4 :]
    for device in ("first", "second"):
        say(f"fitting on the {device} device")
        own = [c for c in copies if c.device == device]
        network = distilled(own + shared, seed, settings, say, keep_on(device))
        for condition, (kind, stretch) in CONDITIONS.items():
            others = one_each([c for c in copies if c.device != device and c.kind == kind], stretch)
            trials += [Trial(condition, copy, logits_of(network, copy)) for copy in others]
        empty = [c for c in copies if c.device != device and c.kind == "empty"]
        trials += [Trial(AT_REST, copy, logits_of(network, copy)) for copy in held_out]
        trials += [Trial(EMPTY, copy, logits_of(network, copy)) for copy in empty]
        for copy in (_lost(c, empty) for c in one_each([c for c in copies if c.device != device])):
            trials.append(Trial(LOST, copy, logits_of(network, copy)))
    return trials


def _lost(copy: Copy, empty: list[Copy]) -> Copy:
    """The first windows of a copy, then those of one without a pulse from the same recording."""
    silent = next(c for c in empty if c.source == copy.source)
    return replace(
        copy,
        kind="lost",
        planes=np.concatenate([copy.planes[:LOST_AFTER], silent.planes]),
        labels=np.concatenate([copy.labels[:LOST_AFTER], silent.labels]),
        table=np.concatenate([copy.table[:LOST_AFTER], silent.table]),
    )


def tracks_of(trials: list[Trial], condition: str, settings: BeliefSettings = SERVED) -> list[Track]:
    return [track_of(t.logits, t.copy, settings) for t in trials if t.condition == condition]


def one_each(copies: list[Copy], stretch: float = 1.0) -> list[Copy]:
    """The first copy of each recording at this speed."""
    return list({c.source: c for c in reversed(copies) if c.stretch == stretch}.values())[::-1]
