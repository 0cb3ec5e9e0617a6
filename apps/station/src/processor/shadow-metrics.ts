import { Counter, Histogram, type Registry } from 'prom-client';

/** Whether live and shadow model showed an answer in a window, and the same one. */
export type Outcome = 'agree' | 'differ' | 'live-only' | 'shadow-only' | 'neither';

export const SHADOW_WINDOWS = 'vigil_shadow_windows_total';
export const SHADOW_DIFFERENCE = 'vigil_shadow_difference_bpm';

/** How the candidates compare with the live models. */
export class ShadowMetrics {
  readonly windows: Counter<'task' | 'outcome'>;
  readonly difference: Histogram;
  readonly failures: Counter;

  constructor(registry: Registry) {
    const registers = [registry];
    this.windows = new Counter({
      name: SHADOW_WINDOWS,
      help: 'Windows that a shadow model saw as well (of falls, those with an impact), by whether both showed an answer and the same one.',
      labelNames: ['task', 'outcome'],
      registers,
    });
    this.difference = new Histogram({
      name: SHADOW_DIFFERENCE,
      help: 'Distance between the heart rates of live and shadow model, every window, shown or not.',
      buckets: [0.5, 1, 2, 3, 5, 10, 20, 40],
      registers,
    });
    this.failures = new Counter({
      name: 'vigil_shadow_failures_total',
      help: 'Batches in which a shadow model failed; nothing else is touched.',
      registers,
    });
  }
}
