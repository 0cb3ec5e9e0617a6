import { PLACEMENT_RULES } from './placement-rules.js';

/** Structured-cloneable state of `ArrivalSteps`. */
export interface ArrivalStepsSnapshot {
  sinceMs: number;
  lastMs: number;
  leastMs: number;
  mostMs: number;
  frames: number;
}

/**
 * Finds out whether a device's frames arrive in step with their sending: the differences between both stay together for
 * some seconds. A queue that is drained, and a way that jams, show as differences that fall or jump.
 */
export class ArrivalSteps {
  private step: ArrivalStepsSnapshot | null;

  constructor(saved: ArrivalStepsSnapshot | null = null) {
    this.step = saved === null ? null : { ...saved };
  }

  save(): ArrivalStepsSnapshot | null {
    return this.step === null ? null : { ...this.step };
  }

  /**
   * @param receivedMs station's clock at the arrival
   * @param offsetMs arrival less sending
   * @returns the least difference of the step, once it has lasted; else null
   */
  note(receivedMs: number, offsetMs: number): number | null {
    const { step } = this;
    const { stepJitterMs, stepLongestMs, stepPauseMs, stepMs, stepFrames } = PLACEMENT_RULES;
    if (
      step === null ||
      receivedMs < step.lastMs ||
      receivedMs - step.lastMs > stepPauseMs ||
      receivedMs - step.sinceMs > stepLongestMs ||
      Math.max(step.mostMs, offsetMs) - Math.min(step.leastMs, offsetMs) > stepJitterMs
    ) {
      this.step = {
        sinceMs: receivedMs,
        lastMs: receivedMs,
        leastMs: offsetMs,
        mostMs: offsetMs,
        frames: 1,
      };
      return null;
    }
    step.lastMs = receivedMs;
    step.leastMs = Math.min(step.leastMs, offsetMs);
    step.mostMs = Math.max(step.mostMs, offsetMs);
    step.frames++;
    const isLong = receivedMs - step.sinceMs >= stepMs && step.frames >= stepFrames;
    return isLong ? step.leastMs : null;
  }
}
