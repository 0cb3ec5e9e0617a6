import type { ActivityClass } from '@app/contracts';
import type { SimulatedActivity } from './scenario.js';

/** What was really the case in one window, [2k, 2k + 8) s of a boot's monotonic time. */
export interface TruthWindow {
  device: string;
  patient: string;
  bootId: string;
  window: number;
  /** Beats in the window, per minute. */
  heartRateBpm: number;
  /** The activity of most of the window. */
  activity: ActivityClass;
  /** More than one activity in the window. */
  transition: boolean;
  /** Steps per minute, mean; 0 without steps. */
  cadencePerMinute: number;
  /** Whether the light signal shows the pulse through the whole window. */
  signal: 'good' | 'disturbed';
}

export interface TruthSecond {
  beats: number;
  steps: number;
  activity: SimulatedActivity;
  signal: 'good' | 'disturbed';
}

const WINDOW_SECONDS = 8;
const STEP_SECONDS = 2;

const CLASSES: Record<SimulatedActivity, ActivityClass> = {
  rest: 'rest',
  asleep: 'rest',
  walking: 'walking',
  stairs: 'stairs',
  running: 'running',
  'arm-movement': 'other',
};

/** Sums up a boot's seconds into windows. */
export class TruthWindows {
  private readonly seconds: TruthSecond[] = [];
  private count = 0;

  constructor(private readonly of: Pick<TruthWindow, 'device' | 'patient' | 'bootId'>) {}

  /** The window that ends with this second, or null. */
  add(second: TruthSecond): TruthWindow | null {
    this.seconds.push(second);
    if (this.seconds.length > WINDOW_SECONDS) this.seconds.shift();
    this.count++;
    const start = this.count - WINDOW_SECONDS;
    if (start < 0 || start % STEP_SECONDS !== 0) return null;
    const activities = this.seconds.map((one) => CLASSES[one.activity]);
    return {
      ...this.of,
      window: start / STEP_SECONDS,
      heartRateBpm: perMinute(this.seconds.map((one) => one.beats)),
      activity: mostFrequent(activities),
      transition: new Set(activities).size > 1,
      cadencePerMinute: perMinute(this.seconds.map((one) => one.steps)),
      signal: this.seconds.every((one) => one.signal === 'good') ? 'good' : 'disturbed',
    };
  }
}

function perMinute(counts: number[]): number {
  return (60 * counts.reduce((sum, count) => sum + count, 0)) / WINDOW_SECONDS;
}

function mostFrequent<T>(items: T[]): T {
  const count = (item: T) => items.filter((other) => other === item).length;
  return items.reduce((best, item) => (count(item) > count(best) ? item : best));
}
