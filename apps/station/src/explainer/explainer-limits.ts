/** Every bound of the explainer, with its unit. docs/api.md prints this table. */
export const EXPLAINER_LIMITS = {
  /** Requests that one process has at once: one that is worked on, one that waits. One more is refused. */
  waiting: 2,
  /** An explanation that takes longer is given up, and its process is ended, ms. */
  answerMs: 5000,
  /** The process ends when nobody asked for so long, ms. */
  idleMs: 300_000,
} as const;
