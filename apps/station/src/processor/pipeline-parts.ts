import type { Journal } from '@app/journal';
import type { Clock } from '../platform/clock.js';
import type { Networks } from './networks.js';
import type { DriftWatch } from './drift-watch.js';
import type { ProcessorMetrics } from './processor-metrics.js';
import type { Shadows } from './shadows.js';

/** What the pipeline works with. */
export interface PipelineParts {
  journal: Journal;
  networks: Networks;
  clock: Clock;
  metrics: ProcessorMetrics;
  /** Candidates beside the live models, and whether windows still look like training's; absent where nobody asks. */
  shadows?: Shadows;
  drift?: DriftWatch;
  /** Ends the wait for a disk that is full. */
  signal?: AbortSignal;
}

/** What answers windows without appending anything. */
export type AnsweringParts = Omit<PipelineParts, 'journal'>;
