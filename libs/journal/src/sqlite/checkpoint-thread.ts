import { workerData } from 'node:worker_threads';
import type { CheckpointData, CheckpointReply, CheckpointRequest } from './checkpoint-protocol.js';
import { CheckpointStore } from './checkpoint-store.js';
import { serveThread } from './thread-server.js';

/** Body of the checkpoint thread: apart from the writer's, so that a large state does not hold up appends. */
export function runCheckpointThread(): void {
  const { path }: CheckpointData = workerData;
  let store: CheckpointStore | null = null;
  const open = () => (store ??= new CheckpointStore(path));

  serveThread((request: CheckpointRequest): CheckpointReply => {
    switch (request.type) {
      case 'commit':
        open().commit(request.consumer, request.checkpoints);
        return { type: 'done' };
      case 'load':
        return {
          type: 'loaded',
          checkpoint: open().load(request.consumer, request.partition),
        };
      case 'durability':
        return { type: 'durability', ...open().durability() };
      case 'close':
        store?.close();
        store = null;
        return { type: 'done' };
    }
  });
}
