/** Where a device keeps its frames until the station has acknowledged them. Bounded; when it is full the oldest go. */
export interface Outbox {
  /** What an earlier life of the program left, oldest first. Called once, before anything else. */
  open(): Promise<OutboxItem[]>;

  /** Keeps a frame and gives it a number. Numbers grow. Drops the oldest frames when there is no room. */
  put(frame: OutboxFrame): Promise<number>;

  /** The encoded frame, or undefined when it was dropped or deleted. */
  get(id: number): Promise<Uint8Array | undefined>;

  /** Forgets an acknowledged frame; one that is no longer there is no error. */
  delete(id: number): Promise<void>;

  counts(): OutboxCounts;
}

/** A frame on its way: encoded, without the time of sending, which is added when it leaves. */
export interface OutboxFrame {
  bootId: string;
  /** Device's monotonic clock at the frame's end, µs since that boot. */
  endMonotonicUs: number;
  bytes: Uint8Array;
}

/** A frame in the outbox, without its bytes. */
export interface OutboxItem {
  id: number;
  bootId: string;
  endMonotonicUs: number;
}

export interface OutboxCounts {
  waitingFrames: number;
  waitingBytes: number;
  /** Frames dropped because the outbox was full, since it was opened. */
  droppedFrames: number;
}

export interface OutboxLimits {
  frames: number;
  bytes: number;
}
