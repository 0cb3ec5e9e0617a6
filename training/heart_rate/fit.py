"""Training: chunks of consecutive windows, loss on the filtered posterior and on the network's own softmax."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import torch
from torch import nn

from .belief import BeliefSettings, forward_filter
from .bins import BPM
from .copies import Copy
from .plane_noise import disturb


@dataclass(frozen=True)
class FitSettings:
    steps: int = 960
    chunk: int = 32
    batch: int = 16
    learning_rate: float = 3e-3
    weight_decay: float = 1e-3
    clip: float = 2.0
    #: Width of the label, BPM.
    bump_bpm: float = 2.0
    #: Chance that a chunk comes from a copy without a pulse, from a made-up person, from one at half speed or slower.
    empty_share: float = 0.08
    made_up_share: float = 0.08
    slow_share: float = 0.1
    #: Chance that the pulse is lost or found in the middle of a chunk.
    spliced_share: float = 0.15
    #: Weight of what the teachers say beside the labels.
    teacher_weight: float = 2.0


#: The filter that the loss looks through: as it stood before any choice, not the one that is served.
LOSS_BELIEF = BeliefSettings(sigma=0.02, tail=0.0, leak=1e-3, temperature=1.0, floor=1e-3)
UNIFORM = torch.full((len(BPM),), 1.0 / len(BPM))


def fit(
    copies: list[Copy],
    seed: int,
    settings: FitSettings = FitSettings(),
    log=None,
    *,
    network: nn.Module,
    teachers: Sequence[nn.Module] = (),
) -> nn.Module:
    """`network`: what to fit. `teachers`: it also learns to answer like the mean of these."""
    torch.manual_seed(seed)
    rng = np.random.default_rng([seed, 77])
    optimiser = torch.optim.AdamW(
        network.parameters(), lr=settings.learning_rate, weight_decay=settings.weight_decay
    )
    schedule = torch.optim.lr_scheduler.OneCycleLR(
        optimiser, settings.learning_rate, total_steps=settings.steps
    )
    pools = _pools(copies, settings)
    network.train()
    for step in range(settings.steps):
        planes, labels, is_empty = _batch(pools, rng, settings)
        logits = network(planes)
        loss = _loss(logits, labels, is_empty, settings)
        if teachers:
            loss = loss + settings.teacher_weight * _apart(logits, _told(teachers, planes))
        optimiser.zero_grad()
        loss.backward()
        torch.nn.utils.clip_grad_norm_(network.parameters(), settings.clip)
        optimiser.step()
        schedule.step()
        if log and (step % 40 == 0 or step == settings.steps - 1):
            log(f"  step {step:4d}  loss {loss.item():.3f}")
    network.eval()
    return network


def _pools(copies: list[Copy], settings: FitSettings) -> dict[str, tuple[float, list[Copy]]]:
    """Kinds of copies, each with its chance; a kind that is missing has none."""
    enough = [copy for copy in copies if len(copy.labels) >= settings.chunk]
    special = {
        "empty": settings.empty_share,
        "made up": settings.made_up_share,
        "slow": settings.slow_share,
    }

    def kind_of(copy: Copy) -> str:
        if copy.kind in special:
            return copy.kind
        return "slow" if copy.stretch <= 0.5 else "other"

    pools = {kind: [c for c in enough if kind_of(c) == kind] for kind in (*special, "other")}
    shares = {kind: share for kind, share in special.items() if pools[kind]}
    shares["other"] = 1 - sum(shares.values())
    return {kind: (share, pools[kind]) for kind, share in shares.items()}


def _batch(pools: dict, rng: np.random.Generator, settings: FitSettings):
    """The copies of one kind have equal chances, whatever their length."""
    kinds, shares = list(pools), [share for share, _ in pools.values()]
    chunks = []
    for _ in range(settings.batch):
        chunk = _chunk(pools[kinds[rng.choice(len(kinds), p=shares)]][1], rng, settings)
        if "empty" in pools and rng.random() < settings.spliced_share:
            other = _chunk(pools["empty"][1], rng, settings)
            first, second = (chunk, other) if rng.random() < 0.5 else (other, chunk)
            at = rng.integers(settings.chunk // 4, 3 * settings.chunk // 4)
            chunk = tuple(np.concatenate([a[:at], b[at:]]) for a, b in zip(first, second))
        chunks.append(chunk)
    return tuple(torch.from_numpy(np.stack(part)) for part in zip(*chunks))


def _chunk(pool: list[Copy], rng: np.random.Generator, settings: FitSettings):
    """Planes, labels and whether there is no pulse, of consecutive windows."""
    copy = pool[rng.integers(len(pool))]
    first = rng.integers(len(copy.labels) - settings.chunk + 1)
    windows = slice(first, first + settings.chunk)
    is_empty = np.full(settings.chunk, copy.kind == "empty")
    return disturb(copy.planes[windows], rng), copy.labels[windows], is_empty


def _loss(logits, labels, is_empty, settings) -> torch.Tensor:
    known = ~torch.isnan(labels)
    target = _bump(torch.nan_to_num(labels, nan=100.0), settings.bump_bpm)
    posterior = forward_filter(logits, LOSS_BELIEF, first=UNIFORM)
    filtered = -(target * torch.log(posterior + 1e-9)).sum(-1)[known].mean()
    log_softmax = torch.log_softmax(logits, -1)
    own = -(target * log_softmax).sum(-1)[known].mean()
    silent = (-log_softmax.mean(-1) * is_empty).mean()
    return filtered + own + silent


def _told(teachers: Sequence[nn.Module], planes: torch.Tensor) -> torch.Tensor:
    """The mean of the teachers' logits, as probabilities."""
    with torch.no_grad():
        return torch.softmax(sum(teacher(planes) for teacher in teachers) / len(teachers), -1)


def _apart(logits: torch.Tensor, told: torch.Tensor) -> torch.Tensor:
    """Kullback-Leibler divergence of the network's own answer from what it was told, mean over the windows."""
    return (told * (torch.log(told + 1e-9) - torch.log_softmax(logits, -1))).sum(-1).mean()


def _bump(labels: torch.Tensor, width: float) -> torch.Tensor:
    distance = (torch.tensor(BPM, dtype=torch.float32) - labels[..., None]) / width
    weights = torch.exp(-0.5 * distance**2)
    return weights / weights.sum(-1, keepdim=True)
