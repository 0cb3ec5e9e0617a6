import type { StreamName } from '../journal.js';
import type { Durability } from './database.js';
import type { Dropped, StreamLimits } from './stream-writer.js';

export interface WriterData {
  folder: string;
  streams: { name: StreamName; partitions: number; limits: StreamLimits }[];
}

/** Records of one commit, packed: one transferred buffer instead of thousands of cloned ones. */
export interface PackedRecords {
  partitions: Int32Array;
  appendMs: Float64Array;
  keys: string[];
  /** Bytes of each value in `values`, one after the other. */
  lengths: Int32Array;
  values: Uint8Array<ArrayBuffer>;
}

export type WriterRequest =
  | { type: 'append'; stream: StreamName; records: PackedRecords; nowMs: number }
  | { type: 'retain'; nowMs: number }
  | { type: 'durability'; stream: StreamName; nowMs: number }
  | { type: 'close' };

export type WriterReply =
  | { type: 'appended'; offsets: Float64Array }
  | { type: 'retained'; dropped: Record<string, Dropped> }
  | { type: 'durability'; durability: Durability }
  | { type: 'closed' };
