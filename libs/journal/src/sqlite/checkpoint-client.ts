import { JournalError } from '../journal-errors.js';
import type { Checkpoint } from '../journal.js';
import type {
  CheckpointData,
  CheckpointReply,
  CheckpointRequest,
  StoredCheckpoint,
} from './checkpoint-protocol.js';
import type { Durability } from './database.js';
import { ThreadClient, workerFile } from './thread-client.js';

/** The checkpoint file, behind a thread that starts with the first call. */
export class CheckpointClient {
  readonly #thread: ThreadClient<CheckpointRequest, CheckpointReply>;

  constructor(path: string) {
    this.#thread = new ThreadClient(
      'checkpoint',
      workerFile('checkpoint-worker', import.meta.url),
      {
        path,
      } satisfies CheckpointData,
    );
  }

  get restarts(): number {
    return this.#thread.restarts;
  }

  async commit(consumer: string, checkpoints: readonly Checkpoint[]): Promise<void> {
    await this.#thread.call({
      type: 'commit',
      consumer,
      checkpoints: checkpoints.map(({ partition, offset, state, deleted }) => ({
        partition,
        offset,
        state: [...state].map(([key, value]) => [key, alone(value)]),
        deleted: deleted ?? [],
      })),
    });
  }

  async load(consumer: string, partition: number): Promise<Checkpoint | null> {
    const reply = await this.#thread.call({ type: 'load', consumer, partition });
    if (reply.type !== 'loaded') throw new JournalError('unexpected reply');
    return reply.checkpoint && withMap(reply.checkpoint);
  }

  async durability(): Promise<Durability> {
    const reply = await this.#thread.call({ type: 'durability' });
    if (reply.type !== 'durability') throw new JournalError('unexpected reply');
    return { journalMode: reply.journalMode, synchronous: reply.synchronous };
  }

  close(): Promise<void> {
    return this.#thread.close({ type: 'close' });
  }
}

function withMap({ partition, offset, state }: StoredCheckpoint): Checkpoint {
  return { partition, offset, state: new Map(state) };
}

/** Posting a view to a thread copies the whole buffer behind it, and a Buffer's can be a shared pool. */
function alone(value: Uint8Array): Uint8Array {
  return value.byteLength === value.buffer.byteLength ? value : new Uint8Array(value);
}
