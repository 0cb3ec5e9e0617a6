import { Injectable, Logger } from '@nestjs/common';
import type { MetricObjectWithValues, MetricValue } from 'prom-client';

/** Metrics of one process, as its registry's `getMetricsAsJSON` gives them. */
export type ProcessMetrics = MetricObjectWithValues<MetricValue<string>>[];

/** Where /metrics gets those of other processes that belong to this station. */
@Injectable()
export class MetricsSources {
  private readonly logger = new Logger(MetricsSources.name);
  private readonly sources: (() => Promise<ProcessMetrics[]>)[] = [];

  /** @param source answers with one entry per process; one that fails or is slow is left out. */
  add(source: () => Promise<ProcessMetrics[]>): void {
    this.sources.push(source);
  }

  async read(): Promise<ProcessMetrics[]> {
    const answers = await Promise.allSettled(this.sources.map((source) => inTime(source())));
    return answers.flatMap((answer) => {
      if (answer.status === 'fulfilled') return answer.value;
      this.logger.warn(`metrics of another process are missing: ${String(answer.reason)}`);
      return [];
    });
  }
}

const ANSWER_WITHIN_MS = 1000;

async function inTime<T>(promise: Promise<T>): Promise<T> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new Error('no answer in time')), ANSWER_WITHIN_MS);
  });
  try {
    return await Promise.race([promise, late]);
  } finally {
    clearTimeout(timer);
  }
}
