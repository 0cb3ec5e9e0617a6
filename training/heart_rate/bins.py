"""The 96 heart rates and the window grid, as in libs/vitals (heart-rate-bins.ts, window-grid.ts)."""

import numpy as np

BPM = 30.0 + 2.0 * np.arange(96)
PLANES = 7
WINDOW_S = 8.0
HOP_S = 2.0
#: Place of the motion-reduced spectrum among the planes.
RESIDUAL = 2
