"""The forward filter over the bins, as in libs/vitals (heart-rate-belief.ts); differentiable."""

from dataclasses import dataclass

import numpy as np
import torch

from .bins import BPM

_bpm = torch.tensor(BPM, dtype=torch.float32)


@dataclass(frozen=True)
class BeliefSettings:
    #: Standard deviation of log(rate / rate 2 s before); a share `tail` moves three times as far.
    sigma: float = 0.03
    tail: float = 0.1
    #: Chance of starting anew anywhere.
    leak: float = 1e-4
    #: Sharpness given to the logits, and the floor under each bin.
    temperature: float = 0.7
    floor: float = 1e-3
    #: Start: log-normal around this rate, and the share of a uniform start.
    start_bpm: float = 94.0
    start_sigma: float = 0.255
    start_uniform: float = 0.1


#: As served: belief-settings.ts holds the same numbers.
SERVED = BeliefSettings()
SPECTRAL = BeliefSettings(sigma=0.02, tail=0.0, leak=1e-4, temperature=0.5)


#: Levels of movement by the acceleration's root mean square over the window without gravity, g: interval-tails.ts.
STILL_G, VIGOROUS_G = 0.06, 0.3
LEVELS = ("still", "moderate", "vigorous")
#: Probability that the interval leaves out on either side, per level, also there; unknown movement counts as vigorous.
TAILS = {"still": 0.185, "moderate": 0.16, "vigorous": 0.13}
SPECTRAL_TAILS = {"still": 0.105, "moderate": 0.028, "vigorous": 0.008}


def level_of(motion_g: np.ndarray) -> np.ndarray:
    return np.where(motion_g <= STILL_G, "still", np.where(motion_g <= VIGOROUS_G, "moderate", "vigorous"))


def tails_at(motion_g: np.ndarray, settings: BeliefSettings) -> np.ndarray:
    tails = SPECTRAL_TAILS if settings == SPECTRAL else TAILS
    return np.vectorize(tails.get)(level_of(motion_g)).astype(np.float32)


def transition(settings: BeliefSettings) -> torch.Tensor:
    """Rows: from, columns: to."""
    step = np.log(BPM[None, :] / BPM[:, None])

    def kernel(sigma):
        weights = np.exp(-0.5 * (step / sigma) ** 2)
        return weights / weights.sum(1, keepdims=True)

    moved = (1 - settings.tail) * kernel(settings.sigma) + settings.tail * kernel(3 * settings.sigma)
    moved = (1 - settings.leak) * moved + settings.leak / len(BPM)
    return torch.tensor(moved, dtype=torch.float32)


def start(settings: BeliefSettings) -> torch.Tensor:
    weights = np.exp(-0.5 * (np.log(BPM / settings.start_bpm) / settings.start_sigma) ** 2)
    mixed = (1 - settings.start_uniform) * weights / weights.sum() + settings.start_uniform / len(BPM)
    return torch.tensor(mixed, dtype=torch.float32)


def forward_filter(logits: torch.Tensor, settings: BeliefSettings, first: torch.Tensor | None = None) -> torch.Tensor:
    """Posteriors of [batch, time, bins] logits. `first`: belief before the first window, default the start prior."""
    emission = torch.softmax(settings.temperature * logits, -1) + settings.floor / logits.shape[-1]
    move = transition(settings)
    belief = (start(settings) if first is None else first).expand(logits.shape[0], -1)
    posteriors = []
    for t in range(logits.shape[1]):
        predicted = belief if t == 0 else belief @ move
        belief = predicted * emission[:, t]
        belief = belief / belief.sum(-1, keepdim=True)
        posteriors.append(belief)
    return torch.stack(posteriors, 1)


def fixed_lag(
    logits: torch.Tensor, posteriors: torch.Tensor, settings: BeliefSettings, lag: int = 4
) -> torch.Tensor:
    """Posteriors of [time, bins], each with up to `lag` later windows taken into account (fewer at the end)."""
    emission = torch.softmax(settings.temperature * logits, -1) + settings.floor / logits.shape[-1]
    move = transition(settings)
    smoothed = []
    for t in range(len(logits)):
        later = torch.ones(logits.shape[-1])
        for k in range(min(lag, len(logits) - 1 - t), 0, -1):
            later = move @ (emission[t + k] * later)
            later = later / later.max()
        one = posteriors[t] * later
        smoothed.append(one / one.sum())
    return torch.stack(smoothed)


def median(posteriors: torch.Tensor) -> torch.Tensor:
    """The answer: of all single numbers the one with the least absolute error to be expected."""
    return quantile(posteriors, 0.5)


def deviation(posteriors: torch.Tensor) -> torch.Tensor:
    mean = posteriors @ _bpm
    return ((posteriors @ _bpm**2) - mean**2).clamp(min=0).sqrt()


def quantile(posteriors: torch.Tensor, share: float | torch.Tensor) -> torch.Tensor:
    """BPM below which this share lies (one for all, or one for each), linear inside a bin, which reaches 1 BPM to both sides."""
    if isinstance(share, torch.Tensor):
        share = share[:, None]
    total = posteriors.cumsum(-1)
    index = (total < share).sum(-1, keepdim=True).clamp(max=len(BPM) - 1)
    mass = posteriors.gather(-1, index).clamp(min=1e-12)
    before = total.gather(-1, index) - mass
    inside = ((share - before) / mass).clamp(0, 1)
    return (_bpm[index] - 1 + 2 * inside).squeeze(-1)
