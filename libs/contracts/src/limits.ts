/** Bounds of the wire format. docs/wire.md prints this table; the broker enforces it. */
export const WIRE_LIMITS = {
  /** Largest encoded frame, bytes. */
  frameBytes: 16 * 1024,
  /** Shortest and longest frame, seconds of samples. */
  frameMinSeconds: 0.25,
  frameMaxSeconds: 10,
  /** Blocks in a frame; each kind at most once. */
  blocks: 4,
  /** Channels in a block. */
  channels: 8,
  /** Slowest and fastest sample rate, Hz (temperature may be slower: 0.1 Hz). */
  sampleRateMinHz: 0.1,
  sampleRateMaxHz: 1000,
  /** Characters of a device's name, a boot id and a pseudonym: letters, digits, dot, dash, underscore. */
  nameCharacters: 36,
  /** Largest magnitude of a sample: a signed 24-bit converter. */
  sampleMagnitude: 2 ** 23,
  /** Largest time on a device's monotonic clock, µs: ten years. */
  monotonicUs: 10 * 365.25 * 86_400 * 1e6,
  /** Largest sequence number. */
  sequence: Number.MAX_SAFE_INTEGER,
} as const;

/** Names of devices, boots and patients: safe in topics, tags, file names and logs. */
export const NAME_PATTERN = /^[A-Za-z0-9][A-Za-z0-9._-]{0,35}$/;
