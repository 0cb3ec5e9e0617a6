import { createServer } from 'node:net';
import type { Settings } from '../settings.js';
import { type Finding, good, problem } from './finding.js';
import { runningStation } from './running-station.js';

/** Whether the ports are free, or the station's own; of a station that runs, every part that is not ready. */
export async function checkPorts(settings: Settings): Promise<Finding[]> {
  const running = await runningStation(settings);
  const ports = await Promise.all([
    checkPort('--mqtt-port', settings.mqttPort, settings, running !== null),
    checkPort('--http-port', settings.httpPort, settings, running !== null),
  ]);
  if (running === null) return [...ports, good('station', 'it does not run on these ports')];
  const parts = running.parts
    .filter(({ ok }) => !ok)
    .map(({ name, message }) =>
      problem(name, message, 'see the log; docs/operations.md, "Is it well?"'),
    );
  return [
    ...ports,
    ...(parts.length === 0 ? [good('station', 'it runs, and every part is ready')] : parts),
  ];
}

async function checkPort(
  flag: string,
  port: number,
  { host }: Settings,
  isRunning: boolean,
): Promise<Finding> {
  const what = `port ${port}`;
  if (port === 0) return good(what, `${flag}: any free one`);
  const code = await listenError(port, host);
  if (code === null) return good(what, 'free');
  if (code === 'EADDRINUSE' && isRunning) return good(what, 'used by the station');
  return code === 'EADDRINUSE'
    ? problem(what, 'used by another program', `stop it, or choose another port with ${flag}`)
    : problem(what, `cannot be listened on: ${code}`, `check --host and ${flag}`);
}

/** The code of what keeps anybody from listening there, or null. */
function listenError(port: number, host: string): Promise<string | null> {
  return new Promise((resolve) => {
    const server = createServer();
    server.once('error', (error) => resolve('code' in error ? String(error.code) : error.message));
    server.listen(port, host, () => server.close(() => resolve(null)));
  });
}
