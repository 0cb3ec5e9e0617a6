import { parentPort } from 'node:worker_threads';

/** A thread that answers with what it is asked, and dies when it is told to. */
const port = parentPort;
if (port === null) throw new Error('runs as a worker thread only');

port.on('message', ({ id, request }: { id: number; request: string }) => {
  if (request === 'exit') process.exit(3);
  if (request === 'throw') throw new Error('out of luck');
  if (request !== 'hang') port.postMessage({ id, ok: true, value: request });
});
