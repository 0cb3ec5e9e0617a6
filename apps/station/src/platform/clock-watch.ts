import { Logger } from '@nestjs/common';
import { Counter, Gauge, type Registry } from 'prom-client';
import type { Health } from './health.js';
import { CLOCK_RULES, type StationClock } from './station-clock.js';

/** Says when the system's clock was moved: in the log, in metrics, and on every dashboard while the station is ahead of it. */
export function watchClock(clock: StationClock, metrics: Registry, health: Health): void {
  const logger = new Logger('Clock');
  const steps = new Counter({
    name: 'vigil_clock_steps_total',
    help: "Steps of the system's clock by more than a second.",
    registers: [metrics],
  });
  const ahead: Gauge = new Gauge({
    name: 'vigil_clock_ahead_seconds',
    help: "How far the station's clock is ahead of the system's, which was set back.",
    registers: [metrics],
    collect: () => ahead.set(clock.aheadMs / 1000),
  });
  clock.onStep((stepMs) => {
    steps.inc();
    logger.warn(
      `the system's clock was set ${stepMs > 0 ? 'forward' : 'back'} by ${(Math.abs(stepMs) / 1000).toFixed(1)} s`,
    );
  });
  health.register(
    'clock',
    () =>
      clock.aheadMs <= CLOCK_RULES.waitableMs
        ? { ok: true, message: "the station's clock follows the system's" }
        : {
            ok: false,
            message: `The system's clock was set back: times shown are ${Math.round(clock.aheadMs / 60_000)} min ahead of it until the station is started again`,
          },
    false,
  );
}
