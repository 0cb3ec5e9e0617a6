import type { Registry } from 'prom-client';

/** Whether this process was forked by a supervisor. */
export const isSupervised = process.env['VIGIL_SUPERVISED'] === '1' && process.send !== undefined;

/** In a forked process: answers the supervisor, and ends when it is gone, even by SIGKILL: two stations never share work. */
export function serveSupervisor(metrics: Registry, shutdown: () => void): void {
  process.on('message', (message: { ask?: string }) => {
    if (message.ask === 'metrics')
      void metrics.getMetricsAsJSON().then((json) => process.send?.({ metrics: json }));
  });
  process.on('disconnect', shutdown);
  // The supervisor may have gone while this process was still starting: nobody would be told.
  if (!process.connected) shutdown();
}
