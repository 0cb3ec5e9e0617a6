"""Ten minutes of short bouts per person, glued from WISDM's blocks: how the output behaves when the activity changes."""
from __future__ import annotations

from typing import Sequence

import numpy as np

from .recording import Bout, Recording

STREAMS = "wisdm-stream"
SECONDS = 600
BOUT_S = (15, 60)
PER_PERSON = 2


def make_streams(recordings: Sequence[Recording], seed: int = 1) -> list[Recording]:
    """Raw samples joined without smoothing; each bout is a random stretch of one of the person's activities, and no
    activity follows itself."""
    generator = np.random.default_rng(seed)
    streams = []
    for person in sorted({recording.person for recording in recordings}):
        own = [recording for recording in recordings if recording.person == person]
        for number in range(PER_PERSON):
            parts, bouts, seconds, before = [], [], 0.0, ""
            while seconds < SECONDS:
                block = own[generator.integers(len(own))]
                label = block.bouts[0].label
                if label == before:
                    continue
                length = int(generator.integers(BOUT_S[0], BOUT_S[1] + 1) * block.rate)
                start = int(generator.integers(0, len(block.acceleration) - length + 1))
                parts.append(block.acceleration[start : start + length])
                bouts.append(Bout(seconds, seconds + length / block.rate, label))
                seconds, before = seconds + length / block.rate, label
            streams.append(
                Recording(f"{person}-stream{number}", STREAMS, person, own[0].rate, np.concatenate(parts), tuple(bouts))
            )
    return streams
