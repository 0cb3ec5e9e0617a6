import { Inject, Injectable } from '@nestjs/common';
import { Counter, Gauge, Histogram, type Registry } from 'prom-client';
import { METRICS } from '../../platform/tokens.js';

@Injectable()
export class CanaryMetrics {
  /** By `result`: `through`, `wrong-rate`, `late`, `unconfirmed`. */
  readonly results: Counter;
  readonly latencySeconds: Histogram;
  /** Asked when metrics are; null: there is no canary. */
  ageSeconds: () => number | null = () => null;

  constructor(@Inject(METRICS) registry: Registry) {
    const registers = [registry];
    this.results = new Counter({
      name: 'vigil_canary_total',
      help: 'Canaries by what came of them.',
      labelNames: ['result'],
      registers,
    });
    this.latencySeconds = new Histogram({
      name: 'vigil_canary_latency_seconds',
      help: "From the canary's last sample to each dashboard's confirmation.",
      buckets: [0.05, 0.1, 0.2, 0.3, 0.5, 0.75, 1, 2, 5, 10],
      registers,
    });
    const age = () => this.ageSeconds();
    void new Gauge({
      name: 'vigil_canary_age_seconds',
      help: 'Since a canary last came through, or since the start.',
      registers,
      collect() {
        const seconds = age();
        if (seconds !== null) this.set(seconds);
      },
    });
  }
}
