"""How a shipped network is made: three networks learn from the recordings, a fourth from the recordings and from those three.

Knowledge distillation (Hinton, Vinyals and Dean 2015, https://doi.org/10.48550/arXiv.1503.02531): the fourth costs as much to run
as any one of them, and answers like their mean. One of the three has no memory of earlier windows: it is better where the
pulse is clean and worse where the arm moves, and the mean of both kinds is better than either.
"""

from collections.abc import Callable, Sequence
from pathlib import Path

import torch
from torch import nn

from .copies import Copy
from .families import CNN, CNN_LSTM, DISTILLED, FAMILIES
from .fit import FitSettings, fit

#: Family and seed of one network.
Teacher = tuple[str, int]
#: Gives back what an earlier run left of this family and seed, or makes it.
Keep = Callable[[str, int, Callable[[], nn.Module]], nn.Module]


def teachers_of(seed: int) -> tuple[Teacher, ...]:
    """The teachers of a network with this seed."""
    return ((CNN_LSTM, seed + 1), (CNN_LSTM, seed + 2), (CNN, seed + 1))


def fitted(family: str, copies: list[Copy], seed: int, settings: FitSettings, say, teachers: Sequence[nn.Module] = ()) -> nn.Module:
    """One network of a family; its first weights come from the seed too."""
    say(f"fitting {family}, seed {seed}")
    torch.manual_seed(seed)
    return fit(copies, seed, settings, say, network=FAMILIES[family](), teachers=teachers)


def distilled(
    copies: list[Copy],
    seed: int,
    settings: FitSettings,
    say,
    keep: Keep = lambda _family, _seed, make: make(),
    teachers: Sequence[Teacher] | None = None,
) -> nn.Module:
    """A network of the shipped form, and before it its teachers; `keep` may hold what was fitted before."""

    def made(family: str, own: int, taught_by: Sequence[nn.Module]) -> nn.Module:
        return keep(family, own, lambda: fitted(family, copies, own, settings, say, taught_by))

    taught_by = [made(family, own, ()) for family, own in (teachers_of(seed) if teachers is None else teachers)]
    return made(DISTILLED, seed, taught_by)


def kept_at(path: Path, family: str, make: Callable[[], nn.Module]) -> nn.Module:
    """The network whose weights lie there, or that is made and put there."""
    if not path.exists():
        unfinished = path.with_suffix(".unfinished")
        torch.save(make().state_dict(), unfinished)
        unfinished.replace(path)
    network = FAMILIES[family]()
    network.load_state_dict(torch.load(path))
    return network.eval()
