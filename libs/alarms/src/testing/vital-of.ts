import type { ActivityClass, Fall, VitalSigns, Withheld } from '@app/contracts';

export interface VitalWords {
  patient?: string;
  device?: string;
  /** Null: no number, for `withheld` (uncertain). */
  bpm?: number | null;
  withheld?: Withheld;
  /** While there is no number. */
  estimate?: number | null;
  second?: number | null;
  /** Half of the interval. */
  half?: number;
  quality?: number;
  activity?: ActivityClass;
  confidence?: number;
  battery?: number | null;
  worn?: boolean | null;
  clockErrorMs?: number | null;
  fall?: { score: number; stillSeconds?: number; atMonotonicUs?: number };
  lane?: VitalSigns['lane'];
  bootId?: string;
}

/** A result with what a test says, and what is usual. */
export function vitalOf(window: number, endMs: number, words: VitalWords): VitalSigns {
  const bpm = words.bpm === undefined ? 80 : words.bpm;
  const estimate = bpm ?? words.estimate ?? null;
  const half = words.half ?? 4;
  const device = words.device ?? `${words.patient ?? 'P-01'}-watch`;
  return {
    patient: words.patient ?? 'P-01',
    origin: 'live',
    device,
    bootId: words.bootId ?? 'b',
    window,
    lane: words.lane ?? 'live',
    endMonotonicUs: (2 * window + 8) * 1e6,
    endMs,
    latencyMs: 5,
    heartRate: {
      bpm,
      withheld: bpm === null ? (words.withheld ?? 'uncertain') : null,
      estimateBpm: estimate,
      lowBpm: estimate === null ? null : estimate - half,
      highBpm: estimate === null ? null : estimate + half,
      secondOpinionBpm: words.second ?? estimate,
      model: { name: 'hr', version: '1' },
    },
    quality: words.quality ?? 0.9,
    activity: {
      class: words.activity ?? 'rest',
      confidence: words.confidence ?? 1,
      cadencePerMinute: null,
      model: { name: 'a', version: '1' },
    },
    fall: words.fall === undefined ? null : fallOf(words.fall, window),
    battery: words.battery ?? null,
    worn: words.worn ?? null,
    clockErrorMs: words.clockErrorMs ?? null,
  };
}

function fallOf(fall: NonNullable<VitalWords['fall']>, window: number): Fall {
  return {
    score: fall.score,
    stillSeconds: fall.stillSeconds ?? 0,
    atMonotonicUs: fall.atMonotonicUs ?? 2e6 * window,
    model: { name: 'fall', version: '1' },
  };
}
