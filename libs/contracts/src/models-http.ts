/** `GET /api/models`: which models answer, what they say of themselves, and how they do. Nothing of patients. */
export interface ModelsResponse {
  tasks: TaskModels[];
  drift: ModelDrift;
}

export interface TaskModels {
  /** As in registry.json: `heartRate`, `activity`, `activityWaist`, `fall`. */
  task: string;
  live: ModelFacts;
  /** A candidate that sees the same windows and whose answers reach nobody. */
  shadow: (ModelFacts & { comparison: ShadowComparison }) | null;
  /** What a roll-back makes live again, `<name>/<version>`. */
  previous: string | null;
}

export interface ModelFacts {
  name: string;
  version: string;
  /** Why its metadata cannot be read; the rest is then empty. */
  fault: string | null;
  summary: string;
  intendedUse: string;
  limits: string[];
  weightsLicence: string;
  results: { measure: string; value: number; unit: string; data: string; protocol: string }[];
}

/** Since the processors started, all of them together. */
export interface ShadowComparison {
  /** Windows that both saw; of falls, those with an impact. */
  windows: number;
  /** Both showed an answer, and the same one (heart rates within max(5 BPM, 10 %)). */
  agree: number;
  differ: number;
  liveOnly: number;
  shadowOnly: number;
  /** Neither answered; of falls, neither suspected one. */
  neither: number;
  /** Of the heart rates, every window; null for other tasks and before the first window. */
  meanDifferenceBpm: number | null;
}

/** Of the live heart-rate model, over about the last thousand windows of each processor. */
export interface ModelDrift {
  /** By input: mean of the windows in training's standard deviations from training's mean. */
  inputDeviations: Record<string, number>;
  withheldShare: number | null;
  trainingWithheldShare: number | null;
}
