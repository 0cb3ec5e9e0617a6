import { workerData } from 'node:worker_threads';
import type { StreamName } from '../journal.js';
import type { SegmentRecord } from './segment-writer.js';
import { StreamWriter } from './stream-writer.js';
import { serveThread } from './thread-server.js';
import type { PackedRecords, WriterData, WriterReply, WriterRequest } from './writer-protocol.js';

/** Body of the writer thread: SQLite's calls block, so they have a thread of their own. */
export function runWriterThread(): void {
  const { folder, streams }: WriterData = workerData;
  const writers = new Map(
    streams.map(({ name, partitions, limits }) => [
      name,
      new StreamWriter(folder, name, partitions, limits),
    ]),
  );

  const writerOf = (stream: StreamName): StreamWriter => {
    const writer = writers.get(stream);
    if (writer === undefined) throw new Error(`no stream ${stream}`);
    return writer;
  };

  serveThread((request: WriterRequest): WriterReply => {
    switch (request.type) {
      case 'append': {
        const offsets = writerOf(request.stream).append(unpack(request.records), request.nowMs);
        return { type: 'appended', offsets: Float64Array.from(offsets) };
      }
      case 'retain': {
        const dropped = [...writers].map(([name, writer]) => [name, writer.retain(request.nowMs)]);
        return { type: 'retained', dropped: Object.fromEntries(dropped) };
      }
      case 'durability':
        return {
          type: 'durability',
          durability: writerOf(request.stream).durability(request.nowMs),
        };
      case 'close':
        for (const writer of writers.values()) writer.close();
        return { type: 'closed' };
    }
  });
}

function unpack({ partitions, appendMs, keys, lengths, values }: PackedRecords): SegmentRecord[] {
  let start = 0;
  return keys.map((key, i) => {
    const end = start + lengths[i]!;
    const value = values.subarray(start, end);
    start = end;
    return { partition: partitions[i]!, appendMs: appendMs[i]!, key, value };
  });
}
