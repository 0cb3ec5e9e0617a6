"""Augmentation of the planes themselves, per chunk of windows: movement that leaks into the light, noise, jitter."""

import numpy as np

LIGHT = slice(0, 4)
MOTION = slice(4, 7)
#: How much of the injected movement each light plane gets, and which motion plane it is.
LEAKS = ((0, 1.0, 4), (1, 1.0, 4), (2, 0.3, 4), (3, 1.0, 5))


def disturb(planes: np.ndarray, rng: np.random.Generator) -> np.ndarray:
    """planes: windows x 7 x 96 -> the same shape, float32."""
    size = np.expm1(planes.astype(np.float32)) / 2
    windows, _, bins = size.shape
    if rng.random() < 0.5:
        amount = rng.uniform(0, 0.8)
        for light, share, motion in LEAKS:
            leak = amount * share * size[:, motion] * rng.rayleigh(0.8, (windows, bins))
            size[:, light] = np.hypot(size[:, light], leak)
    if rng.random() < 0.5:
        floor = rng.uniform(0, 0.3)
        size[:, LIGHT] = np.hypot(size[:, LIGHT], floor * rng.rayleigh(0.8, (windows, 4, bins)))
    if rng.random() < 0.05:
        size[:, MOTION] = 0
        size[:, 2] = size[:, 0]
    else:
        size[:, MOTION] *= np.abs(1 + 0.15 * rng.normal(size=(windows, 3, bins)))
    level = np.sqrt((size**2).mean(2, keepdims=True))
    return np.log1p(2 * size / np.maximum(level, 1e-9)).astype(np.float32)
