import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { join } from 'node:path';

const PROGRAM = join(import.meta.dirname, '../../dist/apps/station/src/main.js');
/** All but the processor, which has no part in who may do what. */
const ROLES = 'broker,alarms,history,gateway';

interface Ready {
  httpUrl: string;
  signInUrl: string | null;
}

/** The built station, with all that it says. */
export async function startBuiltStation(data: string, ...more: string[]) {
  if (!existsSync(PROGRAM)) throw new Error('dist/ is missing: `npm test` builds it');
  const flags = ['--data', data, '--mqtt-port', '0', '--http-port', '0', '--roles', ROLES, ...more];
  const child = spawn(process.execPath, [PROGRAM, ...flags], {
    stdio: ['ignore', 'pipe', 'pipe', 'ipc'],
  });
  const said = { stdout: '', stderr: '' };
  child.stdout?.on('data', (chunk: Buffer) => (said.stdout += chunk.toString()));
  child.stderr?.on('data', (chunk: Buffer) => (said.stderr += chunk.toString()));
  const ready = await new Promise<Ready>((resolve, reject) => {
    child.once('exit', (code) => reject(new Error(`ended with ${code}: ${said.stderr}`)));
    child.on('message', (message: { ready?: Ready }) => message.ready && resolve(message.ready));
  });
  return {
    ...ready,
    said,
    async stop() {
      const ended = once(child, 'close');
      child.kill('SIGTERM');
      await ended;
    },
  };
}
