/** The heart rates that belief and network speak about: 30, 32, …, 220 BPM. */
export const BIN_COUNT = 96;
export const FIRST_BIN_BPM = 30;
export const BIN_STEP_BPM = 2;

export function bpmOfBin(bin: number): number {
  return FIRST_BIN_BPM + BIN_STEP_BPM * bin;
}

/** Planes of the heart-rate network's input, in their order: see `feature-planes.ts`. */
export const PLANE_COUNT = 7;
/** Numbers in one window's input of the heart-rate network: planes × bins. */
export const HEART_RATE_FEATURES = PLANE_COUNT * BIN_COUNT;

/** What a heart-rate model must offer to be used; checked when it is loaded. Its state is its own affair. */
export const HEART_RATE_MODEL_INTERFACE = {
  task: 'heart-rate',
  inputs: { x: [PLANE_COUNT, BIN_COUNT] },
  outputs: {
    logits: { shape: [BIN_COUNT], bins: Array.from({ length: BIN_COUNT }, (_, i) => bpmOfBin(i)) },
  },
} as const;
