import { type BeforeApplicationShutdown, Inject, Injectable, Logger } from '@nestjs/common';
import { type ChildProcess, fork } from 'node:child_process';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { Counter, Histogram, type Registry } from 'prom-client';
import { GATEWAY_LIMITS } from '../gateway/gateway-limits.js';
import { METRICS, SETTINGS_TOKEN } from '../platform/tokens.js';
import type { Settings } from '../settings.js';
import type {
  ExplainReply,
  ExplainRequest,
  Explained,
  WindowAddress,
} from './explainer-messages.js';

const PROGRAM = fileURLToPath(new URL('./explainer-process.js', import.meta.url));

/** What the caller gets instead of an answer. */
export type NotExplained = { outcome: 'busy' | 'late' | 'ended' };

interface Waiting {
  resolve: (answer: Explained | NotExplained) => void;
  timer: NodeJS.Timeout;
}

/**
 * Asks a process of its own, which is started with the first request and ends when none came for a while: what it computes
 * would hold up sockets here, and the processor there.
 */
@Injectable()
export class Explainer implements BeforeApplicationShutdown {
  private readonly logger = new Logger('Explainer');
  private readonly waiting = new Map<number, Waiting>();
  private readonly outcomes: Counter<'outcome'>;
  private readonly seconds: Histogram;
  private child: ChildProcess | null = null;
  private idle: NodeJS.Timeout | undefined;
  private nextId = 0;

  constructor(
    @Inject(SETTINGS_TOKEN) private readonly settings: Pick<Settings, 'data' | 'models'>,
    @Inject(METRICS) registry: Registry,
  ) {
    const registers = [registry];
    this.outcomes = new Counter({
      name: 'vigil_explanations_total',
      help: 'Explanations asked for, by outcome: explained, no-samples, failed, busy, late, ended.',
      labelNames: ['outcome'],
      registers,
    });
    this.seconds = new Histogram({
      name: 'vigil_explanation_seconds',
      help: 'From the request to the explanation, the start of the explainer included.',
      buckets: [0.1, 0.2, 0.3, 0.5, 0.75, 1, 2, 5],
      registers,
    });
  }

  async explain(address: WindowAddress): Promise<Explained | NotExplained> {
    const stop = this.seconds.startTimer();
    const answer = await this.ask(address);
    this.outcomes.inc({ outcome: answer.outcome });
    if (answer.outcome === 'explained') stop();
    if (answer.outcome === 'failed') this.logger.error(answer.message);
    return answer;
  }

  beforeApplicationShutdown(): void {
    this.end();
  }

  private ask(address: WindowAddress): Promise<Explained | NotExplained> {
    if (this.waiting.size >= GATEWAY_LIMITS.explanations)
      return Promise.resolve({ outcome: 'busy' });
    clearTimeout(this.idle);
    const child = (this.child ??= this.start());
    const id = this.nextId++;
    return new Promise((resolve) => {
      const timer = setTimeout(() => {
        this.logger.warn(
          `no answer within ${GATEWAY_LIMITS.explanationMs} ms: its process is ended`,
        );
        this.settle(id, { outcome: 'late' });
        this.end();
      }, GATEWAY_LIMITS.explanationMs);
      this.waiting.set(id, { resolve, timer });
      const request: ExplainRequest = { id, address };
      // A process that cannot be told ends, and its end settles the request.
      child.send(request, () => undefined);
    });
  }

  private start(): ChildProcess {
    const { data, models } = this.settings;
    const child = fork(PROGRAM, [join(data, 'journal'), models]);
    child.on('message', ({ id, explained }: ExplainReply) => this.settle(id, explained));
    child.on('error', (error) => this.logger.error(error.message));
    child.on('exit', (code, signal) => {
      if (this.child !== child) return;
      this.logger.error(`its process ended (${signal ?? `code ${code}`})`);
      this.end();
    });
    return child;
  }

  private settle(id: number, answer: Explained | NotExplained): void {
    const waiting = this.waiting.get(id);
    if (waiting === undefined) return;
    this.waiting.delete(id);
    clearTimeout(waiting.timer);
    waiting.resolve(answer);
    if (this.waiting.size > 0) return;
    clearTimeout(this.idle);
    this.idle = setTimeout(() => this.end(), GATEWAY_LIMITS.explainerIdleMs);
    this.idle.unref();
  }

  /** Nothing that it does is worth waiting for: it only reads. */
  private end(): void {
    const { child } = this;
    this.child = null;
    clearTimeout(this.idle);
    for (const id of this.waiting.keys()) this.settle(id, { outcome: 'ended' });
    clearTimeout(this.idle);
    child?.kill('SIGKILL');
  }
}
