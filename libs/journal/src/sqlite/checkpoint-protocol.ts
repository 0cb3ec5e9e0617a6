export interface CheckpointData {
  path: string;
}

export interface StoredCheckpoint {
  partition: number;
  offset: number;
  state: [key: string, value: Uint8Array][];
  deleted: string[];
}

export type CheckpointRequest =
  | { type: 'commit'; consumer: string; checkpoints: StoredCheckpoint[] }
  | { type: 'load'; consumer: string; partition: number }
  | { type: 'durability' }
  | { type: 'close' };

export type CheckpointReply =
  | { type: 'done' }
  | { type: 'loaded'; checkpoint: StoredCheckpoint | null }
  | { type: 'durability'; journalMode: string; synchronous: number };
