import type { Registry } from 'prom-client';
import type { Health } from '../platform/health.js';

/** Whether this process was forked by a supervisor. */
export const isSupervised = process.env['VIGIL_SUPERVISED'] === '1' && process.send !== undefined;

/** How often a forked process says how its parts are, ms. */
const HEALTH_EVERY_MS = 1_000;

/** In a forked process: answers the supervisor, and ends when it is gone, even by SIGKILL: two stations never share work. */
export function serveSupervisor(metrics: Registry, health: Health, shutdown: () => void): void {
  process.on('message', (message: { ask?: string }) => {
    if (message.ask === 'metrics')
      void metrics.getMetricsAsJSON().then((json) => process.send?.({ metrics: json }));
  });
  setInterval(() => process.send?.({ health: health.parts() }), HEALTH_EVERY_MS).unref();
  process.on('disconnect', shutdown);
  // The supervisor may have gone while this process was still starting: nobody would be told.
  if (!process.connected) shutdown();
}
