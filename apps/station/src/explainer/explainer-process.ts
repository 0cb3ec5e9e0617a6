import 'reflect-metadata';
import { openSqliteJournalToRead } from '@app/journal';
import { setPriority } from 'node:os';
import { Registry } from 'prom-client';
import { systemClock } from '../platform/clock.js';
import { Networks } from '../processor/networks.js';
import { ProcessorMetrics } from '../processor/processor-metrics.js';
import { explainWindow } from './explain-window.js';
import type {
  ExplainReply,
  ExplainRequest,
  Explained,
  WindowAddress,
} from './explainer-messages.js';

/** Most rows of one call of ONNX Runtime: all parts of a window in one batch. */
const BATCH_ROWS = 64;
/** Behind everything that is live: 10 of 19. */
const PRIORITY = 10;

/**
 * The explainer's process: reads the journal, holds the networks, answers one request after the other. It changes nothing,
 * so it may be ended at any time. Arguments: the journal's folder, the models' folder.
 */
const [journalFolder = '', models = ''] = process.argv.slice(2);
setPriority(PRIORITY);
process.on('disconnect', () => process.exit(0));

const ready = Promise.all([
  openSqliteJournalToRead(journalFolder),
  Networks.load(models, { batchRows: BATCH_ROWS }),
]);
// A request reports the failure.
ready.catch(() => undefined);

async function explain(address: WindowAddress): Promise<Explained> {
  try {
    const [journal, networks] = await ready;
    const metrics = new ProcessorMetrics(new Registry());
    return await explainWindow(address, journal, { networks, metrics, clock: systemClock });
  } catch (error) {
    return { outcome: 'failed', message: error instanceof Error ? error.message : String(error) };
  }
}

async function answer({ id, address }: ExplainRequest, before: Promise<void>): Promise<void> {
  await before;
  const reply: ExplainReply = { id, explained: await explain(address) };
  process.send?.(reply);
}

let last = Promise.resolve();
process.on('message', (request: ExplainRequest) => {
  last = answer(request, last);
});
