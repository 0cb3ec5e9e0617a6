import {
  type BeforeApplicationShutdown,
  Inject,
  Injectable,
  Logger,
  type OnApplicationBootstrap,
} from '@nestjs/common';
import { type ChildProcess, fork } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { Counter, type MetricObjectWithValues, type MetricValue, type Registry } from 'prom-client';
import { MetricsSources } from '../operations/metrics-sources.js';
import { Health, type Part } from '../platform/health.js';
import { METRICS, SETTINGS_TOKEN } from '../platform/tokens.js';
import { type Settings, settingsAsEnvironment } from '../settings.js';
import { RestartDelay } from './restart-delay.js';

/** How long a processor may take to finish its batch and save its place before it is ended, ms. */
const STOP_WITHIN_MS = 5_000;
const METRICS_WITHIN_MS = 500;
/** How long a processor may say nothing of its health, which it does every second, s. Then it hangs, and is ended. */
const HANGS_AFTER_SECONDS = 30;

type ChildMetrics = MetricObjectWithValues<MetricValue<string>>[];

/**
 * Runs the processor role in processes of their own: inference blocks its thread, and must block neither MQTT nor
 * sockets. A process that dies or hangs is started again and goes on from its checkpoint.
 */
@Injectable()
export class Supervisor implements OnApplicationBootstrap, BeforeApplicationShutdown {
  private readonly logger = new Logger('Supervisor');
  private readonly children = new Map<number, ChildProcess>();
  /** What each process last said of its parts. */
  private readonly parts = new Map<number, readonly Part[]>();
  /** Seconds since each process last said anything, as this process has lived through them. */
  private readonly quietSeconds = new Map<number, number>();
  private readonly restarts: Counter;
  private watch: NodeJS.Timeout | null = null;
  private stopping = false;

  constructor(
    @Inject(SETTINGS_TOKEN) private readonly settings: Settings,
    @Inject(METRICS) metrics: Registry,
    sources: MetricsSources,
    health: Health,
  ) {
    this.restarts = new Counter({
      name: 'vigil_processor_restarts_total',
      help: 'Processor processes that ended and were started again.',
      registers: [metrics],
    });
    sources.add(() => this.childMetrics());
    health.include(() => this.childParts());
    health.register('processor processes', () => {
      const running = [...this.children.values()].filter(
        (child) => child.exitCode === null && child.connected,
      ).length;
      return {
        ok: running === settings.processors,
        message: `${running} of ${settings.processors} processor processes run`,
      };
    });
  }

  onApplicationBootstrap(): void {
    for (let index = 0; index < this.settings.processors; index++)
      this.start(index, new RestartDelay());
    this.watch = setInterval(() => this.endWhatHangs(), 1000);
  }

  async beforeApplicationShutdown(): Promise<void> {
    this.stopping = true;
    if (this.watch !== null) clearInterval(this.watch);
    await Promise.all([...this.children.values()].map((child) => stop(child)));
  }

  private start(index: number, delay: RestartDelay): void {
    const child = fork(fileURLToPath(new URL('../main.js', import.meta.url)), [], {
      env: {
        ...process.env,
        ...settingsAsEnvironment({ ...this.settings, roles: ['processor'], processorIndex: index }),
        VIGIL_SUPERVISED: '1',
      },
    });
    this.children.set(index, child);
    this.quietSeconds.set(index, 0);
    child.on('message', (message: { health?: readonly Part[] }) => {
      this.quietSeconds.set(index, 0);
      if (message.health !== undefined) this.parts.set(index, message.health);
    });
    const startedMs = performance.now();
    child.on('exit', (code, signal) => {
      this.parts.delete(index);
      if (this.stopping) return;
      const waitMs = delay.next(performance.now() - startedMs);
      this.restarts.inc();
      this.logger.error(
        `processor ${index} ended (${signal ?? `code ${code}`}); it starts again in ${waitMs} ms`,
      );
      setTimeout(() => {
        if (!this.stopping) this.start(index, delay);
      }, waitMs);
    });
  }

  private endWhatHangs(): void {
    for (const [index, child] of this.children) {
      if (child.exitCode !== null || child.signalCode !== null) continue;
      const seconds = (this.quietSeconds.get(index) ?? 0) + 1;
      this.quietSeconds.set(index, seconds);
      if (seconds !== HANGS_AFTER_SECONDS) continue;
      this.logger.error(`processor ${index} has said nothing for ${seconds} s and is ended`);
      child.kill('SIGKILL');
    }
  }

  private childParts(): Part[] {
    const several = this.settings.processors > 1;
    return [...this.parts].flatMap(([index, parts]) =>
      parts.map((part) => (several ? { ...part, name: `${part.name} ${index}` } : part)),
    );
  }

  private async childMetrics(): Promise<ChildMetrics[]> {
    const answers = await Promise.all(
      [...this.children.values()].map((child) => askForMetrics(child)),
    );
    return answers.filter((answer) => answer !== null);
  }
}

function askForMetrics(child: ChildProcess): Promise<ChildMetrics | null> {
  return new Promise((resolve) => {
    const finish = (answer: ChildMetrics | null): void => {
      clearTimeout(timer);
      child.off('message', onMessage);
      resolve(answer);
    };
    const onMessage = (message: { metrics?: ChildMetrics }): void =>
      finish(message.metrics ?? null);
    const timer = setTimeout(() => finish(null), METRICS_WITHIN_MS);
    child.on('message', onMessage);
    if (child.connected) child.send({ ask: 'metrics' }, (error) => error !== null && finish(null));
    else finish(null);
  });
}

function stop(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return Promise.resolve();
  return new Promise((resolve) => {
    const timer = setTimeout(() => child.kill('SIGKILL'), STOP_WITHIN_MS);
    child.once('exit', () => {
      clearTimeout(timer);
      resolve();
    });
    child.kill('SIGTERM');
  });
}
