import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';

/** How long a station may take to come up, ms. */
const READY_WITHIN_MS = 60_000;
/** How long it may take to save its place, ms. */
const STOP_WITHIN_MS = 10_000;

/** Where a station that was started here listens. */
export interface StationAddresses {
  brokerUrl: string;
  httpUrl: string;
  /** A link that makes whoever opens it the first administrator, which the station has printed; null when there is one. */
  signInUrl: string | null;
}

/** The station did not come up; it has said why on standard error. */
export class StationFailed extends Error {
  override name = 'StationFailed';

  constructor(readonly exitCode: number) {
    super(`the station did not start (exit code ${exitCode})`);
  }
}

/** A station in a process of its own. */
export class StationProcess {
  private constructor(
    readonly child: ChildProcess,
    readonly addresses: StationAddresses,
  ) {}

  /** The program of the station, for who starts it in another way. */
  static readonly program = fileURLToPath(new URL('../../../station/src/main.js', import.meta.url));

  /**
   * Starts a station and waits until it listens.
   * @param flags as for `vigil start`.
   * @throws StationFailed with the exit code when it ends before.
   */
  static async start(
    flags: readonly string[],
    output: 'inherit' | 'ignore' = 'inherit',
  ): Promise<StationProcess> {
    const child = spawn(process.execPath, [StationProcess.program, ...flags], {
      stdio: ['ignore', output, 'inherit', 'ipc'],
    });
    const addresses = await new Promise<StationAddresses>((resolve, reject) => {
      const timer = setTimeout(() => {
        child.kill('SIGKILL');
        reject(new StationFailed(1));
      }, READY_WITHIN_MS);
      child.once('exit', (code) => {
        clearTimeout(timer);
        reject(new StationFailed(code ?? 1));
      });
      child.on('message', (message: { ready?: StationAddresses }) => {
        if (message.ready === undefined) return;
        clearTimeout(timer);
        resolve(message.ready);
      });
    });
    return new StationProcess(child, addresses);
  }

  /** Lets it save its place and end. */
  async stop(): Promise<void> {
    if (this.child.exitCode !== null || this.child.signalCode !== null) return;
    const timer = setTimeout(() => this.child.kill('SIGKILL'), STOP_WITHIN_MS);
    const ended = once(this.child, 'exit');
    this.child.kill('SIGTERM');
    await ended;
    clearTimeout(timer);
  }
}
