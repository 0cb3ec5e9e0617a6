import { Command, Option } from 'commander';
import { resolve } from 'node:path';
import { DEMO_WARD, runWard } from '@app/ward';
import { provisionDevices } from '../devices/provision-devices.js';
import { countFlag } from '../flags/number-flag.js';
import {
  type StationAddresses,
  StationFailed,
  StationProcess,
} from '../station/station-process.js';

interface DemoOptions {
  data: string;
  mqttPort: string;
  httpPort: string;
  seed: number;
}

/** Seconds that every wearable has already recorded when the station comes up: the first numbers are there at once. */
const HEAD_START_SECONDS = 8;

/** `vigil demo`, which `npm start` runs: a station with a ward of twelve simulated patients. */
export function demoCommand(): Command {
  return new Command('demo')
    .description('run a station with a ward of twelve simulated patients')
    .option('--data <folder>', 'folder of simulated data', 'data/simulated')
    .addOption(
      new Option('--mqtt-port <port>', 'port for wearables').env('VIGIL_MQTT_PORT').default('1883'),
    )
    .addOption(
      new Option('--http-port <port>', 'port for the dashboard')
        .env('VIGIL_HTTP_PORT')
        .default('8080'),
    )
    .option('--seed <number>', 'seed of the simulated patients', countFlag(0, 2 ** 31), 1)
    .action(demo);
}

async function demo({ data, mqttPort, httpPort, seed }: DemoOptions): Promise<void> {
  const folder = resolve(data);
  const stopped = new AbortController();
  for (const signal of ['SIGINT', 'SIGTERM'] as const) process.on(signal, () => stopped.abort());
  const station = await startStation([
    '--data',
    folder,
    '--origin',
    'simulated',
    '--mqtt-port',
    mqttPort,
    '--http-port',
    httpPort,
  ]);
  let died = '';
  station.child.once('exit', (code, signal) => {
    if (stopped.signal.aborted) return;
    died = signal ?? `exit code ${code}`;
    stopped.abort();
  });

  const secrets = await provisionDevices(folder, 'simulated', DEMO_WARD.wearables, {
    dischargeOthers: true,
  });
  process.stdout.write(
    `  ${DEMO_WARD.wearables.length} simulated patients.\n${wayIn(station.addresses, data)}  Press Ctrl+C to end.\n\n`,
  );
  await runWard({
    url: station.addresses.brokerUrl,
    secretOf: (device) => secrets.get(device) ?? '',
    scenario: DEMO_WARD,
    seed,
    bootPrefix: `demo-${Date.now().toString(36)}`,
    headStartSeconds: HEAD_START_SECONDS,
    signal: stopped.signal,
  });
  if (died !== '') {
    process.stderr.write(`The station has ended (${died}), and the demo with it.\n`);
    process.exit(1);
  }
  await station.stop();
  process.exit(station.child.exitCode ?? 1);
}

/** How to see them: by the link that the station has printed, or as somebody who is known already. */
function wayIn({ httpUrl, signInUrl }: StationAddresses, data: string): string {
  return signInUrl === null
    ? `  Open ${httpUrl} and sign in. For a new sign-in link: npm run vigil -- people link <name> --data ${data}\n`
    : `  Open the link above to become the administrator (once, within 24 h); later sign in at ${httpUrl}\n`;
}

async function startStation(flags: string[]): Promise<StationProcess> {
  try {
    return await StationProcess.start(flags);
  } catch (error) {
    // The station has said on standard error what is wrong.
    if (error instanceof StationFailed) process.exit(error.exitCode);
    throw error;
  }
}
